"""An order is paid online: in time, late, twice, in part, not at all."""

from __future__ import annotations

import asyncio
from uuid import UUID, uuid4

import pytest

from tests.tools.payments.till import PRICE, Street, Till
from tools.errors import NotFound
from tools.payments.jobs import reconcile_payments, send_refunds
from tools.payments.models import Payment
from tools.payments.operations import start_checkout_payment
from tools.payments.rules import NothingToPay

pytestmark = pytest.mark.asyncio(loop_scope="module")

PAID = {"status": "paid", "paid": PRICE, "refunded": 0, "owed": 0, "tickets": 1}
GIVEN_BACK = {"status": "expired", "paid": PRICE, "refunded": PRICE, "owed": 0, "tickets": 0}


async def paid(till: Till, order_id: UUID, how: str = "pay") -> Payment:
    """The order's payment, made and told of."""
    payment = await till.start(order_id)
    assert payment.pay_url
    await till.press(payment.pay_url, how)
    await till.deliver()
    return payment


async def test_a_buyer_who_pays_has_a_paid_order(till: Till) -> None:
    order = till.order()
    payment = await till.start(order)
    assert (payment.status, payment.amount) == ("pending", PRICE)
    assert payment.pay_url
    answer = await till.press(payment.pay_url)
    assert (answer.status_code, answer.headers["location"]) == (303, "http://shop.test/thanks")
    assert await till.deliver() == 1
    assert till.bill(order) == PAID
    assert till.outcomes == {"paid": 1}
    till.balanced()


async def test_an_order_that_is_asked_for_already_keeps_its_page(till: Till) -> None:
    order = till.order()
    first, second = await till.start(order), await till.start(order)
    assert (first.id, first.pay_url) == (second.id, second.pay_url)
    assert till.office.count("payments") == 1


async def test_a_declined_card_leaves_the_page_open_and_nothing_paid(till: Till) -> None:
    order = till.order()
    payment = await paid(till, order, "fail")
    assert till.bill(order)["paid"] == 0
    assert not till.charges()
    assert payment.pay_url
    await till.press(payment.pay_url)
    await till.deliver()
    assert till.bill(order) == PAID


async def test_a_late_payment_takes_the_places_again_when_they_are_free(till: Till) -> None:
    order = till.order(expires_in=900)
    payment = await till.start(order)
    till.pass_time(order)
    assert till.bill(order) == {"status": "expired", "paid": 0, "refunded": 0, "owed": 0, "tickets": 0}
    assert payment.pay_url
    await till.press(payment.pay_url)
    await till.deliver()
    assert till.bill(order) == PAID
    assert till.outcomes == {"retaken": 1}
    till.balanced()


async def test_a_late_payment_is_given_back_when_the_places_are_gone(street: Street) -> None:
    till = await street.open(places=1)
    late = till.order(expires_in=900)
    payment = await till.start(late)
    till.pass_time(late)
    till.order(status="paid")
    assert payment.pay_url
    await till.press(payment.pay_url)
    await till.deliver()
    assert till.outcomes == {"refunded": 1}
    assert await send_refunds(till.office.greenroom) == 1
    assert till.bill(late) == GIVEN_BACK
    till.balanced()


async def test_a_late_payment_is_given_back_when_the_event_is_off(till: Till) -> None:
    order = till.order(expires_in=900)
    payment = await till.start(order)
    till.pass_time(order)
    await till.office.do("cancel_event", event=str(till.event_id), reason="Storm")
    assert payment.pay_url
    await till.press(payment.pay_url)
    await till.deliver()
    await send_refunds(till.office.greenroom)
    assert till.bill(order) == GIVEN_BACK
    till.balanced()


