"""Lists as downloads. The file is complete before its first byte is sent, so what fails is a problem and never half a file."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Iterator, Mapping
from typing import IO, get_args

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from api.bodies import read_query
from api.deps import caller_of
from api.edge import MeteredRoute
from api.parts import parts_of
from api.problems import invalid_fields, read_input
from api.reference import Entry
from tools.errors import Busy, NotFound
from tools.exports.files import TooManyRows
from tools.exports.models import Export, Format, Kind, Selection
from tools.exports.operations import write_export

PATH = "/api/exports/{kind}.{format}"
AT_ONCE = 2
"""Files in the making; each keeps a connection and a thread busy for seconds."""

_CHUNK = 64 * 1024
_IN_MEMORY = 1024 * 1024
_TYPES = {
    "csv": "text/csv; charset=utf-8; header=present",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class _Download(StreamingResponse):
    """Sends a file and closes it, also when the reader goes away."""

    def __init__(self, file: IO[bytes], headers: Mapping[str, str], media_type: str) -> None:
        super().__init__(_chunks(file), headers=headers, media_type=media_type)
        self._file = file

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._file.close()


def export_routes() -> list[MeteredRoute]:
    making = asyncio.Semaphore(AT_ONCE)

    async def download(request: Request) -> Response:
        caller = await caller_of(request)
        data = _asked(request)
        if making.locked():
            raise Busy("Other files are being made right now.", retry_after=5)
        file: IO[bytes] = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - closed when it is sent, or here
        try:
            async with making:
                made = await write_export(parts_of(request).greenroom, caller, data, file)
            size = file.seek(0, 2)
            file.seek(0)
        except BaseException:
            file.close()
            raise
        headers = {
            "Content-Disposition": f'attachment; filename="{made.file_name}"',
            "Content-Length": str(size),
            "Cache-Control": "private, no-store",
        }
        return _Download(file, headers, _TYPES[data.format])

    return [MeteredRoute(PATH, download, methods=["GET"])]


def export_entries() -> list[Entry]:
    return [
        Entry(
            "GET",
            PATH,
            "download_export",
            "exports",
            "Download a list as a file: orders, attendees, sales, ledger, check_ins or payouts; csv or xlsx.\n\n"
            "The operation `export` tells how many rows it has and which columns.",
            input=Selection,
            in_query=True,
            errors=(NotFound, Busy, TooManyRows),
            scope="reports:read",
        )
    ]


def _asked(request: Request) -> Export:
    """Raises NotFound for an address that names no list, and InvalidInput."""
    kind, format_ = request.path_params["kind"], request.path_params["format"]
    if kind not in get_args(Kind) or format_ not in get_args(Format):
        raise NotFound.named("list", f"{kind}.{format_}"[:100])
    sent = read_query(request)
    if named := sent.keys() & {"kind", "format"}:
        raise invalid_fields([{"loc": (name,), "msg": "is named by the address"} for name in sorted(named)])
    return read_input(Export, {**sent, "kind": kind, "format": format_})


def _chunks(file: IO[bytes]) -> Iterator[bytes]:
    while chunk := file.read(_CHUNK):
        yield chunk
