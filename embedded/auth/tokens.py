"""Access tokens: what they say and how they are read back by the server that signed them."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import jwt

from embedded.auth.accounts import Account
from embedded.auth.keyring import ALGORITHM
from embedded.auth.problems import AuthProblem
from embedded.auth.sessions import AuthSession
from embedded.auth.settings import AuthSettings

_LONGEST_TOKEN = 8192


@dataclass(frozen=True, slots=True)
class Bearer:
    """Who an access token speaks for. `session_id` is None for tokens that were not made by a sign-in."""

    subject: str
    role: str
    session_id: UUID | None

    @property
    def user_id(self) -> UUID:
        return UUID(self.subject)


def mint(settings: AuthSettings, account: Account, session: AuthSession) -> tuple[str, int]:
    """A signed access token and the instant it expires (Unix seconds)."""
    issued_at = int(time.time())
    expires_at = issued_at + settings.access_token_seconds
    claims = {
        "iss": settings.issuer,
        "sub": str(account.id),
        "aud": account.aud or "authenticated",
        "exp": expires_at,
        "iat": issued_at,
        "email": account.email or "",
        "phone": "",
        "app_metadata": account.raw_app_meta_data or {},
        "user_metadata": account.raw_user_meta_data or {},
        "role": account.role or "authenticated",
        "aal": session.aal,
        "amr": [{"method": session.method, "timestamp": int(session.created_at.timestamp())}],
        "session_id": str(session.id),
        "is_anonymous": account.is_anonymous,
    }
    return settings.keyring.sign(claims), expires_at


def read(settings: AuthSettings, token: str) -> Bearer:
    """Check signature, issuer and time. Raises `AuthProblem` 403 `bad_jwt`."""
    if len(token) > _LONGEST_TOKEN:
        raise _bad_token("token is too long")
    try:
        key = settings.keyring.verifier(jwt.get_unverified_header(token).get("kid"))
        if key is None:
            raise _bad_token("signing key is unknown")
        claims: dict[str, Any] = jwt.decode(
            token,
            key,
            algorithms=[ALGORITHM],
            issuer=settings.issuer,
            options={"require": ["exp", "iat", "sub", "iss"], "verify_aud": False},
        )
        session = claims.get("session_id")
        return Bearer(str(UUID(claims["sub"])), str(claims.get("role")), UUID(session) if session else None)
    except (jwt.PyJWTError, ValueError, AttributeError, TypeError) as error:
        raise _bad_token("unable to parse or verify signature") from error


def _bad_token(reason: str) -> AuthProblem:
    return AuthProblem(403, "bad_jwt", f"invalid JWT: {reason}")
