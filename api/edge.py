"""What every request passes before a door: its id, its size, the clock, the headers of the answer. Knows no operation."""

from __future__ import annotations

import re
import time
from collections.abc import Awaitable, Callable, Mapping
from secrets import token_hex

import structlog
from opentelemetry import trace
from prometheus_client import CollectorRegistry, Counter, Histogram
from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Match, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.problems import REQUEST_ID, problem_answer, unforeseen
from tools.errors import TooLarge

RATE = "greenroom.rate"
"""Where the headers of the caller's rate limit stand in an ASGI scope."""

LARGEST_BODY = 256 * 1024

_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_SHORT_TOKEN = re.compile(r"[A-Za-z0-9._-]{1,64}")
_log = structlog.get_logger("greenroom.requests")


def page_policy(pictures_from: str | None) -> str:
    """What a page may load and reach: ourselves, and pictures from the file server, wherever that is."""
    return "; ".join(
        (
            "default-src 'self'",
            "script-src 'self'",
            # The chat's widgets set their sizes in style elements.
            "style-src 'self' 'unsafe-inline'",
            " ".join(filter(None, ("img-src 'self' data: blob:", pictures_from))),
            "font-src 'self' data:",
            "connect-src 'self'",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    )


_HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(self), microphone=(), geolocation=()",
}
_TRANSPORT_SECURITY = {"strict-transport-security": "max-age=63072000; includeSubDomains"}


class Meters:
    """What `/metrics` tells: counts and times per route, nothing about who called."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._requests = Counter(
            "greenroom_requests", "Answered requests", ["method", "route", "status"], registry=self.registry
        )
        self._seconds = Histogram(
            "greenroom_request_seconds",
            "Time until the answer was sent",
            ["method", "route"],
            buckets=(0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 60),
            registry=self.registry,
        )

    def observe(self, method: str, route: str, status: int, seconds: float) -> None:
        method = method if method in _METHODS else "other"
        self._requests.labels(method, route, status).inc()
        self._seconds.labels(method, route).observe(seconds)


class MeteredRoute(Route):
    """A route that leaves its pattern in the scope, as FastAPI's own do."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        match, found = super().matches(scope)
        return match, {**found, "route": self} if match is not Match.NONE else found


def resource(path: str, endpoints: Mapping[str, Callable[[Request], Awaitable[Response]]]) -> MeteredRoute:
    """One address that does something else by each method; what it refuses is told all of them."""

    async def answer(request: Request) -> Response:
        return await endpoints["GET" if request.method == "HEAD" else request.method](request)

    return MeteredRoute(path, answer, methods=list(endpoints))


class Edge:
    """Outermost: gives each request its id, adds the headers, measures, and turns what nobody foresaw into a 500."""

    def __init__(self, app: ASGIApp, *, meters: Meters, https: bool, pictures_from: str | None = None) -> None:
        """`pictures_from` is how addresses at the file server begin, where that is not our own."""
        self._app = app
        self._meters = meters
        headers = _HEADERS | {"content-security-policy": page_policy(pictures_from)}
        headers |= _TRANSPORT_SECURITY if https else {}
        self._headers = [(name.encode(), value.encode()) for name, value in headers.items()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = _request_id(scope)
        scope[REQUEST_ID] = request_id
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=request_id)
        started = time.perf_counter()
        status = 0

        async def answer(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                # A span is over with the last of the answer.
                trace.get_current_span().set_attribute("http.route", route_of(scope))
                message["headers"] = self._completed(message.get("headers", ()), scope, request_id)
            await send(message)

        try:
            await self._app(scope, receive, answer)
        except ClientDisconnect:
            # nginx's word for a caller who left before the answer.
            status = status or 499
        except Exception as error:  # the outermost door: whatever nobody foresaw ends here, as an id
            if status:
                unforeseen(error, request_id)
                raise
            await unforeseen(error, request_id)(scope, receive, answer)
        finally:
            self._record(scope, status, time.perf_counter() - started)

    def _completed(self, given: list[tuple[bytes, bytes]], scope: Scope, request_id: str) -> list[tuple[bytes, bytes]]:
        """The answer's headers and ours; a door that set one of them itself keeps its own."""
        headers = list(given)
        names = {name for name, _ in headers}
        headers += [pair for pair in self._headers if pair[0] not in names]
        headers += scope.get(RATE, ())
        headers.append((b"x-request-id", request_id.encode()))
        return headers

    def _record(self, scope: Scope, status: int, seconds: float) -> None:
        route = route_of(scope)
        self._meters.observe(scope["method"], route, status, seconds)
        _log.info("request", method=scope["method"], route=route, status=status, milliseconds=round(seconds * 1000, 2))


class BodyLimit:
    """Refuses bodies that are too large: by what they announce before a byte is read, by counting otherwise."""

    def __init__(self, app: ASGIApp, *, larger: dict[str, int] | None = None) -> None:
        """`larger` names path prefixes whose bodies may have more bytes."""
        self._app = app
        self._larger = larger or {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        limit = self._limit(scope["path"])
        if _announced(scope) > limit:
            refusal = problem_answer(_too_large(limit), scope.get(REQUEST_ID, ""), {"Connection": "close"})
            await refusal(scope, receive, send)
            return
        received = 0

        async def counted() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > limit:
                raise _too_large(limit)
            return message

        await self._app(scope, counted, send)

    def _limit(self, path: str) -> int:
        return next((size for prefix, size in self._larger.items() if path.startswith(prefix)), LARGEST_BODY)


def route_of(scope: Scope) -> str:
    """The route's pattern, never the address: an address may hold a name."""
    path = getattr(scope.get("route"), "path", None)
    return path if isinstance(path, str) and path else "none"


def _too_large(limit: int) -> TooLarge:
    return TooLarge(f"The body may have at most {limit:,} bytes.")


def _announced(scope: Scope) -> int:
    text = Headers(scope=scope).get("content-length", "0")
    return int(text) if text.isdecimal() and len(text) < 16 else 0


def _request_id(scope: Scope) -> str:
    given = Headers(scope=scope).get("x-request-id", "")
    return given if _SHORT_TOKEN.fullmatch(given) else token_hex(8)
