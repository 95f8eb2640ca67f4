"""Words of the wire for reports and the audit."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, Field

from tools.kit.inputs import Input
from tools.kit.paging import Paging
from tools.kit.text import Reference


class SalesLine(BaseModel):
    event_id: UUID
    event_name: str
    ticket_type_id: UUID
    ticket_type_name: str
    currency: str
    sold: int
    refunded: int
    gross_amount: int
    refunded_amount: int
    net_amount: int


class SalesTotal(BaseModel):
    currency: str
    sold: int
    gross_amount: int
    refunded_amount: int
    net_amount: int


class SalesReport(BaseModel):
    from_date: date | None
    to_date: date | None
    event_id: UUID | None
    event_name: str | None
    lines: list[SalesLine]
    totals: list[SalesTotal]


class SalesQuestion(Input):
    event: Reference | None = Field(None, description="All events when left out")
    from_date: date | None = Field(None, description="First day ordered, in the organisation's zone")
    to_date: date | None = Field(None, description="Last day, inclusive")


class AuditEntry(BaseModel):
    id: int
    at: datetime
    actor_id: UUID | None
    actor_name: str | None
    actor_kind: Literal["person", "agent", "key", "job"]
    operation: str
    effect: str
    subject_id: UUID | None
    summary: str
    proposal_id: UUID | None
    thread_id: UUID | None


class ListAudit(Paging):
    """Nothing but the page."""
