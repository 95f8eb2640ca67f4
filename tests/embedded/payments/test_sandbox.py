"""The sandbox speaks as Stripe does, to Stripe's own client, and keeps its books through everything."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import httpx
import psycopg
import pytest
import stripe

from embedded.payments.pages import said_amount
from tests.embedded.payments.serving import HOOK_SECRET, KEY, RunningSandbox

FORM = {"Authorization": f"Bearer {KEY}", "Content-Type": "application/x-www-form-urlencoded"}


def wish(**changes: Any) -> Any:
    line = {
        "price_data": {"currency": "eur", "unit_amount": 2500, "product_data": {"name": "Gala <b>&"}},
        "quantity": 1,
    }
    return {
        "mode": "payment", "line_items": [line], "success_url": "http://shop.test/yes", "cancel_url": "http://shop.test/no",
        "client_reference_id": "ours", "metadata": {"order": "7"},
    } | changes  # fmt: skip


async def made(sandbox: RunningSandbox, key: str | None = None, **changes: Any) -> Any:
    options: Any = {"idempotency_key": key} if key else {}
    return await sandbox.client().v1.checkout.sessions.create_async(wish(**changes), options)


def press(session: Any, how: str = "pay") -> httpx.Response:
    return httpx.post(session.url, data={"how": how})


def books(sandbox: RunningSandbox, query: str) -> list[tuple[Any, ...]]:
    with psycopg.connect(sandbox.database.admin_dsn, autocommit=True) as connection:
        return connection.execute(query.encode()).fetchall()


def eventually(said: Callable[[], bool]) -> None:
    until = time.monotonic() + 15
    while not said():
        assert time.monotonic() < until
        time.sleep(0.02)


def told(sandbox: RunningSandbox) -> list[str]:
    """The kinds of the webhooks that came, each verified as Stripe's client does."""
    return [stripe.Webhook.construct_event(body, sign, HOOK_SECRET).type for body, sign in sandbox.shopkeeper.heard]


async def test_a_session_is_made_found_and_ended(sandbox: RunningSandbox) -> None:
    client = sandbox.client()
    session = await made(sandbox)
    assert (session.status, session.payment_status, session.amount_total) == ("open", "unpaid", 2500)
    assert (session.metadata.to_dict(), session.client_reference_id) == ({"order": "7"}, "ours")
    again = await client.v1.checkout.sessions.retrieve_async(session.id)
    assert again.to_dict() == session.to_dict()
    page = await client.v1.checkout.sessions.list_async({"limit": 1, "created": {"gte": session.created - 5}})
    assert page.data[0].id == session.id
    ended = await client.v1.checkout.sessions.expire_async(session.id)
    assert (ended.status, ended.url) == ("expired", None)
    with pytest.raises(stripe.InvalidRequestError):
        await client.v1.checkout.sessions.expire_async(session.id)
    eventually(lambda: told(sandbox) == ["checkout.session.expired"])


async def test_lists_go_on_page_by_page(sandbox: RunningSandbox) -> None:
    mark = str(uuid4())
    for _ in range(5):
        await made(sandbox, client_reference_id=mark)
    page = await sandbox.client().v1.checkout.sessions.list_async({"limit": 2})
    found = [each.id async for each in page.auto_paging_iter() if each.client_reference_id == mark]
    assert len(found) == len(set(found)) == 5


async def test_a_key_stands_for_one_call_with_one_body(sandbox: RunningSandbox) -> None:
    key = str(uuid4())
    first = await made(sandbox, key)
    press(first)
    second = await made(sandbox, key)
    # As Stripe does: the first answer again, whatever has happened since.
    assert second.to_dict() == first.to_dict()
    with pytest.raises(stripe.IdempotencyError):
        await made(sandbox, key, client_reference_id="theirs")
    many = await asyncio.gather(*(made(sandbox, other := "k" + key) for _ in range(8)), return_exceptions=True)
    assert other
    ids = {each.id for each in many if not isinstance(each, BaseException)}
    assert len(ids) == 1
    assert all(each.http_status == 409 for each in many if isinstance(each, stripe.APIError))


