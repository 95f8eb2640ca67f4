"""Builders of the trade for tests: an organisation with people in it, and operations called by name on the real database."""

from __future__ import annotations

import base64
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID, uuid4

import psycopg

from tests.postgres import ClonedDatabase
from tools.catalog import CATALOG
from tools.context import Caller, Greenroom
from tools.kit.paging import CursorSigner
from tools.kit.sealing import KEY_BYTES, Sealer
from tools.organizations.models import CreateOrganization
from tools.organizations.operations import create_organization
from tools.store.addresses import AddressColumn, open_address
from tools.store.database import Database

FIELD_KEYS = f"1:{base64.b64encode(b'k' * KEY_BYTES).decode()}"
FIELDS = Sealer.parse(FIELD_KEYS)
"""The same in every process of a test: one reads what another sealed."""


@dataclass(frozen=True)
class Office:
    """One person at work in one organisation."""

    greenroom: Greenroom
    caller: Caller
    org_id: UUID
    admin_dsn: str

    async def do(self, name: str, /, **data: Any) -> Any:
        """Call an operation as this person; answers its model."""
        operation = CATALOG[name]
        return await operation(self.greenroom, self.caller, operation.input.model_validate(data))

    async def propose(self, *steps: tuple[str, dict[str, Any]]) -> Any:
        return await self.do("propose", steps=[{"operation": name, "input": data} for name, data in steps])

    async def approve(self, proposal: Any) -> Any:
        return await self.do("approve_proposal", proposal=proposal.id, digest=proposal.digest)

    def with_key(self, key: str) -> Office:
        return replace(self, caller=replace(self.caller, idempotency_key=key))

    async def colleague(self, role: str) -> Office:
        """Another person of the same organisation; somebody at the door is at all its events."""
        user_id = make_user(self.admin_dsn)
        self.sql("insert into public.users (id, email) values (%s, %s)", user_id, f"{user_id}@example.com")
        self.sql(
            "insert into public.memberships (user_id, org_id, role) values (%s, %s, %s)", user_id, self.org_id, role
        )
        if role == "door":
            self.sql(
                "insert into public.door_staff (org_id, event_id, user_id) select org_id, id, %s from public.events where org_id = %s",
                user_id,
                self.org_id,
            )
        return replace(self, caller=Caller(user_id=user_id, email=f"{user_id}@example.com"))

    def sql(self, query: str, *params: Any) -> list[tuple[Any, ...]]:
        """As the superuser, past row-level security: what is really stored."""
        with psycopg.connect(self.admin_dsn, autocommit=True) as connection:
            cursor = connection.execute(query, params)  # type: ignore[arg-type]
            return cursor.fetchall() if cursor.description else []

    def address(self, column: AddressColumn, row: UUID, stored: str) -> str:
        """What is sealed there, of this organisation."""
        opened = open_address(self.greenroom.fields, column, self.org_id, row, stored)
        assert opened is not None
        return opened

    def count(self, table: str) -> int:
        return int(self.sql(f"select count(*) from public.{table}")[0][0])


def make_user(admin_dsn: str, email: str | None = None) -> UUID:
    user_id = uuid4()
    with psycopg.connect(admin_dsn, autocommit=True) as connection:
        connection.execute(
            "insert into auth.users (id, email, aud, role) values (%s, %s, 'authenticated', 'authenticated')",
            (user_id, email or f"{user_id}@example.com"),
        )
    return user_id


async def found_organization(greenroom: Greenroom, admin_dsn: str, **settings: Any) -> Office:
    """A new organisation and its owner."""
    user_id = make_user(admin_dsn)
    caller = Caller(user_id=user_id, email=f"{user_id}@example.com")
    wanted = CreateOrganization(
        **{"name": "Blue Note Events", "timezone": "Europe/Amsterdam", "currency": "EUR"} | settings
    )
    organization = await create_organization(greenroom, caller, wanted)
    return Office(greenroom, caller, organization.id, admin_dsn)


@asynccontextmanager
async def open_greenroom(database: ClonedDatabase, *, pool_size: int = 10) -> AsyncIterator[Greenroom]:
    store = Database(database.dsn, pool_size=pool_size, fields=FIELDS)
    await store.open()
    try:
        yield Greenroom(database=store, catalog=CATALOG, cursors=CursorSigner("a secret only tests know, long enough"))
    finally:
        await store.close()


@asynccontextmanager
async def open_office(database: ClonedDatabase, *, pool_size: int = 10) -> AsyncIterator[Office]:
    async with open_greenroom(database, pool_size=pool_size) as greenroom:
        yield await found_organization(greenroom, database.admin_dsn)
