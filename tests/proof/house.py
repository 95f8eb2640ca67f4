"""The whole service as one machine runs it, with two organisations that have one of everything. Holds no test."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from api.app import create_app
from api.brain import with_copilot
from api.composition import compose
from api.embedded_parts import embedded_outside, offline_brain
from embedded.auth import Keyring, prepare_auth
from embedded.payments import prepare_payments
from embedded.storage import prepare_storage
from tests.builders import URL, Service
from tests.postgres import ClonedDatabase
from tools.kit.settings import Settings
from tools.store.database import Database


@dataclass(frozen=True)
class _Machine:
    """A test's database, in the words of an embedded one."""

    database: ClonedDatabase

    def dsn(self, user: str = "postgres") -> str:
        return self.database.dsn if user == "greenroom" else self.database.admin_dsn


@asynccontextmanager
async def open_house(
    database: ClonedDatabase, folder: Path, *, swept: bool = True, **settings: Any
) -> AsyncIterator[Service]:
    """Every door there is: REST, the chat, the shop, sign-in, the embedded identity server and the payments sandbox.

    Where nothing lasts, nothing is to be `swept` up: it would be found again each time.
    """
    prepare_auth(database.admin_dsn)
    prepare_storage(database.admin_dsn)
    prepare_payments(database.admin_dsn)
    chosen: dict[str, Any] = {"requests_per_minute": 100_000_000, "greenroom_data": folder} | settings
    wanted = Settings(_env_file=None, **chosen)
    outside = embedded_outside(wanted, _Machine(database), URL)  # type: ignore[arg-type]
    parts = with_copilot(compose(wanted, outside), outside.dsn, offline_brain())
    parts = parts if swept else replace(parts, sweeps=())
    app = create_app(parts, page=_pages(folder / "page"))
    async with app.router.lifespan_context(app):
        yield Service(app, parts, Keyring.load_or_create(folder), database)


def _pages(folder: Path) -> Path:
    """As if the pages were built."""
    folder.mkdir()
    for name in ("index.html", "shop.html"):
        (folder / name).write_text("<!doctype html><title>Greenroom</title>")
    return folder


class _Rehearsed(Exception):
    """Ends a transaction that is to leave nothing."""


def rehearse(patch: pytest.MonkeyPatch) -> None:
    """From now on each transaction runs to its last check and is rolled back: a thousand writes, and all stays as it was."""
    real = Database.session

    @asynccontextmanager
    async def session(self: Database, *who: Any, **how: Any) -> AsyncIterator[Any]:
        try:
            async with real(self, *who, **how) as opened:
                yield opened
                # What waits for the commit is checked now.
                await opened.execute("set constraints all immediate")
                raise _Rehearsed
        except _Rehearsed:
            return

    async def call(self: Database, statement: Any, params: Any, *, swift: bool = False) -> list[dict[str, Any]]:
        async with session(self, None) as opened:
            found: list[dict[str, Any]] = await opened.fetch_dicts(statement, params)
        return found

    patch.setattr(Database, "session", session)
    patch.setattr(Database, "call", call)
