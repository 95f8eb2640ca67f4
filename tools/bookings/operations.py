"""What happens to bookings, in words of the trade."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from tools.bookings import repository
from tools.bookings.models import Booking, BookVenue, CancelBooking, ListBookings, NamedBooking, UpdateBooking
from tools.context import Context, Standing
from tools.errors import Ambiguous, Conflict, InvalidInput, NotFound
from tools.events.resolve import event_id_of, event_of, event_to_change
from tools.events.rules import (
    EndBeforeStart,
    EventOutOfRange,
    EventStateConflict,
    EventTooLarge,
    require_changeable,
    require_times,
)
from tools.kit.paging import Page
from tools.kit.versions import require_version
from tools.kit.zones import day_bounds, say_when
from tools.operation import Effect, Http, operation
from tools.venues.resolve import space_of, venue_of


class VenueAlreadyBooked(Conflict):
    code = "venue_already_booked"
    title = "The space is booked then"
    constraints = ("bookings_no_overlap",)
    default_remedy = "Choose another time or another venue; find_venues with free_from and free_until shows free ones."


def _told(verb: str, booking: Booking) -> str:
    space = "" if booking.space_name == "Whole venue" else f" ({booking.space_name})"
    when = say_when(booking.start_date, booking.end_date, booking.timezone)
    return f"{verb} {booking.venue_name}{space} for {booking.event_name}, {when}"


def _told_booked(booking: Booking, _: Standing) -> str:
    return _told("Book", booking)


def _told_moved(booking: Booking, _: Standing) -> str:
    return _told("Change the booking of", booking)


def _told_cancelled(booking: Booking, _: Standing) -> str:
    return _told("Cancel the booking of", booking)


@operation(
    scope="venues:write",
    effect=Effect.write,
    http=(Http("POST", "/bookings", 201),),
    card="booking",
    undo="restore",
    errors=(VenueAlreadyBooked, EventTooLarge, EndBeforeStart, EventOutOfRange, EventStateConflict),
    describe=_told_booked,
)
async def book_venue(ctx: Context, data: BookVenue) -> Booking:
    """Book a venue for an event, for the event's own times unless others are given.

    Use when a place should be reserved. Two bookings of one space can not overlap, set-up and tear-down included.
    """
    event = await event_to_change(ctx, data.event)
    require_changeable(event)
    venue = await venue_of(ctx, data.venue)
    space = space_of(venue, data.space)
    start, end = data.start_date or event.start_date, data.end_date or event.end_date
    require_times(start, end)
    booking_id = ctx.ids.new_id()
    await _require_free(
        ctx,
        space.id,
        start - timedelta(minutes=data.setup_minutes),
        end + timedelta(minutes=data.teardown_minutes),
        booking_id,
    )
    for other in await repository.of_event(ctx.tx, ctx.org_id, event.id):
        ctx.warn(f"{event.name} also has {other.venue_name} booked.")
    await repository.create(
        ctx.tx,
        ctx.org_id,
        {
            "id": booking_id,
            "event_id": event.id,
            "space_id": space.id,
            "start_date": start,
            "end_date": end,
            "setup_minutes": data.setup_minutes,
            "teardown_minutes": data.teardown_minutes,
        },
    )
    if event.venue_id is None:
        await repository.adopt_venue(ctx.tx, ctx.org_id, event.id, venue.id)
    return await _booking(ctx, booking_id)


async def _require_free(ctx: Context, space_id: UUID, start: object, end: object, but: UUID) -> None:
    """The good message; the constraint is what refuses, also in a race."""
    taken = await repository.in_the_way(ctx.tx, ctx.org_id, space_id, start, end, but)  # type: ignore[arg-type]
    if taken:
        other = taken[0]
        when = say_when(other.start_date, other.end_date, other.timezone)
        raise VenueAlreadyBooked(
            f"{other.venue_name} is booked for {other.event_name}, {when}.",
            details={"conflicts": [{"booking_id": str(b.id), "event_name": b.event_name} for b in taken]},
        )


@operation(
    scope="venues:write",
    effect=Effect.write,
    http=(
        Http("PATCH", "/bookings/{id}", target="booking", needs_version=True),
        Http("PUT", "/bookings/{id}", target="booking", needs_version=True),
    ),
    card="booking",
    undo="restore",
    errors=(VenueAlreadyBooked, EventTooLarge, EndBeforeStart, EventOutOfRange),
    describe=_told_moved,
)
async def update_booking(ctx: Context, data: UpdateBooking) -> Booking:
    """Change a booking's space, times, set-up or tear-down."""
    booking = await _booking_to_change(ctx, data.booking)
    given = {k: v for k, v in data.model_dump(exclude={"booking", "space"}).items() if v is not None}
    if data.space is not None:
        venue = await venue_of(ctx, str(booking.venue_id))
        given["space_id"] = space_of(venue, data.space).id
    changed = booking.model_copy(update=given)
    require_times(changed.start_date, changed.end_date)
    await repository.update(ctx.tx, ctx.org_id, changed)
    return await _booking(ctx, booking.id)


