"""Vouchers: random codes that keep places out of sale for whoever has them, and let go of them in time."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest

from tests.tools.promo_codes.strangers import hold, order
from tests.tools.shop import Shop
from tools.errors import Forbidden
from tools.promo_codes.operations import release_expired_vouchers
from tools.tickets.rules import TicketsSoldOut

pytestmark = pytest.mark.asyncio(loop_scope="module")

GALA = "Winter Gala"


def drift(shop: Shop) -> list[Any]:
    return shop.office.sql("select * from app.quota_drift(%s)", shop.office.org_id)


async def free(shop: Shop) -> int:
    return int((await shop.do("get_ticket_type", ticket_type=str(shop.ticket_type.id))).available)


async def vouchers(shop: Shop, quantity: int = 10, **more: Any) -> Any:
    wanted = {"ticket_type": str(shop.ticket_type.id), "quantity": quantity, "price_amount": 0}
    return await shop.do("create_vouchers", **wanted | more)


async def test_twenty_five_free_codes_for_speakers_as_a_list(shop: Shop) -> None:
    made = await vouchers(shop, 25, prefix="speaker", label="=Speakers", max_uses=2)
    assert (len(set(made.codes)), made.places, await free(shop)) == (25, 50, 96 - 50)
    rows = list(csv.DictReader(io.StringIO(made.csv)))
    assert [row["code"] for row in rows] == made.codes
    assert {(row["ticket_type"], row["uses"], row["label"]) for row in rows} == {("General", "2", "'=Speakers")}
    assert all(code.startswith("SPEAKER-") and len(code) == 20 for code in made.codes)
    assert drift(shop) == []


async def test_a_sold_out_type_is_still_there_for_who_has_a_voucher(shop: Shop) -> None:
    (code,) = (await vouchers(shop, 1)).codes
    sale = {"event": GALA, "ticket_type": "General", "buyer": "Cas"}
    await shop.do("sell_tickets", **sale, quantity=95)
    with pytest.raises(TicketsSoldOut):
        await shop.do("sell_tickets", **sale, quantity=1)
    sold = await shop.do("get_ticket_type", ticket_type="General", event=GALA)
    assert (sold.availability, sold.limited_by.kept_by_vouchers) == ("ordered", 1)
    free_of_charge = await shop.do("sell_tickets", **sale, quantity=1, promo_code=code)
    assert (free_of_charge.total_amount, free_of_charge.status) == (0, "paid")
    used = await shop.do("get_promo_code", promo_code=code)
    assert (used.uses, used.blocked, used.status) == (1, 0, "used_up")
    assert drift(shop) == []


async def test_a_place_of_a_voucher_goes_through_a_hold_to_the_order_and_back(shop: Shop) -> None:
    await shop.do("publish_event", event=GALA)
    (code,) = (await vouchers(shop, 1, max_uses=3)).codes
    event_id, type_id = shop.event.id, shop.ticket_type.id
    held = await hold(shop.office, event_id, type_id, 2, code)
    assert ((await shop.do("get_promo_code", promo_code=code)).blocked, await free(shop), drift(shop)) == (1, 93, [])
    _, served = await order(shop.office, event_id, type_id, 2, held, code)
    assert ((await shop.do("get_promo_code", promo_code=code)).blocked, await free(shop), drift(shop)) == (1, 93, [])
    await shop.do("refund_order", order=str(served.id))
    assert ((await shop.do("get_promo_code", promo_code=code)).blocked, await free(shop), drift(shop)) == (3, 93, [])


async def test_fewer_tickets_in_the_order_than_in_the_hold_give_a_place_back_to_the_voucher(shop: Shop) -> None:
    await shop.do("publish_event", event=GALA)
    (code,) = (await vouchers(shop, 1, max_uses=3)).codes
    held = await hold(shop.office, shop.event.id, shop.ticket_type.id, 3, code)
    await order(shop.office, shop.event.id, shop.ticket_type.id, 1, held, code)
    after = await shop.do("get_promo_code", promo_code=code)
    assert (after.uses, after.blocked, await free(shop), drift(shop)) == (1, 2, 93, [])


async def test_stopping_a_voucher_frees_its_places_and_starting_it_takes_them_again(shop: Shop) -> None:
    (code,) = (await vouchers(shop, 1, max_uses=10)).codes
    assert await free(shop) == 86
    stopped = await shop.do("update_promo_code", promo_code=code, active=False)
    assert (stopped.blocked, stopped.status, await free(shop)) == (0, "inactive", 96)
    assert (await shop.do("update_promo_code", promo_code=code, active=True)).blocked == 10
    assert (await shop.do("update_promo_code", promo_code=code, max_uses=4)).blocked == 4
    await shop.do("update_promo_code", promo_code=code, active=False)
    await shop.do("sell_tickets", event=GALA, ticket_type="General", quantity=95, buyer="Cas")
    with pytest.raises(TicketsSoldOut):
        await shop.do("update_promo_code", promo_code=code, active=True)
    assert drift(shop) == []


async def test_an_order_that_ends_after_its_voucher_was_stopped_frees_its_place(shop: Shop) -> None:
    (code,) = (await vouchers(shop, 1)).codes
    sold = await shop.do("sell_tickets", event=GALA, ticket_type="General", quantity=1, buyer="Cas", promo_code=code)
    await shop.do("update_promo_code", promo_code=code, active=False)
    await shop.do("refund_order", order=str(sold.id))
    assert (await free(shop), drift(shop)) == (96, [])


async def expire(shop: Shop) -> None:
    shop.office.sql(
        "update public.promo_codes set valid_until = now() - interval '1 second' where org_id = %s and kind = 'voucher'",
        shop.office.org_id,
    )


async def test_vouchers_that_are_over_free_their_places_once(shop: Shop) -> None:
    await vouchers(shop, 5, valid_until="2030-01-01T00:00:00Z")
    await vouchers(shop, 2, ticket_type="VIP", event=GALA)
    assert await release_expired_vouchers(shop.office.greenroom) == 0
    await expire(shop)
    assert await release_expired_vouchers(shop.office.greenroom, at_most=4) == 4
    assert await release_expired_vouchers(shop.office.greenroom) == 3
    assert await release_expired_vouchers(shop.office.greenroom) == 0
    assert (await free(shop), drift(shop)) == (96, [])


async def test_a_voucher_in_somebodys_live_hold_is_not_taken_from_under_them(shop: Shop) -> None:
    await shop.do("publish_event", event=GALA)
    (code,) = (await vouchers(shop, 1, max_uses=2, valid_until="2030-01-01T00:00:00Z")).codes
    held = await hold(shop.office, shop.event.id, shop.ticket_type.id, 1, code)
    await expire(shop)
    assert await release_expired_vouchers(shop.office.greenroom) == 0
    rung, _ = await order(shop.office, shop.event.id, shop.ticket_type.id, 1, held, code)
    assert rung.priced.total_amount == 0
    assert await release_expired_vouchers(shop.office.greenroom) == 1
    assert (await free(shop), drift(shop)) == (95, [])


async def test_proposed_vouchers_are_the_very_codes_that_come_to_be(shop: Shop) -> None:
    wanted = {"ticket_type": str(shop.ticket_type.id), "quantity": 4}
    proposal = await shop.office.propose(("create_vouchers", wanted))
    shown = proposal.preview.steps[0].result["codes"]
    assert await free(shop) == 96
    await shop.office.approve(proposal)
    stored = shop.office.sql(
        "select code from public.promo_codes where org_id = %s and kind = 'voucher'", shop.office.org_id
    )
    assert {code for (code,) in stored} == set(shown)
    await shop.office.approve(await shop.do("undo_proposal", proposal=proposal.id))
    assert (await free(shop), drift(shop)) == (96, [])


async def test_a_viewer_makes_no_vouchers(shop: Shop) -> None:
    viewer = await shop.office.colleague("viewer")
    with pytest.raises(Forbidden):
        await viewer.do("create_vouchers", ticket_type=str(shop.ticket_type.id), quantity=1)
