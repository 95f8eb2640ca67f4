"""Cancelling and postponing events, and giving back the money of all their orders."""

from __future__ import annotations

from datetime import timedelta

from tools.bookings.operations import VenueAlreadyBooked
from tools.cancellations import repository, rules
from tools.cancellations.models import (
    CancelEvent,
    CancelledEvent,
    ListRefundChoices,
    NamedEventRefund,
    OfferedChoices,
    OfferRefundChoice,
    PostponedEvent,
    PostponeEvent,
    RefundChoice,
    RefundEvent,
    RefundRun,
)
from tools.cancellations.running import go_on
from tools.context import Caller, Context, Greenroom
from tools.errors import InvalidInput, NotFound
from tools.events import repository as events
from tools.events.models import Event
from tools.events.resolve import event_id_of, event_of, event_to_change
from tools.events.rules import (
    EndBeforeStart,
    EventOutOfRange,
    EventStateConflict,
    moved,
    require_changeable,
    require_move,
)
from tools.kit.paging import Page
from tools.kit.versions import require_version
from tools.kit.zones import say_when
from tools.operation import Effect, Http, enter, operation
from tools.orders.resolve import order_of


async def _look(greenroom: Greenroom, caller: Caller, data: RefundEvent) -> RefundRun | None:
    """A dry run leaves nothing behind, a trace included."""
    if not data.dry_run:
        return None
    async with enter(greenroom, caller) as (tx, standing):
        ctx = Context(greenroom, caller, standing, tx)
        ctx.require("orders:refund")
        return await refund_event.run(ctx, data)


async def _carry_on(greenroom: Greenroom, caller: Caller, run: RefundRun) -> RefundRun:
    if run.id is None:
        return run
    await go_on(greenroom, run.id)
    async with enter(greenroom, caller) as (tx, standing):
        return await repository.run_of(tx, standing.org_id, run.id) or run


@operation(
    scope="orders:refund",
    effect=Effect.money,
    http=(Http("POST", "/events/{id}/refund", target="event"),),
    card="refund_run",
    errors=(rules.NothingToRefund, rules.RefundUnderWay),
    describe=rules.told_refunded,
    totals=rules.refunded_total,
    then=_carry_on,
    swift=_look,
)
async def refund_event(ctx: Context, data: RefundEvent) -> RefundRun:
    """Refund all orders of an event, but for a fee that is kept of each.

    By default a dry run: it tells exactly what the real one would come to, and writes nothing. In a proposal say dry_run false;
    the proposal shows the same numbers before anybody says yes. Orders are then refunded one by one: each is cancelled, its
    tickets are void. An order that changed meanwhile is left as it is and named. It can not be undone.
    """
    event = await event_of(ctx, data.event)
    if data.dry_run:
        ctx.warn("A dry run: nothing is refunded by it.")
        return await repository.planned_run(ctx.tx, ctx.org_id, event.id, event.name, data.keep_amount)
    run = await _start_run(ctx, event, data.keep_amount, data.reason)
    if run is None:
        raise rules.NothingToRefund()
    return run


async def _start_run(ctx: Context, event: Event, keep_amount: int, reason: str | None) -> RefundRun | None:
    run_id = ctx.ids.new_id()
    if not await repository.start_run(ctx.tx, ctx.org_id, event.id, run_id, keep_amount, reason):
        return None
    run = await repository.run_of(ctx.tx, ctx.org_id, run_id)
    assert run is not None
    for left in run.left_out:
        ctx.warn(f"{left.orders} orders are not refunded ({left.why}).")
    if keep_amount and len(run.amounts) > 1:
        ctx.warn("The fee is kept in the currency of each order.")
    by_hand = sum(way.orders for way in run.ways if not way.automatic)
    if by_hand:
        ctx.warn(f"{by_hand} refunds are to be given back by hand: they were not paid online.")
    return run


