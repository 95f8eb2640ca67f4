"""Days and times: what the person said, read again by our own grammar in the zone where the event is; never the model's arithmetic."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from agent.guard.questions import which_value
from agent.guard.slot import MISSING, Asked, Draft, Slot
from agent.guard.thread import Known, Thread
from agent.guard.turn import Turn
from agent.reading.dates import moved
from agent.reading.moment import Moment
from agent.reading.names import resolve
from tools.kit.zones import day_bounds

_UNTIL = re.compile(
    r"\b(?:until|till|til|tot|ends?|ending|ends?\s+at|over\s+at|finish\w*(?:\s+at)?|closes?(?:\s+at)?)\s+(?:at\s+)?$",
    re.IGNORECASE,
)
_LASTS = re.compile(
    r"\b(?:for|lasts?|lasting|takes?|of|long|voor|duurt|duration|run(?:s|ning)?(?:\s+for)?)\s*(?:about\s+)?$",
    re.IGNORECASE,
)
_MOVES = re.compile(r"\b(?:move|moving|shift|reschedul\w*|postpone\w*|push|bring|change|put)\b", re.IGNORECASE)
_SHIFT = re.compile(
    r"\b(?:minutes?|hours?|days?|weeks?)\s+(?:earlier|later|sooner|ahead|back|forwards?)\b", re.IGNORECASE
)
_EARLIER = re.compile(r"\b(?:forwards?|earlier|sooner|ahead|eerder|vroeger|before)\b", re.IGNORECASE)
_LONGEST_WORDS = 40


@dataclass(frozen=True, slots=True)
class Reading:
    """What one message says of a start: whole moments, or days and times that meet elsewhere."""

    whole: tuple[tuple[date, time], ...] = ()
    days: tuple[date, ...] = ()
    times: tuple[time, ...] = ()


def parsed(value: object) -> datetime | date | None:
    """A model's date or time as written: naive, with an offset, or a day alone; None for anything else."""
    if not isinstance(value, str) or len(value) > _LONGEST_WORDS:
        return None
    try:
        return date.fromisoformat(value) if len(value.strip()) <= 10 else datetime.fromisoformat(value.strip())
    except ValueError:
        return None


def local(value: Any, zone: ZoneInfo) -> datetime | None:
    """A moment of a row, as wall time in the zone."""
    found = value if isinstance(value, datetime) else parsed(value)
    if not isinstance(found, datetime):
        return None
    try:
        return found.replace(tzinfo=zone) if found.tzinfo is None else found.astimezone(zone)
    except (OverflowError, ValueError):
        return None


def zone_of(thread: Thread, draft: Draft) -> ZoneInfo:
    """Where the event is: the zone asked for, its own, its venue's, else the organisation's."""
    event, venue = draft.values.get("event"), draft.values.get("venue")
    rows = [_row(thread.events, event), _row(thread.venues, venue)]
    for name in (draft.values.get("timezone"), *(row.get("timezone") for row in rows if row)):
        if isinstance(name, str):
            try:
                return ZoneInfo(name)
            except (ZoneInfoNotFoundError, ValueError):
                continue
    return thread.zone


def _row(known: Sequence[Known], wanted: object) -> dict[str, Any] | None:
    if not isinstance(wanted, str):
        return None
    name = resolve(wanted, [one.name for one in known]).name
    return next((dict(one.row) for one in known if one.name == name or one.id == wanted.lower()), None)


def start_slot(thread: Thread, draft: Draft, value: object) -> Slot:
    """The start that was said. One reading stands against any model; several accept the model's if it is one of them."""
    zone = zone_of(thread, draft)
    known = local(draft.card.get("start_date"), zone) or local(
        (_row(thread.events, draft.values.get("event")) or {}).get("start_date"), zone
    )
    turns = thread.heard(draft.operation)
    clash = next((m for turn in turns[:1] for m in turn.moments if m.doubt == "clash" and m.day), None)
    if clash and clash.day:
        return Asked(f"{clash.day:%-d %B %Y} is a {clash.day:%A}. Which day do you mean?")
    if turns and _shift_unread(turns[0]):
        return Asked("To which day and time should it move?")
    if known is not None and turns and _shift_alone(turns[0]):
        return _shifted(turns[:1], known, value, zone)
    changing = draft.operation != "create_event" or bool(draft.card)
    if known is not None and changing and _only_latest(turns, thread, draft, known, value):
        return value
    days, times, whole = _said(turns, thread, draft, known)
    if not days and not times and not whole:
        return _shifted(turns, known, value, zone)
    given = parsed(value)
    readings = _combined(
        days, times, whole, known, given, changing=draft.operation != "create_event" or bool(draft.card)
    )
    if isinstance(readings, Asked):
        return readings
    return _settle(readings, given, value, zone, thread)


