"""Money and counts: a number goes on when the person said it, for this thing; one reading corrects the model, several are asked about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import TypeVar

from agent.guard import cues
from agent.guard.likeness import where_said
from agent.guard.questions import which_value
from agent.guard.slot import MISSING, Draft, Slot
from agent.guard.thread import Thread, is_correction
from agent.guard.turn import Count, Sum, Turn
from agent.reading.amounts import to_minor
from tools.kit.money import format_money

M = TypeVar("M", Sum, Count)

_MONEY_TOPICS = {
    "create_ticket_type": ("ticket",),
    "update_ticket_type": ("ticket",),
    "add_sponsor": ("sponsor",),
    "update_sponsor": ("sponsor",),
    "refund_order": ("refund",),
    "record_payment": ("payment",),
}
"""What the clause speaks of in which an operation's sum is said."""
_MONEY_ALSO = {
    "create_ticket_type": ("", "people", "sale", "payment"),
    "update_ticket_type": ("", "people", "sale", "payment"),
    "add_sponsor": ("", "payment"),
    "update_sponsor": ("", "payment"),
    "refund_order": ("", "ticket"),
    "record_payment": ("", "sale", "ticket"),
}
"""Where it may stand as well, when it is said nowhere else."""
_COUNT_TOPICS = {
    ("create_ticket_type", "quantity"): (("ticket",), ("", "sale", "people")),
    ("update_ticket_type", "quantity"): (("ticket",), ("", "sale")),
    ("sell_tickets", "quantity"): (("sale",), ("", "ticket")),
    ("create_event", "capacity"): (("people",), ("", "ticket")),
    ("update_event", "capacity"): (("people",), ()),
    ("create_venue", "capacity"): (("people",), ("",)),
    ("update_venue", "capacity"): (("people",), ()),
}
_NEAR = 48
"""Characters around a sum in which it is said that it is kept."""
_KEEPS = re.compile(
    r"\b(?:keep\w*|kept|except\w*|minus|less|retain\w*|deduct\w*|withhold\w*|subtract\w*|all\s+but|but\s+(?:for\s+)?(?:a|an|the))\b"
    r"[^.;!?]{0,24}$",
    re.IGNORECASE,
)
_KEPT_NEXT = re.compile(
    r"^\s*(?:[\w-]+\s+){0,2}?(?:fees?|handling|charges?|administration|costs?)\b(?!\s+back)|^\s*(?:each\s+)?(?:is|are|stays?|be)\s+kept",
    re.IGNORECASE,
)
_PRICE = re.compile(r"\b(?:prices?|priced|pricing|costs?|charges?|fees?|prijs)\b", re.IGNORECASE)
_OF_CODES = re.compile(r"\s*(?:uses?|codes?|vouchers?|coupons?)\b", re.IGNORECASE)
_ANCHORS = ("name", "sponsor", "buyer", "ticket_type", "event")
"""What a call's numbers stand beside in the person's words, most telling first."""


