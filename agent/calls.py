"""What a model asked for, and the guard that stands between it and the operations. No graph and no database here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from tools.threads.models import World

MAX_CALLS_PER_ANSWER = 10
# One call's arguments; an event with a long description stays well below it.
MAX_ARGUMENT_BYTES = 20_000
# One whole answer of a model: text and arguments together.
MAX_ANSWER_BYTES = 200_000


@dataclass(frozen=True, slots=True)
class Call:
    """One tool call of a model's answer. `id` is ours, never the model's: no answer can reuse another one's id."""

    id: str
    name: str
    arguments: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Checked:
    """What may go on: the calls with their arguments re-read, or one question to the person instead of all of them."""

    calls: tuple[Call, ...]
    question: str | None = None


class Guard(Protocol):
    """Every argument of a call must be grounded in the person's words or in ids that our own tools returned.

    `focus` is the id of what the page shows beside the chat, `waiting` the steps of the card the person has not decided on: what
    stands there was grounded when it was put there.
    """

    def check(
        self,
        calls: Sequence[Call],
        person_texts: Sequence[str],
        world: World,
        trusted_ids: frozenset[str],
        now: datetime,
        zone: ZoneInfo,
        currency: str,
        focus: str | None = None,
        waiting: Sequence[Call] = (),
    ) -> Checked: ...


class PassThrough:
    """No guard. What tests switch on to see the guard's absence; the service never starts with it."""

    def check(
        self,
        calls: Sequence[Call],
        person_texts: Sequence[str],
        world: World,
        trusted_ids: frozenset[str],
        now: datetime,
        zone: ZoneInfo,
        currency: str,
        focus: str | None = None,
        waiting: Sequence[Call] = (),
    ) -> Checked:
        return Checked(tuple(calls))


def ids_in(content: Mapping[str, Any] | Sequence[Any]) -> set[str]:
    """Every id a tool result carries: values of `id`, `…_id` and `number` (of an order), at any depth."""
    found: set[str] = set()
    pending: list[Any] = [content]
    while pending:
        part = pending.pop()
        if isinstance(part, Mapping):
            found.update(
                value
                for key, value in part.items()
                if isinstance(value, str) and (key in ("id", "number") or key.endswith("_id"))
            )
            pending.extend(part.values())
        elif isinstance(part, list | tuple):
            pending.extend(part)
    return found
