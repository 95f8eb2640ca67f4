"""PKCE as rows: a link asked for with a challenge answers with a code that only the asker can exchange."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from psycopg import AsyncConnection
from psycopg.rows import class_row

from embedded.auth.problems import AuthProblem, invalid

_CHALLENGE = re.compile(r"[A-Za-z0-9._~-]{43,128}")


@dataclass(frozen=True, slots=True)
class Challenge:
    method: str
    value: str

    def fits(self, verifier: str) -> bool:
        given = verifier.encode()
        if self.method == "s256":
            given = urlsafe_b64encode(hashlib.sha256(given).digest()).rstrip(b"=")
        return hmac.compare_digest(given, self.value.encode())


@dataclass(frozen=True, slots=True)
class Flow:
    user_id: UUID
    authentication_method: str
    code_challenge_method: str
    code_challenge: str
    is_over: bool

    @property
    def challenge(self) -> Challenge:
        return Challenge(self.code_challenge_method, self.code_challenge)


def read_challenge(value: str | None, method: str | None) -> Challenge | None:
    """The challenge of a request, None without one. Raises `AuthProblem` 400."""
    if not value and not method:
        return None
    if not value or not method:
        raise invalid("PKCE flow requires code_challenge_method and code_challenge")
    if not _CHALLENGE.fullmatch(value):
        raise invalid("code challenge has to be 43 to 128 letters, digits, hyphens, periods, underscores and tildes")
    if method.lower() not in ("s256", "plain"):
        raise invalid(f"Invalid code_challenge_method: use s256 or plain, not {method[:20]}")
    return Challenge(method.lower(), value)


async def begin(connection: AsyncConnection[Any], user_id: UUID, challenge: Challenge, method: str) -> None:
    await connection.execute(
        "delete from auth.flow_state where user_id = %s and created_at < now() - interval '1 day'", (user_id,)
    )
    await connection.execute(
        "insert into auth.flow_state (user_id, code_challenge_method, code_challenge, provider_type,"
        " authentication_method) values (%s, %s, %s, 'email', %s)",
        (user_id, challenge.method, challenge.value, method),
    )


async def issue_code(connection: AsyncConnection[Any], user_id: UUID, method: str) -> str | None:
    """The code for the newest such link of the account, None when nobody asked for one."""
    code = secrets.token_urlsafe(32)
    cursor = await connection.execute(
        "update auth.flow_state set auth_code = %s, auth_code_issued_at = now(), updated_at = now() where id ="
        " (select id from auth.flow_state where user_id = %s and authentication_method = %s and auth_code is null"
        " order by created_at desc, id limit 1)",
        (_digest(code), user_id, method),
    )
    return code if cursor.rowcount == 1 else None


async def exchange(connection: AsyncConnection[Any], code: str, verifier: str, *, seconds: int) -> Flow:
    """Take the flow away. Raises `AuthProblem`; the caller's transaction then keeps the code for the right verifier."""
    async with connection.cursor(row_factory=class_row(Flow)) as cursor:
        await cursor.execute(
            "delete from auth.flow_state where auth_code = %s returning user_id, authentication_method,"
            " code_challenge_method, code_challenge,"
            " auth_code_issued_at < clock_timestamp() - make_interval(secs => %s) as is_over",
            (_digest(code), seconds),
        )
        flow = await cursor.fetchone()
    if flow is None:
        raise AuthProblem(404, "flow_state_not_found", "invalid flow state, no valid flow state found")
    if flow.is_over:
        raise AuthProblem(422, "flow_state_expired", "invalid flow state, flow state has expired")
    if not flow.challenge.fits(verifier):
        raise AuthProblem(400, "bad_code_verifier", "code challenge does not match previously saved code verifier")
    return flow


def _digest(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()
