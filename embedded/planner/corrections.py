"""`No, make it 8pm`: which value of the calls before is meant, and the step that puts it right."""

from __future__ import annotations

from embedded.planner.clauses import Clause, Step
from embedded.planner.memory import Call, Memory
from embedded.planner.slots import as_money, take_buyer, take_count, take_event, take_level, take_type, take_venue
from embedded.planner.times import take_shift, take_when
from embedded.planner.utterance import whole


def _last(memory: Memory, *operations: str) -> Call | None:
    return next((call for call in reversed(memory.last_calls) if call[0] in operations), None)


def _event_of(call: Call) -> str:
    return str(call[1].get("event") or call[1].get("name"))


def corrected_steps(clause: Clause, memory: Memory) -> list[Step]:
    """The steps a bare correction asks for, in terms of updates; empty when it corrects nothing that is known."""
    for reading in (_moment, _venue, _tickets, _sponsor, _sale, _event):
        steps = reading(clause, memory)
        if steps:
            return steps
    return []


def _moment(clause: Clause, memory: Memory) -> list[Step]:
    call = _last(memory, "create_event", "update_event")
    if call is None:
        return []
    when = take_when(clause)
    if when is None and (shift := take_shift(clause)):
        return [Step("update_event", {"event": _name(call), "shift": shift})]
    if when is None:
        bare = clause.search(
            r"^(?:make\s+it\s+|it'?s\s+|at\s+|to\s+|start\s+at\s+)+(?P<n>NUM)$|^(?P<m>NUM)\s+o'?clock$"
        )
        if bare and _last(memory, "create_ticket_type", "sell_tickets", "add_sponsor") is None:
            hour = whole(clause.at(bare["n"] or bare["m"]).value)
            return (
                [Step("update_event", {"event": _name(call)}, [f"Do you mean {hour}:00 or {hour + 12}:00?"])]
                if hour and 1 <= hour <= 12
                else []
            )
        return []
    step = Step("update_event", {"event": _name(call), "when": when})
    if clause.mentions("VENUE"):
        take_venue(clause, memory, step)
    return [step]


def _name(call: Call) -> str:
    operation, given = call
    return (
        str(given.get("name") or given.get("event"))
        if operation == "create_event"
        else str(given.get("name") or given["event"])
    )


def _venue(clause: Clause, memory: Memory) -> list[Step]:
    call = _last(memory, "create_event", "book_venue", "update_event")
    if call is None or not clause.mentions("VENUE"):
        return []
    create = _last(memory, "create_event")
    if create is None and call[0] == "book_venue":
        step = Step("book_venue", {"event": _event_of(call)})
    else:
        step = Step("update_event", {"event": _name(create or call)})
    take_venue(clause, memory, step)
    return [step]


def _tickets(clause: Clause, memory: Memory) -> list[Step]:
    call = _last(memory, "create_ticket_type", "update_ticket_type")
    if (
        call is None
        or (
            _last(memory, "add_sponsor")
            and memory.last_calls[-1][0] == "add_sponsor"
            and not clause.has(r"<ticket>|\bprice\b|\beach\b")
        )
        or clause.mentions("EVENT")
    ):
        return []
    kind = take_type(clause) if clause.has("<ticket>") else None
    if kind and not any(
        str(given.get("name") or "General").casefold() == kind.casefold() for _, given in memory.last_calls
    ):
        return []
    chosen = next(
        (c for c in reversed(memory.last_calls) if kind and str(c[1].get("name") or "").casefold() == kind.casefold()),
        call,
    )
    step = Step(
        "update_ticket_type", {"ticket_type": str(chosen[1].get("name") or chosen[1].get("ticket_type") or "General")}
    )
    if chosen[1].get("event"):
        step.slots["event"] = chosen[1]["event"]
    if clause.mentions("MONEY") or clause.has(r"\bprice|\beach\b"):
        money = as_money(clause, memory)
        if money is not None:
            step.slots["price"] = money
    count = take_count(clause)
    if count:
        step.slots["quantity"] = count
    return [step] if len(step.slots) > (2 if "event" in step.slots else 1) else []


def _sponsor(clause: Clause, memory: Memory) -> list[Step]:
    call = _last(memory, "add_sponsor", "update_sponsor")
    if call is None:
        return []
    step = Step("update_sponsor", {"sponsor": call[1]["sponsor"]})
    if call[1].get("event"):
        step.slots["event"] = call[1]["event"]
    level = take_level(clause)
    if level:
        step.slots["level"] = level
    money = as_money(clause, memory)
    if money is not None:
        step.slots["amount"] = money
    return [step] if level or money is not None else []


def _sale(clause: Clause, memory: Memory) -> list[Step]:
    call = _last(memory, "sell_tickets")
    if call is None:
        return []
    given = dict(call[1])
    count, buyer, kind = (
        take_count(clause),
        take_buyer(clause, memory),
        take_type(clause) if clause.has("<ticket>") else None,
    )
    if not (count or buyer or kind):
        return []
    given |= {key: value for key, value in (("quantity", count), ("buyer", buyer), ("ticket_type", kind)) if value}
    if memory.waiting:
        return [Step("sell_tickets", given | {"replaces": True})]
    number = f" as order {memory.last_order}" if memory.last_order else ""
    return [
        Step(
            "sell_tickets",
            given,
            [f"That sale has been made{number}. Shall it be refunded first? Then say so and sell again."],
        )
    ]


def _event(clause: Clause, memory: Memory) -> list[Step]:
    """`No, the picnic`: the same single step for another event."""
    if not clause.mentions("EVENT") or len(memory.last_calls) != 1 or not memory.last_calls[0][1].get("event"):
        return []
    step = Step(memory.last_calls[0][0])
    take_event(clause, memory, step)
    other = step.slots.get("event")
    if other is None or not memory.waiting:
        undone = (
            ""
            if not other
            else (
                f"That was done for {memory.last_calls[0][1]['event']}. Shall I undo it, or do the "
                f"same for {other} as well?"
            )
        )
        return [Step(memory.last_calls[0][0], {}, [undone or "Which event do you mean?"])]
    step.slots = {"event": other, "replaces": True}
    return [step]
