"""Who may call a route: API keys as Supabase's gateway checks them, bearer tokens, and who stands at the other end."""

from __future__ import annotations

import hmac
import ipaddress
from collections.abc import Awaitable, Callable
from typing import cast

from starlette.requests import Request
from starlette.responses import Response

from embedded.auth import tokens
from embedded.auth.ground import Peer
from embedded.auth.identity import IdentityServer
from embedded.auth.problems import AuthProblem

Endpoint = Callable[[Request], Awaitable[Response]]


def keyed(endpoint: Endpoint) -> Endpoint:
    """Let in who sends one of the two API keys; the answers are those of Supabase's gateway."""

    async def guarded(request: Request) -> Response:
        key = request.headers.get("apikey", "")
        if not key:
            raise AuthProblem(401, None, "No API key found in request")
        keyring = identity_of(request).settings.keyring
        if _same(key, keyring.secret_key):
            # A page that carries the secret key gives it to everybody who opens it.
            if request.headers.get("user-agent", "").startswith("Mozilla/"):
                raise AuthProblem(401, None, "Forbidden use of secret API key in browser")
        elif not _same(key, keyring.publishable_key):
            raise AuthProblem(401, None, "Invalid API key")
        return await endpoint(request)

    return guarded


def administered(endpoint: Endpoint) -> Endpoint:
    """Let in the secret key alone, or a token whose role is `service_role`; a person's token outweighs the key."""

    async def guarded(request: Request) -> Response:
        settings = identity_of(request).settings
        holds_secret = _holds_secret(request)
        authorization = request.headers.get("authorization")
        if authorization is None and not holds_secret:
            raise AuthProblem(401, "no_authorization", "This endpoint requires a valid Bearer token")
        if authorization is not None:
            token = bearer_of(request)
            repeats_key = holds_secret and _same(token, settings.keyring.secret_key)
            # Clients send their key as a token, too; the gateway reads the publishable one as a stranger's.
            is_stranger = _same(token, settings.keyring.publishable_key)
            if is_stranger or not (repeats_key or tokens.read(settings, token).role == "service_role"):
                raise AuthProblem(403, "not_admin", "User not allowed")
        return await endpoint(request)

    return keyed(guarded)


def identity_of(request: Request) -> IdentityServer:
    return cast(IdentityServer, request.app.state.identity)


def bearer_of(request: Request) -> str:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise AuthProblem(401, "no_authorization", "This endpoint requires a valid Bearer token")
    return token.strip()


def peer_of(request: Request) -> Peer:
    """The caller's address; a server that holds the secret key may name whom it speaks for, as on Supabase."""
    named = request.headers.get("sb-forwarded-for") if _holds_secret(request) else None
    claimed = named or (request.client.host if request.client else "")
    try:
        address: str | None = str(ipaddress.ip_address(claimed.split(",")[0].strip()))
    except ValueError:
        address = None
    user_agent = request.headers.get("user-agent", "").replace("\x00", "")
    return Peer(address, address or "unknown", user_agent)


def _holds_secret(request: Request) -> bool:
    return _same(request.headers.get("apikey", ""), identity_of(request).settings.keyring.secret_key)


def _same(given: str, expected: str) -> bool:
    return hmac.compare_digest(given.encode("utf-8", "replace"), expected.encode())
