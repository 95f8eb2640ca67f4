"""Words of the wire for events."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field

from tools.kit.inputs import Input
from tools.kit.money import Currency
from tools.kit.paging import Paging
from tools.kit.text import Day, Instant, Line, Prose, Reference
from tools.kit.zones import Timezone

Status = Literal["draft", "published", "cancelled", "completed", "archived"]
Lifecycle = Literal["upcoming", "ongoing", "ended"]
Capacity = Annotated[int, Field(ge=1, le=10_000_000, strict=True, description="People, all ticket types together")]


class Event(BaseModel):
    id: UUID
    name: str
    description: str
    start_date: datetime
    end_date: datetime
    timezone: str
    venue_id: UUID | None
    venue_name: str | None
    status: Status
    cancel_reason: str | None
    lifecycle: Lifecycle
    capacity: int | None
    currency: str
    tickets_sold: int
    tickets_total: int
    version: int
    created_at: datetime
    updated_at: datetime


class EventTicketType(BaseModel):
    id: UUID
    name: str
    price_amount: int
    currency: str
    quantity: int
    sold: int
    available: int


class EventBooking(BaseModel):
    id: UUID
    venue_name: str
    space_name: str
    start_date: datetime
    end_date: datetime


class EventSponsorship(BaseModel):
    id: UUID
    sponsor_name: str
    level: str
    amount: int
    currency: str
    status: str


class EventDetail(Event):
    ticket_types: list[EventTicketType]
    bookings: list[EventBooking]
    sponsorships: list[EventSponsorship]


class CreateEvent(Input):
    name: Line
    start_date: Instant
    end_date: Instant | None = Field(None, description="Three hours after the start when left out")
    timezone: Timezone | None = Field(None, description="The venue's or the organisation's when left out")
    venue: Reference | None = Field(
        None, description="Where it will be: name or id. Booking it is a step of its own: book_venue"
    )
    description: Prose = ""
    capacity: Capacity | None = None
    currency: Currency | None = Field(None, description="The organisation's when left out")


class UpdateEvent(Input):
    event: Reference
    name: Line | None = None
    start_date: Instant | None = Field(None, description="The event keeps its length when only the start moves")
    end_date: Instant | None = None
    timezone: Timezone | None = None
    venue: Reference | None = Field(None, description="Where it moves to; what was booked moves with it")
    description: Prose | None = None
    capacity: Capacity | None = None


class NamedEvent(Input):
    event: Reference


class ListEvents(Paging):
    from_date: Day | None = Field(None, description="First day, in the organisation's zone")
    to_date: Day | None = Field(None, description="Last day, inclusive")
    venue: Reference | None = None
    status: Status | None = None
    query: Line | None = Field(None, description="Words in the name")
