"""What somebody at a door sees: the guests of their own lists, by the functions of the door, and no order or ticket by themselves."""

from __future__ import annotations

from typing import Any, LiteralString
from uuid import uuid4

import pytest

from tests.office import Office, found_organization
from tests.postgres import ClonedDatabase
from tests.tools.check_ins.door import Door, open_door
from tools.context import Greenroom
from tools.errors import AppError, Forbidden, NotFound

pytestmark = pytest.mark.asyncio(loop_scope="module")

READABLE: tuple[LiteralString, ...] = (
    "select count(*) from public.orders",
    "select count(*) from public.tickets",
    "select count(*) from public.order_items",
    "select count(*) from public.payments",
)
"""What is sold and to whom: somebody at the door counts none."""


async def counts(office: Office) -> list[int]:
    async with office.greenroom.database.session(office.caller.user_id) as tx:
        return [await tx.fetch_value(statement) for statement in READABLE]


async def asked(office: Office, statement: LiteralString, **values: Any) -> list[dict[str, Any]]:
    async with office.greenroom.database.session(office.caller.user_id) as tx:
        return await tx.fetch_dicts(statement, values)


async def test_somebody_at_the_door_reads_no_order_and_no_ticket_by_themselves(door: Door) -> None:
    scanner = await door.office.colleague("door")
    assert await counts(scanner) == [0, 0, 0, 0]
    viewer = await door.office.colleague("viewer")
    assert (await counts(viewer))[:2] == [3, 6]


async def test_with_a_policy_for_the_door_they_would(door: Door) -> None:
    scanner = await door.office.colleague("door")
    door.office.sql(
        "create policy planted on public.orders for select to authenticated"
        " using (event_id in (select d.event_id from public.door_staff d where d.user_id = (select auth.uid())))"
    )
    try:
        assert (await counts(scanner))[0] == 3
    finally:
        door.office.sql("drop policy planted on public.orders")


async def test_they_do_all_that_a_door_asks_for(door: Door) -> None:
    scanner = door.at(await door.office.colleague("door"))
    (listed,) = (await scanner.office.do("list_check_in_lists")).items
    assert (listed.expected, listed.entered) == (6, 0)
    done = await scanner.scan(0, nonce="the-scan-1")
    assert (done.outcome, done.ticket_type, done.attendee_name != "") == ("accepted", "General", True)
    found = (await scanner.do("search_attendees_at_door", query=door.codes[0][-6:])).items
    assert [(guest.ticket_id, guest.inside) for guest in found] == [(door.tickets[0], True)]
    page = await scanner.do("download_check_in_list")
    assert {item.ticket_id for item in page.items} == set(door.tickets)
    party = await scanner.do("check_in_order", order=str(door.orders[1]), nonce="the-party-1")
    assert (party.accepted, party.refused) == (2, 0)
    await scanner.office.do("undo_check_in", check_in=done.id)
    assert (await scanner.do("get_check_in_list")).entered == 2


async def test_another_door_tells_them_nothing(
    door: Door, greenroom: Greenroom, module_database: ClonedDatabase
) -> None:
    scanner = await door.office.colleague("door")
    other = await open_door(door.office, event_name="Fair")
    stranger = await open_door(await found_organization(greenroom, module_database.admin_dsn))
    for foreign in (other, stranger):
        with pytest.raises(NotFound):
            await foreign.at(scanner).do("search_attendees_at_door", query="guest")
        ids = {"org": foreign.office.org_id, "list": foreign.list_id, "order": foreign.orders[0]}
        calls: tuple[LiteralString, ...] = (
            "select * from app.door_search(%(org)s, %(list)s, '{}', '{}', 100)",
            "select * from app.door_download(%(org)s, %(list)s, null, null, 100)",
            "select * from app.door_order(%(org)s, %(list)s, '', %(order)s)",
            "select * from app.check_in_counts(%(org)s, array[%(list)s]::uuid[])",
        )
        for call in calls:
            if foreign is other:
                assert await asked(scanner, call, **ids) == []
                assert await asked(door.office, call, **ids) != []
            else:
                with pytest.raises(Forbidden):
                    await asked(scanner, call, **ids)
    scanned = await other.scan(0, nonce="elsewhere")
    whose: LiteralString = "select * from app.scanned_tickets(%(org)s, array[%(scan)s]::uuid[])"
    assert await asked(scanner, whose, org=other.office.org_id, scan=scanned.id) == []


async def test_who_left_the_door_is_told_nothing_any_more(door: Door) -> None:
    scanner = await door.office.colleague("door")
    door.office.sql("delete from public.memberships where user_id = %s", scanner.caller.user_id)
    with pytest.raises(AppError):
        await asked(
            scanner,
            "select * from app.door_download(%(org)s, %(list)s, null, null, 100)",
            org=door.office.org_id,
            list=door.list_id,
        )
    with pytest.raises(AppError):
        await door.at(scanner).do("search_attendees_at_door", query=str(uuid4()))