@operation(
    scope="orders:read",
    effect=Effect.read,
    http=(Http("GET", "/events/{id}/refund", target="event"),),
    card="refund_run",
)
async def get_event_refund(ctx: Context, data: NamedEventRefund) -> RefundRun:
    """Show the latest refund of an event's orders: what it comes to, how far it is, and what was left out and why."""
    event_id = await event_id_of(ctx, data.event)
    run_id = await repository.latest_run(ctx.tx, ctx.org_id, event_id)
    run = await repository.run_of(ctx.tx, ctx.org_id, run_id) if run_id else None
    if run is None:
        await event_of(ctx, str(event_id))
        raise NotFound("The orders of this event were never refunded as a whole.")
    return run


async def _refund_after(greenroom: Greenroom, caller: Caller, event: CancelledEvent) -> CancelledEvent:
    if event.refunds is None:
        return event
    return event.model_copy(update={"refunds": await _carry_on(greenroom, caller, event.refunds)})


@operation(
    scope="events:write",
    effect=Effect.external,
    http=(Http("POST", "/events/{id}/cancel", target="event"),),
    card="event",
    undo="restore",
    errors=(EventStateConflict, rules.RefundUnderWay),
    describe=rules.told_cancelled,
    totals=rules.cancelled_total,
    then=_refund_after,
)
async def cancel_event(ctx: Context, data: CancelEvent) -> CancelledEvent:
    """Cancel an event, free what is booked for it, and say what its buyers get.

    Use when it will not take place. When somebody paid, `buyers` is needed: refund_all gives everybody their money back but for
    keep_amount, let_choose lets each take that or leave the money as a donation or credit, decide_later leaves the orders as they
    are. Unpaid orders and holds end, and the waiting list is told. An undo brings the event and its bookings back, no orders.
    """
    event = await event_to_change(ctx, data.event)
    require_version(ctx.caller.if_match, event.version)
    require_move(event, "cancelled")
    rules.require_choice(data, await repository.paid_orders(ctx.tx, ctx.org_id, event.id))
    if data.buyers in ("refund_all", "let_choose"):
        ctx.require("orders:refund")
    orders, holds = await repository.end_unpaid(ctx.tx, ctx.org_id, event.id, waits=True)
    await events.set_status(ctx.tx, ctx.org_id, event.id, "cancelled", data.reason)
    late_orders, late_holds = await repository.end_unpaid(ctx.tx, ctx.org_id, event.id, waits=False)
    told = await repository.close_waiting_list(ctx.tx, ctx.org_id, event.id)
    freed = await events.release_bookings(ctx.tx, ctx.org_id, event.id)
    refunds, asked = None, 0
    if data.buyers == "refund_all":
        refunds = await _start_run(ctx, event, data.keep_amount, data.reason)
    elif data.buyers == "let_choose":
        asked = await repository.offer_choices(
            ctx.tx,
            ctx.org_id,
            event.id,
            order_id=None,
            seed=ctx.ids.new_id(),
            options=[*rules.AFTER_CANCELLING],
            keep=data.keep_amount,
            deadline=rules.deadline_of(data.choose_until, ctx.now),
        )
    left = await repository.paid_orders(ctx.tx, ctx.org_id, event.id) if data.buyers == "decide_later" else 0
    if left:
        ctx.warn(f"{left} paid orders are not refunded by this.")
    if orders + late_orders:
        ctx.warn(f"{orders + late_orders} unpaid orders end.")
    if freed:
        ctx.warn(f"Frees {freed} booking{'s' if freed > 1 else ''}.")
    cancelled = await event_of(ctx, str(event.id))
    return CancelledEvent(
        **cancelled.model_dump(),
        orders_ended=orders + late_orders,
        holds_released=holds + late_holds,
        bookings_freed=freed,
        waiting_told=told,
        choices_offered=asked,
        refunds=refunds,
    )


