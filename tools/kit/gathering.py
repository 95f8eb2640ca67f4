"""Gathers single requests into batches: who comes alone is served at once, who comes in a crowd is served with it."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

_TOLD_AT_ONCE = 8
"""Callers woken in one turn of the loop. What they do next takes a while, and the next call's answer must not wait for all of it."""


class Gathering(Generic[Item, Result]):
    """Calls `serve` with up to `most` items at a time, at most `abreast` calls at once, in the order the items came.

    After a call with company the next one waits for more, unless `most` are there already: in a crowd that costs each a moment
    and saves most of the calls. It waits `linger` seconds after a call of a `crowd`, less after a smaller one, and not at all
    after a call with a single item.
    `serve` answers one result per item, in order; a result that is an exception is raised to that item's caller alone. When
    `serve` itself raises, every item of that call gets the exception. Belongs to one event loop.
    """

    def __init__(
        self,
        serve: Callable[[Sequence[Item]], Awaitable[Sequence[Result | Exception]]],
        *,
        most: int,
        abreast: int,
        linger: float = 0.0,
        crowd: int = 1,
    ) -> None:
        self._serve = serve
        self._most = most
        self._abreast = abreast
        self._linger = linger
        self._crowd = crowd
        self._lingering: asyncio.TimerHandle | None = None
        self._waiting: deque[tuple[Item, asyncio.Future[Result]]] = deque()
        self._under_way = 0
        self._tasks: set[asyncio.Task[None]] = set()
        self._called = False

    async def submit(self, item: Item) -> Result:
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[Result] = loop.create_future()
        self._waiting.append((item, answer))
        if self._lingering is not None and len(self._waiting) >= self._most:
            self._start()
        elif self._lingering is None and not self._called and self._under_way < self._abreast:
            # At the end of this turn of the loop, so that requests read in the same turn go together.
            self._called = True
            loop.call_soon(self._start)
        return await answer

    def _start(self) -> None:
        self._called = False
        if self._lingering is not None:
            self._lingering.cancel()
            self._lingering = None
        while self._waiting and self._under_way < self._abreast:
            batch = self._next_batch()
            if batch:
                self._under_way += 1
                task = asyncio.get_running_loop().create_task(self._run(batch))
                self._tasks.add(task)
                task.add_done_callback(self._tasks.discard)

    def _next_batch(self) -> list[tuple[Item, asyncio.Future[Result]]]:
        batch: list[tuple[Item, asyncio.Future[Result]]] = []
        while self._waiting and len(batch) < self._most:
            item, answer = self._waiting.popleft()
            if not answer.done():  # Whoever gave up before their turn is not served.
                batch.append((item, answer))
        return batch

    async def _run(self, batch: list[tuple[Item, asyncio.Future[Result]]]) -> None:
        """The next call goes off before those of this one are told."""
        (served,) = await asyncio.gather(self._serve([item for item, _ in batch]), return_exceptions=True)
        if isinstance(served, BaseException):
            # Every caller of the batch hears of it; a stop is one they can name.
            failure = served if isinstance(served, Exception) else ConnectionError("the service is stopping")
            results: Sequence[Result | Exception] = [failure] * len(batch)
        else:
            results = served
        self._ended(len(batch))
        ended = deque(zip((answer for _, answer in batch), results, strict=True))
        asyncio.get_running_loop().call_soon(self._tell, ended)

    def _tell(self, ended: deque[tuple[asyncio.Future[Result], Result | Exception]]) -> None:
        """A few in this turn of the loop, the others in the next ones."""
        for _ in range(min(_TOLD_AT_ONCE, len(ended))):
            answer, result = ended.popleft()
            if answer.done():
                continue
            if isinstance(result, Exception):
                answer.set_exception(result)
            else:
                answer.set_result(result)
        if ended:
            asyncio.get_running_loop().call_soon(self._tell, ended)

    def _ended(self, size: int) -> None:
        self._under_way -= 1
        if size == 1 or not self._linger or len(self._waiting) >= self._most:
            self._start()
        elif self._lingering is None:
            self._lingering = asyncio.get_running_loop().call_later(
                self._linger * min(1.0, size / self._crowd), self._start
            )
