"""The worker at work: jobs, the relay that makes them, and the upkeep of both. Survives a restarted database and ends cleanly."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace

import structlog
from procrastinate import App
from procrastinate.exceptions import ConnectorException

from api.parts import Parts
from api.worker.queue import QUEUE, Pace, job_queue
from api.worker.webhooks import deliver_as_they_come
from tools.context import Greenroom
from tools.errors import AppError
from tools.mails import repository
from tools.mails.relaying import relay
from tools.mails.sending import Post
from tools.privacy.running import reseal
from tools.webhooks.delivering import forget_old
from tools.webhooks.posting import Poster

_log = structlog.get_logger("greenroom.worker")
_TROUBLE = (AppError, ConnectorException, OSError)


@asynccontextmanager
async def working(
    dsn: str, greenroom: Greenroom, post: Post, pace: Pace | None = None, *, poster: Poster | None = None
) -> AsyncIterator[None]:
    """Works for as long as the block lasts. At its end what is being sent is finished, for at most the grace time."""
    pace = pace or Pace()
    queue = job_queue(dsn, greenroom, post, pace)
    poster = poster or Poster()
    woken, told = asyncio.Event(), asyncio.Event()
    async with queue.open_async():
        tasks = [
            asyncio.create_task(body, name=name)
            for name, body in {
                "jobs": _again_and_again(lambda: _jobs(queue, pace), pace.restart, "jobs"),
                "listener": _again_and_again(lambda: _listen(queue, woken), pace.restart, "listener"),
                "relay": _again_and_again(lambda: _relay(greenroom, woken, told, pace.relay), pace.restart, "relay"),
                "webhooks": _again_and_again(
                    lambda: _webhooks(greenroom, poster, told, pace), pace.restart, "webhooks"
                ),
                "upkeep": _again_and_again(lambda: _upkeep(greenroom, queue, pace), pace.restart, "upkeep"),
                "fields": _again_and_again(lambda: _fields(greenroom, pace), pace.restart, "fields"),
            }.items()
        ]
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)


def with_worker(parts: Parts, dsn: str, post: Post) -> Parts:
    """The parts, with the worker in the same process: for one machine."""
    return replace(parts, surroundings=(*parts.surroundings, lambda: working(dsn, parts.greenroom, post)))


async def work_until_told(dsn: str, greenroom: Greenroom, post: Post, *, started: Callable[[], None]) -> None:
    """A process that does nothing else, until SIGTERM or SIGINT."""
    told = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, told.set)
    await greenroom.database.open()
    try:
        async with working(dsn, greenroom, post):
            started()
            await told.wait()
    finally:
        await greenroom.database.close()


async def _again_and_again(step: Callable[[], Awaitable[None]], wait: float, name: str) -> None:
    """Until cancelled. What fails is told and begun again."""
    while True:
        try:
            await step()
        except _TROUBLE as error:
            _log.warning("worker_trouble", part=name, error=type(error).__qualname__)
            await asyncio.sleep(wait)
        except Exception as error:  # the worker's outermost door: one bad row must not end all later work
            _log.error("worker_failed", part=name, error=type(error).__qualname__)
            await asyncio.sleep(wait)


async def _jobs(queue: App, pace: Pace) -> None:
    await queue.run_worker_async(
        queues=[QUEUE],
        concurrency=pace.concurrency,
        delete_jobs="always",
        fetch_job_polling_interval=pace.poll,
        install_signal_handlers=False,
        shutdown_graceful_timeout=pace.grace,
        update_heartbeat_interval=pace.heartbeat,
        stalled_worker_timeout=pace.stalled,
    )
    # It only returns on its own when it lost the database.
    await asyncio.sleep(pace.restart)


async def _listen(queue: App, woken: asyncio.Event) -> None:
    async def wake(channel: str, payload: str) -> None:
        woken.set()

    await queue.connector.listen_notify(on_notification=wake, channels=["outbox"])


async def _relay(greenroom: Greenroom, woken: asyncio.Event, told: asyncio.Event, every: float) -> None:
    woken.clear()
    while await relay(greenroom):
        told.set()
    try:
        async with asyncio.timeout(every):
            await woken.wait()
    except TimeoutError:
        return


async def _webhooks(greenroom: Greenroom, poster: Poster, told: asyncio.Event, pace: Pace) -> None:
    await deliver_as_they_come(
        greenroom, poster, told, abreast=pace.posts, every=pace.deliveries, lease=pace.lease, grace=pace.grace
    )


async def _upkeep(greenroom: Greenroom, queue: App, pace: Pace) -> None:
    """Jobs of workers that died are done again, as procrastinate's documentation has it; so are mails that lost theirs."""
    await queue.job_manager.prune_stalled_workers(pace.stalled)
    for job in await queue.job_manager.get_stalled_jobs(seconds_since_heartbeat=pace.stalled):
        await queue.job_manager.retry_job(job)
    async with greenroom.database.session(None) as tx:
        await repository.enqueue_forgotten(tx, pace.forgotten)
    await forget_old(greenroom)
    await asyncio.sleep(pace.upkeep)


async def _fields(greenroom: Greenroom, pace: Pace) -> None:
    """Seals what another key sealed, or none yet: after a new key is put in front, and once for what is older than sealing."""
    if done := await reseal(greenroom):
        _log.info("fields_sealed_anew", fields=done)
    await asyncio.sleep(pace.fields)
