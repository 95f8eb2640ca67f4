"""Shapes of bookings. Made by api/client_making.py of the API's description; not edited by hand."""

from typing import Annotated, Literal, NotRequired, TypedDict


class BookVenue(TypedDict):
    event: Annotated[str, "Name or id"]
    venue: Annotated[str, "Name or id"]
    space: NotRequired[Annotated[str | None, "The whole venue when left out"]]
    start_date: NotRequired[Annotated[str | None, "The event's start when left out"]]
    end_date: NotRequired[Annotated[str | None, "The event's end when left out"]]
    setup_minutes: NotRequired[Annotated[int, "Minutes the space is taken besides the event itself"]]
    teardown_minutes: NotRequired[Annotated[int, "Minutes the space is taken besides the event itself"]]


class Booking(TypedDict):
    id: str
    event_id: str
    event_name: str
    venue_id: str
    venue_name: str
    space_id: str
    space_name: str
    start_date: str
    end_date: str
    timezone: str
    setup_minutes: int
    teardown_minutes: int
    status: Literal["confirmed", "cancelled"]
    version: int
    created_at: str


class CancelBookingQuery(TypedDict):
    event: NotRequired[Annotated[str | None, "The event whose booking goes, when no booking id is known"]]
    venue: NotRequired[Annotated[str | None, "Name or id"]]
    reason: NotRequired[str | None]


class ListBookingsQuery(TypedDict):
    limit: NotRequired[Annotated[int, "How many at most"]]
    cursor: NotRequired[Annotated[str | None, "`next_cursor` of the page before"]]
    event: NotRequired[Annotated[str | None, "Name or id"]]
    venue: NotRequired[Annotated[str | None, "Name or id"]]
    from_date: NotRequired[str | None]
    to_date: NotRequired[str | None]
    status: NotRequired[Literal["confirmed", "cancelled"] | None]


class PageBooking(TypedDict):
    items: list[Booking]
    next_cursor: str | None


class UpdateBookingBody(TypedDict):
    space: NotRequired[Annotated[str | None, "Name or id"]]
    start_date: NotRequired[Annotated[str | None, "RFC 3339 with an offset, e.g. 2026-12-12T19:00:00+01:00"]]
    end_date: NotRequired[Annotated[str | None, "RFC 3339 with an offset, e.g. 2026-12-12T19:00:00+01:00"]]
    setup_minutes: NotRequired[Annotated[int | None, "Minutes the space is taken besides the event itself"]]
    teardown_minutes: NotRequired[Annotated[int | None, "Minutes the space is taken besides the event itself"]]
