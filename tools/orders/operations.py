"""What happens to orders, in words of the trade."""

from __future__ import annotations

from tools.context import Context
from tools.errors import InvalidInput, NotFound
from tools.events.resolve import event_id_of
from tools.kit.ids import as_uuid
from tools.kit.money import format_money
from tools.kit.paging import Page
from tools.kit.zones import day_bounds
from tools.operation import Effect, Http, operation
from tools.orders import repository, rules
from tools.orders.models import ListOrders, NamedOrder, Order, RecordPayment, RefundOrder, SellTickets
from tools.tickets.resolve import ticket_type_of
from tools.tickets.rules import TicketsSoldOut


@operation(
    scope="orders:write",
    effect=Effect.money,
    http=(Http("POST", "/orders", 201),),
    card="order",
    undo="refund",
    errors=(TicketsSoldOut, rules.EventNotOnSale),
    describe=rules.told_sold,
    totals=rules.sold_total,
)
async def sell_tickets(ctx: Context, data: SellTickets) -> Order:
    """Sell tickets of one type to a buyer and return the order.

    Use when the organiser names an event, how many and who buys. Takes the places at once and issues the tickets. Without a
    payment method the payment stays open; record_payment closes it.
    """
    buyer = rules.read_buyer(data.buyer)
    ticket_type = await ticket_type_of(ctx, data.ticket_type, data.event)
    if ticket_type.event_id != await event_id_of(ctx, data.event):
        raise InvalidInput(f"{ticket_type.name} is a ticket type of {ticket_type.event_name}, not of {data.event!r}.")
    order_id = ctx.ids.new_id()
    await repository.sell(
        ctx.tx,
        {
            "org": ctx.org_id,
            "order": order_id,
            "item": ctx.ids.new_id(),
            "payment": ctx.ids.new_id(),
            "tickets": [ctx.ids.new_id() for _ in range(data.quantity)],
            "codes": [ctx.ids.new_code() for _ in range(data.quantity)],
            "ticket_type": ticket_type.id,
            "quantity": data.quantity,
            "buyer_name": buyer.name,
            "buyer_email": buyer.email,
            "payment_method": data.payment_method,
        },
    )
    order = await order_of(ctx, str(order_id))
    if rules.open_amount(order):
        ctx.warn(
            f"Payment of {format_money(rules.open_amount(order), order.currency, ctx.standing.locale)} stays open."
        )
    return order


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
    order = await order_of(ctx, data.order)
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
async def refund_order(ctx: Context, data: RefundOrder) -> Order:
    """Give the money of an order back.

    Without an amount: all that was paid, and the order is cancelled, its tickets are void and its places free again. With an
    amount: that much, and the tickets stay valid. It can not be undone.
    """
    order = await order_of(ctx, data.order)
    rules.require_open(order)
    amount = data.amount if data.amount is not None else rules.refundable(order)
    if amount > rules.refundable(order):
        most = format_money(rules.refundable(order), order.currency, ctx.standing.locale)
        raise rules.RefundTooLarge(
            f"At most {most} can be given back for order {order.number}.",
            details={"available": rules.refundable(order)},
        )
    if amount == 0:
        ctx.warn("Nothing was paid, so nothing goes back; the order is cancelled.")
    await repository.refund(
        ctx.tx, ctx.org_id, order.id, ctx.ids.new_id(), amount, data.reason, release=data.amount is None
    )
    return await order_of(ctx, str(order.id))


@operation(scope="orders:read", effect=Effect.read, http=(Http("GET", "/orders/{id}", target="order"),), card="order")
async def get_order(ctx: Context, data: NamedOrder) -> Order:
    """Show one order with its items, tickets and money."""
    return await order_of(ctx, data.order)


@operation(scope="orders:read", effect=Effect.read, http=(Http("GET", "/orders"),), card="orders")
async def list_orders(ctx: Context, data: ListOrders) -> Page[Order]:
    """List orders by event, buyer, status or day, newest first."""
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


async def order_of(ctx: Context, reference: str) -> Order:
    """By id or by number. Raises NotFound."""
    order_id = as_uuid(reference)
    if order_id:
        order = await repository.get(ctx.tx, ctx.org_id, order_id)
    else:
        order = await repository.by_number(ctx.tx, ctx.org_id, reference.lstrip("#").strip().upper())
    if order is None:
        raise NotFound.named("order", reference)
    return order
