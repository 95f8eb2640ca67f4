"""The embedded file server over a real database, and the clients that talk to it in process. Holds no test."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import httpx
from starlette.applications import Starlette
from starlette.routing import Mount
from storage3 import AsyncStorageClient

from embedded.auth import AuthSettings, Keyring
from embedded.storage import StorageSettings, create_storage_app, prepare_storage
from embedded.storage.server import StorageServer
from tests.postgres import ClonedDatabase

URL = "http://files.test"


@dataclass(frozen=True)
class RunningStorage:
    """A started server; `folder` holds its contents."""

    keyring: Keyring
    settings: StorageSettings
    transport: httpx.ASGITransport
    http: httpx.AsyncClient
    server: StorageServer
    folder: Path

    def client(self, key: str | None = None) -> AsyncStorageClient:
        """A real supabase-py storage client with the secret key, or with `key`."""
        key = key or self.keyring.secret_key
        headers = {"apikey": self.keyring.publishable_key, "Authorization": f"Bearer {key}"}
        return AsyncStorageClient(f"{URL}/storage/v1/", headers, http_client=self.http)

    async def call(self, method: str, path: str, **request: Any) -> httpx.Response:
        """A bare request with the secret key, for what no well-behaved client sends."""
        headers = {"Authorization": f"Bearer {self.keyring.secret_key}"} | request.pop("headers", {})
        return await self.http.request(method, f"{URL}/storage/v1{path}", headers=headers, **request)

    def contents(self) -> int:
        """How many contents lie on the disk, drafts included."""
        return sum(path.is_file() for path in self.folder.rglob("*"))


@asynccontextmanager
async def serving(database: ClonedDatabase, folder: Path, **settings: Any) -> AsyncIterator[RunningStorage]:
    prepare_storage(database.admin_dsn)
    keyring = Keyring.load_or_create(folder)
    contents = folder / "files"
    chosen = replace(StorageSettings(contents, AuthSettings(url=URL, keyring=keyring)), **settings)
    app = create_storage_app(database.admin_dsn, chosen)
    transport = httpx.ASGITransport(Starlette(routes=[Mount("/storage/v1", app)]))
    async with app.router.lifespan_context(app), httpx.AsyncClient(transport=transport) as http:
        yield RunningStorage(keyring, chosen, transport, http, app.state.storage, contents)
