"""What strangers see: published events and what is left, from a reading at most two seconds old."""

from __future__ import annotations

from uuid import UUID
from weakref import WeakKeyDictionary

from tools.context import Greenroom
from tools.errors import NotFound
from tools.kit.fresh import Fresh
from tools.kit.ids import as_uuid
from tools.kit.paging import Page
from tools.operation import Http
from tools.promo_codes.rules import NoSuchPromoCode, PromoCodeNotValid, PromoCodeUsedUp
from tools.shop import repository, rules
from tools.shop.models import (
    Availability,
    NamedShownEvent,
    PublicEvent,
    PublicEventDetail,
    ShownEvent,
    ShownEvents,
    Stall,
)
from tools.shop.operation import Visitor, shop_operation
from tools.store.database import Database

SHOWN_SECONDS = 2.0
"""How old what is shown may be. Whether one may buy is asked at the counter, never here."""

_stalls: WeakKeyDictionary[Database, Fresh[UUID, Stall | None]] = WeakKeyDictionary()

CODES = (NoSuchPromoCode, PromoCodeNotValid, PromoCodeUsedUp)


async def stall_of(greenroom: Greenroom, event: str, code: str | None = None, *, anew: bool = False) -> Stall:
    """Raises NotFound, and for a code NoSuchPromoCode, PromoCodeNotValid, PromoCodeUsedUp."""
    event_id = as_uuid(event)
    if event_id is None:
        raise _no_event()
    database = greenroom.database
    if code is None:
        fresh = _stalls.setdefault(database, Fresh(SHOWN_SECONDS))
        stall = await fresh.get(event_id, lambda: repository.stall_of(database, event_id, None), anew=anew)
    else:
        # A code is one buyer's own: nobody else would profit from remembering what it opens.
        stall = await repository.stall_of(database, event_id, code)
    if stall is None:
        raise _no_event()
    rules.require_code(stall, code)
    return stall


@shop_operation(http=Http("GET", "/public/events"), pace="read", errors=(NotFound,))
async def browse_events(greenroom: Greenroom, visitor: Visitor, data: ShownEvents) -> Page[PublicEvent]:
    """List the published events that are not over, soonest first.

    Of all organisers, or of one.
    """
    org_id = as_uuid(data.organization) if data.organization else None
    if data.organization and org_id is None:
        raise NotFound.named("organisation", data.organization)
    after = greenroom.cursors.after("shop", data.cursor)
    found = await repository.events_on_show(greenroom.database, org_id, after, data.limit)
    shown = [rules.event_of(row["organization_id"], row["words"]) for row in found]
    return greenroom.cursors.page(Page[PublicEvent], "shop", shown, data.limit, lambda last: [last.start_date, last.id])


@shop_operation(http=Http("GET", "/public/events/{id}", target="event"), pace="read", errors=(NotFound, *CODES))
async def see_event(greenroom: Greenroom, visitor: Visitor, data: ShownEvent) -> PublicEventDetail:
    """Show a published event with its tickets, as a buyer pays them.

    With a promo code: at its prices, and with what it opens.
    """
    stall = await stall_of(greenroom, data.event, data.promo_code)
    event = rules.event_of(stall.org_id, stall.event)
    return PublicEventDetail(**dict(event), ticket_types=rules.types_of(stall), promo_code=rules.code_of(stall.code))


@shop_operation(http=Http("GET", "/public/events/{id}/availability", target="event"), pace="read", errors=(NotFound,))
async def see_availability(greenroom: Greenroom, visitor: Visitor, data: NamedShownEvent) -> Availability:
    """Show how much is left of each ticket type, up to ten, at most two seconds old.

    Made to be asked often: it answers 304 to the ETag it gave before. Only a hold says for sure.
    """
    stall = await stall_of(greenroom, data.event)
    return Availability(event_id=stall.event["id"], ticket_types=rules.availability_of(stall))


def _no_event() -> NotFound:
    return NotFound("This event is not on sale here.", remedy="Check the address, or ask the organiser.")
