"""Migrations: in order, one transaction each, once, and the same history as the Supabase CLI writes."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

from tests.postgres import ClonedDatabase
from tools.store.migrations import MigrationFailed, MigrationRefused, migrate, pending

FIRST = "20260101000000_first.sql"
SECOND = "20260102000000_second.sql"
THIRD = "20260103000000_third.sql"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / FIRST).write_text("create table steps (name text);\ninsert into steps values ('first');\n")
    (tmp_path / SECOND).write_text("insert into steps values ('second');\n")
    return tmp_path


def _steps(database: ClonedDatabase) -> list[str]:
    with psycopg.connect(database.admin_dsn) as connection:
        return [str(name) for (name,) in connection.execute("select name from steps")]


def _history(database: ClonedDatabase) -> list[tuple[object, ...]]:
    with psycopg.connect(database.admin_dsn) as connection:
        return connection.execute(
            "select version, name, statements from supabase_migrations.schema_migrations order by version"
        ).fetchall()


def test_files_are_applied_in_the_order_of_their_times(empty_database: ClonedDatabase, folder: Path) -> None:
    assert migrate(empty_database.admin_dsn, folder) == [FIRST, SECOND]
    assert _steps(empty_database) == ["first", "second"]


def test_the_history_is_the_one_the_supabase_cli_reads(empty_database: ClonedDatabase, folder: Path) -> None:
    migrate(empty_database.admin_dsn, folder)
    assert _history(empty_database) == [
        ("20260101000000", "first", [(folder / FIRST).read_text()]),
        ("20260102000000", "second", [(folder / SECOND).read_text()]),
    ]
    with psycopg.connect(empty_database.admin_dsn) as connection:
        columns = connection.execute(
            "select column_name, data_type from information_schema.columns"
            " where table_schema = 'supabase_migrations' and table_name = 'schema_migrations' order by column_name"
        ).fetchall()
    assert columns == [("name", "text"), ("statements", "ARRAY"), ("version", "text")]


def test_a_file_the_cli_applied_is_not_applied_again(empty_database: ClonedDatabase, folder: Path) -> None:
    with psycopg.connect(empty_database.admin_dsn) as connection:
        connection.execute("create table steps (name text)")
        connection.execute("create schema supabase_migrations")
        connection.execute("create table supabase_migrations.schema_migrations (version text not null primary key)")
        connection.execute("insert into supabase_migrations.schema_migrations values ('20260101000000')")
    assert migrate(empty_database.admin_dsn, folder) == [SECOND]
    assert _steps(empty_database) == ["second"]


def test_running_again_does_nothing(empty_database: ClonedDatabase, folder: Path) -> None:
    migrate(empty_database.admin_dsn, folder)
    assert migrate(empty_database.admin_dsn, folder) == []
    assert _steps(empty_database) == ["first", "second"]


def test_what_is_pending_can_be_asked_without_applying_it(empty_database: ClonedDatabase, folder: Path) -> None:
    assert pending(empty_database.admin_dsn, folder) == [FIRST, SECOND]
    with psycopg.connect(empty_database.admin_dsn) as connection:
        assert connection.execute("select to_regnamespace('supabase_migrations')").fetchone() == (None,)
    migrate(empty_database.admin_dsn, folder)
    (folder / THIRD).write_text("select 1;")
    assert pending(empty_database.admin_dsn, folder) == [THIRD]


def test_a_failing_file_leaves_nothing_and_the_ones_before_stay(empty_database: ClonedDatabase, folder: Path) -> None:
    (folder / SECOND).write_text("insert into steps values ('half');\n\ninsert into nowhere values (1);\n")
    (folder / THIRD).write_text("insert into steps values ('third');")
    with pytest.raises(
        MigrationFailed, match=r'second\.sql was not applied: relation "nowhere" does not exist \(line 3\)'
    ):
        migrate(empty_database.admin_dsn, folder)
    assert _steps(empty_database) == ["first"]
    assert [row[0] for row in _history(empty_database)] == ["20260101000000"]
    (folder / SECOND).write_text("insert into steps values ('mended');")
    assert migrate(empty_database.admin_dsn, folder) == [SECOND, THIRD]


def test_a_file_older_than_the_newest_applied_is_refused(empty_database: ClonedDatabase, folder: Path) -> None:
    migrate(empty_database.admin_dsn, folder)
    late = "20260101120000_late.sql"
    (folder / late).write_text("insert into steps values ('late');")
    (folder / THIRD).write_text("insert into steps values ('third');")
    with pytest.raises(MigrationRefused, match=f"{late} is older than 20260102000000"):
        migrate(empty_database.admin_dsn, folder)
    assert _steps(empty_database) == ["first", "second"]


def test_a_database_newer_than_the_files_is_refused(empty_database: ClonedDatabase, folder: Path) -> None:
    migrate(empty_database.admin_dsn, folder)
    (folder / SECOND).unlink()
    with pytest.raises(MigrationRefused, match="has migration 20260102000000"):
        migrate(empty_database.admin_dsn, folder)


@pytest.mark.parametrize("name", ["notes.sql", "2026_short.sql", "20260103000000_with space.sql"])
def test_a_file_with_an_odd_name_is_refused_and_not_overlooked(
    empty_database: ClonedDatabase, folder: Path, name: str
) -> None:
    (folder / name).write_text("select 1;")
    with pytest.raises(MigrationRefused, match="is not named"):
        migrate(empty_database.admin_dsn, folder)
    with pytest.raises(MigrationRefused, match="is not named"):
        pending(empty_database.admin_dsn, folder)


def test_two_files_of_one_time_are_refused(empty_database: ClonedDatabase, folder: Path) -> None:
    (folder / "20260101000000_twin.sql").write_text("select 1;")
    with pytest.raises(MigrationRefused, match="have the same version"):
        migrate(empty_database.admin_dsn, folder)


def test_a_missing_folder_is_refused(empty_database: ClonedDatabase, tmp_path: Path) -> None:
    with pytest.raises(MigrationRefused, match="no folder of migrations"):
        migrate(empty_database.admin_dsn, tmp_path / "nowhere")


def test_a_file_that_commits_by_itself_is_reported(empty_database: ClonedDatabase, folder: Path) -> None:
    (folder / SECOND).write_text(
        "insert into steps values ('early'); commit; begin; insert into steps values ('late');"
    )
    with pytest.raises(MigrationFailed, match="ends its own transaction"):
        migrate(empty_database.admin_dsn, folder)
    assert [row[0] for row in _history(empty_database)] == ["20260101000000"]


def test_what_one_file_sets_for_its_session_does_not_reach_the_next(
    empty_database: ClonedDatabase, folder: Path
) -> None:
    (folder / FIRST).write_text(
        "create table steps (name text); set search_path = ''; set role anon; select set_config('lock_timeout', '1', false);"
    )
    (folder / SECOND).write_text("insert into steps select current_setting('lock_timeout') || current_user;")
    migrate(empty_database.admin_dsn, folder)
    assert _steps(empty_database) == ["0postgres"]


def test_percent_signs_and_dollar_quotes_are_left_as_they_are(empty_database: ClonedDatabase, folder: Path) -> None:
    (folder / SECOND).write_text("do $$ begin insert into steps values (format('%s%%', 5)); end $$; -- 100 % ü")
    migrate(empty_database.admin_dsn, folder)
    assert _steps(empty_database) == ["first", "5%"]


def test_runners_at_the_same_time_apply_each_file_once(empty_database: ClonedDatabase, folder: Path) -> None:
    (folder / FIRST).write_text("create table steps (name text); select pg_sleep(0.1);")
    (folder / SECOND).write_text("insert into steps values ('second'); select pg_sleep(0.1);")
    with ThreadPoolExecutor(4) as threads:
        answers = list(threads.map(lambda _: migrate(empty_database.admin_dsn, folder), range(4)))
    assert sorted(answers) == [[], [], [], [FIRST, SECOND]]
    assert _steps(empty_database) == ["second"]
