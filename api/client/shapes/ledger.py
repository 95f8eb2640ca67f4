"""Shapes of ledger. Made by api/client_making.py of the API's description; not edited by hand."""

from typing import Annotated, Literal, NotRequired, TypedDict


class CheckLedgerQuery(TypedDict):
    event: NotRequired[Annotated[str | None, "All events when left out"]]


class Drift(TypedDict):
    problem: Annotated[
        str,
        "entries: a transaction does not sum to zero; owed, state: the order's account or state; else the sum that is wrong",
    ]
    order_id: str | None
    order_number: str | None
    subject_id: str
    currency: str
    expected: int
    found: int


class LedgerCheck(TypedDict):
    orders: int
    problems: Annotated[list[Drift], "At most 100"]


class LedgerEntry(TypedDict):
    at: str
    kind: Literal["sale", "goodwill", "release", "payment", "refund", "payout"]
    transaction_id: str
    account: Literal[
        "receivable",
        "cash:manual",
        "cash:sandbox",
        "cash:stripe",
        "bank",
        "provider_fees",
        "revenue",
        "fees",
        "tax",
        "goodwill",
        "retained",
    ]
    amount: int
    currency: str
    event_id: str | None
    event_name: str | None
    order_id: str | None
    order_number: str | None
    source_id: Annotated[str, "The row it follows from: an order's line, an order, a payment, a refund, a payout"]
    entry: int


class ListLedgerQuery(TypedDict):
    limit: NotRequired[Annotated[int, "How many at most"]]
    cursor: NotRequired[Annotated[str | None, "`next_cursor` of the page before"]]
    event: NotRequired[Annotated[str | None, "Name or id"]]
    order: NotRequired[Annotated[str | None, "Order number or id"]]
    account: NotRequired[
        Literal[
            "receivable",
            "cash:manual",
            "cash:sandbox",
            "cash:stripe",
            "bank",
            "provider_fees",
            "revenue",
            "fees",
            "tax",
            "goodwill",
            "retained",
        ]
        | None
    ]
    from_date: NotRequired[Annotated[str | None, "First day, in the organisation's zone"]]
    to_date: NotRequired[Annotated[str | None, "Last day, inclusive"]]


class PageLedgerEntry(TypedDict):
    items: list[LedgerEntry]
    next_cursor: str | None
