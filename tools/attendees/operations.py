"""What happens to tickets and the people on them, in words of the trade."""

from __future__ import annotations

from tools.attendees import repository, rules
from tools.attendees.importing import import_sheet
from tools.attendees.links import order_link
from tools.attendees.models import (
    Attendee,
    Import,
    ImportAttendees,
    ListAttendees,
    NamedOrder,
    NamedTicket,
    OrderLink,
    RenameAttendee,
    SentTickets,
    TicketDetail,
    TransferTicket,
)
from tools.attendees.resolve import ticket_by_id, ticket_of
from tools.context import Caller, Context, Greenroom
from tools.errors import PreconditionFailed
from tools.events.resolve import event_id_of
from tools.kit.paging import Page
from tools.operation import Effect, Http, enter, operation
from tools.orders.resolve import order_of
from tools.tickets.resolve import ticket_type_of


@operation(scope="orders:read", effect=Effect.read, http=(Http("GET", "/attendees"),), card="attendees")
async def list_attendees(ctx: Context, data: ListAttendees) -> Page[Attendee]:
    """List who comes to an event, by name.

    Use to look somebody up, by a part of their name, by their whole e-mail address or by an order's number, or to see who has
    tickets of one type. Without a status: those who may come.
    """
    found = await repository.find(
        ctx.tx,
        ctx.org_id,
        data,
        event_id=await event_id_of(ctx, data.event),
        ticket_type_id=(await ticket_type_of(ctx, data.ticket_type, data.event)).id if data.ticket_type else None,
        after=ctx.greenroom.cursors.after("attendees", data.cursor),
    )
    return ctx.greenroom.cursors.page(
        Page[Attendee], "attendees", found, data.limit, lambda last: [last.attendee_name, last.id]
    )


@operation(
    scope="orders:read", effect=Effect.read, http=(Http("GET", "/attendees/{id}", target="ticket"),), card="ticket"
)
async def get_ticket(ctx: Context, data: NamedTicket) -> TicketDetail:
    """Show one ticket: its code, who comes on it, and who had it before or has it now."""
    return await ticket_of(ctx, data)


@operation(
    scope="orders:write",
    effect=Effect.write,
    http=(Http("PATCH", "/attendees/{id}", target="ticket", needs_version=True),),
    card="ticket",
    errors=(rules.TicketNotCurrent,),
    describe=rules.told_renamed,
)
async def rename_attendee(ctx: Context, data: RenameAttendee) -> TicketDetail:
    """Correct the name or e-mail address on a ticket; its code stays as it is.

    Use for a misspelt name. When somebody else comes instead, use transfer_ticket: it makes the old ticket void.
    """
    ticket = await ticket_of(ctx, data)
    version = await repository.rename(
        ctx.tx, ctx.org_id, ticket.id, ctx.caller.if_match, data.name, data.email or ticket.attendee_email
    )
    if version is None:
        raise PreconditionFailed(details={"version": ticket.version})
    return await ticket_by_id(ctx, ticket.id)


@operation(
    scope="orders:write",
    effect=Effect.external,
    http=(Http("POST", "/attendees/{id}/transfer", 201, target="ticket"),),
    card="ticket",
    errors=rules.TRANSFERRING,
    describe=rules.told_transferred,
)
async def transfer_ticket(ctx: Context, data: TransferTicket) -> TicketDetail:
    """Give a ticket to another person, also when the event is sold out.

    Use when somebody can not come and another person comes instead. The old ticket and its code become void, the new person
    gets a ticket with a new code, mailed when an address is given. No place moves, and no money.
    """
    ticket = await ticket_of(ctx, data)
    new_id = ctx.ids.new_id()
    done = await repository.transfer(
        ctx.tx,
        {
            "org": ctx.org_id,
            "id": ticket.id,
            "seen": ctx.caller.if_match,
            "new_id": new_id,
            "code": ctx.ids.new_code(),
            "name": data.name,
            "email": data.email,
        },
    )
    if not done:
        raise PreconditionFailed(details={"version": ticket.version})
    if data.email is None:
        ctx.warn("Nobody mails the new ticket: there is no e-mail address.")
    return await ticket_by_id(ctx, new_id)


