"""pytest plugin: a real Postgres for the run, and a database of its own for each test that asks. Holds no rows of the trade."""

from __future__ import annotations

import fcntl
import itertools
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from tests.postgres_keeper import ANNOUNCEMENT, PLACEHOLDER, ROOT, TEMPLATE, USERS

_STARTED_WITHIN_SECONDS = 120.0
_LOOK_AGAIN_SECONDS = 0.02


@dataclass(frozen=True, slots=True)
class ClonedDatabase:
    """One database: `dsn` signs in as the application (`greenroom`), `admin_dsn` as the superuser."""

    name: str
    dsn: str
    admin_dsn: str


class PostgresCluster:
    """The run's cluster as one test process sees it."""

    def __init__(self, dsn: str, admin_dsn: str) -> None:
        self._dsn = dsn
        self._admin_dsn = admin_dsn
        self._numbers = itertools.count(1)
        self._admin = psycopg.connect(admin_dsn.replace(PLACEHOLDER, "postgres"), autocommit=True)

    def close(self) -> None:
        self._admin.close()

    @contextmanager
    def clone(self, template: str) -> Iterator[ClonedDatabase]:
        """A copy of `template`, dropped afterwards with whoever is still connected to it."""
        name = f"test_{os.getpid()}_{next(self._numbers)}"
        # Copying files takes half the time of copying through the log when nothing is synced to disk.
        create = sql.SQL("create database {} template {} strategy file_copy")
        self._admin.execute(create.format(sql.Identifier(name), sql.Identifier(template)))
        try:
            yield ClonedDatabase(name, self._dsn.replace(PLACEHOLDER, name), self._admin_dsn.replace(PLACEHOLDER, name))
        finally:
            self._admin.execute(sql.SQL("drop database {} with (force)").format(sql.Identifier(name)))


@pytest.fixture(scope="session")
def postgres_cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PostgresCluster]:
    """The run's cluster: started by the first test process that asks, stopped when the last one is done."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    meeting = shared / "postgres"
    meeting.mkdir(exist_ok=True)
    with _lock(meeting / "start"):
        users = (meeting / USERS).open("a")
        # Waits while a keeper that saw its last user go is still shutting down.
        fcntl.flock(users, fcntl.LOCK_SH)
        keeper = None if (meeting / ANNOUNCEMENT).exists() else _start_keeper(meeting)
    said = json.loads((meeting / ANNOUNCEMENT).read_text())
    with closing(PostgresCluster(said["dsn"], said["admin_dsn"])) as cluster:
        yield cluster
    users.close()
    if keeper is not None:
        keeper.wait()


@pytest.fixture
def database(postgres_cluster: PostgresCluster) -> Iterator[ClonedDatabase]:
    """A fresh database with every migration applied, for one test."""
    with postgres_cluster.clone(TEMPLATE) as clone:
        yield clone


@pytest.fixture(scope="module")
def module_database(postgres_cluster: PostgresCluster) -> Iterator[ClonedDatabase]:
    """A fresh database with every migration applied, shared by the tests of a module."""
    with postgres_cluster.clone(TEMPLATE) as clone:
        yield clone


@pytest.fixture
def empty_database(postgres_cluster: PostgresCluster) -> Iterator[ClonedDatabase]:
    """A fresh database of plain Postgres: no platform, no migrations (roles belong to the cluster and are there)."""
    with postgres_cluster.clone("template0") as clone:
        yield clone


@contextmanager
def _lock(path: Path) -> Iterator[None]:
    with path.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _start_keeper(meeting: Path) -> subprocess.Popen[bytes]:
    log = meeting / "keeper.log"
    with log.open("wb") as sink:
        keeper = subprocess.Popen(
            [sys.executable, "-m", "tests.postgres_keeper", str(meeting)],
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=sink,
            stderr=sink,
            # Ctrl-C is for the tests: the server outlives their teardown.
            start_new_session=True,
        )
    until = time.monotonic() + _STARTED_WITHIN_SECONDS
    while not (meeting / ANNOUNCEMENT).exists():
        if keeper.poll() is not None or time.monotonic() > until:
            keeper.kill()
            keeper.wait()
            raise RuntimeError(f"The tests' Postgres did not start: {log.read_text()[-2000:]}")
        time.sleep(_LOOK_AGAIN_SECONDS)
    return keeper
