"""Shapes of events. Made by api/client_making.py of the API's description; not edited by hand."""

from typing import Annotated, Literal, NotRequired, TypedDict

from api.client.shapes.shared import WaitingEntry


class CancelEventBody(TypedDict):
    reason: NotRequired[str | None]
    buyers: NotRequired[
        Annotated[
            Literal["refund_all", "let_choose", "decide_later"] | None,
            "What those who paid get: their money back (refund_all), the choice (let_choose), or that is decided later. Needed when somebody paid",
        ]
    ]
    keep_amount: NotRequired[Annotated[int, "A fee that is not given back, in minor units; 0 when left out"]]
    choose_until: NotRequired[Annotated[str | None, "With let_choose: the last moment; 14 days when left out"]]


class RefundAmount(TypedDict):
    currency: str
    orders: int
    paid_amount: int
    refund_amount: int
    kept_amount: int


class RefundWay(TypedDict):
    provider: str
    method: str
    automatic: bool
    currency: str
    orders: int
    amount: int


class LeftOut(TypedDict):
    why: str
    currency: str
    orders: int
    amount: int


class RefundSample(TypedDict):
    order_id: str
    order_number: str
    buyer_name: str
    currency: str
    paid_amount: int
    refund_amount: int
    kept_amount: int
    why: str | None


class RefundRun(TypedDict):
    id: Annotated[str | None, "None for a dry run"]
    event_id: str
    event_name: str
    dry_run: bool
    status: Literal["planned", "running", "done"]
    keep_amount: int
    orders: int
    tickets: int
    done: int
    amounts: list[RefundAmount]
    ways: list[RefundWay]
    left_out: list[LeftOut]
    sample: Annotated[list[RefundSample], "The first ten orders"]
    finished_at: str | None


class CancelledEvent(TypedDict):
    id: str
    name: str
    description: str
    start_date: str
    end_date: str
    timezone: str
    venue_id: str | None
    venue_name: str | None
    status: Literal["draft", "published", "cancelled", "completed", "archived"]
    cancel_reason: str | None
    lifecycle: Literal["upcoming", "ongoing", "ended"]
    capacity: int | None
    currency: str
    tickets_sold: int
    tickets_total: int
    version: int
    created_at: str
    updated_at: str
    orders_ended: Annotated[int, "Unpaid orders that ended"]
    holds_released: int
    bookings_freed: int
    waiting_told: Annotated[int, "People on the waiting list who are told"]
    choices_offered: Annotated[int, "Buyers who are asked what they want"]
    refunds: RefundRun | None


class CreateEvent(TypedDict):
    name: str
    start_date: Annotated[str, "RFC 3339 with an offset, e.g. 2026-12-12T19:00:00+01:00"]
    end_date: NotRequired[Annotated[str | None, "Three hours after the start when left out"]]
    timezone: NotRequired[Annotated[str | None, "The venue's or the organisation's when left out"]]
    venue: NotRequired[
        Annotated[str | None, "Where it will be: name or id. Booking it is a step of its own: book_venue"]
    ]
    description: NotRequired[str]
    capacity: NotRequired[Annotated[int | None, "People, all ticket types together"]]
    currency: NotRequired[Annotated[str | None, "The organisation's when left out"]]


class Event(TypedDict):
    id: str
    name: str
    description: str
    start_date: str
    end_date: str
    timezone: str
    venue_id: str | None
    venue_name: str | None
    status: Literal["draft", "published", "cancelled", "completed", "archived"]
    cancel_reason: str | None
    lifecycle: Literal["upcoming", "ongoing", "ended"]
    capacity: int | None
    currency: str
    tickets_sold: int
    tickets_total: int
    version: int
    created_at: str
    updated_at: str


class EventBooking(TypedDict):
    id: str
    venue_name: str
    space_name: str
    start_date: str
    end_date: str


class EventTicketType(TypedDict):
    id: str
    name: str
    price_amount: int
    currency: str
    quantity: int
    sold: int
    available: int


class EventSponsorship(TypedDict):
    id: str
    sponsor_name: str
    level: str
    amount: int
    currency: str
    status: str


class EventDetail(TypedDict):
    id: str
    name: str
    description: str
    start_date: str
    end_date: str
    timezone: str
    venue_id: str | None
    venue_name: str | None
    status: Literal["draft", "published", "cancelled", "completed", "archived"]
    cancel_reason: str | None
    lifecycle: Literal["upcoming", "ongoing", "ended"]
    capacity: int | None
    currency: str
    tickets_sold: int
    tickets_total: int
    version: int
    created_at: str
    updated_at: str
    ticket_types: list[EventTicketType]
    bookings: list[EventBooking]
    sponsorships: list[EventSponsorship]


