"""Turns a step's slots into an operation's input, or says what is missing or in doubt; no reading of text."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from agent.reading.dates import moved
from agent.reading.moment import Moment
from agent.reading.moments import part_of_day
from embedded.planner.clauses import Step
from embedded.planner.memory import Call, Memory
from embedded.planner.operations import REQUIRED
from embedded.planner.words import day_words
from embedded.planner.world import KnownEvent

_EVENING = (
    "gala",
    "party",
    "dinner",
    "concert",
    "quiz",
    "comedy",
    "disco",
    "rave",
    "club",
    "dj",
    "karaoke",
    "slam",
    "gig",
    "ball",
    "salsa",
    "jazz",
    "drinks",
    "cocktail",
    "improv",
    "stand-up",
    "opera",
)
_MORNING = (
    "breakfast",
    "brunch",
    "sunrise",
    "run",
    "yoga",
    "bootcamp",
    "market",
    "conference",
    "workshop",
    "training",
    "fair",
    "seminar",
    "course",
    "summit",
)


_AS_SAID = (
    "file", "event", "order", "ticket_type", "sponsor", "venue", "code", "ticket", "email", "other", "kind", "name", "capacity",
    "description", "quantity", "buyer", "payment_method", "method", "level", "reason", "status", "city", "min_capacity",
)  # fmt: skip
"""Slots that are the input's own, in the order in which an input is shown."""


def missing(step: Step) -> list[str]:
    """The required values a step still lacks, in the order they are asked for."""
    lacking = []
    for slot in REQUIRED.get(step.operation, ()):
        when: Moment | None = step.slots.get("when")
        if slot == "day":
            absent = when is None or when.day is None
        elif slot == "time":
            absent = when is None or when.time is None
        elif slot == "change":
            absent = not _changes(step)
        elif step.operation == "cancel_booking":
            absent = not (step.slots.get("event") or step.slots.get("venue"))
        elif slot == "of":
            absent = not any(step.slots.get(owner) for owner in ("event", "sponsor", "venue"))
        else:
            absent = step.slots.get(slot) is None
        if absent:
            lacking.append(slot)
    return lacking


def _changes(step: Step) -> bool:
    names = {
        "update_event": ("name", "when", "shift", "venue", "description", "capacity", "end_time"),
        "update_ticket_type": ("name", "price", "quantity", "description", "given"),
        "update_sponsor": ("level", "amount", "status"),
        "update_venue": ("name", "capacity", "city"),
    }[step.operation]
    return any(step.slots.get(name) is not None for name in names)


def settle(step: Step, memory: Memory) -> None:
    """Put right what only the whole step tells: which half of the day is meant, days that do not fit or lie behind us."""
    when: Moment | None = step.slots.get("when")
    if when is None or step.operation not in ("create_event", "update_event"):
        return
    known = memory.event(step.slots.get("event"))
    when = _in_its_month(_half(when, step, known), known, memory.world.today)
    if (
        step.operation == "create_event"
        and when.kind == "range"
        and when.day
        and when.end_day
        and (when.end_day - when.day).days > 6
    ):
        when = replace(when, day=None, end_day=None)
    elif when.end_day and when.day and when.kind == "range" and not when.time:
        step.doubts.append("On which day and at what time does it start, and when does it end?")
    step.slots["when"] = when
    if when.doubt == "clash" and when.day:
        step.doubts.append(f"{when.day.day} {when.day:%B %Y} is a {when.day:%A}. Which day do you mean?")
    elif when.loose and when.time:
        other = when.time.replace(hour=(when.time.hour + 12) % 24)
        step.doubts.append(f"Do you mean {when.time:%H:%M} or {other:%H:%M}?")
    elif when.time == time(0) and when.day:
        step.doubts.append(f"Midnight at the start or at the end of {day_words(when.day)}?")
    elif when.day and datetime.combine(when.day, when.time or time(23, 59), memory.world.zone) < memory.world.now:
        step.doubts.append(f"{day_words(when.day)} is behind us. Which day do you mean?")


def _in_its_month(when: Moment, known: KnownEvent | None, today: date) -> Moment:
    """`the 25th`, said of an event in April, is 25 April."""
    if when.doubt != "day of month" or when.day is None or known is None or known.start is None:
        return when
    try:
        own = known.start.date().replace(day=when.day.day)
    except ValueError:
        return when
    return replace(when, day=own) if own >= today else when


def _half(when: Moment, step: Step, known: KnownEvent | None) -> Moment:
    """Resolve an hour said without am or pm by what is known of the event; leave it loose where nothing tells."""
    clock = when.time
    if not when.loose or clock is None:
        return when
    late = clock if clock.hour == 12 else clock.replace(hour=(clock.hour + 12) % 24)
    name = (known.name if known else str(step.slots.get("name") or "")).lower()
    part = when.part or part_of_day(name)
    words = set(name.replace("-", " ").split())
    if known and known.start:
        chosen = (
            late
            if known.start.hour >= 12 and (clock.hour < 8 or known.start.hour >= 17)
            else clock
            if known.start.hour < 12 and clock.hour >= 6
            else None
        )
    elif clock.hour == 12:
        chosen = clock
    elif part in ("evening", "night", "afternoon") or words & set(_EVENING):
        chosen = late
    elif part == "morning" or (words & set(_MORNING) and clock.hour >= 6):
        chosen = clock
    else:
        chosen = late if clock.hour < 8 else None
    return when if chosen is None else replace(when, time=chosen, loose=False)


