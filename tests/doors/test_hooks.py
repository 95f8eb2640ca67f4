"""The webhooks' door: only the provider is believed, whatever comes, and nothing it says is said in vain."""

from __future__ import annotations

import json
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
import pytest_asyncio
from fastapi import FastAPI

from api.app import create_app
from api.limits import Allowances
from embedded.payments.courier import signature
from tests.builders import URL, Person, Service, make_event, make_ticket_type
from tools.payments.stripe_provider import StripeProvider

pytestmark = pytest.mark.asyncio(loop_scope="module")

SECRET = "whsec_of_the_door"
HOOK = "/api/hooks/payments/sandbox"


@dataclass
class Door:
    app: FastAPI
    service: Service

    async def send(self, body: bytes, headers: dict[str, str], path: str = HOOK) -> httpx.Response:
        transport = httpx.ASGITransport(self.app, client=("198.51.100.9", 40000))
        async with httpx.AsyncClient(transport=transport, base_url=URL) as client:
            return await client.post(path, content=body, headers=headers)

    async def tell(self, event: dict[str, Any], *, at: int | None = None) -> httpx.Response:
        """A message as the provider sends it."""
        body = json.dumps(event).encode()
        return await self.send(body, {"Stripe-Signature": signature(body, SECRET, at)})


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def door(service: Service, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Door]:
    async with StripeProvider("sandbox", "sk_unused", SECRET) as provider:
        parts = replace(service.parts, greenroom=replace(service.parts.greenroom, payments=provider))
        page: Path = tmp_path_factory.mktemp("page")
        yield Door(create_app(parts, page=page), service)


async def open_payment(service: Service, owner: Person) -> tuple[UUID, UUID]:
    """A payment that waits for its money, and its order."""
    event = await make_event(owner)
    kind = await make_ticket_type(owner, event)
    order, payment = uuid4(), uuid4()
    await service.sql(
        "insert into public.orders (id, org_id, event_id, number, buyer_name, status, currency, total_amount)"
        " values (%s, %s, %s, nextval('app.order_numbers')::text, 'Ann', 'pending', 'EUR', 2500)",
        order, owner.org_id, event["id"],
    )  # fmt: skip
    await service.sql(
        "insert into public.order_items (org_id, order_id, ticket_type_id, quantity, price_amount, total_amount)"
        " values (%s, %s, %s, 1, 2500, 2500)",
        owner.org_id, order, kind["id"],
    )  # fmt: skip
    await service.sql(
        "insert into public.payments (id, org_id, order_id, provider, method, status, amount, currency)"
        " values (%s, %s, %s, 'sandbox', 'online', 'pending', 2500, 'EUR')",
        payment, owner.org_id, order,
    )  # fmt: skip
    return payment, order


def paid_event(payment: UUID, **session: Any) -> dict[str, Any]:
    subject = {
        "id": f"cs_{payment}", "object": "checkout.session", "status": "complete", "payment_status": "paid", "amount_total": 2500,
        "currency": "eur", "metadata": {"greenroom_payment": str(payment)}, "url": None,
    }  # fmt: skip
    kind = "checkout.session.completed"
    return {"id": f"evt_{uuid4().hex}", "object": "event", "type": kind, "data": {"object": subject | session}}


async def test_money_that_is_told_of_is_taken_once(door: Door, owner: Person) -> None:
    payment, order = await open_payment(door.service, owner)
    event = paid_event(payment)
    answers = [await door.tell(event) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200] * 3
    assert [answer.json()["outcome"] for answer in answers] == ["paid", "repeated", "repeated"]
    rows = await door.service.sql("select status, paid_amount from public.orders where id = %s", order)
    assert rows == [("paid", 2500)]
    told = "select kind, outcome from public.payment_events where payment_id = %s"
    assert await door.service.sql(told, payment) == [("checkout.session.completed", "paid")]
    audited = "select actor_kind, operation, effect from public.audit where subject_id = %s"
    assert await door.service.sql(audited, order) == [("job", "confirm_payment", "money")]


