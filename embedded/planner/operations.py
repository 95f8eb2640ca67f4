"""Which operations the planner plans, what each must know, and the form its input takes."""

from __future__ import annotations

REQUIRED: dict[str, tuple[str, ...]] = {
    "create_event": ("name", "day", "time"),
    "update_event": ("event", "change"),
    "publish_event": ("event",),
    "cancel_event": ("event",),
    "delete_event": ("event",),
    "get_event": ("event",),
    "list_events": (),
    "create_venue": ("name",),
    "update_venue": ("venue", "change"),
    "delete_venue": ("venue",),
    "find_venues": (),
    "get_venue": ("venue",),
    "book_venue": ("venue", "event"),
    "cancel_booking": ("event",),
    "list_bookings": (),
    "create_ticket_type": ("event", "price", "quantity"),
    "update_ticket_type": ("ticket_type", "change"),
    "delete_ticket_type": ("ticket_type", "event"),
    "list_ticket_types": ("event",),
    "sell_tickets": ("event", "quantity", "buyer"),
    "record_payment": ("order", "method"),
    "refund_order": ("order",),
    "get_order": ("order",),
    "list_orders": (),
    "add_sponsor": ("sponsor", "event", "level", "amount"),
    "update_sponsor": ("sponsor", "change"),
    "remove_sponsor": ("sponsor",),
    "list_sponsors": (),
    "sales_report": (),
    "undo_proposal": (),
}

READS = frozenset(
    (
        "get_event",
        "list_events",
        "find_venues",
        "get_venue",
        "list_bookings",
        "list_ticket_types",
        "get_order",
        "list_orders",
        "list_sponsors",
        "sales_report",
    )
)
WRITES = frozenset(REQUIRED) - READS
DESTRUCTIVE = frozenset(
    (
        "cancel_event",
        "delete_event",
        "publish_event",
        "delete_ticket_type",
        "remove_sponsor",
        "cancel_booking",
        "delete_venue",
    )
)
"""What nobody may guess the event of: it must be named, or pointed at (`it`)."""

TAKES_EVENT = frozenset(name for name, slots in REQUIRED.items() if "event" in slots) | {
    "list_sponsors",
    "sales_report",
    "update_ticket_type",
    "update_sponsor",
    "remove_sponsor",
    "list_orders",
    "list_bookings",
}
