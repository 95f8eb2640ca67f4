"""The tests' own Postgres: each clone stands alone, and nothing is left running when the test processes are gone."""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from tests import postgres_keeper
from tests.embedded.clusters import wait_until
from tests.postgres import ClonedDatabase, PostgresCluster

_USER = """
import fcntl, sys
users = open(sys.argv[1], "a")
fcntl.flock(users, fcntl.LOCK_SH)
print("here", flush=True)
sys.stdin.read()
"""


def _exists(cluster: PostgresCluster, name: str) -> bool:
    with cluster.clone("template0") as any_other, psycopg.connect(any_other.admin_dsn) as connection:
        return connection.execute("select 1 from pg_database where datname = %s", (name,)).fetchone() is not None


def test_a_clone_has_the_schema_and_signs_in_as_the_application(database: ClonedDatabase) -> None:
    with psycopg.connect(database.admin_dsn) as connection:
        found = connection.execute(
            "select to_regclass('public.events') is not null, to_regclass('auth.users') is not null"
        )
        assert found.fetchone() == (True, True)
    with psycopg.connect(database.dsn) as connection:
        assert connection.execute("select session_user").fetchone() == ("greenroom",)


def test_what_one_clone_writes_no_other_sees(database: ClonedDatabase, module_database: ClonedDatabase) -> None:
    with psycopg.connect(database.admin_dsn) as connection:
        connection.execute("create table mine ()")
    with psycopg.connect(module_database.admin_dsn) as connection:
        assert connection.execute("select to_regclass('mine')").fetchone() == (None,)


def test_a_clone_is_dropped_even_while_somebody_is_connected(postgres_cluster: PostgresCluster) -> None:
    with postgres_cluster.clone(postgres_keeper.TEMPLATE) as clone:
        left_open = psycopg.connect(clone.admin_dsn)
        assert _exists(postgres_cluster, clone.name)
    assert not _exists(postgres_cluster, clone.name)
    left_open.close()


def test_nobody_can_hold_up_the_template(database: ClonedDatabase) -> None:
    with pytest.raises(psycopg.OperationalError, match="not currently accepting connections"):
        psycopg.connect(database.admin_dsn.replace(database.name, postgres_keeper.TEMPLATE))


def test_the_server_ends_when_its_last_user_was_killed(tmp_path: Path) -> None:
    with (
        subprocess.Popen(
            [sys.executable, "-c", _USER, str(tmp_path / postgres_keeper.USERS)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        ) as user,
        subprocess.Popen(
            [sys.executable, "-m", "tests.postgres_keeper", str(tmp_path)], cwd=postgres_keeper.ROOT
        ) as keeper,
    ):
        assert user.stdout is not None
        assert user.stdout.readline() == b"here\n"
        announcement = tmp_path / postgres_keeper.ANNOUNCEMENT
        assert wait_until(announcement.exists, seconds=60)
        assert keeper.poll() is None
        user.kill()
        assert keeper.wait(timeout=60) == 0
        assert not announcement.exists()


def test_what_a_killed_keeper_left_is_removed_and_what_runs_is_not(tmp_path: Path) -> None:
    abandoned, running, young = (tmp_path / f"greenroom-tests-{name}" for name in ("abandoned", "running", "young"))
    for folder in (abandoned, running, young):
        folder.mkdir()
    with (running / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for folder in (abandoned, running):
            os.utime(folder, (time.time() - 3600, time.time() - 3600))
        postgres_keeper.remove_abandoned(tmp_path)
    assert [folder.exists() for folder in (abandoned, running, young)] == [False, True, True]
