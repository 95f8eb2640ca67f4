"""Mail survives kill -9 of the worker: each is delivered at least once under one Message-ID, and none that nobody ordered."""

from __future__ import annotations

import asyncio
import random
from pathlib import Path

import psycopg
import pytest

from embedded.mail import MailCatcher
from tests.chaos.mailer import Mailer
from tests.office import open_office
from tests.postgres import ClonedDatabase
from tests.tools.mails.posting import BoxOffice, open_box_office, plain_order


async def _business(box: BoxOffice, orders: int, committed: set[str]) -> None:
    """One transaction per order, every third rolled back."""
    async with await psycopg.AsyncConnection.connect(box.office.admin_dsn) as connection:
        for number in range(orders):
            email = f"buyer{number}@example.org"
            order = plain_order(box, email=email, status="expired")
            await connection.execute(
                "insert into public.outbox (org_id, kind, subject_id, event_id) values (%s, 'order_expired', %s, %s)",
                (box.office.org_id, order, box.event),
            )
            if number % 3 == 2:
                await connection.rollback()
            else:
                await connection.commit()
                committed.add(email)
            await asyncio.sleep(0.01)


async def _kill_under_load(database: ClonedDatabase, folder: Path, *, orders: int, kills: int) -> None:
    committed: set[str] = set()
    catcher = MailCatcher(folder)
    mailer = Mailer(folder, database.dsn)
    wanted = orders - orders // 3
    try:
        async with open_office(database) as office:
            box = await open_box_office(office)
            mailer.load()
            await mailer.work(another=True)
            business = asyncio.create_task(_business(box, orders, committed))
            for kill in range(kills):
                async with asyncio.timeout(60):
                    # Somewhere in the middle of the mails, never after them.
                    while len(catcher.caught()) < wanted * (kill + 0.5) / (kills + 1):
                        await asyncio.sleep(0.005)
                await asyncio.sleep(random.uniform(0, 0.03))
                mailer.kill()
                await mailer.work(another=kill + 1 < kills)
            await business
            async with asyncio.timeout(60):
                while {status for *_, status in box.mails()} != {"sent"} or len(box.mails()) < wanted:
                    await asyncio.sleep(0.05)
            mails = box.mails()
            keys = box.office.sql("select count(distinct dedupe_key), count(*) from public.mails")
            left = box.office.sql("select count(*) from jobs.procrastinate_jobs")
    finally:
        mailer.end()
    caught = catcher.caught()
    assert {recipient for _, recipient, _ in mails} == committed
    assert sorted(str(found.message["To"]) for found in caught) == sorted(committed)
    assert keys == [(wanted, wanted)]
    assert left == [(0,)]
    deliveries = sum(found.deliveries for found in caught)
    print(
        f"{wanted} mails of {orders} transactions, {kills} kills: {len(caught)} delivered, {deliveries - wanted} repeats, 0 ghosts"
    )


@pytest.mark.timeout(120)
async def test_two_kills_lose_no_mail_and_make_none_up(database: ClonedDatabase, tmp_path: Path) -> None:
    await _kill_under_load(database, tmp_path, orders=45, kills=2)


@pytest.mark.long
@pytest.mark.timeout(300)
async def test_eight_kills_among_two_hundred_mails_lose_none_and_make_none_up(
    database: ClonedDatabase, tmp_path: Path
) -> None:
    await _kill_under_load(database, tmp_path, orders=300, kills=8)


async def test_a_worker_killed_between_sending_and_marking_repeats_under_the_same_id(
    database: ClonedDatabase, tmp_path: Path
) -> None:
    async with open_office(database) as office:
        box = await open_box_office(office)
        box.happened("order_expired", plain_order(box, email="ann@example.org", status="expired"))
        await box.posted(catcher := MailCatcher(tmp_path))
        # As a kill after the send and before the mark leaves it.
        office.sql("update public.mails set status = 'queued', sent_at = null")
        await box.posted(catcher)
    assert [found.deliveries for found in catcher.caught()] == [2]
