"""Shares, fees kept, counts, lengths and moments of the ticket office: a number goes on where its own words stand beside it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from agent.guard import when
from agent.guard.cues import cue
from agent.guard.slot import MISSING, Asked, Draft, Slot
from agent.guard.sums import is_kept, number_of
from agent.guard.thread import Thread
from agent.guard.turn import Sum, Turn
from agent.reading.amounts import read_numbers
from tools.kit.money import format_money

_NEAR = 48
"""Characters around a number in which the word for it is looked for."""
_PERCENT_NEXT = re.compile(r"\s?(?:%|percent\b|per\s+cent\b|procent\b)", re.IGNORECASE)
_SHARE = re.compile(r"(?<![\w.,])(\d{1,3}(?:[.,]\d{1,2})?)\s?(?:%|percent\b|per\s+cent\b|procent\b)", re.IGNORECASE)
_TAX, _FEE = cue(r"tax\w*|vat|btw|sales tax"), cue(r"fees?|service|booking costs?|handling|surcharge")
_FREE = cue(r"free|gratis|complimentary|for nothing|at no charge|comp(?:ed|s)?")
_SINGLE = cue(r"single[- ]use|one[- ]time|one use each|used once|usable once|once each")
_EACH_BUYER = (
    r"(?:per|each|a|every|one|any|single) (?:buyer|person|customer|head|guest|account|household)|"
    r"nobody|no ?one|anyone|anybody|each"
)

COUNTS: dict[str, tuple[re.Pattern[str], re.Pattern[str] | None]] = {
    "max_uses": (
        cue(r"max\w*|at most|up to|no more than|not more than|limit\w*|uses?|times|first|only|redeem\w*"),
        cue(_EACH_BUYER),
    ),
    "max_per_buyer": (cue(_EACH_BUYER), cue(r"per order|in one order|each order|an order")),
    "max_per_order": (cue(r"per order|in one order|each order|an order|one order|at once|order"), None),
    "min_per_order": (cue(r"at least|min\w*|no fewer|not fewer|or more"), None),
    "size": (cue(r"together|shar\w*|limit\w*|max\w*|at most|in total|altogether|places|size|quota|to|rais\w*"), None),
    "places": (cue(r"places?|tickets?|seats?|spots?|offer\w*|returned|first|people"), None),
}
"""What must stand near a number that is to be a limit, and what must not."""
LENGTHS = {"minutes": 1, "hours": 60, "offer_hours": 60, "expires_in_hours": 60, "days": 1440, "refund_days": 1440}
_LENGTH_CUES = {"refund_days": cue(r"refunds?|money back|ask|ask for|choose")}

ENDS = frozenset({"valid_until", "sales_end", "choose_until", "deadline", "expires_at", "closes_at"})
STARTS = frozenset({"valid_from", "sales_start", "opens_at"})
_UNTIL = re.compile(
    r"\b(?:until|till|til|to|through|by|before|ends?|ending|end|closes?|stops?|expires?|tot|valid\s+on)\b[^.;!?\d]{0,24}$",
    re.IGNORECASE,
)
_FROM = re.compile(
    r"\b(?:from|starting|starts?|start|as\s+of|after|since|opens?|begins?|begin|vanaf)\b[^.;!?\d]{0,24}$",
    re.IGNORECASE,
)

ASKS = {
    "percent_basis_points": "How many percent off?",
    "off_amount": "How much off each ticket?",
    "price_amount": "At what price, or free?",
    "budget_amount": "How much may the code take off in all?",
    "keep_amount": "How much should be kept of each refund, if anything?",
    "fee_amount": "How much is the fee?",
    "max_uses": "How many times may it be used?",
    "max_per_buyer": "How many tickets may one buyer have?",
    "max_per_order": "How many tickets may be in one order?",
    "size": "How many places are there together?",
    "places": "How many places should be offered?",
    "valid_until": "Until when is it valid?",
    "valid_from": "From when is it valid?",
    "sales_end": "When do the sales end?",
    "sales_start": "When do the sales start?",
    "choose_until": "Until when may they choose?",
    "deadline": "Until when may they choose?",
    "expires_at": "Until when may it be paid?",
    "quantity": "How many tickets?",
    "hours": "For how many hours?",
    "days": "For how many days?",
    "minutes": "For how many minutes?",
    "refund_days": "For how many days may buyers ask for their money back?",
}
"""The question for a value that a model brought and nobody said: a limit that is left out in silence is no limit at all."""


def _asked(slot: str) -> Asked:
    return Asked(ASKS.get(slot, f"What is the {slot.replace('_', ' ')}?"))


def percents(turn: Turn) -> list[tuple[int, int, int]]:
    """Shares that were said, in basis points, with their places."""
    found = [(m.start(), m.end(), int(Decimal(m[1].replace(",", ".")) * 100)) for m in _SHARE.finditer(turn.text)]
    for number in read_numbers(turn.text):
        mark = _PERCENT_NEXT.match(turn.text, number.end)
        if mark and not any(start <= number.start < end for start, end, _ in found):
            found.append((number.start, mark.end(), int(Decimal(number.value) * 100)))
    return [share for share in found if 0 < share[2] <= 10_000]


def share_slot(thread: Thread, draft: Draft, slot: str, value: object) -> Slot:
    """Basis points of a share that was said of just this: a discount, a fee or a tax."""
    said: set[int] = set()
    for turn in thread.heard(draft.operation):
        for start, end, points in percents(turn):
            around = _piece(turn, start, end)
            about = (
                "tax_basis_points"
                if _TAX.search(around)
                else "fee_basis_points"
                if _FEE.search(around)
                else "percent_basis_points"
            )
            if about == slot:
                said.add(points)
        if said:
            break
    return _one_of(slot, said, value, scale=100)


def money_slot(thread: Thread, draft: Draft, slot: str, value: object) -> Slot:
    """Minor units of a sum that was said of just this; `free` is a price of nothing."""
    for turn in thread.heard(draft.operation):
        found = [said for said in turn.sums if _SUM_IS[slot](turn, said)]
        if slot == "price_amount" and not found and _FREE.search(turn.text):
            return 0 if value is not None or draft.operation == "create_vouchers" else MISSING
        if found:
            amounts = {said.amount for said in found}
            picked = _one_of(slot, amounts, value, scale=100)
            if isinstance(picked, Asked) and len(amounts) > 1:
                return Asked(
                    f"Which amount do you mean: {' or '.join(format_money(one.amount, one.currency) for one in found)}?"
                )
            if isinstance(picked, int) and slot != "keep_amount":
                draft.currency = next(
                    (one.currency for one in found if one.said and one.amount == picked), draft.currency
                )
            return picked
    return MISSING if value is None or number_of(value) == 0 else _asked(slot)


def _near(pattern: re.Pattern[str], *, unless: re.Pattern[str] | None = None) -> Callable[[Turn, Sum], bool]:
    def is_it(turn: Turn, said: Sum) -> bool:
        around = _piece(turn, said.start, said.end)
        return bool(pattern.search(around)) and not (unless and unless.search(around))

    return is_it


_OFF = cue(r"off|discount|cheaper|reduction|korting|less|reduced")
_BUDGET = cue(r"budget|in total|in all|altogether|at most|all together|no more than")
_SUM_IS = {
    "keep_amount": is_kept,
    "off_amount": _near(_OFF, unless=_BUDGET),
    "budget_amount": _near(_BUDGET),
    "fee_amount": _near(_FEE),
    "price_amount": _near(cue(r".*"), unless=_OFF),
}


def count_slot(thread: Thread, draft: Draft, slot: str, value: object) -> Slot:
    """A limit: a number with its own words beside it."""
    wanted, unless = COUNTS[slot]
    for turn in thread.heard(draft.operation):
        if slot == "max_uses" and _SINGLE.search(turn.text):
            return 1 if value is not None or draft.operation == "create_vouchers" else MISSING
        said = set()
        for start, end, number in _numbers(turn):
            around = _piece(turn, start, end)
            if wanted.search(around) and not (unless and unless.search(around)):
                said.add(number)
        if said:
            return _one_of(slot, said, value)
    return MISSING if value is None else _asked(slot)


def said_count_slot(thread: Thread, draft: Draft, slot: str, value: object) -> Slot:
    """How many: a number that was said, and is no money, share, day or order."""
    for turn in thread.heard(draft.operation):
        limits = {n for one in ("max_uses", "max_per_buyer") for n in [draft.given.get(one)] if isinstance(n, int)}
        said = {number for _, _, number in _numbers(turn)}
        if len(said) > 1:
            said -= limits
        if said:
            return _one_of(slot, said, value)
    return MISSING if value is None else _asked(slot)


def _numbers(turn: Turn) -> Iterator[tuple[int, int, int]]:
    for count in turn.counts:
        if not _PERCENT_NEXT.match(turn.text, count.end):
            yield count.start, count.end, count.value


def length_slot(thread: Thread, draft: Draft, slot: str, value: object) -> Slot:
    """How long: a length that was said, or the days to a day that was."""
    unit, wanted = LENGTHS[slot], _LENGTH_CUES.get(slot)
    for turn in thread.heard(draft.operation):
        said = set()
        for moment in turn.moments:
            around = turn.text[max(0, moment.start - _NEAR) : moment.end + _NEAR]
            if wanted and not wanted.search(around):
                continue
            minutes = moment.minutes + moment.days * 1440
            if moment.kind == "length" and minutes and minutes % unit == 0:
                said.add(minutes // unit)
            elif slot == "days" and moment.day and moment.day > thread.now.date():
                said |= {(moment.day - thread.now.astimezone(thread.zone).date()).days + more for more in (0, 1)}
        if said:
            if number_of(value) in said:
                return int(number_of(value) or 0)
            return said.pop() if len(said) == 1 and value is not None else MISSING if value is None else _asked(slot)
    return MISSING if value is None else _asked(slot)


def moment_slot(thread: Thread, draft: Draft, slot: str, value: object) -> Slot:
    """The end or the start of a window, as said: a day alone counts to its last minute, or from its first."""
    zone = when.zone_of(thread, draft)
    for turn in thread.heard(draft.operation):
        said = _window(turn, slot, zone)
        if said:
            given = when.local(value, zone)
            if given is not None and any(_is_it(given, one) for one in said):
                return given.isoformat()
            if len(said) == 1 and value is not None:
                return said[0].isoformat()
            break
    return MISSING if value is None else _asked(slot)


def day_slot(thread: Thread, draft: Draft, slot: str, value: object) -> Slot:
    """A day that was said, `today` too."""
    given = when.parsed(value)
    wanted = given.date() if isinstance(given, datetime) else given
    for turn in thread.heard(draft.operation):
        days = {moment.day for moment in (*turn.moments, *turn.past_moments) if moment.day}
        if days:
            return wanted.isoformat() if wanted in days and isinstance(wanted, date) else MISSING
    return MISSING


def _window(turn: Turn, slot: str, zone: ZoneInfo) -> list[datetime]:
    """The moments of a message that end (or start) something, as it says; where it says neither, the only one."""
    own, other = (_UNTIL, _FROM) if slot in ENDS else (_FROM, _UNTIL)
    dated = [moment for moment in turn.moments if moment.day]
    said = [m for m in dated if own.search(turn.text[max(0, m.start - _NEAR) : m.start])]
    said = said or [
        m for m in dated if len(dated) == 1 and not other.search(turn.text[max(0, m.start - _NEAR) : m.start])
    ]
    found = []
    for moment in said:
        day, clock = (
            (moment.end_day or moment.day, moment.end_time or moment.time)
            if slot in ENDS
            else (moment.day, moment.time)
        )
        usual = time(23, 59) if slot in ENDS else time(0)
        if day:
            found.append(datetime.combine(day, clock or usual, zone))
    return found


def _is_it(given: datetime, said: datetime) -> bool:
    """The same minute; the last minute of a day may be told as its end."""
    return given.replace(second=0, microsecond=0) == said or (
        said.time() == time(23, 59) and given in (said + timedelta(minutes=1), said.replace(second=59))
    )


def _piece(turn: Turn, start: int, end: int) -> str:
    """The words around a number, within its sentence and not beyond the next number's words."""
    before = re.split(r"[.;!?,:]\s|\bbut\b|\band\b|\bwith\b", turn.text[max(0, start - _NEAR) : start])[-1]
    after = re.split(r"[.;!?,:](?:\s|$)|\bbut\b|\band\b|\bwith\b", turn.text[end : end + _NEAR])[0]
    return before + turn.text[start:end] + after


def _one_of(slot: str, said: set[int], value: object, *, scale: int = 1) -> Slot:
    """The model's number where it was said, in either unit; else the only one that was."""
    given = number_of(value)
    if given is not None and given in said:
        return int(given)
    if given is not None and given * scale in said:
        return int(given * scale)
    if len(said) == 1:
        return next(iter(said))
    return MISSING if value is None else _asked(slot)
