"""Words of the wire for orders, payments and refunds."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field, computed_field

from tools.kit.inputs import Input
from tools.kit.money import Amount
from tools.kit.paging import Paging
from tools.kit.text import Day, Instant, Line, Prose, Reference

PaymentMethod = Literal["cash", "transfer", "card", "invoice"]
OrderStatus = Literal["pending", "paid", "expired", "cancelled"]
Channel = Literal["office", "public", "api", "import", "waiting_list"]
Owed = Literal["unpaid", "overpaid", "settled"]
OrderReference = Annotated[Line, Field(description="Order number or id")]
Quantity = Annotated[int, Field(ge=1, le=1000, strict=True)]
CodeText = Annotated[Line, Field(max_length=40)]


class OrderItem(BaseModel):
    """What stands of a line of the order: what was taken back since is off it."""

    id: UUID
    kind: Literal["ticket", "fee"] = "ticket"
    ticket_type_id: UUID | None
    ticket_type_name: str
    """Of a fee: what it is for."""
    quantity: int
    price_amount: int
    discount_amount: int = 0
    fee_amount: int = 0
    tax_amount: int = 0
    total_amount: int


class OrderLine(OrderItem):
    """A line as it was written; what goes back is a line of its own with a negative quantity."""

    reverses: UUID | None
    created_at: datetime


class Ticket(BaseModel):
    id: UUID
    code: str
    status: Literal["valid", "checked_in", "cancelled", "transferred"]


class Order(BaseModel):
    id: UUID
    number: str
    event_id: UUID
    event_name: str
    buyer_name: str
    buyer_email: str | None
    status: OrderStatus
    channel: Channel = "office"
    currency: str
    total_amount: int
    discount_amount: int = 0
    fee_amount: int = 0
    tax_amount: int = 0
    paid_amount: int
    refunded_amount: int
    credited_amount: int = Field(0, description="Given back as goodwill; the tickets stay valid")
    kept_amount: int = Field(0, description="What was not given back when the order was cancelled")
    needs_approval: bool = False
    expires_at: datetime | None = Field(None, description="When an unpaid order lets go of its places; null: never")
    items: list[OrderItem]
    history: list[OrderLine] = Field([], description="Every line ever written, when the order was changed; else empty")
    tickets: list[Ticket]
    version: int
    created_at: datetime

    @computed_field(description="What the buyer still owes; negative: what is owed to the buyer")  # type: ignore[prop-decorator]
    @property
    def owed_amount(self) -> int:
        due = self.total_amount - self.credited_amount if self.status in ("pending", "paid") else self.kept_amount
        return due - (self.paid_amount - self.refunded_amount)


class ChangedOrder(Order):
    """An order after money or tickets of it moved, and what this step moved."""

    given_back_amount: int = Field(0, description="What this step gave back")
    difference_amount: int = Field(
        0, description="How much more (or less, below 0) the order costs than before this step"
    )


class TicketLine(Input):
    ticket_type: Reference
    quantity: Quantity


class SellTickets(Input):
    event: Reference
    ticket_type: Reference | None = Field(None, description="May be left out when the event has one type only")
    quantity: Quantity
    also: list[TicketLine] = Field([], max_length=20, description="Further ticket types in the same order")
    buyer: Annotated[Line, Field(description="Name, e-mail, or `Name <mail@example.com>`")]
    payment_method: PaymentMethod | None = Field(None, description="How it was paid; left out: payment is still open")
    promo_code: CodeText | None = Field(None, description="A promo code or voucher of the event")
    billing_address: Annotated[Prose, Field(max_length=2000)] = Field("", description="For the invoice")


class RecordPayment(Input):
    order: OrderReference
    method: PaymentMethod
    amount: Annotated[Amount, Field(ge=1)] | None = Field(
        None, description="Minor units; everything open when left out"
    )


Reason = Annotated[Prose, Field(max_length=1000)]
KeepAmount = Annotated[Amount, Field(description="A fee that is not given back, in minor units; 0 when left out")]


class RefundOrder(Input):
    order: OrderReference
    amount: Annotated[Amount, Field(ge=1)] | None = Field(
        None, description="Minor units; when left out all that was paid, and the order is cancelled"
    )
    keep_amount: KeepAmount = 0
    reason: Reason | None = None


class RefundTickets(Input):
    order: OrderReference
    tickets: list[UUID] = Field([], max_length=1000, description="Ids of the tickets")
    attendee: Line | None = Field(None, description="Name or e-mail on the tickets")
    ticket_type: Reference | None = Field(None, description="With quantity: so many of this type")
    quantity: Quantity | None = Field(None, description="How many; all that fit when left out")
    keep_amount: KeepAmount = 0
    reason: Reason | None = None


class ChangeOrder(Input):
    order: OrderReference
    remove: list[TicketLine] = Field([], max_length=20, description="Ticket types and how many go back")
    add: list[TicketLine] = Field(
        [], max_length=20, description="Ticket types and how many are added, at today's prices"
    )
    refund_difference: bool = Field(
        False, strict=True, description="Give back at once what the order is owed; else it shows as owed"
    )
    reason: Reason | None = None


class ExtendOrder(Input):
    order: OrderReference
    expires_at: Instant | None = Field(None, description="The new end of the time to pay; null: it waits without end")


class ApproveOrder(Input):
    order: OrderReference
    expires_in_hours: Annotated[int, Field(ge=1, le=24 * 90, strict=True)] | None = Field(
        72, description="Time to pay from now on, when something is to be paid; null: without end"
    )


class DeclineOrder(Input):
    order: OrderReference
    reason: Reason | None = None


class NamedOrder(Input):
    order: OrderReference


class ListOrders(Paging):
    event: Reference | None = None
    buyer: Line | None = Field(None, description="A part of the buyer's name, or their whole e-mail address")
    status: OrderStatus | None = None
    owed: Owed | None = Field(
        None, description="What is open: unpaid, overpaid (money is owed to the buyer), or settled"
    )
    needs_approval: bool | None = Field(None, description="Whether the order waits for the organiser's yes")
    from_date: Day | None = Field(None, description="First day ordered, in the organisation's zone")
    to_date: Day | None = Field(None, description="Last day, inclusive")
