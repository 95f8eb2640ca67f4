"""The service's login as a project's owner makes it: alone it reaches nothing, on behalf of somebody it reaches what they may."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass

import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import make_conninfo

from tests.office import found_organization, open_greenroom
from tests.postgres import ClonedDatabase
from tests.postgres_keeper import ROOT
from tests.supabase.project import OWNER, Project

LOGIN = f"service_login_{os.getpid()}"
"""Roles are the cluster's: each test process has one."""
ROLES_FILE = ROOT / "supabase" / "roles.sql"

# What a role may use at once, without taking another role first; what is everybody's in any Postgres is left out.
_REACH = """
select c.oid::regclass::text from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname in ('public', 'app', 'agent', 'jobs') and c.relkind in ('r', 'p', 'v', 'm', 'S', 'f')
        and has_schema_privilege(%(role)s, n.oid, 'usage')
        and case when c.relkind = 'S' then has_sequence_privilege(%(role)s, c.oid, 'usage, select, update')
            else has_any_column_privilege(%(role)s, c.oid, 'select, insert, update, references')
                or has_table_privilege(%(role)s, c.oid, 'delete, truncate, trigger') end
union all select p.oid::regprocedure::text from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where n.nspname in ('public', 'app', 'agent', 'jobs') and has_schema_privilege(%(role)s, n.oid, 'usage')
        and has_function_privilege(%(role)s, p.oid, 'execute')
union all select 'create in ' || n.nspname from pg_namespace n
    where n.nspname !~ '^pg_' and has_schema_privilege(%(role)s, n.oid, 'create')
"""


@dataclass(frozen=True)
class Held:
    project: Project
    dsn: str

    def reach_of(self, role: str) -> list[str]:
        with psycopg.connect(self.project.database.admin_dsn) as connection:
            return [str(thing) for (thing,) in connection.execute(_REACH, {"role": role})]


@pytest.fixture(scope="module")
def held(migrated_project: Project) -> Iterator[Held]:
    with psycopg.connect(migrated_project.url, autocommit=True) as owner:
        made = ROLES_FILE.read_text().replace("greenroom", LOGIN)
        for _ in range(2):
            owner.execute(made.encode())
        owner.execute(sql.SQL("alter role {} password 'only for tests'").format(sql.Identifier(LOGIN)))
    try:
        yield Held(
            migrated_project, make_conninfo(migrated_project.database.dsn, user=LOGIN, password="only for tests")
        )
    finally:
        migrated_project.sql(f"drop role {LOGIN}")


def test_the_login_alone_reaches_nothing(held: Held) -> None:
    assert held.reach_of(LOGIN) == []


def test_control_a_login_that_inherits_reaches_much(held: Held) -> None:
    with psycopg.connect(held.project.database.admin_dsn) as connection:
        connection.execute("create role heir login inherit in role service_role, authenticated")
        found = [str(thing) for (thing,) in connection.execute(_REACH, {"role": "heir"})]
        connection.rollback()
    assert {"events", "app.enter(uuid)"} <= set(found)


@pytest.mark.parametrize(
    "statement",
    [
        "select from public.events",
        "select app.my_organizations()",
        "select from auth.users",
        "create table public.mine ()",
        "create schema mine",
        f"set role {OWNER}",
        "set role postgres",
        "alter role service_role login",
        "select pg_read_file('/etc/passwd')",
    ],
)
def test_what_the_login_tries_alone_is_refused(held: Held, statement: str) -> None:
    with psycopg.connect(held.dsn) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute(statement.encode())


async def test_the_service_works_with_it_in_a_project_whose_owner_is_no_superuser(held: Held) -> None:
    database = held.project.database
    async with open_greenroom(ClonedDatabase(database.name, held.dsn, database.admin_dsn)) as greenroom:
        office = await found_organization(greenroom, database.admin_dsn)
        event = await office.do("create_event", name="Gala", start_date="2030-12-12T19:00:00+01:00")
        made = await office.do("create_ticket_type", event=str(event.id), name="Stalls", price_amount=1000, quantity=10)
        await office.do(
            "sell_tickets", event=str(event.id), ticket_type=str(made.id), quantity=2, buyer="Ann <ann@example.org>",
            payment_method="card",
        )  # fmt: skip
        assert office.count("tickets") == 2
