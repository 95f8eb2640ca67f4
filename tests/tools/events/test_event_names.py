"""Events are meant by the names people use for them."""

from __future__ import annotations

import pytest

from tests.tools.shop import START, Shop
from tools.errors import Ambiguous, NotFound

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.mark.parametrize("name", ["Winter Gala", "the gala", "wintr gala", "WINTER", "gala"])
async def test_an_event_is_found_by_what_people_call_it(shop: Shop, name: str) -> None:
    assert (await shop.do("get_event", event=name)).id == shop.event.id


async def test_two_that_fit_are_asked_about_with_their_dates(shop: Shop) -> None:
    await shop.do("create_event", name="Summer Gala", start_date="2031-07-01T19:00:00+02:00")
    with pytest.raises(Ambiguous) as asked:
        await shop.do("get_event", event="the gala")
    assert set(asked.value.details["candidates"]) == {"Winter Gala (12 Dec 2030)", "Summer Gala (01 Jul 2031)"}


async def test_two_of_one_name_are_never_told_apart_by_guessing(shop: Shop) -> None:
    twin = await shop.do("create_event", name="Winter Gala", start_date=START)
    with pytest.raises(Ambiguous):
        await shop.do("publish_event", event="Winter Gala")
    assert (await shop.do("get_event", event=str(twin.id))).status == "draft"


async def test_a_cancelled_one_loses_to_a_current_one(shop: Shop) -> None:
    await shop.do("cancel_event", event="Winter Gala", buyers="decide_later")
    fresh = await shop.do("create_event", name="Winter Gala", start_date=START)
    assert (await shop.do("get_event", event="winter gala")).id == fresh.id


async def test_a_cancelled_one_alone_is_still_found(shop: Shop) -> None:
    await shop.do("cancel_event", event="Winter Gala", buyers="decide_later")
    assert (await shop.do("get_event", event="gala")).status == "cancelled"


async def test_somebody_elses_event_is_no_candidate(shop: Shop) -> None:
    await shop.rival.do("create_event", name="Opera Ball", start_date=START)
    with pytest.raises(NotFound):
        await shop.do("get_event", event="Opera Ball")
