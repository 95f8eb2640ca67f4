"""The guard's walk: clean what a model sent, read every argument again, and let the calls on or ask one question. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from agent.calls import Call, Checked
from agent.guard import cues, intent, naming, office, questions, sums, things, verbs, when
from agent.guard.slot import MISSING, Asked, Draft, Slot
from agent.guard.thread import Thread
from agent.guard.turn import Turn
from agent.reading.names import plain
from tools.catalog import CATALOG
from tools.operation import AnyOperation, Effect
from tools.threads.models import World

MAX_TEXT = 10_000
LARGEST = 10**15
MAX_QUESTIONS = 3
_NOTHING = frozenset(("", "null", "none", "n/a", "na", "undefined", "unknown", "tbd", "?", "-", "string"))

Reader = Callable[[Thread, Draft, object], Slot]

_SAME: dict[str, Reader] = {
    "event": things.event_slot,
    "venue": things.venue_slot,
    "order": things.order_slot,
    "booking": things.id_slot,
    "ticket_type": naming.type_reference_slot,
    "name": naming.new_name_slot,
    "sponsor": naming.sponsor_slot,
    "buyer": naming.buyer_slot,
    "level": naming.level_slot,
    "price_amount": lambda thread, draft, value: sums.amount_slot(thread, draft, "price_amount", value),
    "amount": lambda thread, draft, value: sums.amount_slot(thread, draft, "amount", value),
    "quantity": lambda thread, draft, value: sums.count_slot(thread, draft, "quantity", value),
    "capacity": lambda thread, draft, value: sums.count_slot(thread, draft, "capacity", value),
    "currency": sums.currency_slot,
    "timezone": naming.timezone_slot,
    "start_date": when.start_slot,
    "end_date": when.end_slot,
    "space": naming.said_slot,
    "city": naming.said_slot,
    "address": naming.said_slot,
    "payment_method": naming.method_slot,
    "method": naming.method_slot,
    "status": naming.status_slot,
    "setup_minutes": sums.minutes_slot,
    "teardown_minutes": sums.minutes_slot,
    "description": naming.prose_slot,
    "reason": naming.prose_slot,
}
"""How each argument is read again, in the order in which later ones lean on earlier ones. What stands not here is left out."""
READERS: Mapping[str, Reader] = _SAME | office.SAME

OWN: Mapping[tuple[str, str], Reader] = {
    ("create_event", "name"): naming.event_name_slot,
    ("create_venue", "name"): naming.venue_name_slot,
    ("create_ticket_type", "name"): naming.type_name_slot,
    **office.OWN,
}
_REFERENCES = {
    "update_event": {"event"}, "update_venue": {"venue"}, "update_booking": {"booking"}, "update_ticket_type": {"ticket_type", "event"},
    "update_sponsor": {"sponsor", "event"}, **office.REFERENCES,
}  # fmt: skip
_NAMES_IT = ("event", "venue", "order", "booking", "ticket_type", "sponsor", *office.NAMES_IT)
_FILLED = frozenset(("event", "order", "price_amount", "amount", "quantity", "level", "start_date"))
"""Required arguments that are filled in when a model left them out and the person's words give exactly one reading."""


class GroundingGuard:
    """The `Guard` of the service: a write goes on only as the person said it."""

    def check(
        self,
        calls: Sequence[Call],
        person_texts: Sequence[str],
        world: World,
        trusted_ids: frozenset[str],
        now: datetime,
        zone: ZoneInfo,
        currency: str,
        focus: str | None = None,
        waiting: Sequence[Call] = (),
    ) -> Checked:
        """The calls with their arguments read again, or one question. `focus` is the id of what the page shows beside the chat.

        `waiting` are the steps of the undecided card: an argument that stands there is not read again, one that differs is read
        from the latest message first.
        A call left out of the answer was not asked for. Never raises, whatever a model sent; the same input gives the same answer.
        """
        thread = Thread(person_texts, world, trusted_ids, now, zone, currency, focus)
        reads: dict[int, Call] = {}
        writes: dict[int, Draft] = {}
        for place, call in enumerate(calls):
            operation = CATALOG.get(call.name)
            given = cleaned(call.arguments)
            if operation is None:
                reads[place] = Call(call.id, call.name, given)
            elif operation.effect is Effect.read:
                reads[place] = Call(
                    call.id, call.name, _read_again(thread, operation, Draft(call.id, call.name, given))
                )
            elif operation.proposable:
                writes[place] = Draft(call.id, call.name, given)
        if not writes:
            return Checked(tuple(reads.values()))
        refusal = _refusal(thread)
        if refusal:
            return Checked(tuple(reads.values())) if reads else Checked((), refusal)
        _find_on_card(list(writes.values()), waiting)
        wanted, question = _wanted(thread, writes)
        if question and (wanted or not reads):
            return Checked((), question)
        kept = {
            **reads,
            **{place: Call(draft.id, draft.operation, _in_order(draft)) for place, draft in wanted.items()},
        }
        return Checked(tuple(kept[place] for place in sorted(kept)))


