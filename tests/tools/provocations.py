"""For every error an operation declares: what to do first, and the call that must raise it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.tools.cases import of
from tests.tools.shop import END, START, Shop
from tools.bookings.operations import VenueAlreadyBooked
from tools.errors import AppError
from tools.events.operations import EventHasOrders
from tools.events.rules import EndBeforeStart, EventOutOfRange, EventStateConflict, EventTooLarge
from tools.orders.rules import EventNotOnSale, OrderClosed, OverPaid, RefundTooLarge
from tools.sponsors.rules import SponsorshipExists, SponsorshipStateConflict
from tools.tickets.rules import TicketsSoldOut, TicketTypeExists, TicketTypeInUse
from tools.venues.operations import VenueInUse

Data = Callable[[Shop], dict[str, Any]]
Call = tuple[str, Data]


@dataclass(frozen=True)
class Provocation:
    operation: str
    error: type[AppError]
    data: Data
    first: tuple[Call, ...] = ()
    says: tuple[str, ...] = ()
    """Members the problem must have besides its code."""


CANCELLED = ("cancel_event", of("event", "event"))
LATER = {"start_date": "2031-06-01T19:00:00+01:00", "end_date": "2031-06-01T22:00:00+01:00"}
BOOKED_LATER = ("book_venue", lambda shop: {"event": str(shop.spare_event.id), "venue": str(shop.venue.id), **LATER})
SALE: Data = lambda shop: {  # noqa: E731 - a table of inputs
    "event": str(shop.event.id), "ticket_type": str(shop.ticket_type.id), "quantity": 99, "buyer": "Dee"
}  # fmt: skip
NEXT = ("allowed_next_states",)

PROVOCATIONS: tuple[Provocation, ...] = (
    Provocation("create_event", EndBeforeStart, lambda _: {"name": "Back", "start_date": END, "end_date": START}),
    Provocation("create_event", EndBeforeStart, lambda _: {"name": "Nothing", "start_date": START, "end_date": START}),
    Provocation("create_event", EventOutOfRange, lambda _: {"name": "Old", "start_date": "1815-06-18T11:00:00Z"}),
    Provocation("create_event", EventOutOfRange, lambda _: {"name": "Far", "start_date": "9999-12-31T23:00:00Z"}),
    Provocation(
        "create_event", EventOutOfRange, lambda _: {"name": "Long", "start_date": START, "end_date": "2032-01-01T00:00:00Z"}
    ),
    Provocation("update_event", EventStateConflict, of("event", "event", name="X"), (CANCELLED,), NEXT),
    Provocation("update_event", EndBeforeStart, of("event", "event", end_date="2030-12-12T18:00:00+01:00")),
    Provocation("update_event", EventOutOfRange, of("event", "event", end_date="2032-12-12T18:00:00+01:00")),
    Provocation("update_event", EventTooLarge, of("event", "event", capacity=151), says=("planned", "available")),
    Provocation(
        "publish_event", EventStateConflict, of("event", "event"), (("publish_event", of("event", "event")),), NEXT
    ),
    Provocation("cancel_event", EventStateConflict, of("event", "event"), (CANCELLED,), NEXT),
    Provocation("delete_event", EventHasOrders, of("event", "event")),
    Provocation(
        "delete_event",
        EventStateConflict,
        of("event", "spare_event"),
        (("publish_event", of("event", "spare_event")),),
        NEXT,
    ),
    Provocation("delete_venue", VenueInUse, of("venue", "venue")),
    Provocation(
        "book_venue",
        VenueAlreadyBooked,
        lambda shop: {"event": str(shop.spare_event.id), "venue": str(shop.venue.id)},
        says=("conflicts",),
    ),
    Provocation(
        "book_venue",
        EventTooLarge,
        lambda shop: {"event": str(shop.spare_event.id), "venue": str(shop.spare_venue.id)},
        (("update_event", of("event", "spare_event", capacity=81)),),
    ),
    Provocation(
        "book_venue",
        EndBeforeStart,
        lambda shop: {"event": str(shop.event.id), "venue": str(shop.spare_venue.id), "end_date": START},
    ),
    Provocation(
        "book_venue",
        EventOutOfRange,
        lambda shop: {
            "event": str(shop.event.id), "venue": str(shop.spare_venue.id), "start_date": "0001-01-01T00:00:00Z",
            "setup_minutes": 60,
        },
    ),
    Provocation(
        "book_venue",
        EventOutOfRange,
        lambda shop: {
            "event": str(shop.event.id), "venue": str(shop.spare_venue.id), "end_date": "9999-12-31T23:59:59-12:00"
        },
    ),
    Provocation(
        "book_venue",
        EventStateConflict,
        lambda shop: {"event": str(shop.event.id), "venue": str(shop.spare_venue.id)},
        (CANCELLED,),
        NEXT,
    ),
    Provocation("update_booking", VenueAlreadyBooked, of("booking", "booking", **LATER), (BOOKED_LATER,)),
    Provocation("update_booking", EndBeforeStart, of("booking", "booking", end_date=START)),
    Provocation("update_booking", EventOutOfRange, of("booking", "booking", end_date="9999-12-31T23:59:59-12:00")),
    Provocation(
        "update_booking",
        EventTooLarge,
        of("booking", "booking", space="Cellar"),
        (("update_event", of("event", "event", capacity=11)),),
    ),
    Provocation("create_ticket_type", TicketTypeExists, of("event", "event", name="GENERAL", price_amount=1, quantity=1)),
    Provocation(
        "create_ticket_type",
        EventStateConflict,
        of("event", "event", name="Late", price_amount=1, quantity=1),
        (CANCELLED,),
        NEXT,
    ),
    Provocation(
        "update_ticket_type", TicketsSoldOut, of("ticket_type", "ticket_type", quantity=3), says=("sold", "held")
    ),
    Provocation("update_ticket_type", TicketTypeExists, of("ticket_type", "ticket_type", name="vip")),
    Provocation("delete_ticket_type", TicketTypeInUse, of("ticket_type", "ticket_type")),
    Provocation("sell_tickets", TicketsSoldOut, SALE, says=("available", "wanted")),
    Provocation(
        "sell_tickets",
        TicketsSoldOut,
        lambda shop: {**SALE(shop), "quantity": 7},
        (("update_event", of("event", "event", capacity=10)),),
        ("available", "wanted"),
    ),
    Provocation("sell_tickets", EventNotOnSale, SALE, (CANCELLED,)),
    Provocation("record_payment", OverPaid, of("order", "paid_order", method="cash"), says=("available",)),
    Provocation("record_payment", OverPaid, of("order", "open_order", method="cash", amount=5001), says=("available",)),
    Provocation(
        "record_payment",
        OrderClosed,
        of("order", "open_order", method="cash"),
        (("refund_order", of("order", "open_order")),),
    ),
    Provocation("refund_order", RefundTooLarge, of("order", "paid_order", amount=5001), says=("available",)),
    Provocation("refund_order", RefundTooLarge, of("order", "open_order", amount=1), says=("available",)),
    Provocation(
        "refund_order", OrderClosed, of("order", "paid_order"), (("refund_order", of("order", "paid_order")),)
    ),
    Provocation("add_sponsor", SponsorshipExists, of("event", "event", sponsor="YAMAHA", level="silver", amount=1)),
    Provocation(
        "add_sponsor",
        EventStateConflict,
        of("event", "event", sponsor="Korg", level="silver", amount=1),
        (CANCELLED,),
        NEXT,
    ),
    Provocation("update_sponsor", SponsorshipStateConflict, of("sponsor", "sponsorship", status="enquiry"), (
        ("update_sponsor", of("sponsor", "sponsorship", status="paid")),
    ), NEXT),
)  # fmt: skip
