"""The agent CopilotKit knows: one turn over the graph as a stream of parts, and a thread's state for a page that comes back."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

from copilotkit import LangGraphAGUIAgent
from langchain_core.messages import AnyMessage
from langchain_core.runnables import RunnableConfig
from langgraph.checkpoint.base import BaseCheckpointSaver
from langgraph.types import Command, StateSnapshot

from agent.graph import MAX_STEPS, Graph
from agent.parts import Caught, Part, Waits
from agent.state import TurnContext

INTERRUPTS = "__interrupt__"


@dataclass(frozen=True, slots=True)
class Standing:
    """A thread as its checkpoints tell it. `turn` is the run that wrote last."""

    messages: list[AnyMessage]
    interrupts: list[dict[str, Any]]
    turn: str | None
    waiting: str | None
    tainted: bool
    unfinished: bool


class OrganizerAgent(LangGraphAGUIAgent):
    """The package's agent with its own way of running: no raw events, no client state, nothing of the graph but its parts.

    The stock run builds the graph's JSON schemas per request, repeats the whole state in every snapshot and forwards each inner
    event; this one reads what the nodes say and nothing else.
    """

    graph: Graph

    def __init__(
        self, graph: Graph, *, name: str = "default", description: str = "Plans and runs events with you."
    ) -> None:
        super().__init__(name=name, graph=cast(Any, graph), description=description)
        self.emit_raw_events = False
        self.emit_interrupt_outcome = True
        self.enable_legacy_on_interrupt_event = False

    async def run(self, context: TurnContext, *, again: bool = False) -> AsyncIterator[Part]:
        """Runs one turn. `again`: the run was begun before and cut off; what it had saved is not done twice.

        The conversation is saved once, when the turn ends or asks the person (durability `exit`): the run's row holds what
        the person said, and every effect is a proposal keyed by the run, so a turn cut off can be run again from the start.
        """
        config = config_of(context)
        payload: Any = {"turn": str(context.run_id)}
        if again or context.turn.kind == "resume":
            standing = await self.standing(context)
            if standing.turn == str(context.run_id):
                payload = None
            elif context.turn.kind == "resume":
                payload = _resume(context, standing)
            if payload is None and not (standing.unfinished and standing.turn == str(context.run_id)):
                yield Caught(standing.messages)
                if standing.interrupts:
                    yield self._waits(context, standing.interrupts)
                return
        stream = self.graph.astream(
            payload, config, context=context, stream_mode=["custom", "updates"], durability="exit"
        )
        async for mode, part in cast(AsyncIterator[tuple[str, Any]], stream):
            if mode == "custom":
                yield part
            elif INTERRUPTS in part:
                yield self._waits(context, self._spelled(part[INTERRUPTS]))

    async def standing(self, context: TurnContext) -> Standing:
        return await self.standing_of(str(context.caller.thread_id))

    async def standing_of(self, thread_id: str) -> Standing:
        found: StateSnapshot = await self.graph.aget_state({"configurable": {"thread_id": thread_id}})
        interrupts = self._spelled(found.interrupts)
        return Standing(
            messages=found.values.get("messages", []),
            interrupts=interrupts,
            turn=found.values.get("turn"),
            waiting=found.values.get("waiting"),
            tainted=bool(found.values.get("tainted")),
            # `next` alone may be empty though tasks remain; the tasks tell.
            unfinished=bool(found.tasks) and not interrupts,
        )

    async def forget(self, thread_id: UUID) -> None:
        """Deletes every checkpoint of a thread."""
        saver = self.graph.checkpointer
        if isinstance(saver, BaseCheckpointSaver):
            await saver.adelete_thread(str(thread_id))

    @staticmethod
    def _waits(context: TurnContext, interrupts: list[dict[str, Any]]) -> Waits:
        context.waiting = UUID(interrupts[0]["metadata"]["proposal_id"])
        return Waits(interrupts)

    def _spelled(self, interrupts: Any) -> list[dict[str, Any]]:
        spelled: list[dict[str, Any]] = []
        for raw, mapped in zip(interrupts, self._interrupts_to_agui(interrupts), strict=True):
            entry = mapped.model_dump(mode="json", by_alias=True, exclude_none=True)
            entry["metadata"] = {"proposal_id": raw.value["proposal_id"]}
            spelled.append(entry)
        return spelled


def config_of(context: TurnContext) -> RunnableConfig:
    return {"configurable": {"thread_id": str(context.caller.thread_id)}, "recursion_limit": MAX_STEPS}


def _resume(context: TurnContext, standing: Standing) -> Command[Any] | None:
    """Wakes the pending interrupts that were named, or all when none was. The value they get says nothing: the row decides."""
    pending = [entry["id"] for entry in standing.interrupts]
    named = [found for found in pending if not context.turn.interrupts or found in context.turn.interrupts]
    if not named:
        return None
    return Command(
        resume={found: {"decided": True} for found in named},
        update={"turn": str(context.run_id), "steps": 0, "tokens": 0},
    )
