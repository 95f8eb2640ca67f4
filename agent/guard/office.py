"""The ticket office's arguments: how each is read again, what is filled in, what is never a model's to say. Tables and their readers."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from agent.guard import limits, naming, things
from agent.guard.choices import CHOICES, CLEARED, OPTIONS, SWITCHES, TAKES_AWAY
from agent.guard.cues import NEGATION, cue
from agent.guard.likeness import where_said
from agent.guard.slot import MISSING, Asked, Draft, Slot
from agent.guard.sums import amount_slot, count_slot
from agent.guard.thread import Thread
from agent.guard.turn import Turn
from agent.reading.names import plain
from agent.reading.people import EMAIL

Reader = Callable[[Thread, Draft, object], Slot]

MOST_ITEMS = 50
LISTS = frozenset(
    {
        "also",
        "add",
        "remove",
        "parts",
        "tickets",
        "ticket_types",
        "add_ticket_types",
        "remove_ticket_types",
        "options",
        "clear",
    }
)
"""Arguments that are lists; a list anywhere else counts as not given."""
LEFT_OUT = frozenset({"csv_base64", "nonce", "device", "force"})
"""Never a model's to say, whatever was said: what a device sends, a file, and letting somebody in against the rules."""

_NEAR = 40
_ONE = re.compile(r"\b(?:an?|one|the|single|his|her|their)\s+(?:\w+\s+){0,2}$", re.IGNORECASE)
_INSTEAD = re.compile(r"\b(?:instead\s+of|rather\s+than|in\s+place\s+of)\s+(?:the\s+|an?\s+|\d+\s+)?$", re.IGNORECASE)
_REHEARSAL = cue(r"dry run|rehears\w*|simulat\w*|only (?:show|tell)|just (?:show|tell)|without doing it|not yet")


def _reader(read: Callable[[Thread, Draft, str, object], Slot], slot: str) -> Reader:
    return lambda thread, draft, value: read(thread, draft, slot, value)


def word_slot(thread: Thread, draft: Draft, value: object) -> Slot:
    """A code or a reference: letter for letter as the person wrote it, or an id our tools returned."""
    if not isinstance(value, str):
        return MISSING
    if value in thread.trusted:
        return value
    wanted = re.compile(rf"(?<![\w-]){re.escape(value.casefold())}(?![\w-])")
    return value if any(wanted.search(turn.raw.casefold()) for turn in thread.turns) else MISSING


def thing_slot(thread: Thread, draft: Draft, value: object) -> Slot:
    """A quota, a check-in list: an id our tools returned, or its name as said."""
    if not isinstance(value, str):
        return MISSING
    return value if value in thread.trusted or where_said(value, thread.turns) else MISSING


def person_slot(thread: Thread, draft: Draft, value: object) -> Slot:
    """Somebody's name as the person said it, for this; no event and no venue."""
    if not isinstance(value, str) or plain(value) in {
        plain(name) for name in (*thread.event_names, *thread.venue_names)
    }:
        return MISSING
    return value if where_said(value, thread.heard(draft.operation)) else MISSING


def address_slot(thread: Thread, draft: Draft, value: object) -> Slot:
    """An e-mail address the person wrote; one from anywhere else goes nowhere."""
    said = [person.email for turn in thread.heard(draft.operation) for person in turn.emails]
    if isinstance(value, str) and value.casefold() in {one.casefold() for one in said}:
        return value
    return said[0] if len(set(said)) == 1 and draft.operation in ("transfer_ticket", "add_to_waiting_list") else MISSING


def attendee_slot(thread: Thread, draft: Draft, value: object) -> Slot:
    found = person_slot(thread, draft, value)
    return (
        address_slot(thread, draft, value)
        if found is MISSING and isinstance(value, str) and EMAIL.search(value)
        else found
    )


