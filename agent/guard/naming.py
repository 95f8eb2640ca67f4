"""Names of new things, kinds and free text: nothing is called what nobody called it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from agent.guard import cues
from agent.guard.likeness import made_of_words, near_each_other, where_said
from agent.guard.questions import missing, which_value
from agent.guard.slot import MISSING, Asked, Draft, Slot
from agent.guard.thread import Thread
from agent.guard.turn import Turn
from agent.reading.names import plain
from agent.reading.people import EMAIL

DEFAULT_TYPES = frozenset(("general", "standard", "regular", "general admission", "ticket", "tickets", "normal"))
_KINDS = (
    "vip|early[ -]bird|student|child(?:ren)?|kids?|regular|adult|senior|member|crew|press|family|group|backstage|balcony|standing|seated|"
    "gold circle|front row|day|weekend|premium|staff|guest|concession|youth|super early bird|late bird|last minute|door|standard|general"
)
_KIND = re.compile(
    rf"\b({_KINDS})s?\b(?=\s+(?:tickets?|pass(?:es)?|seats?|kaartjes|prices?|rates?|fees?)\b|\s+(?:at|for|@|"
    rf"à)\s+[\d€$£]|\s*[:(])",
    re.IGNORECASE,
)
_COUNTED_KIND = re.compile(
    r"(?:\d|hundred|dozen|ty|ten|two|three|four|five|six)\s+(vip|early[ -]bird|backstage)s?\b", re.IGNORECASE
)
_TO = re.compile(
    r"(?:\bto|\bcalled|\bnamed?|\bas|\binto|\bbe|\bbecomes?|\bis|\btitled?|[\"“‘':])\s*(?:the\s+)?[\"“‘']?$",
    re.IGNORECASE,
)
_LEVEL_NEXT = re.compile(
    r"\s*(?:-\s*)?(?:level\s+|tier\s+)?(?:sponsor\w*|level|tier|package|partner\w*)\b", re.IGNORECASE
)
_SPONSOR_LEVEL = re.compile(
    r"\b([^\W\d_][\w-]{2,30})(?:\s+|-)(?:level\s+|tier\s+)?(?:sponsor\b|sponsors\b|sponsorship\b|partner\b|"
    r"level\b|tier\b|package\b)",
    re.IGNORECASE,
)
_NOT_LEVELS = frozenset(
    [
        "the",
        "a",
        "an",
        "as",
        "our",
        "my",
        "its",
        "their",
        "his",
        "her",
        "new",
        "any",
        "some",
        "this",
        "that",
        "add",
        "another",
        "of",
        "for",
        "to",
        "and",
        "sponsor",
        "sponsorship",
        "one",
        "be",
        "is",
        "biggest",
        "second",
        "first",
        "existing",
        "current",
        "same",
        "no",
        "two",
        "three",
    ]
)
_TICKET_NEXT = re.compile(r"\s*(?:tickets?|pass(?:es)?|seats?|kaartjes)\b", re.IGNORECASE)
_SPACED = re.compile(r"\s+")


def event_name_slot(thread: Thread, draft: Draft, value: object) -> Slot:
    """A new event's name: the person's words, in a row or close together where they spoke of making one."""
    if not isinstance(value, str) or _is_known(value, thread.venue_names):
        return MISSING
    turns = thread.heard(draft.operation)
    if where_said(value, turns):
        return value
    making = any(cues.ASKED_FOR["create_event"].search(turn.text) for turn in turns)
    return value if making and near_each_other(value, turns) else MISSING


def new_name_slot(thread: Thread, draft: Draft, value: object) -> Slot:
    """The name something gets: said behind `to`, `called` and the like, and no other thing's name."""
    if not isinstance(value, str) or _is_known(value, thread.venue_names):
        return MISSING
    return (
        value
        if any(_TO.search(place.before) for place in where_said(value, thread.heard(draft.operation)))
        else MISSING
    )


def venue_name_slot(thread: Thread, draft: Draft, value: object) -> Slot:
    """A new venue's name; one that exists, or an event's, is none."""
    if not isinstance(value, str) or _is_known(value, (*thread.venue_names, *thread.event_names)):
        return MISSING
    return value if where_said(value, thread.heard(draft.operation)) else MISSING


def said_slot(thread: Thread, draft: Draft, value: object) -> Slot:
    """Any other name, a city, a space: in the person's words."""
    return value if isinstance(value, str) and where_said(value, thread.heard(draft.operation)) else MISSING


