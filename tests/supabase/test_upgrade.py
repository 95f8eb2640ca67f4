"""A project of the previous release, with rows in every table it had, takes this release by `supabase db push` and keeps every row."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest

from tests.database.world import _ROWS, Connection
from tests.office import Office, make_user, open_greenroom
from tests.supabase.command_line import MIGRATIONS, PREVIOUS_RELEASE_ENDS, command_line
from tests.supabase.project import Project
from tools.context import Caller
from tools.store.migrations import pending

pytestmark = pytest.mark.long


async def test_the_previous_release_is_brought_up_to_date_and_works(empty_project: Project, tmp_path: Path) -> None:
    before = command_line(tmp_path / "before", before=PREVIOUS_RELEASE_ENDS)
    pushed = before.push(empty_project)
    assert pushed.code == 0, pushed.err
    owner, org_id, kept = _fill(empty_project)
    assert len(kept) > 35

    pushed = command_line(tmp_path / "now").push(empty_project)
    assert pushed.code == 0, pushed.err
    assert pending(empty_project.database.admin_dsn, MIGRATIONS) == []
    with psycopg.connect(empty_project.database.admin_dsn) as connection:
        for table, row in kept.items():
            (found,) = _rows(connection, table, org_id)
            assert {name: value for name, value in found.items() if name in row} == row, table

    async with open_greenroom(empty_project.database) as greenroom:
        office = Office(greenroom, Caller(user_id=owner), org_id, empty_project.database.admin_dsn)
        office = replace(office, caller=replace(office.caller, organization=str(org_id)))
        events = await office.do("list_events")
        assert [event.name for event in events.items] == ["Gala"]
        sold = await office.do(
            "sell_tickets", event=str(events.items[0].id), ticket_type="General", quantity=1,
            buyer="Ben <ben@example.org>", payment_method="card",
        )  # fmt: skip
        assert sold.id
        assert office.count("tickets") == 2


def _fill(project: Project) -> tuple[UUID, UUID, dict[str, dict[str, Any]]]:
    """One row in each table the previous release had."""
    owner, org_id = make_user(project.database.admin_dsn), uuid4()
    with psycopg.connect(project.database.admin_dsn) as connection:
        connection.execute("insert into public.users (id, email) values (%s, 'owner@example.org')", (owner,))
        connection.execute("insert into public.organizations (id, name) values (%s, 'Blue Note')", (org_id,))
        connection.execute(
            "insert into public.memberships (user_id, org_id, role) values (%s, %s, 'owner')", (owner, org_id)
        )
        there = {
            str(name) for (name,) in connection.execute("select tablename from pg_tables where schemaname = 'public'")
        }
        ids: dict[str, Any] = {"org": org_id, "keeper": owner}
        for table in (table for table in _ROWS if table in there):
            ids[table] = uuid4()
            connection.execute(_ROWS[table], {**ids, "id": ids[table]})
        # The counter of a quota is kept by whoever sells; the ticket above was put in by hand.
        connection.execute("update public.quotas set sold = 1 where org_id = %s", (org_id,))
        kept = {table: _rows(connection, table, org_id)[0] for table in _ROWS if table in there}
    return owner, org_id, kept


def _rows(connection: Connection, table: str, org_id: UUID) -> list[dict[str, Any]]:
    order = "order by to_jsonb(t) ->> 'created_at', to_jsonb(t) ->> 'id' limit 1"
    found = connection.execute(
        f"select to_jsonb(t) from public.{table} t where org_id = %s {order}".encode(), (org_id,)
    )
    return [dict(row) for (row,) in found]
