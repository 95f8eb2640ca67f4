"""The worker as a process of its own, to be killed: `python -m tests.chaos.mailer FOLDER DSN`, and who kills it. Holds no test.

It works once a line comes in, so that the next one is loaded while the one before still lives.
"""

from __future__ import annotations

import asyncio
import signal
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from api.worker.queue import Pace
from api.worker.running import working
from embedded.mail import MailCatcher
from tests.office import FIELDS
from tools.context import Greenroom
from tools.kit.paging import CursorSigner
from tools.mails.sending import Post
from tools.store.database import Database

HURRY = Pace(
    relay=0.2,
    poll=0.2,
    upkeep=0.2,
    heartbeat=0.2,
    stalled=1.0,
    restart=0.1,
    retries=(0.2,) * 5,
    deliveries=0.2,
    lease=1.0,
)


@dataclass
class Mailer:
    """The worker process. The next one is loaded while the one before still works, so a kill costs no time of the test."""

    folder: Path
    dsn: str
    begun: list[subprocess.Popen[bytes]] = field(default_factory=list)
    working: subprocess.Popen[bytes] | None = None

    def load(self) -> None:
        command = [sys.executable, "-m", "tests.chaos.mailer", str(self.folder), self.dsn]
        self.begun.append(subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE))

    async def work(self, *, another: bool) -> None:
        """The loaded one begins, and another one is loaded."""
        process = self.working = self.begun[-1]
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(b"work\n")
        process.stdin.flush()
        assert await asyncio.to_thread(process.stdout.readline) == b"works\n"
        if another:
            self.load()

    def kill(self) -> None:
        assert self.working is not None
        self.working.send_signal(signal.SIGKILL)
        self.working.wait()

    def end(self) -> None:
        for process in self.begun:
            process.kill()
            process.wait()


async def work(folder: Path, dsn: str) -> None:
    database = Database(dsn, pool_size=4, fields=FIELDS)
    await database.open()
    greenroom = Greenroom(
        database=database,
        catalog={},
        cursors=CursorSigner("a secret only tests know, long enough"),
        loopback_webhooks=True,
    )
    async with working(dsn, greenroom, Post(MailCatcher(folder), "tickets@example.net"), HURRY):
        sys.stdout.write("works\n")
        sys.stdout.flush()
        await asyncio.Event().wait()


if __name__ == "__main__":
    sys.stdin.readline()
    asyncio.run(work(Path(sys.argv[1]), sys.argv[2]))
