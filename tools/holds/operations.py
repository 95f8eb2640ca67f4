"""What happens to holds at the organiser's desk, in words of the trade."""

from __future__ import annotations

from tools.context import Context
from tools.counter.counter import release_expired
from tools.counter.models import Reservation
from tools.counter.refusals import EventNotOnSale, HoldEnded, refusal
from tools.counter.repository import serve, shelf_of
from tools.counter.ringing import hold_member
from tools.errors import InvalidInput, NotFound
from tools.events.resolve import event_id_of
from tools.holds import repository, rules
from tools.holds.models import ExtendHold, Hold, HoldTickets, ListHolds, NamedHold
from tools.kit.ids import as_uuid
from tools.kit.paging import Page
from tools.operation import Effect, Http, operation
from tools.store.database import Serialization
from tools.tickets.resolve import ticket_type_of
from tools.tickets.rules import TicketsSoldOut


@operation(
    scope="orders:write",
    effect=Effect.write,
    http=(Http("POST", "/holds", 201),),
    undo="release",
    errors=(TicketsSoldOut, EventNotOnSale),
    describe=rules.told_held,
)
async def hold_tickets(ctx: Context, data: HoldTickets) -> Hold:
    """Keep tickets out of sale for a while, for somebody who is not ready to buy.

    Use for "keep ten seats for the press until Friday". They come back into sale by themselves when the time is over;
    release_hold gives them back at once.
    """
    seconds = rules.seconds_of(data.minutes, data.days)
    ticket_type = await ticket_type_of(ctx, data.ticket_type, data.event)
    if ticket_type.event_id != await event_id_of(ctx, data.event):
        raise InvalidInput(f"{ticket_type.name} is a ticket type of {ticket_type.event_name}, not of {data.event!r}.")
    shelf = await shelf_of(ctx.tx, ctx.org_id, ticket_type.event_id)
    if shelf is None:
        raise NotFound.named("event", data.event)
    if shelf.free.get(ticket_type.id, 0) < data.quantity:
        await release_expired(ctx.greenroom.database, [ticket_type.event_id])
    wanted = ((ticket_type.id, data.quantity),)
    reservation = Reservation(ctx.ids.new_id(), ticket_type.event_id, wanted, seconds, ctx.caller.user_id, "office")
    outcome = (await serve(ctx.tx, [{"n": 0} | hold_member(reservation, shelf, ctx.ids)]))[0]
    if outcome.get("problem") == "offer_changed":
        raise Serialization(retry_after=1)
    if "problem" in outcome:
        raise refusal(outcome["problem"], outcome["detail"])
    if data.label:
        await repository.label(ctx.tx, ctx.org_id, reservation.hold_id, data.label)
    return await _hold_of(ctx, str(reservation.hold_id))


@operation(
    scope="orders:write",
    effect=Effect.write,
    http=(Http("POST", "/holds/{id}/extend", target="hold"),),
    errors=(HoldEnded,),
    describe=rules.told_extended,
)
async def extend_hold(ctx: Context, data: ExtendHold) -> Hold:
    """Keep the tickets of a hold for longer, counted from now. It never makes the time shorter."""
    seconds = rules.seconds_of(data.minutes, data.days)
    hold = await _live_hold(ctx, data.hold)
    await repository.extend(ctx.tx, hold.id, seconds, rules.MOST_EXTENSIONS)
    return await _hold_of(ctx, str(hold.id))


@operation(
    scope="orders:write",
    effect=Effect.write,
    http=(Http("POST", "/holds/{id}/release", target="hold"),),
    errors=(HoldEnded,),
    describe=rules.told_released,
)
async def release_hold(ctx: Context, data: NamedHold) -> Hold:
    """Give the tickets of a hold back into sale at once.

    Also for a buyer's hold at the shop: they are told that it has ended.
    """
    hold = await _live_hold(ctx, data.hold)
    if not await repository.release(ctx.tx, hold.id):
        raise HoldEnded()
    return await _hold_of(ctx, str(hold.id))


@operation(scope="orders:read", effect=Effect.read, http=(Http("GET", "/holds/{id}", target="hold"),))
async def get_hold(ctx: Context, data: NamedHold) -> Hold:
    """Show one hold: what it keeps, until when, and what became of it."""
    return await _hold_of(ctx, data.hold)


@operation(scope="orders:read", effect=Effect.read, http=(Http("GET", "/holds"),))
async def list_holds(ctx: Context, data: ListHolds) -> Page[Hold]:
    """List what is held, newest first: by buyers at the shop, for the waiting list, by the organiser.

    Use for "who keeps the last tickets?".
    """
    found = await repository.find(
        ctx.tx,
        ctx.org_id,
        data,
        event_id=await event_id_of(ctx, data.event) if data.event else None,
        after=ctx.greenroom.cursors.after("holds", data.cursor),
    )
    return ctx.greenroom.cursors.page(Page[Hold], "holds", found, data.limit, lambda last: [last.created_at, last.id])


async def _hold_of(ctx: Context, reference: str) -> Hold:
    """Raises NotFound."""
    hold_id = as_uuid(reference)
    hold = await repository.get(ctx.tx, ctx.org_id, hold_id) if hold_id else None
    if hold is None:
        raise NotFound.named("hold", reference)
    return hold


async def _live_hold(ctx: Context, reference: str) -> Hold:
    """Raises NotFound, HoldEnded."""
    hold = await _hold_of(ctx, reference)
    if hold.status == "converted":
        raise HoldEnded("The hold became an order.", remedy=f"Look at order {hold.order_id}.")
    if hold.status != "active":
        raise HoldEnded(f"The hold is {hold.status}.")
    return hold