async def test_a_lost_answer_is_a_broken_connection_after_the_deed(sandbox: RunningSandbox) -> None:
    sandbox.turn(lose_answers=1)
    key = str(uuid4())
    with pytest.raises(stripe.APIConnectionError):
        await made(sandbox, key, client_reference_id=key)
    assert books(sandbox, f"select count(*) from sandbox.sessions where reference = '{key}'") == [(1,)]
    assert (await made(sandbox, key, client_reference_id=key)).client_reference_id == key
    assert books(sandbox, f"select count(*) from sandbox.sessions where reference = '{key}'") == [(1,)]


async def test_a_lost_request_is_a_broken_connection_before_the_deed(sandbox: RunningSandbox) -> None:
    sandbox.turn(lose_requests=1)
    key = str(uuid4())
    with pytest.raises(stripe.APIConnectionError):
        await made(sandbox, key, client_reference_id=key)
    assert books(sandbox, f"select count(*) from sandbox.sessions where reference = '{key}'") == [(0,)]


async def test_a_slow_answer_runs_into_the_callers_own_limit(sandbox: RunningSandbox) -> None:
    sandbox.turn(delay_seconds=5)
    began = time.monotonic()
    with pytest.raises(stripe.APIConnectionError):
        await sandbox.client(timeout=0.2).v1.refunds.list_async()
    assert time.monotonic() - began < 3


async def test_refusals_are_stripes(sandbox: RunningSandbox) -> None:
    with pytest.raises(stripe.AuthenticationError):
        await sandbox.client(key="sk_guess").v1.refunds.list_async()
    for wrong in ({"mode": "setup"}, {"line_items": []}, {"success_url": "javascript:alert(1)"}, {"colour": "green"},
                  {"expires_at": int(time.time()) + 60}, {"expires_at": 10**15}, {"customer_email": "nobody"}):  # fmt: skip
        with pytest.raises(stripe.InvalidRequestError):
            await made(sandbox, **wrong)
    for missing in ("cs_none", "cs_\x00", "x" * 5000):
        with pytest.raises(stripe.InvalidRequestError):
            await sandbox.client().v1.checkout.sessions.retrieve_async(missing)


@pytest.mark.parametrize(
    "body",
    [
        b"\xff\xfe",
        b"=",
        b"mode",
        b"&" * 500,
        b"mode=payment&" * 300,
        b"line_items[0]=x&line_items[0][quantity]=1",
        b"a[b][c][d][e][f][g]=1",
        b"mode=payment%00",
        b"line_items[0][price_data][unit_amount]=" + b"9" * 5000,
        b"metadata=x",
        b"[]=1",
    ],
)
def test_a_form_that_makes_no_sense_is_refused(sandbox: RunningSandbox, body: bytes) -> None:
    answer = httpx.post(f"{sandbox.url}/v1/checkout/sessions", content=body, headers=FORM)
    assert answer.status_code == 400
    assert answer.json()["error"]["message"]


async def test_parts_of_a_payment_go_back_until_nothing_is_left(sandbox: RunningSandbox) -> None:
    client = sandbox.client()
    session = await made(sandbox)
    assert press(session).headers["location"] == "http://shop.test/yes"
    paid = await client.v1.checkout.sessions.retrieve_async(session.id)
    intent = paid.payment_intent
    assert isinstance(intent, str)
    assert (await client.v1.payment_intents.retrieve_async(intent)).status == "succeeded"
    for amount in (1000, 500):
        refund = await client.v1.refunds.create_async(
            {"payment_intent": intent, "amount": amount, "metadata": {"n": "1"}}
        )
        assert (refund.status, refund.amount) == ("succeeded", amount)
    with pytest.raises(stripe.InvalidRequestError, match="unrefunded amount"):
        await client.v1.refunds.create_async({"payment_intent": intent, "amount": 1001})
    assert (await client.v1.refunds.create_async({"payment_intent": intent})).amount == 1000
    with pytest.raises(stripe.InvalidRequestError) as raised:
        await client.v1.refunds.create_async({"payment_intent": intent})
    assert raised.value.code == "charge_already_refunded"
    listed = await client.v1.refunds.list_async({"payment_intent": intent})
    assert sorted(each.amount for each in listed.data) == [500, 1000, 1000]


