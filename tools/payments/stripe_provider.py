"""The port over Stripe's API with its official client: Checkout sessions, refunds and webhooks. The sandbox speaks it too."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Annotated, Any, Literal, NoReturn, TypeVar
from uuid import UUID

import httpx
import stripe
from pydantic import BaseModel, Field, TypeAdapter, ValidationError

from tools.kit.ids import as_uuid
from tools.kit.money import MAX_AMOUNT
from tools.payments.provider import (
    Ask,
    EventNotVerified,
    FoundPayment,
    FoundRefund,
    News,
    NoAnswer,
    NotNow,
    OtherNews,
    PaymentNews,
    PaymentState,
    ProviderName,
    RefundNews,
    Refused,
)
from tools.payments.rules import from_stripe, to_stripe

STRIPE = "https://api.stripe.com"
TOLERANCE_SECONDS = 300
"""How old a signed message may be; Stripe's own default."""

_SIGNATURE = "stripe-signature"
_OURS = "greenroom_payment"
_OUR_REFUND = "greenroom_refund"
# Requests and session pages of one payment fall into this window; the clocks of both sides may differ a little.
_CLOCKS_SECONDS = 300
_MOST_SESSIONS = 2000

# Nothing is measured and sent along behind the operator's back.
stripe.enable_telemetry = False

Shape = TypeVar("Shape", bound=BaseModel)
_Word = Annotated[str, Field(pattern=r"^[\x21-\x7e]{1,255}$")]
"""What an id or a kind is made of: what is stored must be storable."""


_AnyObject = TypeAdapter(dict[str, Any])


class _Session(BaseModel):
    id: _Word
    status: Literal["open", "complete", "expired"] | None
    payment_status: Literal["paid", "unpaid", "no_payment_required"]
    amount_total: int = Field(ge=-MAX_AMOUNT, le=MAX_AMOUNT)
    currency: str = Field(pattern="^[A-Za-z]{3}$")
    payment_intent: str | None = None
    client_reference_id: str | None = None
    metadata: dict[str, str] | None = None
    url: str | None = Field(None, pattern=r"^https?://[\x21-\x7e]{1,1990}$")


class _Refund(BaseModel):
    id: _Word
    status: _Word | None
    failure_reason: _Word | None = None
    metadata: dict[str, str] | None = None


class _Object(BaseModel):
    object: dict[str, Any]


class _Event(BaseModel):
    id: _Word
    object: Literal["event"]
    type: str = Field(pattern=r"^[a-z0-9_.]{1,100}$")
    data: _Object


class _Wire(stripe.HTTPClient):
    """Stripe's client over one pool of ours, which may lead to a server in this process. Asynchronous only."""

    name = "httpx"

    def __init__(self, transport: httpx.AsyncBaseTransport | None, timeout_seconds: float) -> None:
        super().__init__()
        self._http = httpx.AsyncClient(transport=transport, timeout=timeout_seconds)

    async def request_async(
        self, method: str, url: str, headers: Mapping[str, str], post_data: Any = None
    ) -> tuple[bytes, int, Mapping[str, str]]:
        try:
            answer = await self._http.request(method.upper(), url, headers=dict(headers), content=post_data or None)
            # The client stumbles over what is no JSON object; to us that is no answer.
            _AnyObject.validate_json(answer.content)
        except (httpx.HTTPError, OSError, ValueError) as error:
            raise stripe.APIConnectionError(type(error).__name__) from error  # type: ignore[no-untyped-call]
        return answer.content, answer.status_code, answer.headers

    async def close_async(self) -> None:
        await self._http.aclose()


