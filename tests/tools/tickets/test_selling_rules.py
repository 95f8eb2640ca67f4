"""Ticket types: how they are sold to whom, what they are made of, and why there are none."""

from __future__ import annotations

from typing import Any

import pytest

from tests.tools.shop import END, START, Shop
from tools.errors import InvalidInput
from tools.tickets.models import QuotaRoom
from tools.tickets.rules import NotABundle, TicketTypeInUse, binding, level_of, reason, sale_status

pytestmark = pytest.mark.asyncio(loop_scope="module")

GALA = "Winter Gala"


async def make(shop: Shop, name: str = "Balcony", **more: Any) -> Any:
    return await shop.do(
        "create_ticket_type", **{"event": GALA, "name": name, "price_amount": 1500, "quantity": 20} | more
    )


async def general(shop: Shop) -> Any:
    return await shop.do("get_ticket_type", ticket_type=str(shop.ticket_type.id))


async def test_a_type_keeps_all_that_was_said_of_it(shop: Shop) -> None:
    said: dict[str, Any] = {
        "kind": "add_on", "hidden": True, "min_per_order": 2, "max_per_order": 6, "max_per_buyer": 10, "needs_approval": True,
        "fee_amount": 150, "fee_basis_points": 250, "tax_basis_points": 2100, "tax_included": False,
    }  # fmt: skip
    made = await make(shop, **said, sales_start=START, sales_end=END)
    assert {name: getattr(made, name) for name in said} == said
    assert (made.sales_start.isoformat(), made.sale_status) == ("2030-12-12T18:00:00+00:00", "not_open")


async def test_only_what_is_given_changes_and_a_limit_can_be_taken_away(shop: Shop) -> None:
    made = await make(shop, max_per_order=4, max_per_buyer=8, sales_end=END, tax_basis_points=900)
    changed = await shop.do(
        "update_ticket_type", ticket_type=str(made.id), fee_amount=99, clear=["sales_end", "max_per_order"]
    )
    assert (changed.fee_amount, changed.sales_end, changed.max_per_order) == (99, None, None)
    assert (changed.max_per_buyer, changed.tax_basis_points, changed.name) == (8, 900, "Balcony")


async def test_fees_and_tax_are_on_the_order(shop: Shop) -> None:
    await make(shop, price_amount=2500, fee_amount=150, fee_basis_points=250, tax_basis_points=2000, tax_included=False)
    sold = await shop.do(
        "sell_tickets", event=GALA, ticket_type="Balcony", quantity=2, buyer="Ann", payment_method="card"
    )
    assert sold.total_amount == sold.paid_amount == (5000 + 300 + 125) * 120 // 100


async def test_the_shop_is_open_in_the_window_of_a_published_event_only(shop: Shop) -> None:
    assert (await general(shop)).sale_status == "not_open"
    await shop.do("publish_event", event=GALA)
    assert (await general(shop)).sale_status == "open"
    await shop.do("update_ticket_type", ticket_type=str(shop.ticket_type.id), sales_end="2020-01-01T00:00:00Z")
    assert (await general(shop)).sale_status == "closed"
    now = (await general(shop)).created_at
    assert sale_status("cancelled", None, None, now) == sale_status("published", None, now, now) == "closed"
    assert sale_status("published", now, None, now) == "open"


async def test_one_name_in_two_currencies_shares_a_quota(shop: Shop) -> None:
    regular = [await make(shop, "Regular", currency=currency, quantity=30) for currency in ("EUR", "USD")]
    await shop.do("create_quota", event=GALA, name="Regular", size=30, ticket_types=["Regular EUR", "Regular USD"])
    for currency, quantity in (("EUR", 12), ("USD", 8)):
        sold = await shop.do(
            "sell_tickets", event=GALA, ticket_type=f"Regular {currency}", quantity=quantity, buyer="Ann"
        )
        assert (sold.currency, sold.total_amount) == (currency, quantity * 1500)
    left = [await shop.do("get_ticket_type", ticket_type=str(each.id)) for each in regular]
    assert [(each.available, each.limited_by.name, each.limited_by.kind) for each in left] == [
        (10, "Regular", "shared")
    ] * 2
    with pytest.raises(InvalidInput):
        await shop.do(
            "sell_tickets", event=GALA, ticket_type="Regular EUR", quantity=1, buyer="Ann",
            also=[{"ticket_type": "Regular USD", "quantity": 1}],
        )  # fmt: skip


async def test_a_bundle_takes_the_places_of_its_parts(shop: Shop) -> None:
    await make(shop, "Parking", kind="add_on")
    parts = [{"ticket_type": "General", "quantity": 2}, {"ticket_type": "Parking"}]
    duo = await make(shop, "Duo", kind="bundle", parts=parts, price_amount=4500)
    assert [(part.ticket_type_name, part.quantity) for part in duo.parts] == [("General", 2), ("Parking", 1)]
    sold = await shop.do("sell_tickets", event=GALA, ticket_type="Duo", quantity=3, buyer="Ann")
    assert (sold.total_amount, len(sold.tickets)) == (13500, 9)
    taken = {each.name: each.sold for each in (await shop.do("list_ticket_types", event=GALA)).items}
    assert taken == {"General": 4 + 6, "VIP": 0, "Parking": 3, "Duo": 3}


