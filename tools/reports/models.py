"""Words of the wire for reports and the audit."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field

from tools.kit.inputs import Input
from tools.kit.paging import Paging
from tools.kit.text import Day, Reference

Grouping = Literal["day", "channel", "promo_code"]
Reason = Literal["unpaid", "part_paid", "overpaid", "payment_unknown", "refund_failed", "refund_unknown"]


class Sums(BaseModel):
    """Money of sales. Gross less refunded is net; tax, fees and discounts are contained in it or taken off it already."""

    sold: int
    refunded: int
    gross_amount: int
    refunded_amount: int = Field(description="Taken back, let go of, or not kept when the order ended")
    net_amount: int
    discount_amount: int
    fee_amount: int
    tax_amount: int


class SalesLine(Sums):
    event_id: UUID
    event_name: str
    ticket_type_id: UUID | None = Field(description="None: a fee that belongs to no ticket type")
    ticket_type_name: str
    kind: Literal["ticket", "add_on", "bundle", "fee"]
    currency: str


class SalesGroup(Sums):
    by: Grouping
    key: str = Field(
        description="The day (in the organisation's zone), the channel, or the promo code; empty: without one"
    )
    currency: str


class SalesTotal(Sums):
    currency: str


class SalesReport(BaseModel):
    from_date: date | None
    to_date: date | None
    event_id: UUID | None
    event_name: str | None
    lines: list[SalesLine]
    groups: list[SalesGroup]
    totals: list[SalesTotal]


class SalesQuestion(Input):
    event: Reference | None = Field(None, description="All events when left out")
    from_date: Day | None = Field(None, description="First day ordered, in the organisation's zone")
    to_date: Day | None = Field(None, description="Last day, inclusive")
    group_by: Grouping | None = Field(None, description="Also by day, by channel or by promo code")


class CompareSales(Input):
    event: Reference
    other: Annotated[Reference, Field(description="The event to compare with, e.g. that of last year")]
    days_before: Annotated[int, Field(ge=0, le=3650)] | None = Field(
        None,
        description="Both as they stood so many days before their start; as far before as we are now when left out",
    )


class ComparedType(BaseModel):
    ticket_type_name: str
    kind: Literal["ticket", "add_on", "bundle", "fee"]
    currency: str
    tickets: int
    net_amount: int


class ComparedTotal(BaseModel):
    currency: str
    tickets: int
    net_amount: int


class ComparedEvent(BaseModel):
    event_id: UUID
    event_name: str
    start_date: datetime
    as_of: datetime = Field(description="What was ordered until then, as it stood then")
    types: list[ComparedType]
    totals: list[ComparedTotal]
    admitted: int | None = Field(description="Tickets checked in; none before the event's end")
    no_shows: int | None


class Difference(BaseModel):
    """The event less the other one, by name of the ticket type and currency."""

    ticket_type_name: str | None = Field(description="None: all of them")
    currency: str
    tickets: int
    net_amount: int


class SalesComparison(BaseModel):
    event: ComparedEvent
    other: ComparedEvent
    differences: list[Difference]


class OrdersToSettle(Paging):
    event: Reference | None = Field(None, description="All events when left out")
    reason: Reason | None = None


class OrderToSettle(BaseModel):
    id: UUID
    number: str
    event_id: UUID
    event_name: str
    buyer_name: str
    buyer_email: str | None
    status: Literal["pending", "paid", "expired", "cancelled"]
    reasons: list[Reason]
    currency: str
    total_amount: int
    paid_amount: int
    refunded_amount: int
    owed_amount: int = Field(description="Above zero: the buyer owes it; below: it is owed to the buyer")
    unknown_payment_amount: int = Field(description="Asked of a provider, and nobody knows whether it was paid")
    unknown_refund_amount: int = Field(description="Sent by a provider, and nobody knows whether it arrived")
    failed_refund_amount: int
    expires_at: datetime | None
    created_at: datetime


class ToSettle(BaseModel):
    reason: Reason
    currency: str
    orders: int
    amount: int


class SettlePage(BaseModel):
    totals: list[ToSettle] = Field(description="Over all of them, not only this page")
    items: list[OrderToSettle]
    next_cursor: str | None = None


class AuditEntry(BaseModel):
    id: int
    at: datetime
    actor_id: UUID | None
    actor_name: str | None
    actor_kind: Literal["person", "agent", "key", "job", "buyer"]
    operation: str
    effect: str
    subject_id: UUID | None
    summary: str
    proposal_id: UUID | None
    thread_id: UUID | None


class ListAudit(Paging):
    """Nothing but the page."""
