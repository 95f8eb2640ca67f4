"""Accounts as rows: `auth.users` and `auth.identities`. Knows no HTTP and decides nothing."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg import AsyncConnection, sql
from psycopg.rows import class_row, dict_row
from psycopg.types.json import Jsonb

_NO_INSTANCE = UUID(int=0)
_COLUMNS = sql.SQL(
    "id, aud, role, email, encrypted_password, email_confirmed_at, last_sign_in_at, raw_app_meta_data,"
    " raw_user_meta_data, coalesce(created_at, now()) as created_at, updated_at, banned_until, is_anonymous, deleted_at,"
    " coalesce(banned_until > now(), false) as is_banned, invited_at, confirmation_sent_at, recovery_sent_at,"
    " coalesce(email_change, '') as email_change, email_change_sent_at, reauthentication_sent_at,"
    " coalesce(email_change_confirm_status, 0) as email_change_confirm_status"
)


@dataclass(frozen=True, slots=True)
class Account:
    id: UUID
    aud: str | None
    role: str | None
    email: str | None
    encrypted_password: str | None
    email_confirmed_at: datetime | None
    last_sign_in_at: datetime | None
    raw_app_meta_data: dict[str, Any] | None
    raw_user_meta_data: dict[str, Any] | None
    created_at: datetime
    updated_at: datetime | None
    banned_until: datetime | None
    is_anonymous: bool
    deleted_at: datetime | None
    is_banned: bool
    invited_at: datetime | None
    confirmation_sent_at: datetime | None
    recovery_sent_at: datetime | None
    email_change: str
    email_change_sent_at: datetime | None
    reauthentication_sent_at: datetime | None
    # 1 once one of the two addresses has confirmed a change.
    email_change_confirm_status: int

    def to_user(self, identities: list[dict[str, Any]]) -> dict[str, Any]:
        """Supabase's user shape; instants that never were are left out, as Supabase does."""
        user: dict[str, Any] = {
            "id": str(self.id),
            "aud": self.aud or "authenticated",
            "role": self.role or "authenticated",
            "email": self.email or "",
            "phone": "",
            "app_metadata": self.raw_app_meta_data or {},
            "user_metadata": self.raw_user_meta_data or {},
            "identities": identities,
            "created_at": self.created_at.isoformat(),
            "is_anonymous": self.is_anonymous,
        }
        if self.email_change:
            user["new_email"] = self.email_change
        instants = {
            "email_confirmed_at": self.email_confirmed_at,
            "confirmed_at": self.email_confirmed_at,
            "invited_at": self.invited_at,
            "confirmation_sent_at": self.confirmation_sent_at,
            "recovery_sent_at": self.recovery_sent_at,
            "email_change_sent_at": self.email_change_sent_at,
            "reauthentication_sent_at": self.reauthentication_sent_at,
            "last_sign_in_at": self.last_sign_in_at,
            "updated_at": self.updated_at,
            "banned_until": self.banned_until,
            "deleted_at": self.deleted_at,
        }
        return user | {name: instant.isoformat() for name, instant in instants.items() if instant}


@dataclass(frozen=True, slots=True)
class NewAccount:
    email: str
    password_digest: str | None
    confirmed: bool
    user_metadata: dict[str, Any]
    app_metadata: dict[str, Any]
    role: str = "authenticated"
    id: UUID | None = None


async def find_by_address(connection: AsyncConnection[Any], email: str) -> Account | None:
    return await _one(connection, sql.SQL("lower(email) = %s"), email)


async def find_by_id(connection: AsyncConnection[Any], account_id: UUID) -> Account | None:
    return await _one(connection, sql.SQL("id = %s"), account_id)


async def hold(connection: AsyncConnection[Any], account_id: UUID) -> Account | None:
    """The account, its row locked for this transaction: two mails asked for at once are asked for one by one."""
    await connection.execute("select 1 from auth.users where id = %s for update", (account_id,))
    # A second statement: the first one's view may be older than the lock it waited for.
    return await find_by_id(connection, account_id)


async def page_of(connection: AsyncConnection[Any], *, limit: int, offset: int) -> tuple[list[Account], int]:
    """Accounts newest first, and how many there are in all."""
    async with connection.cursor(row_factory=class_row(Account)) as cursor:
        await cursor.execute(
            sql.SQL(
                "select {} from auth.users where deleted_at is null order by created_at desc, id limit %s offset %s"
            ).format(_COLUMNS),
            (limit, offset),
        )
        accounts = await cursor.fetchall()
        counted = await connection.execute("select count(*) from auth.users where deleted_at is null")
        row = await counted.fetchone()
    return accounts, row[0] if row else 0


