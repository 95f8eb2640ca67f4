"""The copilot's door over real HTTP, and a visitor who speaks CopilotKit's protocol to it."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import uuid4

import httpx
import uvicorn
from langchain_core.language_models import BaseChatModel
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.types import ASGIApp

from agent.calls import Guard, PassThrough
from agent.runs import Pace
from api.copilot import CopilotDoor, routes
from api.problems import install_problems
from tests.office import Office
from tests.postgres import ClonedDatabase
from tools.context import Caller
from tools.errors import Unauthenticated

# Leases of tests end soon, so that taking over is seen within a second.
QUICK = Pace(lease=1.0, heartbeat=0.2, sweep=0.2, look_again=0.05, ping=15, closing=1)

Event = dict[str, Any]


@asynccontextmanager
async def serve(app: ASGIApp) -> AsyncIterator[str]:
    """A real server on a port of its own; answers its address."""
    # Named TCP, so that the event loop switches Nagle off on what it accepts.
    listener = socket.socket(proto=socket.IPPROTO_TCP)
    listener.bind(("127.0.0.1", 0))
    config = uvicorn.Config(app, log_level="warning", lifespan="off", timeout_graceful_shutdown=1)
    server = uvicorn.Server(config)
    task = asyncio.create_task(server.serve(sockets=[listener]))
    while not server.started:
        await asyncio.sleep(0.005)
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        await task


@asynccontextmanager
async def open_door(
    office: Office,
    database: ClonedDatabase,
    model: BaseChatModel,
    *,
    guard: Guard | None = None,
    pace: Pace = QUICK,
    timeout_seconds: float = 5,
    token_budget: int = 60_000,
) -> AsyncIterator[CopilotDoor]:
    """The door, open; decisions over the operations reach it as in the service."""
    door = CopilotDoor(
        office.greenroom,
        model,
        guard or PassThrough(),
        database.dsn,
        timeout_seconds=timeout_seconds,
        token_budget=token_budget,
        pool_size=4,
        pace=pace,
    )
    async with door.open():
        office.greenroom.listeners.append(door.told)
        try:
            yield door
        finally:
            office.greenroom.listeners.remove(door.told)


@asynccontextmanager
async def visit(door: CopilotDoor, *people: Office) -> AsyncIterator[list[Visitor]]:
    """The door served, and one signed-in visitor per person. A token is a person's id: verifying real ones is tested elsewhere."""
    known = {str(person.caller.user_id): person.caller for person in people}

    async def identify(request: Request) -> Caller:
        caller = known.get(request.headers.get("authorization", "").removeprefix("Bearer "))
        if caller is None:
            raise Unauthenticated()
        return caller

    app = Starlette(routes=routes(door, identify))
    install_problems(app)
    async with serve(app) as address, httpx.AsyncClient(base_url=f"{address}/api/copilotkit", timeout=20) as client:
        yield [Visitor(client, person) for person in people]


@dataclass
class Visitor:
    client: httpx.AsyncClient
    office: Office
    thread: str = field(default_factory=lambda: str(uuid4()))

    @property
    def headers(self) -> dict[str, str]:
        return {"authorization": f"Bearer {self.office.caller.user_id}"}

    def elsewhere(self) -> Visitor:
        """The same person in a new conversation."""
        return replace(self, thread=str(uuid4()))

    def body(self, text: str | None = None, **parts: Any) -> dict[str, Any]:
        messages = [] if text is None else [{"id": str(uuid4()), "role": "user", "content": text}]
        return {
            "threadId": self.thread,
            "runId": str(uuid4()),
            "state": {},
            "messages": messages,
            "tools": [],
            "context": [],
            "forwardedProps": {},
        } | parts

    async def post(self, path: str, body: Any) -> httpx.Response:
        return await self.client.post(path, json=body, headers=self.headers)

    async def say(self, text: str, **parts: Any) -> list[Event]:
        return await self.run(self.body(text, **parts))

    async def run(self, body: dict[str, Any]) -> list[Event]:
        answer = await self.post("/agent/default/run", body)
        assert answer.status_code == 200, answer.text
        return events_of(answer.text)

    async def decide(self, interrupts: list[dict[str, Any]], payload: Any = None) -> list[Event]:
        entries = [{"interruptId": found["id"], "status": "resolved", "payload": payload} for found in interrupts]
        return await self.run(self.body(resume=entries))

    async def connect(self) -> list[Event]:
        answer = await self.post("/agent/default/connect", self.body())
        assert answer.status_code == 200, answer.text
        return events_of(answer.text)

    @asynccontextmanager
    async def stream(self, path: str, body: Any) -> AsyncIterator[AsyncIterator[Event]]:
        async with self.client.stream("POST", path, json=body, headers=self.headers) as answer:
            assert answer.status_code == 200, await answer.aread()
            yield _events(answer)


async def _events(answer: httpx.Response) -> AsyncIterator[Event]:
    async for line in answer.aiter_lines():
        if line.startswith("data: "):
            yield json.loads(line[6:])


def events_of(text: str) -> list[Event]:
    return [json.loads(line[6:]) for line in text.splitlines() if line.startswith("data: ")]


def kinds(events: list[Event]) -> list[str]:
    return [event["type"] for event in events]


def said(events: list[Event]) -> str:
    """The text a person read."""
    return "".join(event["delta"] for event in events if event["type"] == "TEXT_MESSAGE_CONTENT")


def results(events: list[Event]) -> list[dict[str, Any]]:
    return [json.loads(event["content"]) for event in events if event["type"] == "TOOL_CALL_RESULT"]


def interrupts(events: list[Event]) -> list[dict[str, Any]]:
    outcome: dict[str, Any] = events[-1].get("outcome", {})
    found: list[dict[str, Any]] = outcome.get("interrupts", [])
    return found


def history(events: list[Event]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = next(event["messages"] for event in events if event["type"] == "MESSAGES_SNAPSHOT")
    return found
