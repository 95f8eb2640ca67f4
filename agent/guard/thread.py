"""The conversation as the guard hears it: the person's turns, the names of the world, and what one answer makes. Decides nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from agent.guard import cues
from agent.guard.turn import Turn, read_turn
from tools.threads.models import World

MAX_TURNS = 30


@dataclass(frozen=True, slots=True)
class Known:
    """An event or a venue of the organisation."""

    name: str
    id: str
    row: Mapping[str, Any]


class Thread:
    """Everything a call may be grounded in."""

    def __init__(
        self,
        texts: Sequence[str],
        world: World,
        trusted: frozenset[str],
        now: datetime,
        zone: ZoneInfo,
        currency: str,
        focus: str | None,
    ) -> None:
        self.trusted, self.now, self.zone, self.currency, self.focus = trusted, now, zone, currency, focus
        self.events = _known(world.events)
        self.venues = _known(world.venues)
        names = tuple(dict.fromkeys(known.name for known in (*self.events, *self.venues)))
        said = [text for text in texts if isinstance(text, str)][-MAX_TURNS:]
        self.turns: list[Turn] = [read_turn(text, names, currency, now, zone) for text in said]
        self.made: list[str] = []
        """Names of the events that earlier calls of this answer create."""

    @cached_property
    def alone(self) -> Thread:
        """The same world with nothing but the latest message."""
        only = copy(self)
        only.turns = self.turns[-1:]
        return only

    @property
    def latest(self) -> Turn | None:
        return self.turns[-1] if self.turns else None

    def backwards(self) -> Iterator[Turn]:
        return reversed(self.turns)

    @cached_property
    def event_names(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(known.name for known in self.events))

    @cached_property
    def venue_names(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(known.name for known in self.venues))

    def event(self, name: str) -> Known | None:
        return next((known for known in self.events if known.name == name), None)

    def venue(self, name: str) -> Known | None:
        return next((known for known in self.venues if known.name == name), None)

    def own_currency(self, event: object) -> str:
        """The currency an event sells in, as far as the world tells; else the organisation's."""
        known = self.event(event) or self.by_id(event) if isinstance(event, str) else None
        return str(known.row.get("currency") or self.currency) if known else self.currency

    def by_id(self, wanted: str) -> Known | None:
        return next((known for known in (*self.events, *self.venues) if known.id and known.id == wanted.lower()), None)

    def fresh(self, operation: str) -> bool:
        """Whether the latest message is a whole new request of that kind, so that earlier ones lend it nothing."""
        request = cues.REQUESTS.get(operation)
        latest = self.latest
        return bool(request and latest and request.search(latest.text) and not cues.NOT_FRESH.search(latest.text))

    def heard(self, operation: str) -> list[Turn]:
        """The messages that may ground a value of this operation, latest first."""
        if self.fresh(operation):
            return self.turns[-1:]
        return list(self.backwards())


def _known(rows: Sequence[Mapping[str, Any]]) -> list[Known]:
    found = []
    for row in rows:
        name = row.get("name")
        if isinstance(name, str) and name.strip():
            found.append(Known(name, str(row.get("id") or "").lower(), row))
    return found


def is_correction(turn: Turn) -> bool:
    """Whether a message puts right what was said before: `no, make it 8pm`."""
    return (
        re.match(
            r"^\W*(?:no|nope|sorry|actually|wait|oops|make (?:it|that)|i meant|i mean|instead|rather|"
            r"change (?:it|that))\b",
            turn.text,
            re.IGNORECASE,
        )
        is not None
    )
