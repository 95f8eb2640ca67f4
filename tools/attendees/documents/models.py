"""What the papers of an order are made from, read once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from pydantic import BaseModel


class PaperTicket(BaseModel):
    id: UUID
    code: str
    attendee_name: str
    attendee_email: str | None
    ticket_type_name: str
    status: str


class PaperLine(BaseModel):
    label: str
    quantity: int
    total_amount: int
    part_of: UUID | None


class OrderPapers(BaseModel):
    """An order as its buyer sees it, with the event and who organises it."""

    id: UUID
    org_id: UUID
    organizer: str
    locale: str
    number: str
    status: str
    needs_approval: bool
    buyer_name: str
    buyer_email: str | None
    currency: str
    total_amount: int
    paid_amount: int
    refunded_amount: int
    credited_amount: int
    discount_amount: int
    fee_amount: int
    tax_amount: int
    expires_at: datetime | None
    created_at: datetime
    version: int
    link_version: int
    event_id: UUID
    event_name: str
    event_status: str
    event_version: int
    cancel_reason: str | None
    start_date: datetime
    end_date: datetime
    timezone: str
    venue_name: str | None
    venue_address: str | None
    now: datetime
    tickets: list[PaperTicket]
    lines: list[PaperLine]

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    @property
    def open_amount(self) -> int:
        """What the buyer still owes; negative: what is owed to the buyer."""
        return self.total_amount - self.credited_amount - (self.paid_amount - self.refunded_amount)

    @property
    def is_over(self) -> bool:
        return self.end_date <= self.now or self.event_status in ("completed", "archived")

    @property
    def valid_tickets(self) -> list[PaperTicket]:
        """Those that open the door: of a paid order for an event that takes place."""
        if self.status != "paid" or self.event_status in ("cancelled", "archived"):
            return []
        return [ticket for ticket in self.tickets if ticket.status in ("valid", "checked_in")]


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file as a mail or a download carries it."""

    name: str
    mime: str
    content: bytes
