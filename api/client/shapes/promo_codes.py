"""Shapes of promo_codes. Made by api/client_making.py of the API's description; not edited by hand."""

from typing import Annotated, Literal, NotRequired, TypedDict


class CreatePromoCode(TypedDict):
    event: Annotated[str, "Name or id"]
    code: Annotated[
        str, "3 to 40 letters, digits, - and _, beginning with one of the first two; upper and lower case are the same"
    ]
    label: NotRequired[Annotated[str | None, "What it is for, e.g. Students"]]
    percent_basis_points: NotRequired[Annotated[int | None, "Off the price, times 100: 20 % is 2000"]]
    off_amount: NotRequired[Annotated[int | None, "Minor units off each ticket"]]
    price_amount: NotRequired[Annotated[int | None, "The price of a ticket instead; 0: free"]]
    budget_amount: NotRequired[Annotated[int | None, "Minor units the code may take off in all"]]
    currency: NotRequired[Annotated[str | None, "Of the amounts; the event's when left out"]]
    max_uses: NotRequired[Annotated[int | None, "Tickets in all"]]
    max_per_buyer: NotRequired[Annotated[int | None, "Tickets per buyer"]]
    ticket_types: NotRequired[Annotated[list[str], "Ticket types it is for; none: all of the event"]]
    valid_from: NotRequired[Annotated[str | None, "RFC 3339 with an offset, e.g. 2026-12-12T19:00:00+01:00"]]
    valid_until: NotRequired[Annotated[str | None, "RFC 3339 with an offset, e.g. 2026-12-12T19:00:00+01:00"]]


class DeletePromoCodeQuery(TypedDict):
    event: NotRequired[Annotated[str | None, "Needed when several events have that code"]]


class GetPromoCodeQuery(TypedDict):
    event: NotRequired[Annotated[str | None, "Needed when several events have that code"]]


class ListPromoCodesQuery(TypedDict):
    limit: NotRequired[Annotated[int, "How many at most"]]
    cursor: NotRequired[Annotated[str | None, "`next_cursor` of the page before"]]
    event: NotRequired[Annotated[str | None, "Name or id"]]
    status: NotRequired[Literal["active", "not_yet", "expired", "used_up", "inactive"] | None]


class NamedType(TypedDict):
    id: str
    name: str


class PromoCode(TypedDict):
    id: str
    event_id: str
    event_name: str
    code: str
    kind: Literal["discount", "access", "voucher"]
    label: str
    percent_basis_points: int | None
    off_amount: int | None
    price_amount: int | None
    budget_amount: int | None
    currency: str | None
    spent_amount: int
    max_uses: int | None
    uses: int
    held_uses: int
    orders: int
    max_per_buyer: int | None
    valid_from: str | None
    valid_until: str | None
    ticket_types: list[NamedType]
    blocked: int
    active: bool
    status: Literal["active", "not_yet", "expired", "used_up", "inactive"]
    version: int
    created_at: str


class PagePromoCode(TypedDict):
    items: list[PromoCode]
    next_cursor: str | None


class UpdatePromoCodeBody(TypedDict):
    event: NotRequired[Annotated[str | None, "Needed when several events have that code"]]
    code: NotRequired[
        Annotated[
            str | None,
            "3 to 40 letters, digits, - and _, beginning with one of the first two; upper and lower case are the same",
        ]
    ]
    label: NotRequired[Annotated[str | None, "What it is for, e.g. Students"]]
    percent_basis_points: NotRequired[Annotated[int | None, "Off the price, times 100: 20 % is 2000"]]
    off_amount: NotRequired[Annotated[int | None, "Minor units off each ticket"]]
    price_amount: NotRequired[Annotated[int | None, "The price of a ticket instead; 0: free"]]
    budget_amount: NotRequired[Annotated[int | None, "Minor units the code may take off in all"]]
    currency: NotRequired[Annotated[str | None, "ISO 4217 code, e.g. EUR"]]
    max_uses: NotRequired[Annotated[int | None, "Tickets in all"]]
    max_per_buyer: NotRequired[Annotated[int | None, "Tickets per buyer"]]
    ticket_types: NotRequired[Annotated[list[str] | None, "Ticket types it is for; none: all of the event"]]
    valid_from: NotRequired[Annotated[str | None, "RFC 3339 with an offset, e.g. 2026-12-12T19:00:00+01:00"]]
    valid_until: NotRequired[Annotated[str | None, "RFC 3339 with an offset, e.g. 2026-12-12T19:00:00+01:00"]]
    active: NotRequired[Annotated[bool | None, "False stops it; a voucher lets go of its places"]]
    clear: NotRequired[
        Annotated[
            list[Literal["budget_amount", "max_uses", "max_per_buyer", "valid_from", "valid_until", "ticket_types"]],
            "Limits to take away",
        ]
    ]
