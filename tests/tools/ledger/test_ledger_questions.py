"""Questions to the books: balances, the entries behind them, and the check."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from tests.tools.shop import Shop
from tools.errors import NotFound

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def entries(shop: Shop, limit: int = 3, **asked: Any) -> list[Any]:
    """All of them, page by page."""
    found: list[Any] = []
    cursor = None
    while True:
        page = await shop.do("list_ledger", limit=limit, cursor=cursor, **asked)
        found += page.items
        cursor = page.next_cursor
        if cursor is None:
            return found


async def test_the_balances_are_the_sums_of_the_entries(shop: Shop) -> None:
    await shop.do("refund_order", order=shop.paid_order.number, amount=700)
    await shop.do("record_payout", provider="manual", reference="1", amount=4000, fee_amount=10)
    report = await shop.do("ledger_report")
    assert {balance.account: balance.amount for balance in report.balances} == {
        "receivable": 5000, "bank": 4100, "cash:manual": 290, "cash:stripe": -100, "goodwill": 700, "provider_fees": 10, "revenue": -10_000,
    }  # fmt: skip
    sums: Counter[str] = Counter()
    for entry in await entries(shop):
        sums[entry.account] += entry.amount
    assert sums == {balance.account: balance.amount for balance in report.balances}
    assert report.unbalanced == {}


async def test_pages_show_each_entry_once_oldest_first(shop: Shop) -> None:
    await shop.do("refund_order", order=shop.paid_order.number)
    found = await entries(shop, limit=1)
    assert len({(entry.kind, entry.source_id, entry.entry, entry.transaction_id) for entry in found}) == len(found)
    assert [entry.at for entry in found] == sorted(entry.at for entry in found)
    assert found == await entries(shop, limit=100)
    assert {entry.kind for entry in found} == {"payout", "sale", "payment", "refund", "release"}


async def test_entries_of_an_order_an_account_and_a_period(shop: Shop) -> None:
    of_order = await entries(shop, order=f"#{shop.paid_order.number}")
    assert [(entry.account, entry.amount) for entry in of_order if entry.kind == "payment"] == [
        ("cash:manual", 5000), ("receivable", -5000),
    ]  # fmt: skip
    assert {entry.order_number for entry in of_order} == {shop.paid_order.number}
    assert [entry.amount for entry in await entries(shop, account="cash:manual")] == [5000]
    assert await entries(shop, to_date="2020-01-01") == []
    assert (await shop.do("ledger_report", to_date="2020-01-01")).balances == []


async def test_currencies_have_books_of_their_own(shop: Shop) -> None:
    await shop.do(
        "create_ticket_type", event="Winter Gala", name="Tourist", price_amount=500, currency="JPY", quantity=5
    )
    await shop.do(
        "sell_tickets", event="Winter Gala", ticket_type="Tourist", quantity=2, buyer="Kei", payment_method="cash"
    )
    found = {(each.account, each.currency): each.amount for each in (await shop.do("ledger_report")).balances}
    assert found["cash:manual", "JPY"] == 1000
    assert found["cash:manual", "EUR"] == 5000


async def test_sound_books_have_no_problem_and_one_changed_amount_is_named(shop: Shop) -> None:
    sound = await shop.do("check_ledger")
    assert (sound.orders, sound.problems) == (2, [])
    of_event = [(await shop.do("check_ledger", event=name)).orders for name in ("Winter Gala", "Garden Fair")]
    assert of_event == [2, 0]
    shop.office.sql("update public.payments set amount = 4999 where order_id = %s", shop.paid_order.id)
    problems = (await shop.do("check_ledger", event="Winter Gala")).problems
    assert problems == (await shop.do("check_ledger")).problems
    assert (await shop.do("check_ledger", event="Garden Fair")).problems == []
    assert {(each.problem, each.order_number, each.expected, each.found) for each in problems} == {
        ("owed", shop.paid_order.number, 0, 1), ("paid", shop.paid_order.number, 4999, 5000),
    }  # fmt: skip


async def test_another_organisation_has_empty_books(shop: Shop) -> None:
    assert (await shop.rival.do("ledger_report")).balances == []
    assert (await shop.rival.do("list_ledger")).items == []
    assert (await shop.rival.do("check_ledger")).orders == 0
    for name in ("ledger_report", "list_ledger"):
        with pytest.raises(NotFound):
            await shop.rival.do(name, event=str(shop.event.id))


async def test_a_viewer_who_asks_the_database_itself_sees_no_payout_in_the_ledger(shop: Shop) -> None:
    """The view reads with the rights of whoever asks."""
    await shop.do("record_payout", provider="manual", reference="1", amount=4000)
    seen = {}
    for person in (shop.office, await shop.office.colleague("viewer"), shop.rival):
        async with shop.office.greenroom.database.session(person.caller.user_id) as tx:
            seen[person.caller.user_id] = await tx.fetch_value(
                "select count(*) from public.ledger where account = 'bank'"
            )
    assert list(seen.values()) == [2, 0, 0]
