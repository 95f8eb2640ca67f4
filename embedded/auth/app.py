"""The HTTP face of the embedded identity server: routes, API keys and answers. Rules live in `identity.py`."""

from __future__ import annotations

import hmac
import ipaddress
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any, cast
from uuid import UUID

import psycopg
from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool, PoolTimeout
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from embedded.auth import tokens
from embedded.auth.bodies import AdminChanges, Changes, Credentials, Deletion, RefreshGrant, read_body
from embedded.auth.identity import IdentityServer, Peer, read_id
from embedded.auth.problems import AuthProblem, invalid, problem_answer
from embedded.auth.sessions import Scope
from embedded.auth.settings import AuthSettings

Pool = AsyncConnectionPool[AsyncConnection[Any]]
_Endpoint = Callable[[Request], Awaitable[Response]]
_MOST_PER_PAGE = 1000
_HIGHEST_PAGE = 1_000_000


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
        routes=_routes(),
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


def _routes() -> list[Route]:
    return [
        Route("/token", _keyed(_token), methods=["POST"]),
        Route("/signup", _keyed(_sign_up), methods=["POST"]),
        Route("/logout", _keyed(_sign_out), methods=["POST"]),
        Route("/user", _keyed(_own_user), methods=["GET"]),
        Route("/user", _keyed(_change_own_user), methods=["PUT"]),
        Route("/admin/users", _keyed(_administered(_list_users)), methods=["GET"]),
        Route("/admin/users", _keyed(_administered(_create_user)), methods=["POST"]),
        Route("/admin/users/{user_id}", _keyed(_administered(_user_by_id)), methods=["GET"]),
        Route("/admin/users/{user_id}", _keyed(_administered(_change_user)), methods=["PUT"]),
        Route("/admin/users/{user_id}", _keyed(_administered(_delete_user)), methods=["DELETE"]),
        Route("/settings", _keyed(_public_settings), methods=["GET"]),
        Route("/.well-known/jwks.json", _key_set, methods=["GET"]),
        Route("/health", _health, methods=["GET"]),
    ]


async def _token(request: Request) -> Response:
    match request.query_params.get("grant_type"):
        case "password":
            credentials = await read_body(request, Credentials)
            return _session_answer(await _identity(request).sign_in(credentials, _peer(request)))
        case "refresh_token":
            grant = await read_body(request, RefreshGrant)
            return _session_answer(await _identity(request).refresh(grant.refresh_token))
        case _:
            raise AuthProblem(400, "invalid_credentials", "unsupported_grant_type")


async def _sign_up(request: Request) -> Response:
    credentials = await read_body(request, Credentials)
    return _session_answer(await _identity(request).sign_up(credentials, _peer(request)))


async def _sign_out(request: Request) -> Response:
    scope = request.query_params.get("scope") or "global"
    if scope not in ("global", "local", "others"):
        raise invalid("Unsupported logout scope: use global, local or others")
    await _identity(request).sign_out(_bearer(request), cast(Scope, scope))
    return Response(status_code=204)


async def _own_user(request: Request) -> Response:
    return JSONResponse(await _identity(request).user(_bearer(request)))


async def _change_own_user(request: Request) -> Response:
    changes = await read_body(request, Changes)
    return JSONResponse(await _identity(request).change_own(_bearer(request), changes, _peer(request)))


async def _list_users(request: Request) -> Response:
    page = _count(request, "page", default=1, most=_HIGHEST_PAGE)
    per_page = _count(request, "per_page", default=50, most=_MOST_PER_PAGE)
    users, total = await _identity(request).page(page=page, per_page=per_page)
    return JSONResponse({"users": users, "aud": "authenticated"}, headers={"x-total-count": str(total)})


async def _create_user(request: Request) -> Response:
    return JSONResponse(await _identity(request).create(await read_body(request, AdminChanges)))


async def _user_by_id(request: Request) -> Response:
    return JSONResponse(await _identity(request).by_id(_user_id(request)))


async def _change_user(request: Request) -> Response:
    changes = await read_body(request, AdminChanges)
    return JSONResponse(await _identity(request).change(_user_id(request), changes))


