"""One message of the person, read once: its pieces, numbers, sums, days, names. Says what was said, never what to do about it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import TypeVar
from zoneinfo import ZoneInfo

from agent.guard import cues
from agent.reading.amounts import NumberMention, read_money, read_numbers, to_minor
from agent.reading.dutch import gloss, looks_dutch
from agent.reading.moment import Moment
from agent.reading.moments import read_moments
from agent.reading.names import NameMention, find_names
from agent.reading.people import PersonMention, read_emails, read_people
from agent.reading.spans import QUOTED, Found, blank, overlaps, without_overlaps
from agent.reading.spelling import correct_spelling

MAX_SAID = 6_000
"""Characters of one message that may ground anything: reading more would take longer than answering."""

F = TypeVar("F", bound=Found)

_ANSWERS = frozenset(
    [
        "yes",
        "no",
        "ok",
        "okay",
        "make",
        "it",
        "just",
        "only",
        "about",
        "say",
        "let's",
        "that's",
        "please",
        "for",
        "at",
        "each",
        "apiece",
        "is",
        "a",
        "per",
        "ticket",
        "person",
        "one",
        "the",
        "price",
        "i",
        "think",
        "around",
        "actually",
        "sorry",
        "rather",
        "instead",
        "better",
        "wait",
        "then",
        "change",
        "that",
        "to",
        "should",
        "be",
        "meant",
        "mean",
        "hmm",
        "oops",
    ]
)
_ORDER = re.compile(
    r"(?:\b(?:order|orders|bestelling|purchase|ticket\s+order)\b[\s:]*(?:number|no\.?|nr\.?|num)?[\s:]*#?|#|"
    r"\b(?:number|no\.|nr\.?)\s*)(\d{1,12})\b",
    re.IGNORECASE,
)
_MORE_ORDERS = re.compile(
    r"[\s,]+(?:(?:and|&|en|no|sorry|wait|actually|i\s+mean)\b[\s,]*)*#?(?<!\d)(\d{1,12})\b(?!\s*(?:[.,]\d|"
    r"[€%]|euros?|eur\b|tickets?|people|x\b|dollars?|pounds?))",
    re.IGNORECASE,
)
_MINUTE_RANGE = re.compile(r"\bfrom\s+(?:the\s+)?$", re.IGNORECASE)
_UP_TO = re.compile(r"^\s*(?:[\w€$£]+\s+){0,2}?(?:up\s+|down\s+)?(?:to|naar)\s+$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a clause and what it is about (`ticket`, `sponsor`, ... or an empty string)."""

    start: int
    end: int
    topic: str


@dataclass(frozen=True, slots=True)
class Sum:
    """Money as said, in minor units of `currency`."""

    start: int
    end: int
    amount: int
    currency: str
    said: bool
    topic: str


@dataclass(frozen=True, slots=True)
class Count:
    """A whole number as said. `doubtful` when it may as well be a price."""

    start: int
    end: int
    value: int
    topic: str
    doubtful: bool = False


