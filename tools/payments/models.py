"""Words of the wire for online payments and refunds."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field

from tools.kit.inputs import Input
from tools.kit.paging import Paging
from tools.orders.models import OrderReference

PaymentStatus = Literal["created", "pending", "confirmed", "failed", "cancelled", "unknown"]
RefundStatus = Literal["created", "pending", "done", "cancelled", "failed", "unknown"]
Provider = Literal["manual", "sandbox", "stripe"]


class Payment(BaseModel):
    """`pay_url` is where the buyer pays, once the provider has said so. `failure` is its last word against it."""

    id: UUID
    order_id: UUID
    order_number: str
    event_id: UUID
    provider: Provider
    method: Literal["cash", "transfer", "card", "invoice", "online"]
    status: PaymentStatus
    amount: int
    currency: str
    refunded_amount: int
    pay_url: str | None
    failure: str | None
    created_at: datetime
    confirmed_at: datetime | None


class Refund(BaseModel):
    id: UUID
    order_id: UUID
    order_number: str
    event_id: UUID
    payment_id: UUID | None
    provider: Provider
    status: RefundStatus
    amount: int
    currency: str
    reason: str | None
    failure: str | None
    created_at: datetime
    done_at: datetime | None


class RequestPayment(Input):
    order: OrderReference


class NamedPayment(Input):
    payment: Annotated[UUID, Field(description="Payment id")]


class ListPayments(Paging):
    order: OrderReference | None = None
    status: PaymentStatus | None = Field(None, description="`unknown`: nobody knows yet whether the buyer paid")


class ListRefunds(Paging):
    order: OrderReference | None = None
    status: RefundStatus | None = Field(None, description="`failed`: the money is still here, and owed")
