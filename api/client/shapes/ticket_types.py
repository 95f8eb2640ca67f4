"""Shapes of ticket_types. Made by api/client_making.py of the API's description; not edited by hand."""

from typing import Annotated, Literal, NotRequired, TypedDict

from api.client.shapes.shared import QuotaRoom


class BundlePartInput(TypedDict):
    ticket_type: Annotated[str, "Name or id"]
    quantity: NotRequired[Annotated[int, "How many of it in one bundle"]]


class CreateTicketType(TypedDict):
    event: Annotated[str, "Name or id"]
    name: NotRequired[str]
    price_amount: Annotated[int, "Minor units of the currency: 25 euros is 2500"]
    currency: NotRequired[Annotated[str | None, "The event's when left out"]]
    quantity: Annotated[int, "How many may be sold"]
    description: NotRequired[str]
    kind: NotRequired[
        Annotated[
            Literal["ticket", "add_on", "bundle"],
            "add_on: only together with a ticket, and no seat; bundle: several tickets at one price",
        ]
    ]
    parts: NotRequired[Annotated[list[BundlePartInput], "Of a bundle: what it is made of"]]
    hidden: NotRequired[Annotated[bool, "Sold to buyers only with a promo code that opens it"]]
    sales_start: NotRequired[Annotated[str | None, "RFC 3339 with an offset, e.g. 2026-12-12T19:00:00+01:00"]]
    sales_end: NotRequired[Annotated[str | None, "RFC 3339 with an offset, e.g. 2026-12-12T19:00:00+01:00"]]
    min_per_order: NotRequired[Annotated[int, "Tickets in one order"]]
    max_per_order: NotRequired[Annotated[int | None, "Tickets in one order"]]
    max_per_buyer: NotRequired[Annotated[int | None, "Tickets of one buyer, all orders together"]]
    needs_approval: NotRequired[Annotated[bool, "Each order waits for the organiser's yes"]]
    fee_amount: NotRequired[Annotated[int, "Fee per ticket on top of the price, minor units"]]
    fee_basis_points: NotRequired[Annotated[int, "Fee as a share of the price, times 100: 2.5 % is 250"]]
    tax_basis_points: NotRequired[Annotated[int, "Tax on price and fee, times 100: 9 % is 900"]]
    tax_included: NotRequired[Annotated[bool, "Whether price and fee contain the tax; if not it is added"]]


class DeleteTicketTypeQuery(TypedDict):
    event: NotRequired[Annotated[str | None, "Name or id"]]


class GetTicketTypeQuery(TypedDict):
    event: NotRequired[Annotated[str | None, "Name or id"]]


class ListTicketTypesQuery(TypedDict):
    limit: NotRequired[Annotated[int, "How many at most"]]
    cursor: NotRequired[Annotated[str | None, "`next_cursor` of the page before"]]
    event: NotRequired[Annotated[str | None, "Name or id"]]


class PartOfBundle(TypedDict):
    ticket_type_id: str
    ticket_type_name: str
    quantity: int


class TicketType(TypedDict):
    id: str
    event_id: str
    event_name: str
    name: str
    description: str
    kind: Literal["ticket", "add_on", "bundle"]
    price_amount: int
    currency: str
    fee_amount: int
    fee_basis_points: int
    tax_basis_points: int
    tax_included: bool
    hidden: bool
    sales_start: str | None
    sales_end: str | None
    sale_status: Literal["not_open", "open", "closed"]
    min_per_order: int
    max_per_order: int | None
    max_per_buyer: int | None
    needs_approval: bool
    parts: list[PartOfBundle]
    quantity: int
    sold: int
    held: int
    available: int
    availability: Literal["available", "reserved", "ordered", "sold_out"]
    availability_reason: str
    limited_by: QuotaRoom
    version: int
    created_at: str


class PageTicketType(TypedDict):
    items: list[TicketType]
    next_cursor: str | None


class UpdateTicketTypeBody(TypedDict):
    event: NotRequired[Annotated[str | None, "Needed when the ticket type is given by name"]]
    name: NotRequired[str | None]
    price_amount: NotRequired[Annotated[int | None, "Minor units; orders already made keep their price"]]
    quantity: NotRequired[Annotated[int | None, "The new total, sold ones included"]]
    description: NotRequired[str | None]
    parts: NotRequired[
        Annotated[list[BundlePartInput] | None, "Of a bundle: what it is made of from now on, all of it"]
    ]
    hidden: NotRequired[Annotated[bool | None, "Sold to buyers only with a promo code that opens it"]]
    sales_start: NotRequired[Annotated[str | None, "RFC 3339 with an offset, e.g. 2026-12-12T19:00:00+01:00"]]
    sales_end: NotRequired[Annotated[str | None, "RFC 3339 with an offset, e.g. 2026-12-12T19:00:00+01:00"]]
    min_per_order: NotRequired[Annotated[int | None, "Tickets in one order"]]
    max_per_order: NotRequired[Annotated[int | None, "Tickets in one order"]]
    max_per_buyer: NotRequired[Annotated[int | None, "Tickets of one buyer, all orders together"]]
    needs_approval: NotRequired[Annotated[bool | None, "Each order waits for the organiser's yes"]]
    fee_amount: NotRequired[Annotated[int | None, "Fee per ticket on top of the price, minor units"]]
    fee_basis_points: NotRequired[Annotated[int | None, "Fee as a share of the price, times 100: 2.5 % is 250"]]
    tax_basis_points: NotRequired[Annotated[int | None, "Tax on price and fee, times 100: 9 % is 900"]]
    tax_included: NotRequired[Annotated[bool | None, "Whether price and fee contain the tax; if not it is added"]]
    clear: NotRequired[
        Annotated[list[Literal["sales_start", "sales_end", "max_per_order", "max_per_buyer"]], "Limits to take away"]
    ]
