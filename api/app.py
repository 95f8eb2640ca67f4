"""The application: its doors, what every request passes, and what lives as long as it does. Everything else is given."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any

import structlog
from fastapi import FastAPI
from fastapi.telemetry import TelemetryConfig
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Mount

from api import VERSION
from api.actions import action_entries, action_routes
from api.auth import auth_entries, auth_routes
from api.auth_mail import auth_mail_entries, auth_mail_routes
from api.edge import BodyLimit, Edge, MeteredRoute, Meters
from api.exports import export_entries, export_routes
from api.files import LARGEST_BODY, file_entries, file_routes
from api.health import health_router
from api.hooks import hook_routes
from api.mcp.routes import mcp_routes
from api.membership import membership_entries, membership_routes
from api.orders_page import order_page_routes
from api.pages import page_routes
from api.parts import Parts
from api.people import people_entries, people_routes
from api.platform import platform_entries, platform_routes
from api.problems import install_problems
from api.reference import describe, reference_page
from api.rest import RestDoor, rest_entries
from api.shop import shop_entries, shop_routes
from api.tracing import DiscreetTracers
from tools.catalog import CATALOG
from tools.errors import AppError
from tools.kit.settings import Environment

PAGE = Path(__file__).parents[1] / "web" / "dist"
SWEEP_SECONDS = 5.0

LARGER_BODIES = {
    "/api/copilotkit": 1_000_000,
    "/api/attendees/import": 1_500_000,
    "/api/uploads": LARGEST_BODY,
    # The embedded file server, which has limits of its own.
    "/storage/v1": 53_000_000,
}
"""CopilotKit's client sends the whole conversation with every turn; the door reads little of it. An import sends a file."""

_ABOUT = "The copilot for people who run events: the same operations that the chat uses, over REST."
_EXPOSED = ["ETag", "Location", "RateLimit", "RateLimit-Policy", "Retry-After", "X-Request-Id"]
_log = structlog.get_logger("greenroom.app")


def create_app(parts: Parts, *, page: Path = PAGE) -> FastAPI:
    """The ASGI application over `parts`, which are opened and closed with it."""
    meters = Meters()
    app = _framework(meters, lifespan=_lifespan, middleware=_middleware(parts, meters))
    app.state.parts = parts
    install_problems(app)
    catalog = parts.greenroom.catalog
    app.router.routes += [
        *parts.routes,
        *action_routes(catalog),
        *auth_routes(),
        *auth_mail_routes(),
        *membership_routes(),
        *platform_routes(),
        *hook_routes(),
        *shop_routes(),
        *export_routes(),
        *people_routes(),
        *file_routes(),
        *mcp_routes(),
        *_reference_routes(app),
        *(Mount(path, mounted) for path, mounted in parts.mounts.items()),
        *order_page_routes(),
        *page_routes(page),
    ]
    return app


def openapi_document() -> dict[str, Any]:
    """The description of the API, as `/openapi.json` answers it."""
    return _described(_framework(Meters()).openapi())


def _framework(meters: Meters, **more: Any) -> FastAPI:
    app = FastAPI(
        title="Greenroom",
        version=VERSION,
        description=_ABOUT,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        telemetry=_telemetry(),
        **more,
    )
    app.include_router(health_router(meters))
    return app


def _telemetry() -> TelemetryConfig:
    """Nothing is traced or sent anywhere, nor asked for at each request, unless the operator set up OpenTelemetry.

    The framework's own logs quote what was sent when it is not valid; ours do not, and are the only ones.
    """
    wanted = any(name.startswith("OTEL_") for name in os.environ)
    return {
        "auto_configure": False,
        "tracing": wanted,
        "metrics": wanted,
        "logs": False,
        "tracer_provider": DiscreetTracers(),
    }


def _described(document: dict[str, Any]) -> dict[str, Any]:
    return describe(
        document,
        [
            *rest_entries(CATALOG),
            *action_entries(),
            *auth_entries(),
            *auth_mail_entries(),
            *membership_entries(),
            *platform_entries(),
            *shop_entries(),
            *export_entries(),
            *people_entries(),
            *file_entries(),
        ],
    )


def _reference_routes(app: FastAPI) -> list[MeteredRoute]:
    # Made when first asked for: the schemas of all operations take as long as the rest of a start.
    document = cache(lambda: _described(app.openapi()))

    async def openapi(_: Request) -> Response:
        return JSONResponse(await asyncio.to_thread(document))

    async def docs(_: Request) -> Response:
        return HTMLResponse(reference_page(await asyncio.to_thread(document)))

    return [MeteredRoute("/openapi.json", openapi), MeteredRoute("/docs", docs)]


def _middleware(parts: Parts, meters: Meters) -> list[Middleware]:
    origins = parts.settings.cors_origins
    https = parts.settings.greenroom_env is not Environment.development
    cors = Middleware(
        CORSMiddleware,
        allow_origins=origins,
        allow_methods=["GET", "POST", "PUT", "PATCH", "DELETE"],
        allow_headers=[
            "Authorization", "Content-Type", "Greenroom-Organization", "Idempotency-Key", "If-Match", "If-None-Match",
            "X-Request-Id",
        ],
        expose_headers=_EXPOSED,
        max_age=600,
    )  # fmt: skip
    return [
        Middleware(Edge, meters=meters, https=https, pictures_from=_pictures_from(parts)),
        *([cors] if origins else []),
        Middleware(BodyLimit, larger=LARGER_BODIES),
        Middleware(RestDoor, catalog=parts.greenroom.catalog),
    ]


def _pictures_from(parts: Parts) -> str | None:
    """Where links to files lead when the file server is not one of ours: to our one bucket, and nowhere else at that origin."""
    files = parts.greenroom.files
    return files.links_start if files is not None and parts.settings.supabase_url else None


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    parts: Parts = app.state.parts
    async with AsyncExitStack() as stack:
        await parts.greenroom.database.open()
        stack.push_async_callback(parts.greenroom.database.close)
        await stack.enter_async_context(parts.verifier)
        await stack.enter_async_context(parts.identity)
        await parts.limits.open()
        stack.push_async_callback(parts.limits.close)
        for surrounding in parts.surroundings:
            await stack.enter_async_context(surrounding())
        sweeper = asyncio.create_task(_sweep_for_ever(parts), name="sweeps")
        stack.push_async_callback(_ended, sweeper)
        yield


async def _sweep_for_ever(parts: Parts) -> None:
    """What a crash left undone, expiry, the audit's seal: every few seconds, each on its own."""
    while True:
        await asyncio.sleep(SWEEP_SECONDS)
        for sweep in parts.sweeps:
            try:
                await sweep()
            except AppError as error:
                _log.warning("sweep_failed", code=error.code)
            except Exception as error:  # the loop's outermost door: one bad row must not end all later sweeps
                _log.error("sweep_failed", error=type(error).__qualname__)


async def _ended(task: asyncio.Task[None]) -> None:
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
