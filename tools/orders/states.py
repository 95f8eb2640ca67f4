"""Orders that wait: for payment or for the organiser's yes; and how that ends."""

from __future__ import annotations

from datetime import timedelta

from tools.context import Context
from tools.counter.refusals import EventNotOnSale
from tools.errors import InvalidInput
from tools.operation import Effect, Http, operation
from tools.orders import repository, rules
from tools.orders.models import ApproveOrder, DeclineOrder, ExtendOrder, NamedOrder, Order
from tools.orders.resolve import order_of, order_to_change
from tools.tickets.rules import TicketsSoldOut

_LONGEST_WAIT = timedelta(days=366)


@operation(
    scope="orders:write",
    effect=Effect.external,
    http=(Http("POST", "/orders/{id}/cancel", target="order"),),
    card="order",
    errors=(rules.OrderNotUnpaid,),
    describe=rules.told_ended,
)
async def cancel_order(ctx: Context, data: NamedOrder) -> Order:
    """Cancel an order that nothing was paid for: its tickets are void and its places free again.

    Use when a buyer does not pay or does not want it any more. When money came in, use refund_order.
    """
    order = await order_to_change(ctx, data.order)
    rules.require_unpaid(order, "pending")
    await repository.cancel(ctx.tx, ctx.org_id, order.id)
    return await order_of(ctx, str(order.id))


@operation(
    scope="orders:write",
    effect=Effect.external,
    http=(Http("POST", "/orders/{id}/approve", target="order"),),
    card="order",
    errors=(rules.NothingToApprove,),
    describe=rules.told_approved,
)
async def approve_order(ctx: Context, data: ApproveOrder) -> Order:
    """Say yes to an order that waits for the organiser's approval.

    It is paid at once when it costs nothing; otherwise the buyer may pay now, within `expires_in_hours`.
    """
    order = await order_to_change(ctx, data.order)
    rules.require_waiting(order)
    seconds = None if data.expires_in_hours is None else data.expires_in_hours * 3600
    await repository.approve(ctx.tx, ctx.org_id, order.id, seconds)
    return await order_of(ctx, str(order.id))


@operation(
    scope="orders:write",
    effect=Effect.external,
    http=(Http("POST", "/orders/{id}/decline", target="order"),),
    card="order",
    errors=(rules.NothingToApprove, rules.OrderNotUnpaid),
    describe=rules.told_declined,
)
async def decline_order(ctx: Context, data: DeclineOrder) -> Order:
    """Say no to an order that waits for the organiser's approval; its places are free again and the buyer is told."""
    order = await order_to_change(ctx, data.order)
    rules.require_waiting(order)
    rules.require_unpaid(order, "pending")
    await repository.cancel(ctx.tx, ctx.org_id, order.id)
    return await order_of(ctx, str(order.id))


@operation(
    scope="orders:write",
    effect=Effect.external,
    http=(Http("POST", "/orders/{id}/extend", target="order"),),
    card="order",
    errors=(rules.OrderNotUnpaid, TicketsSoldOut, EventNotOnSale),
    describe=rules.told_extended,
)
async def extend_order(ctx: Context, data: ExtendOrder) -> Order:
    """Give the buyer of an unpaid order another time to pay by, or time without end.

    An order that has expired lives again with the same tickets when its places are still there.
    """
    order = await order_to_change(ctx, data.order)
    rules.require_unpaid(order, "pending", "expired")
    if data.expires_at is not None and not ctx.now < data.expires_at < ctx.now + _LONGEST_WAIT:
        raise InvalidInput("The new end is after now, and within a year.")
    await repository.extend(ctx.tx, ctx.org_id, order.id, data.expires_at)
    return await order_of(ctx, str(order.id))
