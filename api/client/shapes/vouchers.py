"""Shapes of vouchers. Made by api/client_making.py of the API's description; not edited by hand."""

from typing import Annotated, Literal, NotRequired, TypedDict


class CreateVouchers(TypedDict):
    event: NotRequired[Annotated[str | None, "Needed when the ticket type is given by name"]]
    ticket_type: Annotated[str, "Name or id"]
    quantity: Annotated[int, "How many codes"]
    max_uses: NotRequired[Annotated[int, "Tickets per code"]]
    prefix: NotRequired[Annotated[str | None, "What each code starts with, e.g. SPEAKER"]]
    label: NotRequired[Annotated[str | None, "What it is for, e.g. Students"]]
    percent_basis_points: NotRequired[Annotated[int | None, "Off the price, times 100: 20 % is 2000"]]
    off_amount: NotRequired[Annotated[int | None, "Minor units off each ticket"]]
    price_amount: NotRequired[Annotated[int | None, "The price of a ticket instead; 0: free"]]
    valid_from: NotRequired[Annotated[str | None, "RFC 3339 with an offset, e.g. 2026-12-12T19:00:00+01:00"]]
    valid_until: NotRequired[Annotated[str | None, "RFC 3339 with an offset, e.g. 2026-12-12T19:00:00+01:00"]]


class Vouchers(TypedDict):
    id: str
    event_id: str
    event_name: str
    ticket_type_id: str
    ticket_type_name: str
    kind: Literal["voucher"]
    label: str
    percent_basis_points: int | None
    off_amount: int | None
    price_amount: int | None
    currency: str | None
    max_uses: int
    valid_until: str | None
    places: int
    codes: list[str]
    csv: str
