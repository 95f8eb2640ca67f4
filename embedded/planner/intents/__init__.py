"""Every intent the planner knows, in the order that breaks ties; one file per part of the trade, its cues in `cues/`."""

from __future__ import annotations

from embedded.planner.clauses import Fill, Intent
from embedded.planner.intents import event_list, events, orders, reports, sponsors, tickets, venues
from embedded.planner.vocabulary import read_cues

_PARTS: tuple[tuple[str, dict[str, Fill]], ...] = (
    ("orders", orders.FILLS),
    ("sponsors", sponsors.FILLS),
    ("tickets", tickets.FILLS),
    ("venues", venues.FILLS),
    ("events", events.FILLS),
    ("event_list", event_list.FILLS),
    ("reports", reports.FILLS),
)

INTENTS: tuple[Intent, ...] = tuple(
    Intent(operation, cues.weighed, fills[operation], cues.blocked_by)
    for name, fills in _PARTS
    for operation, cues in read_cues(name).items()
)
