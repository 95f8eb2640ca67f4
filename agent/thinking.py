"""One model call: what it is shown, how it is listened to, and what becomes of an answer that failed or was cut short. Runs no tool."""

from __future__ import annotations

import asyncio
import json
from typing import Any, Literal

from langchain_core.messages import AIMessage
from langgraph.runtime import Runtime
from langgraph.types import Command

from agent.attachments import files_in, told_of
from agent.calls import MAX_ARGUMENT_BYTES, MAX_CALLS_PER_ANSWER
from agent.model import Heard, ModelUnavailable, Speaker, listen
from agent.parts import CallBegun, CallMade, Said
from agent.prompting import shown, system_prompt
from agent.state import FINISH, AgentState, TurnContext
from tools.errors import AppError

MAX_MODEL_CALLS = 8

ENOUGH = "I stopped here: this took more steps than one request may take. Tell me what to go on with."
OVER_BUDGET = "I stopped here: this conversation turn used up its budget. Ask for less at once."
SILENCE = "I got no answer from the language model. Please say it in other words."


class Thinking:
    def __init__(self, speaker: Speaker, *, timeout_seconds: float, token_budget: int) -> None:
        self._speaker = speaker
        self._timeout = timeout_seconds
        self._budget = token_budget

    async def think(self, state: AgentState, runtime: Runtime[TurnContext]) -> Command[Literal["act", "__end__"]]:
        context = runtime.context
        context.tainted = state.get("tainted", False)
        step = state.get("steps", 0) + 1
        message_id = context.message_id(step)
        limit = _limit(state, step, self._budget)
        if context.stopped or limit:
            return _end(runtime, message_id, "", limit or "", {"stopped": True} if context.stopped else {})
        heard = Heard()
        failure: AppError | None = None
        try:
            await self._listen(state, runtime, heard, step)
        except AppError as error:
            failure = error
        self._count(context, heard)
        tokens = state.get("tokens", 0) + _tokens(heard)
        if failure is not None or context.stopped:
            _close_calls(runtime, context, heard, step)
            return _cut_short(runtime, message_id, heard, failure, tokens)
        if not heard.calls and not heard.text.strip():
            return _end(runtime, message_id, "", SILENCE, {"failure": "silence"})
        answer = _answer(context, heard, step)
        for call in answer.tool_calls:
            runtime.stream_writer(CallMade(str(call["id"]), json.dumps(call["args"], ensure_ascii=False)))
        update = {"messages": [answer], "steps": step, "tokens": tokens}
        return Command(goto="act" if answer.tool_calls else FINISH, update=update)

    async def _listen(self, state: AgentState, runtime: Runtime[TurnContext], heard: Heard, step: int) -> None:
        context = runtime.context
        message_id = context.message_id(step)
        ids, last = files_in(state["messages"])
        files = told_of(await context.the_files(ids), last)
        prompt = system_prompt(await context.the_world(), context.turn.focus, state.get("waiting"), files)
        context.prompt_version = prompt.version

        def on_call(place: int, name: str) -> None:
            runtime.stream_writer(CallBegun(context.call_id(step, place), name[:100], message_id))

        context.speaking = asyncio.create_task(
            listen(
                self._speaker,
                shown(prompt, state["messages"]),
                heard,
                lambda piece: runtime.stream_writer(Said(message_id, piece)),
                on_call,
                self._timeout,
            )
        )
        try:
            await context.speaking
        except asyncio.CancelledError:
            # A stop cancels the listening alone; anything else that cancels the node must go on cancelling.
            if not context.stopped:
                raise
        finally:
            context.speaking.cancel()
            context.speaking = None

    @staticmethod
    def _count(context: TurnContext, heard: Heard) -> None:
        context.input_tokens += heard.input_tokens
        context.output_tokens += heard.output_tokens


def _limit(state: AgentState, step: int, budget: int) -> str | None:
    if step > MAX_MODEL_CALLS:
        return ENOUGH
    return OVER_BUDGET if state.get("tokens", 0) >= budget else None


def _tokens(heard: Heard) -> int:
    # An endpoint that reports no usage is counted by its words: about four characters to a token.
    return (heard.input_tokens + heard.output_tokens) or heard.size // 4


def _answer(context: TurnContext, heard: Heard, step: int) -> AIMessage:
    calls: list[dict[str, Any]] = []
    refused: dict[str, str] = {}
    for place, call in enumerate(heard.calls):
        call_id = context.call_id(step, place)
        arguments = call.parsed()
        if place >= MAX_CALLS_PER_ANSWER:
            refused[call_id] = f"Too many calls at once: at most {MAX_CALLS_PER_ANSWER}. This one was not run."
        elif len(call.arguments) > MAX_ARGUMENT_BYTES:
            refused[call_id], arguments = "The arguments are too long. Send less at once.", {}
        elif arguments is None:
            refused[call_id] = "The arguments are not a JSON object. Send the call again."
        calls.append({"name": call.name[:100], "args": arguments or {}, "id": call_id, "type": "tool_call"})
    kept = {"refused": refused} if refused else {}
    return AIMessage(heard.text, id=context.message_id(step), tool_calls=calls, additional_kwargs=kept)


def _close_calls(runtime: Runtime[TurnContext], context: TurnContext, heard: Heard, step: int) -> None:
    for place in range(len(heard.calls)):
        runtime.stream_writer(CallMade(context.call_id(step, place), "{}"))


def _cut_short(
    runtime: Runtime[TurnContext], message_id: str, heard: Heard, failure: AppError | None, tokens: int
) -> Command[Literal["act", "__end__"]]:
    if failure is None:
        return _end(runtime, message_id, heard.text, "", {"stopped": True}, tokens)
    spoken = f"{failure.message} {failure.remedy or ModelUnavailable.default_remedy}".strip()
    return _end(runtime, message_id, heard.text, spoken, {"failure": failure.code}, tokens)


def _end(
    runtime: Runtime[TurnContext], message_id: str, said: str, closing: str, mark: dict[str, Any], tokens: int = 0
) -> Command[Literal["act", "__end__"]]:
    """Ends the turn with what was said and a closing sentence of our own; an empty answer leaves no message."""
    if closing:
        closing = f"\n\n{closing}" if said else closing
        runtime.stream_writer(Said(message_id, closing))
    text = said + closing
    messages = [AIMessage(text, id=message_id, response_metadata=mark)] if text else []
    return Command(goto=FINISH, update={"messages": messages, "tokens": tokens})
