"""Reads what clients send: JSON of a bounded size, and contents that are counted while they come in."""

from __future__ import annotations

import base64
import binascii
import json
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Annotated, Any, BinaryIO, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import Message

from embedded.storage.problems import bad_request, too_large

LARGEST_JSON = 1024 * 1024
_IN_MEMORY = 1024 * 1024
# What a form adds to the content: boundaries, headers, the fields before the file.
_FORM_ROOM = 64 * 1024
_LONGEST_METADATA = 8 * 1024
_LONGEST_AGE = 10 * 365 * 86400

Text = Annotated[str, StringConstraints(max_length=1024)]
Seconds = Annotated[int, Field(ge=1, le=100 * 365 * 86400)]


class _Fields(BaseModel):
    # Whole numbers may come as text: the real server reads them so, and supabase-py relies on it.
    model_config = ConfigDict(extra="ignore")


class NewBucket(_Fields):
    id: Text | None = None
    name: Text
    public: bool = False
    file_size_limit: int | Text | None = None
    allowed_mime_types: Annotated[list[Text], Field(max_length=100)] | None = None


class BucketChanges(_Fields):
    public: bool | None = None
    file_size_limit: int | Text | None = None
    allowed_mime_types: Annotated[list[Text], Field(max_length=100)] | None = None


class BucketListing(_Fields):
    """In the query; a project's server leaves nothing out where no limit is given."""

    limit: Annotated[int, Field(ge=1, le=100_000)] | None = None
    offset: Annotated[int, Field(ge=0, le=10_000_000)] = 0
    search: Text = ""
    column: Literal["id", "name", "created_at", "updated_at"] = Field("name", alias="sortColumn")
    order: Literal["asc", "desc"] = Field("asc", alias="sortOrder")


class LinkWanted(_Fields):
    expires_in: Seconds = Field(alias="expiresIn")


class LinksWanted(LinkWanted):
    paths: Annotated[list[str], Field(min_length=1, max_length=1000)]


class Removal(_Fields):
    prefixes: Annotated[list[str], Field(min_length=1, max_length=1000)]


class Sorting(_Fields):
    column: Literal["name", "updated_at", "created_at", "last_accessed_at"] = "name"
    order: Literal["asc", "desc"] = "asc"


class Listing(_Fields):
    prefix: str = ""
    limit: Annotated[int, Field(ge=1, le=1000)] = 100
    offset: Annotated[int, Field(ge=0, le=10_000_000)] = 0
    sort_by: Sorting = Field(default_factory=Sorting, alias="sortBy")
    search: Text | None = None


class Journey(_Fields):
    """From one object to another; `destinationBucket` is the same one when left out."""

    bucket: Text = Field(alias="bucketId")
    source: str = Field(alias="sourceKey")
    to_bucket: Text | None = Field(None, alias="destinationBucket")
    to: str = Field(alias="destinationKey")


_Body = TypeVar("_Body", bound=BaseModel)


async def read_json(request: Request, model: type[_Body]) -> _Body:
    """Raises `StorageProblem` InvalidRequest, EntityTooLarge."""
    sent = bytearray()
    async for chunk in request.stream():
        sent += chunk
        if len(sent) > LARGEST_JSON:
            raise too_large()
    try:
        found = model.model_validate(json.loads(sent or b"{}"))
        _require_storable(found.model_dump())
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = "/".join(str(part) for part in first["loc"])
        raise bad_request(f"body/{where} {first['msg']}") from error
    except (ValueError, RecursionError) as error:
        raise bad_request("Body is not valid JSON") from error
    return found


def read_query(request: Request, model: type[_Body]) -> _Body:
    """Raises `StorageProblem` InvalidRequest."""
    try:
        found = model.model_validate(dict(request.query_params))
        _require_storable(found.model_dump())
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        raise bad_request(f"querystring/{'/'.join(str(part) for part in first['loc'])} {first['msg']}") from error
    except ValueError as error:
        raise bad_request("The query can not be read") from error
    return found


@dataclass(frozen=True, slots=True)
class Content:
    """What was uploaded. `file` is gone when the reading ends."""

    file: BinaryIO
    media_type: str
    cache_control: str
    metadata: dict[str, Any]


@asynccontextmanager
async def read_content(request: Request, most: int) -> AsyncIterator[Content]:
    """The content of an upload, as a form or bare. Stops reading soon after `most` bytes. Raises `StorageProblem`."""
    announced = request.headers.get("content-length", "0")
    if announced.isdecimal() and (len(announced) > 15 or int(announced) > most + _FORM_ROOM):
        raise too_large()
    counted = Request(request.scope, _counted(request, most + _FORM_ROOM))
    form = request.headers.get("content-type", "").lower().startswith("multipart/form-data")
    async with _from_form(counted) if form else _from_body(counted) as content:
        content.file.seek(0, 2)
        if content.file.tell() > most:
            raise too_large()
        yield content


def _counted(request: Request, most: int) -> Any:
    received = 0

    async def receive() -> Message:
        nonlocal received
        message = await request.receive()
        received += len(message.get("body", b""))
        if received > most:
            raise too_large()
        return message

    return receive


@asynccontextmanager
async def _from_form(request: Request) -> AsyncIterator[Content]:
    try:
        form = await request.form(max_files=1, max_fields=10, max_part_size=_FORM_ROOM)
    except HTTPException as error:
        raise bad_request("The form can not be read") from error
    try:
        file = next((part for part in form.values() if isinstance(part, UploadFile)), None)
        if file is None:
            raise bad_request("No content provided")
        fields = {name: part for name, part in form.items() if isinstance(part, str)}
        yield Content(
            file.file,
            _type(file.content_type or fields.get("contentType", "")),
            _age(fields.get("cacheControl", "")),
            _metadata(fields.get("metadata", "")),
        )
    finally:
        await form.close()


@asynccontextmanager
async def _from_body(request: Request) -> AsyncIterator[Content]:
    headers = request.headers
    with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as file:
        async for chunk in request.stream():
            file.write(chunk)
        age = headers.get("cache-control", "").removeprefix("max-age=")
        metadata = _decoded(headers.get("x-metadata", ""))
        yield Content(file, _type(headers.get("content-type", "")), _age(age), _metadata(metadata))  # type: ignore[arg-type]


def _type(given: str) -> str:
    return (
        given.strip()[:200] if given.isascii() and given.isprintable() and given.strip() else "application/octet-stream"
    )


def _age(given: str) -> str:
    """How long a reader may keep a copy; Supabase's word when nothing sensible is asked for."""
    good = given.isascii() and given.isdecimal() and len(given) < 12 and int(given) <= _LONGEST_AGE
    return f"max-age={int(given)}" if good else "no-cache"


def _decoded(text: str) -> str:
    try:
        return base64.b64decode(text, validate=True).decode()
    except (binascii.Error, ValueError):
        raise bad_request("x-metadata is not base64") from None


def _metadata(text: str) -> dict[str, Any]:
    if not text:
        return {}
    try:
        found = json.loads(text) if len(text) <= _LONGEST_METADATA else None
        _require_storable(found)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise bad_request("metadata must be a JSON object")
    return found


def _require_storable(value: object) -> None:
    """Postgres keeps no NUL, and UTF-8 no lone surrogate."""
    json.dumps(value, ensure_ascii=False, allow_nan=False).encode()
    if "\\u0000" in json.dumps(value):
        raise ValueError("NUL")
