"""Contents coming in, and the posters of published events going out. The other calls on files are operations like any other."""

from __future__ import annotations

import asyncio
import re
import tempfile
from dataclasses import dataclass
from typing import Annotated, BinaryIO, Literal, cast
from uuid import UUID

from pydantic import BaseModel, BeforeValidator, Field, StringConstraints
from starlette.requests import Request
from starlette.responses import Response

from api.bodies import read_query
from api.deps import admit, caller_of, is_known, peer_of
from api.edge import MeteredRoute
from api.parts import Parts, parts_of
from api.problems import TooSlow, UnsupportedMediaType, read_input
from api.reference import Entry
from api.upload_places import Patience, Places
from tools.errors import Busy, InvalidInput, MissingValue, NotFound, Upstream
from tools.files import rules
from tools.files.models import File, Kind, UploadFile
from tools.files.posters import Poster, poster_of
from tools.files.uploading import begin, upload
from tools.kit.ids import as_uuid
from tools.kit.recent import Recent
from tools.operation import recent_standing

PATH = "/api/uploads"
_HOME = "/api/files"
POSTER_PATH = "/api/public/events/{id}/poster"
LARGEST_BODY = max(rules.MOST_BYTES.values())

_IN_MEMORY = 256 * 1024
_FORM = re.compile(r"(multipart/form-data|application/x-www-form-urlencoded)\b", re.IGNORECASE)
_POSTER_SECONDS = 30.0
_POSTERS = 64


def _number(given: object) -> object:
    return int(given) if isinstance(given, str) and given.isdecimal() and len(given) < 5 else given


class PosterAsked(BaseModel):
    # A query is text, which is no number to a literal.
    width: Annotated[Literal[320, 960, 1600], BeforeValidator(_number)] = Field(
        960, description="Of the place to fill, in pixels"
    )
    version: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{16}$")] | None = Field(
        None, description="Of the picture, as the event tells it: what is asked for by it never changes"
    )


@dataclass(frozen=True, slots=True)
class _Sent:
    file: BinaryIO
    size: int


def file_routes() -> list[MeteredRoute]:
    places = Places()
    posters: Recent[tuple[UUID, int, str | None], Poster | None] = Recent(_POSTER_SECONDS, most=_POSTERS)

    async def take(request: Request) -> Response:
        caller = await caller_of(request)
        wanted = read_input(UploadFile, read_query(request))
        if _FORM.match(request.headers.get("content-type", "")) or "content-encoding" in request.headers:
            raise UnsupportedMediaType(remedy="Send the file itself as the body, not a form.")
        parts = parts_of(request)
        of = await begin(parts.greenroom, caller, wanted)
        standing = await recent_standing(parts.greenroom, caller)
        patience = Patience(parts.settings.upload_seconds, parts.settings.upload_kilobytes_per_second)
        with places.one(caller.user_id, standing.org_id), tempfile.SpooledTemporaryFile(_IN_MEMORY) as spool:
            sent = await _read(request, wanted.kind, cast(BinaryIO, spool), patience)
            made = await upload(parts.greenroom, caller, wanted, of, sent.file, sent.size)
        headers = {"Cache-Control": "no-store", "ETag": f'"{made.version}"', "Location": f"{_HOME}/{made.id}"}
        return Response(made.model_dump_json(), 201, headers, "application/json")

    async def show_poster(request: Request) -> Response:
        parts = parts_of(request)
        await admit(request, parts.allowances.shop["read"], peer_of(request))
        event_id, asked = as_uuid(request.path_params["id"]), read_input(PosterAsked, read_query(request))
        found = (
            await posters.get((event_id, asked.width, asked.version), lambda: _poster(parts, event_id, asked.width))
            if event_id
            else None
        )
        if found is None:
            raise NotFound("This event has no poster.")
        tag = f'"{found.version}-{asked.width}"'
        lasting = found.version == asked.version
        headers = {
            "Cache-Control": "public, max-age=31536000, immutable" if lasting else "public, max-age=60",
            "ETag": tag,
            "Content-Security-Policy": "default-src 'none'; sandbox",
        }
        if is_known(tag, request.headers.get("if-none-match")):
            return Response(status_code=304, headers=headers)
        return Response(found.content, 200, headers, "image/webp")

    return [MeteredRoute(PATH, take, methods=["POST"]), MeteredRoute(POSTER_PATH, show_poster, methods=["GET"])]


def file_entries() -> list[Entry]:
    return [
        Entry(
            "POST",
            PATH,
            "upload_file",
            "files",
            "Upload a file: what it is in the address, its content as the body.\n\n"
            "Posters and logos are PNG, JPEG or WebP of up to 10 MB, contracts PDF, attachments either, up to 25 MB. Pictures are "
            "stored anew without what rode along with them, and in narrower copies. Sent again with the same Idempotency-Key, it "
            "is one file.",
            status=201,
            input=UploadFile,
            output=File,
            in_query=True,
            writes=True,
            errors=(
                rules.FileRefused,
                rules.StorageFull,
                MissingValue,
                InvalidInput,
                NotFound,
                Busy,
                TooSlow,
                UnsupportedMediaType,
                Upstream,
            ),
            scope="files:write",
        ),
        Entry(
            "GET",
            POSTER_PATH,
            "show_poster",
            "public",
            "The poster of a published event as a WebP picture, wide enough for the place it is for.\n\n"
            "The event itself tells the addresses.",
            input=PosterAsked,
            in_query=True,
            secured=False,
            errors=(NotFound, Upstream),
        ),
    ]


async def _read(request: Request, kind: Kind, spool: BinaryIO, patience: Patience) -> _Sent:
    """The body, on the disk. Raises TooLarge by what is announced, or as soon as more came than may; TooSlow."""
    announced = request.headers.get("content-length", "0")
    rules.require_size(kind, int(announced) if announced.isdecimal() and len(announced) < 16 else 0)
    size, begun = 0, asyncio.get_running_loop().time()
    try:
        async with asyncio.timeout_at(patience.until(begun, 0)) as end:
            async for chunk in request.stream():
                size += len(chunk)
                rules.require_size(kind, size)
                spool.write(chunk)
                end.reschedule(patience.until(begun, size))
    except TimeoutError as error:
        raise TooSlow() from error
    return _Sent(spool, size)


async def _poster(parts: Parts, event_id: UUID, width: int) -> Poster | None:
    return await poster_of(parts.greenroom, event_id, width)
