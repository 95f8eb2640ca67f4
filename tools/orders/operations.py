"""What happens to orders, in words of the trade."""

from __future__ import annotations

from tools.context import Context
from tools.errors import InvalidInput
from tools.events.resolve import event_id_of
from tools.kit.money import format_money
from tools.kit.paging import Page
from tools.kit.zones import day_bounds
from tools.operation import Effect, Http, operation
from tools.orders import repository, rules
from tools.orders.models import ChangedOrder, ListOrders, NamedOrder, Order, RecordPayment, RefundOrder
from tools.orders.resolve import order_of, order_to_change


@operation(
    scope="orders:write",
    effect=Effect.money,
    http=(Http("POST", "/orders/{id}/payments", target="order"),),
    card="order",
    errors=(rules.OrderClosed, rules.OverPaid),
    describe=rules.told_paid,
)
async def record_payment(ctx: Context, data: RecordPayment) -> Order:
    """Record money that came in for an order by cash, transfer, card at the door or invoice.

    Use when a buyer has paid. Without an amount: all that is open.
    """
    order = await order_to_change(ctx, data.order)
    rules.require_open(order)
    amount = data.amount if data.amount is not None else rules.open_amount(order)
    if amount == 0 or amount > rules.open_amount(order):
        still = format_money(rules.open_amount(order), order.currency, ctx.standing.locale)
        raise rules.OverPaid(f"Order {order.number} has {still} open.", details={"available": rules.open_amount(order)})
    await repository.record_payment(ctx.tx, ctx.org_id, order.id, ctx.ids.new_id(), data.method, amount)
    return await order_of(ctx, str(order.id))


@operation(
    scope="orders:refund",
    effect=Effect.money,
    http=(Http("POST", "/orders/{id}/refund", target="order"),),
    card="order",
    errors=(rules.OrderClosed, rules.RefundTooLarge),
    describe=rules.told_refunded,
    totals=rules.refunded_total,
)
async def refund_order(ctx: Context, data: RefundOrder) -> ChangedOrder:
    """Give the money of an order back.

    Without an amount: all that was paid but for `keep_amount`, and the order is cancelled, its tickets are void and its places
    free again. With an amount: that much, and the tickets stay valid. Of an order that has ended: what it is still owed because
    a refund failed. It can not be undone. For some of its tickets use refund_tickets, for all orders of an event refund_event.
    """
    if data.amount is not None and data.keep_amount:
        raise InvalidInput("A fee is kept of a whole refund; otherwise name the amount that goes back.")
    order = await order_to_change(ctx, data.order)
    if rules.owed_after_the_end(order) and data.amount is None:
        await repository.refund_surplus(ctx.tx, ctx.org_id, order.id, ctx.ids.new_id(), data.reason)
        return rules.moved(order, await order_of(ctx, str(order.id)))
    rules.require_open(order)
    amount = data.amount if data.amount is not None else max(rules.refundable(order) - data.keep_amount, 0)
    if amount > rules.refundable(order):
        most = format_money(rules.refundable(order), order.currency, ctx.standing.locale)
        raise rules.RefundTooLarge(
            f"At most {most} can be given back for order {order.number}.",
            details={"available": rules.refundable(order)},
        )
    if amount == 0:
        ctx.warn(
            "The fee is all that was paid, so nothing goes back; the order is cancelled."
            if rules.refundable(order)
            else "Nothing was paid, so nothing goes back; the order is cancelled."
        )
    release = data.amount is None
    refund_id = ctx.ids.new_id()
    await repository.refund(
        ctx.tx, ctx.org_id, order.id, refund_id, amount, data.reason, release=release, keep=data.keep_amount
    )
    return rules.moved(order, await order_of(ctx, str(order.id)))


@operation(scope="orders:read", effect=Effect.read, http=(Http("GET", "/orders/{id}", target="order"),), card="order")
async def get_order(ctx: Context, data: NamedOrder) -> Order:
    """Show one order with its items, tickets and money."""
    return await order_of(ctx, data.order)


@operation(scope="orders:read", effect=Effect.read, http=(Http("GET", "/orders"),), card="orders")
async def list_orders(ctx: Context, data: ListOrders) -> Page[Order]:
    """List orders by event, buyer, status, day, what is owed or whether they wait for approval, newest first.

    A buyer is found by a part of the name or by the whole e-mail address.
    Use `owed` for "who has not paid" (unpaid) and "who paid too much" (overpaid: give it back with refund_order).
    """
    if data.from_date and data.to_date and data.to_date < data.from_date:
        raise InvalidInput("to_date is before from_date.")
    since, before = day_bounds(data.from_date, data.to_date, ctx.standing.zone)
    found = await repository.find(
        ctx.tx,
        ctx.org_id,
        data,
        event_id=await event_id_of(ctx, data.event) if data.event else None,
        since=since,
        before=before,
        after=ctx.greenroom.cursors.after("orders", data.cursor),
    )
    return ctx.greenroom.cursors.page(Page[Order], "orders", found, data.limit, lambda last: [last.created_at, last.id])