class ListEventsQuery(TypedDict):
    limit: NotRequired[Annotated[int, "How many at most"]]
    cursor: NotRequired[Annotated[str | None, "`next_cursor` of the page before"]]
    from_date: NotRequired[Annotated[str | None, "First day, in the organisation's zone"]]
    to_date: NotRequired[Annotated[str | None, "Last day, inclusive"]]
    venue: NotRequired[Annotated[str | None, "Name or id"]]
    status: NotRequired[Literal["draft", "published", "cancelled", "completed", "archived"] | None]
    query: NotRequired[Annotated[str | None, "Words in the name"]]


class NamedEventBody(TypedDict):
    pass


class OfferPlacesBody(TypedDict):
    ticket_type: NotRequired[Annotated[str | None, "Only of this type"]]
    places: NotRequired[Annotated[int | None, "At most so many; all that are free when left out"]]
    hours: NotRequired[Annotated[int, "How long an offer keeps its places"]]


class OfferRefundChoiceBody(TypedDict):
    order: NotRequired[Annotated[str | None, "Only the buyer of this order"]]
    options: NotRequired[
        Annotated[
            list[Literal["refund", "keep", "donate", "credit"]],
            "Of refund, keep (the tickets), donate (the money), credit (the money stays for another event)",
        ]
    ]
    deadline: NotRequired[Annotated[str | None, "The last moment to decide; 14 days when left out"]]
    keep_amount: NotRequired[Annotated[int, "A fee that is not given back, in minor units; 0 when left out"]]


class OfferedChoices(TypedDict):
    id: Annotated[str, "The event"]
    event_id: str
    event_name: str
    asked: int
    options: list[Literal["refund", "keep", "donate", "credit"]]
    keep_amount: int
    deadline: str


class OfferedPlaces(TypedDict):
    id: Annotated[str, "The event"]
    event_id: str
    event_name: str
    places: int
    offered: list[WaitingEntry]
    passed_over: Annotated[int, "People further ahead who want more places than there are; they keep their position"]
    still_waiting: int
    hours: int


class OpenWaitingListBody(TypedDict):
    auto_offer: NotRequired[
        Annotated[bool, "Offer places that come free to the list by themselves, before the shop sees them"]
    ]
    offer_hours: NotRequired[Annotated[int, "How long an offer keeps its places"]]


class PageEvent(TypedDict):
    items: list[Event]
    next_cursor: str | None


class PostponeEventBody(TypedDict):
    start_date: Annotated[str, "RFC 3339 with an offset, e.g. 2026-12-12T19:00:00+01:00"]
    end_date: NotRequired[Annotated[str | None, "The event keeps its length when left out"]]
    reason: NotRequired[str | None]
    refund_days: NotRequired[Annotated[int, "So many days buyers may ask for their money back; 0: they may not"]]
    keep_amount: NotRequired[Annotated[int, "A fee that is not given back, in minor units; 0 when left out"]]


class PostponedEvent(TypedDict):
    id: str
    name: str
    description: str
    start_date: str
    end_date: str
    timezone: str
    venue_id: str | None
    venue_name: str | None
    status: Literal["draft", "published", "cancelled", "completed", "archived"]
    cancel_reason: str | None
    lifecycle: Literal["upcoming", "ongoing", "ended"]
    capacity: int | None
    currency: str
    tickets_sold: int
    tickets_total: int
    version: int
    created_at: str
    updated_at: str
    booking: Annotated[Literal["moved", "freed", "none"], "What became of what was booked for it"]
    choices_offered: int
    refund_until: str | None


class RefundEventBody(TypedDict):
    keep_amount: NotRequired[Annotated[int, "A fee that is not given back, in minor units; 0 when left out"]]
    reason: NotRequired[str | None]
    dry_run: NotRequired[Annotated[bool, "Only tell what it would come to"]]


class UpdateEventBody(TypedDict):
    name: NotRequired[str | None]
    start_date: NotRequired[Annotated[str | None, "The event keeps its length when only the start moves"]]
    end_date: NotRequired[Annotated[str | None, "RFC 3339 with an offset, e.g. 2026-12-12T19:00:00+01:00"]]
    timezone: NotRequired[Annotated[str | None, "IANA zone, e.g. Europe/Amsterdam"]]
    venue: NotRequired[Annotated[str | None, "Where it moves to; what was booked moves with it"]]
    description: NotRequired[str | None]
    capacity: NotRequired[Annotated[int | None, "People, all ticket types together"]]


class WaitingList(TypedDict):
    id: str
    event_id: str
    event_name: str
    is_open: bool
    auto_offer: bool
    offer_hours: int
    waiting: int
    offered: int
    version: int
    created_at: str
