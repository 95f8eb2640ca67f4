"""Words of the wire for holds."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field

from tools.kit.inputs import Input
from tools.kit.paging import Paging
from tools.kit.text import Line, Reference

Purpose = Literal["checkout", "waiting_list", "office"]
HoldStatus = Literal["active", "expired", "released", "converted"]
HoldReference = Annotated[Line, Field(description="Hold id")]
Minutes = Annotated[int, Field(ge=1, le=59 * 24 * 60, strict=True)]
Days = Annotated[int, Field(ge=1, le=400, strict=True)]


class HoldItem(BaseModel):
    ticket_type_id: UUID
    ticket_type_name: str
    quantity: int


class Hold(BaseModel):
    """`expires_at` is judged by the database's clock. `order_id`: what it became."""

    id: UUID
    event_id: UUID
    event_name: str
    label: str
    purpose: Purpose
    status: HoldStatus
    items: list[HoldItem]
    expires_at: datetime
    extended: int
    order_id: UUID | None
    version: int
    created_at: datetime


class HoldTickets(Input):
    event: Reference
    ticket_type: Reference | None = Field(None, description="May be left out when the event has one type only")
    quantity: Annotated[int, Field(ge=1, le=1000, strict=True)]
    label: Annotated[Line, Field(max_length=200)] | None = Field(None, description="For whom or for what")
    minutes: Minutes | None = Field(None, description="For how long; two days when neither minutes nor days are given")
    days: Days | None = None


class ExtendHold(Input):
    hold: HoldReference
    minutes: Minutes | None = Field(None, description="From now; two days when neither minutes nor days are given")
    days: Days | None = None


class NamedHold(Input):
    hold: HoldReference


class ListHolds(Paging):
    event: Reference | None = None
    status: HoldStatus | None = Field("active", description="`active` when left out; null: all")
    purpose: Purpose | None = Field(None, description="`checkout`: buyers at the shop; `office`: the organiser's own")
