"""What happens to events, in words of the trade."""

from __future__ import annotations

from datetime import datetime

from tools.context import Context
from tools.errors import Conflict, InvalidInput
from tools.events import repository, rules
from tools.events.models import (
    CreateEvent,
    Event,
    EventDetail,
    ListEvents,
    NamedEvent,
    Status,
    UpdateEvent,
)
from tools.events.resolve import event_id_of, event_of, event_to_change
from tools.kit.paging import Page
from tools.kit.versions import require_version
from tools.kit.zones import day_bounds, say_when
from tools.operation import Effect, Http, operation
from tools.venues.models import Venue
from tools.venues.resolve import venue_of


class EventHasOrders(Conflict):
    code = "event_has_orders"
    title = "The event has orders"
    default_remedy = "Cancel the event instead; its orders stay in the books."


@operation(
    scope="events:write",
    effect=Effect.write,
    http=(Http("POST", "/events", 201),),
    card="event",
    undo="restore",
    errors=(rules.EndBeforeStart, rules.EventOutOfRange),
    describe=rules.told_created,
)
async def create_event(ctx: Context, data: CreateEvent) -> Event:
    """Create an event as a draft.

    Use when the organiser names something that should take place. Needs a name and a start. The venue named here is where it
    will be; to reserve it, add book_venue. Tickets are added with create_ticket_type.
    """
    venue = await venue_of(ctx, data.venue) if data.venue else None
    end = rules.end_of(data.start_date, data.end_date)
    event_id = ctx.ids.new_id()
    timezone = data.timezone or (venue.timezone if venue else ctx.standing.timezone)
    await repository.create(
        ctx.tx,
        ctx.org_id,
        {
            **data.model_dump(include={"name", "description", "start_date", "capacity"}),
            "id": event_id,
            "end_date": end,
            "timezone": timezone,
            "venue_id": venue.id if venue else None,
            "currency": data.currency or ctx.standing.currency,
        },
    )
    if data.capacity is not None:
        await repository.set_capacity_quota(ctx.tx, ctx.org_id, event_id, ctx.ids.new_id(), data.capacity)
    event = await event_of(ctx, str(event_id))
    _warn_about_times(ctx, event, assumed_end=data.end_date is None)
    _warn_about_room(ctx, data.capacity, venue)
    return event


@operation(
    scope="events:write",
    effect=Effect.write,
    http=(
        Http("PATCH", "/events/{id}", target="event", needs_version=True),
        Http("PUT", "/events/{id}", target="event", needs_version=True),
    ),
    card="event",
    undo="restore",
    errors=(rules.EventStateConflict, rules.EndBeforeStart, rules.EventOutOfRange, rules.EventTooLarge),
    describe=rules.told_changed,
)
async def update_event(ctx: Context, data: UpdateEvent) -> Event:
    """Change an event's name, times, venue, description or capacity.

    Use to move, rename or resize an event. Only what is given changes. What is booked for it moves with it; a taken space
    refuses the change. Tickets that were sold stay valid.
    """
    event = await event_to_change(ctx, data.event)
    require_version(ctx.caller.if_match, event.version)
    rules.require_changeable(event)
    given = data.model_fields_set
    start, end = rules.moved(event, data.start_date, data.end_date)
    venue = await venue_of(ctx, data.venue) if data.venue else None
    changes: dict[str, object] = {"start_date": start, "end_date": end}
    for name in ("name", "timezone", "description"):
        value = getattr(data, name)
        if name in given and (value is not None or name == "description"):
            changes[name] = value or ""
    if "capacity" in given:
        changes["capacity"] = data.capacity
    if "venue" in given:
        changes["venue_id"] = venue.id if venue else None
    await repository.update(ctx.tx, ctx.org_id, event.model_copy(update=changes))
    if "capacity" in given:
        await repository.set_capacity_quota(ctx.tx, ctx.org_id, event.id, ctx.ids.new_id(), data.capacity)
    await _move_what_is_booked(ctx, event, start, end, venue)
    after = await event_of(ctx, str(event.id))
    _warn_about_times(ctx, after, assumed_end=False)
    _warn_about_buyers(ctx, event, after)
    return after


