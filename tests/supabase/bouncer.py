"""PgBouncer before a database: few server connections lent to many clients. Stands in for a project's pooler."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from embedded.postgres.account import server_account
from tests.postgres import ClonedDatabase

PROGRAM = shutil.which("pgbouncer") or "/usr/sbin/pgbouncer"
SERVER_CONNECTIONS = 4

# It takes no startup parameter it does not know, as it comes: what the service asks of a session it must ask for in SQL.
_SETTINGS = """
[databases]
* = host={host} port={port}
[pgbouncer]
pool_mode = {mode}
default_pool_size = {size}
max_client_conn = 500
listen_addr =
listen_port = {listen}
unix_socket_dir = {folder}
auth_type = scram-sha-256
auth_file = {folder}/users
logfile = {folder}/log
"""


@dataclass(frozen=True)
class Bouncer:
    database: ClonedDatabase
    """By way of the pooler; `admin_dsn` is direct."""
    raw: str
    """The login's address by way of the pooler."""


@contextmanager
def bouncer(direct: ClonedDatabase, mode: Literal["transaction", "session"]) -> Iterator[Bouncer]:
    """Listens on a socket, under the port that the mode has at Supabase. Skips, aloud, where PgBouncer is not installed."""
    if not Path(PROGRAM).exists():
        pytest.skip("PgBouncer is not installed: apt-get install pgbouncer")
    found, account = conninfo_to_dict(direct.dsn), server_account()
    with tempfile.TemporaryDirectory(prefix="bouncer-") as here:
        folder, listen = Path(here), 6543 if mode == "transaction" else 5432
        size = SERVER_CONNECTIONS if mode == "transaction" else 20
        settings = folder / "settings.ini"
        settings.write_text(
            _SETTINGS.format(host=found["host"], port=found["port"], mode=mode, size=size, listen=listen, folder=folder)
        )
        (folder / "users").write_text(f'"{found["user"]}" "{found["password"]}"\n')
        for path in (folder, settings, folder / "users"):
            account.owns(path)
        dsn = make_conninfo(direct.dsn, host=str(folder), port=str(listen))
        process = subprocess.Popen(
            account.command([PROGRAM, str(settings)]), cwd="/", stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            _wait_for(process, dsn, folder / "log")
            yield Bouncer(ClonedDatabase(direct.name, dsn, direct.admin_dsn), dsn)
        finally:
            process.kill()
            process.wait()


def _wait_for(process: subprocess.Popen[bytes], dsn: str, log: Path) -> None:
    until = time.monotonic() + 20
    while True:
        try:
            psycopg.connect(dsn).close()
            return
        except psycopg.OperationalError as error:
            if process.poll() is not None or time.monotonic() > until:
                raise AssertionError(f"{error}\n{log.read_text() if log.exists() else ''}") from error
            time.sleep(0.05)
