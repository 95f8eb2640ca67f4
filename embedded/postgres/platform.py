"""Makes a plain Postgres database look like a Supabase one before the migrations run. The SQL is in ../platform.sql."""

from __future__ import annotations

from pathlib import Path

import psycopg
from psycopg import sql

from embedded.postgres.cluster import LOGIN

PLATFORM_SQL = Path(__file__).parents[1] / "platform.sql"


def prepare_platform(dsn: str, login_password: str) -> None:
    """Give the database of `dsn` (a superuser's) Supabase's roles, schemas and functions, and the login role `greenroom`.

    Repeatable; leaves a real Supabase project's own platform alone. Effects: one transaction; roles belong to the whole cluster.
    """
    with psycopg.connect(dsn) as connection:
        # Roles are the cluster's, advisory locks a database's: only this makes two databases wait for one another.
        connection.execute("lock table pg_catalog.pg_authid in share row exclusive mode")
        found = connection.execute("select to_regprocedure('auth.uid()') is not null").fetchone()
        if found != (True,):
            connection.execute(PLATFORM_SQL.read_bytes())
        _prepare_login(connection, login_password)


def _prepare_login(connection: psycopg.Connection[tuple[object, ...]], password: str) -> None:
    """The role the application signs in as: alone it may do nothing, so a forgotten role switch sees nothing."""
    role = sql.Identifier(LOGIN)
    known = connection.execute("select 1 from pg_roles where rolname = %s", (LOGIN,)).fetchone()
    if known is None:
        connection.execute(sql.SQL("create role {} login noinherit").format(role))
        connection.execute(sql.SQL("grant anon, authenticated, service_role to {}").format(role))
    connection.execute(sql.SQL("alter role {} password {}").format(role, sql.Literal(password)))
