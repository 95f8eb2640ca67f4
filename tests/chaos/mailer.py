"""The worker as a process of its own, to be killed: `python -m tests.chaos.mailer FOLDER DSN`. Holds no test.

It works once a line comes in, so that the next one is loaded while the one before still lives.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from api.worker.queue import Pace
from api.worker.running import working
from embedded.mail import MailCatcher
from tools.context import Greenroom
from tools.kit.paging import CursorSigner
from tools.mails.sending import Post
from tools.store.database import Database

HURRY = Pace(relay=0.2, poll=0.2, upkeep=0.2, heartbeat=0.2, stalled=1.0, restart=0.1, retries=(0.2,) * 5)


async def work(folder: Path, dsn: str) -> None:
    database = Database(dsn, pool_size=4)
    await database.open()
    greenroom = Greenroom(database=database, catalog={}, cursors=CursorSigner("a secret only tests know, long enough"))
    async with working(dsn, greenroom, Post(MailCatcher(folder), "tickets@example.net"), HURRY):
        sys.stdout.write("works\n")
        sys.stdout.flush()
        await asyncio.Event().wait()


if __name__ == "__main__":
    sys.stdin.readline()
    asyncio.run(work(Path(sys.argv[1]), sys.argv[2]))
