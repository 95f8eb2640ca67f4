"""Payouts: recorded once, crossed out rather than erased, and nobody's to see below an admin."""

from __future__ import annotations

from typing import Any

import pytest

from tests.tools.shop import Shop
from tools.errors import Forbidden, InvalidInput, NotFound
from tools.payouts.rules import PayoutRecorded, PayoutVoided

pytestmark = pytest.mark.asyncio(loop_scope="module")

ARRIVED = {"provider": "stripe", "reference": "po_1", "amount": 4800, "fee_amount": 200, "arrived_on": "2029-05-01"}


async def balances(shop: Shop, **asked: Any) -> dict[str, int]:
    report = await shop.do("ledger_report", **asked)
    assert report.unbalanced == {}
    return {balance.account: balance.amount for balance in report.balances}


async def test_a_payout_moves_what_the_provider_held_to_the_bank(shop: Shop) -> None:
    assert (await balances(shop))["cash:manual"] == 5000
    payout = await shop.do("record_payout", **{**ARRIVED, "provider": "manual"})
    assert (payout.currency, payout.amount, payout.fee_amount) == ("EUR", 4800, 200)
    found = await balances(shop)
    assert (found["bank"], found["provider_fees"], found["cash:manual"]) == (4900, 200, 0)
    assert "bank" not in await balances(shop, event="Winter Gala")


async def test_the_same_reference_is_recorded_once_per_provider(shop: Shop) -> None:
    await shop.do("record_payout", **ARRIVED)
    with pytest.raises(PayoutRecorded):
        await shop.do("record_payout", **{**ARRIVED, "amount": 1})
    await shop.do("record_payout", **{**ARRIVED, "provider": "manual"})
    await shop.rival.do("record_payout", **ARRIVED)


async def test_a_voided_payout_counts_no_more_and_its_reference_is_free(shop: Shop) -> None:
    wrong = await shop.do("record_payout", **ARRIVED)
    voided = await shop.do("void_payout", payout=str(wrong.id))
    assert voided.voided_at is not None
    assert (await balances(shop))["bank"] == shop.payout.amount
    with pytest.raises(PayoutVoided):
        await shop.do("void_payout", payout=str(wrong.id))
    await shop.do("record_payout", **{**ARRIVED, "amount": 4000})
    assert (await balances(shop))["bank"] == 4100
    assert [item.amount for item in (await shop.do("list_payouts")).items if item.voided_at is None] == [4000, 100]


async def test_a_payout_arrives_today_where_the_organisation_is_unless_told(shop: Shop) -> None:
    payout = await shop.do("record_payout", provider="stripe", reference="po_2", amount=1)
    assert (
        payout.arrived_on.isoformat()
        == shop.office.sql("select (now() at time zone 'Europe/Amsterdam')::date::text")[0][0]
    )


async def test_a_payout_of_nothing_is_refused(shop: Shop) -> None:
    with pytest.raises(InvalidInput):
        await shop.do("record_payout", provider="stripe", reference="po_0", amount=0)
    assert [item.id for item in (await shop.do("list_payouts")).items] == [shop.payout.id]


async def test_payouts_are_listed_newest_first_page_by_page(shop: Shop) -> None:
    for number in (1, 2, 3):
        await shop.do("record_payout", **{**ARRIVED, "reference": f"po_{number}", "arrived_on": f"2029-05-0{number}"})
    page = await shop.do("list_payouts", limit=2, from_date="2029-05-01")
    rest = await shop.do("list_payouts", limit=2, cursor=page.next_cursor, from_date="2029-05-01")
    assert [item.reference for item in (*page.items, *rest.items)] == ["po_3", "po_2", "po_1"]
    assert [item.reference for item in (await shop.do("list_payouts", to_date="2029-05-01")).items] == ["po_1", "po_0"]


@pytest.mark.parametrize("role", ["viewer", "staff"])
async def test_below_an_admin_nobody_reads_or_writes_money_of_the_house(shop: Shop, role: str) -> None:
    payout = await shop.do("record_payout", **ARRIVED)
    person = await shop.office.colleague(role)
    for name, data in (
        ("list_payouts", {}),
        ("get_payout", {"payout": str(payout.id)}),
        ("record_payout", {**ARRIVED, "reference": "po_9"}),
        ("void_payout", {"payout": str(payout.id)}),
        ("ledger_report", {}),
        ("list_ledger", {}),
        ("check_ledger", {}),
    ):
        with pytest.raises(Forbidden):
            await person.do(name, **data)
    admin = await shop.office.colleague("admin")
    assert [item.id for item in (await admin.do("list_payouts")).items] == [payout.id, shop.payout.id]


async def test_another_organisations_payout_is_not_there(shop: Shop) -> None:
    payout = await shop.do("record_payout", **ARRIVED)
    for name in ("get_payout", "void_payout"):
        with pytest.raises(NotFound):
            await shop.rival.do(name, payout=str(payout.id))
    assert (await shop.rival.do("list_payouts")).items == []
