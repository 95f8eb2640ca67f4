"""What happens to venues, in words of the trade."""

from __future__ import annotations

from tools.context import Context, Standing
from tools.errors import Conflict, InvalidInput
from tools.kit.paging import Page
from tools.operation import Effect, Http, operation
from tools.venues import repository
from tools.venues.models import CreateVenue, FindVenues, NamedVenue, UpdateVenue, Venue
from tools.venues.resolve import venue_of, venue_to_change


class VenueInUse(Conflict):
    code = "venue_in_use"
    title = "The venue is still in use"
    default_remedy = "Cancel its bookings and move its events first."


def _told(verb: str, venue: Venue) -> str:
    place = f" in {venue.city}" if venue.city else ""
    room = f", up to {venue.capacity:,} people" if venue.capacity else ""
    return f"{verb} venue {venue.name}{place}{room}"


def _told_created(venue: Venue, _: Standing) -> str:
    return _told("Add", venue)


def _told_changed(venue: Venue, _: Standing) -> str:
    return _told("Change", venue)


def _told_deleted(venue: Venue, _: Standing) -> str:
    return _told("Delete", venue)


@operation(
    scope="venues:write",
    effect=Effect.write,
    http=(Http("POST", "/venues", 201),),
    card="venue",
    undo="restore",
    describe=_told_created,
)
async def create_venue(ctx: Context, data: CreateVenue) -> Venue:
    """Add a venue.

    Use when the organiser names a place that is not listed yet. It gets one space, the whole venue, that can be booked.
    """
    venue_id = ctx.ids.new_id()
    await repository.create(
        ctx.tx, ctx.org_id, venue_id, ctx.ids.new_id(), data, data.timezone or ctx.standing.timezone
    )
    return await venue_of(ctx, str(venue_id))


@operation(
    scope="venues:write",
    effect=Effect.write,
    http=(
        Http("PATCH", "/venues/{id}", target="venue", needs_version=True),
        Http("PUT", "/venues/{id}", target="venue", needs_version=True),
    ),
    card="venue",
    undo="restore",
    describe=_told_changed,
)
async def update_venue(ctx: Context, data: UpdateVenue) -> Venue:
    """Change a venue's name, place, capacity, zone or description.

    Only what is given changes.
    """
    venue = await venue_to_change(ctx, data.venue)
    changes = data.model_dump(exclude_unset=True, exclude={"venue"})
    for name in ("name", "timezone", "city", "address", "description"):
        if name in changes and changes[name] is None:
            changes[name] = venue.name if name == "name" else venue.timezone if name == "timezone" else ""
    await repository.update(ctx.tx, ctx.org_id, venue.model_copy(update=changes))
    return await venue_of(ctx, str(venue.id))


@operation(
    scope="venues:write",
    effect=Effect.write,
    http=(Http("DELETE", "/venues/{id}", target="venue", needs_version=True),),
    card="venue",
    undo="restore",
    errors=(VenueInUse,),
    describe=_told_deleted,
)
async def delete_venue(ctx: Context, data: NamedVenue) -> Venue:
    """Delete a venue that no event and no booking uses."""
    venue = await venue_to_change(ctx, data.venue)
    try:
        await repository.delete(ctx.tx, ctx.org_id, venue.id)
    except Conflict as still_used:
        raise VenueInUse() from still_used
    return venue


@operation(scope="venues:read", effect=Effect.read, http=(Http("GET", "/venues/{id}", target="venue"),), card="venue")
async def get_venue(ctx: Context, data: NamedVenue) -> Venue:
    """Show one venue with its spaces."""
    return await venue_of(ctx, data.venue)


@operation(scope="venues:read", effect=Effect.read, http=(Http("GET", "/venues"),), card="venues")
async def find_venues(ctx: Context, data: FindVenues) -> Page[Venue]:
    """Find venues by city, size, name or free time.

    Use when the organiser looks for a place, or asks what venues there are.
    """
    if (data.free_from is None) != (data.free_until is None):
        raise InvalidInput("free_from and free_until go together.")
    if data.free_from and data.free_until and data.free_until <= data.free_from:
        raise InvalidInput("free_until must be after free_from.")
    after = ctx.greenroom.cursors.after("venues", data.cursor)
    found = await repository.find(ctx.tx, ctx.org_id, data, after)
    return ctx.greenroom.cursors.page(
        Page[Venue], "venues", found, data.limit, lambda last: [last.name.lower(), last.id]
    )
