"""Every refusal that a test of a door sees is read: it tells a code and words of the trade, and no word of the machine."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest
from starlette.types import Message, Receive, Scope, Send

from api.edge import Edge

INNER_WORDS = re.compile(
    r"Traceback|\.py\b|psycopg|postgres|select |insert |update public| public\.|constraint|relation |pydantic"
    r"|\b0x[0-9a-f]|socket|host=|://\w|/dev/|/tmp|NoneType|object has no"
)
"""Words of the machine: stacks, statements, addresses of the database."""

PROBLEM = "application/problem+json"
LONGEST_READ = 64 * 1024
"""Of what a caller sent: uploads are large, and no file is quoted."""


def leak(headers: Mapping[str, str], body: str, sent: str) -> str | None:
    """What a refusal tells besides what its caller may know; their own words, given back, are no secret."""
    said = body
    if headers.get("content-type") == PROBLEM:
        problem = json.loads(body)
        if not problem["code"] or problem["request_id"] != headers["x-request-id"]:
            return "a refusal without its code or its request's id"
        said = " ".join([problem["title"], problem["detail"], problem.get("remedy", ""), *_faults(problem)])
    return next((f"says {word!r}" for word in INNER_WORDS.findall(said) if word not in sent), None)


def _faults(problem: dict[str, Any]) -> list[str]:
    return [each["message"] for each in problem.get("errors") or ()]


@dataclass
class Refusals:
    """What was refused during a test, and what of it told too much."""

    seen: int = 0
    leaks: list[str] = field(default_factory=list)

    def read(self, scope: Scope, started: Message, body: bytes, sent: bytes) -> None:
        self.seen += 1
        headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in started["headers"]}
        asked = [scope["path"].encode(), scope["query_string"], sent, *(value for _, value in scope["headers"])]
        told = leak(headers, body.decode(errors="replace"), b" ".join(asked).decode(errors="replace"))
        if told:
            self.leaks.append(f"{scope['method']} {scope['path']}: {started['status']} {told}")


@pytest.fixture(autouse=True)
def refusals(monkeypatch: pytest.MonkeyPatch) -> Iterator[Refusals]:
    """Fails a test in which any refusal told too much, whatever the test itself looked at."""
    kept = Refusals()
    monkeypatch.setattr(Edge, "__call__", _watched(Edge.__call__, kept))
    yield kept
    assert kept.leaks == [], kept.leaks


def _watched(real: Any, kept: Refusals) -> Any:
    async def watched(self: Edge, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await real(self, scope, receive, send)
        started: Message = {}
        body, sent = bytearray(), bytearray()

        async def hearing() -> Message:
            message = await receive()
            if len(sent) < LONGEST_READ:
                sent.extend(message.get("body", b"")[:LONGEST_READ])
            return message

        async def telling(message: Message) -> None:
            started.update(message if message["type"] == "http.response.start" else {})
            if started["status"] >= 400:
                body.extend(message.get("body", b""))
                if message["type"] == "http.response.body" and not message.get("more_body"):
                    kept.read(scope, started, bytes(body), bytes(sent))
            await send(message)

        await real(self, scope, hearing, telling)

    return watched
