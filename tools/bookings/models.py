"""Words of the wire for bookings."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field, model_validator

from tools.kit.inputs import Input
from tools.kit.paging import Paging
from tools.kit.text import Day, Instant, Prose, Reference

Minutes = Annotated[
    int, Field(ge=0, le=10_080, strict=True, description="Minutes the space is taken besides the event itself")
]


class Booking(BaseModel):
    id: UUID
    event_id: UUID
    event_name: str
    venue_id: UUID
    venue_name: str
    space_id: UUID
    space_name: str
    start_date: datetime
    end_date: datetime
    timezone: str
    setup_minutes: int
    teardown_minutes: int
    status: Literal["confirmed", "cancelled"]
    version: int
    created_at: datetime


class BookVenue(Input):
    event: Reference
    venue: Reference
    space: Reference | None = Field(None, description="The whole venue when left out")
    start_date: Instant | None = Field(None, description="The event's start when left out")
    end_date: Instant | None = Field(None, description="The event's end when left out")
    setup_minutes: Minutes = 0
    teardown_minutes: Minutes = 0


class NamedBooking(Input):
    booking: UUID


class UpdateBooking(NamedBooking):
    space: Reference | None = None
    start_date: Instant | None = None
    end_date: Instant | None = None
    setup_minutes: Minutes | None = None
    teardown_minutes: Minutes | None = None


class CancelBooking(Input):
    booking: UUID | None = None
    event: Reference | None = Field(None, description="The event whose booking goes, when no booking id is known")
    venue: Reference | None = None
    reason: Annotated[Prose, Field(max_length=1000)] | None = None

    @model_validator(mode="after")
    def _one_of_them(self) -> CancelBooking:
        if self.booking is None and self.event is None:
            raise ValueError("name the booking or its event")
        return self


class ListBookings(Paging):
    event: Reference | None = None
    venue: Reference | None = None
    from_date: Day | None = None
    to_date: Day | None = None
    status: Literal["confirmed", "cancelled"] | None = None
