"""A payment provider on paper for tests that are not about it: it does what it is told, at once. Holds no test."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from tools.payments.provider import (
    Ask,
    EventNotVerified,
    FoundPayment,
    FoundRefund,
    News,
    PaymentProvider,
    ProviderName,
    Refused,
)


@dataclass
class PaperProvider:
    """`sessions` by our payment's id, `refunds` by our refund's."""

    sessions: dict[UUID, FoundPayment] = field(default_factory=dict)
    refunds: dict[UUID, FoundRefund] = field(default_factory=dict)

    @property
    def name(self) -> ProviderName:
        return "sandbox"

    async def create_session(self, ask: Ask) -> FoundPayment:
        page = f"https://pay.example.org/{ask.payment_id}"
        made = FoundPayment(f"cs_{ask.payment_id}", "open", ask.amount, ask.currency, page)
        return self.sessions.setdefault(ask.payment_id, made)

    async def find_payment(self, payment_id: UUID, reference: str | None, since: datetime) -> FoundPayment | None:
        return self.sessions.get(payment_id)

    async def expire_session(self, reference: str) -> FoundPayment:
        for payment_id, found in self.sessions.items():
            if found.reference == reference:
                ended = replace(found, state="expired" if found.state == "open" else found.state)
                self.sessions[payment_id] = ended
                return ended
        raise Refused("There is no such session.")

    async def refund(self, refund_id: UUID, payment_reference: str, amount: int, currency: str) -> FoundRefund:
        return self.refunds.setdefault(refund_id, FoundRefund(f"re_{refund_id}", "done"))

    async def find_refund(self, refund_id: UUID, payment_reference: str) -> FoundRefund | None:
        return self.refunds.get(refund_id)

    def read_event(self, body: bytes, headers: Mapping[str, str]) -> News:
        raise EventNotVerified()

    async def __aenter__(self) -> PaymentProvider:
        return self

    async def __aexit__(self, *_: object) -> None:
        return None
