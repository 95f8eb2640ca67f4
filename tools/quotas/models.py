"""Words of the wire for quotas and for why something is sold out."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field

from tools.kit.inputs import Input
from tools.kit.paging import Paging
from tools.kit.text import Line, Reference
from tools.tickets.models import Availability, QuotaRoom, SaleStatus

QuotaName = Annotated[Line, Field(max_length=200)]
Size = Annotated[int, Field(ge=0, le=10_000_000, strict=True, description="How many may be sold together")]
Types = Annotated[list[Reference], Field(max_length=50)]


class CountedType(BaseModel):
    id: UUID
    name: str
    currency: str


class Quota(QuotaRoom):
    """size = sold + unpaid + on_hold + kept_by_vouchers + free."""

    event_id: UUID
    event_name: str
    ticket_types: list[CountedType]
    availability: Availability
    availability_reason: str
    version: int
    created_at: datetime


class CreateQuota(Input):
    event: Reference
    name: QuotaName
    size: Size
    ticket_types: Annotated[Types, Field(min_length=1, description="The ticket types that share these places")]


class UpdateQuota(Input):
    quota: Reference
    event: Reference | None = Field(None, description="Needed when the quota is given by name")
    name: QuotaName | None = None
    size: Size | None = Field(None, description="The new total, taken places included")
    add_ticket_types: Annotated[Types, Field(description="Ticket types that share it from now on")] = Field(
        default_factory=list
    )
    remove_ticket_types: Annotated[Types, Field(description="Ticket types that no longer count against it")] = Field(
        default_factory=list
    )


class NamedQuota(Input):
    quota: Reference
    event: Reference | None = None


class ListQuotas(Paging):
    event: Reference | None = None


class ExplainAvailability(Input):
    event: Reference | None = None
    ticket_type: Reference | None = Field(None, description="All of the event when left out")


class MayComeBack(BaseModel):
    """Places of a quota that are taken but not sold, and when they may be free again."""

    kind: Literal["holds", "unpaid_orders", "vouchers"]
    count: int
    """Holds, orders or codes."""
    places: int
    next_end: datetime | None
    """When the first of them ends by itself; None: none of them does."""
    without_end: int


class Explanation(BaseModel):
    ticket_type_id: UUID
    name: str
    currency: str
    sale_status: SaleStatus
    availability: Availability
    available: int
    sentence: str
    limited_by: QuotaRoom
    quotas: list[QuotaRoom]
    """All it counts against, the one that binds first."""
    may_come_back: list[MayComeBack]
    """Of the quota that binds."""
    remedies: list[str]


class AvailabilityExplained(BaseModel):
    event_id: UUID
    event_name: str
    items: list[Explanation]
