"""Promo codes: what they take off, whom they let in, how often, and how they are changed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from tests.tools.promo_codes.strangers import discount, hold, order
from tests.tools.shop import END, START, Shop
from tools.counter.refusals import NoSuchTicketType
from tools.errors import Ambiguous, PreconditionFailed
from tools.promo_codes.rules import (
    NoSuchPromoCode,
    PromoCodeBelowUse,
    PromoCodeEffect,
    PromoCodeNotValid,
    PromoCodeUsedUp,
)
from tools.proposals.rules import digest_of

pytestmark = pytest.mark.asyncio(loop_scope="module")

GALA = "Winter Gala"


async def sell(shop: Shop, code: str, quantity: int = 2, **more: Any) -> Any:
    sale = {"event": GALA, "ticket_type": "General", "quantity": quantity, "buyer": "Cas", "promo_code": code}
    return await shop.do("sell_tickets", **sale | more)


async def test_a_code_takes_its_share_off_and_counts_its_uses_and_what_it_cost(shop: Shop) -> None:
    sold = await sell(shop, "student", 3)
    assert sold.total_amount == 6000
    after = await shop.do("get_promo_code", promo_code="Student", event=GALA)
    assert (after.uses, after.spent_amount, after.orders, after.held_uses, after.status) == (3, 1500, 1, 0, "active")


async def test_what_an_order_used_comes_back_when_it_is_cancelled(shop: Shop) -> None:
    sold = await sell(shop, "STUDENT")
    await shop.do("refund_order", order=str(sold.id))
    after = await shop.do("get_promo_code", promo_code="STUDENT")
    assert (after.uses, after.spent_amount, after.orders) == (0, 0, 0)


async def test_uses_of_a_hold_are_counted_at_once_and_are_the_same_buyers_when_they_order(shop: Shop) -> None:
    await shop.do("publish_event", event=GALA)
    await shop.do("create_promo_code", event=GALA, code="FEW", percent_basis_points=5000, max_uses=3)
    event_id, type_id = shop.event.id, shop.ticket_type.id
    held = await hold(shop.office, event_id, type_id, 3, "FEW")
    after = await shop.do("get_promo_code", promo_code="FEW")
    assert (after.uses, after.held_uses, after.status) == (3, 3, "used_up")
    with pytest.raises(PromoCodeUsedUp):
        await discount(shop.office, event_id, "FEW")
    rung, _ = await order(shop.office, event_id, type_id, 3, held, "FEW")
    assert rung.priced.discount_amount == 3750
    after = await shop.do("get_promo_code", promo_code="FEW")
    assert (after.uses, after.held_uses, after.orders, after.spent_amount) == (3, 0, 1, 3750)


async def test_a_budget_ends_in_the_middle_of_an_order(shop: Shop) -> None:
    await shop.do("create_promo_code", event=GALA, code="POT", off_amount=1000, budget_amount=2500)
    sold = await sell(shop, "POT", 4)
    assert sold.total_amount == 4 * 2500 - 2500
    assert sorted(item.quantity for item in sold.items) == [1, 3]
    with pytest.raises(PromoCodeUsedUp):
        await sell(shop, "POT", 1)


async def test_a_hidden_type_is_sold_to_who_has_the_key_only(shop: Shop) -> None:
    await shop.do("publish_event", event=GALA)
    backstage = await shop.do(
        "create_ticket_type", event=GALA, name="Backstage", price_amount=100, quantity=5, hidden=True
    )
    await shop.do("create_promo_code", event=GALA, code="FRIENDS", ticket_types=["Backstage"])
    await shop.do("create_promo_code", event=GALA, code="VIPS", off_amount=1, ticket_types=["VIP"])
    with pytest.raises(NoSuchTicketType):
        await hold(shop.office, shop.event.id, backstage.id, 1)
    with pytest.raises(NoSuchTicketType):
        await hold(shop.office, shop.event.id, backstage.id, 1, "VIPS")
    assert await hold(shop.office, shop.event.id, backstage.id, 1, "FRIENDS")
    assert (await shop.do("get_promo_code", promo_code="FRIENDS")).kind == "access"


async def test_a_discount_with_one_use_left_opens_one_hidden_place_and_not_five(shop: Shop) -> None:
    await shop.do("publish_event", event=GALA)
    hidden = await shop.do(
        "create_ticket_type", event=GALA, name="Backstage", price_amount=100, quantity=9, hidden=True
    )
    await shop.do("create_promo_code", event=GALA, code="ONE", off_amount=10, max_uses=1, ticket_types=["Backstage"])
    with pytest.raises(PromoCodeUsedUp) as refused:
        await hold(shop.office, shop.event.id, hidden.id, 5, "ONE")
    assert refused.value.details == {"available": 1}
    assert await hold(shop.office, shop.event.id, hidden.id, 1, "ONE")


async def test_a_code_is_valid_in_its_window_only_and_only_where_it_belongs(shop: Shop) -> None:
    await shop.do("create_promo_code", event=GALA, code="LATER", off_amount=1, valid_from=START, valid_until=END)
    await shop.do("create_promo_code", event=GALA, code="PAST", off_amount=1, valid_until="2020-01-01T00:00:00Z")
    for code, status in (("LATER", "not_yet"), ("PAST", "expired")):
        assert (await shop.do("get_promo_code", promo_code=code)).status == status
        with pytest.raises(PromoCodeNotValid):
            await sell(shop, code)
        assert [each.code for each in (await shop.do("list_promo_codes", status=status)).items] == [code]
    await shop.do("update_promo_code", promo_code="STUDENT", active=False)
    with pytest.raises(PromoCodeNotValid):
        await sell(shop, "STUDENT")
    with pytest.raises(NoSuchPromoCode):
        await discount(shop.office, shop.spare_event.id, "PAST")


@pytest.mark.parametrize("typed", ["", "a\x00b", "half \ud800", "x" * 100_000, "İSTANBUL", "'; drop table", "AB"])
async def test_what_is_no_code_is_no_such_code(shop: Shop, typed: str) -> None:
    with pytest.raises(NoSuchPromoCode):
        await discount(shop.office, shop.event.id, typed)


async def test_one_code_on_two_events_needs_the_event(shop: Shop) -> None:
    await shop.do("create_promo_code", event="Garden Fair", code="STUDENT", off_amount=100)
    with pytest.raises(Ambiguous):
        await shop.do("get_promo_code", promo_code="student")
    assert (await shop.do("get_promo_code", promo_code="student", event="Garden Fair")).off_amount == 100


async def test_amounts_are_of_one_currency_and_leave_others_alone(shop: Shop) -> None:
    await shop.do("create_ticket_type", event=GALA, name="General", currency="USD", price_amount=3000, quantity=10)
    await shop.do("create_promo_code", event=GALA, code="TENNER", off_amount=1000)
    euros, dollars = ({"ticket_type": f"General {currency}"} for currency in ("EUR", "USD"))
    assert (await sell(shop, "TENNER", 1, **euros)).total_amount == 1500
    assert (await sell(shop, "TENNER", 1, **dollars)).total_amount == 3000
    assert (await sell(shop, "STUDENT", 1, **dollars)).total_amount == 2400
    with pytest.raises(PromoCodeEffect):
        await shop.do("create_promo_code", event=GALA, code="WRONG", off_amount=1, ticket_types=["General USD"])


async def test_a_new_discount_replaces_the_old_one_and_limits_can_be_taken_away(shop: Shop) -> None:
    changed = await shop.do("update_promo_code", promo_code="STUDENT", price_amount=1000, clear=["max_uses"])
    assert (changed.percent_basis_points, changed.price_amount, changed.currency, changed.max_uses) == (
        None,
        1000,
        "EUR",
        None,
    )
    assert (await sell(shop, "STUDENT")).total_amount == 2000
    back = await shop.do("update_promo_code", promo_code="STUDENT", percent_basis_points=1000)
    assert (back.percent_basis_points, back.price_amount, back.currency) == (1000, None, None)


async def test_a_use_is_no_change_and_a_limit_is_never_below_it(shop: Shop) -> None:
    await sell(shop, "STUDENT", 4)
    seen = shop.seen_as(shop.promo_code.version)
    with pytest.raises(PromoCodeBelowUse) as refused:
        await seen.do("update_promo_code", promo_code="STUDENT", max_uses=3)
    assert refused.value.details == {"uses": 4}
    assert (await seen.do("update_promo_code", promo_code="STUDENT", max_uses=4)).status == "used_up"
    with pytest.raises(PreconditionFailed):
        await seen.do("update_promo_code", promo_code="STUDENT", max_uses=5)


async def test_a_type_a_code_is_for_can_not_go_and_leave_the_code_open_to_all(shop: Shop) -> None:
    await shop.do("create_promo_code", event=GALA, code="VIPS", percent_basis_points=5000, ticket_types=["VIP"])
    with pytest.raises(Exception, match="in use"):
        await shop.do("delete_ticket_type", ticket_type="VIP", event=GALA)
    await shop.do("delete_promo_code", promo_code="VIPS")
    await shop.do("delete_ticket_type", ticket_type="VIP", event=GALA)


async def test_an_event_goes_with_its_codes_bundles_and_vouchers_and_comes_back_with_them(shop: Shop) -> None:
    fair = "Garden Fair"
    await shop.do("create_ticket_type", event=fair, name="Entry", price_amount=500, quantity=50)
    duo = {"kind": "bundle", "parts": [{"ticket_type": "Entry", "quantity": 2}]}
    await shop.do("create_ticket_type", event=fair, name="Duo", price_amount=900, quantity=10, **duo)
    await shop.do("create_promo_code", event=fair, code="FAIR", percent_basis_points=1000, ticket_types=["Entry"])
    await shop.do("create_vouchers", event=fair, ticket_type="Entry", quantity=3)
    before = shop.stored()
    gone = await shop.office.propose(("delete_event", {"event": fair}))
    await shop.office.approve(gone)
    assert shop.office.sql("select count(*) from public.promo_codes where event_id = %s", shop.spare_event.id) == [(0,)]
    undone = await shop.do("undo_proposal", proposal=gone.id)
    await shop.office.approve(undone)
    for table in ("bundle_items", "promo_code_ticket_types", "quotas"):
        assert shop.stored()[table] == before[table], table
    ((blocked,),) = shop.office.sql(
        "select sum(blocked) from public.promo_codes where event_id = %s", shop.spare_event.id
    )
    assert (blocked, shop.office.sql("select * from app.quota_drift(%s)", shop.office.org_id)) == (3, [])


async def test_a_proposed_code_is_shown_and_bound_but_its_uses_are_not(shop: Shop) -> None:
    proposal = await shop.office.propose(
        ("create_promo_code", {"event": GALA, "code": "SPRING", "percent_basis_points": 1500}),
        (
            "sell_tickets",
            {"event": GALA, "ticket_type": "General", "quantity": 1, "buyer": "Eva", "promo_code": "STUDENT"},
        ),
    )
    made = proposal.preview.steps[0]
    assert made.result["code"] == "SPRING"
    assert made.changes[0].label == "promo code SPRING"
    await sell(shop, "STUDENT", 5)
    assert (await shop.office.approve(proposal)).status == "applied"


def changed(table: str, code: str) -> list[list[dict[str, Any]]]:
    row = {"id": str(UUID(int=1)), "code": code, "uses": 1}
    return [[{"table_name": table, "action": "insert", "row_id": row["id"], "before": None, "after": row}]]


@pytest.mark.parametrize(("table", "binds"), [("promo_codes", True), ("tickets", False)])
async def test_an_approval_binds_the_code_of_a_promo_code_and_not_that_of_a_ticket(table: str, binds: bool) -> None:
    one, other = (digest_of(UUID(int=2), [], changed(table, code), []) for code in ("SPRING", "WINTER"))
    assert (one != other) is binds