async def test_another_currency_or_nothing_is_not_taken_for_the_money(door: Door, owner: Person) -> None:
    for change in ({"currency": "usd"}, {"amount_total": 0}, {"amount_total": -2500}):
        payment, order = await open_payment(door.service, owner)
        answer = await door.tell(paid_event(payment, **change))
        assert (answer.status_code, answer.json()["outcome"]) == (200, "mismatch")
        assert await door.service.sql("select paid_amount from public.orders where id = %s", order) == [(0,)]
        assert await door.service.sql("select status from public.payments where id = %s", payment) == [("unknown",)]


async def test_what_is_about_nothing_of_ours_is_taken_note_of(door: Door) -> None:
    strange = {"id": "evt_1", "object": "event", "data": {"object": {"object": "customer"}}}
    for kind in ("customer.created", "invoice.paid", "checkout.session.completed"):
        answer = await door.tell(strange | {"type": kind})
        assert (answer.status_code, answer.json()["outcome"]) == (200, "ignored")
    foreign = paid_event(uuid4(), metadata={"shop": "another one"}, amount_total=None)
    assert (await door.tell(foreign)).json()["outcome"] == "ignored"
    unknown = await door.tell(paid_event(uuid4()))
    assert (unknown.status_code, unknown.json()["outcome"]) == (200, "unknown")
    refund = {"id": "re_1", "object": "refund", "status": "succeeded", "metadata": {"greenroom_refund": str(uuid4())}}
    event = {"id": "evt_2", "object": "event", "type": "refund.updated", "data": {"object": refund}}
    assert (await door.tell(event)).json()["outcome"] == "unknown"


async def test_a_message_older_than_five_minutes_is_refused(door: Door, owner: Person) -> None:
    payment, _ = await open_payment(door.service, owner)
    now = int(time.time())
    assert (await door.tell(paid_event(payment), at=now - 310)).status_code == 400
    assert (await door.tell(paid_event(payment), at=now - 290)).status_code == 200


BODY = json.dumps(paid_event(uuid4())).encode()


def junk() -> dict[str, tuple[bytes, dict[str, str]]]:
    """Signed now: a signature made when the tests were collected is too old by the time they run."""
    good = signature(BODY, SECRET)
    return {
        "no signature": (BODY, {}),
        "an empty signature": (BODY, {"Stripe-Signature": ""}),
        "another secret": (BODY, {"Stripe-Signature": signature(BODY, "whsec_guess")}),
        "an empty secret": (BODY, {"Stripe-Signature": signature(BODY, "")}),
        "another body": (BODY.replace(b"2500", b"9500"), {"Stripe-Signature": good}),
        "a space more": (BODY + b" ", {"Stripe-Signature": good}),
        "no time": (BODY, {"Stripe-Signature": good.partition(",")[2]}),
        "no scheme": (BODY, {"Stripe-Signature": good.partition(",")[0]}),
        "an older scheme": (BODY, {"Stripe-Signature": good.replace("v1=", "v0=")}),
        "a time that is none": (BODY, {"Stripe-Signature": "t=yesterday,v1=00"}),
        "a time without end": (BODY, {"Stripe-Signature": f"t={'9' * 5000},v1=00"}),
        "a time in a fraction": (BODY, {"Stripe-Signature": good.replace("t=", "t=0.")}),
        "only commas": (BODY, {"Stripe-Signature": "," * 200}),
        "only equals": (BODY, {"Stripe-Signature": "=" * 200}),
        "letters beyond ASCII": (BODY, {"Stripe-Signature": good.replace("v1=", "v1=\u00e9")}),
        "a long header": (BODY, {"Stripe-Signature": good + ",v1=" + "a" * 20_000}),
        "no body": (b"", {"Stripe-Signature": signature(b"", SECRET)}),
        "no JSON": (b"{", {"Stripe-Signature": signature(b"{", SECRET)}),
        "broken UTF-8": (b"\xff\xfe{", {"Stripe-Signature": signature(b"\xff\xfe{", SECRET)}),
        "a number": (b"1e999", {"Stripe-Signature": signature(b"1e999", SECRET)}),
        "a list": (b"[]", {"Stripe-Signature": signature(b"[]", SECRET)}),
        "deep nesting": (b"[" * 50_000, {"Stripe-Signature": signature(b"[" * 50_000, SECRET)}),
        "an event of nothing": (b'{"object":"event"}', {"Stripe-Signature": signature(b'{"object":"event"}', SECRET)}),
    }


