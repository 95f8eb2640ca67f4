"""Shapes of files. Made by api/client_making.py of the API's description; not edited by hand."""

from typing import Annotated, Literal, NotRequired, TypedDict


class AttachFileBody(TypedDict):
    event: NotRequired[Annotated[str | None, "A picture becomes its poster, a PDF a contract with it"]]
    sponsor: NotRequired[Annotated[str | None, "A picture becomes its logo, a PDF a contract with it"]]
    venue: NotRequired[Annotated[str | None, "A PDF becomes a contract with it"]]


class Variant(TypedDict):
    width: int
    height: int
    bytes: int
    url: str | None


class AttachedFile(TypedDict):
    id: str
    kind: Literal["event_poster", "sponsor_logo", "contract", "attachment"]
    event_id: str | None
    sponsor_id: str | None
    venue_id: str | None
    thread_id: str | None
    name: str
    media_type: Literal["image/png", "image/jpeg", "image/webp", "application/pdf"]
    bytes: int
    sha256: Annotated[str, "Of the stored content, hexadecimal"]
    width: Annotated[int | None, "Pixels; of an image only"]
    height: int | None
    variants: list[Variant]
    version: int
    created_by: str
    created_at: str
    of: Annotated[str, "The names of what it belongs to now"]


class File(TypedDict):
    id: str
    kind: Literal["event_poster", "sponsor_logo", "contract", "attachment"]
    event_id: str | None
    sponsor_id: str | None
    venue_id: str | None
    thread_id: str | None
    name: str
    media_type: Literal["image/png", "image/jpeg", "image/webp", "application/pdf"]
    bytes: int
    sha256: Annotated[str, "Of the stored content, hexadecimal"]
    width: Annotated[int | None, "Pixels; of an image only"]
    height: int | None
    variants: list[Variant]
    version: int
    created_by: str
    created_at: str


class FileLinks(TypedDict):
    id: str
    kind: Literal["event_poster", "sponsor_logo", "contract", "attachment"]
    event_id: str | None
    sponsor_id: str | None
    venue_id: str | None
    thread_id: str | None
    name: str
    media_type: Literal["image/png", "image/jpeg", "image/webp", "application/pdf"]
    bytes: int
    sha256: Annotated[str, "Of the stored content, hexadecimal"]
    width: Annotated[int | None, "Pixels; of an image only"]
    height: int | None
    variants: list[Variant]
    version: int
    created_by: str
    created_at: str
    url: str | None
    expires_at: str | None


class ListFilesQuery(TypedDict):
    limit: NotRequired[Annotated[int, "How many at most"]]
    cursor: NotRequired[Annotated[str | None, "`next_cursor` of the page before"]]
    kind: NotRequired[Literal["event_poster", "sponsor_logo", "contract", "attachment"] | None]
    event: NotRequired[Annotated[str | None, "Name or id"]]
    sponsor: NotRequired[Annotated[str | None, "Name or id"]]
    venue: NotRequired[Annotated[str | None, "Name or id"]]
    thread: NotRequired[str | None]


class PageFile(TypedDict):
    items: list[File]
    next_cursor: str | None


class UploadFileQuery(TypedDict):
    kind: Literal["event_poster", "sponsor_logo", "contract", "attachment"]
    name: Annotated[str, "The file's name, e.g. poster.png"]
    event: NotRequired[Annotated[str | None, "Of a poster; a contract may name one"]]
    sponsor: NotRequired[Annotated[str | None, "Of a logo; a contract may name one"]]
    venue: NotRequired[Annotated[str | None, "A contract may name one"]]
    thread: NotRequired[Annotated[str | None, "The conversation of an attachment, once it has begun"]]
