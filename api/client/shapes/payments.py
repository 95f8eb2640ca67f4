"""Shapes of payments. Made by api/client_making.py of the API's description; not edited by hand."""

from typing import Annotated, Literal, NotRequired, TypedDict

from api.client.shapes.shared import Payment


class ListPaymentsQuery(TypedDict):
    limit: NotRequired[Annotated[int, "How many at most"]]
    cursor: NotRequired[Annotated[str | None, "`next_cursor` of the page before"]]
    order: NotRequired[Annotated[str | None, "Order number or id"]]
    status: NotRequired[
        Annotated[
            Literal["created", "pending", "confirmed", "failed", "cancelled", "unknown"] | None,
            "`unknown`: nobody knows yet whether the buyer paid",
        ]
    ]


class NamedPaymentBody(TypedDict):
    pass


class PagePayment(TypedDict):
    items: list[Payment]
    next_cursor: str | None
