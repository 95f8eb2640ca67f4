"""One run while it lives in this process: its events so far, and everybody who follows them. Knows no database and no graph."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from uuid import UUID

from agent.state import TurnContext
from agent.translate import PING, Event, encode
from tools.errors import Upstream

# Far above any answer the token budget allows; a run that reaches it is ended, so a buffer never grows without bound.
MAX_EVENTS = 20_000
MAX_BYTES = 4_000_000


class RunTooLong(Upstream):
    code = "run_too_long"
    title = "The answer became too long"


class LiveRun:
    """Keeps every event of the run, so that who comes late sees it whole. Following never slows the run down."""

    def __init__(self, thread_id: UUID, run_id: UUID, client_run_id: str, context: TurnContext) -> None:
        self.thread_id = thread_id
        self.run_id = run_id
        self.client_run_id = client_run_id
        self.context = context
        self.done = False
        self._events: list[bytes] = []
        self._size = 0
        self._news = asyncio.Event()

    def add(self, events: list[Event]) -> None:
        """Raises RunTooLong when the bound is passed."""
        if not events:
            return
        encoded = [encode(event) for event in events]
        self._events.extend(encoded)
        self._size += sum(map(len, encoded))
        self._tell()
        if not self.done and (self._size > MAX_BYTES or len(self._events) > MAX_EVENTS):
            raise RunTooLong()

    def finish(self, events: list[Event]) -> None:
        """The last events of the run; followers end after them."""
        self.done = True
        self._events.extend(encode(event) for event in events)
        self._tell()

    async def ended(self) -> None:
        while not self.done:
            await self._news.wait()

    def _tell(self) -> None:
        self._news.set()
        self._news = asyncio.Event()

    async def follow(self, ping_seconds: float) -> AsyncIterator[bytes]:
        """All events from the first; a comment when nothing happened for `ping_seconds`, so that no proxy closes the stream."""
        seen = 0
        while True:
            news = self._news
            if seen < len(self._events):
                fresh = self._events[seen:]
                seen += len(fresh)
                yield b"".join(fresh)
            elif self.done:
                return
            else:
                try:
                    async with asyncio.timeout(ping_seconds):
                        await news.wait()
                except TimeoutError:
                    yield PING
