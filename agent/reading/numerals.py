"""Numbers written as words, English and Dutch; digits and money are read in `amounts`."""

from __future__ import annotations

import re
from decimal import Decimal

UNITS = {
    "zero": 0,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
    "thirteen": 13,
    "fourteen": 14,
    "fifteen": 15,
    "sixteen": 16,
    "seventeen": 17,
    "eighteen": 18,
    "nineteen": 19,
}
TENS = {
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fourty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
}
SCALES = {"hundred": 100, "thousand": 1_000, "grand": 1_000, "million": 1_000_000, "dozen": 12, "dozens": 12}
GROUPS = {"couple": 2, "pair": 2}
SMALL = UNITS | TENS

_DUTCH_UNITS = ["één", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen"]
_DUTCH_TEENS = [
    "tien",
    "elf",
    "twaalf",
    "dertien",
    "veertien",
    "vijftien",
    "zestien",
    "zeventien",
    "achttien",
    "negentien",
]
_DUTCH_TENS = ["twintig", "dertig", "veertig", "vijftig", "zestig", "zeventig", "tachtig", "negentig"]


def _dutch_below_hundred() -> dict[str, int]:
    words = {word: number for number, word in enumerate(_DUTCH_UNITS, 1)}
    words |= {word: number for number, word in enumerate(_DUTCH_TEENS, 10)}
    for tens, word in enumerate(_DUTCH_TENS, 2):
        words[word] = tens * 10
        for unit, first in enumerate(_DUTCH_UNITS, 1):
            link = "ën" if first.endswith("e") else "en"
            first = "een" if first == "één" else first
            words[f"{first}{link}{word}"] = tens * 10 + unit
    return words


DUTCH = _dutch_below_hundred()
_DUTCH_LARGE = re.compile(r"(?P<before>[a-zéë]{0,20})(?P<scale>honderd|duizend)(?P<after>[a-zéë]{0,40})")

WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_JOIN = re.compile(r"(?:\s|-){0,3}(?:and\s+(?:a\s+)?)?$|\s*-\s*$")
_COUNTED = (
    r"(?:first|second|third|fourth|last|that|this|the|which|other|another|each|every|no|"
    r"any|big(?:ger|gest)?|small(?:er|est)?|cheap(?:er|est)?)"
)
_PRONOUN_ONE = re.compile(_COUNTED + r"\s+$", re.IGNORECASE)


def dutch_number(word: str) -> int | None:
    """`honderdvijftig` -> 150; None for any other word (`een` is the article)."""
    word = word.lower()
    if word in DUTCH:
        return DUTCH[word]
    match = _DUTCH_LARGE.fullmatch(word)
    if not match:
        return None
    before = 1 if not match["before"] else dutch_number(match["before"])
    rest = match["after"].removeprefix("en")
    after = 0 if not rest else dutch_number(rest)
    if before is None or after is None:
        return None
    return before * (100 if match["scale"] == "honderd" else 1_000) + after


def small_number(word: str) -> int | None:
    """One word below a hundred, either language: the numbers clocks and calendars use."""
    word = word.lower()
    return SMALL.get(word, DUTCH.get(word))


class _Sum:
    """A number being read word by word: `two thousand five hundred and twenty`."""

    def __init__(self) -> None:
        self.total = 0
        self.current = 0
        self.last_kind = ""

    def take(self, word: str) -> bool:
        """Add a word; False when it cannot continue this number."""
        if word in UNITS:
            if self.last_kind == "unit" or (self.last_kind == "tens" and UNITS[word] >= 10):
                return False
            self.current += UNITS[word]
            self.last_kind = "unit"
        elif word in TENS:
            if self.last_kind in ("unit", "tens"):
                return False
            self.current += TENS[word]
            self.last_kind = "tens"
        elif word in SCALES:
            self._scale(SCALES[word])
        else:
            return False
        return True

    def _scale(self, scale: int) -> None:
        if scale >= 1_000:
            self.total += max(self.current, 1) * scale
            self.current = 0
        else:
            self.current = max(self.current, 1) * scale
        self.last_kind = "scale"

    @property
    def value(self) -> int:
        return self.total + self.current


def word_numbers(text: str) -> list[tuple[int, int, Decimal]]:
    """Every number in words as (start, end, value): `a dozen`, `half a dozen`, `twenty-five`, `two hundred and ten`."""
    words = [(m.start(), m.end(), m.group().lower()) for m in WORD.finditer(text)]
    found: list[tuple[int, int, Decimal]] = []
    position = 0
    while position < len(words):
        length, value = _number_at(words, position, text)
        if length:
            found.append((words[position][0], words[position + length - 1][1], Decimal(value)))
        position += max(length, 1)
    return found


def _number_at(words: list[tuple[int, int, str]], at: int, text: str) -> tuple[int, int]:
    """How many words from here form one number, and which number; (0, 0) for none."""
    start, _, word = words[at]
    following = [w for _, _, w in words[at + 1 : at + 3]]
    if word == "half" and following[:2] == ["a", "dozen"]:
        return 3, 6
    if word in ("a", "an", "one") and following and (following[0] in SCALES or following[0] in GROUPS):
        if following[0] in GROUPS:
            return (3 if following[1:] == ["of"] else 2), GROUPS[following[0]]
        length, value = _spelled(words, at + 1, text)
        return length + 1, value
    if word in SMALL or word in SCALES:
        if word == "one" and _PRONOUN_ONE.search(text[max(0, start - 12) : start]):
            return 0, 0
        if word in ("grand", "dozens", "million"):
            return 0, 0  # `Grand Hall`: only a number in front makes these an amount
        return _spelled(words, at, text)
    dutch = dutch_number(word)
    return (1, dutch) if dutch is not None else (0, 0)


def _spelled(words: list[tuple[int, int, str]], at: int, text: str) -> tuple[int, int]:
    reading = _Sum()
    length = 0
    position = at
    while position < len(words):
        if length and not _JOIN.fullmatch(text[words[position - 1][1] : words[position][0]]):
            break
        word = words[position][2]
        if length and word == "and":
            # `two hundred and ten`: the `and` belongs to the number only behind a hundred or a thousand.
            following = words[position + 1][2] if position + 1 < len(words) else ""
            if reading.last_kind != "scale" or following not in SMALL or "dozen" in words[position - 1][2]:
                break
            position += 1
            length += 1
            continue
        if not reading.take(word):
            break
        length += 1
        position += 1
    return length, reading.value
