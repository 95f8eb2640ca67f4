"""The servers the contract is held against: the embedded one over real HTTP, and a Supabase project that was named."""

from __future__ import annotations

import json
import os
import socket
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import httpx
import uvicorn
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from embedded.auth import AuthSettings, Keyring, create_auth_app, prepare_auth
from embedded.mail import MailCatcher
from embedded.storage import StorageSettings, create_storage_app, prepare_storage
from tests.postgres import ClonedDatabase

# Read when the tests are collected: each of them runs without the developer's settings.
_NAMES = ("SUPABASE_URL", "SUPABASE_PUBLISHABLE_KEY", "SUPABASE_SECRET_KEY")
_NAMED = {name: os.environ[name] for name in _NAMES if os.environ.get(name)}
_STARTED_WITHIN_SECONDS = 30


@dataclass(frozen=True)
class Answer:
    """One answer of the embedded server as it went over the wire."""

    method: str
    path: str
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass(frozen=True)
class Target:
    url: str
    publishable_key: str
    secret_key: str
    confirming: bool
    # Seconds after which a used refresh token is a copied one, whoever brings it.
    reuse_wait: float = 0
    may_mail: bool = True
    answers: list[Answer] = field(default_factory=list)


@contextmanager
def embedded(database: ClonedDatabase, folder: Path, *, confirming: bool, **settings: Any) -> Iterator[Target]:
    """The embedded server on a free port of this machine, every answer of it recorded."""
    prepare_auth(database.admin_dsn)
    prepare_storage(database.admin_dsn)
    keyring = Keyring.load_or_create(folder)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        chosen = AuthSettings(
            url=url,
            keyring=keyring,
            post=MailCatcher(folder / "mail").send,
            confirm_addresses=confirming,
            mails_per_hour=1000,
            failures_per_peer=1000,
            hash_passes=1,
            hash_kibibytes=64,
        )
        auth = create_auth_app(database.admin_dsn, replace(chosen, **settings))
        storage = create_storage_app(database.admin_dsn, StorageSettings(folder / "files", chosen))
        answers: list[Answer] = []

        @asynccontextmanager
        async def lifespan(_: Starlette) -> AsyncIterator[None]:
            async with auth.router.lifespan_context(auth), storage.router.lifespan_context(storage):
                yield

        routes = [Mount("/auth/v1", _recorded(auth, answers)), Mount("/storage/v1", storage)]
        app = Starlette(routes=routes, lifespan=lifespan)
        with _running(app, listener):
            yield Target(url, keyring.publishable_key, keyring.secret_key, confirming, answers=answers)


def named_project() -> Target | None:
    """The project the environment names, if it names all of one."""
    if len(_NAMED) < len(_NAMES):
        return None
    url, publishable, secret = (_NAMED[name] for name in _NAMES)
    settings = httpx.get(f"{url.rstrip('/')}/auth/v1/settings", headers={"apikey": publishable}, timeout=30).json()
    confirming = not settings["mailer_autoconfirm"]
    local = (httpx.URL(url).host or "") in ("127.0.0.1", "localhost")
    # Supabase's default interval is ten seconds. Only a project on this machine keeps its mails to itself.
    return Target(url.rstrip("/"), publishable, secret, confirming, reuse_wait=11, may_mail=local)


@contextmanager
def _running(app: ASGIApp, listener: socket.socket) -> Iterator[None]:
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="on"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    try:
        # The listener takes connections from the start; the first answer waits until the app is up.
        assert httpx.get(
            f"http://127.0.0.1:{listener.getsockname()[1]}/auth/v1/health", timeout=_STARTED_WITHIN_SECONDS
        )
        yield
    finally:
        server.should_exit = True
        thread.join(_STARTED_WITHIN_SECONDS)


def _recorded(app: ASGIApp, answers: list[Answer]) -> ASGIApp:
    async def recording(scope: Scope, receive: Receive, send: Send) -> None:
        started: list[Message] = []
        body = bytearray()

        async def noting(message: Message) -> None:
            if message["type"] == "http.response.start":
                started.append(message)
            elif message["type"] == "http.response.body":
                body.extend(message.get("body", b""))
            await send(message)

        await app(scope, receive, noting)
        if started:
            headers = {name.decode().lower(): value.decode() for name, value in started[0]["headers"]}
            path = str(scope["path"]).removeprefix("/auth/v1")
            answers.append(Answer(scope["method"], path, started[0]["status"], headers, bytes(body)))

    return recording
