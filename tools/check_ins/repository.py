"""SQL of check-in lists and scans. Who comes in is decided inside app.scan and app.undo_check_in alone."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from tools.check_ins.models import CheckIn, CheckInList, DoorGuest, OfflineTicket, TypeCount
from tools.check_ins.rules import message
from tools.kit.ids import as_uuid
from tools.kit.naming import Candidate
from tools.kit.text import address_hint
from tools.store.addresses import ATTENDEE, index_address, open_address
from tools.store.database import Transaction

_LIST = """
    select l.id, l.event_id, e.name as event_name, l.name, l.every_type, l.reentry, l.opens_at, l.closes_at, l.version, l.created_at,
        (select coalesce(array_agg(t.name order by t.name), '{}')
            from public.check_in_list_ticket_types x join public.ticket_types t on t.org_id = x.org_id and t.id = x.ticket_type_id
            where x.org_id = l.org_id and x.list_id = l.id and not l.every_type) as ticket_types
    from public.check_in_lists l join public.events e on e.org_id = l.org_id and e.id = l.event_id
"""


async def named(tx: Transaction, org: UUID, event_id: UUID | None) -> list[Candidate]:
    return await tx.fetch_all(
        """
        select l.id, l.name, e.name as hint, e.status not in ('cancelled', 'archived') as current
        from public.check_in_lists l join public.events e on e.org_id = l.org_id and e.id = l.event_id
        where l.org_id = %(org)s and (%(event)s::uuid is null or l.event_id = %(event)s)
        order by l.created_at desc limit 2000
        """,
        {"org": org, "event": event_id},
        row=Candidate,
    )


async def get(tx: Transaction, org: UUID, list_id: UUID) -> CheckInList | None:
    rows = await tx.fetch_dicts(_LIST + "where l.org_id = %(org)s and l.id = %(id)s", {"org": org, "id": list_id})
    return (await _counted(tx, org, rows))[0] if rows else None


async def find(
    tx: Transaction, org: UUID, event_id: UUID | None, after: list[Any] | None, limit: int
) -> list[CheckInList]:
    """One more than the limit when there is a next page."""
    rows = await tx.fetch_dicts(
        _LIST
        + """
        where l.org_id = %(org)s and (%(event)s::uuid is null or l.event_id = %(event)s)
            and (%(after_at)s::timestamptz is null or (l.created_at, l.id) > (%(after_at)s, %(after_id)s::uuid))
        order by l.created_at, l.id limit %(more)s
        """,
        {
            "org": org,
            "event": event_id,
            "after_at": after[0] if after else None,
            "after_id": after[1] if after else None,
            "more": limit + 1,
        },
    )
    return await _counted(tx, org, rows)


async def _counted(tx: Transaction, org: UUID, rows: list[dict[str, Any]]) -> list[CheckInList]:
    counts = await tx.fetch_dicts(
        "select * from app.check_in_counts(%(org)s, %(lists)s) order by name, ticket_type_id",
        {"org": org, "lists": [row["id"] for row in rows]},
    )
    found = []
    for row in rows:
        by_type = [TypeCount.model_validate(count) for count in counts if count["list_id"] == row["id"]]
        sums = {name: sum(getattr(count, name) for count in by_type) for name in ("expected", "entered", "inside")}
        found.append(CheckInList(**row, **sums, by_type=by_type))
    return found


async def lock(tx: Transaction, org: UUID, list_id: UUID) -> None:
    """Nobody else changes this list, or scans on it, until the transaction ends."""
    await tx.execute(
        "select 1 from public.check_in_lists where org_id = %(org)s and id = %(id)s for update",
        {"org": org, "id": list_id},
    )


async def create(tx: Transaction, org: UUID, values: dict[str, Any]) -> None:
    """Raises CheckInListExists and ListNeverOpen."""
    await tx.execute(
        """
        insert into public.check_in_lists (id, org_id, event_id, name, every_type, reentry, opens_at, closes_at)
        values (%(id)s, %(org)s, %(event_id)s, %(name)s, %(every_type)s, %(reentry)s, %(opens_at)s, %(closes_at)s)
        """,
        {"org": org, **values},
    )


async def update(tx: Transaction, org: UUID, door: CheckInList) -> None:
    """Raises CheckInListExists and ListNeverOpen."""
    await tx.execute(
        """
        update public.check_in_lists set name = %(name)s, every_type = %(every_type)s, reentry = %(reentry)s,
            opens_at = %(opens_at)s, closes_at = %(closes_at)s
        where org_id = %(org)s and id = %(id)s
        """,
        {"org": org, **door.model_dump()},
    )


async def set_types(tx: Transaction, org: UUID, event_id: UUID, list_id: UUID, types: dict[UUID, UUID]) -> None:
    """`types`: ticket type -> the id of its row here."""
    place = {"org": org, "event": event_id, "list": list_id, "types": list(types), "ids": list(types.values())}
    await tx.execute(
        "delete from public.check_in_list_ticket_types"
        " where org_id = %(org)s and list_id = %(list)s and ticket_type_id <> all (%(types)s)",
        place,
    )
    await tx.execute(
        """
        insert into public.check_in_list_ticket_types (id, org_id, event_id, list_id, ticket_type_id)
        select w.id, %(org)s, %(event)s, %(list)s, w.type from unnest(%(ids)s::uuid[], %(types)s::uuid[]) as w (id, type)
        on conflict (org_id, list_id, ticket_type_id) do nothing
        """,
        place,
    )


async def delete(tx: Transaction, org: UUID, list_id: UUID) -> None:
    """Raises CheckInListInUse."""
    await tx.execute(
        "delete from public.check_in_lists where org_id = %(org)s and id = %(id)s", {"org": org, "id": list_id}
    )


async def scan(
    tx: Transaction, org: UUID, list_id: UUID, scans: Sequence[dict[str, Any]], *, offline: bool
) -> dict[str, Any]:
    """`scans` of app.scan, and its answer: one entry per scan, by its place `n` from 1, and ids of others that changed."""
    answer: dict[str, Any] = await tx.fetch_value(
        "select app.scan(%(org)s, %(list)s, %(scans)s::jsonb, %(offline)s)",
        {"org": org, "list": list_id, "scans": json.dumps(scans, default=str), "offline": offline},
    )
    return answer


async def undo(tx: Transaction, org: UUID, check_in_id: UUID) -> None:
    """Raises NotFound and NothingToUndo."""
    await tx.fetch_value("select app.undo_check_in(%(org)s, %(id)s)", {"org": org, "id": check_in_id})


async def check_ins(tx: Transaction, org: UUID, ids: Sequence[UUID | str]) -> dict[UUID, CheckIn]:
    """As they stand now, each with the scan that counted before it."""
    rows = await tx.fetch_dicts(
        """
        select c.id, c.event_id, c.list_id as check_in_list_id, l.name as check_in_list_name, c.nonce, c.kind, c.outcome,
            c.reason, c.forced, c.undone_at is null and c.told is not distinct from 'accepted' and c.outcome = 'refused' as conflict,
            k.ticket_id, k.ticket_type, k.attendee_name, k.order_number, c.scanned_at, c.device, p.scanned_at as previous_at,
            p.device as previous_device, c.undone_at, e.timezone
        from public.check_ins c
        join public.check_in_lists l on l.org_id = c.org_id and l.id = c.list_id
        join public.events e on e.org_id = c.org_id and e.id = c.event_id
        left join app.scanned_tickets(%(org)s, %(ids)s::uuid[]) k on k.check_in_id = c.id
        left join lateral (
            select a.scanned_at, a.device from public.check_ins a
            where c.reason in ('already_in', 'no_reentry') and a.org_id = c.org_id
                and a.list_id = c.list_id and a.ticket_id = c.ticket_id and a.undone_at is null
                and a.told is distinct from 'refused' and a.outcome = 'accepted' and (a.scanned_at, a.nonce) < (c.scanned_at, c.nonce)
            order by a.scanned_at desc, a.nonce desc limit 1) p on true
        where c.org_id = %(org)s and c.id = any (%(ids)s::uuid[])
        """,
        {"org": org, "ids": list(ids)},
    )
    return {row["id"]: CheckIn(message=message(row, row.pop("timezone")), **row) for row in rows}


async def order_on_list(tx: Transaction, org: UUID, list_id: UUID, order: str) -> list[dict[str, Any]]:
    """The order, by number or id, once per ticket of it that may count on this list; once without a ticket where there is none."""
    return await tx.fetch_dicts(
        "select * from app.door_order(%(org)s, %(list)s, %(order)s, %(id)s)",
        {"org": org, "list": list_id, "order": order, "id": as_uuid(order)},
    )


async def search(tx: Transaction, org: UUID, list_id: UUID, words: Sequence[str], limit: int) -> list[DoorGuest]:
    """Whoever has all the words in the name, as the address, as the order's number or at the end of the code; those of the list first."""
    rows = await tx.fetch_dicts(
        "select * from app.door_search(%(org)s, %(list)s, %(words)s, %(indexes)s, %(limit)s)",
        {
            "org": org,
            "list": list_id,
            "words": list(words),
            # What is no address has none: the index of no ticket.
            "indexes": [index_address(tx.fields, org, word) if "@" in word else "" for word in words],
            "limit": limit,
        },
    )
    return [DoorGuest(email_hint=address_hint(_address(tx, org, row)), **row) for row in rows]


def _address(tx: Transaction, org: UUID, row: dict[str, Any]) -> str | None:
    return open_address(tx.fields, ATTENDEE, org, row["ticket_id"], row.pop("attendee_email"))


async def changed_at(tx: Transaction, org: UUID, list_id: UUID) -> datetime:
    """When the list or its event changed last: then a device starts anew."""
    moment: datetime = await tx.fetch_value(
        """
        select greatest(l.updated_at, e.updated_at) from public.check_in_lists l
        join public.events e on e.org_id = l.org_id and e.id = l.event_id
        where l.org_id = %(org)s and l.id = %(list)s
        """,
        {"org": org, "list": list_id},
    )
    return moment


async def download(
    tx: Transaction, org: UUID, list_id: UUID, since: datetime | None, after: UUID | None, limit: int
) -> list[OfflineTicket]:
    """Tickets in the order of their ids; with `since` those that changed after it. One more than the limit when there are more."""
    return await tx.fetch_all(
        "select * from app.door_download(%(org)s, %(list)s, %(since)s, %(after)s, %(more)s)",
        {"org": org, "list": list_id, "since": since, "after": after, "more": limit + 1},
        row=OfflineTicket,
    )
