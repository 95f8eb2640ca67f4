"""From a name or an id to the venue, inside the caller's transaction."""

from __future__ import annotations

from tools.context import Context
from tools.errors import NotFound
from tools.kit.ids import as_uuid
from tools.kit.naming import pick
from tools.venues import repository
from tools.venues.models import Space, Venue


async def venue_of(ctx: Context, reference: str) -> Venue:
    """Raises NotFound (also for another organisation's id) and Ambiguous."""
    venue_id = as_uuid(reference) or pick("venue", reference, await repository.named(ctx.tx, ctx.org_id))
    venue = await repository.get(ctx.tx, ctx.org_id, venue_id)
    if venue is None:
        raise NotFound.named("venue", reference)
    return venue


def space_of(venue: Venue, reference: str | None) -> Space:
    """The space of the venue that is meant; without a name, its first."""
    if reference is None:
        return venue.spaces[0]
    wanted = reference.casefold()
    for space in venue.spaces:
        if str(space.id) == wanted or space.name.casefold() == wanted:
            return space
    raise NotFound.named("space", reference)
