"""One Postgres server as a child of this process: started, kept running, stopped. Knows no schema."""

from __future__ import annotations

import atexit
import logging
import os
import signal
import subprocess
import threading
import time
from concurrent.futures import Future
from pathlib import Path
from types import TracebackType
from urllib.parse import quote, urlencode

from embedded.postgres import leftovers
from embedded.postgres.account import server_account
from embedded.postgres.binaries import PostgresBinaries, find_binaries
from embedded.postgres.cluster import (
    LOGIN,
    PORT,
    SUPERUSER,
    Cluster,
    data_major,
    hold,
    open_cluster,
    reachable_binaries,
    server_environment,
)
from embedded.postgres.errors import PostgresNotStarted
from embedded.postgres.platform import prepare_platform
from embedded.postgres.settings import command_line

_log = logging.getLogger(__name__)

READY_WITHIN_SECONDS = 120.0
"""Recovery after a crash replays the log first; a gigabyte of it takes about a minute on a slow disk."""

_LOOK_AGAIN_SECONDS = 0.01
_SHUTDOWN_SECONDS = 30.0
_SHORTEST_LIFE_SECONDS = 0.5
"""A server that dies sooner after it was ready is not started again: it would only die again."""

_LOG_LIMIT_BYTES = 10_000_000


class EmbeddedPostgres:
    """A running server on a private unix socket. It is started again when it dies, and dies when this process does (Linux).

    On other systems a server may outlive a killed parent; the next start on the folder stops it.
    """

    def __init__(self, cluster: Cluster, binaries: PostgresBinaries, lock: int, *, fast: bool) -> None:
        self.binaries = binaries
        self._cluster = cluster
        self._lock = lock
        self._fast = fast
        self._socket_folder = cluster.socket_folder()
        self._passwords = {role: cluster.password(role) for role in (SUPERUSER, LOGIN)}
        self._owner = os.getpid()
        self._stopping = False
        self._starting = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._keeper: threading.Thread | None = None

    @classmethod
    def start(cls, folder: Path, *, binaries: PostgresBinaries | None = None, fast: bool = False) -> EmbeddedPostgres:
        """Run the cluster of `folder`, made on first use; returns once it takes connections.

        `folder` belongs to the cluster alone. `fast` loses committed work in a crash: for tests only.
        Raises PostgresNotStarted.
        """
        folder = folder.resolve()
        try:
            return cls._start(folder, binaries, fast)
        except OSError as error:
            raise PostgresNotStarted(f"The database folder {folder} cannot be used: {error}") from error

    @classmethod
    def _start(cls, folder: Path, binaries: PostgresBinaries | None, fast: bool) -> EmbeddedPostgres:
        lock = hold(folder)
        try:
            account = server_account()
            usable = reachable_binaries(binaries or find_binaries(data_major(folder)), account)
            cluster = open_cluster(folder, account)
            cluster.create(usable)
            server = cls(cluster, usable, lock, fast=fast)
            server._run()
        except BaseException:
            os.close(lock)
            raise
        atexit.register(server.stop)
        return server

    @property
    def pid(self) -> int:
        """Process id of the server as it runs now; another one after it died and was started again."""
        if self._process is None:
            raise PostgresNotStarted("The embedded Postgres was stopped.")
        return self._process.pid

    @property
    def folder(self) -> Path:
        """Where the data lie: the folder asked for, or its stand-in where the server's user can reach it."""
        return self._cluster.home

    def dsn(self, database: str = SUPERUSER, user: str = SUPERUSER) -> str:
        """A connection URL with its password. `user` is `postgres` (superuser) or `greenroom` (the application)."""
        where = urlencode({"host": str(self._socket_folder), "port": PORT})
        return f"postgresql://{user}:{quote(self._passwords[user], safe='')}@/{quote(database, safe='')}?{where}"

    def prepare(self, database: str = SUPERUSER) -> None:
        """Give `database` what Supabase gives, and the login role `greenroom` its password; repeatable."""
        prepare_platform(self.dsn(database), self._passwords[LOGIN])

    def stop(self) -> None:
        """Shut the server down (its clients are cut off) and release the folder; repeatable."""
        # A forked child inherits this object, but the server is its parent's.
        if os.getpid() != self._owner or self._stopping:
            return
        self._stopping = True
        with self._starting:
            process, self._process = self._process, None
        if process is not None:
            _shut_down(process)
        if self._keeper is not None:
            self._keeper.join()
        os.close(self._lock)
        atexit.unregister(self.stop)

    def __enter__(self) -> EmbeddedPostgres:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.stop()

    def _run(self) -> None:
        first: Future[None] = Future()
        self._keeper = threading.Thread(target=self._keep, args=(first,), name="embedded-postgres", daemon=True)
        self._keeper.start()
        first.result()

    def _keep(self, first: Future[None]) -> None:
        """Start the server and start it again when it dies.

        All of it in one thread that lives as long as the server: the kernel ties "die with your parent" to the thread that
        started the child, so a short-lived one (a worker of a pool) would take the server with it.
        """
        try:
            self._launch()
        except (PostgresNotStarted, OSError) as refused:
            first.set_exception(refused)
            return
        first.set_result(None)
        while (process := self._process) is not None:
            ready_at = time.monotonic()
            process.wait()
            if self._stopping:
                return
            if time.monotonic() - ready_at < _SHORTEST_LIFE_SECONDS:
                _log.error("Postgres died as soon as it was ready and stays down; see %s.", self._cluster.log)
                return
            _log.warning("Postgres (process %d) died and is started again.", process.pid)
            try:
                self._launch()
            except (PostgresNotStarted, OSError):
                _log.exception("Postgres could not be started again.")
                return

    def _launch(self) -> None:
        with self._starting:
            if self._stopping:
                return
            leftovers.clear(self._cluster.data, self._socket_folder)
            self._process = self._spawn()
            try:
                _wait_until_ready(self._process, self._cluster)
            except PostgresNotStarted:
                _shut_down(self._process)
                raise

    def _spawn(self) -> subprocess.Popen[bytes]:
        log = self._cluster.log
        if log.exists() and log.stat().st_size > _LOG_LIMIT_BYTES:
            log.replace(log.with_suffix(".log.1"))
        program = [str(self.binaries.postgres), "-D", str(self._cluster.data)]
        program += command_line(self._socket_folder, fast=self._fast)
        # What a fast server keeps is thrown away, so it need not write it down when its parent dies.
        death_signal = signal.SIGQUIT if self._fast else signal.SIGINT
        with log.open("ab") as sink:
            return subprocess.Popen(
                self._cluster.account.command(program, death_signal),
                cwd="/",
                env=server_environment(),
                stdin=subprocess.DEVNULL,
                stdout=sink,
                stderr=sink,
                # Ctrl-C at the terminal is for us: we finish our requests first and stop the server last.
                start_new_session=True,
            )


