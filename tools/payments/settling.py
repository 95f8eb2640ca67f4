"""Finding out what became of a payment or a refund, and writing it down. The provider is always asked between two transactions."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TypeVar
from uuid import UUID

import structlog

from tools.context import Greenroom
from tools.errors import NotFound
from tools.operation import ATTEMPTS
from tools.payments import repository
from tools.payments.models import PaymentStatus, RefundStatus
from tools.payments.provider import (
    Ask,
    FoundPayment,
    FoundRefund,
    News,
    NoAnswer,
    NotNow,
    PaymentNews,
    PaymentProvider,
    RefundNews,
    Refused,
)
from tools.payments.repository import OpenPayment, OpenRefund, Source
from tools.payments.rules import Confirm, payment_step, refund_status, session_ends
from tools.store.database import Serialization, Transaction

Result = TypeVar("Result")
_log = structlog.get_logger("greenroom.payments")


async def take_news(greenroom: Greenroom, provider: str, news: News) -> str:
    """What a provider tells, written down in one transaction, once however often it is told. Answers what came of it.

    What is about nothing of ours is `ignored` or `unknown`: telling it again would change nothing.
    """
    source = Source(provider, news.event_id, news.kind)
    try:
        match news:
            case PaymentNews(payment_id=payment_id, found=found):
                return await _persistently(greenroom, lambda tx: _note_payment(tx, payment_id, found, source))
            case RefundNews(refund_id=refund_id, found=back):
                return await _persistently(greenroom, lambda tx: _note_refund(tx, refund_id, back, source))
            case _:
                return "ignored"
    except NotFound:
        _log.warning("news_of_nothing_known", provider=provider, event_id=news.event_id, kind=news.kind)
        return "unknown"


async def go_on(greenroom: Greenroom, payment_id: UUID, *, ending: bool = False) -> None:
    """Take an open payment as far as it can go now. `ending`: nobody waits for it any more, whatever its order is at.

    Asks for what there is, makes the page to pay on when there is none, and ends it when the order no longer waits for it.
    Without an answer the payment is unknown until one comes; the same key is used each time, so it is made once.
    """
    provider = greenroom.payments
    async with greenroom.database.session(None) as tx:
        payment = await repository.open_payment(tx, payment_id)
    if provider is None or payment is None or payment.provider != provider.name:
        return
    if ending:
        payment = payment.model_copy(update={"wanted": False})
    try:
        found = await _asked(greenroom, provider, payment)
    except Refused as refusal:
        await _mark(greenroom, payment, "failed" if payment.reference is None else "unknown", str(refusal))
    except NotNow as refusal:
        await _mark(greenroom, payment, payment.status, str(refusal))
    except NoAnswer as silence:
        await _mark(greenroom, payment, "unknown", str(silence))
    else:
        if found is None:
            await _mark(greenroom, payment, "cancelled", "Nobody waits for it any more.")
            return
        # A look-up is an event of its own, so that it is told apart and written once.
        source = Source(payment.provider, f"look-up/{found.reference}/{found.state}", "look-up")
        await _persistently(greenroom, lambda tx: _note_payment(tx, payment.id, found, source))


async def send_refund(greenroom: Greenroom, refund_id: UUID) -> None:
    """Take an open refund as far as it can go now: look for it, and send it when it is not there."""
    provider = greenroom.payments
    async with greenroom.database.session(None) as tx:
        refund = await repository.open_refund(tx, refund_id)
    if provider is None or refund is None or refund.provider != provider.name:
        return
    try:
        found = await _sent(provider, refund)
    except Refused as refusal:
        await _mark_refund(greenroom, refund, "failed", str(refusal))
    except NotNow as refusal:
        await _mark_refund(greenroom, refund, refund.status, str(refusal))
    except NoAnswer as silence:
        await _mark_refund(greenroom, refund, "unknown", str(silence))
    else:
        await _persistently(greenroom, lambda tx: _note_refund(tx, refund.id, found, None))


async def give_up(greenroom: Greenroom, payment_id: UUID) -> None:
    """Close a payment of which nobody knows anything as failed. Money that still comes is still taken."""
    async with greenroom.database.session(None) as tx:
        payment = await repository.open_payment(tx, payment_id)
        if payment is not None and payment.status in ("created", "unknown"):
            await repository.mark_payment(tx, payment_id, "failed", why="Given up: the payment provider could not say.")


async def _asked(greenroom: Greenroom, provider: PaymentProvider, payment: OpenPayment) -> FoundPayment | None:
    found = None if payment.fresh else await provider.find_payment(payment.id, payment.reference, payment.created_at)
    if found is None:
        return await provider.create_session(_ask(greenroom, payment)) if payment.wanted else None
    if found.state == "open" and not payment.wanted:
        return await provider.expire_session(found.reference)
    return found


def _ask(greenroom: Greenroom, payment: OpenPayment) -> Ask:
    back = payment.return_url or f"{greenroom.public_url}/"
    return Ask(
        payment_id=payment.id,
        amount=payment.amount,
        currency=payment.currency,
        description=f"{payment.event_name}, order {payment.order_number}",
        success_url=back,
        cancel_url=back,
        expires_at=session_ends(payment.created_at),
        buyer_email=payment.buyer_email,
    )


async def _sent(provider: PaymentProvider, refund: OpenRefund) -> FoundRefund:
    if refund.payment_reference is None:
        raise Refused("The payment provider never named this payment.")
    found = await provider.find_refund(refund.id, refund.payment_reference)
    if found is not None:
        return found
    return await provider.refund(refund.id, refund.payment_reference, refund.amount, refund.currency)


async def _note_payment(tx: Transaction, payment_id: UUID, found: FoundPayment, source: Source) -> str:
    step = payment_step(found)
    if isinstance(step, Confirm):
        return await repository.confirm(tx, payment_id, source, step.amount, step.currency, found.reference)
    return await repository.mark_payment(
        tx,
        payment_id,
        step.status,
        reference=found.reference,
        pay_url=found.pay_url,
        why=step.why,
        # A page that is open is news each time it is looked at, and changes nothing.
        source=source if step.status != "pending" or source.kind != "look-up" else None,
    )


async def _note_refund(tx: Transaction, refund_id: UUID, found: FoundRefund, source: Source | None) -> str:
    return await repository.mark_refund(
        tx, refund_id, refund_status(found), reference=found.reference, why=found.why, source=source
    )


async def _mark(greenroom: Greenroom, payment: OpenPayment, status: PaymentStatus, why: str) -> None:
    async with greenroom.database.session(None) as tx:
        await repository.mark_payment(tx, payment.id, status, why=why)


async def _mark_refund(greenroom: Greenroom, refund: OpenRefund, status: RefundStatus, why: str) -> None:
    async with greenroom.database.session(None) as tx:
        await repository.mark_refund(tx, refund.id, status, why=why)


async def _persistently(greenroom: Greenroom, call: Callable[[Transaction], Awaitable[Result]]) -> Result:
    """One transaction of the service, run again when it met another."""
    for attempt in range(1, ATTEMPTS + 1):
        try:
            async with greenroom.database.session(None) as tx:
                return await call(tx)
        except Serialization:
            if attempt == ATTEMPTS:
                raise
    raise AssertionError("the loop returns or raises")
