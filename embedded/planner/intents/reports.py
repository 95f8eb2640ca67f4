"""Sales figures, and taking back what was done last."""

from __future__ import annotations

from embedded.planner.clauses import Clause, Fill, Step
from embedded.planner.memory import Memory
from embedded.planner.slots import take_event
from embedded.planner.times import take_past


def sales(clause: Clause, memory: Memory) -> list[Step]:
    step = Step("sales_report")
    take_event(clause, memory, step)
    when = take_past(clause, memory)
    if when and when.day:
        open_start = clause.has(r"\b(?:since|from|after)\s+(?:the\s+)?WHEN")
        open_end = clause.has(r"\b(?:until|till|before|up\s+to)\s+(?:the\s+)?WHEN")
        if not open_end or (when.end_day and not open_start and clause.has(r"\bbetween\b")):
            step.slots["from_date"] = when.day
        if not open_start or (when.end_day and clause.has(r"\b(?:from)\s+(?:the\s+)?WHEN")):
            step.slots["to_date"] = when.end_day or when.day
        if open_end:
            step.slots["to_date"] = when.end_day or when.day
    return [step]


def undo(clause: Clause, memory: Memory) -> list[Step]:
    return [Step("undo_proposal")]


FILLS: dict[str, Fill] = {
    "undo_proposal": undo,
    "sales_report": sales,
}