async def test_who_pays_twice_gets_the_second_payment_back(till: Till) -> None:
    order = till.order()
    first = await till.start(order)
    # The second page is of a time when the first was thought to be lost.
    till.office.sql("update public.payments set status = 'failed' where id = %s", first.id)
    second = await till.start(order)
    assert first.pay_url
    assert second.pay_url
    assert first.id != second.id
    for page in (first.pay_url, second.pay_url):
        await till.press(page)
        await till.deliver()
    assert till.outcomes == {"paid": 1, "refunded": 1}
    await send_refunds(till.office.greenroom)
    assert till.bill(order) == PAID | {"paid": 2 * PRICE, "refunded": PRICE}
    assert till.office.sql("select payment_id, reason, status from public.refunds") == [
        (second.id, "Paid twice", "done")
    ]
    till.balanced()


async def test_two_at_once_who_start_to_pay_an_order_get_one_page(till: Till) -> None:
    order = till.order()
    begun = await asyncio.gather(*(till.start(order) for _ in range(8)))
    assert len({payment.id for payment in begun}) == 1
    assert till.office.sql("select count(*) from sandbox.sessions") == [(1,)]


async def test_a_refund_goes_back_along_two_payments_newest_first(till: Till) -> None:
    order = till.order()
    await till.office.do("record_payment", order=str(order), method="cash", amount=1000)
    await paid(till, order)
    assert till.bill(order) == PAID
    await till.office.do("refund_order", order=str(order), amount=2000, reason="Rain")
    assert await send_refunds(till.office.greenroom) == 1
    rows = till.office.sql("select r.provider, r.amount, r.status from public.refunds r order by r.provider desc")
    assert rows == [("sandbox", 1500, "done"), ("manual", 500, "done")]
    till.balanced()


async def test_a_refund_that_fails_at_the_provider_is_owed_again_and_can_be_given_anew(till: Till) -> None:
    order = till.order()
    await paid(till, order)
    await till.turn(fail_refunds=1)
    await till.office.do("refund_order", order=str(order))
    await send_refunds(till.office.greenroom)
    assert till.bill(order) == {"status": "cancelled", "paid": PRICE, "refunded": PRICE, "owed": 0, "tickets": 0}
    await till.deliver()
    await till.deliver()
    assert till.bill(order)["owed"] == -PRICE
    (failed,) = (await till.office.do("list_refunds", status="failed")).items
    assert (failed.amount, failed.failure) == (PRICE, "The payment provider says: lost or stolen card.")
    again = await till.office.do("refund_order", order=str(order), reason="Once more")
    assert (again.status, again.given_back_amount) == ("cancelled", PRICE)
    await send_refunds(till.office.greenroom)
    assert till.bill(order)["owed"] == 0
    till.balanced()


async def test_a_payment_that_takes_its_time_is_pending_until_the_money_is_there(till: Till) -> None:
    await till.turn(late_seconds=0)
    order = till.order()
    payment = await till.start(order)
    assert payment.pay_url
    await till.press(payment.pay_url, "late")
    till.office.sql("update sandbox.sessions set settles_at = now() + interval '1 hour'")
    await till.deliver()
    assert till.bill(order)["paid"] == 0
    till.office.sql("update sandbox.sessions set settles_at = now()")
    await till.deliver()
    assert till.bill(order) == PAID
    till.balanced()


async def test_the_page_of_an_order_that_expired_is_closed(till: Till) -> None:
    order = till.order(expires_in=900)
    payment = await till.start(order)
    till.pass_time(order)
    assert await reconcile_payments(till.office.greenroom) == 1
    assert till.office.sql("select status from public.payments") == [("cancelled",)]
    assert payment.pay_url
    await till.press(payment.pay_url)
    assert not till.charges()
    with pytest.raises(NothingToPay):
        await till.start(order)


async def test_the_page_of_an_order_that_was_paid_at_the_door_is_closed(till: Till) -> None:
    order = till.order()
    await till.start(order)
    await till.office.do("record_payment", order=str(order), method="cash")
    await reconcile_payments(till.office.greenroom)
    assert till.office.sql("select status from sandbox.sessions") == [("expired",)]


