"""From a request's headers to a verified caller. Decides no permission: what a caller may do, the database says."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Annotated

from fastapi import Depends
from starlette.requests import Request

from api.edge import RATE
from api.limits import Bucket, peer_key
from api.parts import Parts, parts_of
from api.problems import MalformedRequest, request_id_of
from tools.api_keys.operations import caller_with_key
from tools.api_keys.rules import PREFIX as KEY_PREFIX
from tools.context import Caller
from tools.errors import Forbidden, PreconditionFailed, RateLimited, Unauthenticated
from tools.store.identity import Claims

ANY_VERSION = "*"
_IDEMPOTENCY_KEY = re.compile(r"[\x20-\x7e]{1,255}")
_LISTED_TAG = re.compile(r'(?:W/)?("[^"]*")')
_ENTITY_TAG = re.compile(r'(?:W/)?"[\x21\x23-\x7e]*"')
# The version, and after a dash the fingerprint a GET adds; only the version counts here.
_VERSION_TAG = re.compile(r'"(\d{1,9})(?:-[0-9a-f]{16})?"')


async def claims_of(request: Request, *, programs: bool = False) -> Claims:
    """Who the bearer token says is calling, counted against their rate limit. Raises Unauthenticated, RateLimited, Upstream.

    `programs`: also with a token that a program got by OAuth. Elsewhere it is Forbidden: what a person alone may do, a program
    that speaks in their name may not, and here nobody could tell the two apart any more.
    """
    parts = parts_of(request)
    try:
        claims = await parts.verifier.verify(_bearer(request))
    except Unauthenticated:
        # Who has no token of ours is known by nothing but their address.
        await admit(request, parts.allowances.stranger, peer_of(request))
        raise
    await admit(request, parts.allowances.person, str(claims.user_id))
    if claims.of_program and not programs:
        raise Forbidden("This token was given to a program.", remedy="Use it at /mcp, or an API key here.")
    return claims


async def caller_of(request: Request, *, programs: bool = False) -> Caller:
    """The verified person or key behind this call. Raises also MalformedRequest and PreconditionFailed for its headers."""
    caller = await key_of(request) or await _person_of(request, programs=programs)
    headers = request.headers
    return replace(
        caller,
        idempotency_key=_idempotency_key(headers.get("idempotency-key")),
        request_id=request_id_of(request.scope),
        if_match=_version(headers.get("if-match")),
    )


async def person_of(request: Request) -> Caller:
    """As `caller_of`, for what only people do. Raises Forbidden for a key."""
    caller = await caller_of(request)
    if caller.key_id is not None:
        raise Forbidden("A key can not do this, only a person.", remedy="Sign in and do it yourself.")
    return caller


async def key_of(request: Request) -> Caller | None:
    """The key behind this call; None where none is sent. Raises Unauthenticated, RateLimited, Forbidden."""
    key = _key(request)
    return await _caller_with(request, key) if key else None


async def _person_of(request: Request, *, programs: bool) -> Caller:
    claims = await claims_of(request, programs=programs)
    return Caller(user_id=claims.user_id, email=claims.email or "", organization=organization_of(request))


def organization_of(request: Request) -> str | None:
    """The organisation the call names, if it names one. Raises Forbidden for an empty name, which is nobody's."""
    named = request.headers.get("greenroom-organization")
    if named == "":
        raise Forbidden("You are not a member of that organisation.")
    return named


async def _caller_with(request: Request, key: str) -> Caller:
    parts = parts_of(request)
    try:
        caller = await caller_with_key(parts.greenroom, key)
    except Unauthenticated:
        await admit(request, parts.allowances.stranger, peer_of(request))
        raise
    await admit(request, parts.allowances.person, str(caller.key_id))
    wanted = organization_of(request)
    if wanted and wanted.lower() != caller.organization:
        raise Forbidden("This key is of another organisation.")
    return caller


PartsDep = Annotated[Parts, Depends(parts_of)]


async def admit(request: Request, bucket: Bucket, key: str) -> None:
    """Count one call; the answer carries where the caller stands. Raises RateLimited."""
    count = await parts_of(request).limits.hit(bucket, key)
    request.scope[RATE] = [(name.lower().encode(), value.encode()) for name, value in count.headers().items()]
    if not count.allowed:
        raise RateLimited("You call more often than is allowed.", retry_after=max(1, count.reset))


def peer_of(request: Request) -> str:
    """The address the connection comes from. A forwarded one counts only where the server was told which proxy to trust."""
    return peer_key(request.client.host if request.client else None)


def is_known(tag: str, if_none_match: str | None) -> bool:
    """RFC 9110, 13.1.2: a list of tags, weak or not, or `*`."""
    if not if_none_match:
        return False
    return if_none_match.strip() == "*" or tag in _LISTED_TAG.findall(if_none_match)


def _bearer(request: Request) -> str:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise Unauthenticated(remedy="Send the access token as Authorization: Bearer.")
    return token.strip()


def _key(request: Request) -> str | None:
    """The bearer token when it is one of our keys."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token if scheme.lower() == "bearer" and token.startswith(KEY_PREFIX) else None


def _idempotency_key(text: str | None) -> str | None:
    if text is None:
        return None
    if not _IDEMPOTENCY_KEY.fullmatch(text):
        raise MalformedRequest("Idempotency-Key must be 1 to 255 printable ASCII characters.")
    return text


def _version(text: str | None) -> int | None:
    """The version a strong entity tag names; None when there is none or any will do.

    Raises PreconditionFailed for a tag that can match no version of ours (a weak one never does: RFC 9110, 13.1.1), and
    MalformedRequest for what is no entity tag.
    """
    if text is None or text.strip() == ANY_VERSION:
        return None
    if found := _VERSION_TAG.fullmatch(text.strip()):
        return int(found[1])
    if _ENTITY_TAG.fullmatch(text.strip()):
        raise PreconditionFailed("If-Match names no version of this.")
    raise MalformedRequest('If-Match must be one entity tag, such as "3".')
