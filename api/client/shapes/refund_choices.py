"""Shapes of refund_choices. Made by api/client_making.py of the API's description; not edited by hand."""

from typing import Annotated, Literal, NotRequired, TypedDict


class ListRefundChoicesQuery(TypedDict):
    limit: NotRequired[Annotated[int, "How many at most"]]
    cursor: NotRequired[Annotated[str | None, "`next_cursor` of the page before"]]
    event: NotRequired[Annotated[str | None, "Name or id"]]
    state: NotRequired[Literal["open", "over", "refund", "keep", "donate", "credit"] | None]


class RefundChoice(TypedDict):
    id: str
    event_id: str
    event_name: str
    order_id: str
    order_number: str
    order_status: str
    buyer_name: str
    buyer_email: str | None
    options: list[Literal["refund", "keep", "donate", "credit"]]
    choice: Literal["refund", "keep", "donate", "credit"] | None
    state: Literal["open", "over", "refund", "keep", "donate", "credit"]
    currency: str
    refund_amount: Annotated[int, "What they get when they choose the refund"]
    keep_amount: int
    deadline: str
    decided_at: str | None
    version: int
    created_at: str


class PageRefundChoice(TypedDict):
    items: list[RefundChoice]
    next_cursor: str | None
