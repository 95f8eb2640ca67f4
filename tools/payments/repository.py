"""SQL of online payments and refunds. Money moves only inside the functions of the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel

from tools.payments.models import ListPayments, ListRefunds, Payment, PaymentStatus, Refund, RefundStatus
from tools.store.addresses import BUYER, open_address
from tools.store.database import Transaction

_PAYMENT = """
    select p.id, p.order_id, o.number as order_number, o.event_id, p.provider, p.method, p.status, p.amount, p.currency,
        p.refunded_amount, p.pay_url, p.failure, p.created_at, p.confirmed_at
    from public.payments p join public.orders o on o.org_id = p.org_id and o.id = p.order_id
"""
_REFUND = """
    select r.id, r.order_id, o.number as order_number, o.event_id, r.payment_id, r.provider, r.status, r.amount, r.currency, r.reason,
        r.failure, r.created_at, r.done_at
    from public.refunds r join public.orders o on o.org_id = r.org_id and o.id = r.order_id
"""


class OpenPayment(BaseModel):
    """A payment nobody knows the end of, and what its order is at. `wanted`: the order still waits for exactly this. `fresh`: nobody
    has asked the provider yet, or so lately that it still knows the key."""

    id: UUID
    provider: str
    status: PaymentStatus
    amount: int
    currency: str
    reference: str | None
    return_url: str | None
    created_at: datetime
    order_number: str
    event_name: str
    buyer_email: str | None
    wanted: bool
    fresh: bool


class OpenRefund(BaseModel):
    id: UUID
    provider: str
    status: RefundStatus
    amount: int
    currency: str
    payment_reference: str | None


@dataclass(frozen=True, slots=True)
class Source:
    """Where it is known from: an event of a provider's, once each."""

    provider: str
    event_id: str
    kind: str


async def start(
    tx: Transaction, org: UUID, order_id: UUID, payment_id: UUID, provider: str, return_url: str | None
) -> UUID:
    """The payment to go on with: a new one, or the one that is open for the same amount. Raises NothingToPay."""
    found: UUID = await tx.fetch_value(
        "select app.start_payment(%(org)s, %(order)s, %(payment)s, %(provider)s, %(return_url)s)",
        {"org": org, "order": order_id, "payment": payment_id, "provider": provider, "return_url": return_url},
    )
    return found


async def organization_of(tx: Transaction, order_id: UUID) -> UUID | None:
    found: UUID | None = await tx.fetch_value("select org_id from public.orders where id = %(id)s", {"id": order_id})
    return found


async def get(tx: Transaction, payment_id: UUID, org: UUID | None = None) -> Payment | None:
    """As a person always with their organisation; the service may look without."""
    return await tx.fetch_one(
        _PAYMENT + "where p.id = %(id)s and (%(org)s::uuid is null or p.org_id = %(org)s)",
        {"id": payment_id, "org": org},
        row=Payment,
    )


async def open_payment(tx: Transaction, payment_id: UUID) -> OpenPayment | None:
    found = await tx.fetch_dicts(
        """
        select p.id, p.provider, p.status, p.amount, p.currency, p.provider_reference as reference, p.return_url, p.created_at,
            o.number as order_number, e.name as event_name, o.buyer_email, o.org_id, o.id as order_id,
            o.status = 'pending' and not o.needs_approval and p.amount = app.owed(o)
                and coalesce(o.expires_at > clock_timestamp(), true) as wanted,
            p.attempts = 0 and p.created_at > now() - interval '1 hour' as fresh
        from public.payments p
        join public.orders o on o.org_id = p.org_id and o.id = p.order_id
        join public.events e on e.org_id = o.org_id and e.id = o.event_id
        where p.id = %(id)s and p.status in ('created', 'pending', 'unknown') and p.provider <> 'manual'
        """,
        {"id": payment_id},
    )
    for row in found:
        row["buyer_email"] = open_address(tx.fields, BUYER, row["org_id"], row["order_id"], row["buyer_email"])
        return OpenPayment.model_validate(row)
    return None


async def open_refund(tx: Transaction, refund_id: UUID) -> OpenRefund | None:
    return await tx.fetch_one(
        """
        select r.id, r.provider, r.status, r.amount, r.currency, p.provider_reference as payment_reference
        from public.refunds r left join public.payments p on p.org_id = r.org_id and p.id = r.payment_id
        where r.id = %(id)s and r.status in ('created', 'pending', 'unknown') and r.provider <> 'manual'
        """,
        {"id": refund_id},
        row=OpenRefund,
    )