async def test_new_parts_are_for_new_orders_and_make_a_new_version(shop: Shop) -> None:
    duo = await make(shop, "Duo", kind="bundle", parts=[{"ticket_type": "General", "quantity": 2}])
    changed = await shop.do(
        "update_ticket_type", ticket_type=str(duo.id), parts=[{"ticket_type": "VIP", "quantity": 1}]
    )
    assert [(part.ticket_type_name, part.quantity) for part in changed.parts] == [("VIP", 1)]
    assert changed.version > duo.version
    with pytest.raises(NotABundle):
        await shop.do("update_ticket_type", ticket_type=str(duo.id), parts=[])


@pytest.mark.parametrize(
    "parts",
    [
        [{"ticket_type": "Duo"}],
        [{"ticket_type": "Dollar"}],
        [{"ticket_type": "General"}, {"ticket_type": "general"}],
    ],
    ids=["itself", "another currency", "one twice"],
)
async def test_what_makes_no_bundle(shop: Shop, parts: list[dict[str, Any]]) -> None:
    await make(shop, "Dollar", currency="USD")
    await make(shop, "Duo", kind="bundle", parts=[{"ticket_type": "General", "quantity": 2}])
    with pytest.raises(NotABundle):
        await make(shop, "Trio", kind="bundle", parts=parts)


async def test_a_part_of_a_bundle_stays_until_the_bundle_goes(shop: Shop) -> None:
    await make(shop, "Duo", kind="bundle", parts=[{"ticket_type": "VIP", "quantity": 2}])
    with pytest.raises(TicketTypeInUse):
        await shop.do("delete_ticket_type", ticket_type="VIP", event=GALA)
    gone = await shop.office.propose(("delete_ticket_type", {"ticket_type": "Duo", "event": GALA}))
    await shop.office.approve(gone)
    await shop.office.approve(await shop.do("undo_proposal", proposal=gone.id))
    back = await shop.do("get_ticket_type", ticket_type="Duo", event=GALA)
    assert [(part.ticket_type_name, part.quantity) for part in back.parts] == [("VIP", 2)]


async def test_add_ons_and_bundles_take_no_seat_of_their_own(shop: Shop) -> None:
    await shop.do("update_event", event=GALA, capacity=10)
    await make(shop, "Shirt", kind="add_on", quantity=500)
    await make(shop, "Duo", kind="bundle", parts=[{"ticket_type": "General", "quantity": 2}])
    await shop.do("sell_tickets", event=GALA, ticket_type="Shirt", quantity=50, buyer="Ann")
    await shop.do("sell_tickets", event=GALA, ticket_type="Duo", quantity=3, buyer="Ann")
    left = await general(shop)
    assert (left.available, left.limited_by.kind, left.availability) == (0, "capacity", "ordered")
    assert (await shop.do("get_event", event=GALA)).tickets_sold == 10


def room(
    kind: str = "ticket_type", size: int = 10, sold: int = 0, unpaid: int = 0, on_hold: int = 0, kept: int = 0
) -> QuotaRoom:
    return QuotaRoom(
        id="00000000-0000-0000-0000-000000000001", name="Hall", kind=kind, size=size, sold=sold, unpaid=unpaid, on_hold=on_hold,
        kept_by_vouchers=kept, free=size - sold - unpaid - on_hold - kept,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("full", "level", "said"),
    [
        (room(sold=9), "available", "1 of 10 left."),
        (
            room(sold=6, unpaid=1, on_hold=3),
            "reserved",
            "holds may end: all 10 of General are taken (6 sold, 1 in unpaid orders, 3 on hold).",
        ),
        (room(sold=6, unpaid=4), "ordered", "unpaid orders may end: all 10 of General are taken (6 sold, 4 in unpaid orders)."),
        (room("shared", sold=6, kept=4), "sold_out", "Sold out: all 10 in Hall are taken (6 sold, 4 kept for vouchers)."),
        (room(size=0), "sold_out", "Sold out: all 0 of General are taken (there are none)."),
    ],
)  # fmt: skip
async def test_each_level_has_its_reason(full: QuotaRoom, level: str, said: str) -> None:
    assert level_of(full) == level
    assert reason("General", full).endswith(said)


async def test_the_quota_that_binds_is_the_one_places_come_back_from_last() -> None:
    held, sold_out, open_ = room(on_hold=10), room("capacity", sold=10), room("shared", sold=1)
    assert binding([held, sold_out, open_]) is sold_out
    assert binding([held, open_]) is held
    assert binding([open_, room(sold=8)]).free == 2
