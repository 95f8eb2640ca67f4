"""A moment as people say it: the type the date readers share; reading happens in `moments`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from datetime import time as Clock
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Moment:
    """When something is, as far as the words tell.

    `day` and `time` are wall time in the reader's zone; `end_day` and `end_time` are set for ranges (`end_day` inclusive).
    `loose` marks an hour said without am or pm. `doubt` names what the words leave open: `numeric` (03/04), `clash` (a weekday
    that is not that date), `next weekday`, or nothing. A `length` (`two hours later`, `by a week`) has `minutes`, `days` or
    `months` and a `sign`.
    """

    start: int
    end: int
    kind: str
    day: date | None = None
    time: Clock | None = None
    end_day: date | None = None
    end_time: Clock | None = None
    part: str = ""
    loose: bool = False
    doubt: str = ""
    minutes: int = 0
    days: int = 0
    months: int = 0
    sign: int = 0

    def at(self, zone: ZoneInfo, day: date | None = None, clock: Clock | None = None) -> datetime | None:
        """The instant meant, with the zone's offset; `day` and `clock` stand in for what was not said."""
        day, clock = self.day or day, self.time if self.time is not None else clock
        return None if day is None or clock is None else datetime.combine(day, clock, zone)
