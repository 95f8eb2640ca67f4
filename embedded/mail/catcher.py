"""Keeps each mail once, by its Message-ID, as a file that every mail program opens, and counts how often it came."""

from __future__ import annotations

import os
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from hashlib import sha256
from pathlib import Path

DELIVERIES = "deliveries.log"


@dataclass(frozen=True, slots=True)
class Caught:
    message_id: str
    deliveries: int
    message: EmailMessage


class MailCatcher:
    """A folder of mails. Several processes may use it at once, and any of them may die at any moment."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)

    async def send(self, message: EmailMessage) -> None:
        """Takes the mail over; a repeat only counts."""
        message_id = str(message["Message-ID"])
        name = sha256(message_id.encode()).hexdigest()
        descriptor, written = tempfile.mkstemp(dir=self._folder, prefix="arriving-")
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(message.as_bytes())
            # Whole or not at all, and never in place of the one that came first.
            with suppress(FileExistsError):
                os.link(written, self._folder / f"{name}.eml")
        finally:
            os.unlink(written)
        line = os.open(self._folder / DELIVERIES, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            os.write(line, f"{name}\n".encode())
        finally:
            os.close(line)

    def caught(self) -> list[Caught]:
        """The mails, each once, in the order of their first arrival."""
        return list(self._read())

    def _read(self) -> Iterator[Caught]:
        log = self._folder / DELIVERIES
        counts = Counter(log.read_text().split()) if log.exists() else Counter()
        for name, deliveries in counts.items():
            message = message_from_bytes((self._folder / f"{name}.eml").read_bytes(), policy=SMTP)
            assert isinstance(message, EmailMessage), "the policy makes no other"
            yield Caught(str(message["Message-ID"]), deliveries, message)
