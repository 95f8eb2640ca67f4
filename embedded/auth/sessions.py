"""Sessions and refresh tokens as rows, and the rules of rotation. Knows no HTTP.

A refresh token is a capability that is used once. Its successor is derived from it with the keyring's secret, so a
client that lost the answer gets the very same successor again (for `reuse_seconds`), although only digests are stored.
A token used later than that was copied: its whole session ends.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from base64 import urlsafe_b64encode
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, Literal
from uuid import UUID

from psycopg import AsyncConnection
from psycopg.rows import class_row

Scope = Literal["global", "local", "others"]


@dataclass(frozen=True, slots=True)
class AuthSession:
    id: UUID
    user_id: UUID
    aal: str
    created_at: datetime
    is_over: bool
    # How it was signed in to, in Supabase's words: password, otp, recovery, magiclink, …
    method: str


class Refusal(StrEnum):
    """Why a refresh token was turned down, in Supabase's codes."""

    unknown = "refresh_token_not_found"
    ended = "session_not_found"
    reused = "refresh_token_already_used"


_COLUMNS = (
    "id, user_id, aal::text as aal, created_at, coalesce(not_after <= now(), false) as is_over,"
    " coalesce((select c.authentication_method from auth.mfa_amr_claims c where c.session_id = sessions.id), 'password')"
    " as method"
)


async def start(
    connection: AsyncConnection[Any], user_id: UUID, *, user_agent: str, peer: str | None, method: str = "password"
) -> tuple[AuthSession, str]:
    """Open a session; the answer carries its first refresh token."""
    async with connection.cursor(row_factory=class_row(AuthSession)) as cursor:
        await cursor.execute(
            f"insert into auth.sessions (user_id, user_agent, ip) values (%s, %s, %s) returning {_COLUMNS}",
            (user_id, user_agent[:255], peer),
        )
        session = await cursor.fetchone()
    if session is None:
        raise RuntimeError("insert ... returning gave no row")
    if method != session.method:
        await connection.execute(
            "insert into auth.mfa_amr_claims (session_id, authentication_method) values (%s, %s)", (session.id, method)
        )
        session = replace(session, method=method)
    token = secrets.token_urlsafe(32)
    await _insert_token(connection, session, token, parent=None)
    return session, token


async def rotate(
    connection: AsyncConnection[Any], token: str, *, secret: bytes, reuse_seconds: int
) -> tuple[AuthSession, str] | Refusal:
    """Exchange a refresh token for its successor. A refusal may have ended the session: commit either way."""
    digest = _digest(token)
    session = await _hold_session_of(connection, digest)
    if session is None:
        return Refusal.unknown
    successor = urlsafe_b64encode(hmac.digest(secret, token.encode(), "sha256")).decode().rstrip("=")
    if session.is_over:
        return Refusal.ended
    # A second statement: the first one's view of the token may be older than the lock it waited for.
    cursor = await connection.execute(
        "select t.revoked, t.updated_at > clock_timestamp() - make_interval(secs => %s), coalesce(not c.revoked, false)"
        " from auth.refresh_tokens t left join auth.refresh_tokens c on c.token = %s where t.token = %s",
        (reuse_seconds, _digest(successor), digest),
    )
    row = await cursor.fetchone()
    if row is None:
        return Refusal.unknown
    used, lately, successor_unused = row
    if not used:
        await connection.execute(
            "update auth.refresh_tokens set revoked = true, updated_at = clock_timestamp() where token = %s", (digest,)
        )
        await _insert_token(connection, session, successor, parent=digest)
        await connection.execute(
            "update auth.sessions set refreshed_at = now(), updated_at = now() where id = %s", (session.id,)
        )
        return session, successor
    if lately and successor_unused:
        return session, successor
    await _end(connection, session.id)
    return Refusal.reused


async def find(connection: AsyncConnection[Any], session_id: UUID, user_id: UUID) -> AuthSession | None:
    """The session if it is still going."""
    async with connection.cursor(row_factory=class_row(AuthSession)) as cursor:
        await cursor.execute(
            f"select {_COLUMNS} from auth.sessions where id = %s and user_id = %s",
            (session_id, user_id),
        )
        session = await cursor.fetchone()
    return None if session is None or session.is_over else session


async def sign_out(connection: AsyncConnection[Any], user_id: UUID, session_id: UUID | None, scope: Scope) -> None:
    """Delete the person's sessions: this one, the others, or all. Locks in id order, so that two never deadlock."""
    await connection.execute(
        "delete from auth.sessions where id in (select id from auth.sessions where user_id = %(user)s"
        " and case %(scope)s when 'local' then id = %(session)s when 'others' then id <> %(session)s else true end"
        " order by id for update)",
        {"user": user_id, "session": session_id, "scope": scope},
    )


async def _hold_session_of(connection: AsyncConnection[Any], digest: str) -> AuthSession | None:
    async with connection.cursor(row_factory=class_row(AuthSession)) as cursor:
        await cursor.execute(
            f"select {_COLUMNS} from auth.sessions"
            " where id = (select session_id from auth.refresh_tokens where token = %s) for update",
            (digest,),
        )
        return await cursor.fetchone()


async def _insert_token(
    connection: AsyncConnection[Any], session: AuthSession, token: str, *, parent: str | None
) -> None:
    await connection.execute(
        "insert into auth.refresh_tokens (token, parent, user_id, session_id) values (%s, %s, %s, %s)",
        (_digest(token), parent, str(session.user_id), session.id),
    )


async def _end(connection: AsyncConnection[Any], session_id: UUID) -> None:
    """The rows stay, so that a copied token is still recognised as one."""
    await connection.execute("update auth.sessions set not_after = clock_timestamp() where id = %s", (session_id,))
    await connection.execute(
        "update auth.refresh_tokens set revoked = true where session_id = %s and not revoked", (session_id,)
    )


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
