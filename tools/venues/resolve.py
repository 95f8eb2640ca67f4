"""From a name or an id to the venue, inside the caller's transaction."""

from __future__ import annotations

from uuid import UUID

from tools.context import Context
from tools.errors import NotFound
from tools.kit.ids import as_uuid
from tools.kit.naming import pick
from tools.kit.versions import require_version
from tools.venues import repository
from tools.venues.models import Space, Venue


async def venue_of(ctx: Context, reference: str) -> Venue:
    """Raises NotFound (also for another organisation's id) and Ambiguous."""
    venue_id = await _venue_id_of(ctx, reference)
    venue = await repository.get(ctx.tx, ctx.org_id, venue_id)
    if venue is None:
        raise NotFound.named("venue", reference)
    return venue


async def venue_to_change(ctx: Context, reference: str) -> Venue:
    """The venue, nobody else's to change until the transaction ends. Raises PreconditionFailed besides."""
    venue_id = await _venue_id_of(ctx, reference)
    await repository.lock(ctx.tx, ctx.org_id, venue_id)
    venue = await venue_of(ctx, str(venue_id))
    require_version(ctx.caller.if_match, venue.version)
    return venue


async def _venue_id_of(ctx: Context, reference: str) -> UUID:
    return as_uuid(reference) or pick("venue", reference, await repository.named(ctx.tx, ctx.org_id))


def space_of(venue: Venue, reference: str | None) -> Space:
    """The space of the venue that is meant; without a name, its first."""
    if reference is None and venue.spaces:
        return venue.spaces[0]
    if reference is None:
        raise NotFound(f"{venue.name} has no space to book.")
    wanted = reference.casefold()
    for space in venue.spaces:
        if str(space.id) == wanted or space.name.casefold() == wanted:
            return space
    raise NotFound.named("space", reference)
