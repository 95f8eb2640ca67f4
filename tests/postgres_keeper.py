"""The process that owns the tests' Postgres: starts it, builds the template, stops it when no test process is left.

Run as `python -m tests.postgres_keeper <meeting folder>`. Every test process holds a shared lock on USERS there; the keeper
waits for the exclusive one, which the kernel grants when all are gone, however they ended.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

import psycopg
from psycopg import sql

from embedded.postgres import EmbeddedPostgres, PostgresNotStarted, leftovers
from embedded.postgres.cluster import LOGIN, hold
from tools.store.migrations import migrate

ROOT = Path(__file__).parents[1]
MIGRATIONS = ROOT / "supabase" / "migrations"
TEMPLATE = "greenroom_template"

ANNOUNCEMENT = "server.json"
USERS = "users"
PLACEHOLDER = "DATABASE"
"""Stands for the database's name in the announced connection URLs."""

_PREFIX = "greenroom-tests-"
_MEMORY_NEEDED_BYTES = 2_000_000_000
_ABANDONED_AFTER_SECONDS = 60.0
"""A younger folder may belong to a keeper that has not locked it yet."""


def keep(meeting: Path) -> None:
    """Run the cluster until no test process holds USERS, then remove all of it."""
    base = _fast_folder()
    remove_abandoned(base)
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=base))
    try:
        with EmbeddedPostgres.start(folder, fast=True) as server, (meeting / USERS).open("a") as users:
            _build_template(server)
            _announce(meeting, server)
            fcntl.flock(users, fcntl.LOCK_EX)
            (meeting / ANNOUNCEMENT).unlink()
    finally:
        shutil.rmtree(folder)


def _fast_folder() -> Path:
    """A file system in memory where there is one with room: the suite writes gigabytes and keeps nothing."""
    memory = Path("/dev/shm")
    roomy = memory.is_dir() and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > _MEMORY_NEEDED_BYTES
    return memory if roomy else Path(tempfile.gettempdir())


def remove_abandoned(base: Path) -> None:
    """Free what keepers that were killed left behind."""
    for folder in base.glob(f"{_PREFIX}*"):
        if time.time() - folder.stat().st_mtime < _ABANDONED_AFTER_SECONDS:
            continue
        try:
            lock = hold(folder)
        except (PostgresNotStarted, PermissionError):
            continue
        leftovers.clear(folder / "data", folder / "run")
        shutil.rmtree(folder)
        os.close(lock)


def _build_template(server: EmbeddedPostgres) -> None:
    name = sql.Identifier(TEMPLATE)
    with psycopg.connect(server.dsn(), autocommit=True) as connection:
        connection.execute(sql.SQL("create database {}").format(name))
        server.prepare(TEMPLATE)
        migrate(server.dsn(TEMPLATE), MIGRATIONS)
        # A single connection to the template would hold up every clone.
        connection.execute(sql.SQL("alter database {} with allow_connections false").format(name))


def _announce(meeting: Path, server: EmbeddedPostgres) -> None:
    said = {"dsn": server.dsn(PLACEHOLDER, LOGIN), "admin_dsn": server.dsn(PLACEHOLDER)}
    draft = meeting / f"{ANNOUNCEMENT}.draft"
    draft.write_text(json.dumps(said))
    draft.rename(meeting / ANNOUNCEMENT)


if __name__ == "__main__":
    keep(Path(sys.argv[1]))