def _wait_until_ready(process: subprocess.Popen[bytes], cluster: Cluster) -> None:
    until = time.monotonic() + READY_WITHIN_SECONDS
    while time.monotonic() < until:
        if process.poll() is not None:
            raise PostgresNotStarted(f"Postgres ended at its start: {_last_words(cluster.log)}")
        if _says_ready(cluster.data / "postmaster.pid", process.pid):
            return
        time.sleep(_LOOK_AGAIN_SECONDS)
    raise PostgresNotStarted(f"Postgres was not ready within {READY_WITHIN_SECONDS:.0f} seconds; see {cluster.log}.")


def _says_ready(lock: Path, pid: int) -> bool:
    """Whether the server's own status file (process id on line 1, state on line 8) says that it takes connections."""
    try:
        lines = lock.read_text().split("\n")
    except FileNotFoundError:
        return False
    return len(lines) > 7 and lines[0].strip() == str(pid) and lines[7].strip() == "ready"


def _last_words(log: Path) -> str:
    lines = [line for line in log.read_text(errors="replace").splitlines() if line.strip()]
    fatal = [line for line in lines[-20:] if "FATAL:" in line or "PANIC:" in line]
    chosen = (fatal or lines or ["it left no message"])[-1]
    return chosen.split("FATAL:  ")[-1].strip()


def _shut_down(process: subprocess.Popen[bytes]) -> None:
    for each_signal in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
        if process.poll() is None:
            process.send_signal(each_signal)
        try:
            process.wait(_SHUTDOWN_SECONDS)
        except subprocess.TimeoutExpired:
            continue
        return
