"""What is decided about ticket types, without a database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from tools.context import Standing
from tools.errors import Conflict, InvalidInput
from tools.kit.money import format_money
from tools.operation import Total
from tools.tickets.models import Availability, QuotaRoom, SaleStatus, TicketType

LEVELS: tuple[Availability, ...] = ("available", "reserved", "ordered", "sold_out")
"""From best to worst."""


class TicketsSoldOut(Conflict):
    code = "tickets_sold_out"
    title = "Not enough tickets are left"
    constraints = ("quotas_never_oversold", "quotas_never_negative")
    default_remedy = "Sell fewer, or raise the quantity of the ticket type first."


class TicketTypeExists(Conflict):
    code = "ticket_type_exists"
    title = "The event has a ticket type of that name and currency"
    constraints = ("ticket_types_name_key",)
    default_remedy = "Change the existing one with update_ticket_type, or choose another name."


class TicketTypeInUse(Conflict):
    code = "ticket_type_in_use"
    title = "The ticket type is in use"
    default_remedy = (
        "What was sold or held once stays: set the quantity to what is taken, so that no more are sold. A bundle, promo code or"
        " voucher that names it goes first."
    )


class NotABundle(InvalidInput):
    code = "not_a_bundle"
    title = "A bundle is made of tickets of other types, and only a bundle is"
    constraints = ("bundle_items_no_circle",)
    default_remedy = "Give kind bundle and as parts the event's ticket types it is made of, in its own currency."


class SalesWindow(InvalidInput):
    code = "sales_window"
    title = "Sales end after they begin"
    constraints = ("ticket_types_sales_window",)
    default_remedy = "Give a sales_end after sales_start."


class OrderRange(InvalidInput):
    code = "order_range"
    title = "The most per order is less than the least"
    constraints = ("ticket_types_order_range",)
    default_remedy = "Give a max_per_order of at least min_per_order."


def require_bundle(whole: TicketType, parts: Sequence[tuple[TicketType, int]]) -> None:
    """Raises NotABundle. `parts` are what it would be made of."""
    if whole.kind != "bundle":
        if parts:
            raise NotABundle(f"{whole.name} is no bundle, so it is made of nothing else.")
        return
    if not parts:
        raise NotABundle(f"{whole.name} is made of nothing.")
    if len({part.id for part, _ in parts}) < len(parts):
        raise NotABundle("A ticket type is named twice; give how many of it instead.")
    for part, _ in parts:
        if part.event_id != whole.event_id or part.kind == "bundle" or part.currency != whole.currency:
            raise NotABundle(f"{part.name} can not be a part of {whole.name}.")


def sale_status(event_status: str, start: datetime | None, end: datetime | None, now: datetime) -> SaleStatus:
    """Whether the shop sells it now, its places aside."""
    if event_status in ("cancelled", "completed", "archived") or (end is not None and end <= now):
        return "closed"
    if event_status != "published" or (start is not None and start > now):
        return "not_open"
    return "open"


def level_of(room: QuotaRoom) -> Availability:
    if room.free > 0:
        return "available"
    if room.on_hold:
        return "reserved"
    return "ordered" if room.unpaid else "sold_out"


def binding(rooms: Sequence[QuotaRoom]) -> QuotaRoom:
    """The quota that decides: the one from which places are least likely to come back, then the fullest, then the type's own."""
    return min(
        rooms, key=lambda room: (-LEVELS.index(level_of(room)), room.free, room.kind != "ticket_type", room.name)
    )


def reason(ticket_type: str, room: QuotaRoom) -> str:
    """One sentence: how many can be had, or why none."""
    place = "" if room.kind == "ticket_type" else f" in {room.name}"
    if room.free > 0:
        return f"{room.free:,} of {room.size:,} left{place}."
    taken = [
        f"{count:,} {word}"
        for count, word in (
            (room.sold, "sold"),
            (room.unpaid, "in unpaid orders"),
            (room.on_hold, "on hold"),
            (room.kept_by_vouchers, "kept for vouchers"),
        )
        if count
    ]
    what = {
        "reserved": "No place is free now, but holds may end",
        "ordered": "No place is free now, but unpaid orders may end",
        "sold_out": "Sold out",
    }[level_of(room)]
    return (
        f"{what}: all {room.size:,}{place or f' of {ticket_type}'} are taken ({', '.join(taken) or 'there are none'})."
    )


def told_created(ticket_type: TicketType, standing: Standing) -> str:
    price = format_money(ticket_type.price_amount, ticket_type.currency, standing.locale)
    what = f"{ticket_type.quantity:,} {ticket_type.name} {_noun(ticket_type)} at {price}"
    return f"Add {what} to {ticket_type.event_name}{_made_of(ticket_type)}"


def told_changed(ticket_type: TicketType, standing: Standing) -> str:
    price = format_money(ticket_type.price_amount, ticket_type.currency, standing.locale)
    what = f"{ticket_type.name} {_noun(ticket_type)} of {ticket_type.event_name}"
    return f"Change {what} to {ticket_type.quantity:,} at {price}{_made_of(ticket_type)}"


def told_deleted(ticket_type: TicketType, _: Standing) -> str:
    return f"Delete {ticket_type.name} {_noun(ticket_type)} of {ticket_type.event_name}"


def _noun(ticket_type: TicketType) -> str:
    return {"ticket": "tickets", "add_on": "add-ons", "bundle": "bundles"}[ticket_type.kind]


def _made_of(ticket_type: TicketType) -> str:
    parts = ", ".join(f"{part.quantity} {part.ticket_type_name}" for part in ticket_type.parts)
    return f", each of {parts}" if parts else ""


def worth(ticket_type: TicketType) -> list[Total]:
    return [
        Total(
            label="Tickets, if all are sold",
            amount=ticket_type.quantity * ticket_type.price_amount,
            currency=ticket_type.currency,
        )
    ]
