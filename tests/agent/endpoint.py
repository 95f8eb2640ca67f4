"""A loopback OpenAI-compatible endpoint that fails as endpoints do: overloaded, cut off, stalled, talking nonsense."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from typing import Any

from pydantic import SecretStr
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from tools.kit.settings import Settings

Chunk = dict[str, Any]
Answer = Callable[[dict[str, Any]], Response]


class Endpoint:
    """Answers each request by the next of its answers, the last one for ever. `requests` holds what was sent."""

    def __init__(self, *answers: Answer) -> None:
        self._answers = list(answers)
        self.requests: list[dict[str, Any]] = []
        self.app = Starlette(routes=[Route("/v1/chat/completions", self._complete, methods=["POST"])])

    async def _complete(self, request: Request) -> Response:
        sent = await request.json()
        self.requests.append(sent)
        answer = self._answers[0] if len(self._answers) == 1 else self._answers.pop(0)
        return answer(sent)


def settings_for(address: str, timeout_seconds: float = 5) -> Settings:
    return Settings(
        openai_base_url=f"{address}/v1",
        openai_api_key=SecretStr("sk-only-a-test"),
        greenroom_model="test-model",
        model_timeout_seconds=timeout_seconds,
    )


def text(content: str) -> Chunk:
    return {"content": content}


def call(name: str, arguments: str, index: int = 0) -> Chunk:
    return {
        "tool_calls": [
            {"index": index, "id": f"x{index}", "type": "function", "function": {"name": name, "arguments": arguments}}
        ]
    }


def streams(*deltas: Chunk, cut: bool = False, stall: bool = False) -> Answer:
    """A stream of deltas with usage at its end; `cut` ends it without one, `stall` never ends it."""

    async def body() -> AsyncIterator[bytes]:
        for delta in deltas:
            yield _line({"choices": [{"index": 0, "delta": {"role": "assistant", **delta}, "finish_reason": None}]})
        if stall:
            await asyncio.sleep(60)
        if cut:
            raise ConnectionResetError("cut")
        yield _line({"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]})
        yield _line({"choices": [], "usage": {"prompt_tokens": 11, "completion_tokens": 7, "total_tokens": 18}})
        yield b"data: [DONE]\n\n"

    return lambda _: StreamingResponse(body(), media_type="text/event-stream")


def garbage() -> Answer:
    async def body() -> AsyncIterator[bytes]:
        yield b"data: {not json\n\n"

    return lambda _: StreamingResponse(body(), media_type="text/event-stream")


def refuses(status: int) -> Answer:
    problem = {"error": {"message": "canary-of-the-endpoint", "type": "x", "code": "x"}}
    return lambda _: JSONResponse(problem, status, headers={"retry-after-ms": "10"})


def _line(chunk: Chunk) -> bytes:
    whole = {"id": "c", "object": "chat.completion.chunk", "created": 1, "model": "test-model", **chunk}
    return b"data: " + json.dumps(whole).encode() + b"\n\n"