@operation(
    scope="orders:write",
    effect=Effect.external,
    http=(Http("POST", "/orders/{id}/tickets/send", target="order"),),
    card="order",
    errors=(rules.NothingToSend,),
    describe=rules.told_sent,
)
async def send_tickets(ctx: Context, data: NamedOrder) -> SentTickets:
    """Mail the tickets of a paid order to its buyer, once more or for the first time.

    Use when the buyer lost the mail or never got it, and after an import, which mails nobody.
    """
    order = await order_of(ctx, data.order)
    valid = [ticket for ticket in order.tickets if ticket.status in ("valid", "checked_in")]
    if order.status != "paid" or not valid:
        raise rules.NothingToSend(
            f"Order {order.number} is {order.status} and has {len(valid)} valid tickets.",
            remedy="Only tickets of a paid order are sent.",
        )
    if not order.buyer_email:
        raise rules.NothingToSend(
            f"Order {order.number} has no e-mail address.", remedy="Hand the buyer the link of get_order_link instead."
        )
    return SentTickets(
        id=order.id,
        event_id=order.event_id,
        event_name=order.event_name,
        order_number=order.number,
        sent_to=order.buyer_email,
        tickets=len(valid),
    )


@operation(
    scope="orders:write", effect=Effect.read, http=(Http("GET", "/orders/{id}/link", target="order"),), card="order"
)
async def get_order_link(ctx: Context, data: NamedOrder) -> OrderLink:
    """Show the link to an order's own page, where its buyer sees the tickets, pays and passes them on.

    Use to give it to a buyer who has no mail from us. Whoever has the link may do what the buyer may.
    """
    order = await order_of(ctx, data.order)
    version = await repository.link_version(ctx.tx, order.id)
    assert version is not None, "the order was read in this transaction"
    link = order_link(ctx.greenroom, order.id, version)
    return OrderLink(id=order.id, event_id=order.event_id, order_number=order.number, link=link)


@operation(
    scope="orders:write",
    effect=Effect.write,
    http=(Http("POST", "/orders/{id}/link", target="order"),),
    card="order",
    describe=rules.told_renewed,
)
async def renew_order_link(ctx: Context, data: NamedOrder) -> OrderLink:
    """Make the links to an order's page that were given out before void, and return the new one.

    Use when a link fell into the wrong hands. The tickets themselves stay valid.
    """
    order = await order_of(ctx, data.order)
    link = order_link(ctx.greenroom, order.id, await repository.renew_link(ctx.tx, ctx.org_id, order.id))
    return OrderLink(id=order.id, event_id=order.event_id, order_number=order.number, link=link)


async def _look(greenroom: Greenroom, caller: Caller, data: ImportAttendees) -> Import | None:
    """A dry run leaves nothing behind, a trace included."""
    if not data.dry_run:
        return None
    async with enter(greenroom, caller) as (tx, standing):
        ctx = Context(greenroom, caller, standing, tx)
        ctx.require("orders:write")
        return await import_sheet(ctx, data)


@operation(
    scope="orders:write",
    effect=Effect.money,
    http=(Http("POST", "/attendees/import"),),
    card="import",
    errors=(rules.ImportRefused,),
    describe=rules.told_imported,
    totals=rules.import_total,
    swift=_look,
)
async def import_attendees(ctx: Context, data: ImportAttendees) -> Import:
    """Import attendees from a CSV file: each line becomes an order of one ticket.

    Use when the organiser has a list from elsewhere. Takes places like any sale, at no price or at the price in the file, and
    mails nobody. A line whose e-mail (or name) has a ticket of that type already is skipped, so the same file can be sent twice.
    By default only tells what would be made and which lines fail; in a proposal say dry_run false, the proposal shows the same.
    """
    return await import_sheet(ctx, data)
