"""What is decided about events, without a database: times, states, and how a card tells it."""

from __future__ import annotations

from datetime import datetime, timedelta

from tools.context import Standing
from tools.errors import Conflict, InvalidInput
from tools.events.models import Event, Status
from tools.kit.zones import say_when

# An organiser who gives no end means an evening; the card says so.
ASSUMED_LENGTH = timedelta(hours=3)
LONGEST = timedelta(days=366)

NEXT_STATES: dict[Status, tuple[Status, ...]] = {
    "draft": ("published", "cancelled"),
    "published": ("draft", "cancelled", "completed"),
    "cancelled": ("draft", "published", "archived"),
    "completed": ("archived",),
    "archived": (),
}
"""The same table as app.event_next_states; a test holds them equal."""


class EventStateConflict(Conflict):
    code = "event_state"
    title = "The event's state does not allow this"
    constraints = ("events_state_transition",)


class EndBeforeStart(InvalidInput):
    code = "end_before_start"
    title = "The end must be after the start"
    constraints = ("events_end_after_start", "bookings_end_after_start")
    default_remedy = "Give an end after the start."


class EventOutOfRange(InvalidInput):
    code = "date_out_of_range"
    title = "These dates are not of a real event"
    constraints = ("events_last_a_year_at_most", "events_in_this_age", "bookings_in_this_age")
    default_remedy = "An event lasts a year at most, between 1970 and 2200."


class EventTooLarge(Conflict):
    code = "event_exceeds_space"
    title = "The event is larger than the space"
    constraints = ("event_fits_space",)
    default_remedy = "Book a larger space or lower the event's capacity."


def end_of(start: datetime, end: datetime | None) -> datetime:
    """Raises EndBeforeStart, EventOutOfRange."""
    try:
        ending = end or start + ASSUMED_LENGTH
    except OverflowError:
        raise EventOutOfRange() from None
    require_times(start, ending)
    if ending - start > LONGEST:
        raise EventOutOfRange()
    return ending


def require_times(start: datetime, end: datetime) -> None:
    """Raises EndBeforeStart, EventOutOfRange."""
    if end <= start:
        raise EndBeforeStart(f"It would end at {end.isoformat()}, before it starts at {start.isoformat()}.")
    if start.year <= 1970 or end.year >= 2200:
        raise EventOutOfRange()


def moved(event: Event, start: datetime | None, end: datetime | None) -> tuple[datetime, datetime]:
    """New start and end: the length is kept when only the start moves."""
    if start is None and end is None:
        return event.start_date, event.end_date
    if start is None:
        return event.start_date, end_of(event.start_date, end)
    if end is None:
        try:
            end = start + (event.end_date - event.start_date)
        except OverflowError:
            raise EventOutOfRange() from None
    return start, end_of(start, end)


def require_move(event: Event, target: Status) -> None:
    """Raises EventStateConflict naming the allowed next states."""
    allowed = NEXT_STATES[event.status]
    if target not in allowed:
        raise EventStateConflict(
            f"{event.name} is {event.status}; it can not become {target}.",
            details={"allowed_next_states": list(allowed)},
        )


def require_changeable(event: Event) -> None:
    if event.status in ("cancelled", "archived"):
        raise EventStateConflict(
            f"{event.name} is {event.status}.", details={"allowed_next_states": list(NEXT_STATES[event.status])}
        )


def told(event: Event) -> str:
    """`Jazz Night, Sat 12 Dec 2026, 19:00-22:00, Blue Room`"""
    place = f", {event.venue_name}" if event.venue_name else ""
    return f"{event.name}, {say_when(event.start_date, event.end_date, event.timezone)}{place}"


def told_created(event: Event, _: Standing) -> str:
    return f"Create event {told(event)}"


def told_changed(event: Event, _: Standing) -> str:
    capacity = f", {event.capacity:,} people" if event.capacity else ""
    return f"Change event to {told(event)}{capacity}"


def told_published(event: Event, _: Standing) -> str:
    return f"Publish {told(event)}"


def told_deleted(event: Event, _: Standing) -> str:
    return f"Delete the draft {told(event)}"
