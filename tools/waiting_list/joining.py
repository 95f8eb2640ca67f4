"""What strangers do with a waiting list, and what goes on by itself. Runs as the service."""

from __future__ import annotations

from uuid import UUID, uuid4

from tools.context import Greenroom
from tools.counter.refusals import EventNotOnSale, NoSuchTicketType
from tools.waiting_list import repository, rules
from tools.waiting_list.models import WaitingEntry


async def join_waiting_list(
    greenroom: Greenroom, event_id: UUID, ticket_type_id: UUID, *, quantity: int, name: str, email: str, locale: str
) -> WaitingEntry:
    """A stranger gets in line; the entry's id is their secret. `quantity` is 1 to 100, `name` and `email` are valid text.

    Raises NoSuchTicketType, EventNotOnSale, WaitingListShut, WaitingListFull, AlreadyWaiting, NoListForBundles, InvalidInput.
    """
    mail = rules.read_mail(email)
    async with greenroom.database.session(None) as tx:
        seen = await repository.shop_window(tx, event_id, ticket_type_id)
        if seen is None or seen["hidden"] or seen["status"] == "draft":
            raise NoSuchTicketType()
        if seen["status"] != "published":
            raise EventNotOnSale()
        if not seen["is_open"]:
            raise rules.WaitingListShut()
        if seen["kind"] == "bundle":
            raise rules.NoListForBundles()
        if seen["waiting"] >= rules.MOST_WAITING:
            raise rules.WaitingListFull()
        entry_id = uuid4()
        await repository.add(
            tx,
            {
                "id": entry_id,
                "org": seen["org_id"],
                "event": event_id,
                "ticket_type": ticket_type_id,
                "quantity": quantity,
                "name": name,
                "email": mail,
                "locale": locale,
            },
        )
        return _found(await repository.entry_of(tx, entry_id))


async def waiting_entry(greenroom: Greenroom, entry_id: UUID) -> WaitingEntry:
    """Where somebody stands in line. Raises NoSuchEntry."""
    async with greenroom.database.session(None) as tx:
        return _found(await repository.entry_of(tx, entry_id))


async def leave_waiting_list(greenroom: Greenroom, entry_id: UUID) -> WaitingEntry:
    """Out of the line; places that were offered are free again. Raises NoSuchEntry. Leaving twice changes nothing."""
    async with greenroom.database.session(None) as tx:
        await repository.leave(tx, entry_id)
        return _found(await repository.entry_of(tx, entry_id))


def _found(entry: WaitingEntry | None) -> WaitingEntry:
    if entry is None:
        raise rules.NoSuchEntry()
    return entry


async def sweep(greenroom: Greenroom, at_most: int = 200) -> int:
    """Puts down what became of offers, and offers free places where that is done by itself. Answers how many entries moved."""
    async with greenroom.database.session(None) as tx:
        return await repository.settle(tx, at_most)
