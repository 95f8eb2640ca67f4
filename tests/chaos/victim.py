"""The server process that a test kills, followed by a new one on the same port. Holds no test."""

from __future__ import annotations

import asyncio
import signal
import socket
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from tests.postgres import ClonedDatabase


@dataclass
class Victim:
    """The server process, killed and followed by a new one on the same port."""

    database: ClonedDatabase
    folder: Path
    port: int = field(default_factory=lambda: _free_port())
    process: subprocess.Popen[bytes] | None = None
    following: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def start(self) -> None:
        self.process = self.following or self._loaded()
        assert self.process.stdin is not None
        self.process.stdin.write(b"serve\n")
        self.process.stdin.flush()
        async with httpx.AsyncClient() as client:
            for _ in range(1200):
                try:
                    if (await client.get(f"{self.url}/healthz")).status_code == 200:
                        break
                except httpx.TransportError:
                    await asyncio.sleep(0.05)
            else:
                raise AssertionError("the server did not start")
        self.following = self._loaded()

    def _loaded(self) -> subprocess.Popen[bytes]:
        arguments = [str(self.port), str(self.folder), self.database.dsn, self.database.admin_dsn]
        return subprocess.Popen(
            [sys.executable, "-m", "tests.chaos.server", *arguments], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL
        )

    def kill(self) -> None:
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def end(self) -> None:
        for process in (self.process, self.following):
            if process is not None:
                process.kill()
                process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
