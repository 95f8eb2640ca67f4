"""The address of the MCP door: who calls is verified, counted and bounded here, as on any route of REST."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import Message, Receive, Scope, Send

from api.deps import admit, caller_of, peer_of
from api.edge import MeteredRoute
from api.mcp.calling import CALLER
from api.parts import Parts, parts_of
from api.problems import MethodNotAllowed, problem_answer, request_id_of
from tools.context import Greenroom
from tools.errors import Forbidden, Unauthenticated

if TYPE_CHECKING:
    from api.mcp.wire import Wire

PATH = "/mcp"
METADATA = "/.well-known/oauth-protected-resource"


def mcp_routes() -> list[MeteredRoute]:
    described = [MeteredRoute(path, describe_resource, methods=["GET"]) for path in (METADATA, METADATA + PATH)]
    return [MeteredRoute(PATH, McpDoor()), *described]


async def describe_resource(request: Request) -> Response:
    """Tell clients of MCP how to get a token (RFC 9728): where the project's OAuth server is on, from there."""
    parts = parts_of(request)
    await admit(request, parts.allowances.stranger, peer_of(request))
    told: dict[str, object] = {
        "resource": f"{parts.greenroom.public_url}{PATH}",
        "resource_name": "Greenroom",
        "bearer_methods_supported": ["header"],
    }
    if parts.settings.supabase_oauth_server and parts.settings.supabase_url:
        told["authorization_servers"] = [f"{parts.settings.supabase_url}/auth/v1"]
    # For clients that run in a browser, wherever their page is from: nothing here is anybody's own.
    return JSONResponse(told, headers={"Access-Control-Allow-Origin": "*", "Cache-Control": "public, max-age=300"})


class McpDoor:
    """The ASGI application of the address."""

    def __init__(self) -> None:
        self._wire: Wire | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        if request.method != "POST":
            # No stream that outlives its request is kept, and no session to end.
            raise MethodNotAllowed()
        parts = parts_of(request)
        try:
            caller = await caller_of(request, programs=True)
        except Unauthenticated as refused:
            challenge = {"WWW-Authenticate": _challenge(parts.greenroom, sent="authorization" in request.headers)}
            answer = problem_answer(refused, request_id_of(scope))
            answer.headers.update(challenge)
            await answer(scope, receive, send)
            return
        _require_known_origin(request, parts)
        # Whole before it is handed on: too large a body is refused by us and in our words.
        body = await request.body()
        if self._wire is None:
            # Only when first asked for: the package takes longer to load than the rest of the service to start.
            self._wire = await asyncio.to_thread(_wire_over, parts.greenroom)
        if refusal := self._wire.misread(request, body):
            await refusal(scope, receive, send)
            return
        # A key of the transport would make different calls repetitions of each other.
        scope[CALLER] = replace(caller.without_key(), agent=True)
        await self._wire(scope, _again(body, receive), send)


def _challenge(greenroom: Greenroom, *, sent: bool) -> str:
    """RFC 9728, section 5.1; an error is named only where a token was sent at all (RFC 6750)."""
    error = 'error="invalid_token", ' if sent else ""
    return f'Bearer {error}resource_metadata="{greenroom.public_url}{METADATA}{PATH}"'


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
