"""The rules planner as a LangChain chat model, so that the same graph and tools serve it as any other model; planning is in `plan`."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from langchain_core.callbacks import AsyncCallbackManagerForLLMRun, CallbackManagerForLLMRun
from langchain_core.language_models import LanguageModelInput
from langchain_core.language_models.chat_models import BaseChatModel
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage, HumanMessage, ToolCall, ToolMessage
from langchain_core.messages.tool import tool_call_chunk
from langchain_core.outputs import ChatGeneration, ChatGenerationChunk, ChatResult
from langchain_core.runnables import Runnable
from langchain_core.tools import BaseTool
from langchain_core.utils.function_calling import convert_to_openai_tool

from embedded.planner.memory import Call, Memory, read_result, remember, text_of
from embedded.planner.plan import Decision, decide
from embedded.planner.replies import kept, reply

NAME = "greenroom-rules"
METADATA = {"provider": "rules", "model_provider": "rules", "model_name": NAME}


class RulesPlanner(BaseChatModel):
    """Reads the last message by fixed rules and answers with tool calls, a question, or a plain sentence.

    Deterministic, keeps nothing between requests, reaches no network. `tools` limits what it may call; None allows every operation.
    """

    tools: frozenset[str] | None = None

    @property
    def _llm_type(self) -> str:
        return "rules"

    @property
    def _identifying_params(self) -> dict[str, Any]:
        return {"model_name": NAME, "provider": "rules"}

    def bind_tools(
        self,
        tools: Sequence[dict[str, Any] | type | Callable[..., Any] | BaseTool],
        *,
        tool_choice: str | None = None,
        **kwargs: Any,
    ) -> Runnable[LanguageModelInput, AIMessage]:
        """The planner limited to these tools, by name."""
        names = frozenset(str(convert_to_openai_tool(tool)["function"]["name"]) for tool in tools)
        return self.model_copy(update={"tools": names})

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        return ChatResult(generations=[ChatGeneration(message=self.answer(messages))])

    async def _agenerate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: AsyncCallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        return self._generate(messages)

    def _stream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> Iterator[ChatGenerationChunk]:
        for chunk in _chunks(self.answer(messages)):
            if run_manager is not None:
                run_manager.on_llm_new_token(str(chunk.message.content), chunk=chunk)
            yield chunk

    async def _astream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: AsyncCallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> AsyncIterator[ChatGenerationChunk]:
        for chunk in _chunks(self.answer(messages)):
            if run_manager is not None:
                await run_manager.on_llm_new_token(str(chunk.message.content), chunk=chunk)
            yield chunk

    def answer(self, messages: Sequence[BaseMessage]) -> AIMessage:
        """The next message of the conversation."""
        decision = _after_tools(messages) if messages and isinstance(messages[-1], ToolMessage) else _turn(messages)
        unknown = [name for name, _ in decision.calls if self.tools is not None and name not in self.tools]
        if unknown:
            decision = Decision(
                say=f"I cannot do that here: {unknown[0].replace('_', ' ')} is not among the tools I have been given."
            )
        seed = f"{len(messages)}:{messages[-1].id if messages else ''}:{text_of(messages[-1]) if messages else ''}"
        return AIMessage(
            content=decision.say, tool_calls=_tool_calls(decision.calls, seed), response_metadata=dict(METADATA)
        )


def _turn(messages: Sequence[BaseMessage]) -> Decision:
    human = next((m for m in reversed(messages) if isinstance(m, HumanMessage)), None)
    if human is None:
        return Decision(say="What shall we do?")
    memory = remember(messages)
    decision = decide(text_of(human), memory)
    if not memory.world.attached or any(name == "attach_file" for name, _ in decision.calls):
        return decision
    return replace(decision, say=f"{kept(memory.world.attached)} {decision.say}".strip())


def _after_tools(messages: Sequence[BaseMessage]) -> Decision:
    """The sentences that follow the tools' answers to the last calls."""
    asked = max((i for i, m in enumerate(messages) if isinstance(m, AIMessage) and m.tool_calls), default=-1)
    calls: dict[str | None, Call] = {}
    if asked >= 0 and isinstance(asking := messages[asked], AIMessage):
        calls = {call["id"]: (call["name"], call["args"]) for call in asking.tool_calls}
    answered = [
        (calls.get(m.tool_call_id, (m.name or "", {})), read_result(m))
        for m in messages[asked + 1 :]
        if isinstance(m, ToolMessage)
    ]
    memory: Memory = remember(messages)
    return Decision(say=reply(answered, memory))


def _tool_calls(calls: list[Call], seed: str) -> list[ToolCall]:
    """Calls with ids that are the same for the same conversation, so that a replayed turn is the same turn."""
    return [
        ToolCall(
            name=name,
            args=given,
            id=f"call_{uuid5(NAMESPACE_URL, f'{seed}:{number}:{name}').hex[:24]}",
            type="tool_call",
        )
        for number, (name, given) in enumerate(calls)
    ]


def _chunks(message: AIMessage) -> Iterator[ChatGenerationChunk]:
    """The message in pieces: its words one by one, then its calls."""
    import json

    words = str(message.content).split(" ") if message.content else []
    for number, word in enumerate(words):
        yield ChatGenerationChunk(
            message=AIMessageChunk(content=word if number == 0 else f" {word}", response_metadata={})
        )
    pieces = [
        tool_call_chunk(name=call["name"], args=json.dumps(call["args"]), id=call["id"], index=number)
        for number, call in enumerate(message.tool_calls)
    ]
    yield ChatGenerationChunk(
        message=AIMessageChunk(
            content="", tool_call_chunks=pieces, response_metadata=dict(METADATA), chunk_position="last"
        )
    )
