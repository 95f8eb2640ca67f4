"""The catalogue: nothing open by oversight, and grants that do not depend on a project's defaults."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest

from embedded.postgres.platform import PLATFORM_SQL
from tests.database.lints import findings
from tests.database.world import Connection, World
from tests.postgres import ClonedDatabase
from tests.postgres_keeper import MIGRATIONS
from tools.store.migrations import migrate

SERVICE = {"service_role"}
SIGNED_IN = {"authenticated", "service_role"}
RUNNABLE = {
    "recall_standing": SIGNED_IN,
    "standing": SIGNED_IN,
    "my_organizations": SIGNED_IN,
    "enter": {"authenticated"},
    "create_organization": {"authenticated"},
    "my_door_events": SIGNED_IN,
    "invite_member": {"authenticated"},
    "revoke_invitation": {"authenticated"},
    "resend_invitation": {"authenticated"},
    "accept_invitation": {"authenticated"},
    "change_member": {"authenticated"},
    "remove_member": {"authenticated"},
    "leave_organization": {"authenticated"},
    "transfer_ownership": {"authenticated"},
    "create_api_key": {"authenticated"},
    "revoke_api_key": {"authenticated"},
    "use_api_key": SERVICE,
    "platform_organizations": {"authenticated"},
    "suspend_organization": {"authenticated"},
    "event_next_states": SIGNED_IN,
    "sponsorship_next_states": SIGNED_IN,
    "proposal_next_states": SIGNED_IN,
    "occupancy": SIGNED_IN,
    "as_address": SIGNED_IN,
    "serve": SIGNED_IN,
    "owed": SIGNED_IN,
    "quota_drift": SERVICE,
    "start_payment": SIGNED_IN,
    "confirm_payment": SERVICE,
    "mark_payment": SERVICE,
    "mark_refund": SERVICE,
    "record_payment": SIGNED_IN,
    "refund_order": SIGNED_IN,
    "ledger_drift": SIGNED_IN,
    "bare": SIGNED_IN,
    "barred": SIGNED_IN,
    "scan": SIGNED_IN,
    "undo_check_in": SIGNED_IN,
    "check_in_counts": {"authenticated"},
    "door_search": {"authenticated"},
    "door_download": {"authenticated"},
    "door_order": {"authenticated"},
    "scanned_tickets": {"authenticated"},
    "record": SIGNED_IN,
    "restore_changes": {"authenticated"},
    "seal_audit": SERVICE,
    "erase_person": {"authenticated"},
    "redact_column": SERVICE,
    "replace_documents": SERVICE,
    "mentioning_columns": SERVICE,
    "extend_hold": SIGNED_IN,
    "release_hold": SIGNED_IN,
    "expire": SIGNED_IN,
    "shop_event": {"anon"},
    "shop_events": {"anon"},
    "shop_hold": {"anon"},
    "shop_words": SERVICE,
    "shop_poster": SERVICE,
    "files_stored": {"authenticated"},
    "shop_keeps": SERVICE,
    "shop_admit": SERVICE,
    "forget_visitors": SERVICE,
    "label_hold": SIGNED_IN,
    "enqueue_mails": SERVICE,
    "rfc3339": SIGNED_IN,
    "ping_webhook": SIGNED_IN,
    "redeliver_webhook": SIGNED_IN,
    "disable_webhook": SERVICE,
    "enqueue_forgotten_mails": SERVICE,
    "lock_order": SIGNED_IN,
    "extend_order": SIGNED_IN,
    "end_unpaid": SIGNED_IN,
    "plan_refunds": SIGNED_IN,
    "start_refund_run": SIGNED_IN,
    "refund_next": SERVICE,
    "offer_refund_choices": SIGNED_IN,
    "choose_refund": SERVICE,
    "offer_places": SIGNED_IN,
    "settle_waiting_lists": SERVICE,
    "leave_waiting_list": SIGNED_IN,
    "close_waiting_list": SIGNED_IN,
    "cancel_order": SIGNED_IN,
    "approve_order": SIGNED_IN,
    "change_order": SIGNED_IN,
    "refund_surplus": SIGNED_IN,
    "rename_attendee": SIGNED_IN,
    "transfer_ticket": SIGNED_IN,
    "renew_order_link": SIGNED_IN,
}
"""Function of app -> who may run it. Nobody runs one that is not here."""

OLD_DEFAULTS = """
    alter default privileges in schema public grant all on tables to anon, authenticated, service_role;
    alter default privileges in schema public grant all on functions to anon, authenticated, service_role;
    alter default privileges in schema public grant all on sequences to anon, authenticated, service_role;
