"""A virus scanner: clamd, asked over its socket in its own words (INSTREAM). Knows no noun and what is done about a finding."""

from __future__ import annotations

import asyncio
import struct
from dataclasses import dataclass
from typing import BinaryIO

from tools.errors import Upstream

_BLOCK = 64 * 1024
_SECONDS = 30.0
"""clamd looks at 25 MB within a second or two; whoever needs longer is stuck."""
_LONGEST_ANSWER = 4096


@dataclass(frozen=True, slots=True)
class VirusScanner:
    """clamd at a path of this machine, or at a host and port. Without its answer nothing is let in."""

    path: str | None = None
    host: str = ""
    port: int = 3310

    @classmethod
    def at(cls, address: str) -> VirusScanner:
        """From `unix:/run/clamav/clamd.ctl` or `host:3310`, as the settings have checked it."""
        if address.startswith("unix:"):
            return cls(path=address.removeprefix("unix:"))
        host, _, port = address.rpartition(":")
        return cls(host=host.strip("[]"), port=int(port))

    async def look(self, content: BinaryIO) -> str | None:
        """The name of what was found; None when it is clean. Raises Upstream when nobody answers, or not in time."""
        try:
            async with asyncio.timeout(_SECONDS):
                answer = await self._asked(content)
        except (OSError, TimeoutError, asyncio.IncompleteReadError, asyncio.LimitOverrunError) as error:
            raise Upstream("The virus scanner did not answer.", retry_after=5) from error
        if answer == "stream: OK":
            return None
        if answer.startswith("stream: ") and answer.endswith(" FOUND"):
            return answer.removeprefix("stream: ").removesuffix(" FOUND")
        # Its own limit, a database it could not read: not looked at is not clean.
        raise Upstream("The virus scanner could not look at the file.")

    async def _asked(self, content: BinaryIO) -> str:
        if self.path is not None:
            reader, writer = await asyncio.open_unix_connection(self.path, limit=_LONGEST_ANSWER)
        else:
            reader, writer = await asyncio.open_connection(self.host, self.port, limit=_LONGEST_ANSWER)
        try:
            writer.write(b"zINSTREAM\0")
            content.seek(0)
            while block := await asyncio.to_thread(content.read, _BLOCK):
                writer.write(struct.pack("!I", len(block)) + block)
                await writer.drain()
            writer.write(struct.pack("!I", 0))
            await writer.drain()
            return (await reader.readuntil(b"\0")).decode("utf-8", "replace").rstrip("\0").strip()
        finally:
            writer.close()
