"""IANA zones and days: what a date means where the event is."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Annotated
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator, Field

# Not places: what this one machine is set to, and what stands for "not set".
_NOT_PLACES = {"localtime", "Factory"}


@cache
def known_zones() -> frozenset[str]:
    return frozenset(available_timezones()) - _NOT_PLACES


def _known_zone(name: str) -> str:
    if name not in known_zones():
        raise ValueError(f"{name!r} is not an IANA time zone, e.g. Europe/Amsterdam")
    return name


Timezone = Annotated[
    str, Field(max_length=100, description="IANA zone, e.g. Europe/Amsterdam"), AfterValidator(_known_zone)
]


def day_bounds(first: date | None, last: date | None, zone: ZoneInfo) -> tuple[datetime | None, datetime | None]:
    """From the start of `first` to the start of the day after `last`, both in the zone; None stays open."""
    start = datetime.combine(first, time.min, zone) if first else None
    end = datetime.combine(last + timedelta(days=1), time.min, zone) if last and last < date.max else None
    return start, end


def say_when(start: datetime, end: datetime | None, zone: str) -> str:
    """`Sat 12 Dec 2026, 19:00-22:00`, in the event's own zone."""
    local = start.astimezone(ZoneInfo(zone))
    text = f"{local:%a} {local.day} {local:%b %Y, %H:%M}"
    if end is None:
        return text
    ending = end.astimezone(ZoneInfo(zone))
    same_day = ending.date() == local.date()
    return f"{text}–{ending:%H:%M}" if same_day else f"{text} – {ending:%a} {ending.day} {ending:%b, %H:%M}"
