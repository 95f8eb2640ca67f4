"""The worker's deliveries in this process: woken by what happens, fair to quick receivers, begun again where another ended."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from uuid import UUID, uuid4

import pytest

from api.worker.queue import Pace
from api.worker.running import working
from tests.office import open_office
from tests.postgres import ClonedDatabase
from tests.tools.mails.posting import Outbox
from tests.tools.webhooks.receiving import Newsroom, newsroom, receiving
from tools.mails.sending import Post
from tools.webhooks import delivering

POST = Post(Outbox(), "tickets@example.net")


@pytest.fixture
async def news(database: ClonedDatabase) -> AsyncIterator[Newsroom]:
    async with open_office(database) as office:
        yield newsroom(office)


async def until(true: Callable[[], bool], seconds: float = 15.0) -> None:
    async with asyncio.timeout(seconds):
        while not true():
            await asyncio.sleep(0.02)


async def test_a_committed_write_wakes_the_worker_which_tells_it(news: Newsroom, database: ClonedDatabase) -> None:
    async with receiving() as receiver:
        hook = await news.hook(receiver.url(), "venue.created")
        # So slow that only a wake-up explains it.
        slow = Pace(relay=600, upkeep=600, deliveries=600)
        async with working(database.dsn, news.office.greenroom, POST, slow):
            await asyncio.sleep(0.5)
            await news.office.do("create_venue", name="Hall")
            await until(lambda: bool(receiver.messages), 10)
            await news.office.do("send_test_webhook", webhook=hook.id)
            await until(lambda: len(receiver.messages) == 2, 10)
    assert [message.checked(hook.secret)["type"] for message in receiver.messages] == ["venue.created", "webhook.test"]


async def _quick_behind_slow(news: Newsroom, database: ClonedDatabase, seconds: float) -> tuple[int, int]:
    """What a slow receiver, and a quick one whose news stands behind the slow one's, have got after at most so many seconds."""
    async with receiving(slow_seconds=30) as slow, receiving() as quick:
        await news.hook(slow.url(), "venue.created")
        await news.hook(quick.url(), "venue.deleted")
        news.happened("create_venue", *(uuid4() for _ in range(30)))
        await news.relayed()
        news.happened("delete_venue", *(uuid4() for _ in range(5)))
        async with working(database.dsn, news.office.greenroom, POST, Pace(posts=8, grace=0.1)):
            with suppress(TimeoutError):
                await until(lambda: len(quick.messages) == 5, seconds)
    return len(slow.messages), len(quick.messages)


async def test_a_receiver_that_does_not_answer_keeps_nobody_else_waiting(
    news: Newsroom, database: ClonedDatabase
) -> None:
    assert await _quick_behind_slow(news, database, 10) == (delivering.ABREAST, 5)


async def test_without_the_limit_per_webhook_it_would(
    news: Newsroom, database: ClonedDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivering, "ABREAST", 100)
    assert await _quick_behind_slow(news, database, 1.5) == (8, 0)


async def test_whoever_begins_where_another_ended_tells_the_rest_under_the_same_ids(
    news: Newsroom, database: ClonedDatabase
) -> None:
    hasty = Pace(relay=0.1, deliveries=0.05, lease=0.4, grace=0.0, posts=4)
    async with receiving(slow_seconds=0.03) as receiver:
        hook = await news.hook(receiver.url(), "venue.created")
        subjects = {str(uuid4()) for _ in range(40)}
        news.happened("create_venue", *map(UUID, subjects))
        for begun in range(1, 4):
            async with working(database.dsn, news.office.greenroom, POST, hasty):
                await until(lambda: len(receiver.messages) >= 40 * begun / 5)  # noqa: B023 - waited for here
        async with working(database.dsn, news.office.greenroom, POST, hasty):
            await until(lambda: {end for _, end, *_ in news.log()} == {"delivered"})
    told = {message.id: message.checked(hook.secret)["data"]["id"] for message in receiver.messages}
    assert len(told) == 40
    assert set(told.values()) == subjects
