"""One message made ready for planning: glossed, spelled, corrected, with every mention masked; decides nothing about intents."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from agent.reading.amounts import MoneyMention, NumberMention, read_money, read_numbers, to_minor
from agent.reading.dutch import gloss, looks_dutch
from agent.reading.moment import Moment
from agent.reading.moments import read_moments
from agent.reading.names import NameMention, find_names
from agent.reading.people import read_emails
from agent.reading.spans import QUOTED, blank, overlaps
from agent.reading.spelling import correct_spelling
from embedded.planner.vocabulary import LEVELS
from embedded.planner.world import World


@dataclass(slots=True)
class Mention:
    """Something with a value in the text. `used` tells that a step has taken it, so that what is left over can be asked about."""

    kind: str
    start: int
    end: int
    value: Any
    text: str
    used: bool = False


@dataclass(slots=True)
class Utterance:
    """The message as the planner reads it: `masked` holds `EVENT_3` where mention 3 stood."""

    raw: str
    text: str
    masked: str
    mentions: list[Mention] = field(default_factory=list)
    intents: dict[str, Any] = field(default_factory=dict)
    """Which intent a clause of this message was found to have; splitting and reading ask the same more than once."""

    def shown(self, masked: str) -> str:
        """A piece of the masked text in the person's words again."""
        return TOKEN.sub(lambda m: self.mentions[int(m.group(2))].text, masked)


TOKEN = re.compile(r"\b(EVENT|VENUE|WHEN|MONEY|NUM|ORDER|EMAIL|QUOTE|LENGTH|PERCENT)_(\d+)\b")
_ORDER = re.compile(
    (
        r"\b(?:orders?|bestelling(?:en)?|invoice|receipt|ticket\s+order)\s*(?:number|numbers|"
        r"nummer|no\.?|nr\.?|id)?\s*[:#]?\s*#?(?P<number>\d{3,9})\b|(?<![\w&])#(?P<hash>\d{3,"
        r"9})\b"
    ),
    re.IGNORECASE,
)
_MORE_ORDERS = re.compile(
    r"(?:\s*,\s*(?:and\s+)?|\s+and\s+|\s*&\s*)#?(\d{3,9})\b(?!\s*(?:euro|eur|%|[^\W\d_]*\s*tickets))", re.IGNORECASE
)
_PERCENT = re.compile(r"\b\d{1,3}(?:[.,]\d+)?\s?(?:%|percent\b|procent\b)", re.IGNORECASE)
_PREPOSED = re.compile(r"\b(?:at|in|@|into|inside)\s+(?:the\s+|our\s+)?$", re.IGNORECASE)


def _orders(text: str) -> list[Mention]:
    found = []
    for match in _ORDER.finditer(text):
        group = "number" if match["number"] else "hash"
        found.append(Mention("ORDER", match.start(), match.end(), match[group], match.group()))
        more = _MORE_ORDERS.match(text, match.end())
        while more:
            found.append(Mention("ORDER", more.start(1), more.end(1), more.group(1), more.group(1)))
            more = _MORE_ORDERS.match(text, more.end())
    return found


def _named(text: str, events: Sequence[str], venues: Sequence[str]) -> list[Mention]:
    """Events and venues; where words fit one of each, `at` and `in` speak for the venue."""
    in_events, in_venues = find_names(text, events), find_names(text, venues)
    found = [_mention("VENUE", v, text) for v in in_venues if not _loses(v, in_events, text, is_venue=True)]
    found += [_mention("EVENT", e, text) for e in in_events if not _loses(e, in_venues, text, is_venue=False)]
    return found


def _loses(one: NameMention, others: list[NameMention], text: str, *, is_venue: bool) -> bool:
    rank = {"exact": 2, "fuzzy": 1, "alias": 1}
    for other in others:
        if one.start >= other.end or other.start >= one.end:
            continue
        mine = (rank[one.kind], one.end - one.start)
        theirs = (rank[other.kind], other.end - other.start)
        if mine != theirs:
            return mine < theirs
        return bool(_PREPOSED.search(text[: one.start])) is not is_venue
    return False


def _mention(kind: str, named: NameMention, text: str) -> Mention:
    return Mention(kind, named.start, named.end, named.names, text[named.start : named.end])


