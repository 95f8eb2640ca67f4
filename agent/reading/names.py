"""Names of events, venues and the like in free wording: which one is meant, and where it stands; decides ties by asking, never by luck."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from agent.reading.spans import clip

ALIKE = 84
"""Percent of likeness from which two names count as one; measured: below it `Grand Hall` starts to match `Grand Ball`."""


@dataclass(frozen=True, slots=True)
class Match:
    """What a name stands for. `kind`: exact, alias (`the gala`), fuzzy (`wintr gala`), tie (several fit: ask), none."""

    kind: str
    name: str | None = None
    candidates: tuple[str, ...] = ()
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class NameMention:
    """A known name found in a text; `names` holds more than one when the words fit several."""

    start: int
    end: int
    names: tuple[str, ...] = field(default=())
    kind: str = "exact"

    @property
    def name(self) -> str | None:
        """The one name meant, or None while it is open which."""
        return self.names[0] if len(self.names) == 1 else None


_WORD = re.compile(r"[^\W_]+(?:['’][^\W\d_]+)?|&")
_LEADING = re.compile(r"^(?:the|our|my|your|that|this|de|het|onze|ons)\s+", re.IGNORECASE)
_GENERIC = frozenset(
    [
        "grand",
        "big",
        "the",
        "a",
        "an",
        "of",
        "and",
        "for",
        "in",
        "at",
        "on",
        "de",
        "het",
        "een",
        "van",
        "&",
        "event",
        "events",
        "venue",
        "hall",
        "room",
        "stage",
        "party",
        "day",
        "days",
        "night",
        "evening",
        "show",
        "live",
        "club",
        "center",
        "centre",
    ]
)
_ARTICLES = frozenset(("a", "an", "another", "new", "second", "een"))
_OPENERS = frozenset(
    [
        "the",
        "a",
        "an",
        "our",
        "my",
        "your",
        "this",
        "that",
        "to",
        "for",
        "of",
        "at",
        "in",
        "on",
        "and",
        "de",
        "het",
        "een",
    ]
)
_DATED = frozenset(
    [
        "spring",
        "summer",
        "autumn",
        "winter",
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ]
)


def plain(name: str) -> str:
    """A name as compared: lower case, single spaces, no leading article, no possessive."""
    words = " ".join(name.lower().replace("’", "'").split())
    return _LEADING.sub("", words).removesuffix("'s").strip(" .,!?\"'")


@lru_cache(maxsize=64)
def _aliases(names: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """Short forms people use -> the names they fit: the last word (`gala`), runs of words inside (`jazz night`)."""
    fits: dict[str, list[str]] = {}
    for name in names:
        words = plain(name).split()
        for start in range(len(words)):
            for end in range(start + 1, len(words) + 1):
                part = words[start:end]
                if len(part) == len(words) or (len(part) == 1 and not _telling(part[0], last=end == len(words))):
                    continue
                fits.setdefault(" ".join(part), []).append(name)
    return {alias: tuple(dict.fromkeys(owners)) for alias, owners in fits.items()}


def _telling(word: str, *, last: bool) -> bool:
    """Whether one word of a name can stand for it; `hall` cannot, a season only as the whole name's end."""
    return len(word) > 2 and not word.isdigit() and word not in _GENERIC and (last or word not in _DATED)


@lru_cache(maxsize=512)
def _resolve(name: str, candidates: tuple[str, ...]) -> Match:
    wanted = plain(name)
    if not wanted:
        return Match("none")
    exact = [c for c in candidates if plain(c) == wanted]
    if exact:
        return Match("exact", exact[0], tuple(exact), 100) if len(exact) == 1 else Match("tie", None, tuple(exact), 100)
    alias = _aliases(candidates).get(wanted)
    if alias:
        return Match("alias", alias[0], alias, 95) if len(alias) == 1 else Match("tie", None, alias, 95)
    scored = sorted(((fuzz.ratio(wanted, plain(c)), c) for c in candidates), reverse=True)
    close = [(score, c) for score, c in scored if score >= ALIKE]
    if not close:
        misspelt = [c for alias, owners in _aliases(candidates).items() if _one_slip(wanted, alias) for c in owners]
        if len(set(misspelt)) == 1:
            return Match("fuzzy", misspelt[0], (misspelt[0],), 85)
        return Match("tie", None, tuple(dict.fromkeys(misspelt)), 85) if misspelt else Match("none")
    best = [c for score, c in close if close[0][0] - score < 4]
    return (
        Match("fuzzy", best[0], tuple(best), close[0][0])
        if len(best) == 1
        else Match("tie", None, tuple(best), close[0][0])
    )


