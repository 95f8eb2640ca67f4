"""References to what exists: a name counts when the person referred to it, an id when one of our tools returned it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from uuid import UUID

from agent.guard import cues, verbs
from agent.guard.likeness import where_said
from agent.guard.questions import which_event, which_order, which_venue
from agent.guard.slot import MISSING, Draft, Slot
from agent.guard.thread import Known, Thread
from agent.guard.turn import Turn
from agent.reading.names import resolve

_MAKING = re.compile(
    r"(?:\b(?:an?|another|new|our|my|the|called|named|titled|een|de|het|onze)|\b(?:creat\w*|organi[sz]\w*|"
    r"schedule|host|plan|set\s+up)|[\"“‘':(]|^|[.!?;\n])\s*$",
    re.IGNORECASE,
)


SHORTEST_ORDER = 3
"""Digits of a number that counts as an order's without the word `order`."""


def is_id(value: str) -> bool:
    try:
        UUID(value)
    except ValueError:
        return False
    return True


def event_slot(thread: Thread, draft: Draft, value: object) -> Slot:
    """The event meant: said by name or short form, pointed at, or made by this conversation. Ties and strangers become a question."""
    if not isinstance(value, str):
        return _only(thread, draft)
    made = next((name for name in thread.made if name.casefold() == value.casefold()), None)
    if made:
        return value
    if is_id(value):
        known = thread.by_id(value)
        if value not in thread.trusted and known is None:
            return _only(thread, draft)
        if known is None or known.name not in thread.event_names or _referred(thread, draft, known):
            return value
        return which_event(draft.operation, thread.event_names)
    match = resolve(value, [*thread.event_names, *thread.made])
    if match.kind == "tie":
        return _tie(thread, draft, match.candidates)
    if match.name in thread.made:
        return match.name
    known = thread.event(match.name) if match.name else None
    if known and not _is_new_name(thread, value, match.kind):
        return (
            (value if match.kind in ("exact", "alias") else known.name)
            if _referred(thread, draft, known)
            else which_event(draft.operation, thread.event_names)
        )
    if _spoken_of_as_event(thread, value):
        return value
    return _only(thread, draft)


def _is_new_name(thread: Thread, value: str, kind: str) -> bool:
    """`Summer Jazz` made a moment ago is not the known `Summer Jam` it resembles."""
    return (
        kind == "fuzzy"
        and _spoken_of_as_event(thread, value)
        and not any(value in m.names for t in thread.turns for m in t.named)
    )


def _tie(thread: Thread, draft: Draft, candidates: Sequence[str]) -> Slot:
    said = _named_last(thread, thread.event_names)
    meant = [name for name in candidates if name in said]
    return meant[0] if len(meant) == 1 else which_event(draft.operation, candidates)


def _referred(thread: Thread, draft: Draft, known: Known) -> bool:
    """Whether the person spoke of this event: the latest naming wins, then what a pronoun or a pick may point at."""
    latest = thread.latest
    if latest is None:
        return False
    here = _named_in(latest, thread.event_names)
    if here:
        return known.name in here or _only_as_place(thread, here)
    if (
        thread.focus
        and thread.focus == known.id
        and (cues.POINTS.search(latest.text) or draft.operation not in verbs.DESTRUCTIVE)
    ):
        return True
    if (
        _by_day_or_place(thread, latest, known)
        or cues.ALL_OF_THEM.search(latest.text)
        or cues.PICKS.search(latest.text)
    ):
        return True
    return known.name in _named_last(thread, thread.event_names)


def _only_as_place(thread: Thread, names: set[str]) -> bool:
    return names <= set(thread.venue_names)


def _named_in(turn: Turn, names: Sequence[str]) -> set[str]:
    return {name for mention in turn.named for name in mention.names if name in names}


def _named_last(thread: Thread, names: Sequence[str]) -> set[str]:
    """What the most recent message that speaks of an event names; one that makes a new event hides older ones."""
    for turn in thread.backwards():
        found = _named_in(turn, names)
        if found:
            return found
        if cues.REQUESTS["create_event"].search(turn.text) and not _makes_something_else(turn):
            return _made_before(turn, names)
    return set()