async def due_payments(tx: Transaction, provider: str, *, now: bool, at_most: int) -> list[UUID]:
    """Whose end is worth asking for: twice as long after each time in vain, and at once when the order moved on without it."""
    rows = await tx.fetch_dicts(
        """
        select p.id from public.payments p join public.orders o on o.org_id = p.org_id and o.id = p.order_id
        where p.status in ('created', 'pending', 'unknown') and p.provider = %(provider)s
            and (%(now)s or o.updated_at > p.updated_at
                or p.updated_at + least(interval '5 seconds' * power(2, least(p.attempts, 10)), interval '10 minutes') <= now())
        order by p.updated_at limit %(most)s
        """,
        {"provider": provider, "now": now, "most": at_most},
    )
    return [row["id"] for row in rows]


async def due_refunds(tx: Transaction, provider: str, *, now: bool, at_most: int) -> list[UUID]:
    rows = await tx.fetch_dicts(
        """
        select r.id from public.refunds r
        where r.status in ('created', 'pending', 'unknown') and r.provider = %(provider)s
            and (%(now)s or r.attempts = 0
                or r.updated_at + least(interval '5 seconds' * power(2, least(r.attempts, 10)), interval '10 minutes') <= now())
        order by r.updated_at limit %(most)s
        """,
        {"provider": provider, "now": now, "most": at_most},
    )
    return [row["id"] for row in rows]


async def confirm(tx: Transaction, payment_id: UUID, source: Source, amount: int, currency: str, reference: str) -> str:
    """What came of it: paid, part_paid, retaken, refunded, repeated or mismatch. Raises NotFound."""
    outcome: str = await tx.fetch_value(
        "select app.confirm_payment(%(id)s, %(provider)s, %(event)s, %(kind)s, %(amount)s, %(currency)s, %(reference)s)",
        {**_said(source), "id": payment_id, "amount": amount, "currency": currency, "reference": reference},
    )
    return outcome


async def mark_payment(
    tx: Transaction,
    payment_id: UUID,
    status: PaymentStatus,
    *,
    reference: str | None = None,
    pay_url: str | None = None,
    why: str | None = None,
    source: Source | None = None,
) -> str:
    """The new status, `ignored` when its end is known, `repeated` for an event seen before. Raises NotFound."""
    outcome: str = await tx.fetch_value(
        "select app.mark_payment(%(id)s, %(status)s, %(reference)s, %(url)s, %(why)s, %(provider)s, %(event)s, %(kind)s)",
        {**_said(source), "id": payment_id, "status": status, "reference": reference, "url": pay_url, "why": why},
    )
    return outcome


async def mark_refund(
    tx: Transaction,
    refund_id: UUID,
    status: RefundStatus,
    *,
    reference: str | None = None,
    why: str | None = None,
    source: Source | None = None,
) -> str:
    """As `mark_payment`. A failed one is owed again."""
    outcome: str = await tx.fetch_value(
        "select app.mark_refund(%(id)s, %(status)s, %(reference)s, %(why)s, %(provider)s, %(event)s, %(kind)s)",
        {**_said(source), "id": refund_id, "status": status, "reference": reference, "why": why},
    )
    return outcome


def _said(source: Source | None) -> dict[str, str | None]:
    if source is None:
        return {"provider": None, "event": None, "kind": None}
    return {"provider": source.provider, "event": source.event_id, "kind": source.kind}


async def find_payments(
    tx: Transaction, org: UUID, wanted: ListPayments, order_id: UUID | None, after: list[Any] | None
) -> list[Payment]:
    """Newest first; one more than the limit when there is a next page."""
    return await tx.fetch_all(
        _PAYMENT
        + """
        where p.org_id = %(org)s and (%(order)s::uuid is null or p.order_id = %(order)s)
            and (%(status)s::text is null or p.status = %(status)s)
            and (%(after_at)s::timestamptz is null or (p.created_at, p.id) < (%(after_at)s, %(after_id)s::uuid))
        order by p.created_at desc, p.id desc limit %(more)s
        """,
        _listed(org, order_id, wanted.status, wanted.limit, after),
        row=Payment,
    )


async def find_refunds(
    tx: Transaction, org: UUID, wanted: ListRefunds, order_id: UUID | None, after: list[Any] | None
) -> list[Refund]:
    """Newest first; one more than the limit when there is a next page."""
    return await tx.fetch_all(
        _REFUND
        + """
        where r.org_id = %(org)s and (%(order)s::uuid is null or r.order_id = %(order)s)
            and (%(status)s::text is null or r.status = %(status)s)
            and (%(after_at)s::timestamptz is null or (r.created_at, r.id) < (%(after_at)s, %(after_id)s::uuid))
        order by r.created_at desc, r.id desc limit %(more)s
        """,
        _listed(org, order_id, wanted.status, wanted.limit, after),
        row=Refund,
    )


def _listed(
    org: UUID, order_id: UUID | None, status: str | None, limit: int, after: list[Any] | None
) -> dict[str, Any]:
    return {
        "org": org,
        "order": order_id,
        "status": status,
        "after_at": after[0] if after else None,
        "after_id": after[1] if after else None,
        "more": limit + 1,
    }
