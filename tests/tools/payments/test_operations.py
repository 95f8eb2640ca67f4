"""What the organiser does about online payments: ask for them, look them up, give them up, list what is stuck."""

from __future__ import annotations

import pytest

from tests.tools.payments.till import PRICE, Till
from tools.payments.jobs import reconcile_payments, send_refunds
from tools.payments.rules import PaymentSettled

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_the_organiser_asks_and_the_buyer_pays(till: Till) -> None:
    order = till.order()
    number = till.office.sql("select number from public.orders where id = %s", order)[0][0]
    payment = await till.office.do("request_payment", order=number)
    assert (payment.status, payment.amount, payment.order_number) == ("pending", PRICE, number)
    assert (await till.office.do("request_payment", order=number)).pay_url == payment.pay_url
    answer = await till.press(payment.pay_url)
    assert answer.headers["location"] == f"{till.office.greenroom.public_url}/"
    await till.deliver()
    assert till.bill(order)["status"] == "paid"


async def test_a_lost_answer_stands_in_the_queue_until_it_is_looked_up(till: Till) -> None:
    await till.turn(lose_answers=1)
    order = till.order()
    payment = await till.office.do("request_payment", order=str(order))
    assert (payment.status, payment.pay_url) == ("unknown", None)
    assert payment.failure == "The payment provider did not answer."
    assert [each.id for each in (await till.office.do("list_payments", status="unknown")).items] == [payment.id]
    known = await till.office.do("settle_payment", payment=str(payment.id))
    assert known.status == "pending"
    assert known.pay_url
    assert (await till.office.do("list_payments", status="unknown")).items == []
    assert till.office.sql("select count(*) from sandbox.sessions") == [(1,)]


async def test_the_same_request_repeated_goes_on_where_it_was(till: Till) -> None:
    await till.turn(lose_requests=1)
    keyed = till.office.with_key("one-request")
    order = str(till.order())
    lost = await keyed.do("request_payment", order=order)
    again = await keyed.do("request_payment", order=order)
    assert (lost.id, lost.status, again.status) == (again.id, "unknown", "pending")


async def test_a_payment_made_without_us_hearing_of_it_is_settled_by_looking(till: Till) -> None:
    await till.turn(send_webhooks=False)
    order = till.order()
    payment = await till.office.do("request_payment", order=str(order))
    await till.press(payment.pay_url)
    assert (await till.office.do("settle_payment", payment=str(payment.id))).status == "confirmed"
    assert till.bill(order)["status"] == "paid"
    with pytest.raises(PaymentSettled):
        await till.office.do("settle_payment", payment=str(payment.id))


async def test_a_payment_given_up_is_closed_and_its_money_is_still_taken(till: Till) -> None:
    await till.turn(lose_requests=3)
    order = till.order()
    payment = await till.office.do("request_payment", order=str(order))
    # Whoever is asked for its page knows nothing of it.
    till.office.sql("update public.payments set provider_reference = 'cs_of_another_account' where id = %s", payment.id)
    closed = await till.office.do("give_up_payment", payment=str(payment.id))
    assert (closed.status, closed.failure) == ("failed", "Given up: the payment provider could not say.")
    assert till.office.sql("select count(*) from public.orders where id = %s and status = 'pending'", order) == [(1,)]


async def test_giving_up_a_page_closes_it_unless_it_was_paid(till: Till) -> None:
    await till.turn(send_webhooks=False)
    for pressed, status in ((False, "cancelled"), (True, "confirmed")):
        order = till.order()
        payment = await till.office.do("request_payment", order=str(order))
        if pressed:
            await till.press(payment.pay_url)
        assert (await till.office.do("give_up_payment", payment=str(payment.id))).status == status
    till.balanced()


async def test_a_request_in_a_proposal_is_made_by_the_job(till: Till) -> None:
    order = till.order()
    proposal = await till.office.propose(("request_payment", {"order": str(order)}))
    assert till.office.sql("select count(*) from sandbox.sessions") == [(0,)]
    await till.office.approve(proposal)
    assert till.office.sql("select status from public.payments where order_id = %s", order) == [("created",)]
    await reconcile_payments(till.office.greenroom, now=True)
    ((status, url),) = till.office.sql("select status, pay_url from public.payments where order_id = %s", order)
    assert status == "pending"
    assert url


async def test_jobs_wait_longer_after_each_time_in_vain(till: Till) -> None:
    await till.turn(lose_requests=100)
    await till.start(till.order())
    assert await reconcile_payments(till.office.greenroom) == 0
    till.office.sql("alter table public.payments disable trigger touch")
    till.office.sql("update public.payments set updated_at = now() - interval '11 seconds'")
    till.office.sql("alter table public.payments enable trigger touch")
    assert await reconcile_payments(till.office.greenroom) == 1
    assert await reconcile_payments(till.office.greenroom) == 0
    assert await send_refunds(till.office.greenroom) == 0


async def test_the_list_of_an_order_goes_on_page_by_page(till: Till) -> None:
    order = till.order()
    for amount in (100, 200, 300):
        await till.office.do("record_payment", order=str(order), method="cash", amount=amount)
    first = await till.office.do("list_payments", order=str(order), limit=2)
    rest = await till.office.do("list_payments", order=str(order), limit=2, cursor=first.next_cursor)
    assert [each.amount for each in [*first.items, *rest.items]] == [300, 200, 100]
    assert rest.next_cursor is None