async def insert(connection: AsyncConnection[Any], account: NewAccount) -> UUID:
    """Add the account and its e-mail identity. Raises `psycopg.errors.UniqueViolation` for a taken address or id."""
    account_id = account.id or uuid.uuid4()
    await connection.execute(
        "insert into auth.users (id, instance_id, aud, role, email, encrypted_password, email_confirmed_at,"
        " raw_app_meta_data, raw_user_meta_data, created_at, updated_at, is_anonymous)"
        " values (%s, %s, 'authenticated', %s, %s, %s, case when %s then now() end, %s, %s, now(), now(), false)",
        (
            account_id,
            _NO_INSTANCE,
            account.role,
            account.email,
            account.password_digest,
            account.confirmed,
            Jsonb({"provider": "email", "providers": ["email"]} | account.app_metadata),
            Jsonb(account.user_metadata),
        ),
    )
    await connection.execute(
        "insert into auth.identities (provider_id, user_id, identity_data, provider, last_sign_in_at)"
        " values (%s, %s, %s, 'email', now())",
        (str(account_id), account_id, Jsonb(_identity_of(account_id, account.email, account.confirmed))),
    )
    return account_id


async def update(connection: AsyncConnection[Any], account_id: UUID, columns: dict[str, object]) -> None:
    """Set columns (names come from our own code) and keep the e-mail identity in step."""
    assignments = sql.SQL(", ").join(
        sql.SQL("{} = {}").format(sql.Identifier(name), sql.Placeholder()) for name in columns
    )
    await connection.execute(
        sql.SQL("update auth.users set {}, updated_at = now() where id = %s").format(assignments),
        (*(Jsonb(value) if isinstance(value, dict) else value for value in columns.values()), account_id),
    )
    if "email" in columns:
        await connection.execute(
            "update auth.identities set identity_data = identity_data || %s, updated_at = now()"
            " where user_id = %s and provider = 'email'",
            (Jsonb({"email": columns["email"]}), account_id),
        )


async def confirm(connection: AsyncConnection[Any], account_id: UUID) -> None:
    """Note that the address is the person's."""
    await connection.execute(
        "update auth.users set email_confirmed_at = coalesce(email_confirmed_at, now()), updated_at = now()"
        " where id = %s",
        (account_id,),
    )
    await connection.execute(
        """update auth.identities set identity_data = identity_data || '{"email_verified": true}', updated_at = now()"""
        " where user_id = %s and provider = 'email'",
        (account_id,),
    )


async def mark_signed_in(connection: AsyncConnection[Any], account_id: UUID) -> bool:
    """Note the sign-in and hold the row, so that a deletion waits; false when the account is already gone."""
    cursor = await connection.execute(
        "update auth.users set last_sign_in_at = now(), updated_at = now() where id = %s and deleted_at is null",
        (account_id,),
    )
    return cursor.rowcount == 1


async def delete(connection: AsyncConnection[Any], account_id: UUID, *, keep_row: bool) -> bool:
    """Remove the account, or with `keep_row` everything personal in it. Sessions and identities go either way."""
    if not keep_row:
        cursor = await connection.execute("delete from auth.users where id = %s", (account_id,))
        return cursor.rowcount == 1
    cursor = await connection.execute(
        "update auth.users set email = null, email_change = null, encrypted_password = null,"
        " raw_user_meta_data = '{}', raw_app_meta_data = '{}', deleted_at = now(), updated_at = now() where id = %s and deleted_at is null",
        (account_id,),
    )
    await connection.execute("delete from auth.identities where user_id = %s", (account_id,))
    await connection.execute("delete from auth.one_time_tokens where user_id = %s", (account_id,))
    await connection.execute("delete from auth.flow_state where user_id = %s", (account_id,))
    return cursor.rowcount == 1


async def identities_of(connection: AsyncConnection[Any], account_ids: list[UUID]) -> dict[UUID, list[dict[str, Any]]]:
    """Supabase's identity shape by account."""
    found: dict[UUID, list[dict[str, Any]]] = {account_id: [] for account_id in account_ids}
    async with connection.cursor(row_factory=dict_row) as cursor:
        await cursor.execute(
            "select id, provider_id, user_id, identity_data, provider, email, last_sign_in_at, created_at, updated_at"
            " from auth.identities where user_id = any(%s) order by created_at, id",
            (account_ids,),
        )
        for row in await cursor.fetchall():
            found[row["user_id"]].append(
                {
                    "identity_id": str(row["id"]),
                    "id": row["provider_id"],
                    "user_id": str(row["user_id"]),
                    "identity_data": row["identity_data"],
                    "provider": row["provider"],
                    "email": row["email"] or "",
                    "last_sign_in_at": (row["last_sign_in_at"] or row["created_at"]).isoformat(),
                    "created_at": row["created_at"].isoformat(),
                    "updated_at": row["updated_at"].isoformat(),
                }
            )
    return found


def _identity_of(account_id: UUID, email: str, confirmed: bool) -> dict[str, Any]:
    return {"sub": str(account_id), "email": email, "email_verified": confirmed, "phone_verified": False}


async def _one(connection: AsyncConnection[Any], condition: sql.SQL, value: object) -> Account | None:
    statement = sql.SQL("select {} from auth.users where {} and deleted_at is null").format(_COLUMNS, condition)
    async with connection.cursor(row_factory=class_row(Account)) as cursor:
        await cursor.execute(statement, (value,))
        return await cursor.fetchone()
