"""The embedded identity server over a real database, and the clients that talk to it in process. Holds no test."""

from __future__ import annotations

import itertools
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import httpx
import psycopg
from starlette.applications import Starlette
from starlette.routing import Mount
from supabase import AsyncClient, AsyncClientOptions, acreate_client

from embedded.auth import AuthSettings, Keyring, create_auth_app, prepare_auth
from embedded.auth.identity import IdentityServer
from embedded.mail import MailCatcher
from tests.postgres import ClonedDatabase

URL = "http://identity.test"
PASSWORD = "correct horse battery"
QUICK_HASHES = {"hash_passes": 1, "hash_kibibytes": 64}
SAFE_HASHES = {"hash_passes": 2, "hash_kibibytes": 19_456}
_NUMBERS = itertools.count(1)


def fresh_address(name: str = "ada") -> str:
    """An address no other test of this process has used."""
    return f"{name}-{next(_NUMBERS)}@example.org"


@dataclass(frozen=True)
class Letter:
    """A caught mail: what it is about, and the code and the link's token in it."""

    to: str
    subject: str
    text: str

    @property
    def link(self) -> httpx.URL:
        found = re.search(r"^http\S+$", self.text, re.MULTILINE)
        assert found is not None, self.text
        return httpx.URL(found.group())

    @property
    def token_hash(self) -> str:
        return self.link.params["token"]

    @property
    def code(self) -> str:
        found = re.search(r"\b\d{6}$", self.text, re.MULTILINE)
        assert found is not None, self.text
        return found.group()


@dataclass(frozen=True)
class RunningAuth:
    """A started server. `transport` reaches it at `/auth/v1`; `sql` runs one statement as its administrator."""

    keyring: Keyring
    transport: httpx.ASGITransport
    http: httpx.AsyncClient
    server: IdentityServer
    admin_dsn: str
    mails: MailCatcher

    def letters(self, address: str) -> list[Letter]:
        """What was mailed to the address, in order."""
        caught = [each.message for each in self.mails.caught() if each.message["To"] == address]
        return [
            Letter(address, str(message["Subject"]), str(message.get_content()).replace("\r\n", "\n"))
            for message in caught
        ]

    def letter(self, address: str) -> Letter:
        return self.letters(address)[-1]

    async def client(self, key: str | None = None) -> AsyncClient:
        """A real supabase-py client with the publishable key, or with `key`."""
        options = AsyncClientOptions(httpx_client=self.http, auto_refresh_token=False, persist_session=False)
        return await acreate_client(URL, key or self.keyring.publishable_key, options)

    async def admin(self) -> AsyncClient:
        return await self.client(self.keyring.secret_key)

    async def post(self, path: str, **request: Any) -> httpx.Response:
        """A bare request with the publishable key, for what no well-behaved client sends."""
        headers = {"apikey": self.keyring.publishable_key} | request.pop("headers", {})
        return await self.http.post(f"{URL}/auth/v1{path}", headers=headers, **request)

    async def sql(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        async with await psycopg.AsyncConnection.connect(self.admin_dsn, autocommit=True) as connection:
            cursor = await connection.execute(statement.encode(), values)
            return await cursor.fetchall() if cursor.description else []


@asynccontextmanager
async def serving(database: ClonedDatabase, folder: Path, **settings: Any) -> AsyncIterator[RunningAuth]:
    prepare_auth(database.admin_dsn)
    with psycopg.connect(database.admin_dsn, autocommit=True) as connection:
        # Tests of a module share a database, and all come from the same address.
        connection.execute("delete from auth.guesses")
    keyring = Keyring.load_or_create(folder)
    mails = MailCatcher(folder / "mail")
    usual = AuthSettings(url=URL, keyring=keyring, post=mails.send, **QUICK_HASHES)
    chosen = replace(usual, **settings)
    app = create_auth_app(database.admin_dsn, chosen)
    transport = httpx.ASGITransport(Starlette(routes=[Mount("/auth/v1", app)]))
    async with app.router.lifespan_context(app), httpx.AsyncClient(transport=transport) as http:
        yield RunningAuth(keyring, transport, http, app.state.identity, database.admin_dsn, mails)