async def test_an_order_whose_price_changed_is_asked_for_anew(till: Till) -> None:
    order = till.order()
    first = await till.start(order)
    await till.office.do("record_payment", order=str(order), method="cash", amount=500)
    second = await till.start(order)
    assert (second.amount, second.id == first.id) == (PRICE - 500, False)
    await reconcile_payments(till.office.greenroom)
    assert till.office.sql("select status from public.payments where id = %s", first.id) == [("cancelled",)]


async def test_what_the_provider_refuses_is_failed_with_its_reason(till: Till) -> None:
    order = till.order()
    till.office.sql("update public.orders set buyer_email = 'no address at all' where id = %s", order)
    payment = await till.start(order)
    assert payment.status == "failed"
    assert payment.failure
    assert payment.failure.startswith("The payment provider says: Invalid customer_email")


async def test_nothing_is_asked_for_what_is_not_there_or_not_to_be_paid(till: Till) -> None:
    with pytest.raises(NotFound):
        await start_checkout_payment(till.office.greenroom, uuid4())
    for status in ("paid", "cancelled", "expired"):
        with pytest.raises(NothingToPay):
            await till.start(till.order(status=status))
    with pytest.raises(NothingToPay):
        await till.start(till.order(expires_in=-1))
    assert till.office.count("payments") == 0


def sold_by_voucher(till: Till, order: UUID) -> UUID:
    """Makes it an order that used the one place a voucher kept, of an event with no other place."""
    ((voucher,),) = till.office.sql(
        "insert into public.promo_codes (org_id, event_id, code, kind, max_uses, blocks_ticket_type_id)"
        " values (%s, %s, 'GUEST', 'voucher', 1, %s) returning id",
        till.office.org_id,
        till.event_id,
        till.type_id,
    )
    till.office.sql("update public.promo_codes set uses = 1, blocked = 0 where id = %s", voucher)
    till.office.sql("update public.quotas set held = 0, size = 1 where org_id = %s", till.office.org_id)
    till.office.sql("update public.orders set promo_code_id = %s, promo_uses = 1 where id = %s", voucher, order)
    assert till.drift() == []
    return voucher


async def test_a_late_payment_takes_the_place_its_voucher_still_keeps(till: Till) -> None:
    order = till.order(expires_in=900)
    payment = await till.start(order)
    voucher = sold_by_voucher(till, order)
    till.pass_time(order)
    kept = "select uses, blocked from public.promo_codes where id = %s"
    assert till.office.sql(kept, voucher) == [(0, 1)]
    assert payment.pay_url
    await till.press(payment.pay_url)
    await till.deliver()
    assert till.bill(order) == PAID
    assert till.office.sql(kept, voucher) == [(1, 0)]
    till.balanced()


async def test_a_late_payment_whose_code_was_used_up_since_keeps_its_price(till: Till) -> None:
    order = till.order(expires_in=900)
    payment = await till.start(order)
    ((code,),) = till.office.sql(
        "insert into public.promo_codes (org_id, event_id, code, kind, currency, off_amount, max_uses, uses, spent_amount, budget_amount)"
        " values (%s, %s, 'EARLY', 'discount', 'EUR', 500, 1, 1, 500, 500) returning id",
        till.office.org_id,
        till.event_id,
    )
    till.office.sql(
        "update public.orders set promo_code_id = %s, promo_uses = 1, discount_amount = 500 where id = %s", code, order
    )
    till.pass_time(order)
    # Somebody else was faster with the code.
    till.office.sql("update public.promo_codes set uses = 1, spent_amount = 500 where id = %s", code)
    assert payment.pay_url
    await till.press(payment.pay_url)
    await till.deliver()
    assert till.bill(order) == PAID
    await till.office.do("refund_order", order=str(order))
    assert till.office.sql("select uses, spent_amount from public.promo_codes where id = %s", code) == [(1, 500)]
    await send_refunds(till.office.greenroom)
    till.balanced()