def _only_latest(turns: Sequence[Turn], thread: Thread, draft: Draft, known: datetime, value: object) -> bool:
    """Whether the latest message alone, said of the event as it stands, gives exactly the model's start."""
    given = parsed(value)
    days, times, whole = _said(turns[:1], thread, draft, known)
    if not (days or times or whole) or not isinstance(given, datetime) or given.tzinfo is None:
        return False
    readings = _combined(days, times, whole, known, given, changing=True)
    right = given.astimezone(known.tzinfo).replace(tzinfo=None)
    return not isinstance(readings, Asked) and len(set(readings)) == 1 and right == readings[0]


def _shift_alone(turn: Turn) -> Moment | None:
    """The length in `push it back half an hour`, where the message names no day and no time."""
    if any(moment.kind != "length" for moment in turn.moments):
        return None
    lengths = [
        m for m in turn.moments if m.sign or (_MOVES.search(turn.text) and not _LASTS.search(turn.text[: m.start]))
    ]
    return lengths[0] if len(lengths) == 1 else None


def _shift_unread(turn: Turn) -> bool:
    """Whether a message speaks of hours earlier or later that were read as something else."""
    shift = _SHIFT.search(turn.text)
    return shift is not None and not any(
        m.kind == "length" and m.start < shift.end() and shift.start() < m.end for m in turn.moments
    )


def _said(
    turns: Sequence[Turn], thread: Thread, draft: Draft, known: datetime | None
) -> tuple[list[date], list[time], list[tuple[date, time]]]:
    """The latest day and the latest time said; a whole moment where one message says both together."""
    days: list[date] = []
    times: list[time] = []
    for turn in turns:
        reading = _read(turn, thread, draft, known)
        if not days and not times and reading.whole:
            return [], [], list(reading.whole)
        if not days:
            days = list(dict.fromkeys([*reading.days, *(day for day, _ in reading.whole)]))
        if not times:
            times = list(dict.fromkeys([*reading.times, *(clock for _, clock in reading.whole)]))
        if days and times:
            break
    return days, times, []


def _read(turn: Turn, thread: Thread, draft: Draft, known: datetime | None) -> Reading:
    whole: list[tuple[date, time]] = []
    days: list[date] = []
    times: list[time] = []
    today = thread.now.astimezone(thread.zone).date()
    for moment in _own(turn, draft):
        before = turn.text[max(0, moment.start - 20) : moment.start]
        ends = _UNTIL.search(before) and not moment.end_time
        if moment.kind == "length" or _is_period(turn, moment) or (ends and moment.day is None):
            continue
        came_from = draft.operation.startswith("update_") and _leaves(turn, moment)
        day = moment.end_day if came_from and moment.end_day else moment.day
        clock = None if ends else moment.end_time if came_from and moment.end_time else moment.time
        readings = _days(day, moment.doubt, today, known) if day else []
        clocks = _clocks(clock, moment.loose) if clock is not None else []
        if readings and clocks:
            whole += [
                _midnight(one, other, nudge)
                for one in readings
                for other in clocks
                for nudge in ((0, 1) if other == time(0) else (0,))
            ]
        else:
            days, times = days + readings, times + clocks
    return Reading(tuple(whole), tuple(days), tuple(times))


def _leaves(turn: Turn, moment: Moment) -> bool:
    """`move it from 3 to 4 December`: the first is where it was."""
    before = turn.text[max(0, moment.start - 20) : moment.start]
    return bool(re.search(r"\bfrom\s+(?:the\s+)?$", before, re.IGNORECASE) and _MOVES.search(turn.text))