def prepare(raw: str, world: World, events: Sequence[str]) -> Utterance:
    """Read one message: gloss, spelling, mentions, then spoken corrections (`3, no wait, 5`)."""
    text = " ".join(re.sub(r"[\x00-\x08\x0b-\x1f\x7f]", " ", raw).replace("’", "'").replace("\r", "").split(" "))
    if looks_dutch(text):
        text = gloss(text)
    venues = [v.name for v in world.venues]
    text = correct_spelling(text, (*events, *venues))
    text = _open_brackets(text)
    mentions: list[Mention] = []

    def add(found: list[Mention]) -> None:
        mentions.extend(m for m in found if not overlaps(m, mentions))

    add([Mention("EMAIL", p.start, p.end, p.email, p.email) for p in read_emails(text)])
    add(_orders(text))
    quotes = [
        Mention("QUOTE", m.start(), m.end(), next(g for g in m.groups() if g), m.group()) for m in QUOTED.finditer(text)
    ]
    known = {name.casefold() for name in (*events, *venues)}
    add([q for q in quotes if str(q.value).casefold() not in known])
    add(_named(blank(text, mentions), events, venues))
    add(
        [Mention("PERCENT", m.start(), m.end(), m.group(), m.group()) for m in _PERCENT.finditer(blank(text, mentions))]
    )
    moments = read_moments(blank(text, mentions), world.now, world.zone, month_first=world.month_first)
    add(
        [Mention("LENGTH" if m.kind == "length" else "WHEN", m.start, m.end, m, text[m.start : m.end]) for m in moments]
    )
    left = blank(text, mentions)
    add([Mention("MONEY", m.start, m.end, m, text[m.start : m.end]) for m in read_money(left, world.currency)])
    add([Mention("NUM", n.start, n.end, n.value, text[n.start : n.end]) for n in read_numbers(blank(text, mentions))])
    mentions.sort(key=lambda m: m.start)
    utterance = Utterance(raw, text, _mask(text, mentions), mentions)
    return _repaired(utterance, world)


def _mask(text: str, mentions: list[Mention]) -> str:
    pieces, reached = [], 0
    for number, mention in enumerate(mentions):
        glue = " " if mention.start and text[mention.start - 1].isalnum() else ""
        tail = " " if mention.end < len(text) and text[mention.end].isalnum() else ""
        pieces += [text[reached : mention.start], glue, f"{mention.kind}_{number}", tail]
        reached = mention.end
    return "".join([*pieces, text[reached:]])


_BRACKETS = re.compile(r"\s*\(([^()]{1,120})\)")
_DETAIL = re.compile(rf"\d|\b(?:{'|'.join(LEVELS)})\b", re.IGNORECASE)


_LISTED = re.compile(
    (
        rf"(?P<name>\w)\s*[:,–—-]\s+(?P<level>(?:{'|'.join(LEVELS)}))\s*(?:[:,–—]|\s-)\s*(?P<amount>\D{{0,"
        rf"4}}\d)"
    ),
    re.IGNORECASE,
)
"""`Shell - gold - 8000`, `KLM: silver, 4000`."""


def _open_brackets(text: str) -> str:
    """`Roland (silver, 2500)` reads as `Roland silver 2500`; an aside in brackets becomes a clause of its own."""

    def opened(match: re.Match[str]) -> str:
        inside = match.group(1)
        if "@" in inside:
            return match.group()
        if _DETAIL.search(inside):
            return " " + re.sub(
                r"\s*[,;/:]\s+", " for " if re.search(r"[,;/:]\s+\D{0,2}\d", inside) else " ", inside, count=1
            ).replace(", ", " ")
        return f", {inside},"

    return _LISTED.sub(r"\g<name> \g<level> for \g<amount>", _BRACKETS.sub(opened, text))


_MARK = (
    r"(?:no[,\s]+wait|wait[,\s]+no|no[,\s]+sorry|sorry|i\s+mean(?:t)?|make\s+(?:that|it)|"
    r"actually|rather|scratch\s+that|correction|oops|wait|hmm|err?|no)"
)
_REPAIR = re.compile(
    (
        rf"[\s,.…;–-]*(?:[,.…;–-]|\s)\s*(?:{_MARK}[\s,.:…-]+)+(?:to\s+be\s+)?(?:(?:make|it'?s|"
        rf"is|to|at|for|on|the|it|that|be|better)\s+){{0,4}}(?P<kind>EVENT|VENUE|WHEN|MONEY|"
        rf"NUM|ORDER|EMAIL)_(?P<index>\d+)"
    ),
    re.IGNORECASE,
)
_LEVEL_REPAIR = re.compile(
    rf"\b({'|'.join(LEVELS)})\b(?:\s+sponsor)?[\s,.…-]+(?:{_MARK}[\s,.:…-]+)+({'|'.join(LEVELS)})\b", re.IGNORECASE
)
_NAME_REPAIR = re.compile(
    rf"\b((?:[A-Z][\w'-]+)(?:\s+[A-Z][\w'-]+){{0,3}})\s*[,.…-]+\s*(?:{_MARK}[\s,.:…-]+)+(?:to\s+|"
    rf"for\s+)?((?:[A-Z][\w'-]+)(?:\s+[A-Z][\w'-]+){{0,3}})(?=$|[\s,.!?])"
)
_NOT = re.compile(
    (
        r"[\s,]*(?:\b(?:and|but)\s+)?\b(?:not|instead\s+of|rather\s+than|and\s+not)\s+(?:(?:on|"
        r"at|in|for|to|the|from)\s+){0,2}(?P<kind>EVENT|VENUE|WHEN|MONEY|NUM)_(?P<index>\d+)(?:\s+(?:tickets|"
        r"people))?(?=$|[\s,.!?])"
    ),
    re.IGNORECASE,
)
_NOT_BUT = re.compile(
    r"\bnot\s+(?:(?:on|at|in|for|the)\s+){0,2}(?P<kind>EVENT|VENUE|WHEN|MONEY|NUM)_\d+\s*,?\s*but\s+", re.IGNORECASE
)