async def _move_what_is_booked(ctx: Context, event: Event, start: datetime, end: datetime, venue: Venue | None) -> None:
    if venue is not None and venue.id != event.venue_id:
        await repository.move_bookings_to(ctx.tx, ctx.org_id, event.id, venue.spaces[0].id)
    if (start, end) != (event.start_date, event.end_date):
        await repository.move_bookings(ctx.tx, ctx.org_id, event.id, start, end)


@operation(
    scope="events:write",
    effect=Effect.external,
    http=(Http("POST", "/events/{id}/publish", target="event"),),
    card="event",
    undo="restore",
    errors=(rules.EventStateConflict,),
    describe=rules.told_published,
)
async def publish_event(ctx: Context, data: NamedEvent) -> Event:
    """Publish a draft, so that buyers can see it."""
    return await _move_to(ctx, data.event, "published")


async def _move_to(ctx: Context, reference: str, status: Status) -> Event:
    event = await event_to_change(ctx, reference)
    require_version(ctx.caller.if_match, event.version)
    rules.require_move(event, status)
    await repository.set_status(ctx.tx, ctx.org_id, event.id, status)
    return await event_of(ctx, str(event.id))


@operation(
    scope="events:write",
    effect=Effect.write,
    http=(Http("DELETE", "/events/{id}", target="event", needs_version=True),),
    card="event",
    undo="restore",
    errors=(EventHasOrders, rules.EventStateConflict),
    describe=rules.told_deleted,
)
async def delete_event(ctx: Context, data: NamedEvent) -> Event:
    """Delete an event that has no orders, with its bookings, ticket types and sponsorships.

    Use for a draft made by mistake. An event that people bought tickets for is cancelled instead.
    """
    event = await event_to_change(ctx, data.event)
    require_version(ctx.caller.if_match, event.version)
    if event.status == "published":
        raise rules.EventStateConflict(
            f"{event.name} is published; cancel it instead.",
            details={"allowed_next_states": list(rules.NEXT_STATES[event.status])},
        )
    try:
        await repository.delete(ctx.tx, ctx.org_id, event.id)
    except Conflict as has_orders:
        raise EventHasOrders() from has_orders
    return event


@operation(scope="events:read", effect=Effect.read, http=(Http("GET", "/events/{id}", target="event"),), card="event")
async def get_event(ctx: Context, data: NamedEvent) -> EventDetail:
    """Show one event with its ticket types, bookings and sponsorships."""
    event_id = await event_id_of(ctx, data.event)
    found = await repository.detail(ctx.tx, ctx.org_id, event_id)
    if found is None:
        await event_of(ctx, str(event_id))
        raise AssertionError("event_of raises")
    return found


@operation(scope="events:read", effect=Effect.read, http=(Http("GET", "/events"),), card="events")
async def list_events(ctx: Context, data: ListEvents) -> Page[Event]:
    """List events by day, venue, status or name, soonest first.

    Use for "what's on": give from_date and to_date as days in the organisation's zone.
    """
    if data.from_date and data.to_date and data.to_date < data.from_date:
        raise InvalidInput("to_date is before from_date.")
    venue_id = (await venue_of(ctx, data.venue)).id if data.venue else None
    since, before = day_bounds(data.from_date, data.to_date, ctx.standing.zone)
    after = ctx.greenroom.cursors.after("events", data.cursor)
    found = await repository.find(ctx.tx, ctx.org_id, data, since=since, before=before, venue_id=venue_id, after=after)
    return ctx.greenroom.cursors.page(Page[Event], "events", found, data.limit, lambda last: [last.start_date, last.id])


def _warn_about_times(ctx: Context, event: Event, *, assumed_end: bool) -> None:
    if assumed_end:
        ctx.warn(f"No end was given: assumed {say_when(event.start_date, event.end_date, event.timezone)}.")
    if event.start_date < ctx.now:
        ctx.warn("This is in the past.")


def _warn_about_room(ctx: Context, capacity: int | None, venue: Venue | None) -> None:
    if capacity and venue and venue.capacity and capacity > venue.capacity:
        ctx.warn(f"{venue.name} holds {venue.capacity:,} people, fewer than {capacity:,}.")


def _warn_about_buyers(ctx: Context, before: Event, after: Event) -> None:
    if before.tickets_sold and (before.start_date, before.venue_id) != (after.start_date, after.venue_id):
        ctx.warn(f"{before.tickets_sold} tickets are sold for the old time or place.")
