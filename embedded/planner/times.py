"""Days and times of a clause as one moment, with the end where it was said apart (`at 8, until 11`); the grammar is in `agent.reading`."""

from __future__ import annotations

import re
from dataclasses import replace

from agent.reading.moment import Moment
from agent.reading.moments import read_moments
from embedded.planner.clauses import Clause
from embedded.planner.memory import Memory
from embedded.planner.utterance import Mention

_ENDS = re.compile(
    r"\b(?:until|till?|tot|end(?:s|ing)?|finish(?:es|ing)?|clos(?:es|ing)|over)\s+(?:(?:at|on|by|the)\s+)*$",
    re.IGNORECASE,
)


def as_end(clause: Clause, mention: Mention) -> Moment | None:
    """The moment as an end, where it stands behind `until`, `ending` and the like; None for any other."""
    found: Moment = mention.value
    if found.time is None or found.end_time is not None:
        return None
    if not _ENDS.search(clause.utterance.text[: mention.start]):
        return None
    return replace(found, kind="clock", day=None, time=None, end_day=found.day, end_time=found.time, loose=False)


def take_when(clause: Clause, *kinds: str) -> Moment | None:
    """Every day, time and duration of the clause as one moment; a day named twice keeps the last."""
    moment: Moment | None = None
    for mention in clause.mentions("WHEN"):
        found: Moment = mention.value
        if kinds and found.kind not in kinds:
            continue
        mention.used = True
        found = as_end(clause, mention) or found
        moment = found if moment is None else together(moment, found)
    return moment


def take_past(clause: Clause, memory: Memory) -> Moment | None:
    """The days of a report: without a year they lie behind us (`in October`, `since Friday`)."""
    mention = clause.take("WHEN")
    if mention is None:
        return None
    world = memory.world
    behind = read_moments(mention.text, world.now, world.zone, past=True, month_first=world.month_first)
    return behind[0] if behind and behind[0].day else mention.value


def together(first: Moment, second: Moment) -> Moment:
    """Two moments about one thing: what the second names wins, the rest stays."""
    clock = second if second.time is not None else first
    day = second if second.day is not None else first
    both = day.day is not None and clock.time is not None
    time = clock.time
    loose = clock.loose
    if loose and time is not None and day.part in ("afternoon", "evening", "night") and 1 <= time.hour < 12:
        time, loose = time.replace(hour=time.hour + 12), False
    return replace(
        first,
        kind="moment" if both else day.kind if day.day else "clock",
        day=day.day,
        end_day=second.end_day if second.day is None and second.end_day else day.end_day,
        time=time,
        loose=loose and day.part != "morning",
        end_time=second.end_time or first.end_time,
        part=second.part or first.part,
        doubt=day.doubt,
    )


def take_shift(clause: Clause) -> tuple[int, int, int] | None:
    """`half an hour earlier` as (minutes, days, months), negative towards earlier; None where the direction was not said."""
    mentions = clause.mentions("LENGTH")
    if not mentions:
        return None
    length: Moment = mentions[-1].value
    sign = length.sign
    if not sign:
        sign = -1 if clause.has(_EARLIER) else 1 if clause.has(_LATER) else 0
    elif sign > 0 and clause.has(r"\bbring\b.*\bforward\b"):
        sign = -1
    if not sign:
        return None
    mentions[-1].used = True
    return length.minutes * sign, length.days * sign, length.months * sign


_EARLIER = r"\b(?:forward|earlier|sooner|bring|up|advance)\b"
_LATER = r"\b(?:back|later|postpon\w+|delay\w*|push\w*|further|put\s+off|set\s+back)\b"
