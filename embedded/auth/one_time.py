"""One-time tokens as rows: what a mail carries, stored as digests. Knows no HTTP and sends nothing.

A six-digit code and the address make the token of the link, by a key the database does not hold: neither can be told
from a copy of the rows.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from psycopg import AsyncConnection
from psycopg.rows import class_row

PKCE_PREFIX = "pkce_"
CODE_DIGITS = 6


class Kind(StrEnum):
    """One token of each kind per account; a new one replaces the old."""

    confirmation = "confirmation_token"
    recovery = "recovery_token"
    reauthentication = "reauthentication_token"
    new_address = "email_change_token_new"
    current_address = "email_change_token_current"


@dataclass(frozen=True, slots=True)
class OneTimeToken:
    user_id: UUID
    kind: str
    relates_to: str
    is_over: bool


@dataclass(frozen=True, slots=True)
class Secret:
    """What goes into one mail: the code to type and the token of the link. Both say the same."""

    code: str
    token_hash: str

    @classmethod
    def fresh(cls, key: bytes, address: str, *, pkce: bool = False) -> Secret:
        code = f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}}"
        return cls(code, (PKCE_PREFIX if pkce else "") + token_hash_of(key, address, code))


def token_hash_of(key: bytes, address: str, code: str) -> str:
    return hmac.digest(key, f"one-time {address} {code}".encode(), "sha224").hex()


async def keep(connection: AsyncConnection[Any], user_id: UUID, kind: Kind, token_hash: str, relates_to: str) -> None:
    await connection.execute(
        "insert into auth.one_time_tokens (user_id, token_type, token_hash, relates_to) values (%s, %s, %s, %s)"
        " on conflict (user_id, token_type) do update set token_hash = excluded.token_hash,"
        " relates_to = excluded.relates_to, created_at = now(), updated_at = now()",
        (user_id, kind.value, _digest(token_hash), relates_to),
    )


async def take(
    connection: AsyncConnection[Any],
    token_hashes: list[str],
    kinds: tuple[Kind, ...],
    *,
    seconds: int,
) -> OneTimeToken | None:
    """Remove the token and tell whose it was: of two who bring it at once, one finds it."""
    async with connection.cursor(row_factory=class_row(OneTimeToken)) as cursor:
        await cursor.execute(
            "delete from auth.one_time_tokens where token_hash = any(%s) and token_type::text = any(%s)"
            " returning user_id, token_type::text as kind, relates_to,"
            " updated_at < clock_timestamp() - make_interval(secs => %s) as is_over",
            ([_digest(each) for each in token_hashes], [kind.value for kind in kinds], seconds),
        )
        return await cursor.fetchone()


async def drop(connection: AsyncConnection[Any], user_id: UUID, *kinds: Kind) -> None:
    await connection.execute(
        "delete from auth.one_time_tokens where user_id = %s and token_type::text = any(%s)",
        (user_id, [kind.value for kind in kinds]),
    )


def _digest(token_hash: str) -> str:
    return hashlib.sha256(token_hash.encode()).hexdigest()