def amount_slot(thread: Thread, draft: Draft, slot: str, value: object) -> Slot:
    """Minor units of what was said; major units and other slips are put right when only one sum can be meant."""
    exact, also = _MONEY_TOPICS.get(draft.operation, ()), _MONEY_ALSO.get(draft.operation, ("",))
    turns = thread.heard(draft.operation)
    given_back = draft.operation == "refund_order"
    sums = [(turn, [said for said in turn.sums if not (given_back and is_kept(turn, said))]) for turn in turns]
    found = _meant(draft, slot, sums, exact, also)
    if not found:
        found = [_as_sum(thread, count) for count in _meant(draft, slot, _priced_counts(thread, draft), exact, ("",))]
    found = [said for said in found if str(said.amount // 100) != draft.values.get("order")]
    given = number_of(value)
    fitting = [said for said in found if given is not None and given == said.amount] or [
        said for said in found if given is not None and given.scaleb(2) == said.amount
    ]
    readings = {(said.amount, said.currency if said.said else "") for said in fitting or found}
    if not readings:
        return MISSING
    if len({amount for amount, _ in readings}) > 1:
        return which_value("amount", [format_money(said.amount, said.currency) for said in found])
    amount, _ = readings.pop()
    draft.source = next((turn for turn in turns if any(said.amount == amount for said in turn.sums)), None)
    draft.currency = next((said.currency for said in fitting or found if said.said and said.amount == amount), None)
    return amount


def is_kept(turn: Turn, said: Sum) -> bool:
    """Whether a sum is one that is not given back: `but a 2 euro fee`, `keep 5 euros`."""
    return bool(
        _KEEPS.search(turn.text[max(0, said.start - _NEAR) : said.start]) or _KEPT_NEXT.match(turn.text[said.end :])
    )


def _priced_counts(thread: Thread, draft: Draft) -> list[tuple[Turn, list[Count]]]:
    """Bare numbers that are money by what is asked for: a sponsor's, or those beside the word `price`."""
    sponsors = draft.operation.endswith("_sponsor")
    return [(turn, turn.counts) for turn in thread.heard(draft.operation) if sponsors or _PRICE.search(turn.text)]


def _as_sum(thread: Thread, count: Count) -> Sum:
    """`as gold sponsor, 5k`: a number beside a sponsor is what it pays."""
    return Sum(
        count.start,
        count.end,
        to_minor(Decimal(count.value), thread.currency) or 0,
        thread.currency,
        False,
        count.topic,
    )


def count_slot(thread: Thread, draft: Draft, slot: str, value: object) -> Slot:
    """A whole number that was said of this thing; a number of something else never is."""
    exact, also = _COUNT_TOPICS.get((draft.operation, slot), (("people",), ("",)))
    turns = [
        turn
        for turn in thread.heard(draft.operation)
        if slot != "capacity" or "venue" in draft.operation or not cues.SEARCH.search(turn.text)
    ]
    found: list[Count] = []
    if len(draft.likes) > 1 and draft.source in turns:
        found = _counted(draft, slot, turns[turns.index(draft.source) :][:1], exact, also, sure=True)
    found = found or _counted(draft, slot, turns, exact, also, sure=True)
    if value is not None:
        found = found or _counted(draft, slot, turns, exact, also, sure=False)
    given = number_of(value)
    if slot == "capacity":
        found = [count for count in found if not any(_OF_CODES.match(turn.text, count.end) for turn in turns)]
        found = [count for count in found if count.topic == "people" or count.value == given]
    said = {count.value for count in found}
    if not said or (given is None and slot == "capacity"):
        return MISSING
    if given in said:
        return value if isinstance(value, int) and not isinstance(value, bool) else next(n for n in said if n == given)
    if len(said) == 1:
        return said.pop()
    return which_value("number", [str(one) for one in sorted(said)])


def _counted(
    draft: Draft, slot: str, turns: Sequence[Turn], exact: tuple[str, ...], also: tuple[str, ...], *, sure: bool
) -> list[Count]:
    """The counts of these messages; `sure` leaves out numbers that may as well be a price. What served as the price never counts."""
    priced = draft.values.get("price_amount")
    counts = [
        (
            turn,
            [
                c
                for c in turn.counts
                if not (sure and c.doubtful) and not (c.value * 100 == priced and (c.doubtful or not turn.sums))
            ],
        )
        for turn in turns
    ]
    return _meant(draft, slot, counts, exact, also)


def minutes_slot(thread: Thread, draft: Draft, value: object) -> Slot:
    """Minutes of a length the person named."""
    said = {
        moment.minutes
        for turn in thread.heard(draft.operation)
        for moment in turn.moments
        if moment.kind == "length" and moment.minutes
    }
    given = number_of(value)
    if given is not None and int(given) in said and given == int(given):
        return int(given)
    return said.pop() if len(said) == 1 and given is not None else MISSING


def currency_slot(thread: Thread, draft: Draft, value: object) -> Slot:
    """The currency said with the amount; nobody's word means the event's own, and so does its own said again."""
    if draft.currency:
        own = thread.own_currency(draft.values.get("event"))
        return draft.currency if value is not None or draft.currency != own else MISSING
    if draft.operation != "create_event":
        return MISSING
    said = {one.currency for turn in thread.turns for one in turn.sums if one.said}
    return value if isinstance(value, str) and value in said else MISSING


def number_of(value: object) -> Decimal | None:
    """What a model sends for a number; None for anything else. Floats are read by their digits."""
    if isinstance(value, bool) or not isinstance(value, int | float | str) or len(str(value)) > 20:
        return None
    digits = str(value).strip().replace(",", "")
    try:
        number = Decimal(digits)
    except ArithmeticError:
        return None
    return number if number.is_finite() else None


def _meant(
    draft: Draft, slot: str, said: Sequence[tuple[Turn, list[M]]], exact: tuple[str, ...], also: tuple[str, ...]
) -> list[M]:
    """The values that may be meant: those of the latest message that speaks of this kind of thing, beside open ones said later.

    An answer that makes several things of a kind may make one that an earlier message spoke of.
    """
    later: list[M] = []
    corrected = False
    wanted = number_of(draft.given.get(slot)) if len(draft.likes) > 1 else None
    said = [one for one in said if any(_value(m) == wanted and m.topic in exact for m in one[1])] or said
    for turn, mentions in said:
        mentions = _not_anothers(draft, turn, mentions)
        exactly: list[tuple[Turn, M]] = [(turn, one) for one in mentions if one.topic in exact]
        if exactly:
            overruled = corrected and later and len({one.topic for one in mentions}) == 1
            return later if overruled else _beside(draft, exactly) + later
        open_ones = [(turn, one) for one in mentions if one.topic in also]
        if open_ones and not later:
            later = _beside(draft, open_ones)
            corrected = is_correction(turn)
    return later


def _beside(draft: Draft, found: list[tuple[Turn, M]]) -> list[M]:
    """Of several values of one message, those that stand with this call's own name, by piece or else by order."""
    values = [one for _, one in found]
    if len({_value(one) for one in values}) < 2:
        return values
    turn = found[0][0]
    telling = [
        slot for slot in _ANCHORS if len(draft.likes) < 2 or len({str(one.given.get(slot)) for one in draft.likes}) > 1
    ]
    for places in [_anchor(draft, turn, slot) for slot in telling]:
        near = [one for one in values if any(_same_piece(turn, place, one.start) for place in places)]
        if near and len(near) < len(values):
            return near
    return _in_order(draft, turn, values)


def _not_anothers(draft: Draft, turn: Turn, mentions: list[M]) -> list[M]:
    """Without the values that stand with the name of another call of this answer."""
    if len(draft.likes) < 2:
        return mentions
    own = [place for slot in _ANCHORS[:4] for place in _anchor(draft, turn, slot)]
    others = [
        place
        for other in draft.likes
        if other is not draft
        for slot in _ANCHORS[:4]
        for place in _anchor(other, turn, slot)
    ]

    def stands_with(places: list[int], one: M) -> bool:
        return any(_same_piece(turn, place, one.start) for place in places)

    return [one for one in mentions if stands_with(own, one) or not stands_with(others, one)]


def _value(one: Sum | Count) -> int:
    return one.amount if isinstance(one, Sum) else one.value


def _anchor(draft: Draft, turn: Turn, slot: str) -> list[int]:
    value = draft.values.get(slot, draft.given.get(slot))
    if not isinstance(value, str) or not value or len(value) > 200:
        return []
    return [place.start for place in where_said(value, [turn]) if place.mended]


def _same_piece(turn: Turn, one: int, other: int) -> bool:
    piece = turn.piece_at(one)
    return piece is not None and piece.start <= other < piece.end


def _in_order(draft: Draft, turn: Turn, values: list[M]) -> list[M]:
    """Two calls and two values: the first belongs to what is named first."""
    for slot in _ANCHORS[:4]:
        places = [_anchor(one, turn, slot) for one in draft.likes]
        if len(places) != len(values) or len(values) < 2 or not all(places):
            continue
        order = sorted(range(len(places)), key=lambda at: places[at][0])
        if len({place[0] for place in places}) == len(places):
            return [sorted(values, key=lambda one: one.start)[order.index(draft.place)]]
    return values
