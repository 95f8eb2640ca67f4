"""`python -m api work` as an operator meets it: it says what it lacks, sends what waits, and ends when it is told to."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import time
from pathlib import Path

import pytest

from tests.office import FIELD_KEYS, open_office
from tests.postgres import ClonedDatabase
from tests.postgres_keeper import ROOT
from tests.tools.mails.posting import mail_server, open_box_office

SECRET = "a secret of thirty-two characters"


async def _work(folder: Path, **settings: str) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "api", "work", cwd=ROOT, env={**os.environ, "GREENROOM_DATA": str(folder), **settings},
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("settings", "told", "code"),
    [
        ({}, "Set DATABASE_URL, GREENROOM_SECRET and SMTP_URL", 1),
        (
            {
                "DATABASE_URL": "postgresql://greenroom@db.test:6543/postgres",
                "GREENROOM_SECRET": SECRET,
                "SMTP_URL": "smtp://127.0.0.1",
                "MAIL_FROM": "tickets@example.org",
            },
            "port 5432",
            2,
        ),
    ],
)
async def test_what_it_lacks_is_one_sentence(tmp_path: Path, settings: dict[str, str], told: str, code: int) -> None:
    process = await _work(tmp_path, **settings)
    _, said = await process.communicate()
    assert process.returncode == code
    assert told in said.decode()
    assert "Traceback" not in said.decode()


async def test_it_sends_what_waits_and_ends_within_the_grace(database: ClonedDatabase, tmp_path: Path) -> None:
    async with mail_server() as server, open_office(database) as office:
        box = await open_box_office(office)
        await box.sell("Ann <ann@example.org>", payment_method="card")
        process = await _work(
            tmp_path,
            DATABASE_URL=database.dsn,
            GREENROOM_SECRET=SECRET,
            SMTP_URL=f"smtp://127.0.0.1:{server.port}",
            MAIL_FROM="tickets@example.org",
            PUBLIC_URL="https://tickets.test",
            GREENROOM_FIELD_KEYS=FIELD_KEYS,
        )
        assert process.stdout is not None
        assert b"Greenroom works" in await process.stdout.readline()
        async with asyncio.timeout(30):
            while [status for *_, status in box.mails()] != ["sent"]:
                await asyncio.sleep(0.05)
        begun = time.monotonic()
        process.send_signal(signal.SIGTERM)
        _, said = await process.communicate()
    assert process.returncode == 0
    assert time.monotonic() - begun < 10
    assert b"Traceback" not in said
    body = server.accepted[0].get_body(("plain",))
    assert body is not None
    assert "https://tickets.test/o/" in body.get_content()
    # Nobody's address is written to the log.
    assert b"ann@example.org" not in said
