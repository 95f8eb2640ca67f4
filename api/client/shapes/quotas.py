"""Shapes of quotas. Made by api/client_making.py of the API's description; not edited by hand."""

from typing import Annotated, Literal, NotRequired, TypedDict


class CountedType(TypedDict):
    id: str
    name: str
    currency: str


class CreateQuota(TypedDict):
    event: Annotated[str, "Name or id"]
    name: str
    size: Annotated[int, "How many may be sold together"]
    ticket_types: Annotated[list[str], "The ticket types that share these places"]


class DeleteQuotaQuery(TypedDict):
    event: NotRequired[Annotated[str | None, "Name or id"]]


class GetQuotaQuery(TypedDict):
    event: NotRequired[Annotated[str | None, "Name or id"]]


class ListQuotasQuery(TypedDict):
    limit: NotRequired[Annotated[int, "How many at most"]]
    cursor: NotRequired[Annotated[str | None, "`next_cursor` of the page before"]]
    event: NotRequired[Annotated[str | None, "Name or id"]]


class Quota(TypedDict):
    id: str
    name: str
    kind: Literal["ticket_type", "capacity", "shared"]
    size: int
    sold: int
    unpaid: int
    on_hold: int
    kept_by_vouchers: int
    free: int
    event_id: str
    event_name: str
    ticket_types: list[CountedType]
    availability: Literal["available", "reserved", "ordered", "sold_out"]
    availability_reason: str
    version: int
    created_at: str


class PageQuota(TypedDict):
    items: list[Quota]
    next_cursor: str | None


class UpdateQuotaBody(TypedDict):
    event: NotRequired[Annotated[str | None, "Needed when the quota is given by name"]]
    name: NotRequired[str | None]
    size: NotRequired[Annotated[int | None, "The new total, taken places included"]]
    add_ticket_types: NotRequired[Annotated[list[str], "Ticket types that share it from now on"]]
    remove_ticket_types: NotRequired[Annotated[list[str], "Ticket types that no longer count against it"]]
