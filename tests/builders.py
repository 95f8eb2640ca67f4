"""People, events and the rest for tests through the wire, each with only what the test says. Holds no test."""

from __future__ import annotations

import itertools
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx
import psycopg
from fastapi import FastAPI
from pydantic import SecretStr
from starlette.applications import Starlette
from starlette.routing import Mount

from api.app import create_app
from api.composition import Outside, compose
from api.parts import Parts, Sweep
from embedded.auth import AuthSettings, Keyring, create_auth_app, prepare_auth
from embedded.mail import MailCatcher
from embedded.storage import StorageSettings, create_storage_app, prepare_storage
from tests.postgres import ClonedDatabase
from tools.kit.settings import Settings

URL = "http://greenroom.test"
PASSWORD = "correct horse battery"
START = "2030-06-01T19:00:00+02:00"
_NUMBERS = itertools.count(1)


@dataclass(frozen=True)
class Person:
    """Somebody signed in: `client` sends their token with each request."""

    client: httpx.AsyncClient
    user_id: UUID
    org_id: UUID
    email: str
    token: str


@dataclass(frozen=True)
class Service:
    """The real application over a real database, reached in process. Tokens are real ones of its identity server."""

    app: FastAPI
    parts: Parts
    keyring: Keyring
    database: ClonedDatabase

    @property
    def stranger(self) -> httpx.AsyncClient:
        """A client that is not signed in."""
        return self.client()

    def client(self, token: str | None = None, *, peer: str = "203.0.113.7") -> httpx.AsyncClient:
        transport = httpx.ASGITransport(self.app, client=(peer, 40000))
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        return httpx.AsyncClient(transport=transport, base_url=URL, headers=headers)

    def token(self, user_id: UUID, email: str = "", **claims: Any) -> str:
        """An access token of the identity server; `claims` replace or, where None, remove its own."""
        now = int(time.time())
        usual = {
            "iss": f"{URL}/auth/v1",
            "sub": str(user_id),
            "aud": "authenticated",
            "role": "authenticated",
            "exp": now + 3600,
            "iat": now,
            "email": email,
            "session_id": str(uuid4()),
        }
        return self.keyring.sign({name: value for name, value in (usual | claims).items() if value is not None})

    async def make_person(self, role: str = "owner", of: UUID | None = None) -> Person:
        """Somebody with `role` in the organisation `of`, or in a new one."""
        user_id, org_id = uuid4(), of or uuid4()
        email = f"person-{next(_NUMBERS)}@example.org"
        async with await psycopg.AsyncConnection.connect(self.database.admin_dsn) as connection:
            await connection.execute(
                "insert into auth.users (id, email, aud, role) values (%s, %s, 'authenticated', 'authenticated')",
                (user_id, email),
            )
            await connection.execute("insert into public.users (id, email) values (%s, %s)", (user_id, email))
            if of is None:
                await connection.execute(
                    "insert into public.organizations (id, name, timezone, currency) values (%s, %s, 'Europe/Amsterdam', 'EUR')",
                    (org_id, f"Organisation of {email}"),
                )
            await connection.execute(
                "insert into public.memberships (user_id, org_id, role) values (%s, %s, %s)", (user_id, org_id, role)
            )
        token = self.token(user_id, email)
        return Person(self.client(token), user_id, org_id, email, token)

    async def sql(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        """One statement as the superuser."""
        async with await psycopg.AsyncConnection.connect(self.database.admin_dsn, autocommit=True) as connection:
            cursor = await connection.execute(statement.encode(), values)
            return await cursor.fetchall() if cursor.description else []

    async def count(self, table: str) -> int:
        """Rows of a table, of all organisations."""
        return int((await self.sql(f"select count(*) from public.{table}"))[0][0])


@asynccontextmanager
async def serving(
    database: ClonedDatabase, folder: Path, *, sweeps: tuple[Sweep, ...] | None = None, **settings: Any
) -> AsyncIterator[Service]:
    """The service over `database`; `settings` and `sweeps` replace the usual ones."""
    prepare_auth(database.admin_dsn)
    keyring = Keyring.load_or_create(folder)
    prepare_storage(database.admin_dsn)
    auth_settings = AuthSettings(url=URL, keyring=keyring, post=MailCatcher(folder / "mail").send)
    auth = create_auth_app(database.admin_dsn, auth_settings)
    storage = create_storage_app(database.admin_dsn, StorageSettings(folder / "files", auth_settings))
    outside = Outside(
        dsn=database.dsn,
        session_dsn=database.dsn,
        identity_url=URL,
        publishable_key=keyring.publishable_key,
        secret_key=keyring.secret_key,
        cursor_secret="a secret of thirty-two characters",
        transport=httpx.ASGITransport(Starlette(routes=[Mount("/auth/v1", auth), Mount("/storage/v1", storage)])),
        mounts={"/storage/v1": storage},
        surroundings=(
            lambda: auth.router.lifespan_context(auth),
            lambda: storage.router.lifespan_context(storage),
        ),
    )
    chosen: dict[str, Any] = {"requests_per_minute": 1_000_000, "greenroom_data": folder} | settings
    if isinstance(chosen.get("redis_url"), str):
        chosen["redis_url"] = SecretStr(chosen["redis_url"])
    parts = compose(Settings(_env_file=None, **chosen), outside)
    if sweeps is not None:
        parts = replace(parts, sweeps=sweeps)
    app = create_app(parts, page=folder / "page")
    async with app.router.lifespan_context(app):
        yield Service(app, parts, keyring, database)


def key() -> dict[str, str]:
    """Headers with a fresh idempotency key."""
    return {"Idempotency-Key": str(uuid4())}


def version(number: int) -> dict[str, str]:
    return {"If-Match": f'"{number}"'}


async def make_event(person: Person, **fields: Any) -> dict[str, Any]:
    values = {"name": f"Event {next(_NUMBERS)}", "start_date": START} | fields
    return await made(person.client.post("/api/events", json=values))


async def make_venue(person: Person, **fields: Any) -> dict[str, Any]:
    return await made(person.client.post("/api/venues", json={"name": f"Venue {next(_NUMBERS)}"} | fields))


async def make_ticket_type(person: Person, event: dict[str, Any], **fields: Any) -> dict[str, Any]:
    values = {"event": event["id"], "price_amount": 2500, "quantity": 100} | fields
    return await made(person.client.post("/api/ticket-types", json=values))


async def made(call: Any) -> dict[str, Any]:
    """The body of an answer that must be a 201."""
    answer: httpx.Response = await call
    assert answer.status_code == 201, answer.text
    body: dict[str, Any] = answer.json()
    return body
