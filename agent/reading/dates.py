"""Days in people's words: `12 December`, `next Friday`, `the day after tomorrow`; clocks and ranges are read elsewhere."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from agent.reading.calendar_words import (
    FEASTS,
    LONG_WEEKDAYS,
    MONTHS,
    ORDINALS,
    PARTS,
    SHORT_WEEKDAYS,
    WEEKDAYS,
    alternation,
)
from agent.reading.numerals import small_number


@dataclass(frozen=True, slots=True)
class DayMention:
    """A day as said. `part` is the part of the day named with it (`Friday evening`)."""

    start: int
    end: int
    day: date
    part: str = ""
    relative: str = ""
    """Set where the words alone leave room: `weekday`, `next weekday`, `day of month`, `numeric`, `clash`, `no year`."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """What day it is, which way a day without a year points, and how `03/04` is read."""

    today: date
    past: bool = False
    """`in October`, said in November, is behind us in a report and ahead of us in a plan."""
    month_first: bool = False

    def nearest(self, month: int, day: int) -> date:
        """The day without a year, on the side of today that is meant. Raises ValueError for a day that does not exist."""
        years = (
            range(self.today.year, self.today.year + 9)
            if not self.past
            else range(self.today.year, self.today.year - 9, -1)
        )
        for year in years:
            if day > monthrange(year, month)[1]:
                continue
            found = date(year, month, day)
            if (found <= self.today) if self.past else (found >= self.today):
                return found
        raise ValueError(f"no day {day} in month {month}")

    def weekday(self, weekday: int, weeks: int | None = None) -> date:
        """The coming weekday (today included), or the one in the week `weeks` from this one."""
        monday = self.today - timedelta(days=self.today.weekday())
        if weeks is not None:
            return monday + timedelta(days=weekday, weeks=weeks)
        ahead = (weekday - self.today.weekday()) % 7
        return self.today + timedelta(days=ahead - (7 if self.past and ahead else 0))


_M = rf"(?P<month>{alternation(MONTHS)})\b\.?"
_D = r"(?P<day>\d{1,2})(?:\s?(?:st|nd|rd|th|e|de|ste))?"
_Y = r"(?:,?\s+(?P<year>20[2-9]\d)\b|\s+'(?P<short>[2-9]\d)\b)?"
_NOT_COUNT = r"(?!\d)(?!\s+(?:[^\W\d_]+\s+){0,2}(?:tickets?|seats|places|passes|people|guests|kaartjes|kaarten)\b)"
_WEEKDAY_FIRST = rf"(?:(?P<weekday>{alternation(WEEKDAYS)})\b\.?,?\s+(?:the\s+|de\s+)?)?"
_LW = rf"(?P<weekday>{alternation(LONG_WEEKDAYS)})(?:s?\b)"
_SPELLED_DAY = (
    r"(?P<spelled>twenty[\s-]first|twenty[\s-]second|twenty[\s-]third|twenty[\s-]fourth|"
    r"twenty[\s-]fifth|twenty[\s-]sixth|twenty[\s-]seventh|"
    r"twenty[\s-]eighth|twenty[\s-]ninth|thirty[\s-]first|first|second|third|fourth|fifth|"
    r"sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|"
    r"thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|thirtieth)"
)
_FIRST_TWENTY = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
]
_SPELLED = {word: number for number, word in enumerate(_FIRST_TWENTY, 1)} | {"thirtieth": 30, "thirty first": 31}
_SPELLED |= {f"twenty {word}": 20 + number for number, word in enumerate(_FIRST_TWENTY[:9], 1)}
_NEXT = (
    r"(?P<which>next|this|coming|this\s+coming|upcoming|the\s+coming|the\s+following|last|"
    r"past|volgende|deze|komende|aanstaande|aankomende|vorige|afgelopen)"
)
_COUNT = (
    r"(?P<count>\d{1,3}|an?|één|een|one|two|three|four|five|six|seven|eight|nine|ten|twee|"
    r"drie|vier|vijf|zes)"
)
_UNIT = r"(?P<unit>days?|weeks?|fortnights?|months?|dag(?:en)?|we(?:e)?k(?:en)?|maand(?:en)?)"
_PART = rf"(?:\s+(?:in\s+the\s+|s\s+)?'?(?P<part>{alternation(w for w in PARTS if w != 'tonight')})\b)?"

Rule = Callable[[re.Match[str], Calendar], DayMention | None]


def _found(match: re.Match[str], day: date, relative: str = "") -> DayMention:
    said = match.groupdict().get("part") or ""
    return DayMention(match.start(), match.end(), day, PARTS.get(said.lower(), ""), relative)


def _iso(match: re.Match[str], calendar: Calendar) -> DayMention:
    return _found(match, date(int(match["year"]), int(match["month"]), int(match["day"])))


def _year(match: re.Match[str]) -> int | None:
    groups = match.groupdict()
    if groups.get("year"):
        year = int(groups["year"])
        return year + 2000 if year < 100 else year
    return 2000 + int(groups["short"]) if groups.get("short") else None


def _day_of_month(match: re.Match[str], calendar: Calendar) -> DayMention:
    groups = match.groupdict()
    spelled = re.sub(r"[\s-]+", " ", groups.get("spelled") or "").lower()
    day = _SPELLED[spelled] if spelled else int(match["day"])
    return _placed(match, calendar, MONTHS[match["month"].lower()], day)


def _placed(match: re.Match[str], calendar: Calendar, month: int, day: int, relative: str = "") -> DayMention:
    year = _year(match)
    found = date(year, month, day) if year else calendar.nearest(month, day)
    weekday = (match.groupdict().get("weekday") or "").lower()
    if weekday and WEEKDAYS[weekday] != found.weekday():
        return _found(match, found, "clash")
    return _found(match, found, relative or ("" if year else "no year"))


def _numeric(match: re.Match[str], calendar: Calendar) -> DayMention:
    first, second = int(match["first"]), int(match["second"])
    if second > 12 or (calendar.month_first and first <= 12):
        first, second = second, first
    both = first <= 12 and second <= 12 and first != second
    return _placed(match, calendar, second, first, "numeric" if both else "")


def _feast(match: re.Match[str], calendar: Calendar) -> DayMention | None:
    for pattern, (month, day) in FEASTS.items():
        if re.match(pattern, match.group(), re.IGNORECASE):
            return _placed(match, calendar, month, day)
    return None


def _near(match: re.Match[str], calendar: Calendar) -> DayMention:
    words = re.sub(r"\s+", " ", match["near"].lower())
    if words.endswith(("after tomorrow",)) or words == "overmorgen":
        days = 2
    elif words.startswith("tomorrow") or words == "morgen":
        days = 1
    elif "before yesterday" in words or words == "eergisteren":
        days = -2
    elif words in ("yesterday", "gisteren"):
        days = -1
    else:
        days = 0
    found = _found(match, calendar.today + timedelta(days=days))
    evening = words in ("tonight", "vanavond", "this evening")
    part = (
        "evening"
        if evening
        else {
            "vanmiddag": "afternoon",
            "this afternoon": "afternoon",
            "vanochtend": "morning",
            "this morning": "morning",
        }.get(words, found.part)
    )
    return DayMention(found.start, found.end, found.day, part)


def _which_weekday(match: re.Match[str], calendar: Calendar) -> DayMention:
    which = re.sub(r"\s+", " ", match["which"].lower())
    weekday = WEEKDAYS[match["weekday"].lower()]
    coming = calendar.weekday(weekday)
    if which in ("next", "volgende"):
        return _found(match, calendar.weekday(weekday, 1), "next weekday")
    if which in ("last", "past", "vorige", "afgelopen"):
        before = (calendar.today.weekday() - weekday) % 7 or 7
        return _found(match, calendar.today - timedelta(days=before))
    return _found(match, coming, "weekday")


def _plain_weekday(match: re.Match[str], calendar: Calendar) -> DayMention:
    return _found(match, calendar.weekday(WEEKDAYS[match["weekday"].lower()]), "weekday")


def _weekday_of_week(match: re.Match[str], calendar: Calendar) -> DayMention:
    which = (match["which"] or "").lower()
    weeks = 1 if which in ("next", "volgende") else -1 if which in ("last", "vorige") else 0
    return _found(match, calendar.weekday(WEEKDAYS[match["weekday"].lower()], weeks))


def _weekday_in_month(match: re.Match[str], calendar: Calendar) -> DayMention:
    month, nth = MONTHS[match["month"].lower()], ORDINALS[match["nth"].lower()]
    year = _year(match) or calendar.nearest(month, monthrange(calendar.today.year, month)[1]).year
    return _found(match, nth_weekday(year, month, WEEKDAYS[match["weekday"].lower()], nth))


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date:
    """The nth (or, for -1, last) weekday of a month. Raises ValueError where the month has no such day."""
    last = monthrange(year, month)[1]
    days = [d for d in range(1, last + 1) if date(year, month, d).weekday() == weekday]
    if nth > len(days):
        raise ValueError("the month has no such weekday")
    return date(year, month, days[nth - 1 if nth > 0 else -1])


def _count(words: str) -> int:
    words = words.lower()
    return int(words) if words.isdigit() else 1 if words in ("a", "an", "een") else small_number(words) or 1


def _ahead(match: re.Match[str], calendar: Calendar) -> DayMention:
    groups = match.groupdict()
    base = calendar.today
    if groups.get("weekday"):
        base = calendar.weekday(WEEKDAYS[groups["weekday"].lower()])
    elif (groups.get("base") or "").lower() == "tomorrow":
        base += timedelta(days=1)
    back = -1 if "ago" in match.group().lower() or "geleden" in match.group().lower() else 1
    count = _count(groups.get("count") or "a") * back
    return _found(match, moved(base, count, groups.get("unit") or "week"))


def moved(day: date, count: int, unit: str) -> date:
    """The day so many units on (or back, for a negative count). Raises ValueError or OverflowError outside the calendar."""
    unit = unit.lower()
    if unit.startswith(("month", "maand")):
        months = day.year * 12 + day.month - 1 + count
        year, month = divmod(months, 12)
        return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
    days = 14 if unit.startswith("fort") else 7 if unit.startswith("we") else 1
    return day + timedelta(days=days * count)


def _bare_day(match: re.Match[str], calendar: Calendar) -> DayMention | None:
    spelled = re.sub(r"[\s-]+", " ", match.groupdict().get("spelled") or "").lower()
    day = _SPELLED[spelled] if spelled else int(match["day"])
    for months in range(13):
        candidate = moved(calendar.today.replace(day=1), months, "month")
        if day <= monthrange(candidate.year, candidate.month)[1] and candidate.replace(day=day) >= calendar.today:
            return _found(match, candidate.replace(day=day), "day of month")
    return None


_FLAGS = re.IGNORECASE
RULES: list[tuple[re.Pattern[str], Rule]] = [
    (re.compile(r"(?<![\d-])(?P<year>20\d\d)-(?P<month>\d\d)-(?P<day>\d\d)(?![\d-])", _FLAGS), _iso),
    (
        re.compile(
            rf"\b{_WEEKDAY_FIRST}(?:the\s+)?{_D}(?:\s+(?:of|van)\s+|\s*-\s*|\s*){_M}{_Y}(?!\w){_NOT_COUNT}{_PART}",
            _FLAGS,
        ),
        _day_of_month,
    ),
    (
        re.compile(
            rf"\b{_WEEKDAY_FIRST}{_M}\s+(?:the\s+)?{_D}(?!\s*[.:]\d)(?!\s*[ap]\.?m\b){_Y}(?!\w){_NOT_COUNT}{_PART}",
            _FLAGS,
        ),
        _day_of_month,
    ),
    (re.compile(rf"\b{_WEEKDAY_FIRST}(?:the\s+)?{_SPELLED_DAY}\s+(?:of\s+)?{_M}{_Y}{_PART}", _FLAGS), _day_of_month),
    (re.compile(rf"\b{_WEEKDAY_FIRST}{_M}\s+(?:the\s+)?{_SPELLED_DAY}\b{_Y}{_PART}", _FLAGS), _day_of_month),
    (
        re.compile(
            (
                rf"(?<![\d/.:-]){_WEEKDAY_FIRST}(?P<first>[0-3]?\d)(?P<mark>[/.-])(?P<second>[0-3]?\d)(?P=mark)(?P<year>20\d\d|"
                rf"[2-9]\d)(?![\d/]|[.-]\d){_PART}"
            ),
            _FLAGS,
        ),
        _numeric,
    ),
    (
        re.compile(
            rf"(?<![\d/.:-]){_WEEKDAY_FIRST}(?P<first>[0-3]?\d)/(?P<second>[01]?\d)(?![\d/:]|[.,]\d){_PART}", _FLAGS
        ),
        _numeric,
    ),
    (re.compile("(?:" + "|".join(rf"\b{p}" for p in FEASTS) + ")", _FLAGS), _feast),
    (
        re.compile(rf"\b(?P<nth>{alternation(ORDINALS)})\s+{_LW}\s+(?:of|in|van)\s+{_M}{_Y}{_PART}", _FLAGS),
        _weekday_in_month,
    ),
    (
        re.compile(
            r"\b(?P<near>(?:the\s+)?day\s+after\s+tomorrow|overmorgen|(?:the\s+)?day\s+before\s+yesterday|"
            r"eergisteren|tomorrow|(?<!goede)(?<!goede )morgen|"
            rf"today|vandaag|tonight|vanavond|vanmiddag|vanochtend|this\s+evening|this\s+afternoon|"
            rf"this\s+morning|yesterday|gisteren)\b{_PART}",
            _FLAGS,
        ),
        _near,
    ),
    (
        re.compile(rf"\b{_LW}{_PART},?\s+(?:of\s+)?(?P<which>next|this|volgende|deze)\s+week\b", _FLAGS),
        _weekday_of_week,
    ),
    (
        re.compile(
            rf"\b(?P<which>next|this|last|volgende|deze|vorige)\s+week,?\s+(?:on\s+|op\s+)?{_LW}{_PART}", _FLAGS
        ),
        _weekday_of_week,
    ),
    (
        re.compile(
            (
                rf"\b{_COUNT}\s+{_UNIT}\s+(?:from|after|on|from\s+this)\s+(?:{_LW}|(?P<base>today|tomorrow|"
                rf"now)\b){_PART}"
            ),
            _FLAGS,
        ),
        _ahead,
    ),
    (re.compile(rf"\b(?:in|over)\s+{_COUNT}\s+{_UNIT}(?:'?s?\s+time)?(?!\w){_PART}", _FLAGS), _ahead),
    (re.compile(rf"\b{_COUNT}\s+{_UNIT}\s+(?:ago|geleden)\b", _FLAGS), _ahead),
    (re.compile(rf"\b{_LW}\s+week\b", _FLAGS), _ahead),
    (re.compile(rf"\b{_NEXT}\s+{_LW}{_PART}", _FLAGS), _which_weekday),
    (re.compile(rf"\b{_NEXT}\s+(?P<weekday>{alternation(SHORT_WEEKDAYS)})\b\.?{_PART}", _FLAGS), _which_weekday),
    (re.compile(rf"\b{_LW}{_PART}", _FLAGS), _plain_weekday),
    (re.compile(rf"(?<=\bon )(?P<weekday>{alternation(SHORT_WEEKDAYS)})\b{_PART}", _FLAGS), _plain_weekday),
    (re.compile(rf"(?<=\bto )(?P<weekday>{alternation(SHORT_WEEKDAYS)})\b{_PART}", _FLAGS), _plain_weekday),
    (
        re.compile(
            (
                rf"(?<!\w)(?:(?P<weekday>{alternation(LONG_WEEKDAYS)})\s+)?the\s+(?P<day>\d{{1,2}})\s?(?:st|"
                rf"nd|rd|th)\b(?!\s+(?:order|ticket|event|one|edition|anniversary)){_PART}"
            ),
            _FLAGS,
        ),
        _bare_day,
    ),
    (re.compile(rf"(?<=\bon )the\s+{_SPELLED_DAY}\b(?!\s+(?:one|order|event|\w+day)){_PART}", _FLAGS), _bare_day),
    (re.compile(rf"(?<=\bto )the\s+{_SPELLED_DAY}\b(?=\s*(?:$|[,.;!?]|at\b|and\b|instead)){_PART}", _FLAGS), _bare_day),
    (re.compile(r"(?<=\bop )(?:de\s+)?(?P<day>\d{1,2})(?:e|de|ste)\b", _FLAGS), _bare_day),
]


def read_days(text: str, calendar: Calendar) -> list[DayMention]:
    """Every day named, left to right; where two readings overlap the earlier and longer wins."""
    found: list[tuple[int, DayMention]] = []
    for order, (pattern, rule) in enumerate(RULES):
        for match in pattern.finditer(text):
            try:
                mention = rule(match, calendar)
            except (ValueError, OverflowError):
                continue
            if mention is not None:
                found.append((order, mention))
    kept: list[DayMention] = []
    for _, mention in sorted(found, key=lambda f: (f[1].start, -f[1].end, f[0])):
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    return kept
