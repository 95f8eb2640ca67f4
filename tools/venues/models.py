"""Words of the wire for venues and spaces."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from tools.kit.inputs import Input
from tools.kit.paging import Paging
from tools.kit.text import Instant, Line, Prose, Reference
from tools.kit.zones import Timezone

City = Annotated[Prose, Field(max_length=200)]
Address = Annotated[Prose, Field(max_length=500)]
Capacity = Annotated[int, Field(ge=1, le=10_000_000, strict=True, description="People")]


class Space(BaseModel):
    id: UUID
    name: str
    capacity: int | None


class Venue(BaseModel):
    id: UUID
    name: str
    description: str
    city: str
    address: str
    capacity: int | None
    timezone: str
    spaces: list[Space]
    version: int
    created_at: datetime


class CreateVenue(Input):
    name: Line
    city: City = ""
    address: Address = ""
    capacity: Capacity | None = None
    timezone: Timezone | None = Field(None, description="IANA zone; the organisation's when left out")
    description: Prose = ""


class UpdateVenue(Input):
    venue: Reference
    name: Line | None = None
    city: City | None = None
    address: Address | None = None
    capacity: Capacity | None = None
    timezone: Timezone | None = None
    description: Prose | None = None


class NamedVenue(Input):
    venue: Reference


class FindVenues(Paging):
    city: Line | None = None
    min_capacity: Capacity | None = Field(None, description="Holds at least this many people")
    query: Line | None = Field(None, description="Words in the name")
    free_from: Instant | None = Field(None, description="Some space is free from here until free_until")
    free_until: Instant | None = None