@pytest.mark.parametrize("what", junk())
async def test_what_is_not_the_providers_message_is_refused(door: Door, what: str) -> None:
    body, headers = junk()[what]
    before = await door.service.count("payment_events")
    raw = {name: value.encode("latin-1") for name, value in headers.items()}
    answer = await door.send(body, raw)  # type: ignore[arg-type]
    accepted = what == "a long header"  # the right signature is in it
    assert answer.status_code == (200 if accepted else 400), answer.text
    if not accepted:
        assert answer.json()["code"] == "event_not_verified"
    assert await door.service.count("payment_events") == before


NONSENSE: tuple[dict[str, Any], ...] = (
    {"amount_total": "lots"}, {"amount_total": None}, {"amount_total": 10**30}, {"amount_total": 25.5}, {"currency": "e\x00r"},
    {"currency": "euro"}, {"payment_status": "perhaps"}, {"status": "half"}, {"id": "x" * 300}, {"id": "\x00"}, {"id": ""},
    {"url": "javascript:alert(1)"}, {"metadata": {"greenroom_payment": "PAYMENT", "more": 7}},
)  # fmt: skip


async def test_signed_nonsense_about_a_payment_of_ours_is_refused(door: Door, owner: Person) -> None:
    payment, order = await open_payment(door.service, owner)
    for change in NONSENSE:
        event = json.loads(json.dumps(paid_event(payment, **change)).replace("PAYMENT", str(payment)))
        answer = await door.tell(event)
        assert answer.status_code == 400, (change, answer.text)
    for change in (
        {"id": "\ud800"},
        {"id": "a\x00"},
        {"type": "x" * 200},
        {"type": "\x00"},
        {"object": "thing"},
        {"data": None},
    ):
        assert (await door.tell(paid_event(payment) | change)).status_code == 400, change
    assert await door.service.sql("select paid_amount from public.orders where id = %s", order) == [(0,)]


async def test_a_body_beyond_all_reason_is_refused_unread(door: Door) -> None:
    body = b"x" * 1_000_000
    answer = await door.send(body, {"Stripe-Signature": signature(body, SECRET)})
    assert answer.status_code == 413


async def test_nothing_is_heard_from_a_provider_that_is_not_ours(door: Door, service: Service) -> None:
    for provider in ("stripe", "manual", "nobody", "%00"):
        path = f"/api/hooks/payments/{provider}"
        assert (await door.send(BODY, {"Stripe-Signature": signature(BODY, SECRET)}, path)).status_code == 404
    without = await service.stranger.post(HOOK, content=BODY, headers={"Stripe-Signature": signature(BODY, SECRET)})
    assert without.status_code == 404
    assert (await service.stranger.get(HOOK)).status_code in (404, 405)


async def test_who_guesses_signatures_is_slowed_down(service: Service, tmp_path: Path) -> None:
    async with StripeProvider("sandbox", "sk_unused", SECRET) as provider:
        greenroom = replace(service.parts.greenroom, payments=provider)
        parts = replace(service.parts, greenroom=greenroom, allowances=Allowances(20))
        door = Door(create_app(parts, page=tmp_path), service)
        codes = [(await door.send(BODY, {})).status_code for _ in range(8)]
        assert codes == [400] * 5 + [429] * 3
        assert (await door.tell(paid_event(uuid4()))).status_code == 200