def _made_before(turn: Turn, names: Sequence[str]) -> set[str]:
    """`Create a tango night ...`: once there is a Tango Night, that message speaks of it."""
    return {
        name
        for name in names
        if any(_MAKING.search(place.before) for place in where_said(name, [turn]))
        and not any(name in mention.names for mention in turn.named)
    }


def _makes_something_else(turn: Turn) -> bool:
    match = cues.REQUESTS["create_event"].search(turn.text)
    after = turn.text[match.end() : match.end() + 40] if match else ""
    return bool(
        re.match(
            r"\s+(?:[\w€$£-]+\s+){0,2}?(?:tickets?|pass|passes|sponsor|sponsorship|venue|ticket\s+type|"
            r"booking|order|room|hall)\b",
            after,
            re.IGNORECASE,
        )
    )


def _by_day_or_place(thread: Thread, turn: Turn, known: Known) -> bool:
    """`the event on 3 December`, `whatever is in the Loft`: one event of that day or place, and no other."""
    from agent.guard.when import local

    if thread.made:
        return False
    days = {moment.day for moment in turn.moments if moment.day and not moment.end_day}
    start = local(known.row.get("start_date"), thread.zone)
    same_day = [
        event
        for event in thread.events
        if (when := local(event.row.get("start_date"), thread.zone)) and when.date() in days
    ]
    if start and len(same_day) == 1 and same_day[0] is known:
        return True
    venues = _named_in(turn, thread.venue_names)
    there = [event for event in thread.events if event.row.get("venue") in venues]
    return (
        len(there) == 1
        and there[0] is known
        and bool(re.search(r"\b(?:events?|whatever|thing|show|party|one)\b", turn.text, re.IGNORECASE))
    )


def _spoken_of_as_event(thread: Thread, value: str) -> bool:
    """Whether a name unknown to the world was introduced by the person as the name of an event."""
    return resolve(value, thread.venue_names).kind != "exact" and any(
        _MAKING.search(place.before) for place in where_said(value, thread.turns)
    )


def _only(thread: Thread, draft: Draft) -> Slot:
    """The one event the person can mean, where the model named none."""
    said = _named_last(thread, thread.event_names)
    if not said and len(thread.made) == 1:
        return thread.made[0]
    latest = thread.latest
    pointed = latest is not None and (_named_in(latest, thread.event_names) or cues.POINTS.search(latest.text))
    if len(said) == 1 and pointed and not thread.made:
        return next(iter(said))
    return which_event(draft.operation, sorted(said) or thread.event_names)


def venue_slot(thread: Thread, draft: Draft, value: object) -> Slot:
    """The venue meant; one that nobody spoke of is missing."""
    if not isinstance(value, str):
        return MISSING
    latest = thread.latest
    if is_id(value):
        known = thread.by_id(value)
        if known is None or known.name not in thread.venue_names:
            return value if value in thread.trusted else MISSING
        return value if _venue_referred(thread, known.name) else _other_venue(thread)
    match = resolve(value, thread.venue_names)
    if match.kind == "tie":
        said = [name for name in match.candidates if _venue_referred(thread, name)]
        return said[0] if len(said) == 1 else which_venue(match.candidates)
    if match.name:
        if _venue_referred(thread, match.name):
            return value if match.kind in ("exact", "alias") else match.name
        return _other_venue(thread)
    unknown = where_said(value, thread.turns)
    if (
        unknown
        and latest is not None
        and value.casefold() not in {name.casefold() for name in (*thread.event_names, *thread.made)}
    ):
        return (
            value
            if any(place.turn is latest for place in unknown) or not _named_in(latest, thread.venue_names)
            else _other_venue(thread)
        )
    return _other_venue(thread)


def _venue_referred(thread: Thread, name: str) -> bool:
    for turn in thread.backwards():
        if cues.PICKS.search(turn.text) and not _named_in(turn, thread.venue_names):
            return _fits_what_was_sought(thread, name)
        found = _named_in(turn, thread.venue_names)
        if found:
            return name in found
    return False