def _refusal(thread: Thread) -> str | None:
    """Why no write at all may follow the latest message."""
    latest = thread.latest
    if latest is None:
        return questions.UNCLEAR
    if intent.wants_nothing(latest) or intent.forbids_all(latest):
        return questions.NOTHING_DONE
    return None


def _wanted(thread: Thread, writes: Mapping[int, Draft]) -> tuple[dict[int, Draft], str | None]:
    """The writes that were asked for, and the question that stands in the way of any of them."""
    drafts = list(writes.values())
    for draft in drafts:
        draft.likes = [other for other in drafts if other.operation == draft.operation]
        _put_back(thread, draft)
    wanted: dict[int, Draft] = {}
    unasked: list[Draft] = []
    for place, draft in writes.items():
        _read_write(thread, draft)
        if not intent.asked_for(thread, draft):
            unasked.append(draft)
        elif not any(_same(draft, other) for other in wanted.values()):
            wanted[place] = draft
    open_questions = list(dict.fromkeys(question for draft in wanted.values() for question in draft.questions))
    if open_questions:
        return wanted, " ".join(open_questions[:MAX_QUESTIONS])
    latest = thread.latest
    if latest is not None and intent.only_asks(latest):
        return {}, questions.confirm(drafts[0])
    return wanted, questions.confirm(unasked[0]) if unasked and not wanted else None


def _find_on_card(drafts: list[Draft], waiting: Sequence[Call]) -> None:
    """Give each call the step of the waiting card it repeats or changes: of the same operation, the one most alike."""
    left = list(waiting)
    for draft in sorted(drafts, key=lambda one: -max((_alike(one, step) for step in waiting), default=0)):
        same = [
            step
            for step in left
            if _alike(draft, step) or (step.name == draft.operation and len(drafts) == len(waiting) == 1)
        ]
        if same:
            step = max(same, key=lambda one: _alike(draft, one))
            draft.card = step.arguments
            left.remove(step)


def _alike(draft: Draft, step: Call) -> int:
    """How many arguments a call shares with a step of the same operation."""
    if draft.operation != step.name:
        return 0
    return sum(draft.given.get(slot) == value for slot, value in step.arguments.items())


def _in_order(draft: Draft) -> dict[str, Any]:
    return {slot: draft.values[slot] for slot in (*draft.given, *draft.values) if slot in draft.values}


def _same(one: Draft, other: Draft) -> bool:
    """Whether a call repeats another: alike in all that both say, or, for what happens once only, the same thing named."""
    if one.operation != other.operation or one.questions:
        return False
    if one.operation in verbs.DESTRUCTIVE:
        return all(
            one.values[slot] == other.values[slot] for slot in _NAMES_IT if slot in one.values and slot in other.values
        )
    if one.operation.startswith("update_"):
        return one.values == other.values
    return all(one.values[slot] == other.values[slot] for slot in one.values.keys() & other.values.keys())


def _read_write(thread: Thread, draft: Draft) -> None:
    operation = CATALOG[draft.operation]
    fields = operation.input.model_fields
    for slot, reader in READERS.items():
        if slot not in fields or slot in office.LEFT_OUT:
            continue
        required = fields[slot].is_required()
        if draft.stands(slot):
            draft.values[slot] = draft.given[slot]
        elif (
            slot in draft.given
            or slot == "currency"
            or (required and slot in _FILLED)
            or (draft.operation, slot) in office.FILLED
        ):
            reader = OWN.get((draft.operation, slot), reader)
            _take(draft, slot, _reread(thread, draft, slot, reader), required)
        elif required:
            draft.questions.append(questions.missing(draft, slot))
    _complete(thread, draft)
    if draft.operation == "create_event" and "name" in draft.values:
        thread.made.append(draft.values["name"])


def _reread(thread: Thread, draft: Draft, slot: str, reader: Reader) -> Slot:
    """The value as said; for a change to the waiting card the latest message has the first word."""
    if draft.card and slot in draft.given:
        said = reader(thread.alone, draft, draft.given[slot])
        if said is not MISSING and not isinstance(said, Asked):
            return said
    return reader(thread, draft, draft.given.get(slot))


def _take(draft: Draft, slot: str, found: Slot, required: bool) -> None:
    if isinstance(found, Asked):
        if required or slot in draft.given:
            draft.questions.append(found.question)
    elif found is not MISSING:
        draft.values[slot] = found
    elif required or (slot in draft.given and (draft.operation, slot) in office.NARROWS):
        draft.questions.append(questions.missing(draft, slot))


