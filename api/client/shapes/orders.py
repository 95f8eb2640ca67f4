"""Shapes of orders. Made by api/client_making.py of the API's description; not edited by hand."""

from typing import Annotated, Literal, NotRequired, TypedDict


class ApproveOrderBody(TypedDict):
    expires_in_hours: NotRequired[
        Annotated[int | None, "Time to pay from now on, when something is to be paid; null: without end"]
    ]


class TicketLine(TypedDict):
    ticket_type: Annotated[str, "Name or id"]
    quantity: int


class ChangeOrderBody(TypedDict):
    remove: NotRequired[Annotated[list[TicketLine], "Ticket types and how many go back"]]
    add: NotRequired[Annotated[list[TicketLine], "Ticket types and how many are added, at today's prices"]]
    refund_difference: NotRequired[Annotated[bool, "Give back at once what the order is owed; else it shows as owed"]]
    reason: NotRequired[str | None]


class OrderItem(TypedDict):
    id: str
    kind: Literal["ticket", "fee"]
    ticket_type_id: str | None
    ticket_type_name: str
    quantity: int
    price_amount: int
    discount_amount: int
    fee_amount: int
    tax_amount: int
    total_amount: int


class OrderLine(TypedDict):
    id: str
    kind: Literal["ticket", "fee"]
    ticket_type_id: str | None
    ticket_type_name: str
    quantity: int
    price_amount: int
    discount_amount: int
    fee_amount: int
    tax_amount: int
    total_amount: int
    reverses: str | None
    created_at: str


class Ticket(TypedDict):
    id: str
    code: str
    status: Literal["valid", "checked_in", "cancelled", "transferred"]


class ChangedOrder(TypedDict):
    id: str
    number: str
    event_id: str
    event_name: str
    buyer_name: str
    buyer_email: str | None
    status: Literal["pending", "paid", "expired", "cancelled"]
    channel: Literal["office", "public", "api", "import", "waiting_list"]
    currency: str
    total_amount: int
    discount_amount: int
    fee_amount: int
    tax_amount: int
    paid_amount: int
    refunded_amount: int
    credited_amount: Annotated[int, "Given back as goodwill; the tickets stay valid"]
    kept_amount: Annotated[int, "What was not given back when the order was cancelled"]
    needs_approval: bool
    expires_at: Annotated[str | None, "When an unpaid order lets go of its places; null: never"]
    items: list[OrderItem]
    history: Annotated[list[OrderLine], "Every line ever written, when the order was changed; else empty"]
    tickets: list[Ticket]
    version: int
    created_at: str
    given_back_amount: Annotated[int, "What this step gave back"]
    difference_amount: Annotated[int, "How much more (or less, below 0) the order costs than before this step"]
    owed_amount: Annotated[int, "What the buyer still owes; negative: what is owed to the buyer"]


class DeclineOrderBody(TypedDict):
    reason: NotRequired[str | None]


class ExtendOrderBody(TypedDict):
    expires_at: NotRequired[Annotated[str | None, "The new end of the time to pay; null: it waits without end"]]


class ListOrdersQuery(TypedDict):
    limit: NotRequired[Annotated[int, "How many at most"]]
    cursor: NotRequired[Annotated[str | None, "`next_cursor` of the page before"]]
    event: NotRequired[Annotated[str | None, "Name or id"]]
    buyer: NotRequired[Annotated[str | None, "A part of the buyer's name, or their whole e-mail address"]]
    status: NotRequired[Literal["pending", "paid", "expired", "cancelled"] | None]
    owed: NotRequired[
        Annotated[
            Literal["unpaid", "overpaid", "settled"] | None,
            "What is open: unpaid, overpaid (money is owed to the buyer), or settled",
        ]
    ]
    needs_approval: NotRequired[Annotated[bool | None, "Whether the order waits for the organiser's yes"]]
    from_date: NotRequired[Annotated[str | None, "First day ordered, in the organisation's zone"]]
    to_date: NotRequired[Annotated[str | None, "Last day, inclusive"]]


class NamedOrderBody(TypedDict):
    pass


class Order(TypedDict):
    id: str
    number: str
    event_id: str
    event_name: str
    buyer_name: str
    buyer_email: str | None
    status: Literal["pending", "paid", "expired", "cancelled"]
    channel: Literal["office", "public", "api", "import", "waiting_list"]
    currency: str
    total_amount: int
    discount_amount: int
    fee_amount: int
    tax_amount: int
    paid_amount: int
    refunded_amount: int
    credited_amount: Annotated[int, "Given back as goodwill; the tickets stay valid"]
    kept_amount: Annotated[int, "What was not given back when the order was cancelled"]
    needs_approval: bool
    expires_at: Annotated[str | None, "When an unpaid order lets go of its places; null: never"]
    items: list[OrderItem]
    history: Annotated[list[OrderLine], "Every line ever written, when the order was changed; else empty"]
    tickets: list[Ticket]
    version: int
    created_at: str
    owed_amount: Annotated[int, "What the buyer still owes; negative: what is owed to the buyer"]


class OrderLink(TypedDict):
    id: str
    event_id: str
    order_number: str
    link: str


class PageOrder(TypedDict):
    items: list[Order]
    next_cursor: str | None


class RecordPaymentBody(TypedDict):
    method: Literal["cash", "transfer", "card", "invoice"]
    amount: NotRequired[Annotated[int | None, "Minor units; everything open when left out"]]


class RefundOrderBody(TypedDict):
    amount: NotRequired[
        Annotated[int | None, "Minor units; when left out all that was paid, and the order is cancelled"]
    ]
    keep_amount: NotRequired[Annotated[int, "A fee that is not given back, in minor units; 0 when left out"]]
    reason: NotRequired[str | None]


class RefundTicketsBody(TypedDict):
    tickets: NotRequired[Annotated[list[str], "Ids of the tickets"]]
    attendee: NotRequired[Annotated[str | None, "Name or e-mail on the tickets"]]
    ticket_type: NotRequired[Annotated[str | None, "With quantity: so many of this type"]]
    quantity: NotRequired[Annotated[int | None, "How many; all that fit when left out"]]
    keep_amount: NotRequired[Annotated[int, "A fee that is not given back, in minor units; 0 when left out"]]
    reason: NotRequired[str | None]


class RequestPaymentBody(TypedDict):
    pass


class SellTickets(TypedDict):
    event: Annotated[str, "Name or id"]
    ticket_type: NotRequired[Annotated[str | None, "May be left out when the event has one type only"]]
    quantity: int
    also: NotRequired[Annotated[list[TicketLine], "Further ticket types in the same order"]]
    buyer: Annotated[str, "Name, e-mail, or `Name <mail@example.com>`"]
    payment_method: NotRequired[
        Annotated[
            Literal["cash", "transfer", "card", "invoice"] | None, "How it was paid; left out: payment is still open"
        ]
    ]
    promo_code: NotRequired[Annotated[str | None, "A promo code or voucher of the event"]]
    billing_address: NotRequired[Annotated[str, "For the invoice"]]


class SentTickets(TypedDict):
    id: str
    event_id: str
    event_name: str
    order_number: str
    sent_to: str
    tickets: int
