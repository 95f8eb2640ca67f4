"""One good call of every operation: its input and the least role that may make it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.tools.shop import START, Shop
from tools.catalog import CATALOG
from tools.context import Role


@dataclass(frozen=True)
class Case:
    """`data` names what it works on by id, the thing itself first, so that another organisation can be given the same ids."""

    least: Role
    data: Callable[[Shop], dict[str, Any]]


def of(field: str, thing: str, **more: Any) -> Callable[[Shop], dict[str, Any]]:
    """An input whose `field` is the id of the shop's `thing`."""
    return lambda shop: {field: str(getattr(shop, thing).id), **more}


CASES: dict[str, Case] = {
    "create_event": Case(
        "staff", lambda shop: {"name": "New Year", "start_date": START, "venue": str(shop.venue.id), "capacity": 100}
    ),
    "update_event": Case("staff", of("event", "event", name="Winter Ball", capacity=120)),
    "publish_event": Case("staff", of("event", "event")),
    "cancel_event": Case("staff", of("event", "event", reason="Snow")),
    "delete_event": Case("staff", of("event", "spare_event")),
    "get_event": Case("viewer", of("event", "event")),
    "list_events": Case("viewer", of("venue", "venue")),
    "create_venue": Case("staff", lambda _: {"name": "Loft", "city": "Delft", "capacity": 40}),
    "update_venue": Case("staff", of("venue", "venue", city="Haarlem")),
    "delete_venue": Case("staff", of("venue", "spare_venue")),
    "get_venue": Case("viewer", of("venue", "venue")),
    "find_venues": Case("viewer", lambda _: {}),
    "book_venue": Case("staff", lambda shop: {"event": str(shop.spare_event.id), "venue": str(shop.spare_venue.id)}),
    "update_booking": Case("staff", of("booking", "booking", setup_minutes=30)),
    "cancel_booking": Case("staff", of("booking", "booking")),
    "get_booking": Case("viewer", of("booking", "booking")),
    "list_bookings": Case("viewer", of("event", "event")),
    "create_ticket_type": Case("staff", of("event", "event", name="Balcony", price_amount=1500, quantity=20)),
    "update_ticket_type": Case("staff", of("ticket_type", "ticket_type", quantity=90)),
    "delete_ticket_type": Case("staff", of("ticket_type", "spare_ticket_type")),
    "get_ticket_type": Case("viewer", of("ticket_type", "ticket_type")),
    "list_ticket_types": Case("viewer", of("event", "event")),
    "sell_tickets": Case(
        "staff",
        lambda shop: {
            "event": str(shop.event.id), "ticket_type": str(shop.ticket_type.id), "quantity": 3, "buyer": "Cas",
            "payment_method": "cash",
        },
    ),
    "record_payment": Case("staff", of("order", "open_order", method="transfer")),
    "refund_order": Case("admin", of("order", "paid_order")),
    "get_order": Case("viewer", of("order", "open_order")),
    "list_orders": Case("viewer", of("event", "event")),
    "add_sponsor": Case("staff", of("event", "event", sponsor="Steinway", level="Silver", amount=100_000)),
    "update_sponsor": Case("staff", of("sponsor", "sponsorship", amount=600_000)),
    "remove_sponsor": Case("staff", of("sponsor", "sponsorship")),
    "get_sponsor": Case("viewer", of("sponsor", "sponsorship")),
    "list_sponsors": Case("viewer", of("event", "event")),
    "sales_report": Case("viewer", of("event", "event")),
    "list_audit": Case("viewer", lambda _: {}),
    "get_organization": Case("viewer", lambda _: {}),
    "update_organization": Case("owner", lambda _: {"name": "Bluer Note Events"}),
}  # fmt: skip

TRADE = {
    name: operation for name, operation in CATALOG.items() if not operation.run.__module__.startswith("tools.proposals")
}
"""The operations tested one by one here; proposals have tests of their own."""

READS = [name for name in CASES if CATALOG[name].effect == "read"]
WRITES = [name for name in CASES if name not in READS]
VERSIONED = [name for name in WRITES if any(http.needs_version for http in CATALOG[name].http)]
EMPTY_FOR_STRANGERS = {"list_bookings", "list_ticket_types", "list_orders", "list_sponsors"}
"""Lists that answer nothing about an id that is not there, rather than NotFound."""
