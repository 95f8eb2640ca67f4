"""What a server that was killed leaves behind: orphans still running, and a postmaster.pid that names nobody. Starts nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from embedded.postgres.errors import PostgresNotStarted

_PATIENCE = ((signal.SIGINT, 10.0), (signal.SIGQUIT, 2.0), (signal.SIGKILL, 5.0))
"""Signals in growing rudeness (fast shutdown, immediate shutdown, kill) and the seconds each gets."""

_LOOK_AGAIN_SECONDS = 0.02


def clear(data: Path, socket_folder: Path) -> None:
    """Stop whatever still serves the cluster in `data` and drop the locks that would mislead the next server.

    Call only while holding the folder's lock. Raises PostgresNotStarted when an orphan survives even SIGKILL.
    """
    lock = data / "postmaster.pid"
    named = _named_in(lock)
    if named is not None:
        _stop_members(data, named)
        # Postgres believes any live process with this number is its postmaster: a zombie, or a stranger after a reboot.
        if _exists(named):
            lock.unlink(missing_ok=True)
    for left in socket_folder.glob(".s.PGSQL.*"):
        left.unlink()


def _stop_members(data: Path, named: int) -> None:
    for each_signal, seconds in _PATIENCE:
        members = _members(data)
        if each_signal == signal.SIGINT and named not in members:
            continue
        # Orphans of a killed postmaster end by themselves, so they are left alone until the last resort.
        for process in members if each_signal == signal.SIGKILL else members & {named}:
            _send(process, each_signal)
        if _gone(data, seconds):
            return
    raise PostgresNotStarted(
        f"An old Postgres (process {named}) still serves {data} and cannot be stopped: end it and start again."
    )


def _gone(data: Path, seconds: float) -> bool:
    until = time.monotonic() + seconds
    while _members(data):
        if time.monotonic() > until:
            return False
        time.sleep(_LOOK_AGAIN_SECONDS)
    return True


def _named_in(lock: Path) -> int | None:
    try:
        first = lock.read_text().split("\n", 1)[0].strip()
    except FileNotFoundError:
        return None
    return int(first) if first.isdigit() else 0


def _members(data: Path) -> set[int]:
    """Process ids of the cluster's live processes (zombies are not among them)."""
    if sys.platform == "linux":
        return {int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit() and _serves(entry, data)}
    listed = subprocess.run(["/bin/ps", "-axo", "pid=,command="], capture_output=True, text=True, check=False).stdout
    return {int(line.split()[0]) for line in listed.splitlines() if f"postgres -D {data} " in line}


def _serves(entry: Path, data: Path) -> bool:
    # Every Postgres process works in its data folder; the name keeps a person's shell in that folder out of it.
    try:
        return os.readlink(entry / "cwd") == str(data) and (entry / "comm").read_text().strip() == "postgres"
    except OSError:
        return False


def _exists(process: int) -> bool:
    if process <= 0:
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _send(process: int, each_signal: signal.Signals) -> None:
    try:
        os.kill(process, each_signal)
    except ProcessLookupError:
        return
