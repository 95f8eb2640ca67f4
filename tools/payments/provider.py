"""The port: what every payment provider does for us, and the three ways in which it does not. Knows no provider and no SQL."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol
from uuid import UUID

from tools.errors import InvalidInput

ProviderName = Literal["sandbox", "stripe"]
PaymentState = Literal["open", "processing", "paid", "expired", "failed"]
RefundState = Literal["pending", "done", "failed"]


class ProviderError(Exception):
    """The provider did not do it, or did not say. The text is for the organiser."""


class Refused(ProviderError):
    """It did not happen, and will not when asked again."""


class NotNow(ProviderError):
    """It did not happen; asked again later it may."""


class NoAnswer(ProviderError):
    """It may have happened: only asking for it can tell."""


class EventNotVerified(InvalidInput):
    """What came to the webhook is not a message of the provider's."""

    code = "event_not_verified"
    status = 400
    title = "This is no message of the payment provider"


@dataclass(frozen=True, slots=True)
class Ask:
    """What a buyer is asked to pay. Asked twice, every field is the same, so that the provider makes one thing of it.

    `payment_id` is the key under which the provider does it once. `amount` in minor units of `currency`.
    """

    payment_id: UUID
    amount: int
    currency: str
    description: str
    success_url: str
    cancel_url: str
    expires_at: datetime
    buyer_email: str | None


@dataclass(frozen=True, slots=True)
class FoundPayment:
    """What the provider has of a payment: its reference, and the page to pay on while it is open."""

    reference: str
    state: PaymentState
    amount: int
    currency: str
    pay_url: str | None = None


@dataclass(frozen=True, slots=True)
class FoundRefund:
    reference: str
    state: RefundState
    why: str | None = None


@dataclass(frozen=True, slots=True)
class PaymentNews:
    event_id: str
    kind: str
    payment_id: UUID
    found: FoundPayment


@dataclass(frozen=True, slots=True)
class RefundNews:
    event_id: str
    kind: str
    refund_id: UUID
    found: FoundRefund


@dataclass(frozen=True, slots=True)
class OtherNews:
    """A message that is the provider's, and about nothing of ours."""

    event_id: str
    kind: str


News = PaymentNews | RefundNews | OtherNews


class PaymentProvider(Protocol):
    """Calls raise Refused, NotNow or NoAnswer; none of them is ever repeated by itself."""

    @property
    def name(self) -> ProviderName: ...

    async def create_session(self, ask: Ask) -> FoundPayment:
        """A page to pay on. Idempotent by the payment's id."""
        ...

    async def find_payment(self, payment_id: UUID, reference: str | None, since: datetime) -> FoundPayment | None:
        """By its reference, or by our id among what was made from `since` on. None: the provider knows no such payment."""
        ...

    async def expire_session(self, reference: str) -> FoundPayment:
        """Nobody can pay there any more, unless they have: the answer tells."""
        ...

    async def refund(self, refund_id: UUID, payment_reference: str, amount: int, currency: str) -> FoundRefund:
        """Part of a payment, or all of it. Idempotent by the refund's id."""
        ...

    async def find_refund(self, refund_id: UUID, payment_reference: str) -> FoundRefund | None: ...

    def read_event(self, body: bytes, headers: Mapping[str, str]) -> News:
        """A verified message. Raises EventNotVerified for anything else."""
        ...

    async def __aenter__(self) -> PaymentProvider: ...

    async def __aexit__(self, *_: object) -> None: ...