def type_name_slot(thread: Thread, draft: Draft, value: object) -> Slot:
    """A new ticket type's name. Where none was said a usual one will do; where one was said, that one."""
    others = {str(other.given.get("name", "")).casefold() for other in draft.likes if other is not draft}
    kinds = [kind for kind in _kinds_said(thread, draft) if kind.casefold() not in others]
    if isinstance(value, str):
        usual = value.casefold() in DEFAULT_TYPES
        places = (
            []
            if EMAIL.search(value) or _is_known(value, thread.venue_names)
            else where_said(value, thread.heard(draft.operation))
        )
        if places or (usual and (not kinds or (len(kinds) == 1 and len(draft.likes) > 1))):
            return value
    if len(kinds) == 1:
        return kinds[0]
    if not kinds and isinstance(value, str) and len(draft.likes) > 1:
        return Asked(missing(draft, "name"))
    return which_value("ticket type", kinds) if kinds else MISSING


def _kinds_said(thread: Thread, draft: Draft) -> list[str]:
    """The usual kinds of ticket named in the latest message that names any."""
    for turn in thread.heard(draft.operation):
        found = _kinds_in(turn)
        if found:
            return found
    return []


def _kinds_in(turn: Turn) -> list[str]:
    places = sorted((*_KIND.finditer(turn.text), *_COUNTED_KIND.finditer(turn.text)), key=lambda match: match.start())
    return list(dict.fromkeys(_titled(match.group(1)) for match in places))


def _titled(words: str) -> str:
    return "VIP" if words.casefold() == "vip" else " ".join(word.capitalize() for word in re.split(r"[\s-]+", words))


def type_reference_slot(thread: Thread, draft: Draft, value: object) -> Slot:
    """An existing ticket type: said, returned by a tool, or the usual one where none was said."""
    if not isinstance(value, str):
        return MISSING
    if value in thread.trusted and thread.by_id(value) is None:
        return value
    made = {
        str(other.values.get("name", "")).casefold() for other in draft.likes if other.operation == "create_ticket_type"
    }
    other_thing = (
        _is_known(value, (*thread.venue_names, *thread.event_names))
        or EMAIL.search(value)
        or value == draft.given.get("buyer")
    )
    if not other_thing and (value.casefold() in made or where_said(value, thread.turns)):
        return value
    taken = {str(other.given.get("ticket_type", "")).casefold() for other in draft.likes if other is not draft}
    latest = thread.latest
    kinds = _kinds_in(latest) if latest else []
    kinds = [kind for kind in kinds if kind.casefold() not in taken] if len(kinds) > 1 else kinds
    if not kinds and value.casefold() in DEFAULT_TYPES:
        return value
    if len(kinds) > 1:
        return which_value("ticket type", kinds)
    return kinds[0] if kinds else MISSING


def sponsor_slot(thread: Thread, draft: Draft, value: object) -> Slot:
    """A sponsor: said, or for an existing one its id; never an event, a venue or a level."""
    if not isinstance(value, str):
        return MISSING
    if draft.operation != "add_sponsor" and value in thread.trusted and thread.by_id(value) is None:
        return value
    if _is_known(value, (*thread.event_names, *thread.venue_names, *thread.made)) or value.casefold() in cues.LEVELS:
        return MISSING
    return value if where_said(value, thread.heard(draft.operation)) else MISSING


def is_kind(value: str) -> bool:
    """Whether a word is a usual kind of ticket."""
    return re.fullmatch(rf"(?:{_KINDS})s?", value.strip(), re.IGNORECASE) is not None


def level_slot(thread: Thread, draft: Draft, value: object) -> Slot:
    """A sponsor's level, as said beside the sponsor."""
    for turn in thread.heard(draft.operation):
        said = _levels(turn)
        if not said:
            continue
        sponsor = str(draft.values.get("sponsor", "")).casefold().split()
        own = [one for one in _beside_sponsor(draft, turn, said) if one[0] not in sponsor]
        if not own:
            continue
        names = list(dict.fromkeys(level for level, _ in own))
        if isinstance(value, str):
            given = value.casefold().removesuffix(" sponsor").strip()
            match = next((level for level in names if level == given), None)
            if match:
                return value if given == value.casefold() else match
        return names[0] if len(names) == 1 else which_value("level", names)
    if isinstance(value, str) and any(
        _LEVEL_NEXT.match(place.after) for place in where_said(value, thread.heard(draft.operation))
    ):
        return value
    return MISSING


