"""Words of the wire for waiting lists."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field

from tools.kit.inputs import Input
from tools.kit.paging import Paging
from tools.kit.text import Line, Reference

EntryStatus = Literal["waiting", "offered", "purchased", "expired", "cancelled"]
Places = Annotated[int, Field(ge=1, le=100, strict=True)]
OfferHours = Annotated[int, Field(ge=1, le=720, strict=True, description="How long an offer keeps its places")]


class WaitingList(BaseModel):
    id: UUID
    event_id: UUID
    event_name: str
    is_open: bool
    auto_offer: bool
    offer_hours: int
    waiting: int
    offered: int
    version: int
    created_at: datetime


class WaitingEntry(BaseModel):
    id: UUID
    event_id: UUID
    event_name: str
    ticket_type_id: UUID
    ticket_type_name: str
    quantity: int
    name: str
    email: str
    status: EntryStatus
    position: int | None = Field(
        description="1 is next among those who wait for the same tickets; None for who does not wait"
    )
    offer_expires_at: datetime | None
    order_number: str | None
    version: int
    created_at: datetime


class OfferedPlaces(BaseModel):
    id: UUID = Field(description="The event")
    event_id: UUID
    event_name: str
    places: int
    offered: list[WaitingEntry]
    passed_over: int = Field(
        description="People further ahead who want more places than there are; they keep their position"
    )
    still_waiting: int
    hours: int


class OpenWaitingList(Input):
    event: Reference
    auto_offer: bool = Field(
        False,
        strict=True,
        description="Offer places that come free to the list by themselves, before the shop sees them",
    )
    offer_hours: OfferHours = 24


class NamedWaitingList(Input):
    event: Reference


class AddToWaitingList(Input):
    event: Reference
    ticket_type: Reference | None = Field(None, description="May be left out when the event has one type only")
    quantity: Places = 1
    name: Annotated[Line, Field(max_length=200)] | None = None
    email: Annotated[Line, Field(max_length=320)]


class NamedEntry(Input):
    entry: UUID


class ListWaitingList(Paging):
    event: Reference | None = None
    ticket_type: Reference | None = None
    status: EntryStatus | None = None


class OfferPlaces(Input):
    event: Reference
    ticket_type: Reference | None = Field(None, description="Only of this type")
    places: Annotated[int, Field(ge=1, le=100_000, strict=True)] | None = Field(
        None, description="At most so many; all that are free when left out"
    )
    hours: OfferHours = 24
