"""Whether words were said: a name in somebody's message, tolerant of slips, never of other words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from agent.guard.turn import Turn, words_of

LIKE = 75
"""Percent of likeness from which several words count as said: `jaz nite` is 78 to `jazz night`."""
LONGEST_NAME = 255
MOST_SLIPS = 10
"""Words of a free text that may stand in another form than the person's."""
_ARTICLES = frozenset(("the", "a", "an", "de", "het", "een", "our", "my"))
_SMALL = frozenset(
    (
        "the",
        "a",
        "an",
        "of",
        "for",
        "and",
        "at",
        "in",
        "on",
        "to",
        "with",
        "by",
        "is",
        "was",
        "are",
        "has",
        "been",
        "be",
        "due",
        "because",
        "as",
        "it",
    )
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a name was said: a turn and a place in its mended (`mended`) or typed text."""

    turn: Turn
    start: int
    end: int
    mended: bool

    @property
    def before(self) -> str:
        return self._text[max(0, self.start - 60) : self.start]

    @property
    def after(self) -> str:
        return self._text[self.end : self.end + 40]

    @property
    def _text(self) -> str:
        return self.turn.text if self.mended else self.turn.raw


@lru_cache(maxsize=8192)
def alike(said: str, word: str) -> bool:
    """One word and another form of it or a slip of the finger: `student(s)`, `yamha`; digits never differ."""
    if said == word:
        return True
    if not said or not word or said[0] != word[0] or any(c.isdigit() for c in said + word):
        return False
    short, long = sorted((said, word), key=len)
    if (
        long.startswith(short)
        and len(short) >= 3
        and long[len(short) :] in ("s", "es", "e", "n", "en", "ed", "led", "ing", "ren")
    ):
        return True
    allowed = 2 if len(short) >= 8 else 1 if len(short) >= 4 else 0
    return OSA.distance(said, word, score_cutoff=allowed) <= allowed


def where_said(name: str, turns: Iterable[Turn]) -> list[Place]:
    """Every place where a name stands in the person's words, one word behind the other."""
    wanted = [word for _, _, word in words_of(name)]
    while len(wanted) > 1 and wanted[0] in _ARTICLES:
        wanted = wanted[1:]
    if not wanted or len(name) > LONGEST_NAME:
        return []
    return [place for turn in turns for place in _said_in(turn, tuple(wanted))]


@lru_cache(maxsize=1024)
def _said_in(turn: Turn, wanted: tuple[str, ...]) -> tuple[Place, ...]:
    """Places in the mended text, else in the text as typed."""
    for words, mended in ((turn.words, True), (turn.raw_words, False)):
        places = tuple(Place(turn, start, end, mended) for start, end in _windows(wanted, words))
        if places:
            return places
    return ()


def _windows(wanted: Sequence[str], words: Sequence[tuple[int, int, str]]) -> list[tuple[int, int]]:
    size = len(wanted)
    exact: list[tuple[int, int]] = []
    close: list[tuple[int, int]] = []
    for at in range(len(words) - size + 1):
        window = words[at : at + size]
        if window[0][2][0] != wanted[0][0]:
            continue
        span = (window[0][0], window[-1][1])
        said = [word for _, _, word in window]
        if said == list(wanted):
            exact.append(span)
        elif all(alike(one, other) for one, other in zip(said, wanted, strict=True)) or (
            size > 1 and _close(said, wanted)
        ):
            close.append(span)
    return exact or close


def _close(said: Sequence[str], wanted: Sequence[str]) -> bool:
    """`jaz nite` for `jazz night`: every word begins alike and resembles its partner, the whole is near."""
    pairs = list(zip(said, wanted, strict=True))
    if any(one[0] != other[0] or _digits(one) != _digits(other) or fuzz.ratio(one, other) < 60 for one, other in pairs):
        return False
    return fuzz.ratio(" ".join(said), " ".join(wanted)) >= LIKE


def _digits(word: str) -> str:
    return re.sub(r"\D", "", word)


def made_of_words(text: str, turns: Iterable[Turn]) -> bool:
    """Whether free text consists of the person's own words: every word that says something stands in one of their messages."""
    wanted = {word for _, _, word in words_of(text)} - _SMALL
    if not wanted:
        return False
    for turn in turns:
        said = {word for _, _, word in (*turn.words, *turn.raw_words)}
        slips = wanted - said
        if len(slips) <= MOST_SLIPS and all(any(alike(one, word) for one in said) for word in slips):
            return True
    return False


def near_each_other(name: str, turns: Iterable[Turn]) -> bool:
    """Whether a title is put together from words said close to each other: `an evening of comedy` -> `Comedy Evening`."""
    wanted = [word for _, _, word in words_of(name) if word not in _SMALL]
    if len(wanted) < 2:
        return False
    for turn in turns:
        places = [[at for at, (_, _, said) in enumerate(turn.words) if alike(said, word)] for word in wanted]
        if all(places) and any(
            all(any(abs(other - first) <= len(wanted) + 2 for other in others) for others in places[1:])
            for first in places[0]
        ):
            return True
    return False
