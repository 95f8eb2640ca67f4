"""Words of the wire for what is held about a person, and for its erasure."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, Field

from tools.attendees.models import MailAddress
from tools.kit.inputs import Input
from tools.kit.paging import Paging


class NamedPerson(Input):
    email: MailAddress = Field(description="The person's address, as they gave it")


class HeldOrder(BaseModel):
    id: UUID
    number: str
    event_name: str
    status: str
    channel: str
    buyer_name: str
    buyer_email: str | None
    billing_address: str
    locale: str
    currency: str
    total_amount: int
    paid_amount: int
    refunded_amount: int
    created_at: datetime


class HeldTicket(BaseModel):
    id: UUID
    order_number: str
    event_name: str
    ticket_type_name: str
    attendee_name: str
    attendee_email: str | None
    status: str
    created_at: datetime


class HeldCheckIn(BaseModel):
    ticket_id: UUID
    event_name: str
    list_name: str
    kind: str
    outcome: str
    scanned_at: datetime


class HeldPayment(BaseModel):
    order_number: str
    provider: str
    method: str
    status: str
    amount: int
    currency: str
    created_at: datetime


class HeldRefund(BaseModel):
    order_number: str
    status: str
    reason: str | None
    amount: int
    currency: str
    created_at: datetime


class HeldPlace(BaseModel):
    """A place on a waiting list."""

    event_name: str
    ticket_type_name: str
    quantity: int
    name: str
    email: str
    status: str
    created_at: datetime


class HeldMail(BaseModel):
    kind: str
    recipient: str
    subject: str | None
    body: str | None
    status: str
    sent_at: datetime | None
    created_at: datetime


class HeldNote(BaseModel):
    """A line of the audit about one of their orders or tickets."""

    at: datetime
    operation: str
    summary: str


class PersonExport(BaseModel):
    """All that one organisation holds about an address."""

    email: str
    names: list[str]
    made_at: datetime
    orders: list[HeldOrder]
    tickets: list[HeldTicket]
    check_ins: list[HeldCheckIn]
    payments: list[HeldPayment]
    refunds: list[HeldRefund]
    waiting_list: list[HeldPlace]
    mails: list[HeldMail]
    audit: list[HeldNote]


class Erasure(BaseModel):
    id: UUID
    pseudonym: str = Field(description="What stands now where the person stood")
    orders: int
    tickets: int
    waiting_list_entries: int
    mails: int
    mentions: int = Field(description="Other rows in which the person was named, so far")
    conversations: int = Field(description="Threads of the chat that named the person and were deleted, so far")
    finished_at: datetime | None = Field(description="Null while mentions and conversations are still looked for")
    version: int
    created_at: datetime


class ListErasures(Paging):
    email: MailAddress | None = Field(None, description="Whether this person was erased")
