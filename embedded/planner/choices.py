"""What `cancel it` may mean when the conversation was last about something beside an event: asked about, never guessed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from embedded.planner.clauses import Clause, Step
from embedded.planner.memory import Call, Memory
from embedded.planner.words import listed


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that may be meant: how it is called, the words that choose it, and what is done then."""

    label: str
    words: str
    step: Step


def _order(call: Call, memory: Memory) -> Choice | None:
    if memory.last_order is None:
        return None
    step = Step("refund_order", {"order": memory.last_order})
    return Choice(
        f"order {memory.last_order}", r"\b(?:orders?|sale|purchase|<ticket>|refund|first|former)\b|\bNUM|\bORDER", step
    )


def _booking(call: Call, memory: Memory) -> Choice | None:
    step = Step("cancel_booking", {slot: call[1][slot] for slot in ("event", "venue") if call[1].get(slot)})
    return Choice(
        f"the booking of {call[1].get('venue')}",
        r"\b(?:bookings?|reservation|venue|room|hall|VENUE|first|former)\b",
        step,
    )


def _sponsor(call: Call, memory: Memory) -> Choice | None:
    step = Step("remove_sponsor", {slot: call[1][slot] for slot in ("sponsor", "event") if call[1].get(slot)})
    return Choice(f"the sponsor {call[1].get('sponsor')}", r"\b(?:<sponsor>|deal|first|former)\b", step)


def _tickets(call: Call, memory: Memory) -> Choice | None:
    kind = str(call[1].get("name") or call[1].get("ticket_type") or "General")
    step = Step("delete_ticket_type", {"ticket_type": kind, "event": call[1].get("event")})
    return Choice(f"the {kind} tickets", r"\b(?:<ticket>|<types>|<kind>|first|former)\b", step)


_BESIDE: dict[str, Callable[[Call, Memory], Choice | None]] = {
    "sell_tickets": _order,
    "record_payment": _order,
    "get_order": _order,
    "book_venue": _booking,
    "add_sponsor": _sponsor,
    "update_sponsor": _sponsor,
    "create_ticket_type": _tickets,
    "update_ticket_type": _tickets,
}


def choices(operation: str, memory: Memory) -> list[Choice]:
    """What `it` may be; empty where it can only be the event."""
    if memory.subject is None or memory.subject[0] not in _BESIDE:
        return []
    beside = _BESIDE[memory.subject[0]](memory.subject, memory)
    if beside is None or memory.focus is None:
        return [beside] if beside else []
    whole = Step(operation, {"event": memory.focus})
    return [
        beside,
        Choice(f"the event {memory.focus}", r"\b(?:events?|whole|show|everything|EVENT|second|latter)\b", whole),
    ]


def which(found: list[Choice]) -> str:
    """The question between them."""
    return f"Do you mean {listed([choice.label for choice in found], 'or')}?"


def chosen(found: list[Choice], clause: Clause) -> Step | None:
    """The step of the one thing an answer names; None when it names none or several."""
    name = clause.utterance.text.casefold()
    named = [c for c in found if clause.has(c.words) or c.label.rsplit(" ", 1)[-1].casefold() in name.split()]
    if len(found) == 1 and not named and clause.has(r"^(?:yes|yeah|yep|sure|ok(?:ay)?|right|correct)\b"):
        named = found
    return named[0].step if len(named) == 1 else None
