"""Days and clocks put together: moments, ranges and lengths, relative to a given now; the grammar's parts live in `dates` and `clock`."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from agent.reading.calendar_words import PARTS, alternation
from agent.reading.clock import ClockMention, read_clocks
from agent.reading.dates import Calendar, DayMention, read_days
from agent.reading.moment import Moment
from agent.reading.ranges import read_day_spans, read_hour_spans, read_lengths, read_months, read_periods
from agent.reading.spans import clip, overlaps, without_overlaps

_FLAGS = re.IGNORECASE
_GAP = re.compile(
    (
        r"[\s,]*(?:(?:and\s+)?(?:at|@|om|from|starting(?:\s+at|\s+from)?|starts?(?:\s+at)?|"
        r"around|about|van(?:af)?|the|in\s+the|doors(?:\s+open)?(?:\s+at)?|-|–|\()[\s,]*)?"
    ),
    _FLAGS,
)
_GAP_BACK = re.compile(r"[\s,]*(?:(?:on|op|the|,|of)[\s,]*){0,2}", _FLAGS)
_RANGE_GAP = re.compile(
    r"\s*(?:to|until|till|through|thru|tot(?:\s+en\s+met)?|t/m|-|–|and|en|up\s+to)\s*(?:the\s+)?", _FLAGS
)
_FROM = re.compile(r"\b(?:from|between|van|tussen)\s+(?:the\s+)?$", _FLAGS)


def _weave(text: str, days: list[DayMention], clocks: list[Moment]) -> list[Moment]:
    """Join every day with the clock beside it, before or behind."""
    free = list(clocks)
    woven: list[Moment] = []
    for day in days:
        moment = Moment(
            day.start,
            day.end,
            "day",
            day=day.day,
            part=day.part,
            doubt=day.relative if day.relative != "no year" else "",
        )
        after = next((c for c in free if c.start >= day.end and _GAP.fullmatch(text[day.end : c.start])), None)
        before = next((c for c in free if c.end <= day.start and _GAP_BACK.fullmatch(text[c.end : day.start])), None)
        clock = after or before
        if clock:
            free.remove(clock)
            moment = _with_clock(moment, clock)
        woven.append(moment)
    return sorted([*woven, *free], key=lambda m: m.start)


def _with_clock(moment: Moment, clock: Moment) -> Moment:
    """The day with a time of the day; `Friday evening at 8` tells which 8."""
    said, loose = clock.time, clock.loose
    if said is not None and loose and moment.part and moment.part != "morning" and 1 <= said.hour < 12:
        said, loose = said.replace(hour=said.hour + 12), False
    elif loose and moment.part:
        loose = False
    return replace(
        moment,
        start=min(moment.start, clock.start),
        end=max(moment.end, clock.end),
        kind="moment",
        time=said,
        loose=loose,
        end_time=clock.end_time,
    )


def _pair_up(text: str, moments: list[Moment]) -> list[Moment]:
    """`from A to B`, `between A and B`, `7pm until 11pm`: two moments that are the ends of one range."""
    paired: list[Moment] = []
    for moment in moments:
        last = paired[-1] if paired else None
        gap = text[last.end : moment.start] if last else ""
        if last is None or not _RANGE_GAP.fullmatch(gap) or last.end_time or (last.end_day and last.kind != "range"):
            paired.append(moment)
            continue
        led = _FROM.search(text[max(0, last.start - 12) : last.start])
        if last.time and moment.time and moment.day is None:
            end = moment.time
            if (
                last.loose
                and not moment.loose
                and last.time.hour < 12
                and end.hour > 12
                and last.time.hour + 12 < end.hour
            ):
                last = replace(last, time=last.time.replace(hour=last.time.hour + 12), loose=False)
            paired[-1] = replace(last, end=moment.end, end_time=end)
        elif (
            last.day and moment.day and not last.time and not moment.time and (led or not gap.strip().startswith("and"))
        ):
            paired[-1] = replace(last, end=moment.end, kind="range", end_day=moment.end_day or moment.day, doubt="")
        elif last.day and moment.day and last.time and moment.time:
            paired[-1] = replace(last, end=moment.end, end_day=moment.day, end_time=moment.time)
        else:
            paired.append(moment)
    return paired


_CUE = re.compile(
    (
        r"(?:\bstarts?|\bstarting|\bbegins?|\bbeginning|\bkicks?\s+off|\bdoors(?:\s+open)?|"
        r"\bmake\s+(?:it|that)|\bopens?|\btime|\btill|\buntil|\bmove\s+it|\bbe|\bagain)(?:\s+(?:be|"
        r"to|at|from|around|for|it))*\s*$"
    ),
    _FLAGS,
)


def _clocks(text: str, days: list[DayMention]) -> list[Moment]:
    """The times of the day; a bare `at 7` counts only beside a day, behind `starts at` and the like, or up to another time."""
    kept = []
    spans = [c for c in read_clocks(text) if not overlaps(c, days)]
    for clock in spans:
        if (
            not clock.weak
            or _beside(text, clock, days)
            or _CUE.search(text[max(0, clock.start - 30) : clock.start])
            or _opens_range(text, clock, spans)
        ):
            kept.append(Moment(clock.start, clock.end, "clock", time=clock.time, loose=clock.loose))
    return kept


def _beside(text: str, clock: ClockMention, days: list[DayMention]) -> bool:
    after = any(clock.start >= d.end and _GAP.fullmatch(text[d.end : clock.start]) for d in days)
    return after or any(clock.end <= d.start and _GAP_BACK.fullmatch(text[clock.end : d.start]) for d in days)


def _opens_range(text: str, clock: ClockMention, others: list[ClockMention]) -> bool:
    return any(not o.weak and o.start > clock.end and _RANGE_GAP.fullmatch(text[clock.end : o.start]) for o in others)


def read_moments(
    text: str, now: datetime, zone: ZoneInfo, *, past: bool = False, month_first: bool = False
) -> list[Moment]:
    """Every day, time, range and length in the text, left to right, in the wall time of `zone`.

    `past` turns a day or month without a year backwards (reports). `month_first` reads 03/04 as 4 March. Dates in other languages
    than English and Dutch are tried with dateparser when nothing else is found. Never raises on any text.
    """
    text = clip(text)
    calendar = Calendar(now.astimezone(zone).date(), past, month_first)
    spans = read_day_spans(text, calendar)
    days = [d for d in read_days(text, calendar) if not overlaps(d, spans)]
    hours = read_hour_spans(text)
    clocks = [*hours, *(c for c in _clocks(text, days) if not overlaps(c, [*hours, *spans]))]
    points = _weave(text, days, sorted(clocks, key=lambda c: c.start))
    periods = without_overlaps([*read_months(text, calendar), *read_periods(text, calendar)])
    wide = [*spans, *(p for p in periods if not overlaps(p, [*points, *spans]))]
    moments = _pair_up(text, sorted([*points, *wide], key=lambda m: m.start))
    lengths = [length for length in read_lengths(text) if not overlaps(length, moments)]
    found = sorted([*moments, *lengths], key=lambda m: m.start)
    if not found:
        from agent.reading.other_languages import read_foreign_days  # dateparser takes most of a second to load

        found = read_foreign_days(text, calendar)
    return found


def part_of_day(text: str) -> str:
    """The part of the day a text speaks of (`morning`, `afternoon`, `evening`, `night`), or an empty string."""
    match = re.search(rf"\b({alternation(PARTS)})\b", text, _FLAGS)
    return PARTS[match.group(1).lower()] if match else ""
