"""The embedded identity server as an app: its routes put together, its pool, and what failures become."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, cast

import psycopg
from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool, PoolTimeout
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from embedded.auth.admin_routes import admin_routes
from embedded.auth.identity import IdentityServer
from embedded.auth.problems import AuthProblem, problem_answer
from embedded.auth.routes import person_routes
from embedded.auth.settings import AuthSettings

Pool = AsyncConnectionPool[AsyncConnection[Any]]


def create_auth_app(pool_or_dsn: Pool | str, settings: AuthSettings) -> Starlette:
    """The app to mount at `/auth/v1`.

    Given an admin DSN it opens a small pool of its own in its lifespan: whoever mounts it enters
    `app.router.lifespan_context(app)`, because Starlette does not do that for mounted apps.
    A pool that is handed in stays the caller's to open and close.
    """
    pool = _own_pool(pool_or_dsn) if isinstance(pool_or_dsn, str) else pool_or_dsn

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        if pool is pool_or_dsn:
            yield
            return
        async with pool:
            yield

    app = Starlette(
        routes=[*person_routes(), *admin_routes()],
        lifespan=lifespan,
        exception_handlers={
            AuthProblem: _refused,
            HTTPException: _not_routed,
            PoolTimeout: _unavailable,
            psycopg.OperationalError: _unavailable,
            psycopg.Error: _failed,
        },
    )
    app.state.identity = IdentityServer(pool, settings)
    return app


def _own_pool(dsn: str) -> Pool:
    return AsyncConnectionPool(
        dsn, min_size=1, max_size=4, timeout=10, open=False, kwargs={"autocommit": True, "application_name": "identity"}
    )


async def _refused(request: Request, problem: Exception) -> Response:
    return problem_answer(request, cast(AuthProblem, problem))


async def _not_routed(request: Request, error: Exception) -> Response:
    status = cast(HTTPException, error).status_code
    code = "validation_failed" if status < 500 else "unexpected_failure"
    return problem_answer(request, AuthProblem(status, code, cast(HTTPException, error).detail))


async def _unavailable(request: Request, _: Exception) -> Response:
    return problem_answer(request, AuthProblem(503, "unexpected_failure", "Database is not reachable", retry_after=1))


async def _failed(request: Request, _: Exception) -> Response:
    return problem_answer(request, AuthProblem(500, "unexpected_failure", "Database error"))
