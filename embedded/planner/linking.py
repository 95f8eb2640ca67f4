"""Steps of one message share what is said once: the event, the buyer, the announcement of a list."""

from __future__ import annotations

from embedded.planner.clauses import Step
from embedded.planner.memory import Memory
from embedded.planner.operations import DESTRUCTIVE, READS, TAKES_EVENT, WRITES

_ALONE = frozenset(
    (
        "sales_report",
        "list_sponsors",
        "list_orders",
        "list_bookings",
        "update_sponsor",
        "remove_sponsor",
        "update_ticket_type",
    )
)
"""Operations that mean something without an event: theirs is filled in only when the message points at one."""


_ANNOUNCES = {"list_sponsors": "add_sponsor", "list_ticket_types": "create_ticket_type"}
"""`Sponsors for the gala: ...` followed by sponsors announces them and asks for no list."""


def merge_headers(steps: list[Step]) -> list[Step]:
    """`Add two ticket types to the gala:` gives its event to the types that follow and goes."""
    kept: list[Step] = []
    for number, step in enumerate(_completed(steps)):
        announced = _ANNOUNCES.get(step.operation, step.operation)
        following = [s for s in steps[number + 1 :] if s.operation == announced and not s.header]
        if not (step.header or announced != step.operation) or not following:
            kept.append(step)
            continue
        for one in following:
            for slot in ("event", "pointed", "name", "level"):
                if step.slots.get(slot) is not None and (slot != "name" or len(following) == 1):
                    one.slots.setdefault(slot, step.slots[slot])
            one.doubts = [*step.doubts, *one.doubts]
    return kept


_KEYS = {
    "add_sponsor": "sponsor",
    "update_event": "event",
    "sell_tickets": "quantity",
    "create_ticket_type": "quantity",
    "update_ticket_type": "ticket_type",
}


def _completed(steps: list[Step]) -> list[Step]:
    """`..., gold level` and `they pay 5,000` complete the step before; a second change of one event joins the first."""
    joined: list[Step] = []
    for step in steps:
        last = joined[-1] if joined else None
        key = _KEYS.get(step.operation)
        if last and last.operation == "sell_tickets" and _only_says_how(step):
            last.slots.setdefault("payment_method", step.slots["method"])
            continue
        emptier = (
            last is not None
            and last.operation == step.operation
            and step.operation in READS
            and not last.slots
            and step.slots
        )
        if last and emptier:
            joined[-1] = step
        elif (
            last
            and key
            and last.operation == step.operation
            and not last.header
            and (step.slots.get(key) is None or last.slots.get(key) is None)
            and _disjoint(last, step)
        ):
            last.slots |= {
                slot: value for slot, value in step.slots.items() if slot not in ("pointed",) and value is not None
            }
            last.doubts += [d for d in step.doubts if not d.startswith("I know no")]
        else:
            joined.append(step)
    return joined


def _only_says_how(step: Step) -> bool:
    """`..., he pays by card` behind a sale is how that sale is paid."""
    said = {slot for slot, value in step.slots.items() if value is not None and slot != "pointed"}
    return step.operation == "record_payment" and said == {"method"}


def _disjoint(one: Step, other: Step) -> bool:
    said = {slot for slot, value in other.slots.items() if value is not None and slot != "pointed"}
    return bool(said) and not any(one.slots.get(slot) is not None for slot in said)


def link(steps: list[Step], memory: Memory) -> None:
    """Give every step that needs an event the one made or named beside it, or the one the conversation is about."""
    for number, step in enumerate(steps):
        if step.operation not in TAKES_EVENT or step.slots.get("event") is not None or step.doubts:
            continue
        if step.operation == "cancel_booking" and step.slots.get("venue") and not step.slots.get("pointed"):
            continue
        pointed = bool(step.slots.get("pointed"))
        earlier = next((e for s in reversed(steps[:number]) if (e := _event_of(s))), None)
        later = next(
            (
                e
                for s in steps[number + 1 :]
                if s.operation not in ("create_event", "sales_report", "get_event") and (e := _event_of(s))
            ),
            None,
        )
        if earlier and (pointed or step.operation not in _ALONE or step.operation in ("update_ticket_type",)):
            step.slots["event"] = earlier
        elif step.operation in _ALONE and not pointed:
            continue
        elif later and step.operation in WRITES and step.operation not in DESTRUCTIVE and not pointed:
            step.slots["event"] = later
        elif memory.focus and (pointed or step.operation not in DESTRUCTIVE):
            step.slots["event"] = memory.focus


def _event_of(step: Step) -> str | None:
    if step.operation == "create_event":
        return step.slots.get("name")
    if step.operation == "update_event" and step.slots.get("name"):
        return str(step.slots["name"])
    event = step.slots.get("event")
    return str(event) if event else None


def share(steps: list[Step]) -> None:
    """Sales of one message have one buyer unless each names its own; sponsors of one sentence one level."""
    for operation, slot in (("sell_tickets", "buyer"), ("add_sponsor", "level"), ("add_sponsor", "amount")):
        ours = [s for s in steps if s.operation == operation]
        said = [s.slots[slot] for s in ours if s.slots.get(slot) is not None]
        if len(ours) > 1 and len(said) == 1 and (slot == "buyer"):
            for step in ours:
                step.slots.setdefault(slot, said[0])
