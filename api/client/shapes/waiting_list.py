"""Shapes of waiting_list. Made by api/client_making.py of the API's description; not edited by hand."""

from typing import Annotated, Literal, NotRequired, TypedDict

from api.client.shapes.shared import WaitingEntry


class AddToWaitingList(TypedDict):
    event: Annotated[str, "Name or id"]
    ticket_type: NotRequired[Annotated[str | None, "May be left out when the event has one type only"]]
    quantity: NotRequired[int]
    name: NotRequired[str | None]
    email: str


class ListWaitingListQuery(TypedDict):
    limit: NotRequired[Annotated[int, "How many at most"]]
    cursor: NotRequired[Annotated[str | None, "`next_cursor` of the page before"]]
    event: NotRequired[Annotated[str | None, "Name or id"]]
    ticket_type: NotRequired[Annotated[str | None, "Name or id"]]
    status: NotRequired[Literal["waiting", "offered", "purchased", "expired", "cancelled"] | None]


class PageWaitingEntry(TypedDict):
    items: list[WaitingEntry]
    next_cursor: str | None