@operation(
    scope="events:write",
    effect=Effect.external,
    http=(Http("POST", "/events/{id}/postpone", target="event"),),
    card="event",
    undo="restore",
    errors=(EventStateConflict, EndBeforeStart, EventOutOfRange),
    describe=rules.told_postponed,
)
async def postpone_event(ctx: Context, data: PostponeEvent) -> PostponedEvent:
    """Move an event to another time; its tickets stay valid, and buyers may ask for their money back for some days.

    Use when it takes place later than sold. What is booked for it moves along where it is free then; where it is not, the booking
    is freed and the card says so. With refund_days 0 buyers may not ask for a refund.
    """
    event = await event_to_change(ctx, data.event)
    require_version(ctx.caller.if_match, event.version)
    require_changeable(event)
    start, end = moved(event, data.start_date, data.end_date)
    if start == event.start_date:
        raise InvalidInput(f"{event.name} starts then already.")
    await events.update(ctx.tx, ctx.org_id, event.model_copy(update={"start_date": start, "end_date": end}))
    after = await event_of(ctx, str(event.id))
    try:
        async with ctx.tx.savepoint():
            booking = "moved" if await events.move_bookings(ctx.tx, ctx.org_id, event.id, start, end) else "none"
    except VenueAlreadyBooked:
        await events.release_bookings(ctx.tx, ctx.org_id, event.id)
        booking = "freed"
        ctx.warn(
            f"{event.venue_name or 'The space'} is taken at {say_when(start, end, event.timezone)}: its booking is freed."
        )
    if start < ctx.now:
        ctx.warn("This is in the past.")
    asked, until = 0, None
    if data.refund_days and await repository.paid_orders(ctx.tx, ctx.org_id, event.id):
        ctx.require("orders:refund")
        until = ctx.now + timedelta(days=data.refund_days)
        asked = await repository.offer_choices(
            ctx.tx,
            ctx.org_id,
            event.id,
            order_id=None,
            seed=ctx.ids.new_id(),
            options=[*rules.AFTER_POSTPONING],
            keep=data.keep_amount,
            deadline=until,
        )
    return PostponedEvent.model_validate(
        after.model_dump() | {"booking": booking, "choices_offered": asked, "refund_until": until}
    )


@operation(
    scope="orders:refund",
    effect=Effect.external,
    http=(Http("POST", "/events/{id}/refund_choices", 201, target="event"),),
    card="refund_choices",
    errors=(rules.NobodyToAsk,),
    describe=rules.told_offered,
)
async def offer_refund_choice(ctx: Context, data: OfferRefundChoice) -> OfferedChoices:
    """Let the buyers of an event, or of one order, choose what they want: their money back or to leave it.

    Use after a cancellation that was left open, or when an event changes much. The refund they may choose is promised: all that
    they paid but for keep_amount. Who chose it has it at once; others may think again until the deadline. Offering anew replaces
    what was offered before.
    """
    event = await event_of(ctx, data.event)
    order = await order_of(ctx, data.order) if data.order else None
    if order is not None and order.event_id != event.id:
        raise InvalidInput(f"Order {order.number} is for {order.event_name}.")
    options = list(dict.fromkeys(data.options))
    deadline = rules.deadline_of(data.deadline, ctx.now)
    asked = await repository.offer_choices(
        ctx.tx,
        ctx.org_id,
        event.id,
        order_id=order.id if order else None,
        seed=ctx.ids.new_id(),
        options=options,
        keep=data.keep_amount,
        deadline=deadline,
    )
    if not asked:
        raise rules.NobodyToAsk()
    return OfferedChoices(
        id=event.id,
        event_id=event.id,
        event_name=event.name,
        asked=asked,
        options=options,
        keep_amount=data.keep_amount,
        deadline=deadline,
    )


@operation(scope="orders:read", effect=Effect.read, http=(Http("GET", "/refund_choices"),), card="refund_choices")
async def list_refund_choices(ctx: Context, data: ListRefundChoices) -> Page[RefundChoice]:
    """List what buyers of a cancelled or postponed event chose, or have not chosen yet, oldest first."""
    event_id = await event_id_of(ctx, data.event) if data.event else None
    after = ctx.greenroom.cursors.after("refund_choices", data.cursor)
    found = await repository.find_choices(ctx.tx, ctx.org_id, data, event_id, after)
    return ctx.greenroom.cursors.page(
        Page[RefundChoice], "refund_choices", found, data.limit, lambda last: [last.created_at, last.id]
    )
