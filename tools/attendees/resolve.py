"""From an id, a code or a name to the ticket, inside the caller's transaction."""

from __future__ import annotations

from uuid import UUID

from tools.attendees import repository
from tools.attendees.models import NamedTicket, TicketDetail
from tools.context import Context
from tools.errors import NotFound
from tools.events.resolve import event_id_of
from tools.kit.ids import as_uuid
from tools.kit.naming import pick


async def ticket_of(ctx: Context, data: NamedTicket) -> TicketDetail:
    """By id, by code, or by the attendee's name within the event. Raises NotFound (also for another organisation's) and Ambiguous."""
    ticket_id = as_uuid(data.ticket) or await repository.by_code(ctx.tx, ctx.org_id, data.ticket)
    if ticket_id is None and data.event:
        event_id = await event_id_of(ctx, data.event)
        ticket_id = pick("ticket", data.ticket, await repository.named(ctx.tx, ctx.org_id, event_id, data.ticket))
    if ticket_id is None:
        raise NotFound(
            f"There is no ticket {data.ticket!r}.",
            remedy="Name the event as well, or give the ticket's id or its code.",
        )
    return await ticket_by_id(ctx, ticket_id)


async def ticket_by_id(ctx: Context, ticket_id: UUID) -> TicketDetail:
    """Raises NotFound."""
    ticket = await repository.get(ctx.tx, ctx.org_id, ticket_id)
    if ticket is None:
        raise NotFound.named("ticket", str(ticket_id))
    return ticket
