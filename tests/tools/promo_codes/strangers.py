"""Buyers who are nobody's colleague: they hold, then order, with a code or without. Holds no test."""

from __future__ import annotations

from uuid import UUID, uuid4

from tests.office import Office
from tools.counter.counter import counter_of
from tools.counter.models import Reservation, RungUp, Sale, Served, Shelf
from tools.counter.repository import shelf_of
from tools.counter.ringing import ring_up
from tools.kit.ids import RandomIds
from tools.operation import enter
from tools.promo_codes.models import Discount
from tools.promo_codes.resolve import discount_of


async def discount(office: Office, event_id: UUID, code: str | None, hold_id: UUID | None = None) -> Discount | None:
    if code is None:
        return None
    async with office.greenroom.database.session(None) as tx:
        return await discount_of(tx, office.org_id, event_id, code, hold_id)


async def shelf(office: Office, event_id: UUID) -> Shelf:
    async with enter(office.greenroom, office.caller) as (tx, standing):
        found = await shelf_of(tx, standing.org_id, event_id)
    assert found is not None
    return found


async def hold(office: Office, event_id: UUID, type_id: UUID, quantity: int, code: str | None = None) -> UUID:
    """Raises what the counter refuses with."""
    wanted = Reservation(
        hold_id=uuid4(),
        event_id=event_id,
        wanted=((type_id, quantity),),
        seconds=600,
        user_id=None,
        discount=await discount(office, event_id, code),
    )
    await counter_of(office.greenroom).hold(wanted, await shelf(office, event_id))
    return wanted.hold_id


async def order(
    office: Office, event_id: UUID, type_id: UUID, quantity: int, hold_id: UUID, code: str | None = None
) -> tuple[RungUp, Served]:
    sale = Sale(
        event_id=event_id,
        wanted=((type_id, quantity),),
        buyer_name="Ann",
        buyer_email="ann@example.org",
        user_id=None,
        channel="public",
        expires_in=900,
        hold_id=hold_id,
        discount=await discount(office, event_id, code, hold_id),
    )
    rung = ring_up(sale, await shelf(office, event_id), RandomIds())
    return rung, await counter_of(office.greenroom).order(rung)
