"""Shapes of reports. Made by api/client_making.py of the API's description; not edited by hand."""

from typing import Annotated, Literal, NotRequired, TypedDict


class Balance(TypedDict):
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
    currency: str
    entries: int
    amount: Annotated[int, "Above zero: held or owed to the organiser; below: where it came from"]


class CompareSalesQuery(TypedDict):
    event: Annotated[str, "Name or id"]
    other: Annotated[str, "The event to compare with, e.g. that of last year"]
    days_before: NotRequired[
        Annotated[
            int | None, "Both as they stood so many days before their start; as far before as we are now when left out"
        ]
    ]


class ComparedType(TypedDict):
    ticket_type_name: str
    kind: Literal["ticket", "add_on", "bundle", "fee"]
    currency: str
    tickets: int
    net_amount: int


class ComparedTotal(TypedDict):
    currency: str
    tickets: int
    net_amount: int


class ComparedEvent(TypedDict):
    event_id: str
    event_name: str
    start_date: str
    as_of: Annotated[str, "What was ordered until then, as it stood then"]
    types: list[ComparedType]
    totals: list[ComparedTotal]
    admitted: Annotated[int | None, "Tickets checked in; none before the event's end"]
    no_shows: int | None


class Difference(TypedDict):
    ticket_type_name: Annotated[str | None, "None: all of them"]
    currency: str
    tickets: int
    net_amount: int


class LedgerReport(TypedDict):
    from_date: str | None
    to_date: str | None
    event_id: str | None
    event_name: str | None
    balances: list[Balance]
    unbalanced: Annotated[
        dict[str, int], "Currency -> sum of all entries, where that is not zero; empty when the books are right"
    ]


class LedgerReportQuery(TypedDict):
    event: NotRequired[Annotated[str | None, "All events, and payouts, when left out"]]
    from_date: NotRequired[Annotated[str | None, "First day, in the organisation's zone"]]
    to_date: NotRequired[Annotated[str | None, "Last day, inclusive"]]


class OrderToSettle(TypedDict):
    id: str
    number: str
    event_id: str
    event_name: str
    buyer_name: str
    buyer_email: str | None
    status: Literal["pending", "paid", "expired", "cancelled"]
    reasons: list[Literal["unpaid", "part_paid", "overpaid", "payment_unknown", "refund_failed", "refund_unknown"]]
    currency: str
    total_amount: int
    paid_amount: int
    refunded_amount: int
    owed_amount: Annotated[int, "Above zero: the buyer owes it; below: it is owed to the buyer"]
    unknown_payment_amount: Annotated[int, "Asked of a provider, and nobody knows whether it was paid"]
    unknown_refund_amount: Annotated[int, "Sent by a provider, and nobody knows whether it arrived"]
    failed_refund_amount: int
    expires_at: str | None
    created_at: str


class OrdersToSettleQuery(TypedDict):
    limit: NotRequired[Annotated[int, "How many at most"]]
    cursor: NotRequired[Annotated[str | None, "`next_cursor` of the page before"]]
    event: NotRequired[Annotated[str | None, "All events when left out"]]
    reason: NotRequired[
        Literal["unpaid", "part_paid", "overpaid", "payment_unknown", "refund_failed", "refund_unknown"] | None
    ]


class SalesComparison(TypedDict):
    event: ComparedEvent
    other: ComparedEvent
    differences: list[Difference]


class SalesGroup(TypedDict):
    sold: int
    refunded: int
    gross_amount: int
    refunded_amount: Annotated[int, "Taken back, let go of, or not kept when the order ended"]
    net_amount: int
    discount_amount: int
    fee_amount: int
    tax_amount: int
    by: Literal["day", "channel", "promo_code"]
    key: Annotated[str, "The day (in the organisation's zone), the channel, or the promo code; empty: without one"]
    currency: str


class SalesLine(TypedDict):
    sold: int
    refunded: int
    gross_amount: int
    refunded_amount: Annotated[int, "Taken back, let go of, or not kept when the order ended"]
    net_amount: int
    discount_amount: int
    fee_amount: int
    tax_amount: int
    event_id: str
    event_name: str
    ticket_type_id: Annotated[str | None, "None: a fee that belongs to no ticket type"]
    ticket_type_name: str
    kind: Literal["ticket", "add_on", "bundle", "fee"]
    currency: str


class SalesTotal(TypedDict):
    sold: int
    refunded: int
    gross_amount: int
    refunded_amount: Annotated[int, "Taken back, let go of, or not kept when the order ended"]
    net_amount: int
    discount_amount: int
    fee_amount: int
    tax_amount: int
    currency: str


class SalesReport(TypedDict):
    from_date: str | None
    to_date: str | None
    event_id: str | None
    event_name: str | None
    lines: list[SalesLine]
    groups: list[SalesGroup]
    totals: list[SalesTotal]


class SalesReportQuery(TypedDict):
    event: NotRequired[Annotated[str | None, "All events when left out"]]
    from_date: NotRequired[Annotated[str | None, "First day ordered, in the organisation's zone"]]
    to_date: NotRequired[Annotated[str | None, "Last day, inclusive"]]
    group_by: NotRequired[
        Annotated[Literal["day", "channel", "promo_code"] | None, "Also by day, by channel or by promo code"]
    ]


class ToSettle(TypedDict):
    reason: Literal["unpaid", "part_paid", "overpaid", "payment_unknown", "refund_failed", "refund_unknown"]
    currency: str
    orders: int
    amount: int


class SettlePage(TypedDict):
    totals: Annotated[list[ToSettle], "Over all of them, not only this page"]
    items: list[OrderToSettle]
    next_cursor: str | None
