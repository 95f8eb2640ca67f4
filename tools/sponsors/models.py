"""Words of the wire for sponsors and sponsorships."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field

from tools.kit.inputs import Input
from tools.kit.money import Amount, Currency
from tools.kit.paging import Paging
from tools.kit.text import Line, Reference

SponsorshipStatus = Literal["enquiry", "agreed", "invoiced", "paid", "declined"]
Level = Annotated[Line, Field(max_length=50, description="E.g. gold, silver, bronze")]


class Sponsorship(BaseModel):
    id: UUID
    sponsor_id: UUID
    sponsor_name: str
    event_id: UUID
    event_name: str
    level: str
    amount: int
    currency: str
    status: SponsorshipStatus
    version: int
    created_at: datetime


class AddSponsor(Input):
    event: Reference
    sponsor: Annotated[Line, Field(description="The sponsor's name; a new one is added to the sponsors")]
    level: Level
    amount: Amount
    currency: Currency | None = Field(None, description="The event's when left out")


class NamedSponsorship(Input):
    sponsor: Annotated[Line, Field(description="The sponsor's name or the sponsorship's id")]
    event: Reference | None = Field(
        None, description="Needed when the sponsor is given by name and sponsors several events"
    )


class UpdateSponsor(NamedSponsorship):
    level: Level | None = None
    amount: Amount | None = None
    currency: Currency | None = None
    status: SponsorshipStatus | None = None


class ListSponsors(Paging):
    event: Reference | None = None
    status: SponsorshipStatus | None = None