def _own(turn: Turn, draft: Draft) -> list[Moment]:
    """The moments of this call where a message makes several things, each with its own day."""
    moments = turn.moments
    dated = [m for m in moments if m.day is not None and m.time is not None]
    if len(draft.likes) == len(dated) > 1:
        return [dated[draft.place]]
    return moments


def _midnight(day: date, clock: time, nudge: int) -> tuple[date, time]:
    return day + timedelta(days=nudge), clock


def _is_period(turn: Turn, moment: Moment) -> bool:
    """`in December`, `next week`: a time to look in, not a day to start on."""
    if moment.kind != "range" or moment.day is None or moment.end_day is None:
        return False
    words = turn.text[moment.start : moment.end]
    return not re.search(r"\d", re.sub(r"20\d\d", "", words)) or (moment.end_day - moment.day).days > 21


def _days(day: date, doubt: str, today: date, known: datetime | None) -> list[date]:
    """What the words for a day may mean: 03/04 is two days, `next Friday` is two Fridays."""
    if doubt == "numeric":
        try:
            return [day, day.replace(month=day.day, day=day.month)]
        except ValueError:
            return [day]
    if doubt == "next weekday":
        return [day, *(early for early in (day - timedelta(days=7),) if early > today)]
    if doubt == "day of month" and known and day.day <= monthrange(known.year, known.month)[1]:
        return list(dict.fromkeys([known.date().replace(day=day.day), day]))
    if doubt == "weekday" and day == today:
        return [day, day + timedelta(days=7)]
    return [day]


def _clocks(clock: time, loose: bool) -> list[time]:
    return [clock.replace(hour=clock.hour + 12), clock] if loose and clock.hour < 12 else [clock]


def _combined(
    days: list[date],
    times: list[time],
    whole: list[tuple[date, time]],
    known: datetime | None,
    given: datetime | date | None,
    *,
    changing: bool,
) -> list[datetime] | Asked:
    if whole:
        return [datetime.combine(day, clock) for day, clock in whole]
    if not times:
        if known and changing:
            times = [known.time()]
        elif changing and isinstance(given, datetime):
            times = [given.replace(tzinfo=None).time()]
        else:
            return Asked("At what time does it start?")
    if not days:
        if known and changing:
            days = [known.date()]
        elif changing and given is not None:
            days = [given.date() if isinstance(given, datetime) else given]
        else:
            return Asked("On which day is it?")
    return [datetime.combine(day, clock) for day in days for clock in times]


def _settle(
    readings: Iterable[datetime], given: datetime | date | None, value: object, zone: ZoneInfo, thread: Thread
) -> Slot:
    said = list(dict.fromkeys(readings))
    if isinstance(given, datetime):
        wall = given.replace(tzinfo=None, second=0, microsecond=0)
        right = local(value, zone)
        if given.tzinfo and right and right.replace(tzinfo=None) in said:
            return value
        if wall in said:
            return wall.replace(tzinfo=zone).isoformat()
        said = [one for one in said if one.date() == wall.date()] or said
    elif given is not None:
        said = [one for one in said if one.date() == given] or said
    coming = [one for one in said if one.replace(tzinfo=zone) >= thread.now] or said
    if len(coming) == 1:
        return coming[0].replace(tzinfo=zone).isoformat()
    if (
        {one.time() for one in coming}
        and len({one.date() for one in coming}) == 1
        and len(coming) == 2
        and coming[0].hour % 12 == coming[1].hour % 12
    ):
        return which_value("time", [f"{one:%H:%M}" for one in coming])
    return which_value("moment", [f"{one:%A} {one.day} {one:%B %Y}, {one:%H:%M}" for one in coming])