def _repaired(utterance: Utterance, world: World) -> Utterance:
    """Apply what people correct in one breath, so that only what they meant is left."""
    masked = _NOT_BUT.sub("", utterance.masked)
    for _ in range(4):
        match = _REPAIR.search(masked)
        earlier = _earlier(utterance, masked, match, world) if match else None
        if match is None or earlier is None:
            break
        start, end, token = earlier
        masked = masked[:start] + token + masked[end : match.start()] + masked[match.end() :]
    masked = _LEVEL_REPAIR.sub(lambda m: masked[m.start(2) : m.end()], masked)
    masked = _NAME_REPAIR.sub(
        lambda m: (
            m.group(2) if not TOKEN.search(m.group()) and m.group(1).split()[0].lower() not in _VERBS else m.group()
        ),
        masked,
    )
    for match in reversed(list(_NOT.finditer(masked))):
        others = [m for m in TOKEN.finditer(masked) if m.group(1) == match["kind"] and m.group(2) != match["index"]]
        if others or (match["kind"] == "VENUE" and "instead" not in match.group()):
            masked = masked[: match.start()] + masked[match.end() :]
    utterance.masked = masked
    return utterance


_VERBS = frozenset(
    [
        "create",
        "add",
        "sell",
        "cancel",
        "move",
        "book",
        "refund",
        "make",
        "set",
        "show",
        "list",
        "find",
        "rename",
        "publish",
        "please",
        "sorry",
        "no",
    ]
)


def _earlier(utterance: Utterance, masked: str, match: re.Match[str], world: World) -> tuple[int, int, str] | None:
    """The last earlier mention of the same kind and the token that takes its place."""
    kind, index = match["kind"].upper(), int(match["index"])
    later = utterance.mentions[index]
    kinds = {kind} | ({"MONEY", "ORDER"} if kind == "NUM" else set())
    before = [m for m in TOKEN.finditer(masked[: match.start()]) if m.group(1) in kinds]
    if not before:
        return None
    found = before[-1]
    first = utterance.mentions[int(found.group(2))]
    token = f"{kind}_{index}"
    if kind == "WHEN":
        later.value = _merged(first.value, later.value)
    elif kind == "NUM" and first.kind == "ORDER":
        if not re.fullmatch(r"\d{3,9}", later.text):
            return None
        later.kind, later.value, token = "ORDER", later.text, f"ORDER_{index}"
    elif kind == "NUM" and first.kind == "MONEY":
        if not match.end() >= len(masked.rstrip(" .!?")) and any(m.group(1) == "NUM" for m in before):
            found = [m for m in before if m.group(1) == "NUM"][-1]
        else:
            amount = to_minor(Decimal(later.value), first.value.currency)
            if amount is None:
                return None
            later.kind, later.value = (
                "MONEY",
                MoneyMention(later.start, later.end, amount, first.value.currency, first.value.said),
            )
            token = f"MONEY_{index}"
    return found.start(), found.end(), token


def _merged(first: Moment, later: Moment) -> Moment:
    """`Friday at 7, no, 8pm`: the correction keeps the part it does not name."""
    from dataclasses import replace

    if later.day is None and first.day is not None:
        return replace(later, kind="moment", day=first.day, doubt=first.doubt)
    if later.time is None and first.time is not None and later.kind == "day":
        return replace(later, kind="moment", time=first.time, loose=first.loose)
    return later


def whole(number: Any) -> int | None:
    """A masked number as a count, or None for a fraction or nothing at all."""
    return NumberMention(0, 0, number).whole if isinstance(number, Decimal) else None
