"""Through Supabase's data API, which signs in as `authenticator`, people read what they may and write nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
from psycopg import sql

from tests.database.world import KEEPERS, Connection, World

WRITTEN = ("venues", "events", "proposals", "files", "sponsors", "webhooks", "ticket_types", "threads", "runs")


@contextmanager
def through(world: World, login: str, person: str) -> Iterator[Connection]:
    with world.connection.transaction(force_rollback=True):
        world.connection.execute("create role authenticator noinherit login")
        world.connection.execute("grant authenticated, anon, service_role to authenticator")
        world.connection.execute(sql.SQL("set local session authorization {}").format(sql.Identifier(login)))
        with world.acting(person) as connection:
            yield connection


def test_it_reads_what_its_person_may_read(world: World) -> None:
    with through(world, "authenticator", "admin") as connection:
        seen = [str(found) for (found,) in connection.execute("select id from public.events")]
    assert seen == [str(world.rows["home"]["events"]["id"])]


@pytest.mark.parametrize("table", WRITTEN)
def test_it_writes_nothing_that_the_service_may_write(world: World, table: str) -> None:
    person = "admin" if table == "webhooks" else KEEPERS["home"]
    for login, may in (("authenticator", False), ("greenroom", True)):
        with through(world, login, person) as connection:
            changed = connection.execute(
                sql.SQL("update public.{} set id = id where org_id = %s").format(sql.Identifier(table)),
                (world.places["home"],),
            ).rowcount
            assert (changed > 0) == may, (login, table)


def test_it_inserts_nothing(world: World) -> None:
    insert = "insert into public.venues (org_id, name, timezone) values (%s, 'Mine', 'UTC')"
    with through(world, "greenroom", "staff") as connection:
        assert connection.execute(insert, (world.places["home"],)).rowcount == 1
    with pytest.raises(psycopg.errors.InsufficientPrivilege), through(world, "authenticator", "staff") as connection:
        connection.execute(insert, (world.places["home"],))
