"""Words of the wire for buyers. Amounts are minor units, and what a buyer pays: fee and tax are in them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, Field, StringConstraints

from tools.kit.inputs import Input
from tools.kit.paging import Paging
from tools.kit.text import Line, Prose

Level = Literal["available", "reserved", "ordered", "sold_out"]
Sales = Literal["open", "not_open", "closed"]
HoldStatus = Literal["active", "expired", "released", "converted"]
Payment = Literal["online", "transfer", "none"]

Id = Annotated[Line, Field(max_length=64)]
Quantity = Annotated[int, Field(ge=1, le=1000, strict=True)]
Code = Annotated[Line, Field(max_length=40, description="Promo code; capitals or not")]
Email = Annotated[Line, Field(max_length=320, pattern=r"^[^@\s<>,;\"]+@[^@\s<>,;\"]+\.[^@\s<>,;\".]+$")]
PersonName = Annotated[Line, Field(max_length=200)]
Locale = Annotated[str, Field(max_length=20, pattern=r"^[a-z]{2,3}([_-][A-Za-z0-9]{2,8})*$")]


class PublicVenue(BaseModel):
    name: str
    city: str
    address: str


class PosterCopy(BaseModel):
    url: str = Field(description="On this origin; what is there never changes")
    width: int
    height: int


class PublicPoster(BaseModel):
    alt: str
    width: int = Field(description="Pixels, of the whole picture; its copies have the same shape")
    height: int
    copies: list[PosterCopy] = Field(description="As WebP, the narrowest first")


class PublicEvent(BaseModel):
    id: UUID
    organization_id: UUID
    organizer: str
    name: str
    description: str
    start_date: datetime
    end_date: datetime
    timezone: str
    venue: PublicVenue | None
    poster: PublicPoster | None
    locale: str


class BundlePart(BaseModel):
    name: str
    quantity: int


class PublicTicketType(BaseModel):
    id: UUID
    name: str
    description: str
    kind: Literal["ticket", "add_on", "bundle"]
    price_amount: int = Field(description="What one costs the buyer, fee and tax included")
    full_price_amount: int | None = Field(
        description="The same without the promo code; null when the code changes nothing"
    )
    fee_amount: int = Field(description="Of the price")
    tax_amount: int = Field(description="Of the price")
    currency: str
    availability: Level = Field(description="reserved and ordered: places may come back within minutes, or days")
    available: int = Field(description="How many are left; 10 means ten or more")
    sales: Sales
    sales_start: datetime | None
    sales_end: datetime | None
    min_per_order: int
    max_per_order: int | None
    max_per_buyer: int | None
    needs_approval: bool = Field(description="The organiser looks at the order before it is paid")
    parts: list[BundlePart]


class PublicCode(BaseModel):
    code: str
    kind: Literal["discount", "access", "voucher"]
    label: str


class PublicEventDetail(PublicEvent):
    ticket_types: list[PublicTicketType]
    promo_code: PublicCode | None


class TypeAvailability(BaseModel):
    ticket_type_id: UUID
    availability: Level
    available: int
    sales: Sales


class Availability(BaseModel):
    event_id: UUID
    ticket_types: list[TypeAvailability]


class ShownEvents(Paging):
    organization: Id | None = Field(None, description="Only what this organisation shows; its id")


class ShownEvent(Input):
    event: Id
    promo_code: Code | None = None


class NamedShownEvent(Input):
    event: Id


class HoldLine(Input):
    ticket_type: Id
    quantity: Quantity


class Proof(Input):
    """The answer to a challenge; see docs/decisions/0009-bots-are-slowed.md."""

    challenge: Annotated[str, StringConstraints(max_length=600, pattern=r"^[A-Za-z0-9_-]+$")]
    nonce: Annotated[str, StringConstraints(max_length=20, pattern=r"^[0-9a-z]+$")]


class HoldTicketsAsVisitor(Input):
    event: Id
    items: Annotated[list[HoldLine], Field(min_length=1, max_length=50)]
    promo_code: Code | None = None
    id: UUID | None = Field(
        None, description="Chosen by the client, at random: a repeat finds the same hold. It is the hold's secret"
    )
    proof: Proof | None = Field(None, description="Only when asked for by `proof_needed`")


class QuoteLine(BaseModel):
    ticket_type_id: UUID
    name: str
    quantity: int
    discount_amount: int
    fee_amount: int
    tax_amount: int
    total_amount: int
    parts: list[BundlePart]


class Quote(BaseModel):
    lines: list[QuoteLine]
    currency: str
    discount_amount: int
    fee_amount: int
    tax_amount: int
    total_amount: int
    needs_approval: bool


class PublicHold(BaseModel):
    id: UUID
    event: PublicEvent
    status: HoldStatus
    expires_at: datetime
    seconds_left: int
    extensions_left: int
    promo_code: PublicCode | None
    quote: Quote
    payments: list[Payment] = Field(description="How it can be paid; `none` when it costs nothing")


class NamedHold(Input):
    hold: Id


class AttendeeNamed(Input):
    name: PersonName
    email: Email | None = None


class CheckOut(Input):
    hold: Id
    name: PersonName
    email: Email
    attendees: Annotated[list[AttendeeNamed], Field(max_length=1000)] = Field(
        [], description="One per ticket in the order of the quote; the buyer's name stands on the others"
    )
    billing_address: Annotated[Prose, Field(max_length=2000)] = ""
    locale: Locale | None = Field(None, description="Of mails and tickets; the organiser's when left out")
    expected_total: Annotated[int, Field(ge=0, le=10**15, strict=True)] | None = Field(
        None, description="What the buyer was shown; another price is refused with the new one"
    )
    payment: Payment = "online"


class PublicOrderLine(BaseModel):
    name: str
    quantity: int
    total_amount: int


class PublicOrder(BaseModel):
    number: str
    status: Literal["pending", "paid", "expired", "cancelled"]
    needs_approval: bool
    event: PublicEvent
    lines: list[PublicOrderLine]
    currency: str
    total_amount: int
    due_amount: int
    expires_at: datetime | None = Field(
        description="Until when an unpaid order keeps its places; null: as long as it takes"
    )
    page_url: str = Field(
        description="The buyer's own page: tickets, changes, receipts. Whoever has it is taken for the buyer"
    )
    pay_url: str | None = Field(description="Where to pay online, while that is open")


class NamedPublicOrder(Input):
    order: Annotated[str, StringConstraints(max_length=1000, pattern=r"^[A-Za-z0-9_.~-]+$")]


class Stall(BaseModel):
    """What app.shop_event answers: more than a buyer is shown, and not on the wire."""

    now: datetime
    org_id: UUID
    event: dict[str, Any]
    code: dict[str, Any] | None
    types: list[dict[str, Any]]


class KeptHold(Stall):
    """What app.shop_hold answers."""

    id: UUID
    purpose: Literal["checkout", "waiting_list"]
    status: HoldStatus
    expires_at: datetime
    extended: int
    items: dict[UUID, int]
