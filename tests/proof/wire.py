"""One request to an ASGI application, without a client between: thousands of cells are asked. Holds no test."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote, urlencode

from starlette.types import ASGIApp, Message

ANSWERED_WITHIN_SECONDS = 20


@dataclass(frozen=True)
class Asked:
    """`query` and `body` are what is sent; a body is JSON unless it is bytes already."""

    method: str
    path: str
    query: Mapping[str, Any] = field(default_factory=dict)
    body: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    content: bytes

    @property
    def text(self) -> str:
        return self.content.decode(errors="replace")

    def json(self) -> Any:
        return json.loads(self.content)


async def ask(app: ASGIApp, asked: Asked, *, peer: str = "203.0.113.7") -> Answer:
    """The whole answer. Streams are read to their end."""
    body = (
        asked.body if isinstance(asked.body, bytes) else b"" if asked.body is None else json.dumps(asked.body).encode()
    )
    kind = {"content-type": "application/json"} if body else {}
    sent = {"host": "greenroom.test", **kind, "content-length": str(len(body))}
    sent |= {name.lower(): value for name, value in asked.headers.items()}
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "scheme": "http", "root_path": "",
        "method": asked.method, "path": unquote(asked.path), "raw_path": asked.path.encode(),
        "query_string": urlencode({name: _spelled(value) for name, value in asked.query.items()}).encode(),
        "headers": [(name.encode(), value.encode("latin-1")) for name, value in sent.items()],
        "client": (peer, 40000), "server": ("greenroom.test", 80),
    }  # fmt: skip
    incoming = [{"type": "http.request", "body": body, "more_body": False}]
    started: Message = {}
    pieces: list[bytes] = []

    async def receive() -> Message:
        if incoming:
            return incoming.pop()
        # Nobody hangs up; who listens for that is ended with the request.
        await asyncio.Event().wait()
        raise AssertionError("unreachable")

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            started.update(message)
        elif message["type"] == "http.response.body":
            pieces.append(message.get("body", b""))

    async with asyncio.timeout(ANSWERED_WITHIN_SECONDS):
        await app(scope, receive, send)
    headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in started.get("headers", ())}
    return Answer(started["status"], headers, b"".join(pieces))


def _spelled(value: Any) -> str:
    return ("true" if value else "false") if isinstance(value, bool) else str(value)
