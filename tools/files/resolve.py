"""From names and ids to what a file is of, inside the caller's transaction."""

from __future__ import annotations

from uuid import UUID

from tools.context import Context
from tools.errors import NotFound
from tools.events.resolve import event_of
from tools.files import repository
from tools.files.models import AttachFile, Belonging, UploadFile
from tools.kit.ids import as_uuid
from tools.kit.naming import pick
from tools.venues.resolve import venue_of


async def sponsor_id_of(ctx: Context, reference: str) -> UUID:
    """Raises NotFound (also for another organisation's id) and Ambiguous."""
    sponsor_id = as_uuid(reference)
    if sponsor_id is None:
        return pick("sponsor", reference, await repository.sponsors(ctx.tx, ctx.org_id))
    if not await repository.has_sponsor(ctx.tx, ctx.org_id, sponsor_id):
        raise NotFound.named("sponsor", reference)
    return sponsor_id


async def belonging_of(ctx: Context, wanted: UploadFile) -> Belonging:
    """What the file will be of. Raises NotFound, also for another organisation's id and somebody else's conversation."""
    if wanted.thread and not await repository.has_thread(ctx.tx, ctx.org_id, wanted.thread):
        raise NotFound.named("conversation", str(wanted.thread))
    return (await owners_of(ctx, wanted)).model_copy(update={"thread_id": wanted.thread})


async def owners_of(ctx: Context, wanted: UploadFile | AttachFile) -> Belonging:
    """The event, sponsor and venue that are named. Raises NotFound, also for another organisation's id."""
    return Belonging(
        event_id=(await event_of(ctx, wanted.event)).id if wanted.event else None,
        sponsor_id=await sponsor_id_of(ctx, wanted.sponsor) if wanted.sponsor else None,
        venue_id=(await venue_of(ctx, wanted.venue)).id if wanted.venue else None,
    )
