"""Quotas: several types that share places, and why there are none left."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.tools.promo_codes.strangers import hold
from tests.tools.shop import Shop
from tools.errors import InvalidInput, MissingValue, NotFound, PreconditionFailed
from tools.quotas.rules import QuotaTooSmall
from tools.tickets.rules import TicketsSoldOut

pytestmark = pytest.mark.asyncio(loop_scope="module")

GALA = "Winter Gala"


def drift(shop: Shop) -> list[Any]:
    return shop.office.sql("select * from app.quota_drift(%s)", shop.office.org_id)


async def sell(shop: Shop, quantity: int, name: str = "General", **more: Any) -> Any:
    return await shop.do("sell_tickets", event=GALA, ticket_type=name, quantity=quantity, buyer="Cas", **more)


async def explain(shop: Shop, name: str = "General") -> Any:
    return (await shop.do("explain_availability", event=GALA, ticket_type=name)).items[0]


async def test_two_types_share_what_there_is_with_what_was_sold_before(shop: Shop) -> None:
    both = await shop.do("create_quota", event=GALA, name="Floor", size=10, ticket_types=["General", "VIP"])
    assert (both.sold, both.unpaid, both.free) == (2, 2, 6)
    await sell(shop, 4, "VIP")
    with pytest.raises(TicketsSoldOut) as refused:
        await sell(shop, 3)
    assert (refused.value.details["available"], refused.value.details["quota"]) == (2, "Floor")
    await sell(shop, 2)
    assert drift(shop) == []


async def test_a_size_goes_up_and_down_to_what_is_taken_and_no_further(shop: Shop) -> None:
    for size in (2000, 4, 50):
        changed = await shop.do("update_quota", quota="Hall", event=GALA, size=size)
        assert (changed.size, changed.free) == (size, size - 4)
    with pytest.raises(QuotaTooSmall) as refused:
        await shop.do("update_quota", quota="Hall", size=3)
    assert (refused.value.details["taken"], "4 places of Hall" in refused.value.message) == (4, True)


async def test_types_join_and_leave_with_what_is_sold_of_them(shop: Shop) -> None:
    await sell(shop, 5, "VIP")
    joined = await shop.do("update_quota", quota="Hall", size=9, add_ticket_types=["VIP"])
    assert (joined.unpaid + joined.sold, [each.name for each in joined.ticket_types]) == (9, ["General", "VIP"])
    left = await shop.do("update_quota", quota="Hall", remove_ticket_types=["General"])
    assert (left.unpaid + left.sold, left.free) == (5, 4)
    with pytest.raises(QuotaTooSmall):
        await shop.do("update_quota", quota="Hall", size=8, add_ticket_types=["General"])
    assert drift(shop) == []


async def test_a_type_of_another_event_can_not_join(shop: Shop) -> None:
    stranger = await shop.do("create_ticket_type", event="Garden Fair", price_amount=0, quantity=5)
    for name in ("update_quota", "create_quota"):
        data: dict[str, Any] = {"quota": "Hall", "add_ticket_types": [str(stranger.id)]}
        if name == "create_quota":
            data = {"event": GALA, "name": "Mixed", "size": 9, "ticket_types": [str(stranger.id)]}
        with pytest.raises(InvalidInput):
            await shop.do(name, **data)


async def test_a_sale_is_no_change_of_a_quota(shop: Shop) -> None:
    seen = shop.seen_as(shop.quota.version)
    await sell(shop, 3)
    assert (await seen.do("update_quota", quota="Hall", size=500)).size == 500
    with pytest.raises(PreconditionFailed):
        await seen.do("update_quota", quota="Hall", size=400)


async def test_a_deleted_quota_binds_no_more_and_comes_back_counted_anew(shop: Shop) -> None:
    await shop.do("update_quota", quota="Hall", size=20)
    gone = await shop.office.propose(("delete_quota", {"quota": "Hall"}))
    await shop.office.approve(gone)
    await sell(shop, 6)
    await shop.office.approve(await shop.do("undo_proposal", proposal=gone.id))
    back = await shop.do("get_quota", quota="Hall")
    assert (back.size, back.free, drift(shop)) == (20, 10, [])


async def test_a_shared_quota_wins_over_a_types_own_of_the_same_name(shop: Shop) -> None:
    await shop.do("create_quota", event=GALA, name="General", size=70, ticket_types=["General"])
    assert (await shop.do("get_quota", quota="General", event=GALA)).kind == "shared"
    kinds = {each.name: each.kind for each in (await shop.do("list_quotas", event=GALA)).items}
    assert kinds == {"General": "shared", "VIP": "ticket_type", "Hall": "shared"}


async def test_why_is_it_sold_out(shop: Shop) -> None:
    await shop.do("publish_event", event=GALA)
    await shop.do("update_quota", quota="Hall", size=20)
    (code,) = (await shop.do("create_vouchers", event=GALA, ticket_type="General", quantity=1, max_uses=3)).codes
    held = await hold(shop.office, shop.event.id, shop.ticket_type.id, 13)
    why = await explain(shop)
    assert (why.availability, why.available, why.limited_by.name) == ("reserved", 0, "Hall")
    assert why.sentence == (
        "General: No place is free now, but holds may end: all 20 in Hall are taken"
        " (2 sold, 2 in unpaid orders, 13 on hold, 3 kept for vouchers)."
    )
    back = {each.kind: each for each in why.may_come_back}
    assert {kind: (each.count, each.places, each.without_end) for kind, each in back.items()} == {
        "holds": (1, 13, 0), "unpaid_orders": (1, 2, 1), "vouchers": (1, 3, 1),
    }  # fmt: skip
    ((expires,),) = shop.office.sql("select expires_at from public.holds where id = %s", held)
    assert back["holds"].next_end == expires
    assert [room.name for room in why.quotas] == ["Hall", "General"]
    assert why.remedies[-1] == "Raise the size of Hall (20 now) with update_quota."
    assert "1 hold keeps 13 places; the first ends" in why.remedies[0]
    await shop.do("update_promo_code", promo_code=code, active=False)
    assert (await explain(shop)).available == 3


async def test_how_many_are_left_is_said_too_and_what_is_sold_out_first(shop: Shop) -> None:
    await sell(shop, 10, "VIP", payment_method="card")
    explained = await shop.do("explain_availability", event=GALA)
    assert [(each.name, each.availability) for each in explained.items] == [
        ("VIP", "sold_out"),
        ("General", "available"),
    ]
    assert explained.items[1].sentence == "General: 96 of 100 left."
    assert explained.items[1].remedies == []
    assert explained.items[0].remedies == ["Raise the quantity of VIP (10 now) with update_ticket_type."]


async def test_an_unpaid_order_tells_when_it_ends(shop: Shop) -> None:
    await shop.do("update_quota", quota="Hall", size=4)
    until = datetime.now(UTC) + timedelta(hours=1)
    shop.office.sql("update public.orders set expires_at = %s where id = %s", until, shop.open_order.id)
    why = await explain(shop)
    (unpaid,) = why.may_come_back
    assert (why.availability, unpaid.next_end, unpaid.without_end) == ("ordered", until, 0)


async def test_nothing_named_explains_nothing(shop: Shop) -> None:
    with pytest.raises(MissingValue):
        await shop.do("explain_availability")
    with pytest.raises(NotFound):
        await shop.do("explain_availability", ticket_type=str(shop.rival.org_id))