def _levels(turn: Turn) -> list[tuple[str, int]]:
    found = [
        (word, start)
        for start, end, word in turn.words
        if word in cues.LEVELS and not _TICKET_NEXT.match(turn.text, end)
    ]
    usual = {word for word, _ in found}
    if usual - {"main", "title", "lead", "media", "community", "basic"}:
        found = [
            (word, start)
            for word, start in found
            if word not in ("main", "title", "lead", "media", "community", "basic")
            or _LEVEL_NEXT.match(turn.text, start + len(word))
        ]
    if found:
        return found
    return [
        (m.group(1).casefold(), m.start())
        for m in _SPONSOR_LEVEL.finditer(turn.text)
        if m.group(1).casefold() not in _NOT_LEVELS
    ]


def _beside_sponsor(draft: Draft, turn: Turn, said: list[tuple[str, int]]) -> list[tuple[str, int]]:
    if len({level for level, _ in said}) < 2:
        return said
    sponsor = draft.values.get("sponsor")
    places = [place.start for place in where_said(sponsor, [turn]) if place.mended] if isinstance(sponsor, str) else []
    pieces = [piece for place in places if (piece := turn.piece_at(place))]
    near = [(level, at) for level, at in said if any(piece.start <= at < piece.end for piece in pieces)]
    if near:
        return near
    return [said[draft.place]] if len(said) == len(draft.likes) else said


def buyer_slot(thread: Thread, draft: Draft, value: object) -> Slot:
    """Whoever buys: name and address each as the person said them; of the latest sale, not of an earlier one."""
    if not isinstance(value, str):
        return MISSING
    emails = EMAIL.findall(value)
    name = plain_name(value, emails)
    if not emails and not name:
        return MISSING
    turns = thread.heard(draft.operation)
    latest = thread.latest
    if latest is not None and latest.people and cues.ASKED_FOR["sell_tickets"].search(latest.text):
        turns = [latest]
    if any(
        not any(email.casefold() == said.email.casefold() for turn in turns for said in turn.emails) for email in emails
    ):
        return MISSING
    if name and (
        _is_known(name, (*thread.event_names, *thread.venue_names, *thread.made)) or not _names_person(name, turns)
    ):
        return emails[0] if len(emails) == 1 else MISSING
    return value


def _names_person(name: str, turns: Sequence[Turn]) -> bool:
    return any(
        not _TICKET_NEXT.match(place.after) and not place.before.rstrip().endswith("@")
        for place in where_said(name, turns)
    )


def plain_name(buyer: str, emails: Sequence[str]) -> str:
    """The name in `Name <mail>`, without the address."""
    for email in emails:
        buyer = buyer.replace(email, " ")
    return _SPACED.sub(" ", re.sub(r"[<>()\[\],]", " ", buyer)).strip()


def prose_slot(thread: Thread, draft: Draft, value: object) -> Slot:
    """A description or a reason made of the person's own words; anything else is left out."""
    return value if isinstance(value, str) and made_of_words(value, thread.heard(draft.operation)) else MISSING


def timezone_slot(thread: Thread, draft: Draft, value: object) -> Slot:
    """A zone the person named by its city or in full."""
    if not isinstance(value, str) or len(value) > 60:
        return MISSING
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError):
        return MISSING
    city = value.rsplit("/", 1)[-1].replace("_", " ")
    zoned = re.compile(r"\s*(?:time|tijd|zone|timezone)", re.IGNORECASE)
    said = where_said(city, thread.turns)
    full = any(value.casefold() in turn.raw.casefold() for turn in thread.turns)
    return value if full or any(zoned.match(place.after) for place in said) else MISSING


def method_slot(thread: Thread, draft: Draft, value: object) -> Slot:
    return _chosen(thread, draft, value, cues.METHODS)


def status_slot(thread: Thread, draft: Draft, value: object) -> Slot:
    return _chosen(thread, draft, value, cues.STATUSES)


def _chosen(thread: Thread, draft: Draft, value: object, words: dict[str, re.Pattern[str]]) -> Slot:
    """One of a closed list, when a word for it was said; the latest message that says any decides."""
    for turn in thread.heard(draft.operation):
        said = [name for name, pattern in words.items() if pattern.search(turn.text)]
        if said:
            return value if value in said else said[0] if len(said) == 1 and isinstance(value, str) else MISSING
    return MISSING


def _is_known(value: str, names: Sequence[str]) -> bool:
    return plain(value) in {plain(name) for name in names}
