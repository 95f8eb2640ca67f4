"""Looking up events; changing them is in `events`."""

from __future__ import annotations

from embedded.planner.clauses import Clause, Fill, Step
from embedded.planner.memory import Memory
from embedded.planner.slots import take_event
from embedded.planner.times import take_when


def list_events(clause: Clause, memory: Memory) -> list[Step]:
    step = Step("list_events")
    when = take_when(clause)
    if when and when.day:
        first, last = when.day, when.end_day or when.day
        if clause.has(r"\b(?:after|from|since|starting|as\s+of)\s+(?:the\s+)?WHEN") and not when.end_day:
            step.slots["from_date"] = first
        elif clause.has(r"\b(?:before|until|till|up\s+to)\s+(?:the\s+)?WHEN") and not (
            when.end_day and clause.has(r"\bfrom\b|\bbetween\b")
        ):
            step.slots["from_date"], step.slots["to_date"] = memory.world.today, last
        else:
            step.slots["from_date"], step.slots["to_date"] = first, last
    elif clause.has(r"\b(?:upcoming|coming\s+up|still\s+to\s+come|future)\b"):
        step.slots["from_date"] = memory.world.today
    venue = clause.take("VENUE")
    if venue is not None and len(venue.value) == 1:
        step.slots["venue"] = venue.value[0]
    status = clause.search(r"\b(drafts?|published|cancelled|canceled|completed|archived)\b")
    if status:
        said = status.group(1).lower()
        step.slots["status"] = {"drafts": "draft", "canceled": "cancelled"}.get(said, said)
    return [step]


def get_event(clause: Clause, memory: Memory) -> list[Step]:
    step = Step("get_event")
    take_event(clause, memory, step)
    return [step]


FILLS: dict[str, Fill] = {
    "get_event": get_event,
    "list_events": list_events,
}
