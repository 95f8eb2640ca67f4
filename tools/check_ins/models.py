"""Words of the wire for check-in lists and scans."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import BaseModel, Field, model_validator

from tools.kit.inputs import Input
from tools.kit.paging import Cursor, Limit, Paging
from tools.kit.text import Instant, Line, Reference

Kind = Literal["entry", "exit"]
Outcome = Literal["accepted", "refused"]
Reason = Literal[
    "unknown_code", "forged_ticket", "wrong_event", "wrong_list", "unpaid", "order_needs_approval", "cancelled",
    "transferred", "event_cancelled", "already_in", "no_reentry", "not_in", "not_open_yet", "closed", "sent_away",
]  # fmt: skip
"""Why a scan was refused; of a forced one, what was overridden."""

ListName = Annotated[Line, Field(max_length=200)]
Nonce = Annotated[
    Line,
    Field(
        min_length=8, max_length=80, description="The client's own name for this scan; sent again, it is the same scan"
    ),
]
Device = Annotated[Line, Field(max_length=100, description="Where it was scanned, e.g. Gate 2")]
Code = Annotated[Line, Field(description="What the scanner read: the QR's text, or the ticket's code")]
Force = Annotated[
    bool, Field(strict=True, description="Let in whatever stands against it; for admins, and it is recorded")
]
Query = Annotated[Line, Field(min_length=2, max_length=100)]
TICKET_TYPES = Field(None, max_length=50, description="Types of the event by name or id; an empty list: every type")


class TypeCount(BaseModel):
    ticket_type_id: UUID
    name: str
    expected: int
    entered: int
    inside: int


class CheckInList(BaseModel):
    """`expected` counts paid tickets, `entered` those that came at all, `inside` those that are in now."""

    id: UUID
    event_id: UUID
    event_name: str
    name: str
    every_type: bool
    ticket_types: list[str]
    reentry: bool
    opens_at: datetime | None
    closes_at: datetime | None
    expected: int
    entered: int
    inside: int
    by_type: list[TypeCount]
    version: int
    created_at: datetime


class CheckIn(BaseModel):
    """One scan and what came of it. `reason` is for machines, `message` for the person at the door."""

    id: UUID
    event_id: UUID
    check_in_list_id: UUID
    check_in_list_name: str
    nonce: str
    kind: Kind
    outcome: Outcome
    reason: Reason | None
    message: str
    forced: bool
    conflict: bool = Field(description="The person was let in, and by all that is known now should not have been")
    repeated: bool = Field(False, description="This scan was told before; nothing new happened")
    ticket_id: UUID | None
    ticket_type: str | None
    attendee_name: str | None
    order_number: str | None
    scanned_at: datetime
    device: str
    previous_at: datetime | None = Field(description="When the ticket's last accepted scan on this list was")
    previous_device: str | None
    undone_at: datetime | None


class OrderCheckIn(BaseModel):
    """A whole party at once; `id` is the order's."""

    id: UUID
    event_id: UUID
    number: str
    accepted: int
    refused: int
    check_ins: list[CheckIn]


class Uploaded(BaseModel):
    nonce: str
    check_in: CheckIn | None
    problem: Literal["nonce_reused"] | None = None


class Upload(BaseModel):
    """What became of each scan, in the order sent, and which scans of others come out differently now. `id` is the list's."""

    id: UUID
    event_id: UUID
    scans: list[Uploaded]
    changed: list[CheckIn]
    conflicts: int


class DoorGuest(BaseModel):
    """As little of a person as is needed to recognise them."""

    ticket_id: UUID
    attendee_name: str
    email_hint: str
    ticket_type: str
    order_number: str
    on_list: bool
    barred: Reason | None
    inside: bool
    entered_at: datetime | None
    check_in_id: UUID | None = Field(description="The last accepted scan on this list, to undo it")


class DoorGuests(BaseModel):
    items: list[DoorGuest]


class OfflineTicket(BaseModel):
    ticket_id: UUID
    code_hash: str = Field(description="SHA-256 of the ticket's code, in hex")
    attendee_name: str
    ticket_type: str
    order_number: str
    barred: Reason | None
    inside: bool
    entered_at: datetime | None


class OfflineList(BaseModel):
    """Part of a list for a device. Go on with `cursor` at once while `more`, and later for what changed since.
    `fresh`: forget what you had, this starts anew."""

    check_in_list_id: UUID
    name: str
    reentry: bool
    opens_at: datetime | None
    closes_at: datetime | None
    fresh: bool
    items: list[OfflineTicket]
    cursor: str
    more: bool


class NamedCheckInList(Input):
    check_in_list: Reference
    event: Reference | None = Field(
        None, description="Needed when the list is given by name and several events have one"
    )


class CreateCheckInList(Input):
    event: Reference
    name: ListName
    ticket_types: list[Reference] | None = TICKET_TYPES
    reentry: Annotated[bool, Field(strict=True, description="Whether who went out may come in again")] = True
    opens_at: Instant | None = None
    closes_at: Instant | None = None


class UpdateCheckInList(NamedCheckInList):
    name: ListName | None = None
    ticket_types: list[Reference] | None = TICKET_TYPES
    reentry: Annotated[bool, Field(strict=True)] | None = None
    opens_at: Instant | None = Field(None, description="Null: no limit any more")
    closes_at: Instant | None = Field(None, description="Null: no limit any more")


class ListCheckInLists(Paging):
    event: Reference | None = None


class OneTicket(Input):
    code: Code | None = None
    ticket: UUID | None = Field(None, description="The ticket's id, where a person was found by name")

    @model_validator(mode="after")
    def _named_once(self) -> Self:
        if (self.code is None) == (self.ticket is None):
            raise ValueError("give a code or a ticket, one of them")
        return self


class MakeCheckIn(OneTicket, NamedCheckInList):
    kind: Kind = "entry"
    nonce: Nonce | None = None
    device: Device | None = None
    force: Force = False


class CheckInOrder(NamedCheckInList):
    order: Annotated[Line, Field(description="Order number or id")]
    kind: Kind = "entry"
    nonce: Nonce | None = None
    device: Device | None = None
    force: Force = False


class OfflineScan(OneTicket):
    nonce: Nonce
    scanned_at: Instant
    kind: Kind = "entry"
    let_in: Annotated[bool, Field(strict=True)] | None = Field(
        None, description="What the device said at the door; left out where nobody decided there"
    )
    force: Force = False


class UploadCheckIns(NamedCheckInList):
    device: Device | None = None
    scans: Annotated[list[OfflineScan], Field(min_length=1, max_length=1000)]


class UndoCheckIn(Input):
    check_in: UUID


class SearchAttendees(NamedCheckInList):
    query: Annotated[
        Query, Field(description="Part of a name or address, an order number, or the end of a ticket's code")
    ]
    limit: Annotated[Limit, Field(le=50)] = 20


class DownloadCheckInList(NamedCheckInList):
    cursor: Cursor | None = Field(None, description="`cursor` of the last answer")
    limit: Annotated[int, Field(ge=1, le=2000, description="How many tickets at most")] = 1000
