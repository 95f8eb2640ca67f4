"""A brake on password guessing, per account and per peer, in this process's memory."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict, deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from embedded.auth.problems import AuthProblem, too_many

# Enough for every account of one machine; beyond it the longest untouched key is forgotten.
_MOST_KEYS = 20_000
_WRONG_GUESSES = ("invalid_credentials", "otp_expired", "reauthentication_not_valid")


@dataclass(slots=True)
class _Guesses:
    failed_at: deque[float] = field(default_factory=deque)
    pending: int = 0
    judged: asyncio.Event = field(default_factory=asyncio.Event)


class Throttle:
    """Lets `limit` wrong guesses through per moving window. Pending guesses count as wrong until they are judged:
    guessing in parallel gains nothing, and many right ones at once only wait for each other."""

    def __init__(self, *, limit: int, window_seconds: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._limit = limit
        self._window = window_seconds
        self._clock = clock
        self._by_key: OrderedDict[str, _Guesses] = OrderedDict()

    @asynccontextmanager
    async def guess(self, key: str) -> AsyncIterator[None]:
        """Judge one guess inside; a wrong one counts against `key`. Raises 429 with the seconds to wait."""
        guesses = self._of(key)
        while self._failures(guesses) + guesses.pending >= self._limit:
            if len(guesses.failed_at) >= self._limit:
                raise too_many(retry_after=int(guesses.failed_at[0] + self._window - self._clock()) + 1)
            await guesses.judged.wait()
        guesses.pending += 1
        try:
            yield
        except AuthProblem as problem:
            if problem.error_code in _WRONG_GUESSES:
                guesses.failed_at.append(self._clock())
            raise
        finally:
            guesses.pending -= 1
            # Who waits now looks again; who comes later waits for the next.
            guesses.judged.set()
            guesses.judged = asyncio.Event()

    def _of(self, key: str) -> _Guesses:
        guesses = self._by_key.setdefault(key, _Guesses())
        self._by_key.move_to_end(key)
        if len(self._by_key) > _MOST_KEYS:
            self._by_key.popitem(last=False)
        return guesses

    def _failures(self, guesses: _Guesses) -> int:
        while guesses.failed_at and guesses.failed_at[0] <= self._clock() - self._window:
            guesses.failed_at.popleft()
        return len(guesses.failed_at)
