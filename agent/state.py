"""What a conversation keeps between turns (JSON-safe, no secrets, no rows), and what one turn carries beside it. Decides nothing."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal
from uuid import UUID, uuid5

from langchain_core.messages import AnyMessage
from langgraph.channels.delta import DeltaChannel
from langgraph.graph.message import _messages_delta_reducer
from typing_extensions import TypedDict

from tools.context import Caller, Greenroom
from tools.files.attaching import attach
from tools.files.models import File
from tools.threads.models import World
from tools.threads.operations import look_around

FINISH: Literal["__end__"] = "__end__"
"""LangGraph's END, with a type that says which word it is."""

# A full copy of the messages every so many updates bounds how far back a read must replay; between two copies a turn stores
# only its own messages, so what is stored per turn does not grow with the conversation.
SNAPSHOT_EVERY = 1000

Messages = Annotated[list[AnyMessage], DeltaChannel(_messages_delta_reducer, snapshot_frequency=SNAPSHOT_EVERY)]


class AgentState(TypedDict, total=False):
    messages: Messages
    turn: str
    """The run that wrote last: a run taken over after a crash sees by it whether it had come to its end."""
    steps: int
    """Model calls of this run."""
    tokens: int
    """Tokens of this run, in and out."""
    waiting: str | None
    """The proposal the person was asked about and has not decided."""
    tainted: bool
    """Text written by outsiders was read: no write applies without asking any more."""


class Focus(TypedDict):
    """What the page shows beside the chat; the only state a client may send."""

    kind: Literal["event", "venue", "order", "sponsor"]
    id: str


@dataclass(frozen=True, slots=True)
class Turn:
    """What the person did: said something, answered frontend calls, or decided. JSON-safe, it is the stored input of a run."""

    kind: Literal["message", "results", "resume"]
    text: str = ""
    message_id: str = ""
    results: dict[str, str] = field(default_factory=dict)
    """Frontend tool call id -> what the page answered."""
    interrupts: tuple[str, ...] = ()
    focus: Focus | None = None
    files: tuple[str, ...] = ()
    """Ids of uploaded files the message refers to. A model is told their names; nothing reads what is in them."""

    def stored(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "text": self.text,
            "message_id": self.message_id,
            "results": self.results,
            "interrupts": list(self.interrupts),
            "focus": self.focus,
            "files": list(self.files),
        }

    @classmethod
    def restored(cls, stored: dict[str, Any]) -> Turn:
        lists = {"interrupts": tuple(stored["interrupts"]), "files": tuple(stored.get("files", ()))}
        return cls(**{**stored, **lists})


@dataclass(slots=True)
class TurnContext:
    """What one run carries through the graph beside its state; never stored, never shown to a model as it is."""

    greenroom: Greenroom
    caller: Caller
    run_id: UUID
    turn: Turn
    stopped: bool = False
    speaking: asyncio.Task[None] | None = None
    """The model call under way; cancelling it is how a stop cuts an answer short without losing what was said."""
    world: World | None = None
    files: list[File] | None = None
    input_tokens: int = 0
    output_tokens: int = 0
    prompt_version: str = ""
    waiting: UUID | None = None
    """The proposal this run ends by asking about."""
    tainted: bool = False

    async def the_world(self) -> World:
        """Looked at once per run, with the caller's rights."""
        if self.world is None:
            self.world = await look_around(self.greenroom, self.caller)
        return self.world

    async def the_files(self, ids: list[str]) -> list[File]:
        """Of the conversation's files; looked at once per run, with the caller's rights."""
        if self.files is None:
            thread, wanted = self.caller.thread_id, [UUID(each) for each in ids]
            self.files = await attach(self.greenroom, self.caller, thread, wanted) if thread and wanted else []
        return self.files

    def stop(self) -> None:
        self.stopped = True
        if self.speaking:
            self.speaking.cancel()

    def message_id(self, step: int) -> str:
        """The id of the answer of this run's `step`-th model call. Derived, so that a turn run again after a crash writes over
        what the first try left instead of beside it. A client's message can not carry the prefix."""
        return f"msg_{uuid5(self.run_id, f'answer/{step}').hex}"

    def call_id(self, step: int, place: int) -> str:
        return f"call_{uuid5(self.run_id, f'call/{step}/{place}').hex[:24]}"

    def proposal_id(self, step: int) -> UUID:
        return uuid5(self.run_id, f"proposal/{step}")
