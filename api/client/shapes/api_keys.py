"""Shapes of api_keys. Made by api/client_making.py of the API's description; not edited by hand."""

from typing import Annotated, Literal, NotRequired, TypedDict


class ApiKey(TypedDict):
    id: str
    name: str
    role: Literal["viewer", "staff", "admin"]
    scopes: list[str] | None
    expires_at: str | None
    last_used_at: str | None
    revoked_at: str | None
    key: str | None
    version: int
    created_at: str


class CreateApiKey(TypedDict):
    name: Annotated[str, "What it is for, e.g. the website"]
    role: NotRequired[Literal["viewer", "staff", "admin"]]
    scopes: NotRequired[
        Annotated[list[str] | None, "Only these of the role's scopes, e.g. events:read; all of them when left out"]
    ]
    expires_at: NotRequired[Annotated[str | None, "RFC 3339 with an offset; never when left out"]]


class ListApiKeysQuery(TypedDict):
    limit: NotRequired[Annotated[int, "How many at most"]]
    cursor: NotRequired[Annotated[str | None, "`next_cursor` of the page before"]]


class PageApiKey(TypedDict):
    items: list[ApiKey]
    next_cursor: str | None
