"""The catcher keeps each mail once and counts how often it came, also from several processes at once."""

from __future__ import annotations

import asyncio
import secrets
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

from embedded.mail import MailCatcher
from tools.mails.composing import compose
from tools.mails.rendering import Letter

LETTER = Letter("Your tickets", "Hello Ann", "<p>Hello Ann</p>")


def mail(key: str) -> EmailMessage:
    return compose(
        LETTER,
        sender="tickets@example.net",
        sender_name="Blue Note",
        recipient="ann@example.org",
        dedupe_key=key,
        written_at=datetime(2030, 1, 1, tzinfo=UTC),
    )


async def test_a_repeat_is_dropped_and_counted(tmp_path: Path) -> None:
    catcher = MailCatcher(tmp_path / "mail")
    for key in ("one", "two", "one", "one"):
        await catcher.send(mail(key))
    assert [(found.deliveries, found.message["Subject"]) for found in catcher.caught()] == [
        (3, "Your tickets"),
        (1, "Your tickets"),
    ]


async def test_without_the_key_a_repeat_shows_twice(tmp_path: Path) -> None:
    catcher = MailCatcher(tmp_path)
    for _ in range(2):
        keyless = mail("one")
        del keyless["Message-ID"]
        keyless["Message-ID"] = f"<{secrets.token_hex(8)}@example.net>"
        await catcher.send(keyless)
    assert len(catcher.caught()) == 2


async def test_two_catchers_over_one_folder_keep_each_mail_once(tmp_path: Path) -> None:
    catchers = [MailCatcher(tmp_path) for _ in range(2)]
    await asyncio.gather(*(catchers[n % 2].send(mail(str(n // 4))) for n in range(40)))
    assert [found.deliveries for found in MailCatcher(tmp_path).caught()] == [4] * 10


def test_nothing_was_caught_in_a_new_folder(tmp_path: Path) -> None:
    assert MailCatcher(tmp_path / "new").caught() == []


async def test_only_the_owner_reads_caught_mail(tmp_path: Path) -> None:
    await MailCatcher(tmp_path / "mail").send(mail("one"))
    assert (tmp_path / "mail").stat().st_mode & 0o077 == 0
    assert all(file.stat().st_mode & 0o077 == 0 for file in (tmp_path / "mail").iterdir())
