"""SQL of waiting lists. Places are offered and given back inside functions: app.offer_places, app.leave_waiting_list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, LiteralString
from uuid import UUID

from tools.store.addresses import WAITING, open_address, seal_address, sought, theirs
from tools.store.database import Transaction
from tools.waiting_list.models import ListWaitingList, WaitingEntry, WaitingList
from tools.waiting_list.rules import AlreadyWaiting

_LIST: LiteralString = """
    select l.id, l.event_id, e.name as event_name, l.is_open, l.auto_offer, l.offer_seconds / 3600 as offer_hours, l.version, l.created_at,
        (select count(*) from public.waiting_list_entries w
            where w.org_id = l.org_id and w.event_id = l.event_id and w.status = 'waiting')::int as waiting,
        (select count(*) from public.waiting_list_entries w
            where w.org_id = l.org_id and w.event_id = l.event_id and w.status = 'offered')::int as offered
    from public.waiting_lists l join public.events e on e.org_id = l.org_id and e.id = l.event_id
"""

# What became of an offer shows in its hold at once, and on the entry at the next app.settle_waiting_lists.
_ENTRY: LiteralString = """
    select * from (
        select w.id, w.org_id, w.event_id, e.name as event_name, w.ticket_type_id, t.name as ticket_type_name, w.quantity, w.name, w.email,
            case when w.status <> 'offered' then w.status when h.status = 'converted' then 'purchased'
                when h.status = 'released' then 'cancelled' when h.status = 'expired' or h.expires_at <= clock_timestamp() then 'expired'
                else 'offered' end as status,
            case when w.status = 'waiting' then (select count(*) from public.waiting_list_entries x
                where x.org_id = w.org_id and x.event_id = w.event_id and x.status = 'waiting' and x.ticket_type_id = w.ticket_type_id
                    and (x.created_at, x.id) <= (w.created_at, w.id))::int end as position,
            h.expires_at as offer_expires_at, o.number as order_number, w.version, w.created_at
        from public.waiting_list_entries w
        join public.events e on e.org_id = w.org_id and e.id = w.event_id
        join public.ticket_types t on t.org_id = w.org_id and t.id = w.ticket_type_id
        left join public.holds h on h.org_id = w.org_id and h.id = w.hold_id
        left join public.orders o on o.org_id = w.org_id and o.hold_id = w.hold_id) w
