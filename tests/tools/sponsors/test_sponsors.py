"""Sponsors: one row per sponsor, one agreement per event."""

from __future__ import annotations

import pytest

from tests.tools.shop import Shop
from tools.errors import Ambiguous

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_sponsor_of_two_events_is_one_sponsor(shop: Shop) -> None:
    second = await shop.do("add_sponsor", event="Garden Fair", sponsor="yamaha", level="Gold", amount=1)
    assert (second.sponsor_id, second.level) == (shop.sponsorship.sponsor_id, "gold")
    with pytest.raises(Ambiguous):
        await shop.do("get_sponsor", sponsor="Yamaha")
    assert (await shop.do("get_sponsor", sponsor="Yamaha", event="Garden Fair")).id == second.id


async def test_a_misspelt_sponsor_is_found_to_change_and_a_new_one_is_not_made_of_it(shop: Shop) -> None:
    changed = await shop.do("update_sponsor", sponsor="Yamha", amount=750_000)
    assert (changed.id, changed.amount, changed.level) == (shop.sponsorship.id, 750_000, "gold")


async def test_the_agreement_goes_its_way_and_not_back_over_it(shop: Shop) -> None:
    for status in ("invoiced", "paid"):
        assert (await shop.do("update_sponsor", sponsor="Yamaha", status=status)).status == status
    assert (await shop.do("update_sponsor", sponsor="Yamaha", status="paid")).status == "paid"


async def test_taking_a_sponsor_off_keeps_the_sponsor_for_the_next_event(shop: Shop) -> None:
    await shop.do("remove_sponsor", sponsor="Yamaha")
    assert (await shop.do("list_sponsors")).items == []
    again = await shop.do("add_sponsor", event="Winter Gala", sponsor="Yamaha", level="silver", amount=1)
    assert again.sponsor_id == shop.sponsorship.sponsor_id


async def test_sponsors_are_listed_by_event_and_state(shop: Shop) -> None:
    assert [
        deal.sponsor_name for deal in (await shop.do("list_sponsors", event="Winter Gala", status="agreed")).items
    ] == ["Yamaha"]
    assert (await shop.do("list_sponsors", status="paid")).items == []
