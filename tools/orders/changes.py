"""Tickets that leave or join an order after the sale, and the difference they make."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from tools.context import Context
from tools.counter.counter import release_expired
from tools.counter.models import Shelf
from tools.counter.pricing import Line, price
from tools.counter.refusals import EventNotOnSale, MixedCurrencies, NoSuchTicketType
from tools.counter.repository import shelf_of
from tools.errors import InvalidInput, MissingValue, NotFound
from tools.operation import Effect, Http, operation
from tools.orders import repository, reversal, rules
from tools.orders.models import ChangedOrder, ChangeOrder, Order, RefundTickets, TicketLine
from tools.orders.resolve import order_of, order_to_change
from tools.orders.reversal import LiveTicket, StandingLine, TakenBack
from tools.tickets.resolve import ticket_type_of
from tools.tickets.rules import TicketsSoldOut


@operation(
    scope="orders:refund",
    effect=Effect.money,
    http=(Http("POST", "/orders/{id}/refund_tickets", target="order"),),
    card="order",
    errors=(rules.OrderClosed, reversal.TicketGone, reversal.NotThatMany),
    describe=rules.told_taken_back,
    totals=rules.refunded_total,
)
async def refund_tickets(ctx: Context, data: RefundTickets) -> ChangedOrder:
    """Take some tickets of an order back and give back what was paid for them, but for `keep_amount`.

    Name them by id, by the attendee, or by type and how many. Discount, fee and tax go back in proportion, so that all tickets
    together give back exactly what was paid. Their places are free again. With the last ticket the order is cancelled.
    """
    order = await order_to_change(ctx, data.order)
    rules.require_open(order)
    lines = await repository.lines_of(ctx.tx, ctx.org_id, order.id)
    back = await _chosen(ctx, order, data, lines)
    fee = rules.fee_of(data.keep_amount, back.total_amount, order)
    if fee < data.keep_amount:
        ctx.warn("The fee is more than what would go back; only that much is kept.")
    _warn_about_those_inside(ctx, back.tickets)
    refund_id, label = ctx.ids.new_id(), "Kept of a refund"
    if _all_of(lines, back):
        keep = fee + await repository.fees_of(ctx.tx, ctx.org_id, order.id)
        await repository.refund(
            ctx.tx, ctx.org_id, order.id, refund_id, 0, data.reason, release=True, keep=keep
        )  # fmt: skip
    else:
        kept = [reversal.fee_line(fee, label, ctx.ids)] if fee else []
        await repository.change(ctx.tx, ctx.org_id, order.id, [*back.lines, *kept])
        await repository.refund_surplus(ctx.tx, ctx.org_id, order.id, refund_id, data.reason)
    return rules.moved(order, await order_of(ctx, str(order.id)))


async def _chosen(ctx: Context, order: Order, data: RefundTickets, lines: Sequence[StandingLine]) -> TakenBack:
    type_id, name = None, ""
    if data.ticket_type is not None:
        ticket_type = await ticket_type_of(ctx, data.ticket_type, str(order.event_id))
        type_id, name = ticket_type.id, ticket_type.name
    if data.tickets:
        if data.attendee or data.ticket_type or data.quantity:
            raise InvalidInput("Name the tickets by id, or by attendee and type, not both.")
        return reversal.of_tickets(lines, data.tickets, ctx.ids)
    if data.attendee is not None:
        found = reversal.on_name(lines, data.attendee, type_id)
        if not found:
            raise NotFound.named("ticket of this order for", data.attendee)
        if data.quantity is not None and data.quantity > len(found):
            raise reversal.NotThatMany(details={"available": len(found)})
        return reversal.of_tickets(lines, found[: data.quantity], ctx.ids)
    if type_id is None:
        raise MissingValue(
            "Which tickets?",
            remedy="Name them by id, by attendee, or by ticket type and how many; for all use refund_order.",
        )
    return reversal.of_type(lines, type_id, name, data.quantity, ctx.ids)


def _all_of(lines: Sequence[StandingLine], back: TakenBack) -> bool:
    left = sum(line.left for line in lines)
    return left == -sum(int(line["quantity"]) for line in back.lines)


@operation(
    scope="orders:write",
    effect=Effect.money,
    http=(Http("POST", "/orders/{id}/change", target="order"),),
    card="order",
    errors=(
        rules.OrderClosed,
        rules.NothingWouldStay,
        reversal.NotThatMany,
        TicketsSoldOut,
        EventNotOnSale,
        MixedCurrencies,
    ),
    describe=rules.told_changed,
    totals=rules.changed_total,
)
async def change_order(ctx: Context, data: ChangeOrder) -> ChangedOrder:
    """Swap, add or remove tickets of an order.

    Use for "2 Regular become 2 VIP": remove 2 Regular, add 2 VIP. What is removed goes at what it cost, what is added comes at
    today's price; both happen or neither does. The answer tells the difference. When the order costs more, the rest is open:
    record_payment closes it. When it costs less, the order is owed money, which goes back at once with `refund_difference`.
    """
    if not data.add and not data.remove:
        raise MissingValue("Which tickets are added, which removed?")
    if data.refund_difference:
        ctx.require("orders:refund")
    named = await order_of(ctx, data.order)
    removed = await _by_type(ctx, named, data.remove)
    added = await _by_type(ctx, named, data.add)
    shelf = await _shelf(ctx, named, added)
    order = await order_to_change(ctx, str(named.id))
    rules.require_open(order)
    lines = await repository.lines_of(ctx.tx, ctx.org_id, order.id)
    back = TakenBack()
    for type_id, (name, quantity) in removed.items():
        one = reversal.of_type(lines, type_id, name, quantity, ctx.ids)
        back.lines += one.lines
        back.tickets += one.tickets
    if not added and _all_of(lines, back):
        raise rules.NothingWouldStay()
    _warn_about_those_inside(ctx, back.tickets)
    await repository.change(
        ctx.tx, ctx.org_id, order.id, [*back.lines, *_new_lines(ctx, order, shelf, added, back.tickets)]
    )
    after = await order_of(ctx, str(order.id))
    if data.refund_difference and after.owed_amount < 0:
        await repository.refund_surplus(ctx.tx, ctx.org_id, order.id, ctx.ids.new_id(), data.reason)
        after = await order_of(ctx, str(order.id))
    return rules.moved(order, after)


async def _by_type(ctx: Context, order: Order, wanted: Sequence[TicketLine]) -> dict[UUID, tuple[str, int]]:
    found: dict[UUID, tuple[str, int]] = {}
    for line in wanted:
        ticket_type = await ticket_type_of(ctx, line.ticket_type, str(order.event_id))
        if ticket_type.event_id != order.event_id:
            raise InvalidInput(
                f"{ticket_type.name} is a ticket type of {ticket_type.event_name}, not of this order's event."
            )
        found[ticket_type.id] = (ticket_type.name, found.get(ticket_type.id, ("", 0))[1] + line.quantity)
    return found


async def _shelf(ctx: Context, order: Order, added: dict[UUID, tuple[str, int]]) -> Shelf:
    """What the event sells now; expired holds go first where it looks sold out, before this transaction locks anything."""
    shelf = await shelf_of(ctx.tx, ctx.org_id, order.event_id)
    if shelf is None or any(type_id not in shelf.offers for type_id in added):
        raise NoSuchTicketType()
    if any(shelf.free.get(type_id, 0) < quantity for type_id, (_, quantity) in added.items()):
        await release_expired(ctx.greenroom.database, [order.event_id])
    return shelf


def _new_lines(
    ctx: Context, order: Order, shelf: Shelf, added: dict[UUID, tuple[str, int]], leaving: Sequence[LiveTicket]
) -> list[dict[str, Any]]:
    """Lines at today's prices. Who was on a ticket that goes is on one that comes."""
    if not added:
        return []
    priced = price([(shelf.offers[type_id], quantity) for type_id, (_, quantity) in added.items()], None, shelf.offers)
    if any(line.offer.currency != order.currency for line in priced.lines):
        raise MixedCurrencies(f"Order {order.number} is in {order.currency}.")
    people = iter(leaving)
    line_ids = [ctx.ids.new_id() for _ in priced.lines]
    return [
        {
            "id": line_id,
            "type": line.offer.id,
            "kind": "ticket",
            "version": line.offer.version,
            "quantity": line.quantity,
            "price": line.price_amount,
            "discount": line.discount_amount,
            "fee": line.fee_amount,
            "tax": line.tax_amount,
            "tax_basis_points": line.tax_basis_points,
            "tax_included": line.tax_included,
            "total": line.total_amount,
            "part_of": None if line.part_of is None else line_ids[line.part_of],
            "tickets": [
                {"id": ctx.ids.new_id(), "code": ctx.ids.new_code()} | _person(order, next(people, None))
                for _ in range(_tickets(line))
            ],
        }
        for line_id, line in zip(line_ids, priced.lines, strict=True)
    ]


def _tickets(line: Line) -> int:
    return 0 if line.offer.kind == "bundle" else line.quantity


def _person(order: Order, ticket: LiveTicket | None) -> dict[str, Any]:
    """The buyer, where nobody was on a ticket that goes."""
    name, email = (ticket.name, ticket.email) if ticket else (None, None)
    return {"name": name, "email": email or order.buyer_email}


def _warn_about_those_inside(ctx: Context, tickets: Sequence[LiveTicket]) -> None:
    inside = sum(ticket.checked_in for ticket in tickets)
    if inside:
        ctx.warn(f"{inside} of these tickets {'was' if inside == 1 else 'were'} used at the door already.")
