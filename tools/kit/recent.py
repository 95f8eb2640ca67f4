"""What was read a moment ago, read again by one for all who ask at once. For what somebody else checks anew where it counts."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Hashable
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Recent(Generic[Key, Value]):
    """Keeps each value for `seconds`, at most `most` of them. None and failures are not kept. Belongs to one event loop."""

    def __init__(self, seconds: float, *, most: int = 10_000) -> None:
        self._seconds = seconds
        self._most = most
        self._kept: dict[Key, tuple[float, Value]] = {}
        self._reading: dict[Key, asyncio.Future[Value]] = {}

    async def get(self, key: Key, read: Callable[[], Awaitable[Value]], *, fresh: bool = False) -> Value:
        """The value of `key`, read by `read` when there is no recent one, or when it has to be `fresh`. Raises what `read` raises."""
        kept = self._kept.get(key)
        if kept is not None and not fresh and kept[0] > time.monotonic():
            return kept[1]
        reading = self._reading.get(key)
        if reading is None:
            reading = self._reading[key] = asyncio.ensure_future(read())
            reading.add_done_callback(lambda done: self._keep(key, done))
        return await asyncio.shield(reading)

    def _keep(self, key: Key, done: asyncio.Future[Value]) -> None:
        del self._reading[key]
        if done.cancelled() or done.exception() is not None or done.result() is None:
            return
        if len(self._kept) >= self._most:
            self._kept.clear()
        self._kept[key] = (time.monotonic() + self._seconds, done.result())
