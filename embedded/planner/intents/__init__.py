"""Every intent the planner knows, in the order that breaks ties; one file per part of the trade, its cues in `cues/`."""

from __future__ import annotations

from collections.abc import Iterator

from embedded.planner.clauses import Fill, Intent
from embedded.planner.intents import event_list, events, files, office, orders, reports, sponsors, tickets, venues
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


def _of(name: str, fills: dict[str, Fill]) -> Iterator[Intent]:
    for operation, cues in read_cues(name).items():
        yield Intent(operation, cues.weighed, fills[operation], cues.blocked_by)


INTENTS: tuple[Intent, ...] = tuple(intent for name, fills in _PARTS for intent in _of(name, fills))

OFFICE: tuple[Intent, ...] = (*_of("office", office.FILLS), *_of("files", files.FILLS))
"""Intents of the ticket office, whose terms are spread over a message: they are looked for in all of it at once."""
