"""Times of the day in people's words: `7pm`, `half past seven in the evening`, `19:30`, `noon`; days are read in `dates`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time

from agent.reading.calendar_words import PARTS, alternation
from agent.reading.numerals import DUTCH, SMALL, small_number


@dataclass(frozen=True, slots=True)
class ClockMention:
    """A time of the day. `loose` means neither am nor pm was said; `weak` means it is a time only beside a day or a cue."""

    start: int
    end: int
    time: time
    loose: bool = False
    weak: bool = False


_HOUR_WORDS = [word for word, number in (SMALL | DUTCH).items() if 1 <= number <= 12]
_H = rf"(?P<h>\d{{1,2}}|{alternation(_HOUR_WORDS)})"
_PART = rf"(?P<part>{alternation(w for w in PARTS if w not in ('tonight', 'middag'))}|middag)"
_AP = r"(?P<ap>a\.?\s?m\b\.?|p\.?\s?m\b\.?)"
_TAIL = (
    r"(?:\s*(?:o'?\s?clock|uur|h(?:rs?|ours)?\b))?"
    rf"(?:\s*{_AP}|,?\s+(?:in\s+the|at|this|'s|’s|in\s+de|s)\s*{_PART}\b|\s+(?P<tonight>tonight|"
    rf"vanavond)\b|\s+(?P<sharp>sharp)\b)?"
)
_LED = (
    r"\b(?P<lead>at|@|om|from|until|till|to|by|around|about|vanaf|tot|starts?|starting|"
    r"begins?|beginning|start|doors(?:\s+open)?(?:\s+at)?)\s+"
)
_MINUTES = (
    r"(?P<past_minutes>five|ten|twenty-five|twenty five|twenty|vijf|tien|quarter|a\s+quarter|"
    r"kwart|half|5|10|20|25)"
)
_MINUTE_WORDS = {
    "five": 5,
    "ten": 10,
    "twenty": 20,
    "twenty-five": 25,
    "twenty five": 25,
    "vijf": 5,
    "tien": 10,
    "quarter": 15,
    "a quarter": 15,
    "kwart": 15,
    "half": 30,
}
_SPOKEN_MINUTES = {"fifteen": 15, "thirty": 30, "forty-five": 45, "forty five": 45, "oh five": 5}

_FLAGS = re.IGNORECASE
_FREE = r"(?<![\w.,:/])(?<!(?<!:\d\d)(?<![ap]m)-)"
"""Not inside a number or a date; a dash is fine behind another time (`10:00-13:00`, `7pm-11pm`)."""
_NOON = re.compile(
    r"\b(?:(?:12\s*)?noon|mid-?day|12\s+o'?clock\s+noon)\b|\b(?<!after)'?s\s+middags\s+om\s+twaalf\b", _FLAGS
)
_MIDNIGHT = re.compile(r"\b(?:midnight|middernacht)\b", _FLAGS)
_PAST = re.compile(
    rf"\b{_MINUTES}\s+(?:minutes?\s+)?(?P<side>past|after|to|before|over|voor|na)\s+{_H}\b(?!\s*[:.]\d){_TAIL}", _FLAGS
)
_HALF_EN = re.compile(
    rf"\bhalf\s+(?P<h>\d{{1,2}}|{alternation(w for w, n in SMALL.items() if 1 <= n <= 12)})\b{_TAIL}", _FLAGS
)
_HALF_NL = re.compile(rf"\bhalf\s+(?P<h>{alternation(w for w, n in DUTCH.items() if 1 <= n <= 12)})\b{_TAIL}", _FLAGS)
_MERIDIEM = re.compile(rf"{_FREE}(?P<h>\d{{1,2}})(?:[:.h]?(?P<m>[0-5]\d))?\s*{_AP}", _FLAGS)
_WORD_MERIDIEM = re.compile(
    rf"\b(?P<h>{alternation(_HOUR_WORDS)})(?:\s+(?P<spoken>{alternation(_SPOKEN_MINUTES)}))?(?:\s+o'?clock)?(?:\s*{_AP})",
    _FLAGS,
)
_COLON = re.compile(
    rf"{_FREE}(?P<h>[01]?\d|2[0-4])(?P<mark>:|h)(?P<m>[0-5]\d)(?::[0-5]\d)?(?![\d:]|\.\d){_TAIL}", _FLAGS
)
_H_ALONE = re.compile(
    r"(?<![\w.,:/-])(?P<h>[01]?\d|2[0-3])\s?(?:h|hrs|uur|u)\b(?:\s+(?:'s|’s)\s*(?P<part>"
    + alternation(PARTS)
    + r")\b)?",
    _FLAGS,
)
_MILITARY = re.compile(r"(?<![\w.,:/-])(?P<h>[01]\d|2[0-3])(?P<m>[0-5]\d)\s?(?:h|hrs|hours)\b", _FLAGS)
_DOTTED = re.compile(
    (
        rf"(?<![\w.,:/-])(?P<h>[01]?\d|2[0-3])\.(?P<m>00|15|30|45)(?![\d])(?!\.\d)(?P<hours>\s*(?:uur|"
        rf"hrs|h|o'?clock)\b)?{_TAIL}"
    ),
    _FLAGS,
)
_OCLOCK = re.compile(
    (
        rf"\b{_H}\s*(?:o'?\s?clock\b|uur\b)(?:\s*{_AP}|,?\s+(?:in\s+the|at|this|'s|’s|in\s+de)\s*{_PART}\b|"
        rf"\s+(?P<tonight>tonight|vanavond)\b)?"
    ),
    _FLAGS,
)
_PARTED = re.compile(
    (
        rf"\b{_H}(?:\s+(?P<spoken>{alternation(_SPOKEN_MINUTES)}))?(?:,?\s+(?:in\s+the|at|'s|"
        rf"’s|in\s+de)\s*{_PART}\b|\s+(?P<tonight>tonight|vanavond)\b)"
    ),
    _FLAGS,
)
_BARE = re.compile(
    (
        rf"{_LED}(?P<h>\d{{1,2}}|{alternation(_HOUR_WORDS)})(?:\s+(?P<spoken>{alternation(_SPOKEN_MINUTES)})"
        rf")?\b(?![.,:/]\d)(?!\s*%)(?:\s+sharp)?"
    ),
    _FLAGS,
)
_DAY_BARE = re.compile(r"(?<=,)\s+(?P<h>\d{1,2})(?=\s*(?:,|$))", _FLAGS)

PATTERNS = (
    _PAST,
    _HALF_NL,
    _HALF_EN,
    _MERIDIEM,
    _WORD_MERIDIEM,
    _COLON,
    _MILITARY,
    _DOTTED,
    _OCLOCK,
    _PARTED,
    _H_ALONE,
    _BARE,
    _DAY_BARE,
)


def _hour(word: str) -> int:
    return int(word) if word.isdigit() else small_number(word) or 0


def _minutes(groups: dict[str, str | None]) -> int:
    if groups.get("m"):
        return int(groups["m"] or 0)
    spoken = (groups.get("spoken") or "").lower()
    return _SPOKEN_MINUTES.get(spoken, 0)


def on_the_clock(hour: int, minute: int, part: str) -> tuple[time, bool] | None:
    """An hour as said with `am`, `pm` or a part of the day -> (time, loose); None for no time of the day."""
    if not 0 <= hour <= 24 or not 0 <= minute < 60 or (hour == 24 and minute):
        return None
    if part == "am":
        return (time(hour % 12, minute), False) if 1 <= hour <= 12 else None
    if part == "pm":
        return (
            (time(hour % 12 + 12, minute), False)
            if 1 <= hour <= 12
            else (time(hour, minute), False)
            if hour < 24
            else None
        )
    if part == "morning":
        return time(hour % 24, minute), False
    if part == "afternoon" or part == "evening":
        return time((hour + 12) % 24 if hour < 12 else hour % 24, minute), False
    if part == "night":
        return time((hour + 12) % 24 if 5 <= hour <= 12 else hour % 24, minute), False
    return time(hour % 24, minute), 1 <= hour <= 12


def _read(match: re.Match[str], pattern: re.Pattern[str]) -> ClockMention | None:
    groups = match.groupdict()
    hour, minute = _hour(match["h"]), _minutes(groups)
    if pattern is _PAST:
        minutes = _MINUTE_WORDS.get(re.sub(r"\s+", " ", match["past_minutes"].lower())) or int(match["past_minutes"])
        before = match["side"].lower() in ("to", "before", "voor")
        hour, minute = ((hour - 1) or 12, 60 - minutes) if before else (hour, minutes)
    elif pattern is _HALF_EN:
        minute = 30
    elif pattern is _HALF_NL:
        hour, minute = (hour - 1) or 12, 30
    meridiem = (groups.get("ap") or "").lower()[:1]
    part = {"a": "am", "p": "pm"}.get(meridiem) or (
        "evening" if groups.get("tonight") else PARTS.get((groups.get("part") or "").lower(), "")
    )
    placed = on_the_clock(hour, minute, part)
    if placed is None:
        return None
    clock, loose = placed
    literal = (pattern is _COLON and (len(match["h"]) == 2)) or (
        pattern in (_MILITARY,) or (pattern is _DOTTED and len(match["h"]) == 2 and hour != 12)
    )
    start = match.start("h") if pattern in (_BARE, _DAY_BARE) else match.start()
    weak = pattern in (_BARE, _DAY_BARE) or (pattern is _DOTTED and not (groups.get("hours") or part))
    return ClockMention(start, match.end(), clock, loose and not literal, weak)


def read_clocks(text: str) -> list[ClockMention]:
    """Every time of the day, left to right. Midnight is the very start of a day."""
    found: list[tuple[int, ClockMention]] = []
    for match in _NOON.finditer(text):
        found.append((0, ClockMention(match.start(), match.end(), time(12))))
    for match in _MIDNIGHT.finditer(text):
        found.append((0, ClockMention(match.start(), match.end(), time(0))))
    for order, pattern in enumerate(PATTERNS, 1):
        for match in pattern.finditer(text):
            clock = _read(match, pattern)
            if clock is not None:
                found.append((order, clock))
    kept: list[ClockMention] = []
    for _, clock in sorted(found, key=lambda f: (f[1].weak, f[1].start, -f[1].end, f[0])):
        if not any(clock.start < other.end and other.start < clock.end for other in kept):
            kept.append(clock)
    return sorted(kept, key=lambda clock: clock.start)
