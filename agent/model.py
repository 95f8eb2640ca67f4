"""The model behind the agent, and one way to listen to it: every failure of a provider becomes one AppError. Decides nothing."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import httpx
from langchain_core.language_models import BaseChatModel, LanguageModelInput
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage, BaseMessageChunk
from langchain_core.runnables import Runnable

from agent.calls import MAX_ANSWER_BYTES
from tools.errors import Upstream
from tools.kit.settings import Settings

Speaker = Runnable[LanguageModelInput, AIMessage]


class ModelUnavailable(Upstream):
    code = "model_unavailable"
    status = 503
    title = "The language model did not answer"
    default_remedy = "Nothing was changed. Send the message again in a moment; everything else keeps working."


class AnswerTooLong(Upstream):
    code = "answer_too_long"
    status = 502
    title = "The language model did not stop"
    default_remedy = "Nothing was changed. Ask for less at once."


def build_model(settings: Settings) -> BaseChatModel | None:
    """The endpoint of the settings, or None when no key is set."""
    if not (settings.openai_api_key and settings.greenroom_model):
        return None
    # Its client library takes a second to import, which a start without an endpoint need not wait for.
    from agent.hosted import hosted_model

    return hosted_model(settings)


def name_of(model: BaseChatModel) -> str:
    name = getattr(model, "model_name", None) or type(model).__name__
    return str(name)


@dataclass(slots=True)
class Heard:
    """An answer as far as it was heard. `calls` are in the order the model made them; arguments are still text."""

    text: str = ""
    calls: list[HeardCall] = field(default_factory=list)
    input_tokens: int = 0
    output_tokens: int = 0

    @property
    def size(self) -> int:
        return len(self.text) + sum(len(call.arguments) for call in self.calls)


@dataclass(slots=True)
class HeardCall:
    place: Any
    name: str
    arguments: str = ""

    def parsed(self) -> dict[str, Any] | None:
        """The arguments, or None when they are not a JSON object."""
        try:
            found = json.loads(self.arguments or "{}")
        except ValueError:
            return None
        return found if isinstance(found, dict) else None


async def listen(
    speaker: Speaker,
    messages: Sequence[BaseMessage],
    heard: Heard,
    on_text: Callable[[str], None],
    on_call: Callable[[int, str], None],
    timeout_seconds: float,
) -> None:
    """Fills `heard` while the model speaks. `on_text` gets each piece, `on_call` the place and name of each call as it begins.

    Raises ModelUnavailable or AnswerTooLong; what was heard until then stays in `heard`.
    """
    try:
        async with asyncio.timeout(timeout_seconds):
            async for chunk in speaker.astream(list(messages)):
                _take(chunk, heard, on_text, on_call)
                if heard.size > MAX_ANSWER_BYTES:
                    raise AnswerTooLong()
    except TimeoutError as error:
        raise ModelUnavailable("The language model took too long.") from error
    except (httpx.HTTPError, OSError) as error:
        raise ModelUnavailable() from error
    except (ValueError, KeyError, TypeError) as error:
        # The client library raises these for a stream it can not read.
        raise ModelUnavailable("The language model sent something unreadable.") from error


def _take(
    chunk: BaseMessageChunk | BaseMessage,
    heard: Heard,
    on_text: Callable[[str], None],
    on_call: Callable[[int, str], None],
) -> None:
    content = chunk.content
    text = content if isinstance(content, str) else str(chunk.text)
    if text:
        heard.text += text
        on_text(text)
    if isinstance(chunk, AIMessageChunk):
        for piece in chunk.tool_call_chunks:
            _take_call(heard, piece.get("index"), piece.get("name"), piece.get("args") or "", on_call)
    elif isinstance(chunk, AIMessage):
        for call in chunk.tool_calls:
            _take_call(heard, len(heard.calls), call["name"], json.dumps(call["args"]), on_call)
    usage = getattr(chunk, "usage_metadata", None)
    if usage:
        heard.input_tokens += usage.get("input_tokens", 0)
        heard.output_tokens += usage.get("output_tokens", 0)


def _take_call(heard: Heard, place: Any, name: str | None, arguments: str, on_call: Callable[[int, str], None]) -> None:
    same = next((call for call in reversed(heard.calls) if call.place == place), None)
    if same is None or (name and same.name and place is None):
        heard.calls.append(HeardCall(place, name or "", arguments))
        on_call(len(heard.calls) - 1, name or "")
    else:
        same.name += name or ""
        same.arguments += arguments