async def _delete_user(request: Request) -> Response:
    deletion = await read_body(request, Deletion)
    await _identity(request).delete(_user_id(request), keep_row=deletion.should_soft_delete)
    return JSONResponse({})


async def _public_settings(request: Request) -> Response:
    settings = _identity(request).settings
    return JSONResponse(
        {
            "external": {"email": True, "phone": False, "anonymous_users": False},
            "disable_signup": not settings.sign_up_open,
            "mailer_autoconfirm": True,
            "phone_autoconfirm": False,
            "sms_provider": "",
            "saml_enabled": False,
        }
    )


async def _key_set(request: Request) -> Response:
    keys = _identity(request).settings.keyring.public_keys()
    return JSONResponse({"keys": keys}, headers={"Cache-Control": "public, max-age=600"})


async def _health(_: Request) -> Response:
    return JSONResponse({"name": "Greenroom identity", "version": "embedded", "description": "For one machine"})


def _keyed(endpoint: _Endpoint) -> _Endpoint:
    """Let in who sends one of the two API keys; the answers are those of Supabase's gateway."""

    async def guarded(request: Request) -> Response:
        key = request.headers.get("apikey", "")
        if not key:
            raise AuthProblem(401, None, "No API key found in request")
        keyring = _identity(request).settings.keyring
        if not (_same(key, keyring.publishable_key) or _same(key, keyring.secret_key)):
            raise AuthProblem(401, None, "Invalid API key")
        return await endpoint(request)

    return guarded


def _administered(endpoint: _Endpoint) -> _Endpoint:
    """Let in the secret key alone, or a token whose role is `service_role`; a person's token outweighs the key."""

    async def guarded(request: Request) -> Response:
        identity = _identity(request)
        holds_secret = _holds_secret(request)
        authorization = request.headers.get("authorization")
        if authorization is None and not holds_secret:
            raise AuthProblem(401, "no_authorization", "This endpoint requires a valid Bearer token")
        if authorization is not None:
            token = _bearer(request)
            repeats_key = holds_secret and _same(token, identity.settings.keyring.secret_key)
            if not repeats_key and tokens.read(identity.settings, token).role != "service_role":
                raise AuthProblem(403, "not_admin", "User not allowed")
        return await endpoint(request)

    return guarded


def _identity(request: Request) -> IdentityServer:
    return cast(IdentityServer, request.app.state.identity)


def _session_answer(session: dict[str, Any]) -> JSONResponse:
    return JSONResponse(session, headers={"Cache-Control": "no-store"})


def _bearer(request: Request) -> str:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise AuthProblem(401, "no_authorization", "This endpoint requires a valid Bearer token")
    return token.strip()


def _holds_secret(request: Request) -> bool:
    return _same(request.headers.get("apikey", ""), _identity(request).settings.keyring.secret_key)


def _same(given: str, expected: str) -> bool:
    return hmac.compare_digest(given.encode("utf-8", "replace"), expected.encode())


def _peer(request: Request) -> Peer:
    """The caller's address; a server that holds the secret key may name whom it speaks for, as on Supabase."""
    named = request.headers.get("sb-forwarded-for") if _holds_secret(request) else None
    claimed = named or (request.client.host if request.client else "")
    try:
        address: str | None = str(ipaddress.ip_address(claimed.split(",")[0].strip()))
    except ValueError:
        address = None
    user_agent = request.headers.get("user-agent", "").replace("\x00", "")
    return Peer(address, address or "unknown", user_agent)


def _user_id(request: Request) -> UUID:
    return read_id(request.path_params["user_id"])


def _count(request: Request, name: str, *, default: int, most: int) -> int:
    text = request.query_params.get(name) or str(default)
    # `isdecimal` before `int`: no sign, no underscore, and a short text, so no slow parse.
    if not (text.isascii() and text.isdecimal() and len(text) <= 7 and 1 <= int(text) <= most):
        raise invalid(f"{name} must be a whole number from 1 to {most}")
    return int(text)


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
