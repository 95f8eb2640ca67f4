"""From a name or an id to the event, inside the caller's transaction."""

from __future__ import annotations

from uuid import UUID

from tools.context import Context
from tools.errors import NotFound
from tools.events import repository
from tools.events.models import Event
from tools.kit.ids import as_uuid
from tools.kit.naming import pick


async def event_id_of(ctx: Context, reference: str) -> UUID:
    """Raises NotFound and Ambiguous. An id is not looked up here."""
    return as_uuid(reference) or pick("event", reference, await repository.named(ctx.tx, ctx.org_id))


async def event_of(ctx: Context, reference: str) -> Event:
    """Raises NotFound (also for another organisation's id) and Ambiguous."""
    event = await repository.get(ctx.tx, ctx.org_id, await event_id_of(ctx, reference))
    if event is None:
        raise NotFound.named("event", reference)
    return event


async def event_to_change(ctx: Context, reference: str) -> Event:
    """The event, nobody else's to change or to book for until the transaction ends."""
    event_id = await event_id_of(ctx, reference)
    await repository.lock(ctx.tx, ctx.org_id, event_id)
    return await event_of(ctx, str(event_id))
