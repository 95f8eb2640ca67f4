"""How the planner writes names, lists, days and money; no decisions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from tools.kit.money import KNOWN_CURRENCIES, format_money

_SMALL = frozenset(
    [
        "a",
        "an",
        "and",
        "at",
        "by",
        "for",
        "from",
        "in",
        "of",
        "on",
        "or",
        "the",
        "to",
        "with",
        "vs",
        "de",
        "van",
        "en",
        "het",
    ]
)
_CAPITALS = frozenset(
    ["ai", "vip", "dj", "bbq", "uk", "eu", "nl", "it", "tv", "hr", "ux", "vr", "pr", "mc", "iot", "api"]
)


def title_case(words: str) -> str:
    """`jazz night at the pier` -> `Jazz Night at the Pier`; words typed with a capital stay as they are."""
    given = words.split()
    shaped = []
    for number, word in enumerate(given):
        if word != word.lower():
            shaped.append(word)
        elif word in _CAPITALS and word != "it":
            shaped.append(word.upper())
        elif number and word in _SMALL:
            shaped.append(word)
        else:
            shaped.append("-".join(part[:1].upper() + part[1:] for part in word.split("-")))
    return " ".join(shaped)


def listed(names: Sequence[str], last: str = "and") -> str:
    """`A, B and C`."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {last} {names[-1]}"


def day_words(day: date) -> str:
    """`Friday 4 December 2026`: a date nobody can read two ways."""
    return f"{day:%A} {day.day} {day:%B %Y}"


def moment_words(moment: datetime) -> str:
    """`Friday 4 December 2026 at 21:00`."""
    return f"{day_words(moment.date())} at {moment:%H:%M}"


def money(amount: object, currency: object) -> str:
    """`2500, EUR` -> `€25.00`; an unknown currency stays a bare code."""
    if not isinstance(amount, int):
        return ""
    return (
        format_money(amount, str(currency))
        if str(currency) in KNOWN_CURRENCIES
        else f"{amount} (smallest units of {currency})"
    )
