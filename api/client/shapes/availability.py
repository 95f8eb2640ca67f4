"""Shapes of availability. Made by api/client_making.py of the API's description; not edited by hand."""

from typing import Annotated, Literal, NotRequired, TypedDict

from api.client.shapes.shared import QuotaRoom


class MayComeBack(TypedDict):
    kind: Literal["holds", "unpaid_orders", "vouchers"]
    count: int
    places: int
    next_end: str | None
    without_end: int


class Explanation(TypedDict):
    ticket_type_id: str
    name: str
    currency: str
    sale_status: Literal["not_open", "open", "closed"]
    availability: Literal["available", "reserved", "ordered", "sold_out"]
    available: int
    sentence: str
    limited_by: QuotaRoom
    quotas: list[QuotaRoom]
    may_come_back: list[MayComeBack]
    remedies: list[str]


class AvailabilityExplained(TypedDict):
    event_id: str
    event_name: str
    items: list[Explanation]


class ExplainAvailabilityQuery(TypedDict):
    event: NotRequired[Annotated[str | None, "Name or id"]]
    ticket_type: NotRequired[Annotated[str | None, "All of the event when left out"]]
