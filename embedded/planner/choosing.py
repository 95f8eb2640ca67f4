"""Which intent a clause has, and whether a whole message is one order to the ticket office; fills no slots."""

from __future__ import annotations

from embedded.planner.clauses import Clause, Intent, best_intent
from embedded.planner.intents import INTENTS, OFFICE
from embedded.planner.intents.events import makes_event


def choose_office(clause: Clause) -> Intent | None:
    """The ticket office's intent for a whole message, or None."""
    return best_intent(clause, OFFICE)[0]


def choose(clause: Clause) -> tuple[Intent | None, int]:
    """The clause's intent; a new event needs words that can be its name, unless it is announced as one."""
    known = clause.utterance.intents
    if clause.masked not in known:
        known[clause.masked] = _choose(clause)
    chosen: tuple[Intent | None, int] = known[clause.masked]
    return chosen


def _choose(clause: Clause) -> tuple[Intent | None, int]:
    intent, weight = best_intent(clause, INTENTS)
    if intent is not None and intent.operation == "create_event" and weight < 7 and not _titled(clause, weight):
        return best_intent(clause, [i for i in INTENTS if i.operation != "create_event"])
    return intent, weight


def _titled(clause: Clause, weight: int) -> bool:
    marks = [m.used for m in clause.utterance.mentions]
    titled = makes_event(clause) and not (weight <= 4 and clause.mentions("EVENT"))
    for mention, used in zip(clause.utterance.mentions, marks, strict=True):
        mention.used = used
    dated = any(m.value.day for m in clause.mentions("WHEN"))
    return titled and (
        weight > 4 or dated or bool(clause.mentions("VENUE")) or clause.has(r"^(?:add|make|start)\s+an?\s")
    )