def calls_of(step: Step, memory: Memory) -> list[Call]:
    """The operation's call (and, for an event made at a venue, the booking that goes with it)."""
    slots, world = step.slots, memory.world
    given: dict[str, Any] = {}
    for name in _AS_SAID:
        if slots.get(name) is not None:
            given[name] = slots[name]
    for name in ("from_date", "to_date"):
        if slots.get(name) is not None:
            given[name] = slots[name].isoformat()
    price = slots.get("price")
    if price is not None:
        given["price_amount"] = price.amount
    amount = slots.get("amount")
    if amount is not None:
        given["amount"] = amount.amount
    money = price or amount
    if (
        money is not None
        and money.said
        and step.operation in ("create_ticket_type", "add_sponsor", "update_sponsor")
        and money.currency
    ):
        given["currency"] = money.currency
    if step.operation == "create_event":
        return _create(step, given, memory)
    if step.operation == "update_event":
        given |= _moved(step, memory)
    if step.operation == "find_venues" and slots.get("free"):
        day = slots["free"].day
        given["free_from"] = datetime.combine(day, time(0), world.zone).isoformat()
        given["free_until"] = datetime.combine(slots["free"].end_day or day, time(23, 59), world.zone).isoformat()
    if step.operation == "book_venue":
        given |= _booked(step, memory)
    return [(step.operation, given | slots.get("given", {}))]


def _create(step: Step, given: dict[str, Any], memory: Memory) -> list[Call]:
    when: Moment = step.slots["when"]
    start = when.at(memory.world.zone)
    if start is None:
        raise ValueError("a step without a start is not complete")
    given["start_date"] = start.isoformat()
    end = _end(start, when, step.slots.get("length"))
    if end:
        given["end_date"] = end.isoformat()
    ordered: dict[str, Any] = {
        key: given[key]
        for key in ("name", "start_date", "end_date", "venue", "capacity", "description")
        if key in given
    }
    calls: list[Call] = [("create_event", ordered)]
    if "venue" in given:
        calls.append(("book_venue", {"event": given["name"], "venue": given["venue"]}))
    return calls


def _end(start: datetime, when: Moment, length: Moment | None) -> datetime | None:
    if when.end_time is not None:
        end = datetime.combine(when.end_day or start.date(), when.end_time, start.tzinfo)
        return end if end > start else end + timedelta(days=1)
    return start + timedelta(minutes=length.minutes) if length else None


def _moved(step: Step, memory: Memory) -> dict[str, Any]:
    """What changes of an event's time: a day keeps the time of day, a time keeps the day, a shift counts from the present start."""
    slots, zone = step.slots, memory.world.zone
    known = memory.event(slots.get("event"))
    start = known.start if known else None
    when: Moment | None = slots.get("when")
    changed: dict[str, Any] = {}
    if when is not None:
        new = when.at(zone, start.date() if start else None, start.timetz().replace(tzinfo=None) if start else None)
        if new is not None:
            changed["start_date"] = new.isoformat()
            end = _end(new, when, None)
            if end:
                changed["end_date"] = end.isoformat()
    elif slots.get("shift") and start is not None:
        changed["start_date"] = _shifted(start, slots["shift"]).isoformat()
    if slots.get("end_time") is not None and start is not None:
        base = datetime.fromisoformat(changed["start_date"]) if "start_date" in changed else start
        end = datetime.combine(slots.get("end_day") or base.date(), slots["end_time"], zone)
        changed["end_date"] = (end if end > base else end + timedelta(days=1)).isoformat()
    return changed


def _shifted(start: datetime, shift: tuple[int, int, int]) -> datetime:
    """Wall-clock arithmetic: a week later is the same hour, also across summer time."""
    minutes, days, months = shift
    day = moved(start.date(), months, "month") + timedelta(days=days)
    return datetime.combine(day, start.timetz().replace(tzinfo=None), start.tzinfo) + timedelta(minutes=minutes)


def _booked(step: Step, memory: Memory) -> dict[str, Any]:
    """The hours of a booking, given only when they were said and differ from the event's own day."""
    when: Moment | None = step.slots.get("when")
    if when is None or when.time is None or when.end_time is None or when.day is None:
        return {}
    start = datetime.combine(when.day, when.time, memory.world.zone)
    end = _end(start, when, None)
    return {"start": start.isoformat(), "end": end.isoformat()} if end else {}


def open_points(step: Step, memory: Memory) -> list[str]:
    """What keeps a complete-looking step from being done: a change of time for an event whose time is not known here."""
    if step.operation != "update_event":
        return []
    known = memory.event(step.slots.get("event"))
    when: Moment | None = step.slots.get("when")
    needs_start = (
        (when is not None and (when.day is None or when.time is None))
        or step.slots.get("shift")
        or step.slots.get("end_time")
    )
    if needs_start and (known is None or known.start is None):
        return ["On which day and at what time should it start?"]
    return []
