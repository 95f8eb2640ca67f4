"""The operating-system user the server runs as, and whether that user can reach a path. Postgres refuses to run as root."""

from __future__ import annotations

import os
import pwd
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from embedded.postgres.errors import PostgresNotStarted

CHILD = Path(__file__).with_name("child.py")

_UNPRIVILEGED = ("postgres", "nobody")


@dataclass(frozen=True, slots=True)
class Account:
    """Who the server runs as; `drops_root` says that our own process is root and the server is not."""

    user: int
    group: int
    name: str
    drops_root: bool

    def owns(self, path: Path) -> None:
        """Make the server's user the owner of `path`."""
        if self.drops_root:
            os.chown(path, self.user, self.group)

    def reaches(self, path: Path) -> bool:
        """Whether the server's user may enter the folder, or run the program, at `path`."""
        if not self.drops_root:
            return True
        # The kernel is asked, not the mode bits: access lists and mount options count too.
        seen = subprocess.run(self.command(["/bin/sh", "-c", 'test -x "$1"', "sh", str(path)]), cwd="/", check=False)
        return seen.returncode == 0

    def command(self, program: list[str], death_signal: int = 0) -> list[str]:
        """The command line that runs `program` as this user; `death_signal` reaches it when the calling thread dies (Linux)."""
        user, group = (self.user, self.group) if self.drops_root else (-1, -1)
        before = [sys.executable, "-I", "-S", str(CHILD), str(os.getpid()), str(int(death_signal))]
        return [*before, str(user), str(group), *program]


def server_account() -> Account:
    """Ourselves, or an unprivileged user when we are root. Raises PostgresNotStarted when root finds none."""
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid(), str(os.geteuid()), drops_root=False)
    for name in _UNPRIVILEGED:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_uid, entry.pw_gid, name, drops_root=True)
    raise PostgresNotStarted(
        f"Postgres refuses to run as root and there is no user {' or '.join(_UNPRIVILEGED)} to run it as: "
        "start Greenroom as another user or create one of these."
    )
