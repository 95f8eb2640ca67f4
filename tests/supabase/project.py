"""A database as a new Supabase project has it: its owner is no superuser, and what the owner makes is open to the request roles."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from embedded.postgres import prepare_platform
from tests.postgres import ClonedDatabase, PostgresCluster
from tests.supabase.relay import port_to

OWNER = "project_owner"
"""Stands for the role `postgres` of a project; in our clusters that name is the superuser's."""

_PASSWORD = "only for tests"


@dataclass(frozen=True)
class Project:
    """`url` is the owner's address over TCP, the only one the Supabase command line knows."""

    database: ClonedDatabase
    url: str

    def sql(self, query: str, *params: Any) -> list[tuple[Any, ...]]:
        """As the superuser."""
        with psycopg.connect(self.database.admin_dsn, autocommit=True) as connection:
            cursor = connection.execute(query, params or None)  # type: ignore[arg-type]
            return cursor.fetchall() if cursor.description else []


@contextmanager
def new_project(cluster: PostgresCluster) -> Iterator[Project]:
    with cluster.clone("template0") as database:
        prepare_platform(database.admin_dsn, str(conninfo_to_dict(database.dsn)["password"]))
        with psycopg.connect(database.admin_dsn) as connection:
            _make_owner(connection, database.name)
        with port_to(socket_of(database)) as port:
            yield Project(database, over_tcp(OWNER, _PASSWORD, port, database.name))


def socket_of(database: ClonedDatabase) -> Path:
    found = conninfo_to_dict(database.dsn)
    return Path(str(found["host"])) / f".s.PGSQL.{found['port']}"


def over_tcp(user: str, password: str, port: int, database: str) -> str:
    return f"postgresql://{user}:{quote(password, safe='')}@127.0.0.1:{port}/{database}?sslmode=disable"


def _make_owner(connection: psycopg.Connection[Any], database: str) -> None:
    # Roles are the cluster's: two workers may be here at once.
    connection.execute("lock table pg_catalog.pg_authid in share row exclusive mode")
    owner, version = sql.Identifier(OWNER), connection.info.server_version
    if connection.execute("select 1 from pg_roles where rolname = %s", (OWNER,)).fetchone() is None:
        make = sql.SQL("create role {} login createdb createrole bypassrls password {}")
        connection.execute(make.format(owner, sql.Literal(_PASSWORD)))
        connection.execute(sql.SQL('alter role {} set search_path = "$user", public, extensions').format(owner))
        admin = sql.SQL("with admin option" if version >= 160000 else "")
        connection.execute(sql.SQL("grant anon, authenticated, service_role to {} {}").format(owner, admin))
    for grant in (
        "grant all on database {database} to {owner}",
        "grant all on schema public, auth, extensions to {owner}",
        "grant all on all tables in schema auth to {owner}",
        "grant all on all routines in schema auth to {owner}",
        "alter default privileges for role {owner} in schema public"
        " grant all on tables to anon, authenticated, service_role",
        "alter default privileges for role {owner} in schema public"
        " grant all on functions to anon, authenticated, service_role",
        "alter default privileges for role {owner} in schema public"
        " grant all on sequences to anon, authenticated, service_role",
    ):
        connection.execute(sql.SQL(grant).format(owner=owner, database=sql.Identifier(database)))  # type: ignore[arg-type]