def _complete(thread: Thread, draft: Draft) -> None:
    """What holds between arguments: something changes, a booking is named, a part of a refund has its amount."""
    references = _REFERENCES.get(draft.operation)
    if references and not draft.questions and not draft.values.keys() - references:
        draft.questions.append(questions.nothing_to_change(draft))
    if draft.operation == "cancel_booking" and not draft.questions and not draft.values.keys() & {"booking", "event"}:
        _take(draft, "event", things.event_slot(thread, draft, None), required=True)
    if (
        draft.operation == "refund_tickets"
        and not draft.questions
        and not draft.values.keys() & set(office.WHICH_TICKETS)
    ):
        draft.questions.append(questions.missing(draft, "tickets"))
    if draft.operation == "refund_order" and "amount" not in draft.values:
        said = sums.amount_slot(thread, draft, "amount", None)
        partly = thread.latest is not None and _says_a_part(thread.latest, draft.values.get("order"))
        if isinstance(said, int) and draft.currency:
            draft.values["amount"] = said
        elif partly:
            draft.questions.append(questions.missing(draft, "amount"))


def _says_a_part(turn: Turn, order: object) -> bool:
    """Whether less than everything may be meant: `half of it`, or a number besides the order's."""
    numbers = [count for count in turn.counts if str(count.value) != order]
    money = [said for said in turn.sums if str(said.amount // 100) != order and not sums.is_kept(turn, said)]
    return bool(numbers or money or cues.PARTLY.search(turn.text) or cues.ONE_TICKET.search(turn.text))


def _put_back(thread: Thread, draft: Draft) -> None:
    """Two arguments in each other's place, told by what they are, change places."""
    given = draft.given
    events = {plain(name) for name in (*thread.event_names, *thread.made)}
    venues = {plain(name) for name in thread.venue_names}

    def swap(one: str, other: str, is_other: Callable[[str], bool]) -> None:
        first, second = given.get(one), given.get(other)
        if isinstance(first, str) and isinstance(second, str) and is_other(first) and not is_other(second):
            given[one], given[other] = second, first

    swap("event", "venue", lambda value: plain(value) in venues - events)
    if draft.operation == "create_event":
        swap("name", "venue", lambda value: plain(value) in venues)
    swap("sponsor", "event", lambda value: plain(value) in events)
    swap("sponsor", "level", lambda value: value.casefold() in cues.LEVELS)
    swap("buyer", "ticket_type", lambda value: value.casefold() in naming.DEFAULT_TYPES or naming.is_kind(value))
    swap("ticket_type", "buyer", lambda value: "@" in value)


def _read_again(thread: Thread, operation: AnyOperation, draft: Draft) -> dict[str, Any]:
    """A read's arguments: unknown ones left out, days read again; nothing is asked."""
    fields = operation.input.model_fields
    kept = {slot: value for slot, value in draft.given.items() if slot in fields}
    draft.values = kept
    if kept.keys() & {"from_date", "to_date"}:
        spans = when.range_slots(thread, draft, kept.get("from_date"), kept.get("to_date"))
        for slot, found in zip(("from_date", "to_date"), spans, strict=True):
            kept.pop(slot, None)
            if found is not MISSING:
                kept[slot] = found
    for slot in kept.keys() & {"free_from", "free_until"}:
        found = when.instant_slot(thread, draft, kept[slot])
        kept[slot] = None if found is MISSING else found
    for slot in kept.keys() & {"min_capacity", "limit"}:
        if isinstance(kept[slot], str) and kept[slot].isdecimal() and len(kept[slot]) < 10:
            kept[slot] = int(kept[slot])
    return {slot: kept[slot] for slot in draft.given if kept.get(slot) is not None}


def cleaned(arguments: object) -> dict[str, Any]:
    """Arguments without what cannot be one: empty words, nested values, characters that cannot be kept, endless text."""
    if not isinstance(arguments, Mapping):
        return {}
    return {
        key: value
        for key, sent in arguments.items()
        if isinstance(key, str) and (value := _value_of(key, sent)) is not None
    }


def _value_of(key: str, sent: object) -> Any:
    """A plain value; or, of what is a list by nature, its plain items and lines."""
    if key not in office.LISTS or not isinstance(sent, list):
        return _plain_value(sent)
    items = [cleaned(one) if isinstance(one, Mapping) else _plain_value(one) for one in sent[: office.MOST_ITEMS]]
    return [one for one in items if one]


def _plain_value(value: object) -> str | int | float | bool | None:
    if isinstance(value, str):
        text = value.strip()
        if text.casefold() in _NOTHING or len(text) > MAX_TEXT or any(_unfit(character) for character in text):
            return None
        return text
    if isinstance(value, int | float):
        return value if -LARGEST < value < LARGEST else None
    return None


def _unfit(character: str) -> bool:
    return unicodedata.category(character) in ("Cc", "Cs") and character not in "\n\r\t"
