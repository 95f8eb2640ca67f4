"""Words of the wire for ticket types."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field

from tools.kit.inputs import Input
from tools.kit.money import Amount, Currency
from tools.kit.paging import Paging
from tools.kit.text import Instant, Line, Prose, Reference

Quantity = Annotated[int, Field(ge=0, le=10_000_000, strict=True, description="How many may be sold")]
TypeName = Annotated[Line, Field(max_length=200)]
Availability = Literal["available", "reserved", "ordered", "sold_out"]
SaleStatus = Literal["not_open", "open", "closed"]
Kind = Literal["ticket", "add_on", "bundle"]
Clearable = Literal["sales_start", "sales_end", "max_per_order", "max_per_buyer"]

KindOf = Annotated[
    Kind,
    Field(description="add_on: only together with a ticket, and no seat; bundle: several tickets at one price"),
]
Hidden = Annotated[bool, Field(strict=True, description="Sold to buyers only with a promo code that opens it")]
PerOrder = Annotated[int, Field(ge=1, le=1000, strict=True, description="Tickets in one order")]
PerBuyer = Annotated[int, Field(ge=1, le=100_000, strict=True, description="Tickets of one buyer, all orders together")]
NeedsApproval = Annotated[bool, Field(strict=True, description="Each order waits for the organiser's yes")]
BasisPoints = Annotated[int, Field(ge=0, le=10_000, strict=True)]
FeeAmount = Annotated[Amount, Field(description="Fee per ticket on top of the price, minor units")]
FeeShare = Annotated[BasisPoints, Field(description="Fee as a share of the price, times 100: 2.5 % is 250")]
TaxShare = Annotated[BasisPoints, Field(description="Tax on price and fee, times 100: 9 % is 900")]
TaxIncluded = Annotated[
    bool, Field(strict=True, description="Whether price and fee contain the tax; if not it is added")
]


class BundlePart(Input):
    ticket_type: Reference
    quantity: Annotated[int, Field(ge=1, le=100, strict=True, description="How many of it in one bundle")] = 1


Parts = Annotated[list[BundlePart], Field(max_length=20, description="Of a bundle: what it is made of")]


class PartOfBundle(BaseModel):
    ticket_type_id: UUID
    ticket_type_name: str
    quantity: int


class QuotaRoom(BaseModel):
    """A quota in numbers: size = sold + unpaid + on_hold + kept_by_vouchers + free."""

    id: UUID
    name: str
    kind: Literal["ticket_type", "capacity", "shared"]
    size: int
    sold: int
    """Paid."""
    unpaid: int
    on_hold: int
    kept_by_vouchers: int
    free: int


class TicketType(BaseModel):
    id: UUID
    event_id: UUID
    event_name: str
    name: str
    description: str
    kind: Kind
    price_amount: int
    currency: str
    fee_amount: int
    fee_basis_points: int
    tax_basis_points: int
    tax_included: bool
    hidden: bool
    sales_start: datetime | None
    sales_end: datetime | None
    sale_status: SaleStatus
    min_per_order: int
    max_per_order: int | None
    max_per_buyer: int | None
    needs_approval: bool
    parts: list[PartOfBundle]
    quantity: int
    sold: int
    held: int
    available: int
    availability: Availability
    """available; reserved: free places only in holds; ordered: only in unpaid orders; sold_out: nothing may come back by itself."""
    availability_reason: str
    limited_by: QuotaRoom
    """The quota that binds: the one that decides how many can be had."""
    version: int
    created_at: datetime


class CreateTicketType(Input):
    event: Reference
    name: TypeName = "General"
    price_amount: Amount
    currency: Currency | None = Field(None, description="The event's when left out")
    quantity: Annotated[Quantity, Field(ge=1)]
    description: Prose = ""
    kind: KindOf = "ticket"
    parts: Parts = Field(default_factory=list)
    hidden: Hidden = False
    sales_start: Instant | None = None
    sales_end: Instant | None = None
    min_per_order: PerOrder = 1
    max_per_order: PerOrder | None = None
    max_per_buyer: PerBuyer | None = None
    needs_approval: NeedsApproval = False
    fee_amount: FeeAmount = 0
    fee_basis_points: FeeShare = 0
    tax_basis_points: TaxShare = 0
    tax_included: TaxIncluded = True


class UpdateTicketType(Input):
    ticket_type: Reference
    event: Reference | None = Field(None, description="Needed when the ticket type is given by name")
    name: TypeName | None = None
    price_amount: Amount | None = Field(None, description="Minor units; orders already made keep their price")
    quantity: Quantity | None = Field(None, description="The new total, sold ones included")
    description: Prose | None = None
    parts: Parts | None = Field(None, description="Of a bundle: what it is made of from now on, all of it")
    hidden: Hidden | None = None
    sales_start: Instant | None = None
    sales_end: Instant | None = None
    min_per_order: PerOrder | None = None
    max_per_order: PerOrder | None = None
    max_per_buyer: PerBuyer | None = None
    needs_approval: NeedsApproval | None = None
    fee_amount: FeeAmount | None = None
    fee_basis_points: FeeShare | None = None
    tax_basis_points: TaxShare | None = None
    tax_included: TaxIncluded | None = None
    clear: Annotated[list[Clearable], Field(max_length=4, description="Limits to take away")] = Field(
        default_factory=list
    )


class NamedTicketType(Input):
    ticket_type: Reference
    event: Reference | None = None


class ListTicketTypes(Paging):
    event: Reference | None = None