@operation(
    scope="venues:write",
    effect=Effect.write,
    http=(Http("DELETE", "/bookings/{id}", target="booking", needs_version=True),),
    card="booking",
    undo="restore",
    describe=_told_cancelled,
)
async def cancel_booking(ctx: Context, data: CancelBooking) -> Booking:
    """Cancel a booking, so that the space is free again.

    Use with the booking's id, or with the event (and the venue when it has several).
    """
    booking_id = data.booking or (await _only_booking(ctx, data)).id
    booking = await _booking_to_change(ctx, booking_id)
    await repository.cancel(ctx.tx, ctx.org_id, booking.id)
    return await _booking(ctx, booking.id)


async def _only_booking(ctx: Context, data: CancelBooking) -> Booking:
    event = await event_of(ctx, data.event or "")
    booked = await repository.of_event(ctx.tx, ctx.org_id, event.id)
    if data.venue:
        venue = await venue_of(ctx, data.venue)
        booked = [b for b in booked if b.venue_id == venue.id]
    if not booked:
        raise NotFound(f"Nothing is booked for {event.name}.")
    if len(booked) > 1:
        raise Ambiguous.between("bookings", event.name, [b.venue_name for b in booked])
    return booked[0]


@operation(
    scope="venues:read", effect=Effect.read, http=(Http("GET", "/bookings/{id}", target="booking"),), card="booking"
)
async def get_booking(ctx: Context, data: NamedBooking) -> Booking:
    """Show one booking."""
    return await _booking(ctx, data.booking)


@operation(scope="venues:read", effect=Effect.read, http=(Http("GET", "/bookings"),), card="bookings")
async def list_bookings(ctx: Context, data: ListBookings) -> Page[Booking]:
    """List bookings by event, venue or day, earliest first."""
    if data.from_date and data.to_date and data.to_date < data.from_date:
        raise InvalidInput("to_date is before from_date.")
    since, before = day_bounds(data.from_date, data.to_date, ctx.standing.zone)
    found = await repository.find(
        ctx.tx,
        ctx.org_id,
        data,
        event_id=await event_id_of(ctx, data.event) if data.event else None,
        venue_id=(await venue_of(ctx, data.venue)).id if data.venue else None,
        since=since,
        before=before,
        after=ctx.greenroom.cursors.after("bookings", data.cursor),
    )
    return ctx.greenroom.cursors.page(
        Page[Booking], "bookings", found, data.limit, lambda last: [last.start_date, last.id]
    )


async def _booking(ctx: Context, booking_id: UUID) -> Booking:
    booking = await repository.get(ctx.tx, ctx.org_id, booking_id)
    if booking is None:
        raise NotFound.named("booking", str(booking_id))
    return booking


async def _booking_to_change(ctx: Context, booking_id: UUID) -> Booking:
    """The booking, nobody else's to change until the transaction ends: what is booked for an event changes under its lock."""
    booking = await _booking(ctx, booking_id)
    await event_to_change(ctx, str(booking.event_id))
    booking = await _booking(ctx, booking_id)
    require_version(ctx.caller.if_match, booking.version)
    return booking
