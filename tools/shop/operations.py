"""Everything a stranger may ask of the shop, and what keeps it tidy."""

from __future__ import annotations

from tools.context import Greenroom
from tools.counter.counter import release_expired
from tools.shop import repository
from tools.shop.checkout import checkout, order_status
from tools.shop.holding import give_up_hold, prolong_hold, see_hold, start_hold
from tools.shop.operation import AnyShopOperation
from tools.shop.reading import browse_events, see_availability, see_event

SHOP: tuple[AnyShopOperation, ...] = (
    browse_events,
    see_event,
    see_availability,
    start_hold,
    see_hold,
    prolong_hold,
    give_up_hold,
    checkout,
    order_status,
)


async def tidy(greenroom: Greenroom) -> None:
    """Ends all holds and unpaid orders whose time has come, and forgets the addresses that keep nothing."""
    while await release_expired(greenroom.database, [None]):
        continue
    async with greenroom.database.session(None) as tx:
        await repository.forget_visitors(tx)
