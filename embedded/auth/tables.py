"""Makes the identity server's tables in a database that already has `auth.users`."""

from __future__ import annotations

from importlib.resources import files

import psycopg

_LOCK = 0x617574680001


def prepare_auth(admin_dsn: str) -> None:
    """Apply `tables.sql` in one transaction; running it again changes nothing. Raises `psycopg.Error`."""
    statements = files("embedded.auth").joinpath("tables.sql").read_bytes()
    with psycopg.connect(admin_dsn) as connection:
        # Two processes starting at once would race on `create type`.
        connection.execute("select pg_advisory_xact_lock(%s)", (_LOCK,))
        connection.execute(statements)