"""
"""What a hosted project gave away on every new thing until they changed it."""

_GRANTS = """
    select 'table ' || c.oid::regclass, a.grantee::regrole::text, a.privilege_type
    from pg_class c, aclexplode(c.relacl) a
    where c.relnamespace in ('public'::regnamespace, 'app'::regnamespace, 'agent'::regnamespace)
    union all
    select 'column ' || t.attrelid::regclass || '.' || t.attname, a.grantee::regrole::text, a.privilege_type
    from pg_attribute t, aclexplode(t.attacl) a
    union all
    select 'function ' || p.oid::regprocedure, case a.grantee when 0 then 'public' else a.grantee::regrole::text end, a.privilege_type
    from pg_proc p, aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
    where p.pronamespace in ('public'::regnamespace, 'app'::regnamespace)
"""


def request_grants(connection: Connection) -> set[tuple[str, str, str]]:
    """What anon, authenticated, the service and everybody hold."""
    named = ("anon", "authenticated", "service_role", "public")
    return {(thing, who, what) for thing, who, what in connection.execute(_GRANTS) if who in named}


@pytest.fixture
def generous(empty_database: ClonedDatabase) -> Iterator[Connection]:
    """The migrations on a project with the old defaults."""
    with psycopg.connect(empty_database.admin_dsn, autocommit=True) as connection:
        connection.execute(PLATFORM_SQL.read_bytes())
        connection.execute(OLD_DEFAULTS)
        migrate(empty_database.admin_dsn, MIGRATIONS)
        yield connection


def test_no_lint_finds_anything(world: World) -> None:
    assert findings(world.connection) == []


def test_an_index_younger_than_the_key_of_a_sale_would_show(world: World) -> None:
    world.connection.execute("create index late_idx on public.orders (org_id, created_at)")
    assert [line.rpartition(": ")[2] for line in findings(world.connection)] == ["late_idx"]


def test_each_function_is_run_only_by_whom_it_is_for(world: World) -> None:
    runnable: dict[str, set[str]] = {}
    for thing, who, _ in request_grants(world.connection):
        kind, _, name = thing.partition(" ")
        if kind == "function":
            runnable.setdefault(name.partition("(")[0].removeprefix("app."), set()).add(who)
    assert runnable == RUNNABLE


def test_grants_do_not_depend_on_the_defaults_of_a_hosted_project(world: World, generous: Connection) -> None:
    assert request_grants(generous) == request_grants(world.connection)


def test_a_forgotten_revoke_would_show_on_a_hosted_project(world: World, generous: Connection) -> None:
    generous.execute("create table public.forgotten (id integer generated always as identity)")
    extra = request_grants(generous) - request_grants(world.connection)
    assert {"table forgotten", "table forgotten_id_seq"} <= {thing for thing, _, _ in extra}


def test_names_are_found_whatever_the_callers_path_says(world: World) -> None:
    world.connection.execute(
        "create schema trap; create function trap.now() returns timestamptz language sql as 'select null::timestamptz'"
    )
    world.connection.execute("grant usage on schema trap to authenticated")
    with world.acting("staff") as connection:
        connection.execute("set local search_path = trap, pg_catalog, public")
        found = connection.execute("select count(*) from app.enter()").fetchone()
    assert found == (1,)