"""


async def list_of(tx: Transaction, org: UUID, event_id: UUID) -> WaitingList | None:
    return await tx.fetch_one(
        _LIST + " where l.org_id = %(org)s and l.event_id = %(event)s", {"org": org, "event": event_id}, row=WaitingList
    )


async def put_list(
    tx: Transaction, org: UUID, event_id: UUID, list_id: UUID, *, is_open: bool, auto_offer: bool, seconds: int
) -> None:
    await tx.execute(
        """
        insert into public.waiting_lists (id, org_id, event_id, is_open, auto_offer, offer_seconds)
        values (%(id)s, %(org)s, %(event)s, %(open)s, %(auto)s, %(seconds)s)
        on conflict on constraint waiting_lists_once do update
        set is_open = excluded.is_open, auto_offer = excluded.auto_offer, offer_seconds = excluded.offer_seconds
        """,
        {"id": list_id, "org": org, "event": event_id, "open": is_open, "auto": auto_offer, "seconds": seconds},
    )


async def shut_list(tx: Transaction, org: UUID, event_id: UUID) -> int:
    return await tx.execute(
        "update public.waiting_lists set is_open = false where org_id = %(org)s and event_id = %(event)s",
        {"org": org, "event": event_id},
    )


async def add(tx: Transaction, values: dict[str, Any]) -> None:
    """Raises AlreadyWaiting."""
    org, email = values["org"], values["email"]
    added = await tx.execute(
        f"""
        insert into public.waiting_list_entries (id, org_id, event_id, ticket_type_id, quantity, name, email, email_index, locale)
        select %(id)s, %(org)s, %(event)s, %(ticket_type)s, %(quantity)s, %(name)s, %(sealed)s, %(address_index)s, %(locale)s
        -- The unique index holds among those that are sealed.
        where not exists (select from public.waiting_list_entries w where w.org_id = %(org)s and w.event_id = %(event)s
            and w.ticket_type_id = %(ticket_type)s and w.status in ('waiting', 'offered') and {theirs("w.email")})
        """,
        {
            **values,
            **sought(tx.fields, org, email),
            "sealed": seal_address(tx.fields, WAITING, org, values["id"], email),
        },
    )
    if not added:
        raise AlreadyWaiting()


async def entry_of(tx: Transaction, entry_id: UUID, org: UUID | None = None) -> WaitingEntry | None:
    """Of one organisation, or for the service of any."""
    found = await _entries(
        tx, " where w.id = %(id)s and (%(org)s::uuid is null or w.org_id = %(org)s)", {"id": entry_id, "org": org}
    )
    return next(iter(found), None)


async def entries_of(tx: Transaction, org: UUID, entry_ids: Sequence[UUID]) -> list[WaitingEntry]:
    return await _entries(
        tx,
        " where w.org_id = %(org)s and w.id = any (%(ids)s) order by w.created_at, w.id",
        {"org": org, "ids": list(entry_ids)},
    )


async def _entries(tx: Transaction, which: LiteralString, params: dict[str, Any]) -> list[WaitingEntry]:
    rows = await tx.fetch_dicts(_ENTRY + which, params)
    for row in rows:
        row["email"] = open_address(tx.fields, WAITING, row["org_id"], row["id"], row["email"])
    return [WaitingEntry.model_validate(row) for row in rows]


async def find(
    tx: Transaction,
    org: UUID,
    wanted: ListWaitingList,
    event_id: UUID | None,
    type_id: UUID | None,
    after: list[Any] | None,
) -> list[WaitingEntry]:
    """First in line first; one more than the limit when there is a next page."""
    return await _entries(
        tx,
        """
        where w.org_id = %(org)s and (%(event)s::uuid is null or w.event_id = %(event)s)
            and (%(type)s::uuid is null or w.ticket_type_id = %(type)s)
            and (%(status)s::text is null or w.status = %(status)s)
            and (%(after_at)s::timestamptz is null or (w.created_at, w.id) > (%(after_at)s, %(after_id)s::uuid))
        order by w.created_at, w.id limit %(more)s
        """,
        {
            "org": org,
            "event": event_id,
            "type": type_id,
            "status": wanted.status,
            "after_at": after[0] if after else None,
            "after_id": after[1] if after else None,
            "more": wanted.limit + 1,
        },
    )


async def line_of(
    tx: Transaction, org: UUID, event_id: UUID, type_id: UUID | None, last: UUID | None
) -> tuple[int, int]:
    """How many wait, and how many of them were in line before the entry `last`."""
    rows = await tx.fetch_dicts(
        """
        select count(*)::int as waiting, (count(*) filter (where (w.created_at, w.id) < (l.created_at, l.id)))::int as ahead
        from public.waiting_list_entries w left join public.waiting_list_entries l on l.org_id = w.org_id and l.id = %(last)s
        where w.org_id = %(org)s and w.event_id = %(event)s and w.status = 'waiting'
            and (%(type)s::uuid is null or w.ticket_type_id = %(type)s)
        """,
        {"org": org, "event": event_id, "type": type_id, "last": last},
    )
    return rows[0]["waiting"], rows[0]["ahead"]


async def offer(
    tx: Transaction,
    org: UUID,
    event_id: UUID,
    type_id: UUID | None,
    places: int,
    seconds: int,
    hold_ids: Sequence[UUID],
) -> list[UUID]:
    """The entries that were offered their places. Raises EventNotOnSale."""
    offered: list[UUID] = await tx.fetch_value(
        "select app.offer_places(%(org)s, %(event)s, %(type)s, %(places)s, %(seconds)s, %(holds)s::uuid[])",
        {"org": org, "event": event_id, "type": type_id, "places": places, "seconds": seconds, "holds": list(hold_ids)},
    )
    return offered


async def leave(tx: Transaction, entry_id: UUID) -> str:
    """Answers the state the entry has now. Raises NoSuchEntry."""
    return str(await tx.fetch_value("select app.leave_waiting_list(%(id)s)", {"id": entry_id}))


async def settle(tx: Transaction, at_most: int) -> int:
    return int(await tx.fetch_value("select app.settle_waiting_lists(%(most)s)", {"most": at_most}))


async def shop_window(tx: Transaction, event_id: UUID, type_id: UUID) -> dict[str, Any] | None:
    """What a stranger may know before they join: whether the list is open, and what the ticket type is."""
    rows = await tx.fetch_dicts(
        """
        select t.org_id, t.kind, t.hidden, e.status, coalesce(l.is_open, false) as is_open,
            (select count(*) from public.waiting_list_entries w
                where w.org_id = e.org_id and w.event_id = e.id and w.status = 'waiting')::int as waiting
        from public.ticket_types t join public.events e on e.org_id = t.org_id and e.id = t.event_id
        left join public.waiting_lists l on l.org_id = e.org_id and l.event_id = e.id
        where t.id = %(type)s and t.event_id = %(event)s
        """,
        {"type": type_id, "event": event_id},
    )
    return rows[0] if rows else None
