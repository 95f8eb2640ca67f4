"""Words of the wire for promo codes and vouchers, and what prices need of a code."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, BaseModel, Field, StringConstraints

from tools.kit.inputs import Input
from tools.kit.money import MAX_AMOUNT, Currency
from tools.kit.paging import Paging
from tools.kit.text import Instant, Line, Reference

Kind = Literal["discount", "access", "voucher"]
Status = Literal["active", "not_yet", "expired", "used_up", "inactive"]
Clearable = Literal["budget_amount", "max_uses", "max_per_buyer", "valid_from", "valid_until", "ticket_types"]

Code = Annotated[
    Line,
    AfterValidator(str.upper),
    StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{2,39}$"),
    Field(
        description="3 to 40 letters, digits, - and _, beginning with one of the first two; upper and lower case are the same"
    ),
]
Prefix = Annotated[
    Line,
    AfterValidator(str.upper),
    StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,19}$"),
    Field(description="What each code starts with, e.g. SPEAKER"),
]
Label = Annotated[Line, Field(max_length=200, description="What it is for, e.g. Students")]
Percent = Annotated[int, Field(ge=1, le=10_000, strict=True, description="Off the price, times 100: 20 % is 2000")]
Off = Annotated[int, Field(ge=1, le=MAX_AMOUNT, strict=True, description="Minor units off each ticket")]
Fixed = Annotated[int, Field(ge=0, le=MAX_AMOUNT, strict=True, description="The price of a ticket instead; 0: free")]
Budget = Annotated[int, Field(ge=1, le=MAX_AMOUNT, strict=True, description="Minor units the code may take off in all")]
MaxUses = Annotated[int, Field(ge=1, le=1_000_000, strict=True, description="Tickets in all")]
MaxPerBuyer = Annotated[int, Field(ge=1, le=100_000, strict=True, description="Tickets per buyer")]
Types = Annotated[list[Reference], Field(max_length=50, description="Ticket types it is for; none: all of the event")]


@dataclass(frozen=True, slots=True)
class Discount:
    """A promo code as far as prices care; at most one of the three effects, none: it only opens or keeps places."""

    code_id: UUID
    percent_basis_points: int | None
    off_amount: int | None
    price_amount: int | None
    ticket_type_ids: frozenset[UUID]
    """Empty: all types."""
    uses_left: int | None
    """A use is one ticket (of a bundle: one bundle); None: no limit."""
    budget_left: int | None
    currency: str | None = None
    """Of its amounts: prices in another are left alone; None: it has no amounts."""

    @property
    def has_effect(self) -> bool:
        return not (self.percent_basis_points is None and self.off_amount is None and self.price_amount is None)


class NamedType(BaseModel):
    id: UUID
    name: str


class PromoCode(BaseModel):
    id: UUID
    event_id: UUID
    event_name: str
    code: str
    kind: Kind
    label: str
    percent_basis_points: int | None
    off_amount: int | None
    price_amount: int | None
    budget_amount: int | None
    currency: str | None
    spent_amount: int
    max_uses: int | None
    uses: int
    held_uses: int
    """Of the uses: in holds that are not an order yet."""
    orders: int
    max_per_buyer: int | None
    valid_from: datetime | None
    valid_until: datetime | None
    ticket_types: list[NamedType]
    blocked: int
    """Places a voucher keeps out of sale now."""
    active: bool
    status: Status
    version: int
    created_at: datetime


class CreatePromoCode(Input):
    event: Reference
    code: Code
    label: Label | None = None
    percent_basis_points: Percent | None = None
    off_amount: Off | None = None
    price_amount: Fixed | None = None
    budget_amount: Budget | None = None
    currency: Currency | None = Field(None, description="Of the amounts; the event's when left out")
    max_uses: MaxUses | None = None
    max_per_buyer: MaxPerBuyer | None = None
    ticket_types: Types = Field(default_factory=list)
    valid_from: Instant | None = None
    valid_until: Instant | None = None


class CreateVouchers(Input):
    event: Reference | None = Field(None, description="Needed when the ticket type is given by name")
    ticket_type: Reference
    quantity: Annotated[int, Field(ge=1, le=500, strict=True, description="How many codes")]
    max_uses: Annotated[int, Field(ge=1, le=1000, strict=True, description="Tickets per code")] = 1
    prefix: Prefix | None = None
    label: Label | None = None
    percent_basis_points: Percent | None = None
    off_amount: Off | None = None
    price_amount: Fixed | None = None
    valid_from: Instant | None = None
    valid_until: Instant | None = None


class Vouchers(BaseModel):
    """What was made in one go; `csv` is the list for whoever hands the codes out. `id` is the first code's."""

    id: UUID
    event_id: UUID
    event_name: str
    ticket_type_id: UUID
    ticket_type_name: str
    kind: Literal["voucher"] = "voucher"
    label: str
    percent_basis_points: int | None
    off_amount: int | None
    price_amount: int | None
    currency: str | None
    max_uses: int
    valid_until: datetime | None
    places: int
    """Kept out of sale by all of them together."""
    codes: list[str]
    csv: str


class UpdatePromoCode(Input):
    promo_code: Reference
    event: Reference | None = Field(None, description="Needed when several events have that code")
    code: Code | None = None
    label: Label | None = None
    percent_basis_points: Percent | None = None
    off_amount: Off | None = None
    price_amount: Fixed | None = None
    budget_amount: Budget | None = None
    currency: Currency | None = None
    max_uses: MaxUses | None = None
    max_per_buyer: MaxPerBuyer | None = None
    ticket_types: Types | None = None
    valid_from: Instant | None = None
    valid_until: Instant | None = None
    active: bool | None = Field(None, strict=True, description="False stops it; a voucher lets go of its places")
    clear: Annotated[list[Clearable], Field(max_length=6)] = Field(
        default_factory=list, description="Limits to take away"
    )


class NamedPromoCode(Input):
    promo_code: Reference
    event: Reference | None = Field(None, description="Needed when several events have that code")


class ListPromoCodes(Paging):
    event: Reference | None = None
    status: Status | None = None
