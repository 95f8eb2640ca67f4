"""What is decided about tickets and the people on them, without a database."""

from __future__ import annotations

from uuid import UUID

from tools.attendees.models import Attendee, Import, OrderLink, SentTickets, TicketDetail
from tools.context import Standing
from tools.errors import Conflict
from tools.kit.money import format_money
from tools.operation import Total

Holder = tuple[UUID, str]
"""Who has a ticket of a type: the type, and the e-mail or else the name."""


class TicketNotCurrent(Conflict):
    code = "ticket_not_current"
    title = "The ticket is void"
    constraints = ("ticket_current",)
    default_remedy = "Look the attendee up again: the ticket was cancelled, or somebody else has it now."


class TicketNotTransferable(Conflict):
    code = "ticket_not_transferable"
    title = "The ticket can not change hands"
    constraints = ("ticket_transferable", "tickets_one_next_holder")
    default_remedy = "Only a valid ticket that was not used yet can go to somebody else."


class TicketNotPaid(Conflict):
    code = "ticket_not_paid"
    title = "The order is not paid"
    constraints = ("ticket_paid",)
    default_remedy = "Record the payment first."


class TicketEventOver(Conflict):
    code = "ticket_event_over"
    title = "The event is cancelled or over"
    constraints = ("ticket_event_ahead",)


class NothingToSend(Conflict):
    code = "nothing_to_send"
    title = "There is nothing to send"


class ImportRefused(Conflict):
    code = "import_refused"
    title = "Lines of the file fail, so none was imported"
    default_remedy = "Correct the lines named, or import without all_or_nothing."


TRANSFERRING = (TicketNotTransferable, TicketNotPaid, TicketEventOver)


def holder(ticket_type_id: UUID, address_index: str | None, name: str) -> Holder:
    """Known by the address, where there is one, otherwise by the name."""
    return ticket_type_id, f"@{address_index}" if address_index else " ".join(name.casefold().split())


def told_renamed(ticket: TicketDetail, standing: Standing) -> str:
    return f"Put {_named(ticket)} on a {ticket.ticket_type_name} ticket for {ticket.event_name}, order {ticket.order_number}"


def told_transferred(ticket: TicketDetail, standing: Standing) -> str:
    return (
        f"Give a {ticket.ticket_type_name} ticket for {ticket.event_name}, order {ticket.order_number}, to {_named(ticket)};"
        " the old ticket is void"
    )


def told_sent(sent: SentTickets, standing: Standing) -> str:
    return f"Mail the {sent.tickets} tickets of order {sent.order_number} for {sent.event_name} to {sent.sent_to}"


def told_renewed(link: OrderLink, standing: Standing) -> str:
    return f"Renew the link of order {link.order_number}; links given out before open nothing any more"


def told_imported(done: Import, standing: Standing) -> str:
    people = "1 attendee" if done.made == 1 else f"{done.made} attendees"
    worth = f" for {format_money(done.total_amount, done.currency, standing.locale)}" if done.total_amount else ""
    lead = f"Look at an import of {people}" if done.dry_run else f"Import {people}"
    return f"{lead} into {done.event_name}{worth}: {done.skipped} skipped, {done.failed} failed"


def import_total(done: Import) -> list[Total]:
    return [Total(label="Imported tickets", amount=done.total_amount, currency=done.currency)]


def _named(ticket: Attendee) -> str:
    return f"{ticket.attendee_name} <{ticket.attendee_email}>" if ticket.attendee_email else ticket.attendee_name
