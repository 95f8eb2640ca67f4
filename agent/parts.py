"""What a turn says while it runs, in the graph's own words; `translate` puts it into AG-UI. Knows no wire."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from langchain_core.messages import AnyMessage


@dataclass(frozen=True, slots=True)
class Said:
    """A piece of the answer's text."""

    message_id: str
    delta: str


@dataclass(frozen=True, slots=True)
class CallBegun:
    call_id: str
    name: str
    message_id: str


@dataclass(frozen=True, slots=True)
class CallMade:
    """The call with its whole arguments, as JSON text."""

    call_id: str
    arguments: str


@dataclass(frozen=True, slots=True)
class Answered:
    """A tool's answer, as it is stored."""

    call_id: str
    message_id: str
    content: str


@dataclass(frozen=True, slots=True)
class Decided:
    """A waiting proposal was decided; cards that show it should read it again."""

    proposal_id: str
    status: str


@dataclass(frozen=True, slots=True)
class Waits:
    """The turn ends with a question to the person: the pending interrupts, as AG-UI spells them."""

    interrupts: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Caught:
    """Nothing was left to do: the conversation as it stands."""

    messages: list[AnyMessage]


Part = Said | CallBegun | CallMade | Answered | Decided | Waits | Caught