def _shifted(turns: Sequence[Turn], known: datetime | None, value: object, zone: ZoneInfo) -> Slot:
    """`an hour later`, `a week earlier`: counted from the start as it stands."""
    for turn in turns[:2]:
        for moment in turn.moments:
            if moment.kind != "length" or (moment.sign == 0 and not _MOVES.search(turn.text)):
                continue
            if known is None:
                return value if isinstance(local(value, zone), datetime) else MISSING
            sign = -1 if _EARLIER.search(turn.text) else moment.sign or 1
            readings = [one for one in (_moved(known, moment, sign),) if one]
            given = local(value, zone)
            if given in readings:
                return (
                    value
                    if parsed(value) == given and getattr(parsed(value), "tzinfo", None)
                    else given.isoformat()
                    if given
                    else MISSING
                )
            return readings[0].isoformat() if readings else MISSING
    return MISSING


def _moved(start: datetime, length: Moment, sign: int) -> datetime | None:
    try:
        day = moved(start.date(), sign * length.days, "days")
        day = moved(day, sign * length.months, "months") if length.months else day
        return datetime.combine(day, start.time(), start.tzinfo) + timedelta(minutes=sign * length.minutes)
    except (OverflowError, ValueError):
        return None


def end_slot(thread: Thread, draft: Draft, value: object) -> Slot:
    """The end that was said: `until 11pm`, `for two hours`, `to 14 December`; an end nobody said is left out."""
    zone = zone_of(thread, draft)
    row = _row(thread.events, draft.values.get("event")) or {}
    start = local(draft.values.get("start_date"), zone) or local(row.get("start_date"), zone)
    said: list[datetime] = []
    for turn in thread.heard(draft.operation):
        said = [
            one for moment in _own(turn, draft) if not _leaves(turn, moment) for one in _ends(turn, moment, start, zone)
        ]
        if said:
            break
    given = local(value, zone)
    if given in said:
        keep = isinstance(parsed(value), datetime) and getattr(parsed(value), "tzinfo", None)
        return value if keep else given.isoformat() if given else MISSING
    return said[0].isoformat() if len(set(said)) == 1 else MISSING


def _ends(turn: Turn, moment: Moment, start: datetime | None, zone: ZoneInfo) -> list[datetime]:
    before = turn.text[max(0, moment.start - 24) : moment.start]
    if moment.kind == "length":
        if (
            start is None
            or moment.sign
            or not _LASTS.search(before + turn.text[moment.start : moment.end].split(" ")[0] + " ")
        ):
            return []
        end = _moved(start, moment, 1)
        return [end] if end else []
    until = bool(_UNTIL.search(before))
    clock = moment.end_time or (moment.time if until else None)
    day = moment.end_day or (moment.day if until or moment.end_time else None)
    if moment.end_day and clock is None and not _is_period(turn, moment):
        return [end for end in day_bounds(None, moment.end_day, zone) if end]
    if clock is None or (day is None and start is None):
        return []
    clocks = _clocks(clock, moment.loose) if until else [clock]
    base = day or (start.date() if start else date.min)
    ends = [datetime.combine(base, one, zone) for one in clocks]
    if moment.end_day is None and start:
        ends = [end if end > start else end + timedelta(days=1) for end in ends]
    return ends


def range_slots(thread: Thread, draft: Draft, first: object, last: object) -> tuple[Slot, Slot]:
    """From and to of a read: put right when the person's words give one range, otherwise left as the model sent them."""
    latest = thread.latest
    given = _day(first), _day(last)
    kept: tuple[Slot, Slot] = (first if given[0] else MISSING, last if given[1] else MISSING)
    if latest is None or not (given[0] or given[1]):
        return kept
    either = [m for m in (*latest.past_moments, *latest.moments) if m.day]
    spans = {(m.day, m.end_day or m.day) for m in either if m.day}
    if (given[0], given[1]) in spans or len(spans) != 1 or None in given:
        return kept
    begin, end = spans.pop()
    return begin.isoformat(), end.isoformat()


def instant_slot(thread: Thread, draft: Draft, value: object) -> Slot:
    """A moment of a read: given the zone where it lacks one."""
    found = local(value, zone_of(thread, draft))
    written = parsed(value)
    if found is None:
        return MISSING
    return value if isinstance(written, datetime) and written.tzinfo else found.isoformat()


def _day(value: object) -> date | None:
    found = parsed(value)
    return found.date() if isinstance(found, datetime) else found