def ticket_slot(thread: Thread, draft: Draft, value: object) -> Slot:
    """A ticket: by an id our tools returned, by its code as written, or by the name of who has it."""
    known = word_slot(thread, draft, value)
    return person_slot(thread, draft, value) if known is MISSING else known


def pasted_slot(thread: Thread, draft: Draft, value: object) -> Slot:
    """Lines that stand in one of the person's messages, all of them."""
    if not isinstance(value, str):
        return MISSING
    lines = [line.strip() for line in value.splitlines() if line.strip()]
    return value if lines and any(all(line in turn.raw for line in lines) for turn in thread.turns) else MISSING


def label_slot(thread: Thread, draft: Draft, value: object) -> Slot:
    return value if isinstance(value, str) and where_said(value, thread.heard(draft.operation)) else MISSING


def choice_slot(thread: Thread, draft: Draft, slot: str, value: object) -> Slot:
    """A value of a closed list for which a word was said. What a model brought without one is asked about where money hangs on it."""
    for turn in thread.heard(draft.operation):
        said = [name for name, words in CHOICES[slot].items() if _said(turn, words)]
        if said:
            return said[0] if slot == "buyers" or value not in said else value
    if value is None or slot == "kind":
        return MISSING
    return (
        Asked("What do those who paid get: their money back, the choice, or is that decided later?")
        if slot == "buyers"
        else MISSING
    )


def options_slot(thread: Thread, draft: Draft, value: object) -> Slot:
    """What buyers may choose from: what was said, together with the refund it is about."""
    said = [
        name
        for name, words in OPTIONS.items()
        if any(words.search(turn.text) for turn in thread.heard(draft.operation))
    ]
    return [one for one in value if one in said] or MISSING if isinstance(value, list) else MISSING


def switch_slot(thread: Thread, draft: Draft, slot: str, value: object) -> Slot:
    """Yes or no where a word for it was said; the latest message that says either decides."""
    yes, no = SWITCHES[slot]
    for turn in thread.heard(draft.operation):
        if no and no.search(turn.text):
            return False
        if yes and _said(turn, yes):
            return True
    return MISSING


def rehearsal_slot(thread: Thread, draft: Draft, value: object) -> Slot:
    """A card shows the numbers before anybody says yes; a dry run is what was asked for by that name."""
    latest = thread.latest
    return bool(latest is not None and _REHEARSAL.search(latest.text))


def cleared_slot(thread: Thread, draft: Draft, value: object) -> Slot:
    """Limits that the person wants gone."""
    latest = thread.latest
    if not isinstance(value, list) or latest is None or not TAKES_AWAY.search(latest.text):
        return MISSING
    kept = [one for one in value if isinstance(one, str) and one in CLEARED and CLEARED[one].search(latest.text)]
    return kept or MISSING


def ids_slot(thread: Thread, draft: Draft, value: object) -> Slot:
    """Ids that our tools returned, all of them."""
    if not isinstance(value, list) or not value:
        return MISSING
    return (
        value
        if all(isinstance(one, str) and one in thread.trusted for one in value)
        else Asked("Which tickets do you mean?")
    )


def types_slot(thread: Thread, draft: Draft, value: object) -> Slot:
    """Ticket types that were said, all of them: a code for types nobody named would be good for them."""
    if not isinstance(value, list) or not value:
        return MISSING
    alone = Draft(draft.id, draft.operation, {})
    found = [naming.type_reference_slot(thread, alone, one) if _is_said(thread, one) else MISSING for one in value]
    return Asked("For which ticket types?") if any(one is MISSING or isinstance(one, Asked) for one in found) else found


def _is_said(thread: Thread, name: object) -> bool:
    return isinstance(name, str) and (name in thread.trusted or bool(where_said(name, thread.turns)))