def _one_slip(said: str, name: str) -> bool:
    """One slip of the finger in a word long enough that this cannot be another word."""
    return len(said) >= 5 and len(name) >= 4 and said[0] == name[0] and OSA.distance(said, name, score_cutoff=1) <= 1


def resolve(name: str, candidates: Sequence[str]) -> Match:
    """Which of the candidates a name stands for. Never raises; an unknown name is `none`, several fitting ones are a `tie`."""
    return _resolve(clip(name)[:300], tuple(dict.fromkeys(candidates)))


def find_names(text: str, candidates: Sequence[str]) -> list[NameMention]:
    """Every place where one of the candidates is named, in full, in short or misspelt; longest readings first, no overlaps."""
    names = tuple(dict.fromkeys(c for c in candidates if plain(c)))
    if not names:
        return []
    words = [(m.start(), m.end(), m.group()) for m in _WORD.finditer(clip(text))][:400]
    longest = max(len(_WORD.findall(plain(n))) for n in names)
    by_length: dict[int, list[tuple[str, str]]] = {}
    for candidate in names:
        by_length.setdefault(len(_WORD.findall(plain(candidate))), []).append((plain(candidate), candidate))
    found: list[NameMention] = []
    for size in range(longest, 0, -1):
        for at in range(len(words) - size + 1):
            start, end = words[at][0], words[at + size - 1][1]
            if any(start < f.end and f.start < end for f in found):
                continue
            mention = _at(text, words, at, size, names, by_length.get(size, []))
            if mention:
                found.append(mention)
    return sorted(found, key=lambda f: f.start)


def _at(
    text: str,
    words: list[tuple[int, int, str]],
    at: int,
    size: int,
    names: tuple[str, ...],
    same_size: list[tuple[str, str]],
) -> NameMention | None:
    start, end = words[at][0], words[at + size - 1][1]
    said = " ".join(word for _, _, word in words[at : at + size]).lower().replace("’", "'")
    if said.endswith("'s"):
        said, end = said[:-2], end - 2
    if re.search(r"[.!?;:,\n]", text[start:end]):
        return None
    exact = tuple(candidate for name, candidate in same_size if name == said)
    before = words[at - 1][2].lower() if at else ""
    if before in _ARTICLES:
        return None  # `a gala` is a new one
    if exact:
        return NameMention(start, end, exact)
    if size > 1 and words[at][2].lower() in _OPENERS:
        return None  # `the meetup` is read as `meetup`
    if size == 1 and words[at][2].lower() in _DATED:
        return None
    alias = _aliases(names).get(said)
    numbered = at + size < len(words) and words[at + size][2].isdigit() and text[end : words[at + size][0]] == " "
    if alias and not (numbered and any(char.isdigit() for name in alias for char in name)):
        return NameMention(start, end, alias, "alias")
    close = [
        (fuzz.ratio(said, name), candidate)
        for name, candidate in same_size
        if len(name) > 3 and _same_digits(said, name)
    ]
    near = sorted(
        ((score, c) for score, c in close if score >= ALIKE and (size > 1 or _one_slip(said, plain(c)))), reverse=True
    )
    if near:
        return NameMention(start, end, tuple(c for score, c in near if near[0][0] - score < 4), "fuzzy")
    if size == 1 and len(said) >= 5 and not _common(said):
        slipped = Counter(
            c
            for short, owners in _aliases(names).items()
            if " " not in short and _one_slip(said, short)
            for c in owners
        )
        if slipped:
            return NameMention(start, end, tuple(slipped), "fuzzy")
    return None


def _same_digits(said: str, name: str) -> bool:
    """`Loft 21` is never `Loft 22`: digits may not differ."""
    return re.findall(r"\d+", said) == re.findall(r"\d+", name)


def _common(word: str) -> bool:
    from agent.reading.spelling import is_common

    return is_common(word)
