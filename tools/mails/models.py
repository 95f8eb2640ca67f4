"""Words of the wire for mails."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, Field

from tools.kit.inputs import Input
from tools.kit.paging import Paging
from tools.kit.text import Line, Reference
from tools.orders.models import OrderReference

MailStatus = Literal["queued", "sent", "failed", "skipped"]
MailKind = Literal[
    "order_confirmed", "order_received", "order_approved", "payment_received", "order_expired", "order_cancelled",
    "order_refunded", "place_offered", "event_cancelled", "event_postponed",
    "choice_offered", "ticket_transferred",
]  # fmt: skip
OfficeKind = Literal["invited", "webhook_switched_off"]
"""Mails to who works here, or is asked to: they are about no event and stand in no list of mails."""


class MailSummary(BaseModel):
    id: UUID
    kind: MailKind
    recipient: str
    subject: str | None = Field(description="Null until it is written, just before the first attempt")
    status: MailStatus
    attempts: int
    failure: str | None = Field(description="Why the last attempt failed, or why it was not sent")
    order_id: UUID | None
    order_number: str | None
    event_id: UUID | None
    locale: str
    sent_at: datetime | None
    version: int
    created_at: datetime


class Mail(MailSummary):
    body: str | None = Field(description="The text as it was sent; null before, and again when it is forgotten")


class ListMails(Paging):
    event: Reference | None = None
    order: OrderReference | None = None
    recipient: Line | None = Field(None, description="The whole address")
    kind: MailKind | None = None
    status: MailStatus | None = None


class NamedMail(Input):
    mail: UUID
