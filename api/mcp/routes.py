"""The address of the MCP door: who calls is verified, counted and bounded here, as on any route of REST."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.types import Message, Receive, Scope, Send

from api.deps import caller_of
from api.edge import MeteredRoute
from api.mcp.calling import CALLER
from api.parts import Parts, parts_of
from api.problems import MethodNotAllowed
from tools.context import Greenroom
from tools.errors import Forbidden

if TYPE_CHECKING:
    from api.mcp.wire import Wire

PATH = "/mcp"


def mcp_routes() -> list[MeteredRoute]:
    return [MeteredRoute(PATH, McpDoor())]


class McpDoor:
    """The ASGI application of the address."""

    def __init__(self) -> None:
        self._wire: Wire | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        if request.method != "POST":
            # No stream that outlives its request is kept, and no session to end.
            raise MethodNotAllowed()
        caller = await caller_of(request)
        parts = parts_of(request)
        _require_known_origin(request, parts)
        # Whole before it is handed on: too large a body is refused by us and in our words.
        body = await request.body()
        if self._wire is None:
            # Only when first asked for: the package takes longer to load than the rest of the service to start.
            self._wire = await asyncio.to_thread(_wire_over, parts.greenroom)
        # A key of the transport would make different calls repetitions of each other.
        scope[CALLER] = replace(caller.without_key(), agent=True)
        await self._wire(scope, _again(body, receive), send)


def _wire_over(greenroom: Greenroom) -> Wire:
    from api.mcp.wire import Wire

    return Wire(greenroom)


def _require_known_origin(request: Request, parts: Parts) -> None:
    """A page of somebody else must not speak for a person whose token it got hold of (the transport's own rule)."""
    origin = request.headers.get("origin")
    if origin and origin not in (parts.greenroom.public_url, *parts.settings.cors_origins):
        raise Forbidden("Pages of this origin may not call here.", remedy="Add it to CORS_ORIGINS if it is yours.")


def _again(body: bytes, receive: Receive) -> Receive:
    """The body that was read, once more, and then whatever comes."""
    sent = False

    async def again() -> Message:
        nonlocal sent
        if sent:
            return await receive()
        sent = True
        return {"type": "http.request", "body": body, "more_body": False}

    return again
