"""Deliveries survive kill -9 of the worker: each reaches its receiver at least once under one id, and none that did not happen."""

from __future__ import annotations

import asyncio
import random
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from tests.chaos.mailer import Mailer
from tests.office import open_office
from tests.postgres import ClonedDatabase
from tests.tools.webhooks.receiving import newsroom, receiving


@pytest.mark.long
@pytest.mark.timeout(300)
async def test_eight_kills_among_two_hundred_deliveries_lose_none_and_make_none_up(
    database: ClonedDatabase, tmp_path: Path
) -> None:
    subjects = [uuid4() for _ in range(200)]
    mailer = Mailer(tmp_path, database.dsn)
    async with open_office(database) as office, receiving(slow_seconds=0.02) as receiver:
        news = newsroom(office)
        hook = await news.hook(receiver.url(), "venue.created")
        try:
            mailer.load()
            await mailer.work(another=True)
            # In one go: the receiver answers in this same process, and must not be kept from it.
            news.happened("create_venue", *subjects)
            for kill in range(8):
                async with asyncio.timeout(60):
                    # Somewhere in the middle of the messages, never after them.
                    while len(receiver.messages) < len(subjects) * (kill + 0.5) / 9:
                        await asyncio.sleep(0.005)
                await asyncio.sleep(random.uniform(0, 0.03))
                mailer.kill()
                await mailer.work(another=kill < 7)
            async with asyncio.timeout(60):
                while {end for _, end, *_ in news.log()} != {"delivered"}:
                    await asyncio.sleep(0.05)
        finally:
            mailer.end()
        ids = dict(office.sql("select id::text, (payload -> 'data' ->> 'id')::uuid from public.webhook_deliveries"))
    told = {message.id: UUID(message.checked(hook.secret)["data"]["id"]) for message in receiver.messages}
    assert told == ids
    assert sorted(told.values()) == sorted(subjects)
    print(f"{len(subjects)} deliveries, 8 kills: {len(receiver.messages) - len(subjects)} repeats, 0 lost, 0 ghosts")
