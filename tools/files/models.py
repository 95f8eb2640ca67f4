"""Words of the wire for files."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field

from tools.kit.inputs import Input
from tools.kit.paging import Paging
from tools.kit.text import Line, Reference

Kind = Literal["event_poster", "sponsor_logo", "contract", "attachment"]
MediaType = Literal["image/png", "image/jpeg", "image/webp", "application/pdf"]


class Variant(BaseModel):
    """The same picture, narrower."""

    width: int
    height: int
    bytes: int
    path: str = Field("", exclude=True)
    url: str | None = None


class File(BaseModel):
    id: UUID
    kind: Kind
    event_id: UUID | None
    sponsor_id: UUID | None
    venue_id: UUID | None
    thread_id: UUID | None
    name: str
    media_type: MediaType
    bytes: int
    sha256: str = Field(description="Of the stored content, hexadecimal")
    width: int | None = Field(description="Pixels; of an image only")
    height: int | None
    variants: list[Variant]
    version: int
    created_by: UUID
    created_at: datetime
    path: str = Field("", exclude=True)
    state: Literal["uploading", "ready"] = Field("ready", exclude=True)


class FileLinks(File):
    """A file and addresses that show it to whoever has them, until they expire."""

    url: str | None = None
    expires_at: datetime | None = None


class UploadFile(Input):
    """What is known of a file before its content is read. The content is the body of the request."""

    kind: Kind
    name: Annotated[Line, Field(description="The file's name, e.g. poster.png")]
    event: Reference | None = Field(None, description="Of a poster; a contract may name one")
    sponsor: Reference | None = Field(None, description="Of a logo; a contract may name one")
    venue: Reference | None = Field(None, description="A contract may name one")
    thread: UUID | None = Field(None, description="The conversation of an attachment, once it has begun")


class Belonging(BaseModel):
    """What a file is of, by id."""

    event_id: UUID | None = None
    sponsor_id: UUID | None = None
    venue_id: UUID | None = None
    thread_id: UUID | None = None


class KeptFile(Input):
    """A file whose content was examined; made by the service, never by a caller."""

    kind: Kind
    name: Line
    of: Belonging
    media_type: MediaType
    bytes: int
    sha256: str
    width: int | None
    height: int | None
    # (width, height, bytes) each.
    variants: list[tuple[int, int, int]]


class StoredFile(BaseModel):
    """A file with the place of its content, for the service itself."""

    id: UUID
    event_id: UUID | None
    kind: Kind
    name: str
    path: str


class NamedFile(Input):
    file: UUID


class AttachFile(Input):
    """What a file becomes follows from what it is and whose: no kind is asked for."""

    file: Annotated[UUID, Field(description="One of the conversation, or a poster, logo or contract that moves")]
    event: Reference | None = Field(None, description="A picture becomes its poster, a PDF a contract with it")
    sponsor: Reference | None = Field(None, description="A picture becomes its logo, a PDF a contract with it")
    venue: Reference | None = Field(None, description="A PDF becomes a contract with it")


class AttachedFile(File):
    of: str = Field(description="The names of what it belongs to now")


class Stored(BaseModel):
    """What an organisation keeps, copies of pictures included."""

    files: int
    bytes: int


class ListFiles(Paging):
    kind: Kind | None = None
    event: Reference | None = None
    sponsor: Reference | None = None
    venue: Reference | None = None
    thread: UUID | None = None
