"""Makes the sandbox's tables, in a schema of its own."""

from __future__ import annotations

from importlib.resources import files

import psycopg

_LOCK = 0x7061790001


def prepare_payments(admin_dsn: str) -> None:
    """Apply `tables.sql` in one transaction; running it again changes nothing. Raises `psycopg.Error`."""
    statements = files("embedded.payments").joinpath("tables.sql").read_bytes()
    with psycopg.connect(admin_dsn) as connection:
        # Two processes starting at once would race on `create schema`.
        connection.execute("select pg_advisory_xact_lock(%s)", (_LOCK,))
        connection.execute(statements)
