"""Folders and processes for the tests of the embedded Postgres; the tests themselves are beside it."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from embedded.postgres import EmbeddedPostgres, PostgresBinaries, installed_binaries

ROOT = Path(__file__).parents[2]

BY_MAJOR: dict[int, PostgresBinaries] = {}
for found in installed_binaries():
    BY_MAJOR.setdefault(found.major, found)

_RUNNER = """
import sys
from pathlib import Path
from embedded.postgres import EmbeddedPostgres, PostgresBinaries
from embedded.postgres.account import Account

folder, binaries, version, dies_with_parent = sys.argv[1:]
if dies_with_parent == "no":
    spoken = Account.command
    Account.command = lambda self, program, death_signal=0: spoken(self, program, 0)
server = EmbeddedPostgres.start(Path(folder), binaries=PostgresBinaries(Path(binaries), version))
print(server.pid, flush=True)
sys.stdin.read()
"""


@contextmanager
def reachable_folder() -> Iterator[Path]:
    """A new folder that an unprivileged server may reach, unlike pytest's own under a folder only we may enter."""
    folder = Path(tempfile.mkdtemp(prefix="greenroom-"))
    folder.chmod(0o711)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


@contextmanager
def parent_process(
    folder: Path, binaries: PostgresBinaries, *, dies_with_parent: bool = True
) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """Another Python process that runs the cluster of `folder`, and its server's process id; killed at the end."""
    arguments = [str(folder), str(binaries.folder), binaries.version, "yes" if dies_with_parent else "no"]
    with subprocess.Popen(
        [sys.executable, "-c", _RUNNER, *arguments], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as parent:
        assert parent.stdout is not None
        try:
            yield parent, int(parent.stdout.readline())
        finally:
            parent.kill()


def is_running(process: int) -> bool:
    """Whether the process exists and is more than a zombie nobody has buried yet."""
    try:
        status = Path(f"/proc/{process}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False
    return status.rpartition(")")[2].split()[0] != "Z"


def wait_until(holds: Callable[[], bool], seconds: float = 20.0) -> bool:
    until = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > until:
            return False
        time.sleep(0.02)
    return True


def kill(process: int) -> None:
    os.kill(process, signal.SIGKILL)


def write_note(server: EmbeddedPostgres, text: str) -> None:
    with psycopg.connect(server.dsn()) as connection:
        connection.execute("create table if not exists notes (text text)")
        connection.execute("insert into notes values (%s)", (text,))


def notes(server: EmbeddedPostgres) -> list[str]:
    with psycopg.connect(server.dsn()) as connection:
        return [str(text) for (text,) in connection.execute("select text from notes")]