class Turn:
    """What one message says. Reading is lazy: a message nobody asks about costs nothing."""

    def __init__(self, text: str, names: tuple[str, ...], currency: str, now: datetime, zone: ZoneInfo) -> None:
        self.raw = text
        self._names, self._currency, self._now, self._zone = names, currency, now, zone

    @cached_property
    def text(self) -> str:
        """The message with slips of the finger mended and plain Dutch glossed; every place below is a place in it."""
        mended = correct_spelling(self.raw, self._names)
        return gloss(mended) if looks_dutch(mended) else mended

    @cached_property
    def clauses(self) -> list[tuple[int, int]]:
        """The places of the things asked for."""
        cuts = [0, *(m.end() for m in cues.BREAK.finditer(self.text)), len(self.text)]
        return [(start, end) for start, end in pairwise(cuts) if self.text[start:end].strip(" .,;!?\n")]

    @cached_property
    def pieces(self) -> list[Piece]:
        pieces: list[Piece] = []
        start, topic = 0, ""
        for cut in [*cues.PIECE.finditer(self.text), None]:
            end = cut.start() if cut else len(self.text)
            own = next((name for name, words in cues.TOPICS if words.search(self.text, start, end)), "")
            topic = (self._done_with_tickets(start) or own) if own == "ticket" else own or topic
            pieces.append(Piece(start, end, topic))
            if cut:
                topic = "" if cut["stop"] else topic
                start = cut.end()
        return pieces

    def _done_with_tickets(self, place: int) -> str:
        """`sale` or `refund` where the clause says that of its tickets, else an empty string."""
        start, end = self.clause_at(place)
        return next(
            (
                topic
                for topic, words in cues.TOPICS
                if topic in ("refund", "sale") and words.search(self.text, start, end)
            ),
            "",
        )

    def piece_at(self, place: int) -> Piece | None:
        return next((piece for piece in self.pieces if piece.start <= place <= piece.end), None)

    def clause_at(self, place: int) -> tuple[int, int]:
        return next(((start, end) for start, end in self.clauses if start <= place < end), (0, len(self.text)))

    def _topic(self, place: int) -> str:
        piece = self.piece_at(place)
        return piece.topic if piece else ""

    @cached_property
    def named(self) -> list[NameMention]:
        """Events and venues of the organisation that are named, except those said not to be meant."""
        found = find_names(self.text, self._names)
        verbs = [m.span() for m in cues.REQUEST.finditer(self.text)]
        # `Cancel` alone is no short form of `Cancel Culture Debate`.
        return self._settled([m for m in found if m.kind == "exact" or (m.start, m.end) not in verbs])

    @cached_property
    def quoted(self) -> list[Piece]:
        """Places in quotation marks: somebody's words or a name, not what the person wants."""
        return [Piece(match.start(), match.end(), "quoted") for match in QUOTED.finditer(self.text)]

    @cached_property
    def orders(self) -> list[str]:
        """Order numbers said, slips of the tongue left out."""
        bare = re.fullmatch(r"\W*(?:the\s+)?(\d{1,12})\W*", self.text)
        if bare:
            return [bare.group(1)]
        return [self.text[one.start : one.end] for one in self._settled(self._order_places)]

    @cached_property
    def _order_places(self) -> list[Piece]:
        found: list[Piece] = []
        for match in _ORDER.finditer(self.text):
            found.append(Piece(match.start(1), match.end(1), "order"))
            while more := _MORE_ORDERS.match(self.text, found[-1].end):
                found.append(Piece(more.start(1), more.end(1), "order"))
        return without_overlaps(found)

    @cached_property
    def moments(self) -> list[Moment]:
        return self._settled(read_moments(self.text, self._now, self._zone))

    @cached_property
    def past_moments(self) -> list[Moment]:
        """As a report reads them: a month without a year lies behind us."""
        return self._settled(read_moments(self.text, self._now, self._zone, past=True))

    @cached_property
    def sums(self) -> list[Sum]:
        """Money, slips of the tongue left out."""
        return self._settled([said for said, _ in self._money if not self._overtaken(said)])

    @cached_property
    def _money(self) -> list[tuple[Sum, bool]]:
        found = [
            (Sum(m.start, m.end, m.amount, m.currency, m.said, self._topic(m.start)), m.implied)
            for m in read_money(self.text, self._currency)
        ]
        found = [(said, implied) for said, implied in found if said.said or not self._is_order(said)]
        if not found and self._is_bare_number:
            for number in self._numbers:
                amount = to_minor(number.value, self._currency)
                if amount is not None:
                    found.append((Sum(number.start, number.end, amount, self._currency, False, ""), True))
        return found

    @cached_property
    def _numbers(self) -> list[NumberMention]:
        times = [m for m in self.moments if m.kind != "length"]
        kept = [n for n in read_numbers(self.text) if not overlaps(n, times) and not overlaps(n, self.named)]
        return [n for n in kept if not overlaps(n, self.emails)]

    @cached_property
    def counts(self) -> list[Count]:
        """Whole numbers that are neither money nor a time, slips of the tongue left out."""
        sure = [said for said, implied in self._money if not implied]
        doubtful = [said for said, implied in self._money if implied]
        found: list[Count] = []
        for number in self._numbers:
            whole = number.whole
            if (
                whole is None
                or overlaps(number, sure)
                or self._is_order(number)
                or cues.OTHERS_NEXT.match(self.text, number.end)
            ):
                continue
            found.append(Count(number.start, number.end, whole, self._counted(number), overlaps(number, doubtful)))
        return self._settled(found)

    @property
    def _is_bare_number(self) -> bool:
        """Whether the message is a number and hardly anything else: the answer to a question."""
        if len(self.words) > 8 or self._order_places or len(self._numbers) != 1:
            return False
        return all(word in _ANSWERS for _, _, word in words_of(blank(self.text, self._numbers)))

    def _is_order(self, number: Found) -> bool:
        return overlaps(number, self._order_places)

    def _counted(self, number: NumberMention) -> str:
        """What a number counts: by the word behind or before it, else by the clause it stands in."""
        topic = self._topic(number.start)
        if cues.PEOPLE_NEXT.match(self.text, number.end):
            return "people"
        if cues.TICKETS_NEXT.match(self.text, number.end):
            return "sale" if topic == "sale" else "ticket"
        return "people" if cues.PEOPLE_BEFORE.search(self.text[max(0, number.start - 60) : number.start]) else topic

    @cached_property
    def emails(self) -> list[PersonMention]:
        return read_emails(self.text)

    @cached_property
    def people(self) -> list[PersonMention]:
        """Whoever a sale may be for: behind `to` or `for`, or an e-mail address."""
        known = frozenset(word for name in self._names for word in name.lower().split())
        return [
            person
            for person in read_people(self.text, known)
            if person.email
            or re.search(
                r"\b(?:to|for|aan|voor|by)\s+(?:our\s+\w+\s+|a\s+|mr\.?\s+|mrs\.?\s+)?$",
                self.text[: person.start],
                re.IGNORECASE,
            )
        ]

    @cached_property
    def words(self) -> list[tuple[int, int, str]]:
        """Every word as (start, end, folded), of the mended text."""
        return words_of(self.text)

    @cached_property
    def raw_words(self) -> list[tuple[int, int, str]]:
        return words_of(self.raw)

    def _overtaken(self, said: Sum) -> bool:
        """Bare numbers that are a time or a name are no money."""
        times = [m for m in self.moments if m.kind != "length"]
        return not said.said and (overlaps(said, times) or overlaps(said, self.named)) and said.amount != 0

    def _settled(self, found: Sequence[F]) -> list[F]:
        """Without values taken back: `3, no wait, 5`, `not 20`, `from 25 to 30`."""
        kept: list[F] = []
        for place, one in enumerate(found):
            before = self.text[max(0, one.start - 40) : one.start]
            following = found[place + 1] if place + 1 < len(found) else None
            if cues.NOT_THIS.search(before):
                continue
            gap = self.text[one.end : following.start] if following else ""
            if (
                following
                and len(gap) <= 60
                and (cues.TAKEN_BACK.match(gap) or (_MINUTE_RANGE.search(before) and _UP_TO.match(gap)))
            ):
                continue
            kept.append(one)
        return kept


_WORD = re.compile(r"[^\W_]+(?:[.+@'’-][^\W_]+)*|&")


def words_of(text: str) -> list[tuple[int, int, str]]:
    """Words folded for comparison, with their places; a possessive ending is left off."""
    found: list[tuple[int, int, str]] = []
    for match in _WORD.finditer(text):
        word = match.group().casefold().replace("’", "'")
        found.append((match.start(), match.end(), "and" if word == "&" else word.removesuffix("'s")))
    return found


@lru_cache(maxsize=512)
def _read(text: str, names: tuple[str, ...], currency: str, now: datetime, zone: ZoneInfo) -> Turn:
    return Turn(text, names, currency, now, zone)


def read_turn(text: str, names: tuple[str, ...], currency: str, now: datetime, zone: ZoneInfo) -> Turn:
    """The message read relative to the day of `now`. The same message of the same day is read once per process."""
    return _read(
        text[:MAX_SAID], names, currency, now.astimezone(zone).replace(hour=12, minute=0, second=0, microsecond=0), zone
    )
