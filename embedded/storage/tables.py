"""Makes the file server's tables."""

from __future__ import annotations

from importlib.resources import files

import psycopg

_LOCK = 0x73746F720001


def prepare_storage(admin_dsn: str) -> None:
    """Apply `tables.sql` in one transaction; running it again changes nothing. Raises `psycopg.Error`."""
    statements = files("embedded.storage").joinpath("tables.sql").read_bytes()
    with psycopg.connect(admin_dsn) as connection:
        # Two processes starting at once would race on `create table`.
        connection.execute("select pg_advisory_xact_lock(%s)", (_LOCK,))
        connection.execute(statements)
