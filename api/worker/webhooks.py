"""Deliveries to webhooks, many at a time: a receiver that is slow keeps nobody else waiting."""

from __future__ import annotations

import asyncio

import structlog

from tools.context import Greenroom
from tools.webhooks.delivering import claim, deliver
from tools.webhooks.posting import Poster
from tools.webhooks.repository import Due

_log = structlog.get_logger("greenroom.worker")


async def deliver_as_they_come(
    greenroom: Greenroom,
    poster: Poster,
    woken: asyncio.Event,
    *,
    abreast: int,
    every: float,
    lease: float,
    grace: float,
) -> None:
    """Until cancelled: then what is being posted is finished, for at most the grace time. All times in seconds."""
    under_way: set[asyncio.Task[None]] = set()

    def done(task: asyncio.Task[None]) -> None:
        under_way.discard(task)
        woken.set()

    try:
        while True:
            woken.clear()
            claimed = await claim(greenroom, abreast - len(under_way), lease) if len(under_way) < abreast else []
            for due in claimed:
                task = asyncio.create_task(_deliver(greenroom, poster, due))
                under_way.add(task)
                task.add_done_callback(done)
            if not claimed:
                await _woken_or_after(woken, every)
    finally:
        if under_way:
            _, late = await asyncio.wait(under_way, timeout=grace)
            for task in late:
                task.cancel()


async def _deliver(greenroom: Greenroom, poster: Poster, due: Due) -> None:
    try:
        await deliver(greenroom, poster, due)
    except (
        Exception
    ) as error:  # the worker's outermost door: whatever breaks, the delivery is due again when its lease ends
        _log.warning("delivery_not_settled", delivery=str(due.id), error=type(error).__qualname__)


async def _woken_or_after(woken: asyncio.Event, seconds: float) -> None:
    try:
        async with asyncio.timeout(seconds):
            await woken.wait()
    except TimeoutError:
        return
