"""Words of the wire for ticket types."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field

from tools.kit.inputs import Input
from tools.kit.money import Amount, Currency
from tools.kit.paging import Paging
from tools.kit.text import Line, Prose, Reference

Quantity = Annotated[int, Field(ge=0, le=10_000_000, strict=True, description="How many may be sold")]
TypeName = Annotated[Line, Field(max_length=200)]
Availability = Literal["available", "reserved", "ordered", "sold_out"]


class TicketType(BaseModel):
    id: UUID
    event_id: UUID
    event_name: str
    name: str
    description: str
    price_amount: int
    currency: str
    quantity: int
    sold: int
    held: int
    available: int
    availability: Availability
    version: int
    created_at: datetime


class CreateTicketType(Input):
    event: Reference
    name: TypeName = "General"
    price_amount: Amount
    currency: Currency | None = Field(None, description="The event's when left out")
    quantity: Annotated[Quantity, Field(ge=1)]
    description: Prose = ""


class UpdateTicketType(Input):
    ticket_type: Reference
    event: Reference | None = Field(None, description="Needed when the ticket type is given by name")
    name: TypeName | None = None
    price_amount: Amount | None = Field(None, description="Minor units; orders already made keep their price")
    quantity: Quantity | None = Field(None, description="The new total, sold ones included")
    description: Prose | None = None


class NamedTicketType(Input):
    ticket_type: Reference
    event: Reference | None = None


class ListTicketTypes(Paging):
    event: Reference | None = None
