"""Checks access tokens: who signed them, for whom, until when. Reads no database and decides no permission."""

from __future__ import annotations

import hashlib
import math
import re
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Self
from uuid import UUID

import httpx
import jwt

from tools.store.identity.failures import TokenExpired, TokenInvalid
from tools.store.identity.keyset import KeySet

AUDIENCE = "authenticated"
ROLE = "authenticated"
LEEWAY_SECONDS = 5
LONGEST_TOKEN = 8192
_ASYMMETRIC = frozenset({"ES256", "RS256"})
_REQUIRED = ["exp", "iat", "sub", "aud", "iss"]
# A verified token is believed for at most so long without checking its signature again.
_KEPT_SECONDS = 60.0
_MOST_KEPT = 10_000
_COMPACT_FORM = re.compile(r"[\w-]+\.[\w-]+\.[\w-]+", re.ASCII)


@dataclass(frozen=True, slots=True)
class Claims:
    """What a verified token says. `expires_at` is Unix seconds; `raw` is shared, do not change it."""

    user_id: UUID
    email: str | None
    session_id: UUID | None
    expires_at: int
    raw: dict[str, Any]

    @property
    def of_program(self) -> bool:
        """Whether a program of somebody else's was given it, to speak in the person's name (Supabase's OAuth server says so)."""
        return bool(self.raw.get("client_id"))


class TokenVerifier:
    """Verifies against the server's published keys. HS256 is known only where a `legacy_secret` is configured."""

    def __init__(
        self,
        url: str,
        *,
        publishable_key: str | None = None,
        transport: httpx.AsyncBaseTransport | None = None,
        legacy_secret: str | None = None,
        fetch_seconds: float = 5,
        now: Callable[[], float] = time.time,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._issuer = f"{url.rstrip('/')}/auth/v1"
        self._legacy_secret = legacy_secret
        self._now = now
        self._clock = clock
        headers = {"apikey": publishable_key} if publishable_key else {}
        self._http = httpx.AsyncClient(transport=transport, timeout=fetch_seconds, headers=headers)
        self._verified: OrderedDict[bytes, tuple[float, Claims]] = OrderedDict()
        self._keys = KeySet(
            f"{self._issuer}/.well-known/jwks.json",
            self._http,
            accepted=_ASYMMETRIC,
            fetch_seconds=fetch_seconds,
            on_change=self._verified.clear,
            clock=clock,
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        await self._keys.aclose()
        await self._http.aclose()

    async def verify(self, token: str) -> Claims:
        """Raises TokenExpired, TokenInvalid, and Upstream when no usable keys can be had."""
        if len(token) > LONGEST_TOKEN or not _COMPACT_FORM.fullmatch(token):
            raise TokenInvalid()
        fingerprint = hashlib.sha256(token.encode()).digest()
        if kept := self._kept(fingerprint):
            return kept
        claims = self._read(token, *await self._key_for(token))
        self._keep(fingerprint, claims)
        return claims

    async def _key_for(self, token: str) -> tuple[jwt.PyJWK | str, str]:
        """The key to verify with and its algorithm. Nothing in the token but `kid` and `alg` has a say in it."""
        try:
            header = jwt.get_unverified_header(token)
        except (jwt.PyJWTError, ValueError) as error:
            raise TokenInvalid() from error
        algorithm, key_id = header.get("alg"), header.get("kid")
        if algorithm == "HS256" and self._legacy_secret:
            return self._legacy_secret, algorithm
        if not isinstance(algorithm, str) or algorithm not in _ASYMMETRIC or not isinstance(key_id, str):
            raise TokenInvalid()
        key = await self._keys.find(key_id)
        if key is None or key.algorithm_name != algorithm:
            raise TokenInvalid()
        return key, algorithm

    def _read(self, token: str, key: jwt.PyJWK | str, algorithm: str) -> Claims:
        try:
            raw = jwt.decode(
                token,
                key,
                algorithms=[algorithm],
                audience=AUDIENCE,
                issuer=self._issuer,
                # Times are checked below, by this verifier's clock.
                options={"require": _REQUIRED, "verify_exp": False, "verify_iat": False, "verify_nbf": False},
            )
            claims = _shaped(raw)
            self._require_current(raw)
        except (jwt.PyJWTError, ValueError, TypeError, AttributeError, OverflowError, RecursionError) as error:
            raise TokenInvalid() from error
        return claims

    def _require_current(self, raw: dict[str, Any]) -> None:
        now = self._now()
        if max(_instant(raw["iat"]), _instant(raw.get("nbf", 0))) > now + LEEWAY_SECONDS:
            raise TokenInvalid()
        if _instant(raw["exp"]) <= now - LEEWAY_SECONDS:
            raise TokenExpired()

    def _kept(self, fingerprint: bytes) -> Claims | None:
        entry = self._verified.get(fingerprint)
        if entry is None:
            return None
        kept_until, claims = entry
        if kept_until <= self._clock() or claims.expires_at <= self._now() - LEEWAY_SECONDS:
            del self._verified[fingerprint]
            return None
        self._verified.move_to_end(fingerprint)
        return claims

    def _keep(self, fingerprint: bytes, claims: Claims) -> None:
        self._verified[fingerprint] = (self._clock() + _KEPT_SECONDS, claims)
        if len(self._verified) > _MOST_KEPT:
            self._verified.popitem(last=False)


def _instant(value: object) -> float:
    """Unix seconds. NaN compares as neither early nor late, so only finite numbers will do."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise ValueError("not an instant")
    return float(value)


def _shaped(raw: dict[str, Any]) -> Claims:
    """Raises ValueError for a token that is genuine but not a signed-in person's."""
    if raw.get("role") != ROLE:
        raise ValueError("not a person's token")
    session_id, email = raw.get("session_id"), raw.get("email")
    return Claims(
        user_id=UUID(raw["sub"]),
        email=email if isinstance(email, str) and email else None,
        session_id=UUID(session_id) if isinstance(session_id, str) and session_id else None,
        expires_at=int(raw["exp"]),
        raw=raw,
    )