def lines_slot(thread: Thread, draft: Draft, slot: str, value: object) -> Slot:
    """Ticket types with how many of each, both as said and side by side."""
    if not isinstance(value, list) or not value:
        return MISSING
    lines: list[dict[str, Any]] = []
    for line in value:
        name = line.get("ticket_type") if isinstance(line, Mapping) else None
        if not isinstance(name, str) or not _is_said(thread, name):
            return Asked("Which ticket types, and how many of each?")
        number = _beside(thread, draft, name, line.get("quantity"))
        if number is None:
            return Asked(f"How many {name} tickets?")
        lines.append({"ticket_type": name, "quantity": number})
    if slot in ("remove", "add") and _turned_round(thread, draft):
        return Asked("Which tickets go back, and which come instead?")
    return lines


def _beside(thread: Thread, draft: Draft, name: str, given: object) -> int | None:
    """How many of a type, by the number that stands before its name; a model's where only an id tells the type."""
    said: list[int] = []
    for place in where_said(name, thread.heard(draft.operation)):
        turn = place.turn
        before = [count for count in turn.counts if 0 <= place.start - count.end <= _NEAR and place.mended]
        between = turn.text[before[-1].end : place.start] if before else ""
        if before and not re.search(r"\b(?:and|plus|for|to|with|into|by)\b|[,;+]", between):
            said.append(before[-1].value)
        elif _ONE.search(turn.text[max(0, place.start - _NEAR) : place.start]):
            said.append(1)
    if said:
        return given if isinstance(given, int) and given in said else said[0]
    counts = {count.value for turn in thread.heard(draft.operation)[:1] for count in turn.counts}
    return given if isinstance(given, int) and not isinstance(given, bool) and given in counts else None


def main_count_slot(thread: Thread, draft: Draft, value: object) -> Slot:
    """How many of the first type: beside its name, where further types stand in the same order."""
    name = draft.values.get("ticket_type")
    if draft.given.get("also") and isinstance(name, str):
        found = _beside(thread, draft, name, value)
        if found is not None:
            return found
    return count_slot(thread, draft, "quantity", value)


def taken_back_slot(thread: Thread, draft: Draft, value: object) -> Slot:
    """How many tickets of an order; its own number is none of them."""
    for turn in thread.heard(draft.operation):
        said = {count.value for count in turn.counts if str(count.value) != draft.values.get("order")}
        if said:
            return value if value in said else said.pop() if len(said) == 1 and value is not None else MISSING
        if (
            isinstance(value, int)
            and value == 1
            and re.search(r"\b(?:an?|one|the|her|his)\s+(?:\w+\s+){0,2}ticket\b", turn.text, re.IGNORECASE)
        ):
            return 1
    return MISSING if value is None else Asked("How many tickets should be refunded?")


def _turned_round(thread: Thread, draft: Draft) -> bool:
    """Whether what comes was said before what goes."""
    latest = thread.latest
    goes, comes = (_first(latest, draft.given.get(slot)) for slot in ("remove", "add"))
    if latest is None or goes is None or comes is None or goes == comes:
        return False
    backwards = bool(_INSTEAD.search(latest.text[:goes]))
    return goes > comes if not backwards else goes < comes


def _first(turn: Turn | None, lines: object) -> int | None:
    if turn is None or not isinstance(lines, list):
        return None
    names = [
        line["ticket_type"] for line in lines if isinstance(line, Mapping) and isinstance(line.get("ticket_type"), str)
    ]
    places = [place.start for name in names for place in where_said(name, [turn]) if place.mended]
    return min(places, default=None)


def _said(turn: Turn, words: re.Pattern[str]) -> bool:
    return any(not NEGATION.search(turn.text[: found.start()][-60:]) for found in words.finditer(turn.text))


