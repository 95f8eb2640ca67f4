"""What a provider's answers and silences are taken for: done, refused, later, or nobody knows."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import httpx
import pytest
from pydantic import SecretStr

from api.composition import Outside, compose
from tools.kit.settings import Settings
from tools.payments.provider import Ask, NoAnswer, NotNow, ProviderError, Refused
from tools.payments.stripe_provider import StripeProvider

NOW = datetime(2026, 6, 1, tzinfo=UTC)
PAYMENT, REFUND = UUID(int=7), UUID(int=8)
ASK = Ask(
    PAYMENT, 2500, "EUR", "Gala, order 7", "https://shop.test/yes", "https://shop.test/no", NOW, "ann@example.org"
)
SESSION: dict[str, Any] = {
    "id": "cs_1", "object": "checkout.session", "status": "open", "payment_status": "unpaid", "amount_total": 2500, "currency": "eur",
    "client_reference_id": str(PAYMENT), "metadata": {}, "url": "https://pay.test/cs_1",
}  # fmt: skip
Answer = Callable[[httpx.Request], httpx.Response]


def provider(answer: Answer) -> StripeProvider:
    return StripeProvider("stripe", "sk_test_1", "whsec_1", transport=httpx.MockTransport(answer))


def error(status: int, kind: str = "invalid_request_error", **more: str) -> httpx.Response:
    return httpx.Response(status, json={"error": {"type": kind, "message": "Said so.", **more}})


def broken(_: httpx.Request) -> httpx.Response:
    raise httpx.ReadTimeout("nothing came")


@pytest.mark.parametrize(
    ("answer", "taken_for"),
    [
        (lambda _: error(400), Refused),
        (lambda _: error(404), Refused),
        (lambda _: error(402, "card_error", code="card_declined"), Refused),
        (lambda _: error(400, code="rate_limit"), NotNow),
        (lambda _: error(429), NotNow),
        (lambda _: error(401), NotNow),
        (lambda _: error(403), NotNow),
        (lambda _: error(400, "idempotency_error"), NoAnswer),
        (lambda _: error(409, "idempotency_error"), NoAnswer),
        (lambda _: error(500, "api_error"), NoAnswer),
        (lambda _: httpx.Response(502, text="<html>"), NoAnswer),
        (lambda _: httpx.Response(200, text="<html>"), NoAnswer),
        (lambda _: httpx.Response(200, json={}), NoAnswer),
        (lambda _: httpx.Response(200, json=[]), NoAnswer),
        (lambda _: httpx.Response(200, json=SESSION | {"amount_total": "much"}), NoAnswer),
        (lambda _: httpx.Response(200, content=b"\xff\xfe"), NoAnswer),
        (broken, NoAnswer),
    ],
)
async def test_each_way_of_not_doing_it_is_told_apart(answer: Answer, taken_for: type[ProviderError]) -> None:
    async with provider(answer) as stripe:
        with pytest.raises(taken_for):
            await stripe.create_session(ASK)


async def test_a_session_is_asked_for_once_with_our_id_as_its_key_and_nothing_else_is_told() -> None:
    heard: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        heard.append(request)
        return httpx.Response(200, json=SESSION)

    async with provider(answer) as stripe:
        found = await stripe.create_session(ASK)
    assert (found.reference, found.state, found.amount, found.currency) == ("cs_1", "open", 2500, "EUR")
    (request,) = heard
    assert request.url == "https://api.stripe.com/v1/checkout/sessions"
    assert request.headers["idempotency-key"] == f"payment-{PAYMENT}"
    assert request.headers["authorization"] == "Bearer sk_test_1"
    assert "x-stripe-client-telemetry" not in request.headers
    assert "telemetry_id" not in request.headers["x-stripe-client-user-agent"]
    assert b"metadata%5Bgreenroom_payment%5D=" in request.content.replace(b"[", b"%5B").replace(b"]", b"%5D")


async def test_nothing_is_repeated_by_itself() -> None:
    calls = 0

    def answer(_: httpx.Request) -> httpx.Response:
        nonlocal calls
        calls += 1
        return httpx.Response(503, json={"error": {"type": "api_error"}}, headers={"Stripe-Should-Retry": "true"})

    async with provider(answer) as stripe:
        with pytest.raises(NoAnswer):
            await stripe.create_session(ASK)
    assert calls == 1


async def test_a_payment_is_looked_for_page_by_page_and_not_for_ever() -> None:
    def page(request: httpx.Request, last: int) -> httpx.Response:
        start = int(request.url.params.get("starting_after", "cs_0").removeprefix("cs_"))
        found = [
            SESSION | {"id": f"cs_{n}", "client_reference_id": str(n)}
            for n in range(start + 1, min(start + 100, last) + 1)
        ]
        body = {"object": "list", "url": "/v1/checkout/sessions", "data": found, "has_more": start + 100 < last}
        return httpx.Response(200, content=json.dumps(body))

    async with provider(lambda request: page(request, 250)) as stripe:
        assert await stripe.find_payment(PAYMENT, None, NOW) is None
    async with provider(lambda request: page(request, 100_000)) as stripe:
        with pytest.raises(NoAnswer):
            await stripe.find_payment(PAYMENT, None, NOW)


@pytest.mark.parametrize(
    ("status", "payment_status", "state"),
    [
        ("open", "unpaid", "open"),
        ("complete", "unpaid", "processing"),
        ("complete", "paid", "paid"),
        ("complete", "no_payment_required", "paid"),
        ("expired", "unpaid", "expired"),
        (None, "unpaid", "open"),
    ],
)
async def test_the_state_of_a_session_is_read(status: str | None, payment_status: str, state: str) -> None:
    shown = SESSION | {"status": status, "payment_status": payment_status}
    async with provider(lambda _: httpx.Response(200, json=shown)) as stripe:
        found = await stripe.find_payment(PAYMENT, "cs_1", NOW)
    assert found is not None
    assert found.state == state


async def test_a_refund_of_what_nobody_paid_is_refused() -> None:
    async with provider(lambda _: httpx.Response(200, json=SESSION)) as stripe:
        with pytest.raises(Refused):
            await stripe.refund(REFUND, "cs_1", 100, "EUR")


OUTSIDE = Outside(
    dsn="postgresql://nobody@127.0.0.1:1/none", session_dsn="postgresql://nobody@127.0.0.1:1/none",
    identity_url="http://id.test", publishable_key="p", secret_key="s", cursor_secret="a secret only tests know, long enough",
)  # fmt: skip


def test_stripe_is_connected_by_both_of_its_secrets_or_not_at_all() -> None:
    both = Settings(_env_file=None, stripe_secret_key=SecretStr("sk_1"), stripe_webhook_secret=SecretStr("whsec_1"))
    connected = compose(both, OUTSIDE).greenroom.payments
    assert connected is not None
    assert connected.name == "stripe"
    assert compose(Settings(_env_file=None), OUTSIDE).greenroom.payments is None
    for half in ({"stripe_secret_key": SecretStr("sk_1")}, {"stripe_webhook_secret": SecretStr("whsec_1")}):
        with pytest.raises(ValueError, match="both, or neither"):
            Settings(_env_file=None, **half)
