"""A plain database prepared for the migrations looks like a Supabase one, and the application's role alone sees nothing."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest

from embedded.postgres import prepare_platform
from embedded.postgres.platform import PLATFORM_SQL
from tests.postgres import ClonedDatabase, PostgresCluster

Connection = psycopg.Connection[tuple[object, ...]]


def _password(database: ClonedDatabase) -> str:
    return str(psycopg.conninfo.conninfo_to_dict(database.dsn)["password"])


@pytest.fixture
def platform(empty_database: ClonedDatabase) -> ClonedDatabase:
    prepare_platform(empty_database.admin_dsn, _password(empty_database))
    return empty_database


def _sign_in(connection: Connection, role: str, claims: Mapping[str, object]) -> None:
    connection.execute(
        "select set_config('role', %s, true), set_config('request.jwt.claims', %s, true)", (role, json.dumps(claims))
    )


def test_preparing_twice_changes_nothing(platform: ClonedDatabase) -> None:
    with psycopg.connect(platform.admin_dsn) as connection:
        connection.execute("insert into auth.users (id) values (gen_random_uuid())")
    prepare_platform(platform.admin_dsn, _password(platform))
    with psycopg.connect(platform.admin_dsn) as connection:
        assert connection.execute("select count(*) from auth.users").fetchone() == (1,)


def test_two_databases_of_a_cluster_are_prepared_at_the_same_time(
    postgres_cluster: PostgresCluster, empty_database: ClonedDatabase
) -> None:
    with postgres_cluster.clone("template0") as other, ThreadPoolExecutor(4) as threads:
        databases = [empty_database, other] * 4
        list(threads.map(lambda each: prepare_platform(each.admin_dsn, _password(each)), databases))
        for each in (empty_database, other):
            with psycopg.connect(each.admin_dsn) as connection:
                assert connection.execute("select to_regprocedure('auth.uid()') is not null").fetchone() == (True,)


def test_a_platform_that_is_there_is_left_alone(empty_database: ClonedDatabase) -> None:
    with psycopg.connect(empty_database.admin_dsn) as connection:
        connection.execute("create schema auth")
        connection.execute("create function auth.uid() returns uuid language sql as 'select null::uuid'")
    prepare_platform(empty_database.admin_dsn, _password(empty_database))
    with psycopg.connect(empty_database.admin_dsn) as connection:
        assert connection.execute("select to_regclass('auth.users')").fetchone() == (None,)


def test_the_claims_of_a_transaction_say_who_calls(platform: ClonedDatabase) -> None:
    person = uuid.uuid4()
    with psycopg.connect(platform.dsn) as connection:
        claims = {"sub": str(person), "role": "authenticated", "email": "ada@example.org"}
        _sign_in(connection, "authenticated", claims)
        said = connection.execute("select auth.uid(), auth.role(), auth.email(), auth.jwt() ->> 'sub'").fetchone()
        assert said == (person, "authenticated", "ada@example.org", str(person))


def test_nobody_is_signed_in_after_the_transaction(platform: ClonedDatabase) -> None:
    with psycopg.connect(platform.dsn) as connection:
        _sign_in(connection, "authenticated", {"sub": str(uuid.uuid4())})
        connection.commit()
        connection.execute("set local role anon")
        assert connection.execute("select auth.uid(), auth.role(), auth.jwt()").fetchone() == (None, None, None)


def test_the_application_sees_nothing_until_it_takes_a_role(platform: ClonedDatabase) -> None:
    with psycopg.connect(platform.admin_dsn) as connection:
        connection.execute("create table public.shown (x int)")
        connection.execute("grant select on public.shown to authenticated")
    with psycopg.connect(platform.dsn) as connection:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("select from public.shown")
        connection.rollback()
        _sign_in(connection, "authenticated", {})
        connection.execute("select from public.shown")


@pytest.mark.parametrize("role", ["anon", "authenticated", "service_role"])
def test_no_caller_reads_the_accounts(platform: ClonedDatabase, role: str) -> None:
    with psycopg.connect(platform.dsn) as connection:
        _sign_in(connection, role, {})
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("select from auth.users")


def test_the_application_cannot_become_the_superuser(platform: ClonedDatabase) -> None:
    with psycopg.connect(platform.dsn) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute("set role postgres")


def test_row_level_security_binds_all_but_the_service_role(platform: ClonedDatabase) -> None:
    with psycopg.connect(platform.admin_dsn) as connection:
        connection.execute("create table public.guarded (x int)")
        connection.execute("insert into public.guarded values (1)")
        connection.execute("alter table public.guarded enable row level security")
        connection.execute("grant select on public.guarded to anon, authenticated, service_role")
    seen = {}
    with psycopg.connect(platform.dsn) as connection:
        for role in ("anon", "authenticated", "service_role"):
            _sign_in(connection, role, {})
            seen[role] = len(connection.execute("select from public.guarded").fetchall())
    assert seen == {"anon": 0, "authenticated": 0, "service_role": 1}


def test_an_address_is_taken_once_except_by_single_sign_on(platform: ClonedDatabase) -> None:
    add = "insert into auth.users (id, email, is_sso_user) values (gen_random_uuid(), 'ada@example.org', %s)"
    with psycopg.connect(platform.admin_dsn) as connection:
        connection.execute(add, (False,))
        connection.execute(add, (True,))
        with pytest.raises(psycopg.errors.UniqueViolation):
            connection.execute(add, (False,))


def test_the_platform_needs_no_extension() -> None:
    assert "create extension" not in PLATFORM_SQL.read_text().lower()
