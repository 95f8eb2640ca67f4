"""Words of the wire for orders, payments and refunds."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field

from tools.kit.inputs import Input
from tools.kit.money import Amount
from tools.kit.paging import Paging
from tools.kit.text import Line, Prose, Reference

PaymentMethod = Literal["cash", "transfer", "card", "invoice"]
OrderStatus = Literal["pending", "paid", "expired", "cancelled"]
OrderReference = Annotated[Line, Field(description="Order number or id")]


class OrderItem(BaseModel):
    id: UUID
    ticket_type_id: UUID
    ticket_type_name: str
    quantity: int
    price_amount: int
    total_amount: int


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
    currency: str
    total_amount: int
    paid_amount: int
    refunded_amount: int
    items: list[OrderItem]
    tickets: list[Ticket]
    version: int
    created_at: datetime


class SellTickets(Input):
    event: Reference
    ticket_type: Reference | None = Field(None, description="May be left out when the event has one type only")
    quantity: Annotated[int, Field(ge=1, le=1000, strict=True)]
    buyer: Annotated[Line, Field(description="Name, e-mail, or `Name <mail@example.com>`")]
    payment_method: PaymentMethod | None = Field(None, description="How it was paid; left out: payment is still open")


class RecordPayment(Input):
    order: OrderReference
    method: PaymentMethod
    amount: Annotated[Amount, Field(ge=1)] | None = Field(
        None, description="Minor units; everything open when left out"
    )


class RefundOrder(Input):
    order: OrderReference
    amount: Annotated[Amount, Field(ge=1)] | None = Field(
        None, description="Minor units; when left out all that was paid, and the order is cancelled"
    )
    reason: Annotated[Prose, Field(max_length=1000)] | None = None


class NamedOrder(Input):
    order: OrderReference


class ListOrders(Paging):
    event: Reference | None = None
    buyer: Line | None = Field(None, description="Words in the buyer's name or e-mail")
    status: OrderStatus | None = None
    from_date: date | None = Field(None, description="First day ordered, in the organisation's zone")
    to_date: date | None = Field(None, description="Last day, inclusive")
