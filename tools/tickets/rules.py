"""What is decided about ticket types, without a database."""

from __future__ import annotations

from tools.context import Standing
from tools.errors import Conflict
from tools.kit.money import format_money
from tools.operation import Total
from tools.tickets.models import TicketType


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
    title = "Tickets of this type are sold"
    default_remedy = "Set its quantity to what is sold, so that no more are sold."


def told_created(ticket_type: TicketType, standing: Standing) -> str:
    price = format_money(ticket_type.price_amount, ticket_type.currency, standing.locale)
    return f"Add {ticket_type.quantity:,} {ticket_type.name} tickets at {price} to {ticket_type.event_name}"


def told_changed(ticket_type: TicketType, standing: Standing) -> str:
    price = format_money(ticket_type.price_amount, ticket_type.currency, standing.locale)
    return f"Change {ticket_type.name} tickets of {ticket_type.event_name} to {ticket_type.quantity:,} at {price}"


def told_deleted(ticket_type: TicketType, _: Standing) -> str:
    return f"Delete {ticket_type.name} tickets of {ticket_type.event_name}"


def worth(ticket_type: TicketType) -> list[Total]:
    return [
        Total(
            label="Tickets, if all are sold",
            amount=ticket_type.quantity * ticket_type.price_amount,
            currency=ticket_type.currency,
        )
    ]
