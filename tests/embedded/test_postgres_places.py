"""Where the embedded Postgres finds its programs and puts its files: long paths, folders of root, half-made clusters."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from embedded.postgres import (
    EmbeddedPostgres,
    PostgresBinaries,
    PostgresNotStarted,
    cluster,
    find_binaries,
    installed_binaries,
)
from tests.embedded.clusters import reachable_folder

AS_ROOT = os.geteuid() == 0


@pytest.fixture
def folder() -> Iterator[Path]:
    with reachable_folder() as made:
        yield made


@pytest.fixture
def shelter(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    with reachable_folder() as made:
        monkeypatch.setattr(cluster, "SHELTER", made)
        yield made


def _version(server: EmbeddedPostgres) -> str:
    with psycopg.connect(server.dsn()) as connection:
        (version,) = connection.execute("show server_version").fetchone() or ("",)
    return str(version)


def test_a_path_too_long_for_a_socket_gets_a_short_one(folder: Path) -> None:
    deep = folder / ("a" * 60) / ("b" * 60)
    deep.parent.mkdir()
    with EmbeddedPostgres.start(deep) as server:
        host = Path(str(psycopg.conninfo.conninfo_to_dict(server.dsn())["host"]))
        assert _version(server)
        assert server.folder == deep
        assert deep not in host.parents
        assert len(os.fsencode(host / ".s.PGSQL.5432")) <= cluster.SOCKET_PATH_LIMIT
        assert host.stat().st_mode & 0o777 == 0o700
    host.rmdir()


def test_a_path_with_spaces_quotes_and_commas_works(folder: Path) -> None:
    with EmbeddedPostgres.start(folder / "the crew's data, 2026") as server:
        host = Path(str(psycopg.conninfo.conninfo_to_dict(server.dsn())["host"]))
        assert _version(server)
        assert server.folder not in host.parents
    host.rmdir()


def test_a_socket_folder_that_somebody_else_made_is_refused(folder: Path) -> None:
    planted = folder / "run"
    planted.symlink_to("/tmp")
    with pytest.raises(PostgresNotStarted, match="belongs to somebody else"):
        EmbeddedPostgres.start(folder)


def test_a_cluster_half_made_by_a_killed_start_is_made_anew(folder: Path) -> None:
    (folder / "data.partial" / "base").mkdir(parents=True)
    with EmbeddedPostgres.start(folder) as server:
        assert _version(server)
    assert not (folder / "data.partial").exists()


def test_a_folder_only_we_may_enter_still_gets_its_server(tmp_path: Path, shelter: Path) -> None:
    locked = tmp_path / "locked"
    locked.mkdir(mode=0o700)
    with EmbeddedPostgres.start(locked / "postgres") as server, psycopg.connect(server.dsn()) as connection:
        connection.execute("create table kept ()")
    assert (shelter in server.folder.parents) == AS_ROOT
    with EmbeddedPostgres.start(locked / "postgres") as again, psycopg.connect(again.dsn()) as connection:
        connection.execute("select from kept")
    assert again.folder == server.folder


def test_data_that_were_moved_and_lost_are_named(tmp_path: Path) -> None:
    (tmp_path / "moved-to").write_text("/nowhere/at/all\n")
    with pytest.raises(PostgresNotStarted, match="which is gone"):
        EmbeddedPostgres.start(tmp_path)


def test_programs_only_we_may_enter_are_copied_where_the_server_can(
    tmp_path: Path, folder: Path, shelter: Path
) -> None:
    wheel = next(each for each in installed_binaries() if each.folder.parent.name == "pginstall")
    package = wheel.folder.parents[1]
    packages = tmp_path / "site-packages"
    packages.mkdir(mode=0o700)
    shutil.copytree(package / "pginstall", packages / package.name / "pginstall", symlinks=True)
    libraries = f"{package.name}.libs"
    shutil.copytree(package.with_name(libraries), packages / libraries, symlinks=True)
    locked = PostgresBinaries(packages / package.name / "pginstall" / "bin", wheel.version)
    with EmbeddedPostgres.start(folder, binaries=locked) as server:
        assert _version(server) == wheel.version
        assert (shelter in server.binaries.folder.parents) == AS_ROOT


def test_the_server_never_runs_as_root(folder: Path) -> None:
    with EmbeddedPostgres.start(folder) as server:
        owner = Path(f"/proc/{server.pid}").stat().st_uid
    assert owner != 0
    assert AS_ROOT or owner == os.geteuid()


def test_the_folder_asked_for_must_hold_postgres(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GREENROOM_PG_BIN", str(tmp_path))
    with pytest.raises(PostgresNotStarted, match="no working 'postgres' and 'initdb'"):
        find_binaries()


def test_a_postgres_too_old_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("postgres", "initdb"):
        program = tmp_path / name
        program.write_text("#!/bin/sh\necho 'postgres (PostgreSQL) 14.2'\n")
        program.chmod(0o755)
    monkeypatch.setenv("GREENROOM_PG_BIN", str(tmp_path))
    with pytest.raises(PostgresNotStarted, match=r"holds Postgres 14\.2; version 15 or newer"):
        find_binaries()


def test_the_folder_asked_for_is_taken_before_all_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GREENROOM_PG_BIN", raising=False)
    for each in installed_binaries():
        monkeypatch.setenv("GREENROOM_PG_BIN", str(each.folder))
        assert find_binaries() == each


def test_a_machine_without_postgres_is_told_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GREENROOM_PG_BIN", raising=False)
    monkeypatch.setattr("embedded.postgres.binaries._candidates", lambda: iter(()))
    with pytest.raises(PostgresNotStarted, match="No Postgres 15 or newer was found"):
        find_binaries()
