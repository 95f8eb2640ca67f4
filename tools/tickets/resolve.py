"""From a name or an id to the ticket type, inside the caller's transaction."""

from __future__ import annotations

from tools.context import Context
from tools.errors import Ambiguous, NotFound
from tools.events.resolve import event_id_of
from tools.kit.ids import as_uuid
from tools.kit.naming import pick
from tools.kit.versions import require_version
from tools.tickets import repository
from tools.tickets.models import TicketType


async def ticket_type_of(ctx: Context, reference: str | None, event: str | None) -> TicketType:
    """Without a name: the event's only type. Raises NotFound and Ambiguous."""
    ticket_type_id = as_uuid(reference) if reference else None
    if ticket_type_id is None:
        event_id = await event_id_of(ctx, event) if event else None
        candidates = await repository.named(ctx.tx, ctx.org_id, event_id)
        if reference is not None:
            ticket_type_id = pick("ticket type", reference, candidates)
        elif len(candidates) == 1:
            ticket_type_id = candidates[0].id
        elif candidates:
            raise Ambiguous.between("ticket types", event or "tickets", [c.name for c in candidates])
        else:
            raise NotFound("This event has no tickets to sell.", remedy="Add some with create_ticket_type first.")
    found = await repository.get(ctx.tx, ctx.org_id, ticket_type_id)
    if found is None:
        raise NotFound.named("ticket type", reference or "")
    return found


async def ticket_type_to_change(ctx: Context, reference: str, event: str | None) -> TicketType:
    """The ticket type, nobody else's to change until the transaction ends. Raises PreconditionFailed besides."""
    named = await ticket_type_of(ctx, reference, event)
    await repository.lock(ctx.tx, ctx.org_id, named.id)
    ticket_type = await ticket_type_of(ctx, str(named.id), None)
    require_version(ctx.caller.if_match, ticket_type.version)
    return ticket_type
