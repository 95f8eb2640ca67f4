"""Shapes of public. Made by api/client_making.py of the API's description; not edited by hand."""

from typing import Annotated, Literal, NotRequired, TypedDict


class AttendeeNamed(TypedDict):
    name: str
    email: NotRequired[str | None]


class TypeAvailability(TypedDict):
    ticket_type_id: str
    availability: Literal["available", "reserved", "ordered", "sold_out"]
    available: int
    sales: Literal["open", "not_open", "closed"]


class Availability(TypedDict):
    event_id: str
    ticket_types: list[TypeAvailability]


class BrowseEventsQuery(TypedDict):
    limit: NotRequired[Annotated[int, "How many at most"]]
    cursor: NotRequired[Annotated[str | None, "`next_cursor` of the page before"]]
    organization: NotRequired[Annotated[str | None, "Only what this organisation shows; its id"]]


class BundlePartOutput(TypedDict):
    name: str
    quantity: int


class CheckOutBody(TypedDict):
    name: str
    email: str
    attendees: NotRequired[
        Annotated[
            list[AttendeeNamed], "One per ticket in the order of the quote; the buyer's name stands on the others"
        ]
    ]
    billing_address: NotRequired[str]
    locale: NotRequired[Annotated[str | None, "Of mails and tickets; the organiser's when left out"]]
    expected_total: NotRequired[
        Annotated[int | None, "What the buyer was shown; another price is refused with the new one"]
    ]
    payment: NotRequired[Literal["online", "transfer", "none"]]


class HoldLine(TypedDict):
    ticket_type: str
    quantity: int


class ToolsShopModelsProof(TypedDict):
    challenge: str
    nonce: str


class HoldTicketsAsVisitor(TypedDict):
    event: str
    items: list[HoldLine]
    promo_code: NotRequired[Annotated[str | None, "Promo code; capitals or not"]]
    id: NotRequired[
        Annotated[str | None, "Chosen by the client, at random: a repeat finds the same hold. It is the hold's secret"]
    ]
    proof: NotRequired[Annotated[ToolsShopModelsProof | None, "Only when asked for by `proof_needed`"]]


class PublicVenue(TypedDict):
    name: str
    city: str
    address: str


class PosterCopy(TypedDict):
    url: Annotated[str, "On this origin; what is there never changes"]
    width: int
    height: int


class PublicPoster(TypedDict):
    alt: str
    width: Annotated[int, "Pixels, of the whole picture; its copies have the same shape"]
    height: int
    copies: Annotated[list[PosterCopy], "As WebP, the narrowest first"]


class PublicEvent(TypedDict):
    id: str
    organization_id: str
    organizer: str
    name: str
    description: str
    start_date: str
    end_date: str
    timezone: str
    venue: PublicVenue | None
    poster: PublicPoster | None
    locale: str


class PagePublicEvent(TypedDict):
    items: list[PublicEvent]
    next_cursor: str | None


class PublicCode(TypedDict):
    code: str
    kind: Literal["discount", "access", "voucher"]
    label: str


class PublicTicketType(TypedDict):
    id: str
    name: str
    description: str
    kind: Literal["ticket", "add_on", "bundle"]
    price_amount: Annotated[int, "What one costs the buyer, fee and tax included"]
    full_price_amount: Annotated[int | None, "The same without the promo code; null when the code changes nothing"]
    fee_amount: Annotated[int, "Of the price"]
    tax_amount: Annotated[int, "Of the price"]
    currency: str
    availability: Annotated[
        Literal["available", "reserved", "ordered", "sold_out"],
        "reserved and ordered: places may come back within minutes, or days",
    ]
    available: Annotated[int, "How many are left; 10 means ten or more"]
    sales: Literal["open", "not_open", "closed"]
    sales_start: str | None
    sales_end: str | None
    min_per_order: int
    max_per_order: int | None
    max_per_buyer: int | None
    needs_approval: Annotated[bool, "The organiser looks at the order before it is paid"]
    parts: list[BundlePartOutput]


class PublicEventDetail(TypedDict):
    id: str
    organization_id: str
    organizer: str
    name: str
    description: str
    start_date: str
    end_date: str
    timezone: str
    venue: PublicVenue | None
    poster: PublicPoster | None
    locale: str
    ticket_types: list[PublicTicketType]
    promo_code: PublicCode | None


class QuoteLine(TypedDict):
    ticket_type_id: str
    name: str
    quantity: int
    discount_amount: int
    fee_amount: int
    tax_amount: int
    total_amount: int
    parts: list[BundlePartOutput]


class Quote(TypedDict):
    lines: list[QuoteLine]
    currency: str
    discount_amount: int
    fee_amount: int
    tax_amount: int
    total_amount: int
    needs_approval: bool


class PublicHold(TypedDict):
    id: str
    event: PublicEvent
    status: Literal["active", "expired", "released", "converted"]
    expires_at: str
    seconds_left: int
    extensions_left: int
    promo_code: PublicCode | None
    quote: Quote
    payments: Annotated[list[Literal["online", "transfer", "none"]], "How it can be paid; `none` when it costs nothing"]


class PublicOrderLine(TypedDict):
    name: str
    quantity: int
    total_amount: int


class PublicOrder(TypedDict):
    number: str
    status: Literal["pending", "paid", "expired", "cancelled"]
    needs_approval: bool
    event: PublicEvent
    lines: list[PublicOrderLine]
    currency: str
    total_amount: int
    due_amount: int
    expires_at: Annotated[str | None, "Until when an unpaid order keeps its places; null: as long as it takes"]
    page_url: Annotated[str, "The buyer's own page: tickets, changes, receipts. Whoever has it is taken for the buyer"]
    pay_url: Annotated[str | None, "Where to pay online, while that is open"]


class SeeEventQuery(TypedDict):
    promo_code: NotRequired[Annotated[str | None, "Promo code; capitals or not"]]
