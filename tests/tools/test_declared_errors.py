"""Every error an operation declares can happen, says what to do, and leaves nothing behind."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.tools.cases import TRADE
from tests.tools.provocations import PROVOCATIONS, Provocation
from tests.tools.shop import Shop

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_every_declared_error_is_provoked_and_no_other() -> None:
    declared = {(name, error) for name, operation in TRADE.items() for error in operation.errors}
    assert {(p.operation, p.error) for p in PROVOCATIONS} == declared


@pytest.mark.parametrize("provocation", PROVOCATIONS, ids=lambda p: f"{p.operation}-{p.error.__name__}")
async def test_a_declared_error_is_raised_and_nothing_is_written(shop: Shop, provocation: Provocation) -> None:
    shop.office.sql(
        "insert into public.spaces (org_id, venue_id, name, capacity) values (%s, %s, 'Cellar', 10)",
        shop.office.org_id,
        shop.venue.id,
    )
    for name, data in provocation.first:
        await shop.do(name, **data(shop))
    before = shop.stored()
    there = replace(shop.office.greenroom, payments=None) if provocation.offline else shop.office.greenroom
    with pytest.raises(provocation.error) as raised:
        await replace(shop.office, greenroom=there).do(provocation.operation, **provocation.data(shop))
    assert type(raised.value) is provocation.error
    problem = raised.value.to_problem()
    assert set(provocation.says) <= set(problem)
    assert 400 <= problem["status"] < 500
    assert not problem["retryable"]
    assert shop.stored() == before
