"""Stretches of time in people's words: months, weeks, `12-14 December`, `two hours later`, `7-11pm`; days are read in `dates`."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import replace
from datetime import date, timedelta
from datetime import time as Clock

from agent.reading.calendar_words import LONG_MONTHS, MONTHS, ORDINALS, alternation, behind
from agent.reading.dates import Calendar, moved, nth_weekday
from agent.reading.moment import Moment
from agent.reading.numerals import small_number

_FLAGS = re.IGNORECASE
_MONTH_RANGE = re.compile(
    (
        rf"\b(?:(?P<edge>early|mid|late|begin|half|eind)[\s-]+)?(?:(?P<which>next|this|last|"
        rf"past|volgende?|deze|vorige?|afgelopen|komende)\s+)?(?P<month>{alternation(LONG_MONTHS)})\b(?:,"
        rf"?\s+(?P<year>20[2-9]\d)\b)?"
    ),
    _FLAGS,
)


_SHORT_MONTH_RANGE = re.compile(
    rf"{behind('in', 'of', 'or')}(?P<month>{alternation(MONTHS)})\b\.?(?:,?\s+(?P<year>20[2-9]\d)\b)?", _FLAGS
)


_MAY = re.compile(
    (
        rf"{behind('in', 'of', 'or', 'by')}(?P<month>may|mei)\b(?:,?\s+(?P<year>20[2-9]\d)\b)?|"
        rf"\b(?P<which>next|this|last) (?P<month2>may)\b"
    ),
    _FLAGS,
)


_PERIOD = re.compile(
    (
        r"\b(?P<which>next|this|last|past|previous|current|coming|volgende?|deze|dit|vorige?|"
        r"afgelopen|komende?|the\s+rest\s+of\s+(?:the|this)|rest\s+of\s+the)\s+"
        r"(?P<unit>week-?end|week|month|year|quarter|maand|jaar|kwartaal)\b(?!\s*,?\s*(?:on\s+|"
        r"op\s+)?(?:mon|tues|wednes|thurs|fri|satur|sun|maan|dins|woens|donder|vrij|zater|"
        r"zon)da)"
    ),
    _FLAGS,
)


_COMING = re.compile(
    (
        r"\b(?:(?:the\s+|de\s+)?(?P<which>next|coming|following|last|past|previous|komende|"
        r"afgelopen)|within(?:\s+the\s+next)?|binnen)\s+(?P<count>\d{1,3}|[a-zéë]{3,9}|a\s+couple\s+of|"
        r"couple\s+of)\s+(?P<unit>days|weeks|months|dagen|weken|maanden)\b"
    ),
    _FLAGS,
)


_WEEK_OF_MONTH = re.compile(
    (
        rf"\b(?:the\s+)?(?P<nth>{alternation(ORDINALS)})\s+(?P<unit>week-?end|week)\s+(?:of|in|van)\s+"
        rf"(?P<month>{alternation(MONTHS)})\b(?:,?\s+(?P<year>20[2-9]\d)\b)?"
    ),
    _FLAGS,
)
_BETWEEN_THE_YEARS = re.compile(
    r"\bbetween\s+(?:christmas|xmas)\s+and\s+new\s+year(?:'?s)?(?:\s+(?:eve|day))?\b", _FLAGS
)


_YEAR = re.compile(rf"{behind('in', 'of', 'for', 'op', 'over', 'voor')}(?P<year>20[2-9]\d)\b(?!-)", _FLAGS)


_QUARTER = re.compile(
    (
        r"\bq(?P<quarter>[1-4])\b(?:\s+(?:of\s+)?(?P<year>20[2-9]\d))?|\b(?P<nth>first|second|"
        r"third|fourth)\s+quarter(?:\s+(?:of\s+)?(?P<year2>20[2-9]\d))?"
    ),
    _FLAGS,
)


_DAY_SPAN = re.compile(
    (
        rf"\b(?P<first>\d{{1,2}})(?:st|nd|rd|th)?\s*(?:-|–|to|until|till|tot|and|through|t/m)\s*(?P<second>\d{{1,"
        rf"2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<month>{alternation(MONTHS)})\b(?:\s+(?P<year>20[2-9]\d))?"
    ),
    _FLAGS,
)


_LENGTH = re.compile(
    (
        r"\b(?:(?P<lead>by|for|with|lasting|voor|met)\s+)?(?:about\s+)?(?P<count>an?|één|een|"
        r"half\s+an|\d{1,3}|one\s+and\s+a\s+half|a\s+couple\s+of|[a-zéë]{3,9})\s*(?P<unit>minutes?|"
        r"mins?|minuten|hours?|hrs?|uur|days?|weeks?|fortnights?|months?|dag(?:en)?|we(?:e)?k(?:en)?|"
        r"maand(?:en)?)\b"
        r"(?:\s+(?P<sign>later|earlier|sooner|back|forwards?|ahead|further|eerder|vroeger|"
        r"vooruit|after|before))?"
    ),
    _FLAGS,
)


_HOUR_SPAN = re.compile(
    (
        r"(?<![\w.,:/-])(?P<first>\d{1,2})(?:[:.](?P<fm>[0-5]\d))?\s*(?:-|–|to|until|till|"
        r"tot)\s*(?P<second>\d{1,2})(?:[:.](?P<sm>[0-5]\d))?\s*(?P<ap>[ap])\.?m\b\.?"
    ),
    _FLAGS,
)


def _month_span(year: int, month: int) -> tuple[date, date]:
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def _month_year(month: int, year: str | None, which: str, calendar: Calendar) -> int:
    today = calendar.today
    if year:
        return int(year)
    if which in ("last", "past", "vorig", "vorige", "afgelopen"):
        return today.year if month < today.month else today.year - 1
    if calendar.past:
        return today.year if month <= today.month else today.year - 1
    return today.year if month >= today.month else today.year + 1


def read_months(text: str, calendar: Calendar) -> list[Moment]:
    found = []
    for pattern in (_MONTH_RANGE, _SHORT_MONTH_RANGE, _MAY):
        for match in pattern.finditer(text):
            groups = match.groupdict()
            month = MONTHS[(groups.get("month") or groups.get("month2") or "").lower()]
            year = _month_year(month, groups.get("year"), (groups.get("which") or "").lower(), calendar)
            first, last = _month_span(year, month)
            edge = (groups.get("edge") or "").lower()
            if edge in ("early", "begin"):
                last = first + timedelta(days=9)
            elif edge in ("mid", "half"):
                first, last = first + timedelta(days=10), first + timedelta(days=19)
            elif edge in ("late", "eind"):
                first = first + timedelta(days=20)
            found.append(Moment(match.start(), match.end(), "range", day=first, end_day=last))
    return found


def _period(which: str, unit: str, today: date) -> tuple[date, date] | None:
    ahead = (
        1
        if which in ("next", "volgend", "volgende")
        else -1
        if which in ("last", "past", "previous", "vorig", "vorige", "afgelopen")
        else 0
    )
    monday = today - timedelta(days=today.weekday())
    if unit.replace("-", "") == "weekend":
        saturday = monday + timedelta(days=5, weeks=ahead)
        return saturday, saturday + timedelta(days=1)
    if unit == "week":
        ahead = 1 if which.startswith("kom") or which == "coming" else ahead
        first, last = monday + timedelta(weeks=ahead), monday + timedelta(days=6, weeks=ahead)
    elif unit in ("month", "maand"):
        month = moved(today.replace(day=1), ahead, "month")
        first, last = _month_span(month.year, month.month)
    elif unit in ("year", "jaar"):
        first, last = date(today.year + ahead, 1, 1), date(today.year + ahead, 12, 31)
    else:
        start = moved(date(today.year, (today.month - 1) // 3 * 3 + 1, 1), 3 * ahead, "month")
        first, last = start, moved(start, 3, "month") - timedelta(days=1)
    return (today, last) if "rest" in which else (first, last)


def read_periods(text: str, calendar: Calendar) -> list[Moment]:
    found = []
    for match in _PERIOD.finditer(text):
        span = _period(match["which"].lower(), match["unit"].lower(), calendar.today)
        if span:
            found.append(Moment(match.start(), match.end(), "range", day=span[0], end_day=span[1]))
    for match in _COMING.finditer(text):
        count = (
            2
            if "couple" in match["count"].lower()
            else int(match["count"])
            if match["count"].isdigit()
            else small_number(match["count"])
        )
        if count:
            back = (match["which"] or "").lower() in ("last", "past", "previous", "afgelopen")
            other = moved(calendar.today, -count if back else count, match["unit"])
            first, last = (other, calendar.today) if back else (calendar.today, other)
            found.append(Moment(match.start(), match.end(), "range", day=first, end_day=last))
    found += _weeks_of_months(text, calendar)
    for match in _YEAR.finditer(text):
        year = int(match["year"])
        found.append(Moment(match.start(), match.end(), "range", day=date(year, 1, 1), end_day=date(year, 12, 31)))
    for match in _QUARTER.finditer(text):
        number = (
            int(match["quarter"])
            if match["quarter"]
            else ["first", "second", "third", "fourth"].index(match["nth"].lower()) + 1
        )
        year = int(match["year"] or match["year2"] or calendar.today.year)
        first = date(year, number * 3 - 2, 1)
        found.append(
            Moment(match.start(), match.end(), "range", day=first, end_day=moved(first, 3, "month") - timedelta(days=1))
        )
    return found


def _weeks_of_months(text: str, calendar: Calendar) -> list[Moment]:
    """`the first week of December` is its first seven days, the last week its last seven; a weekend starts on its Saturday."""
    found = []
    for match in _WEEK_OF_MONTH.finditer(text):
        month, nth = MONTHS[match["month"].lower()], ORDINALS[match["nth"].lower()]
        year = _month_year(month, match["year"], "", calendar)
        begin, end = _month_span(year, month)
        if match["unit"].lower() != "week":
            first = nth_weekday(year, month, 5, nth) if nth < 5 else begin
            last = first + timedelta(days=1)
        else:
            first = end - timedelta(days=6) if nth < 0 else begin + timedelta(weeks=nth - 1)
            last = min(first + timedelta(days=6), end)
        found.append(Moment(match.start(), match.end(), "range", day=first, end_day=last))
    for match in _BETWEEN_THE_YEARS.finditer(text):
        boxing_day = calendar.nearest(12, 26)
        found.append(
            Moment(match.start(), match.end(), "range", day=boxing_day, end_day=boxing_day + timedelta(days=5))
        )
    return found


def read_day_spans(text: str, calendar: Calendar) -> list[Moment]:
    found = []
    for match in _DAY_SPAN.finditer(text):
        month = MONTHS[match["month"].lower()]
        try:
            last = (
                date(int(match["year"]), month, int(match["second"]))
                if match["year"]
                else calendar.nearest(month, int(match["second"]))
            )
            first = last.replace(day=int(match["first"]))
        except ValueError:
            continue
        if first <= last:
            found.append(Moment(match.start(), match.end(), "range", day=first, end_day=last))
    return found


def read_lengths(text: str) -> list[Moment]:
    found = []
    for match in _LENGTH.finditer(text):
        words, unit = re.sub(r"\s+", " ", match["count"].lower()), match["unit"].lower()
        halves = {"half an": 1, "one and a half": 3}
        count = (
            int(words)
            if words.isdigit()
            else 1
            if words in ("a", "an", "een")
            else 2
            if "couple" in words
            else small_number(words)
        )
        if count is None and words not in halves:
            continue
        said = (match["sign"] or "").lower()
        sign = (
            1
            if said in ("later", "back", "further", "after")
            else -1
            if said in ("earlier", "sooner", "forward", "forwards", "ahead", "eerder", "vroeger", "vooruit", "before")
            else 0
        )
        length = Moment(match.start(), match.end(), "length", sign=sign)
        if unit.startswith(("min", "hour", "hr", "uur")):
            if unit == "uur" and not (match["lead"] or said):
                continue  # `acht uur` is a time of the day
            minutes = halves[words] * 30 if words in halves else (count or 0) * (1 if unit.startswith("min") else 60)
            found.append(replace(length, minutes=minutes))
        elif count is not None:
            months = unit.startswith(("month", "maand"))
            days = 14 if unit.startswith("fort") else 7 if unit.startswith("we") else 1
            found.append(replace(length, months=count if months else 0, days=0 if months else count * days))
    return found


def read_hour_spans(text: str) -> list[Moment]:
    """`7-11pm`, `7 to 11 pm`: the half of the day said last holds for both."""
    found = []
    for match in _HOUR_SPAN.finditer(text):
        first, second = int(match["first"]), int(match["second"])
        if not (1 <= first <= 12 and 1 <= second <= 12):
            continue
        late = match["ap"].lower() == "p"
        end = Clock(second % 12 + (12 if late else 0), int(match["sm"] or 0))
        begin = Clock(first % 12 + (12 if late else 0), int(match["fm"] or 0))
        if begin > end:
            begin = Clock(first % 12 + (0 if late else 12), int(match["fm"] or 0))
        found.append(Moment(match.start(), match.end(), "clock", time=begin, end_time=end))
    return found
