"""What becomes of a model's calls: the guard re-reads them, reads run at once, all writes become one proposal. Draws no edges."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from typing import Any, Literal
from zoneinfo import ZoneInfo

from langchain_core.messages import AIMessage, AnyMessage, ToolMessage
from langgraph.runtime import Runtime
from langgraph.types import Command

from agent.calls import Call, Guard
from agent.parts import Answered, Said
from agent.prompting import person_texts, steps_waiting, trusted_ids
from agent.proposing import Proposed, Proposing
from agent.state import FINISH, AgentState, TurnContext
from agent.toolset import UNDO, Answer, Toolset
from tools.context import Caller
from tools.errors import InvalidInput
from tools.threads.models import World

NOT_PROPOSED = "Nothing was proposed, because another call of the same answer was refused. Mend that one and send all of them again."
NOT_GROUNDED = "Not run: its arguments are neither what the person said nor what a tool returned."
ASKED = "Not run: the person is asked first."


class Acting:
    def __init__(self, toolset: Toolset, guard: Guard, proposing: Proposing) -> None:
        self._toolset = toolset
        self._guard = guard
        self._proposing = proposing

    async def act(
        self, state: AgentState, runtime: Runtime[TurnContext]
    ) -> Command[Literal["think", "ask", "tell", "__end__"]]:
        context = runtime.context
        answer = state["messages"][-1]
        assert isinstance(answer, AIMessage)
        sorted_calls = self._sort(answer)
        if context.stopped:
            return _answered(runtime, sorted_calls, {}, FINISH, {})
        question = self._check(state, context, await context.the_world(), sorted_calls)
        if question:
            return self._ask_person(runtime, answer, sorted_calls, question)
        answers = dict(sorted_calls.refused)
        caller = _as_agent(context)
        reads = await asyncio.gather(
            *(self._toolset.read(context.greenroom, caller, call) for call in sorted_calls.reads)
        )
        answers |= {call.id: found for call, found in zip(sorted_calls.reads, reads, strict=True)}
        # Who named a file is not known: a sponsor sends a picture under a name of their choice.
        tainted = state.get("tainted", False) or bool(context.files) or any(found.tainted for found in reads)
        context.tainted = tainted
        update: dict[str, Any] = {"tainted": True} if tainted else {}
        if not sorted_calls.writes:
            return _answered(runtime, sorted_calls, answers, FINISH if sorted_calls.frontend else "think", update)
        if sorted_calls.refused:
            refusal = Answer.refused(InvalidInput(NOT_PROPOSED))
            answers |= {call.id: refusal for call in sorted_calls.writes}
            return _answered(runtime, sorted_calls, answers, "think", update)
        proposed = await self._proposing.propose(
            context, caller, sorted_calls.writes, replaces=state.get("waiting"), step=state["steps"], tainted=tainted
        )
        answers |= proposed.answers
        update["waiting"] = proposed.waiting or state.get("waiting")
        if proposed.tainted:
            update["tainted"] = context.tainted = True
        return _answered(runtime, sorted_calls, answers, proposed.goes_to, update, proposed)

    def _sort(self, answer: AIMessage) -> SortedCalls:
        refusals: dict[str, str] = answer.additional_kwargs.get("refused", {})
        found = SortedCalls([], [], [], {}, [])
        for made in answer.tool_calls:
            call = Call(str(made["id"]), made["name"], dict(made["args"]))
            found.order.append(call.id)
            if call.id in refusals:
                found.refused[call.id] = Answer.refused(InvalidInput(refusals[call.id]))
            elif call.name in self._toolset.frontend:
                found.frontend.append(call)
            elif call.name in self._toolset.writes or call.name == UNDO:
                found.writes.append(call)
            else:
                found.reads.append(call)
        return found

    def _check(self, state: AgentState, context: TurnContext, world: World, calls: SortedCalls) -> str | None:
        """Lets the guard re-read the calls in place; its question to the person, if it has one."""
        guarded = [call for call in (*calls.reads, *calls.writes) if call.name != UNDO]
        if not guarded:
            return None
        checked = self._guard.check(
            guarded,
            person_texts(state["messages"]),
            world,
            trusted_ids(state["messages"], world, context.turn.focus) | {str(file.id) for file in context.files or ()},
            world.now,
            ZoneInfo(world.timezone),
            world.currency,
            context.turn.focus["id"] if context.turn.focus else None,
            steps_waiting(state["messages"]),
        )
        if checked.question:
            return checked.question
        reread = {call.id: call for call in checked.calls}
        calls.refused |= {
            call.id: Answer.refused(InvalidInput(NOT_GROUNDED)) for call in guarded if call.id not in reread
        }
        calls.reads = [reread[call.id] for call in calls.reads if call.id in reread]
        calls.writes = [reread.get(call.id, call) for call in calls.writes if call.id in reread or call.name == UNDO]
        return None

    def _ask_person(
        self, runtime: Runtime[TurnContext], answer: AIMessage, calls: SortedCalls, question: str
    ) -> Command[Literal["think", "ask", "tell", "__end__"]]:
        message_id = f"{answer.id}q"
        runtime.stream_writer(Said(message_id, question))
        held = Answer.refused(InvalidInput(ASKED))
        answers = dict.fromkeys(calls.order, held)
        command = _answered(runtime, calls, answers, FINISH, {})
        assert isinstance(command.update, dict)
        command.update["messages"].append(AIMessage(question, id=message_id))
        return command


@dataclass(slots=True)
class SortedCalls:
    """One answer's calls by what becomes of them; `order` holds every id as the model made them."""

    reads: list[Call]
    writes: list[Call]
    frontend: list[Call]
    refused: dict[str, Answer]
    order: list[str]


def _as_agent(context: TurnContext) -> Caller:
    return replace(context.caller, agent=True, idempotency_key=None, run_id=str(context.run_id))


def _answered(
    runtime: Runtime[TurnContext],
    calls: SortedCalls,
    answers: dict[str, Answer],
    goes_to: Literal["think", "ask", "tell", "__end__"],
    update: dict[str, Any],
    proposed: Proposed | None = None,
) -> Command[Literal["think", "ask", "tell", "__end__"]]:
    """One tool message per answered call, in the order the model made them. Calls of the page stay open until it answers."""
    messages: list[AnyMessage] = []
    for call_id in calls.order:
        found = answers.get(call_id)
        if found is None:
            continue
        message = ToolMessage(
            found.content, tool_call_id=call_id, id=f"result_{call_id}", status="error" if found.failed else "success"
        )
        if proposed and proposed.shown_by == call_id:
            message.additional_kwargs["proposal_id"] = proposed.waiting
        messages.append(message)
        runtime.stream_writer(Answered(call_id, str(message.id), found.content))
    return Command(goto=goes_to, update={**update, "messages": messages})
