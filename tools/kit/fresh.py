"""What was read a moment ago, read once for all who ask meanwhile. For showing only: never asked whether something may be done."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Hashable
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Fresh(Generic[Key, Value]):
    """Keeps each value for `seconds` after its reading began, and at most `most` of them. Belongs to one event loop."""

    def __init__(self, seconds: float, *, most: int = 2000) -> None:
        self._seconds = seconds
        self._most = most
        self._kept: dict[Key, tuple[float, asyncio.Future[Value]]] = {}

    async def get(self, key: Key, read: Callable[[], Awaitable[Value]], *, anew: bool = False) -> Value:
        """The kept value, or what `read` answers; everybody who asks during one reading gets it, or its error."""
        now = time.monotonic()
        until, reading = self._kept.get(key, (0.0, None))
        if reading is None or anew or until <= now:
            if len(self._kept) >= self._most:
                self._kept.clear()
            reading = asyncio.ensure_future(read())
            self._kept[key] = (now + self._seconds, reading)
            reading.add_done_callback(lambda done: self._forget_failure(key, done))
        # One who gives up does not take the reading from the others.
        return await asyncio.shield(reading)

    def _forget_failure(self, key: Key, done: asyncio.Future[Value]) -> None:
        failed = done.cancelled() or done.exception() is not None
        if failed and self._kept.get(key, (0.0, None))[1] is done:
            del self._kept[key]
