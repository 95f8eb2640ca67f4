"""Keeping tickets for a buyer who is deciding: fifteen minutes by database time, three times more on request."""

from __future__ import annotations

from functools import partial
from uuid import UUID, uuid4
from weakref import WeakKeyDictionary

from tools.context import Greenroom
from tools.counter.counter import counter_of
from tools.counter.models import Reservation
from tools.counter.refusals import (
    AddOnAlone,
    EventNotOnSale,
    HoldConverted,
    HoldEnded,
    HoldExists,
    HoldExtendedEnough,
    MixedCurrencies,
    NoQuota,
    NoSuchHold,
    NoSuchTicketType,
    OfferChanged,
    SalesClosed,
    SalesNotOpen,
    TooFewPerOrder,
    TooManyPerOrder,
)
from tools.errors import AppError, NotFound
from tools.kit.gathering import Gathering
from tools.kit.ids import as_uuid
from tools.operation import Http
from tools.shop import repository, rules, work
from tools.shop.models import HoldTicketsAsVisitor, KeptHold, NamedHold, Proof, PublicHold
from tools.shop.operation import Visitor, shop_operation
from tools.shop.reading import CODES, stall_of
from tools.shop.repository import Counted, Visit
from tools.store.database import Database
from tools.tickets.rules import TicketsSoldOut

PLACES_PER_ADDRESS = 60
"""Places one address may keep at one event at once, unpaid orders included: several households behind one connection."""
ADMITTED_TOGETHER = 64
"""Visitors counted in one transaction at most."""
REREADINGS = 3
"""A buyer meets a price change this often in a row at most before they hear of it."""

_doorkeepers: WeakKeyDictionary[Database, Gathering[Visit, Counted | None]] = WeakKeyDictionary()

TAKING = (
    NotFound, TicketsSoldOut, EventNotOnSale, MixedCurrencies, OfferChanged, NoQuota, NoSuchTicketType, SalesNotOpen, SalesClosed,
    TooFewPerOrder, TooManyPerOrder, AddOnAlone, *CODES,
)  # fmt: skip


@shop_operation(
    http=Http("POST", "/public/holds", 201),
    pace="hold",
    errors=(*TAKING, HoldExists, work.ProofNeeded, work.TooManyHeld),
)
async def start_hold(greenroom: Greenroom, visitor: Visitor, data: HoldTicketsAsVisitor) -> PublicHold:
    """Keep tickets for fifteen minutes, so that nobody else takes them while you decide.

    Whoever knows the hold's id can check out with it. Choose the id yourself, and a repeated call finds the hold it made.
    """
    hold_id = data.id or uuid4()
    wanted = rules.wanted_of(data.items)
    admitted = False
    for attempt in range(REREADINGS):
        stall = await stall_of(greenroom, data.event, data.promo_code, anew=attempt > 0)
        rules.require_shown(stall, wanted)
        shelf, discount = rules.shelf_of(stall), rules.discount_of(stall.code)
        wanted = rules.in_order(wanted, stall)
        if not admitted:
            await _admit(greenroom, visitor, shelf.event_id, hold_id, rules.places(wanted, shelf), data.proof)
            admitted = True
        reservation = Reservation(hold_id, shelf.event_id, wanted, rules.HOLD_SECONDS, None, discount=discount)
        try:
            served = await counter_of(greenroom).hold(reservation, shelf)
        except HoldExists:
            return await _same_hold(greenroom, hold_id, shelf.event_id, wanted, data.promo_code)
        except OfferChanged:
            continue
        except AppError as refused:
            await _forget(greenroom, hold_id)
            raise rules.told_to_buyer(refused) from refused
        assert served.expires_at is not None, "a hold has an end"
        quote = rules.quote_of(rules.quoted(wanted, stall))
        return PublicHold(
            id=hold_id,
            event=rules.event_of(stall.org_id, stall.event),
            status="active",
            expires_at=served.expires_at,
            seconds_left=rules.HOLD_SECONDS,
            extensions_left=rules.EXTENSIONS,
            promo_code=rules.code_of(stall.code),
            quote=quote,
            payments=rules.payments_for(quote, online=greenroom.payments is not None),
        )
    await _forget(greenroom, hold_id)
    raise OfferChanged()


@shop_operation(http=Http("GET", "/public/holds/{id}", target="hold"), pace="read", errors=(NoSuchHold,))
async def see_hold(greenroom: Greenroom, visitor: Visitor, data: NamedHold) -> PublicHold:
    """Show a hold: until when it keeps what, and what that costs to the cent."""
    return shown(greenroom, await kept_hold(greenroom, data.hold))


