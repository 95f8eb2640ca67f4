"""What happens to online payments, in words of the trade."""

from __future__ import annotations

from uuid import UUID

from tools.context import Caller, Context, Greenroom
from tools.errors import NotFound
from tools.kit.ids import RandomIds
from tools.kit.paging import Page
from tools.operation import Effect, Http, operation
from tools.orders.resolve import order_of
from tools.payments import repository, rules
from tools.payments.models import ListPayments, ListRefunds, NamedPayment, Payment, Refund, RequestPayment
from tools.payments.settling import give_up, go_on


async def _ask_provider(greenroom: Greenroom, _: Caller, payment: Payment) -> Payment:
    return await _begun(greenroom, payment.id)


async def _look_up(greenroom: Greenroom, _: Caller, payment: Payment) -> Payment:
    # What has moved on since the answer was written was looked up already: this is the same call once more.
    if (await _read(greenroom, payment.id)).status == payment.status:
        await go_on(greenroom, payment.id)
    return await _read(greenroom, payment.id)


async def _look_up_last(greenroom: Greenroom, _: Caller, payment: Payment) -> Payment:
    if (await _read(greenroom, payment.id)).status == payment.status:
        await go_on(greenroom, payment.id, ending=True)
        await give_up(greenroom, payment.id)
    return await _read(greenroom, payment.id)


@operation(
    scope="orders:write",
    effect=Effect.money,
    http=(Http("POST", "/orders/{id}/payment-requests", 201, target="order"),),
    card="payment",
    errors=(rules.OnlinePaymentsOff, rules.NothingToPay),
    describe=rules.told_requested,
    totals=rules.asked_total,
    then=_ask_provider,
)
async def request_payment(ctx: Context, data: RequestPayment) -> Payment:
    """Ask a buyer to pay an order online and return the address of the page to pay on.

    Use when an order is open and the buyer should pay it by themselves. Asks for all that is open. An order that is asked for
    already keeps its page. When the provider does not answer at once, the address follows by itself.
    """
    provider = ctx.greenroom.payments
    if provider is None:
        raise rules.OnlinePaymentsOff()
    order = await order_of(ctx, data.order)
    payment_id = await repository.start(ctx.tx, ctx.org_id, order.id, ctx.ids.new_id(), provider.name, None)
    return await _payment_of(ctx, payment_id)


@operation(
    scope="orders:write",
    effect=Effect.money,
    http=(Http("POST", "/payments/{id}/settle", target="payment"),),
    card="payment",
    errors=(rules.OnlinePaymentsOff, rules.PaymentSettled),
    describe=rules.told_settled,
    then=_look_up,
    proposable=False,
)
async def settle_payment(ctx: Context, data: NamedPayment) -> Payment:
    """Find out now, from the payment provider, what became of an open or unknown payment.

    Use when somebody waits for a payment that is unknown. Takes the money when it is there and closes the payment when it is
    not.
    """
    payment = await _payment_of(ctx, data.payment)
    rules.require_unsettled(payment)
    if ctx.greenroom.payments is None or payment.provider != ctx.greenroom.payments.name:
        raise rules.OnlinePaymentsOff()
    return payment


@operation(
    scope="orders:write",
    effect=Effect.money,
    http=(Http("POST", "/payments/{id}/give-up", target="payment"),),
    card="payment",
    errors=(rules.PaymentSettled,),
    describe=rules.told_given_up,
    then=_look_up_last,
    proposable=False,
)
async def give_up_payment(ctx: Context, data: NamedPayment) -> Payment:
    """Close an open or unknown payment: its page is closed, and it counts as failed if nobody can say what became of it.

    Use when a payment stays unknown, or the buyer should pay in another way. The provider is asked once more first. Money that
    still comes is still taken: for the order, or given back.
    """
    payment = await _payment_of(ctx, data.payment)
    rules.require_unsettled(payment)
    return payment


@operation(scope="orders:read", effect=Effect.read, http=(Http("GET", "/payments"),), card="payments")
async def list_payments(ctx: Context, data: ListPayments) -> Page[Payment]:
    """List payments by order or status, newest first.

    Use status unknown for those of which nobody knows yet whether the buyer paid.
    """
    order_id = (await order_of(ctx, data.order)).id if data.order else None
    after = ctx.greenroom.cursors.after("payments", data.cursor)
    found = await repository.find_payments(ctx.tx, ctx.org_id, data, order_id, after)
    return ctx.greenroom.cursors.page(
        Page[Payment], "payments", found, data.limit, lambda last: [last.created_at, last.id]
    )


@operation(scope="orders:read", effect=Effect.read, http=(Http("GET", "/refunds"),), card="refunds")
async def list_refunds(ctx: Context, data: ListRefunds) -> Page[Refund]:
    """List refunds by order or status, newest first.

    Use status failed for money that the provider could not give back: it is still here, and owed.
    """
    order_id = (await order_of(ctx, data.order)).id if data.order else None
    after = ctx.greenroom.cursors.after("refunds", data.cursor)
    found = await repository.find_refunds(ctx.tx, ctx.org_id, data, order_id, after)
    return ctx.greenroom.cursors.page(
        Page[Refund], "refunds", found, data.limit, lambda last: [last.created_at, last.id]
    )


async def start_checkout_payment(greenroom: Greenroom, order_id: UUID, *, return_url: str | None = None) -> Payment:
    """A stranger pays their own order online: the caller has made sure that it is theirs. `return_url` is where they go on.

    Raises NotFound, OnlinePaymentsOff, NothingToPay. Without an answer of the provider's the payment has no `pay_url` yet; asked
    again, it is the same payment.
    """
    provider = greenroom.payments
    if provider is None:
        raise rules.OnlinePaymentsOff()
    async with greenroom.database.session(None) as tx:
        org = await repository.organization_of(tx, order_id)
        if org is None:
            raise NotFound()
        payment_id = await repository.start(tx, org, order_id, RandomIds().new_id(), provider.name, return_url)
    return await _begun(greenroom, payment_id)


async def _begun(greenroom: Greenroom, payment_id: UUID) -> Payment:
    """The payment after the provider was asked for its page, when there is none yet."""
    payment = await _read(greenroom, payment_id)
    if payment.status in ("created", "unknown"):
        await go_on(greenroom, payment_id)
        payment = await _read(greenroom, payment_id)
    return payment


async def _read(greenroom: Greenroom, payment_id: UUID) -> Payment:
    async with greenroom.database.session(None) as tx:
        payment = await repository.get(tx, payment_id)
    assert payment is not None, "payments are never deleted"
    return payment


async def _payment_of(ctx: Context, payment_id: UUID) -> Payment:
    """Raises NotFound."""
    payment = await repository.get(ctx.tx, payment_id, ctx.org_id)
    if payment is None:
        raise NotFound.named("payment", str(payment_id))
    return payment
