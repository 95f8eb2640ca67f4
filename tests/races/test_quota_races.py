"""A quota made smaller while its tickets sell: never below what is sold, whoever comes first."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Awaitable
from typing import Any

import pytest

from tests.office import Office, open_office
from tests.postgres import ClonedDatabase
from tests.races.crowd import START, outcomes, persistently
from tools.quotas import repository

ROUNDS, BUYERS, SIZE = 5, 40, 60
SIZES = (10, 60, 25, 30, 5, 50, 15, 35, 20, 45)


async def later(seconds: float, call: Awaitable[str]) -> str:
    await asyncio.sleep(seconds)
    return await call


async def resize_while_selling(office: Office, number: int) -> tuple[Counter[str], list[Any], list[Any]]:
    """What everybody heard; quotas with more taken than there is; quotas whose counters are not what was sold."""
    event = await office.do("create_event", name=f"Night {number}", start_date=START)
    names = ("Floor", "Balcony")
    types = [
        await office.do("create_ticket_type", event=str(event.id), name=name, price_amount=1000, quantity=1000)
        for name in names
    ]
    quota = await office.do("create_quota", event=str(event.id), name="Hall", size=SIZE, ticket_types=list(names))
    sale = {"event": str(event.id), "quantity": 1, "payment_method": "cash"}
    # Some are sold before, so that the smallest sizes are too small whoever comes first.
    for n in range(min(SIZES) + 1):
        await office.do("sell_tickets", **sale, ticket_type=str(types[n % 2].id), buyer=f"Early {n}")
    calls = [
        persistently(office, "sell_tickets", **sale, ticket_type=str(types[n % 2].id), buyer=f"Buyer {n}")
        for n in range(BUYERS)
    ]
    calls += [persistently(office, "update_quota", quota=str(quota.id), size=size) for size in SIZES]
    chance = random.Random(number)
    chance.shuffle(calls)
    # Not all at once: sales that come together are one call of the database, with nothing between them.
    heard = await outcomes([later(chance.uniform(0, 0.1), call) for call in calls])
    over = office.sql("select name, size, held, sold from public.quotas where held + sold > size")
    return heard, over, office.sql("select * from app.quota_drift(%s)", office.org_id)


async def test_a_size_lowered_while_tickets_sell_is_never_below_what_is_sold(database: ClonedDatabase) -> None:
    heard: Counter[str] = Counter()
    async with open_office(database, pool_size=20) as office:
        for number in range(ROUNDS):
            answers, over, out_of_step = await resize_while_selling(office, number)
            assert (over, out_of_step) == ([], [])
            assert set(answers) <= {"done", "tickets_sold_out", "quota_too_small"}
            heard += answers
    print(f"{ROUNDS} rounds of {BUYERS} sales and {len(SIZES)} sizes: {dict(heard)}")
    assert heard["quota_too_small"] > 0


async def test_without_the_lock_and_the_constraint_a_size_is_below_what_is_sold(
    database: ClonedDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def lock(*_: Any) -> None:
        return None

    monkeypatch.setattr(repository, "lock", lock)
    async with open_office(database, pool_size=20) as office:
        office.sql("alter table public.quotas drop constraint quotas_never_oversold")
        over = []
        for number in range(ROUNDS * 4):
            over += (await resize_while_selling(office, number))[1]
            if over:
                break
    print(f"unguarded: {over}")
    assert over


async def test_vouchers_made_stopped_and_used_while_tickets_sell_keep_the_count(database: ClonedDatabase) -> None:
    async with open_office(database, pool_size=20) as office:
        event = await office.do("create_event", name="Gala", start_date=START)
        made = await office.do("create_ticket_type", event=str(event.id), price_amount=1000, quantity=60)
        types = {"ticket_type": str(made.id)}
        codes = (await office.do("create_vouchers", **types, quantity=10, max_uses=2)).codes
        sale = {"event": str(event.id), **types, "quantity": 1}
        calls = [persistently(office, "sell_tickets", **sale, buyer=f"Buyer {n}") for n in range(40)]
        calls += [
            persistently(office, "sell_tickets", **sale, buyer="Guest", promo_code=code)
            for code in codes
            for _ in range(3)
        ]
        calls += [persistently(office, "update_promo_code", promo_code=code, active=False) for code in codes[::2]]
        calls += [persistently(office, "create_vouchers", **types, quantity=2) for _ in range(5)]
        random.Random(3).shuffle(calls)
        heard = await outcomes(calls)
        ((size, held, sold),) = office.sql("select size, held, sold from public.quotas")
        assert held + sold <= size
        assert office.sql("select * from app.quota_drift(%s)", office.org_id) == []
        over = office.sql(
            "select code from public.promo_codes where uses > max_uses or (active and blocked + uses <> max_uses)"
        )
        assert over == []
    print(f"vouchers in a crowd: {dict(heard)}, {sold} sold and {held} kept of {size}")
    assert set(heard) <= {"done", "tickets_sold_out", "promo_code_not_valid", "promo_code_used_up"}