def _fits_what_was_sought(thread: Thread, name: str) -> bool:
    """A pick from a list stays within what the person looked for, and is the one picked: lists go by name."""
    cities = {str(venue.row.get("city")) for venue in thread.venues if venue.row.get("city")}
    sought = next(
        (found for turn in thread.backwards() if (found := {city for city in cities if where_said(city, [turn])})),
        cities,
    )
    people = [count.value for turn in thread.turns for count in turn.counts if count.topic == "people"]
    least = people[-1] if people else 0
    fits = [venue for venue in thread.venues if not sought or venue.row.get("city") in sought]
    fits = sorted((venue for venue in fits if _holds(venue) >= least), key=lambda venue: venue.name.lower())
    latest = thread.latest.text if thread.latest else ""
    for words, picked in _PICKED.items():
        if fits and re.search(rf"\b(?:{words})\b", latest, re.IGNORECASE):
            return name in {venue.name for venue in picked(fits)}
    return name in {venue.name for venue in fits}


def _holds(venue: Known) -> int:
    size = venue.row.get("capacity")
    return size if isinstance(size, int) else 10**9


_PICKED: dict[str, Callable[[list[Known]], list[Known]]] = {
    "first|former|eerste": lambda fits: fits[:1],
    "second|tweede": lambda fits: fits[1:2],
    "third|derde": lambda fits: fits[2:3],
    "last|latter|laatste": lambda fits: fits[-1:],
    "bigger|biggest|larger|largest": lambda fits: [max(fits, key=_holds)],
    "smaller|smallest": lambda fits: [min(fits, key=_holds)],
}


def _other_venue(thread: Thread) -> Slot:
    """The one venue that was named last, else none: a slip of the model is put right, an invention is left out."""
    said = next((found for turn in thread.backwards() if (found := _named_in(turn, thread.venue_names))), set())
    return next(iter(said)) if len(said) == 1 else MISSING


_BUYER = re.compile(r"^\W*(?:he|she|they|(?:the|that)\s+(?:buyer|customer|client|guy|woman|man|lady))\b", re.IGNORECASE)


def order_slot(thread: Thread, draft: Draft, value: object) -> Slot:
    """The order meant: its number was said, or a tool returned it and the person points at it."""
    given = str(value).removeprefix("#") if isinstance(value, str | int) and not isinstance(value, bool) else ""
    said = next((turn.orders for turn in thread.backwards() if turn.orders), [])
    latest = thread.latest
    here = latest.orders if latest else []
    if given and given in (here or said):
        return given
    if latest and not here and len(given) >= SHORTEST_ORDER and _bare_in(latest, given):
        return given
    if len(set(here)) == 1 and draft.place == 0:
        return here[0]
    numbers = [one for one in thread.trusted if one.isdigit()]
    pointed = latest is not None and re.search(
        r"\b(?:order|it|that|this|them|last|bestelling|sale|again|tickets?)\b", latest.text, re.IGNORECASE
    )
    buyer = latest is not None and draft.operation == "record_payment" and _BUYER.search(latest.text)
    pointed = pointed or buyer
    known = given in thread.trusted and thread.by_id(given) is None
    picked = latest is not None and cues.PICKS.search(latest.text)
    newest = given.isdigit() and given == max(numbers, key=int, default="") and _just_sold(thread)
    if not here and pointed and known and (not given.isdigit() or len(numbers) == 1 or picked or newest):
        return given
    if not here and pointed and len(numbers) == 1:
        return numbers[0]
    return which_order(draft.operation)


def _just_sold(thread: Thread) -> bool:
    """Whether the message before spoke of a sale: its order is the newest one."""
    return len(thread.turns) > 1 and bool(cues.ASKED_FOR["sell_tickets"].search(thread.turns[-2].text))


def _bare_in(turn: Turn, number: str) -> bool:
    """`give 1042 their money back`: a number that is neither money nor a day nor a count of something."""
    if not number.isdigit():
        return False
    return any(
        turn.text[count.start : count.end] == number and count.topic in ("", "refund", "payment")
        for count in turn.counts
    )


def id_slot(thread: Thread, draft: Draft, value: object) -> Slot:
    """An id that only our own tools can have given."""
    return value if isinstance(value, str) and value in thread.trusted else MISSING
