"""The embedded Postgres starts, keeps its rows, survives kills and leaves nothing running."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from embedded.postgres import EmbeddedPostgres, PostgresBinaries, PostgresNotStarted
from tests.embedded.clusters import (
    BY_MAJOR,
    is_running,
    kill,
    notes,
    parent_process,
    reachable_folder,
    wait_until,
    write_note,
)


@pytest.fixture(scope="module", params=sorted(BY_MAJOR), ids=lambda major: f"postgres-{major}")
def binaries(request: pytest.FixtureRequest) -> PostgresBinaries:
    return BY_MAJOR[request.param]


@pytest.fixture(scope="module")
def folder(binaries: PostgresBinaries) -> Iterator[Path]:
    """The cluster's folder, shared by the module's tests: each starts a server on it and ends it."""
    with reachable_folder() as made:
        yield made


@pytest.fixture
def server(folder: Path, binaries: PostgresBinaries) -> Iterator[EmbeddedPostgres]:
    with EmbeddedPostgres.start(folder, binaries=binaries) as started:
        yield started


def test_the_suite_runs_on_more_than_one_major_version() -> None:
    assert len(BY_MAJOR) >= 2


def test_a_restart_keeps_the_rows(folder: Path, binaries: PostgresBinaries) -> None:
    with EmbeddedPostgres.start(folder, binaries=binaries) as first:
        write_note(first, "before the restart")
    with EmbeddedPostgres.start(folder, binaries=binaries) as second:
        assert "before the restart" in notes(second)


def test_it_listens_on_a_private_socket_and_on_no_port(server: EmbeddedPostgres) -> None:
    with psycopg.connect(server.dsn()) as connection:
        assert connection.execute("show listen_addresses").fetchone() == ("",)
        sockets = Path(connection.info.host)
    assert sockets.stat().st_mode & 0o777 == 0o700


def test_committed_work_is_synced_unless_speed_was_asked_for(folder: Path, binaries: PostgresBinaries) -> None:
    with EmbeddedPostgres.start(folder, binaries=binaries) as safe, psycopg.connect(safe.dsn()) as connection:
        assert connection.execute("show fsync").fetchone() == ("on",)
    with (
        EmbeddedPostgres.start(folder, binaries=binaries, fast=True) as fast,
        psycopg.connect(fast.dsn()) as connection,
    ):
        assert connection.execute("show fsync").fetchone() == ("off",)


def test_nobody_signs_in_without_the_password(server: EmbeddedPostgres) -> None:
    host = psycopg.conninfo.conninfo_to_dict(server.dsn())["host"]
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(host=host, user="postgres", password="", passfile=os.devnull)
    with pytest.raises(psycopg.OperationalError, match="authentication failed"):
        psycopg.connect(host=host, user="postgres", password="guessed")


def test_the_passwords_are_for_our_eyes_only(server: EmbeddedPostgres) -> None:
    secrets = sorted(server.folder.glob("*.password"))
    assert [file.name for file in secrets] == ["greenroom.password", "postgres.password"]
    assert {file.stat().st_mode & 0o777 for file in secrets} == {0o600}


def test_the_server_does_not_see_our_keys(
    folder: Path, binaries: PostgresBinaries, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-canary")
    with EmbeddedPostgres.start(folder, binaries=binaries) as server:
        environment = Path(f"/proc/{server.pid}/environ").read_bytes()
    assert b"PATH=" in environment
    assert b"sk-canary" not in environment


def test_a_killed_server_is_started_again_with_its_rows(server: EmbeddedPostgres) -> None:
    write_note(server, "before the kill")
    wait_until(lambda: False, seconds=0.6)
    killed = server.pid
    kill(killed)
    assert wait_until(lambda: server.pid != killed and is_running(server.pid))
    assert wait_until(lambda: _answers(server))
    assert "before the kill" in notes(server)


def test_a_killed_backend_takes_no_rows_with_it(server: EmbeddedPostgres) -> None:
    write_note(server, "before the backend died")
    with psycopg.connect(server.dsn()) as connection:
        kill(connection.info.backend_pid)
        with pytest.raises(psycopg.OperationalError):
            connection.execute("select 1")
    assert wait_until(lambda: _answers(server))
    assert "before the backend died" in notes(server)


def test_a_killed_parent_leaves_no_server_behind(folder: Path, binaries: PostgresBinaries) -> None:
    with parent_process(folder, binaries) as (parent, pid):
        parent.kill()
        assert wait_until(lambda: not is_running(pid))
    with EmbeddedPostgres.start(folder, binaries=binaries) as server:
        assert _answers(server)


def test_an_orphan_of_a_killed_parent_is_replaced_at_the_next_start(folder: Path, binaries: PostgresBinaries) -> None:
    with parent_process(folder, binaries, dies_with_parent=False) as (parent, pid):
        parent.kill()
        parent.wait()
        assert not wait_until(lambda: not is_running(pid), seconds=0.5), (
            "the control: without its death signal it lives on"
        )
        with EmbeddedPostgres.start(folder, binaries=binaries) as server:
            assert server.pid != pid
            assert not is_running(pid)
            assert _answers(server)


def test_parent_and_server_killed_together_are_recovered_from(folder: Path, binaries: PostgresBinaries) -> None:
    with parent_process(folder, binaries) as (parent, pid):
        kill(pid)
        parent.kill()
    with EmbeddedPostgres.start(folder, binaries=binaries) as server:
        assert _answers(server)


def test_a_lock_file_that_names_a_living_stranger_is_no_obstacle(folder: Path, binaries: PostgresBinaries) -> None:
    with EmbeddedPostgres.start(folder, binaries=binaries) as server:
        data = server.folder / "data"
        said = (data / "postmaster.pid").read_text().split("\n", 1)[1]
    (data / "postmaster.pid").write_text(f"{os.getpid()}\n{said}")
    with EmbeddedPostgres.start(folder, binaries=binaries) as server:
        assert _answers(server)


def test_the_server_outlives_the_thread_that_started_it(folder: Path, binaries: PostgresBinaries) -> None:
    started: list[EmbeddedPostgres] = []
    thread = threading.Thread(target=lambda: started.append(EmbeddedPostgres.start(folder, binaries=binaries)))
    thread.start()
    thread.join()
    with started[0] as server:
        pid = server.pid
        assert wait_until(lambda: not is_running(pid), seconds=0.3) is False
        assert server.pid == pid


def test_a_second_start_on_the_folder_is_refused(server: EmbeddedPostgres, folder: Path) -> None:
    with pytest.raises(PostgresNotStarted, match=f"already run by process {os.getpid()}"):
        EmbeddedPostgres.start(folder, binaries=server.binaries)
    assert _answers(server)


def test_another_process_cannot_start_on_the_folder(folder: Path, binaries: PostgresBinaries) -> None:
    with (
        parent_process(folder, binaries) as (parent, _),
        pytest.raises(PostgresNotStarted, match=f"already run by process {parent.pid}"),
    ):
        EmbeddedPostgres.start(folder, binaries=binaries)


def test_a_stopped_folder_is_free_again(folder: Path, binaries: PostgresBinaries) -> None:
    server = EmbeddedPostgres.start(folder, binaries=binaries)
    pid = server.pid
    server.stop()
    server.stop()
    assert not is_running(pid)
    with pytest.raises(PostgresNotStarted, match="was stopped"):
        _ = server.pid
    EmbeddedPostgres.start(folder, binaries=binaries).stop()


def test_data_of_another_major_version_are_refused(folder: Path, binaries: PostgresBinaries) -> None:
    EmbeddedPostgres.start(folder, binaries=binaries).stop()
    foreign = next(each for each in BY_MAJOR.values() if each.major != binaries.major)
    with pytest.raises(PostgresNotStarted, match=f"made by Postgres {binaries.major}, but .* is {foreign.version}"):
        EmbeddedPostgres.start(folder, binaries=foreign)


def test_a_cluster_keeps_its_major_version_when_another_is_found_first(
    folder: Path, binaries: PostgresBinaries, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GREENROOM_PG_BIN", raising=False)
    EmbeddedPostgres.start(folder, binaries=binaries).stop()
    with EmbeddedPostgres.start(folder) as server:
        assert server.binaries.major == binaries.major


def test_a_server_that_cannot_start_says_why(
    folder: Path, binaries: PostgresBinaries, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("embedded.postgres.server.command_line", lambda *_, **__: ["-c", "max_connections=none"])
    with pytest.raises(PostgresNotStarted, match='invalid value for parameter "max_connections"'):
        EmbeddedPostgres.start(folder, binaries=binaries)


def _answers(server: EmbeddedPostgres) -> bool:
    try:
        with psycopg.connect(server.dsn(), connect_timeout=5) as connection:
            return connection.execute("select 1").fetchone() == (1,)
    except psycopg.OperationalError:
        return False
