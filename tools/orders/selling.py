"""Selling at the organiser's own desk: by name inside one's own transaction, by id together with everybody else's sales."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from tools.context import Caller, Context, Greenroom, Standing
from tools.counter.counter import counter_of, make_room, serve_within
from tools.counter.models import RungUp, Sale, Shelf, Trace
from tools.counter.refusals import SELLING, NoSuchTicketType, OfferChanged
from tools.counter.repository import shelf_of
from tools.counter.ringing import ring_up
from tools.errors import InvalidInput
from tools.events.resolve import event_id_of
from tools.kit.ids import RandomIds, as_uuid
from tools.kit.money import format_money
from tools.operation import Effect, Http, enter, operation, recent_standing, request_hash
from tools.orders import rules
from tools.orders.models import Order, OrderItem, SellTickets, Ticket
from tools.orders.resolve import order_of
from tools.promo_codes.resolve import discount_of
from tools.store.database import Serialization
from tools.store.documents import answer_place, open_document
from tools.tickets.resolve import ticket_type_of

_REREADINGS = 3
"""A sale meets a price change this often in a row at most before its caller is told to try again."""


async def sell_swiftly(greenroom: Greenroom, caller: Caller, data: SellTickets) -> Order | None:
    """A direct sale that names everything by id, served together with others. None: the ordinary road takes it."""
    event_id, wanted = as_uuid(data.event), _by_id(data)
    if event_id is None or wanted is None or data.promo_code is not None:
        return None
    standing = await recent_standing(greenroom, caller)
    if "orders:write" not in standing.scopes:
        return None

    async def read() -> Shelf | None:
        async with enter(greenroom, caller) as (tx, where):
            return await shelf_of(tx, where.org_id, event_id)

    counter = counter_of(greenroom)
    sale = _sale(data, event_id, wanted, caller, standing)
    for attempt in range(_REREADINGS):
        shelf = await counter.shelf(standing.org_id, event_id, read, fresh=attempt > 0)
        if shelf is None or any(type_id not in shelf.offers for type_id, _ in wanted):
            return None
        rung = ring_up(sale, shelf, RandomIds())
        draft = drafted(rung, standing)
        answer = draft.model_dump(mode="json") if caller.idempotency_key else None
        try:
            served = await counter.order(rung, _trace(caller, data, standing, draft), answer)
        except OfferChanged:
            continue
        except NoSuchTicketType:
            return None
        if served.answer is not None:
            place = answer_place(standing.org_id, caller.user_id, caller.idempotency_key or "")
            return Order.model_validate(open_document(greenroom.fields, place, served.answer))
        return draft.model_copy(update={"number": served.number, "status": served.status, "created_at": served.at})
    raise Serialization(retry_after=1)


@operation(
    scope="orders:write",
    effect=Effect.money,
    http=(Http("POST", "/orders", 201),),
    card="order",
    undo="refund",
    errors=SELLING,
    describe=rules.told_sold,
    totals=rules.sold_total,
    swift=sell_swiftly,
    relieve=make_room,
)
async def sell_tickets(ctx: Context, data: SellTickets) -> Order:
    """Sell tickets of one type to a buyer and return the order.

    Use when the organiser names an event, how many and who buys. Takes the places at once and issues the tickets. Without a
    payment method the payment stays open; record_payment closes it. Further types go into the same order by `also`. The shop's
    limits and opening hours do not bind the organiser.
    """
    event_id, wanted = await _resolved(ctx, data)
    sale = _sale(data, event_id, wanted, ctx.caller, ctx.standing)
    if data.promo_code is not None:
        sale = replace(sale, discount=await discount_of(ctx.tx, ctx.org_id, event_id, data.promo_code))
    rung, _ = await serve_within(ctx, sale)
    order = await order_of(ctx, str(rung.order_id))
    if order.status == "pending":
        still = format_money(rules.open_amount(order), order.currency, ctx.standing.locale)
        ctx.warn(f"Payment of {still} stays open.")
    return order


def drafted(rung: RungUp, standing: Standing) -> Order:
    """The order as it will be read, but for its number, its time and its tickets' places: made before it is written."""
    sale, priced = rung.sale, rung.priced
    paid = sale.paid_by is not None
    return Order(
        id=rung.order_id,
        number="",
        event_id=sale.event_id,
        event_name=rung.shelf.event_name,
        buyer_name=sale.buyer_name,
        buyer_email=sale.buyer_email,
        status="paid" if paid or priced.total_amount == 0 else "pending",
        currency=priced.lines[0].offer.currency,
        total_amount=priced.total_amount,
        paid_amount=priced.total_amount if paid else 0,
        refunded_amount=0,
        items=[
            OrderItem(
                id=item_id,
                ticket_type_id=line.offer.id,
                ticket_type_name=line.offer.name,
                quantity=line.quantity,
                price_amount=line.price_amount,
                total_amount=line.total_amount,
            )
            for item_id, line in zip(rung.item_ids, priced.lines, strict=True)
        ],
        tickets=sorted(
            (Ticket(id=ticket_id, code=code, status="valid") for line in rung.tickets for ticket_id, code in line),
            key=lambda ticket: ticket.id,
        ),
        version=1,
        created_at=standing.now,
    )


async def _resolved(ctx: Context, data: SellTickets) -> tuple[UUID, tuple[tuple[UUID, int], ...]]:
    event_id = await event_id_of(ctx, data.event)
    wanted: list[tuple[UUID, int]] = []
    for reference, quantity in [
        (data.ticket_type, data.quantity),
        *((line.ticket_type, line.quantity) for line in data.also),
    ]:
        ticket_type = await ticket_type_of(ctx, reference, data.event)
        if ticket_type.event_id != event_id:
            raise InvalidInput(
                f"{ticket_type.name} is a ticket type of {ticket_type.event_name}, not of {data.event!r}."
            )
        wanted.append((ticket_type.id, quantity))
    return event_id, tuple(wanted)


def _by_id(data: SellTickets) -> tuple[tuple[UUID, int], ...] | None:
    wanted: list[tuple[UUID, int]] = []
    for reference, quantity in [
        (data.ticket_type, data.quantity),
        *((line.ticket_type, line.quantity) for line in data.also),
    ]:
        type_id = as_uuid(reference) if reference else None
        if type_id is None:
            return None
        wanted.append((type_id, quantity))
    return tuple(wanted)


def _sale(
    data: SellTickets, event_id: UUID, wanted: tuple[tuple[UUID, int], ...], caller: Caller, standing: Standing
) -> Sale:
    buyer = rules.read_buyer(data.buyer)
    return Sale(
        event_id=event_id,
        wanted=wanted,
        buyer_name=buyer.name,
        buyer_email=buyer.email,
        user_id=caller.user_id,
        paid_by=data.payment_method,
        locale=standing.locale,
        billing_address=data.billing_address,
    )


def _trace(caller: Caller, data: SellTickets, standing: Standing, draft: Order) -> Trace:
    key = caller.idempotency_key
    return Trace(
        kind=caller.kind,
        operation=sell_tickets.name,
        effect=sell_tickets.effect.value,
        summary=sell_tickets.sentence(draft, standing),
        thread_id=caller.thread_id,
        request_id=caller.request_id,
        idempotency_key=key,
        request_hash=request_hash(sell_tickets.name, data, standing.org_id) if key else None,
    )
