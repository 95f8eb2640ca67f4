"""Shapes of refunds. Made by api/client_making.py of the API's description; not edited by hand."""

from typing import Annotated, Literal, NotRequired, TypedDict


class ListRefundsQuery(TypedDict):
    limit: NotRequired[Annotated[int, "How many at most"]]
    cursor: NotRequired[Annotated[str | None, "`next_cursor` of the page before"]]
    order: NotRequired[Annotated[str | None, "Order number or id"]]
    status: NotRequired[
        Annotated[
            Literal["created", "pending", "done", "cancelled", "failed", "unknown"] | None,
            "`failed`: the money is still here, and owed",
        ]
    ]


class Refund(TypedDict):
    id: str
    order_id: str
    order_number: str
    event_id: str
    payment_id: str | None
    provider: Literal["manual", "sandbox", "stripe"]
    status: Literal["created", "pending", "done", "cancelled", "failed", "unknown"]
    amount: int
    currency: str
    reason: str | None
    failure: str | None
    created_at: str
    done_at: str | None


class PageRefund(TypedDict):
    items: list[Refund]
    next_cursor: str | None
