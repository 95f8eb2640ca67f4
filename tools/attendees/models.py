"""Words of the wire for attendees: tickets with the people on them, transfers, imports."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AfterValidator, BaseModel, BeforeValidator, Field, StringConstraints

from tools.kit.inputs import Input
from tools.kit.paging import Paging
from tools.kit.text import Line, Reference
from tools.orders.models import OrderReference, PaymentMethod

TicketStatus = Literal["valid", "checked_in", "cancelled", "transferred"]
MOST_NAME = 200
MOST_TEXT = 1_000_000
"""Characters of a CSV file."""

_MAIL = re.compile(r"[^@\s<>,;]+@[^@\s<>,;.]+(\.[^@\s<>,;.]+)+")
_UNSTORABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


def _an_address(text: str) -> str:
    if not _MAIL.fullmatch(text):
        raise ValueError("is not an e-mail address")
    return text


def _a_file_of_text(value: Any) -> Any:
    if isinstance(value, str) and (found := _UNSTORABLE.search(value)):
        line = value.count("\n", 0, found.start()) + 1
        raise ValueError(f"has a character in line {line} that is no text")
    return value


PersonName = Annotated[Line, Field(max_length=MOST_NAME)]
MailAddress = Annotated[Line, Field(max_length=320), AfterValidator(_an_address)]
CsvText = Annotated[str, StringConstraints(min_length=1, max_length=MOST_TEXT), BeforeValidator(_a_file_of_text)]
Packed = Annotated[
    str, StringConstraints(min_length=1, max_length=MOST_TEXT * 4 // 3 + 4, pattern=r"^[A-Za-z0-9+/]+={0,2}$")
]
TicketReference = Annotated[Line, Field(description="Ticket id, its code, or the attendee's name")]


class Attendee(BaseModel):
    """A ticket and who comes on it."""

    id: UUID
    attendee_name: str
    attendee_email: str | None
    status: TicketStatus
    event_id: UUID
    event_name: str
    ticket_type_id: UUID
    ticket_type_name: str
    order_id: UUID
    order_number: str
    order_status: str
    transferred_from: UUID | None
    version: int
    created_at: datetime


class TicketDetail(Attendee):
    code: str
    transferred_to: UUID | None


class ListAttendees(Paging):
    event: Reference
    ticket_type: Reference | None = None
    status: TicketStatus | None = Field(None, description="Left out: those who may come, valid and checked_in")
    query: Line | None = Field(
        None, description="A part of the attendee's or buyer's name, a whole e-mail address, or an order number"
    )


class NamedTicket(Input):
    ticket: TicketReference
    event: Reference | None = Field(None, description="Needed when the ticket is named by its attendee")


class RenameAttendee(NamedTicket):
    name: PersonName
    email: MailAddress | None = Field(None, description="Left out: the address stays")


class TransferTicket(NamedTicket):
    name: PersonName = Field(description="Who comes instead")
    email: MailAddress | None = Field(None, description="Where the new ticket is sent")


class NamedOrder(Input):
    order: OrderReference


class SentTickets(BaseModel):
    id: UUID
    event_id: UUID
    event_name: str
    order_number: str
    sent_to: str
    tickets: int


class OrderLink(BaseModel):
    """The page of an order for who bought it. Who has the link may do there what the buyer may."""

    id: UUID
    event_id: UUID
    order_number: str
    link: str


class ImportAttendees(Input):
    event: Reference
    csv: CsvText | None = Field(
        None,
        description="A header line, then one attendee per line. Columns in any order: name (or first and last name), e-mail, "
        "ticket type, price",
    )
    csv_base64: Packed | None = Field(None, description="The same as a file's bytes, where its encoding is not known")
    ticket_type: Reference | None = Field(None, description="For lines that name none")
    payment_method: PaymentMethod | None = Field(None, description="How the prices in the file were paid")
    dry_run: bool = Field(True, strict=True, description="Only tell what would be made")
    all_or_nothing: bool = Field(False, strict=True, description="Make none when one line fails")


class ImportedRow(BaseModel):
    row: int
    name: str
    email: str | None
    ticket_type_name: str
    price_amount: int
    order_number: str | None = Field(None, description="None in a dry run")


class SkippedRow(BaseModel):
    row: int
    name: str
    reason: str


class FailedRow(BaseModel):
    row: int
    reason: str
    text: str = Field(description="The line as it was read, cut to 200 characters")


class Import(BaseModel):
    """`id` is the event's: an import has no row of its own."""

    id: UUID
    event_id: UUID
    event_name: str
    dry_run: bool
    rows: int
    made: int
    skipped: int
    failed: int
    total_amount: int
    currency: str
    columns: dict[str, str] = Field(description="What was read from which column of the file")
    ignored_columns: list[str]
    made_rows: list[ImportedRow] = Field(description="The first 100")
    skipped_rows: list[SkippedRow] = Field(description="The first 100")
    failed_rows: list[FailedRow] = Field(description="The first 1,000")