@shop_operation(
    http=Http("POST", "/public/holds/{id}/extend", target="hold"),
    pace="hold",
    errors=(NoSuchHold, HoldEnded, HoldExtendedEnough),
)
async def prolong_hold(greenroom: Greenroom, visitor: Visitor, data: NamedHold) -> PublicHold:
    """Keep the tickets of a hold for fifteen minutes from now; three times at most."""
    kept = await kept_hold(greenroom, data.hold)
    async with greenroom.database.session(None) as tx:
        await repository.extend(tx, kept.id, rules.HOLD_SECONDS, rules.EXTENSIONS)
    return shown(greenroom, await kept_hold(greenroom, data.hold))


@shop_operation(
    http=Http("DELETE", "/public/holds/{id}", target="hold"), pace="hold", errors=(NoSuchHold, HoldConverted)
)
async def give_up_hold(greenroom: Greenroom, visitor: Visitor, data: NamedHold) -> PublicHold:
    """Give the tickets of a hold back at once. A hold that has ended stays as it is."""
    kept = await kept_hold(greenroom, data.hold)
    if kept.status == "converted":
        raise HoldConverted()
    async with greenroom.database.session(None) as tx:
        await repository.release(tx, kept.id)
    return shown(greenroom, await kept_hold(greenroom, data.hold))


async def kept_hold(greenroom: Greenroom, reference: str) -> KeptHold:
    """Raises NoSuchHold."""
    hold_id = as_uuid(reference)
    kept = await repository.hold_of(greenroom.database, hold_id) if hold_id else None
    if kept is None:
        raise NoSuchHold()
    return kept


def shown(greenroom: Greenroom, kept: KeptHold) -> PublicHold:
    quote = rules.quote_of(rules.quoted(rules.bought_of(kept), kept))
    left = (kept.expires_at - kept.now).total_seconds() if kept.status == "active" else 0
    return PublicHold(
        id=kept.id,
        event=rules.event_of(kept.org_id, kept.event),
        status=kept.status,
        expires_at=kept.expires_at,
        seconds_left=max(0, int(left)),
        extensions_left=max(0, rules.EXTENSIONS - kept.extended) if kept.status == "active" else 0,
        promo_code=rules.code_of(kept.code),
        quote=quote,
        payments=rules.payments_for(quote, online=greenroom.payments is not None),
    )


async def _admit(
    greenroom: Greenroom, visitor: Visitor, event_id: UUID, hold_id: UUID, places: int, proof: Proof | None
) -> None:
    """Counts what this address keeps. Raises NotFound, SalesClosed, TooManyHeld, ProofNeeded."""
    database, signer = greenroom.database, greenroom.signer
    if database not in _doorkeepers:
        admit = partial(repository.admit, database)
        _doorkeepers[database] = Gathering(admit, most=ADMITTED_TOGETHER, abreast=1)
    bits = work.bits_shown(signer, event_id, visitor.peer, hold_id, proof)
    visit = Visit(event_id, visitor.peer, hold_id, places, PLACES_PER_ADDRESS, work.reach(bits))
    counted = await _doorkeepers[database].submit(visit)
    if counted is None:
        raise NotFound("This event is not on sale here.")
    if counted.noted:
        return
    if counted.ended:
        raise SalesClosed("The event is over.")
    if counted.held + places > PLACES_PER_ADDRESS:
        raise work.TooManyHeld(details={"available": max(0, PLACES_PER_ADDRESS - counted.held)}, retry_after=60)
    needed = work.bits_needed(counted.lately)
    asked = work.challenge(signer, event_id, visitor.peer, needed)
    raise work.ProofNeeded(details={"challenge": asked, "bits": needed})


async def _forget(greenroom: Greenroom, hold_id: UUID) -> None:
    async with greenroom.database.session(None) as tx:
        await repository.forget_visitor(tx, hold_id)


async def _same_hold(
    greenroom: Greenroom, hold_id: UUID, event_id: UUID, wanted: rules.Wanted, code: str | None
) -> PublicHold:
    """The hold that an earlier call of the same made. Raises HoldExists for another one."""
    kept = await repository.hold_of(greenroom.database, hold_id)
    same = kept is not None and kept.event["id"] == str(event_id) and rules.bought_of(kept) == wanted
    if kept is None or not same or (kept.code["code"] if kept.code else None) != (code.upper() if code else None):
        raise HoldExists(remedy="Choose another id, at random.")
    return shown(greenroom, kept)