async def test_pressing_many_times_charges_once(sandbox: RunningSandbox) -> None:
    session = await made(sandbox)
    async with httpx.AsyncClient() as browser:
        await asyncio.gather(*(browser.post(session.url, data={"how": "pay"}) for _ in range(12)))
    assert books(sandbox, f"select count(*) from sandbox.charges where session_id = '{session.id}'") == [(1,)]


async def test_the_pay_page_says_what_it_is_and_what_became_of_it(sandbox: RunningSandbox) -> None:
    session = await made(sandbox)
    page = httpx.get(session.url).text
    assert "No money moves" in page
    assert "25.00 EUR" in page
    assert "Gala &lt;b&gt;&amp;" in page
    assert "<script" not in page
    declined = press(session, "fail")
    assert "was declined" in httpx.get(declined.headers["location"]).text
    press(session)
    assert "Paid." in httpx.get(session.url).text
    over = await made(sandbox)
    await sandbox.client().v1.checkout.sessions.expire_async(over.id)
    assert "has expired" in httpx.get(over.url).text
    assert httpx.get(f"{sandbox.url}/pay/cs_none").status_code == 404
    assert httpx.post(over.url, content=b"how=steal").status_code == 400


async def test_webhooks_come_signed_and_again_until_they_are_welcome(sandbox: RunningSandbox) -> None:
    sandbox.shopkeeper.refuse = 2
    press(await made(sandbox))
    eventually(lambda: len(sandbox.shopkeeper.heard) >= 3)
    assert set(told(sandbox)) == {"checkout.session.completed"}
    assert len({json.loads(body)["id"] for body, _ in sandbox.shopkeeper.heard}) == 1
    time.sleep(0.3)
    assert len(sandbox.shopkeeper.heard) == 3


async def test_trouble_comes_on_demand(sandbox: RunningSandbox) -> None:
    sandbox.turn(decline=1, copies=3, late_seconds=0.1)
    session = await made(sandbox)
    assert "declined" in press(session).headers["location"]
    press(session, "late")
    eventually(lambda: sorted(told(sandbox)) == [
        *["checkout.session.async_payment_succeeded"] * 3, *["checkout.session.completed"] * 3, *["payment_intent.payment_failed"] * 3,
    ])  # fmt: skip
    sandbox.turn(fail_refunds=1, send_webhooks=False)
    client = sandbox.client()
    intent = (await client.v1.checkout.sessions.retrieve_async(session.id)).payment_intent
    assert isinstance(intent, str)
    refund = await client.v1.refunds.create_async({"payment_intent": intent})
    assert refund.status == "pending"
    eventually(lambda: books(sandbox, f"select status from sandbox.refunds where id = '{refund.id}'") == [("failed",)])
    assert "refund.failed" not in told(sandbox)
    sandbox.turn()
    eventually(lambda: "refund.failed" in told(sandbox))


def test_knobs_are_turned_with_the_key_and_within_reason(sandbox: RunningSandbox) -> None:
    url = f"{sandbox.url}/control/knobs"
    assert httpx.put(url, json={"decline": 1}).status_code == 401
    for wrong in (b"{", b'{"volume": 11}', b'{"delay_seconds": 1e9}', b'{"copies": 0}', b"[]"):
        assert httpx.put(url, content=wrong, headers={"Authorization": f"Bearer {KEY}"}).status_code == 400


@pytest.mark.parametrize(
    ("amount", "currency", "said"),
    [(2500, "eur", "25.00 EUR"), (5, "eur", "0.05 EUR"), (1234567, "jpy", "1,234,567 JPY"), (1500, "kwd", "1.500 KWD")],
)
def test_amounts_are_said_as_stripe_counts(amount: int, currency: str, said: str) -> None:
    assert said_amount(amount, currency) == said
