"""The words people use for days, months and parts of the day, English and Dutch; no grammar."""

from __future__ import annotations

MONTHS: dict[str, int] = {}
for _number, _names in enumerate(
    (
        "january jan januari",
        "february feb februari febr",
        "march mar maart mrt",
        "april apr",
        "may mei",
        "june jun juni",
        "july jul juli",
        "august aug augustus",
        "september sep sept",
        "october oct oktober okt",
        "november nov",
        "december dec",
    ),
    1,
):
    MONTHS |= dict.fromkeys(_names.split(), _number)

LONG_MONTHS = {
    name: number for name, number in MONTHS.items() if len(name) > 4 or name in ("june", "july", "juni", "juli")
}
"""Month names that need no day beside them to be a month; `may` and `mei` are told by the word before."""

WEEKDAYS: dict[str, int] = {}
for _number, _names in enumerate(
    (
        "monday mon maandag ma",
        "tuesday tue tues dinsdag di",
        "wednesday wed weds woensdag wo",
        "thursday thu thur thurs donderdag do",
        "friday fri vrijdag vr",
        "saturday sat zaterdag za",
        "sunday sun zondag zo",
    )
):
    WEEKDAYS |= dict.fromkeys(_names.split(), _number)
LONG_WEEKDAYS = {name: number for name, number in WEEKDAYS.items() if name.endswith(("day", "dag"))}
SHORT_WEEKDAYS = {
    name: number for name, number in WEEKDAYS.items() if len(name) in (3, 4, 5) and name not in LONG_WEEKDAYS
}

FEASTS: dict[str, tuple[int, int]] = {
    r"new\s+year'?s\s+eve": (12, 31),
    r"nye\b": (12, 31),
    r"oudejaars(?:avond|dag)": (12, 31),
    r"old\s+year'?s\s+(?:eve|night)": (12, 31),
    r"new\s+year'?s\s+day": (1, 1),
    r"nieuwjaarsdag": (1, 1),
    r"christmas\s+eve": (12, 24),
    r"kerstavond": (12, 24),
    r"(?:christmas|xmas)\s+day": (12, 25),
    r"boxing\s+day": (12, 26),
    r"valentine'?s\s+day": (2, 14),
    r"valentijnsdag": (2, 14),
    r"hallowe'?en": (10, 31),
    r"king'?s\s+day": (4, 27),
    r"koningsdag": (4, 27),
    r"liberation\s+day": (5, 5),
    r"bevrijdingsdag": (5, 5),
}

PARTS = {
    "morning": "morning",
    "ochtend": "morning",
    "ochtends": "morning",
    "morgens": "morning",
    "afternoon": "afternoon",
    "middag": "afternoon",
    "middags": "afternoon",
    "evening": "evening",
    "avond": "evening",
    "avonds": "evening",
    "night": "night",
    "nacht": "night",
    "nachts": "night",
    "tonight": "evening",
}

ORDINALS = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "fifth": 5,
    "last": -1,
    "1st": 1,
    "2nd": 2,
    "3rd": 3,
    "4th": 4,
    "eerste": 1,
    "tweede": 2,
    "derde": 3,
    "laatste": -1,
}


def alternation(words: object) -> str:
    """A regular-expression alternation of words, longest first."""
    return "|".join(sorted(map(str, words), key=len, reverse=True))  # type: ignore[call-overload]


def behind(*words: str) -> str:
    """A look-behind for any of these words and a blank."""
    return "(?:" + "|".join(rf"(?<=\b{word} )" for word in words) + ")"
