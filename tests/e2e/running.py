"""Greenroom as a person starts it: `python -m api serve` on a free port with a data folder of its own. Holds no test."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx

ROOT = Path(__file__).parent.parent.parent


class NotStarted(AssertionError):
    """It ended by itself; the message is what it printed."""


@dataclass
class Running:
    """One server process and its folder; it can be stopped, killed and started again on the same port."""

    folder: Path
    port: int = field(default_factory=lambda: free_port())
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> Path:
        return self.folder.parent / f"{self.folder.name}.log"

    def start(self, **environment: str) -> float:
        """Answers the seconds until it was ready."""
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("OPENAI_", "SUPABASE_", "DATABASE_"))
        }
        settings = {"PORT": str(self.port), "GREENROOM_DATA": str(self.folder)} | environment
        begun = time.monotonic()
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "api", "serve"], cwd=ROOT, env=kept | settings, stdout=log, stderr=log
            )
        while time.monotonic() - begun < 60:
            try:
                if self._ended():
                    raise NotStarted(self.log.read_text())
                if httpx.get(f"{self.url}/readyz", timeout=1).status_code == 200:
                    return time.monotonic() - begun
            except httpx.TransportError:
                time.sleep(0.05)
        raise NotStarted("it did not start within a minute")

    def _ended(self) -> bool:
        return self.process is not None and self.process.poll() is not None

    def end(self, how: signal.Signals = signal.SIGTERM) -> int:
        assert self.process is not None
        self.process.send_signal(how)
        return self.process.wait(timeout=30)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(folder: Path, **environment: str) -> Iterator[Running]:
    server = Running(folder)
    try:
        server.start(**environment)
        yield server
    finally:
        if server.process is not None and server.process.poll() is None:
            server.end()