class StripeProvider:
    """One account at Stripe, or the sandbox in its clothes; `name` tells which."""

    def __init__(
        self,
        name: ProviderName,
        secret_key: str,
        webhook_secret: str,
        *,
        api_base: str = STRIPE,
        transport: httpx.AsyncBaseTransport | None = None,
        timeout_seconds: float = 20,
    ) -> None:
        self._name = name
        self._webhook_secret = webhook_secret
        self._wire = _Wire(transport, timeout_seconds)
        # Whoever asks again does so knowingly, with the same key; the client never does by itself.
        self._client = stripe.StripeClient(
            secret_key, base_addresses={"api": api_base}, http_client=self._wire, max_network_retries=0
        )

    @property
    def name(self) -> ProviderName:
        return self._name

    async def __aenter__(self) -> StripeProvider:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._wire.close_async()

    async def create_session(self, ask: Ask) -> FoundPayment:
        """A Checkout session of one line. Idempotent by the payment's id for a day, as Stripe keeps keys."""
        ours = {_OURS: str(ask.payment_id)}
        params: Any = {
            "mode": "payment",
            "client_reference_id": str(ask.payment_id),
            "metadata": ours,
            "payment_intent_data": {"metadata": ours},
            "success_url": ask.success_url,
            "cancel_url": ask.cancel_url,
            "expires_at": int(ask.expires_at.timestamp()),
            "line_items": [
                {
                    "quantity": 1,
                    "price_data": {
                        "currency": ask.currency.lower(),
                        "unit_amount": to_stripe(ask.amount, ask.currency),
                        "product_data": {"name": ask.description},
                    },
                }
            ],
        }
        if ask.buyer_email:
            params["customer_email"] = ask.buyer_email
        async with _translated():
            made = await self._client.v1.checkout.sessions.create_async(
                params, {"idempotency_key": f"payment-{ask.payment_id}"}
            )
        return _payment(_shaped(_Session, made))

    async def find_payment(self, payment_id: UUID, reference: str | None, since: datetime) -> FoundPayment | None:
        """By the session's id, or among the sessions made since then."""
        if reference is not None:
            return _payment(await self._session(reference))
        window: Any = {"limit": 100, "created": {"gte": int(since.timestamp()) - _CLOCKS_SECONDS}}
        seen = 0
        async with _translated():
            page = await self._client.v1.checkout.sessions.list_async(window)
            async for each in page.auto_paging_iter():
                if each.client_reference_id == str(payment_id):
                    return _payment(_shaped(_Session, each))
                seen += 1
                if seen >= _MOST_SESSIONS:
                    raise NoAnswer("The payment provider has too many payments since then to find this one among them.")
        return None

    async def expire_session(self, reference: str) -> FoundPayment:
        """Ends the session; one that is complete already is answered as it is."""
        try:
            async with _translated():
                ended = await self._client.v1.checkout.sessions.expire_async(reference)
        except Refused:
            return _payment(await self._session(reference))
        return _payment(_shaped(_Session, ended))

    async def refund(self, refund_id: UUID, payment_reference: str, amount: int, currency: str) -> FoundRefund:
        """Idempotent by the refund's id for a day, as Stripe keeps keys."""
        params: Any = {
            "payment_intent": await self._intent(payment_reference),
            "amount": to_stripe(amount, currency),
            "metadata": {_OUR_REFUND: str(refund_id)},
        }
        async with _translated():
            made = await self._client.v1.refunds.create_async(params, {"idempotency_key": f"refund-{refund_id}"})
        return _refund(_shaped(_Refund, made))

    async def find_refund(self, refund_id: UUID, payment_reference: str) -> FoundRefund | None:
        intent = await self._intent(payment_reference)
        async with _translated():
            page = await self._client.v1.refunds.list_async({"payment_intent": intent, "limit": 100})
            async for each in page.auto_paging_iter():
                refund = _shaped(_Refund, each)
                if (refund.metadata or {}).get(_OUR_REFUND) == str(refund_id):
                    return _refund(refund)
        return None

    def read_event(self, body: bytes, headers: Mapping[str, str]) -> News:
        """A message signed with the webhook's secret not longer ago than five minutes. Raises EventNotVerified."""
        try:
            stripe.WebhookSignature.verify_header(
                body, headers.get(_SIGNATURE), self._webhook_secret, TOLERANCE_SECONDS
            )
            event = _Event.model_validate_json(body)
            return _news(event)
        # The verifier also lets out what broken UTF-8, huge numbers and letters in a signature raise.
        except (stripe.SignatureVerificationError, ValueError, TypeError, OverflowError):
            raise EventNotVerified() from None

    async def _session(self, reference: str) -> _Session:
        async with _translated():
            return _shaped(_Session, await self._client.v1.checkout.sessions.retrieve_async(reference))

    async def _intent(self, reference: str) -> str:
        """What refunds hang on. Raises Refused for a session that nobody paid."""
        intent = (await self._session(reference)).payment_intent
        if intent is None:
            raise Refused("Nothing was paid by this payment at the provider.")
        return intent


def _news(event: _Event) -> News:
    subject = event.data.object
    metadata = subject.get("metadata")
    # The account may be used for other things too: what does not carry our id is none of ours, whatever it looks like.
    if isinstance(metadata, dict):
        payment_id = as_uuid(str(metadata.get(_OURS)))
        if subject.get("object") == "checkout.session" and payment_id:
            session = _Session.model_validate(subject)
            return PaymentNews(event.id, event.type, payment_id, _payment(session, _STATES.get(event.type)))
        refund_id = as_uuid(str(metadata.get(_OUR_REFUND)))
        if subject.get("object") == "refund" and refund_id:
            return RefundNews(event.id, event.type, refund_id, _refund(_Refund.model_validate(subject)))
    return OtherNews(event.id, event.type)


_STATES: dict[str, PaymentState] = {"checkout.session.async_payment_failed": "failed"}
"""Events that say more than the session they carry."""


def _payment(session: _Session, state: PaymentState | None = None) -> FoundPayment:
    currency = session.currency.upper()
    return FoundPayment(
        reference=session.id,
        state=state or _state(session),
        amount=from_stripe(session.amount_total, currency),
        currency=currency,
        pay_url=session.url,
    )


def _state(session: _Session) -> PaymentState:
    if session.payment_status != "unpaid":
        return "paid"
    match session.status:
        case "complete":
            return "processing"
        case "expired":
            return "expired"
        case _:
            return "open"


def _refund(refund: _Refund) -> FoundRefund:
    match refund.status:
        case "succeeded":
            return FoundRefund(refund.id, "done")
        case "failed" | "canceled":
            why = refund.failure_reason or refund.status
            return FoundRefund(refund.id, "failed", f"The payment provider says: {why.replace('_', ' ')}.")
        case _:
            return FoundRefund(refund.id, "pending")


def _shaped(shape: type[Shape], answer: Any) -> Shape:
    """Raises NoAnswer for an answer that is none: what it did is not known."""
    try:
        return shape.model_validate(answer.to_dict())
    except ValidationError:
        raise NoAnswer("The payment provider's answer could not be read.") from None


@asynccontextmanager
async def _translated() -> AsyncIterator[None]:
    """Stripe's errors as ours. A wrong key is `NotNow`: the operator sets it right, and nothing was lost."""
    try:
        yield
    except stripe.StripeError as error:
        _raise(error)


def _raise(error: stripe.StripeError) -> NoReturn:
    match error:
        case stripe.CardError() | stripe.InvalidRequestError():
            raise Refused(f"The payment provider says: {error.user_message or 'no'}"[:500]) from error
        case stripe.RateLimitError():
            raise NotNow("The payment provider is asked too often right now.") from error
        case stripe.AuthenticationError() | stripe.PermissionError():
            raise NotNow("The payment provider does not accept our key.") from error
        case _:
            raise NoAnswer("The payment provider did not answer.") from error
