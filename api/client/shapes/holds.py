"""Shapes of holds. Made by api/client_making.py of the API's description; not edited by hand."""

from typing import Annotated, Literal, NotRequired, TypedDict


class ExtendHoldBody(TypedDict):
    minutes: NotRequired[Annotated[int | None, "From now; two days when neither minutes nor days are given"]]
    days: NotRequired[int | None]


class HoldItem(TypedDict):
    ticket_type_id: str
    ticket_type_name: str
    quantity: int


class Hold(TypedDict):
    id: str
    event_id: str
    event_name: str
    label: str
    purpose: Literal["checkout", "waiting_list", "office"]
    status: Literal["active", "expired", "released", "converted"]
    items: list[HoldItem]
    expires_at: str
    extended: int
    order_id: str | None
    version: int
    created_at: str


class HoldTickets(TypedDict):
    event: Annotated[str, "Name or id"]
    ticket_type: NotRequired[Annotated[str | None, "May be left out when the event has one type only"]]
    quantity: int
    label: NotRequired[Annotated[str | None, "For whom or for what"]]
    minutes: NotRequired[Annotated[int | None, "For how long; two days when neither minutes nor days are given"]]
    days: NotRequired[int | None]


class ListHoldsQuery(TypedDict):
    limit: NotRequired[Annotated[int, "How many at most"]]
    cursor: NotRequired[Annotated[str | None, "`next_cursor` of the page before"]]
    event: NotRequired[Annotated[str | None, "Name or id"]]
    status: NotRequired[
        Annotated[Literal["active", "expired", "released", "converted"] | None, "`active` when left out; null: all"]
    ]
    purpose: NotRequired[
        Annotated[
            Literal["checkout", "waiting_list", "office"] | None,
            "`checkout`: buyers at the shop; `office`: the organiser's own",
        ]
    ]


class PageHold(TypedDict):
    items: list[Hold]
    next_cursor: str | None
