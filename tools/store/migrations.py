"""Applies supabase/migrations in order and writes the same history table as the Supabase CLI. Forward only; knows no schema."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import psycopg

_FILE_NAME = re.compile(r"(?P<version>\d{14})_(?P<name>\w+)\.sql")

_LOCK = 7_361_204_519
"""Any number, the same in every process: runners at the same time wait for one another."""

_HISTORY = """
create schema if not exists supabase_migrations;
create table if not exists supabase_migrations.schema_migrations (version text not null primary key);
alter table supabase_migrations.schema_migrations add column if not exists statements text[];
alter table supabase_migrations.schema_migrations add column if not exists name text;
"""

_Connection: TypeAlias = psycopg.Connection[tuple[object, ...]]


class MigrationRefused(RuntimeError):
    """The files and the database's history do not fit together; nothing was applied."""


class MigrationFailed(RuntimeError):
    """One file failed and left nothing behind; the files before it are applied."""

    def __init__(self, file: Path, reason: str) -> None:
        self.file = file
        super().__init__(f"{file.name} was not applied: {reason}")


@dataclass(frozen=True, slots=True)
class _Migration:
    version: str
    name: str
    file: Path


def migrate(dsn: str, folder: Path) -> list[str]:
    """Apply the files of `folder` that the database lacks, each in one transaction; returns their names in order.

    `dsn` is a direct or session connection of a role that may create schemas. Other runners wait meanwhile.
    Raises MigrationRefused before anything is applied, MigrationFailed at the file that failed.
    """
    with _locked(dsn) as connection:
        missing = _missing(connection, folder)
        for migration in missing:
            _apply(connection, migration)
        return [migration.file.name for migration in missing]


def pending(dsn: str, folder: Path) -> list[str]:
    """Names of the files that `migrate` would apply; changes nothing. Raises MigrationRefused as `migrate` does."""
    with psycopg.connect(dsn, autocommit=True) as connection:
        return [migration.file.name for migration in _missing(connection, folder)]


@contextmanager
def _locked(dsn: str) -> Iterator[_Connection]:
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute("select pg_advisory_lock(%s)", (_LOCK,))
        yield connection


def _files(folder: Path) -> list[_Migration]:
    if not folder.is_dir():
        raise MigrationRefused(f"There is no folder of migrations at {folder}.")
    found: dict[str, _Migration] = {}
    for file in sorted(folder.glob("*.sql")):
        named = _FILE_NAME.fullmatch(file.name)
        if named is None:
            raise MigrationRefused(f"{file.name} is not named <14-digit time>_<name>.sql.")
        migration = _Migration(named["version"], named["name"], file)
        twin = found.setdefault(migration.version, migration)
        if twin is not migration:
            raise MigrationRefused(f"{twin.file.name} and {file.name} have the same version.")
    return list(found.values())


def _missing(connection: _Connection, folder: Path) -> list[_Migration]:
    files = _files(folder)
    applied = _applied(connection)
    unknown = applied - {migration.version for migration in files}
    if unknown:
        raise MigrationRefused(
            f"The database has migration {max(unknown)}, which is not in {folder}: it is newer than this program."
        )
    missing = [migration for migration in files if migration.version not in applied]
    late = [migration for migration in missing if applied and migration.version < max(applied)]
    if late:
        raise MigrationRefused(
            f"{late[0].file.name} is older than {max(applied)}, which the database already has: give it a newer time."
        )
    return missing


def _applied(connection: _Connection) -> set[str]:
    known = connection.execute("select to_regclass('supabase_migrations.schema_migrations') is not null").fetchone()
    if known != (True,):
        return set()
    return {
        str(version) for (version,) in connection.execute("select version from supabase_migrations.schema_migrations")
    }


def _apply(connection: _Connection, migration: _Migration) -> None:
    text = migration.file.read_text(encoding="utf-8")
    # What the file before set for the session (a search_path, a role) is not this one's business.
    connection.execute("reset all")
    connection.execute("reset role")
    try:
        with connection.transaction():
            connection.execute(_HISTORY)
            started = _transaction_id(connection)
            connection.execute(text.encode())
            if _transaction_id(connection) != started:
                raise MigrationFailed(
                    migration.file, "it ends its own transaction, so part of it may be in the database."
                )
            connection.execute("reset role")
            connection.execute(
                "insert into supabase_migrations.schema_migrations (version, name, statements) values (%s, %s, %s)",
                (migration.version, migration.name, [text]),
            )
    except psycopg.Error as error:
        raise MigrationFailed(migration.file, _reason(error, text)) from error


def _transaction_id(connection: _Connection) -> object:
    return connection.execute("select pg_current_xact_id()::text").fetchone()


def _reason(error: psycopg.Error, text: str) -> str:
    """Postgres' own message, with the line of the file where it points at one."""
    said = error.diag.message_primary or str(error)
    position = error.diag.statement_position
    line = f" (line {text.count(chr(10), 0, int(position) - 1) + 1})" if position else ""
    return f"{said}{line}"
