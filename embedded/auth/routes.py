"""The routes a person's client calls: what comes in is read here, what goes out is shaped; rules live elsewhere."""

from __future__ import annotations

from typing import Any, cast

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from embedded.auth.bodies import Changes, CodeGrant, Credentials, LinkRequest, RefreshGrant, Verification, read_body
from embedded.auth.gate import bearer_of, identity_of, keyed, peer_of
from embedded.auth.problems import AuthProblem, invalid
from embedded.auth.redirects import allowed
from embedded.auth.sessions import Scope


def person_routes() -> list[Route]:
    return [
        Route("/token", keyed(_token), methods=["POST"]),
        Route("/signup", keyed(_sign_up), methods=["POST"]),
        Route("/logout", keyed(_sign_out), methods=["POST"]),
        Route("/user", keyed(_own_user), methods=["GET"]),
        Route("/user", keyed(_change_own_user), methods=["PUT"]),
        Route("/recover", keyed(_recover), methods=["POST"]),
        Route("/otp", keyed(_magic_link), methods=["POST"]),
        Route("/magiclink", keyed(_magic_link), methods=["POST"]),
        Route("/resend", keyed(_resend), methods=["POST"]),
        # Clients say GET, the published description says POST.
        Route("/reauthenticate", keyed(_reauthenticate), methods=["GET", "POST"]),
        # A link in a mail carries no API key.
        Route("/verify", _verify, methods=["POST"]),
        Route("/verify", _follow, methods=["GET"]),
        Route("/settings", keyed(_public_settings), methods=["GET"]),
        Route("/.well-known/jwks.json", _key_set, methods=["GET"]),
        Route("/health", _health, methods=["GET"]),
    ]


def redirect_of(request: Request, wanted: str | None = None) -> str:
    """Where a link made by this request leads once it was followed."""
    asked = wanted or request.headers.get("redirect_to") or request.query_params.get("redirect_to")
    return allowed(identity_of(request).settings, asked)


async def _token(request: Request) -> Response:
    identity = identity_of(request)
    match request.query_params.get("grant_type"):
        case "password":
            credentials = await read_body(request, Credentials)
            return _session_answer(await identity.sign_in(credentials, peer_of(request)))
        case "refresh_token":
            grant = await read_body(request, RefreshGrant)
            return _session_answer(await identity.refresh(grant.refresh_token))
        case "pkce":
            code = await read_body(request, CodeGrant)
            return _session_answer(await identity.verifying.exchange(code, peer_of(request)))
        case _:
            raise AuthProblem(400, "invalid_credentials", "unsupported_grant_type")


async def _sign_up(request: Request) -> Response:
    credentials = await read_body(request, Credentials)
    answer = await identity_of(request).sign_up(credentials, peer_of(request), redirect_of(request))
    return _session_answer(answer)


async def _sign_out(request: Request) -> Response:
    scope = request.query_params.get("scope") or "global"
    if scope not in ("global", "local", "others"):
        raise invalid("Unsupported logout scope: use global, local or others")
    await identity_of(request).sign_out(bearer_of(request), cast(Scope, scope))
    return Response(status_code=204)


async def _own_user(request: Request) -> Response:
    return JSONResponse(await identity_of(request).user(bearer_of(request)))


async def _change_own_user(request: Request) -> Response:
    changes = await read_body(request, Changes)
    answer = await identity_of(request).change_own(bearer_of(request), changes, peer_of(request), redirect_of(request))
    return JSONResponse(answer)


async def _recover(request: Request) -> Response:
    await identity_of(request).asking.recover(await read_body(request, LinkRequest), redirect_of(request))
    return JSONResponse({})


async def _magic_link(request: Request) -> Response:
    await identity_of(request).asking.magic_link(await read_body(request, LinkRequest), redirect_of(request))
    return JSONResponse({})


async def _resend(request: Request) -> Response:
    await identity_of(request).asking.resend(await read_body(request, LinkRequest), redirect_of(request))
    return JSONResponse({})


async def _reauthenticate(request: Request) -> Response:
    await identity_of(request).asking.reauthenticate(bearer_of(request))
    return JSONResponse({})


async def _verify(request: Request) -> Response:
    given = await read_body(request, Verification)
    return _session_answer(await identity_of(request).verifying.verify(given, peer_of(request)))


async def _follow(request: Request) -> Response:
    query = request.query_params
    target = await identity_of(request).verifying.follow(
        query.get("type", ""), query.get("token", ""), redirect_of(request), peer_of(request)
    )
    headers = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}
    return RedirectResponse(target, status_code=303, headers=headers)


async def _public_settings(request: Request) -> Response:
    settings = identity_of(request).settings
    return JSONResponse(
        {
            "external": {"email": True, "phone": False, "anonymous_users": False},
            "disable_signup": not settings.sign_up_open,
            "mailer_autoconfirm": not settings.confirm_addresses,
            "phone_autoconfirm": False,
            "sms_provider": "",
            "saml_enabled": False,
        }
    )


async def _key_set(request: Request) -> Response:
    keys = identity_of(request).settings.keyring.public_keys()
    return JSONResponse({"keys": keys}, headers={"Cache-Control": "public, max-age=600"})


async def _health(_: Request) -> Response:
    return JSONResponse({"name": "Greenroom identity", "version": "embedded", "description": "For one machine"})


def _session_answer(session: dict[str, Any]) -> JSONResponse:
    return JSONResponse(session, headers={"Cache-Control": "no-store"})
