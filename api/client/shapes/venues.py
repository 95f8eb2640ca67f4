"""Shapes of venues. Made by api/client_making.py of the API's description; not edited by hand."""

from typing import Annotated, NotRequired, TypedDict


class CreateVenue(TypedDict):
    name: str
    city: NotRequired[str]
    address: NotRequired[str]
    capacity: NotRequired[Annotated[int | None, "People"]]
    timezone: NotRequired[Annotated[str | None, "IANA zone; the organisation's when left out"]]
    description: NotRequired[str]


class FindVenuesQuery(TypedDict):
    limit: NotRequired[Annotated[int, "How many at most"]]
    cursor: NotRequired[Annotated[str | None, "`next_cursor` of the page before"]]
    city: NotRequired[str | None]
    min_capacity: NotRequired[Annotated[int | None, "Holds at least this many people"]]
    query: NotRequired[Annotated[str | None, "Words in the name"]]
    free_from: NotRequired[Annotated[str | None, "Some space is free from here until free_until"]]
    free_until: NotRequired[Annotated[str | None, "RFC 3339 with an offset, e.g. 2026-12-12T19:00:00+01:00"]]


class Space(TypedDict):
    id: str
    name: str
    capacity: int | None


class Venue(TypedDict):
    id: str
    name: str
    description: str
    city: str
    address: str
    capacity: int | None
    timezone: str
    spaces: list[Space]
    version: int
    created_at: str


class PageVenue(TypedDict):
    items: list[Venue]
    next_cursor: str | None


class UpdateVenueBody(TypedDict):
    name: NotRequired[str | None]
    city: NotRequired[str | None]
    address: NotRequired[str | None]
    capacity: NotRequired[Annotated[int | None, "People"]]
    timezone: NotRequired[Annotated[str | None, "IANA zone, e.g. Europe/Amsterdam"]]
    description: NotRequired[str | None]