SAME: dict[str, Reader] = {
    "code": word_slot,
    "promo_code": word_slot,
    "prefix": word_slot,
    "reference": word_slot,
    "quota": thing_slot,
    "check_in_list": thing_slot,
    "hold": things.id_slot,
    "entry": things.id_slot,
    "payment": things.id_slot,
    "payout": things.id_slot,
    "check_in": things.id_slot,
    "file": things.id_slot,
    "ticket": ticket_slot,
    "tickets": ids_slot,
    "attendee": attendee_slot,
    "email": address_slot,
    "label": label_slot,
    "billing_address": naming.prose_slot,
    "csv": pasted_slot,
    "options": options_slot,
    "clear": cleared_slot,
    "dry_run": rehearsal_slot,
    "arrived_on": _reader(limits.day_slot, "arrived_on"),
    **dict.fromkeys(("ticket_types", "add_ticket_types", "remove_ticket_types"), types_slot),
    **{slot: _reader(lines_slot, slot) for slot in ("also", "parts", "remove", "add")},
    **{slot: _reader(choice_slot, slot) for slot in CHOICES},
    **{slot: _reader(switch_slot, slot) for slot in SWITCHES},
    **{
        slot: _reader(limits.share_slot, slot)
        for slot in ("percent_basis_points", "fee_basis_points", "tax_basis_points")
    },
    **{slot: _reader(limits.money_slot, slot) for slot in ("keep_amount", "off_amount", "budget_amount", "fee_amount")},
    **{slot: _reader(limits.count_slot, slot) for slot in limits.COUNTS},
    **{slot: _reader(limits.length_slot, slot) for slot in limits.LENGTHS},
    **{slot: _reader(limits.moment_slot, slot) for slot in (*limits.ENDS, *limits.STARTS)},
}
"""How an argument is read again, whichever operation takes it; behind the trade's own, so that limits know their event."""

_CODES = ("create_promo_code", "update_promo_code", "create_vouchers")
OWN: dict[tuple[str, str], Reader] = {
    **{(name, "price_amount"): _reader(limits.money_slot, "price_amount") for name in _CODES},
    **{
        (name, "quantity"): _reader(limits.said_count_slot, "quantity")
        for name in ("create_vouchers", "hold_tickets", "add_to_waiting_list")
    },
    ("refund_tickets", "quantity"): taken_back_slot,
    ("sell_tickets", "quantity"): main_count_slot,
    ("transfer_ticket", "name"): person_slot,
    ("rename_attendee", "name"): person_slot,
    ("add_to_waiting_list", "name"): person_slot,
    ("create_quota", "name"): naming.said_slot,
    ("create_check_in_list", "name"): naming.said_slot,
    ("record_payout", "amount"): lambda thread, draft, value: amount_slot(thread, draft, "amount", value),
}
WHICH_TICKETS = ("tickets", "attendee", "ticket_type", "quantity")
_KEEPS = ("refund_event", "refund_order", "refund_tickets", "cancel_event", "postpone_event", "offer_refund_choice")
FILLED: frozenset[tuple[str, str]] = frozenset(
    {
        *((name, "keep_amount") for name in _KEEPS),
        ("refund_event", "dry_run"),
        ("cancel_event", "buyers"),
        ("change_order", "refund_difference"),
        ("create_promo_code", "max_uses"),
        ("create_promo_code", "percent_basis_points"),
        ("create_promo_code", "max_per_buyer"),
        ("create_vouchers", "price_amount"),
        ("create_vouchers", "max_uses"),
    }
)
"""What is filled in when the person said it and a model left it out: a fee forgotten is money given away."""
NARROWS = frozenset(
    {
        *(("refund_tickets", slot) for slot in WHICH_TICKETS),
        ("offer_refund_choice", "order"),
        *(("attach_file", slot) for slot in ("event", "sponsor", "venue")),
        ("offer_places", "ticket_type"),
        ("create_check_in_list", "ticket_types"),
        ("update_check_in_list", "ticket_types"),
    }
)
"""Arguments without which a step would be about more: one that nobody said is asked about, never left out."""
REFERENCES = {
    "update_quota": {"quota", "event"},
    "update_promo_code": {"promo_code", "event"},
    "update_check_in_list": {"check_in_list", "event"},
}
NAMES_IT = ("ticket", "promo_code", "quota", "hold", "check_in_list", "payment", "payout", "entry")
