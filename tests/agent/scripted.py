"""A model that says what a test wrote down: no text is judged, only what the agent makes of it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from langchain_core.callbacks import AsyncCallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage, HumanMessage, ToolMessage
from langchain_core.messages.tool import tool_call_chunk
from langchain_core.outputs import ChatGeneration, ChatGenerationChunk, ChatResult
from langchain_core.runnables import Runnable
from pydantic import Field


@dataclass
class Reply:
    """One answer. `arguments` may be text that is no JSON. `hold` is waited for after the first word."""

    text: str = ""
    calls: Sequence[tuple[str, dict[str, Any] | str]] = ()
    hold: asyncio.Event | None = None
    error: BaseException | None = None
    tokens: tuple[int, int] | None = None


Script = Callable[[list[BaseMessage]], Reply]


class ScriptedModel(BaseChatModel):
    script: Any
    seen: list[list[BaseMessage]] = Field(default_factory=list)

    def __init__(self, script: Script | Iterable[Reply]) -> None:
        super().__init__(script=script if callable(script) else _in_order(script), seen=[])

    @property
    def _llm_type(self) -> str:
        return "scripted"

    def bind_tools(self, tools: Any, **kwargs: Any) -> Runnable[Any, AIMessage]:
        return self

    def _generate(self, *args: Any, **kwargs: Any) -> ChatResult:
        return ChatResult(generations=[ChatGeneration(message=AIMessage("only streamed"))])

    async def _astream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: AsyncCallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> AsyncIterator[ChatGenerationChunk]:
        self.seen.append(messages)
        reply: Reply = self.script(messages)
        words = reply.text.split(" ") if reply.text else []
        for place, word in enumerate(words):
            yield _chunk(content=word if place == 0 else f" {word}")
            if place == 0 and reply.hold:
                await reply.hold.wait()
        if reply.hold and not words:
            await reply.hold.wait()
        if reply.error:
            raise reply.error
        for place, (name, arguments) in enumerate(reply.calls):
            text = arguments if isinstance(arguments, str) else json.dumps(arguments)
            half = len(text) // 2
            yield _chunk(
                tool_call_chunks=[tool_call_chunk(name=name, args=text[:half], id=f"call_{place}", index=place)]
            )
            yield _chunk(tool_call_chunks=[tool_call_chunk(name=None, args=text[half:], id=None, index=place)])
        if reply.tokens:
            total = sum(reply.tokens)
            usage = {"input_tokens": reply.tokens[0], "output_tokens": reply.tokens[1], "total_tokens": total}
            yield _chunk(usage_metadata=usage)


def _chunk(**parts: Any) -> ChatGenerationChunk:
    return ChatGenerationChunk(message=AIMessageChunk(**{"content": "", **parts}))


def _in_order(replies: Iterable[Reply]) -> Script:
    left = iter(replies)
    return lambda _: next(left, Reply("I have nothing more to say."))


def last_results(messages: list[BaseMessage]) -> list[dict[str, Any]]:
    """The tool results since the person last spoke."""
    found: list[dict[str, Any]] = []
    for message in reversed(messages):
        if isinstance(message, HumanMessage):
            break
        if isinstance(message, ToolMessage):
            found.append(json.loads(str(message.content)))
    return found[::-1]
