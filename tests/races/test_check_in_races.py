"""Two doors and one ticket, the same moment: one person comes in, every time."""

from __future__ import annotations

import random
from collections import Counter
from typing import Any
from uuid import uuid4

from tests.office import Office, open_office
from tests.postgres import ClonedDatabase
from tests.races.crowd import outcomes
from tests.tools.check_ins.door import Door, open_door
from tools.errors import Busy, Conflict

TICKETS = 200
LOCK = "perform from public.tickets k where k.id = any (wanted) order by k.id for update;"
ORDERLY = "order by k.id for update"


async def scanned(door: Door, ticket: int, device: str, **more: Any) -> str:
    """What the steward hears, asking again while told that others are at it."""
    while True:
        try:
            scan = await door.scan(ticket, device=device, **more)
        except Busy:
            continue
        except Conflict as refused:
            return refused.code
        return str(scan.reason or scan.outcome)


async def two_devices(office: Office, tickets: int) -> tuple[Counter[str], Counter[int]]:
    """What the stewards of two devices that scan the same tickets at once heard, and how many accepted entries tickets have."""
    door = await open_door(office, parties=tickets // 2, party=2)
    calls = [(ticket, gate) for ticket in range(tickets) for gate in ("Gate 1", "Gate 2")]
    heard: Counter[str] = Counter()

    async def tell(ticket: int, gate: str) -> None:
        heard[await scanned(door, ticket, gate)] += 1

    assert (await outcomes(tell(*call) for call in calls))["done"] == len(calls)
    entries = office.sql(
        "select count(*) from public.check_ins where list_id = %s and outcome = 'accepted' group by ticket_id",
        door.list_id,
    )
    return heard, Counter(count for (count,) in entries)


def unguarded(office: Office, function: str, guard: str, instead: str = "") -> None:
    (definition,) = office.sql(f"select pg_get_functiondef('app.{function}'::regproc)")[0]
    assert guard in definition
    office.sql(definition.replace(guard, instead).replace("%", "%%"))


async def test_two_devices_that_scan_the_same_tickets_at_once_let_each_in_once(database: ClonedDatabase) -> None:
    async with open_office(database, pool_size=16) as office:
        heard, entries = await two_devices(office, TICKETS)
    assert heard == {"accepted": TICKETS, "already_in": TICKETS}
    assert entries == {1: TICKETS}
    print(f"2 devices x {TICKETS} tickets at once: {heard['accepted']} let in, {heard['already_in']} refused")


async def test_should_the_lock_be_forgotten_an_index_still_lets_nobody_in_twice(database: ClonedDatabase) -> None:
    async with open_office(database, pool_size=16) as office:
        unguarded(office, "scan", LOCK)
        heard, entries = await two_devices(office, 60)
    assert heard["accepted"] == 60
    assert entries == {1: 60}


async def test_without_lock_and_index_people_come_in_twice(database: ClonedDatabase) -> None:
    async with open_office(database, pool_size=16) as office:
        unguarded(office, "scan", LOCK)
        office.sql("drop index public.check_ins_arrived_once")
        office.sql("drop index public.check_ins_latest_once")
        _, entries = await two_devices(office, 60)
    print(f"2 devices x 60 tickets, unguarded: {entries[2]} let in twice")
    assert entries[2] > 0


async def test_one_scan_sent_fifty_times_at_once_is_one_scan(database: ClonedDatabase) -> None:
    async with open_office(database, pool_size=16) as office:
        door = await open_door(office)
        for code in (door.codes[0], "nobody-has-this-code"):
            nonce = str(uuid4())
            answers: list[Any] = []

            async def send(code: str, nonce: str, answers: list[Any] = answers) -> None:
                answers.append(await door.read(code, nonce=nonce))

            assert await outcomes(send(code, nonce) for _ in range(50)) == {"done": 50}
            assert len({answer.id for answer in answers}) == 1
            assert Counter(answer.repeated for answer in answers) == {False: 1, True: 49}
        assert len(door.history()) == 2
        # Each with a nonce of its own, they are fifty scans.
        assert await outcomes(scanned(door, 1, "Gate 1", nonce=str(uuid4())) for _ in range(50)) == {"done": 50}
        assert len(door.history()) == 52


async def devices_upload_at_once(office: Office, devices: int) -> tuple[Door, Counter[str]]:
    """Each device tells of all tickets, in an order of its own; meanwhile orders are cancelled."""
    door = await open_door(office, parties=10, party=3)

    def batch(device: int) -> list[dict[str, Any]]:
        scans = [
            {"nonce": f"{device:04d}-{place:04d}", "ticket": ticket, "let_in": True,
             "scanned_at": f"2026-01-01T19:{random.Random(device * 100 + place).randrange(60):02d}:00Z"}
            for place, ticket in enumerate(door.tickets)
        ]  # fmt: skip
        return scans

    calls = [door.do("upload_check_ins", scans=batch(device)) for device in range(devices)]
    calls += [office.do("refund_order", order=str(order)) for order in door.orders[:3]]
    return door, await outcomes(calls)


def deadlocks(office: Office) -> int:
    return int(office.sql("select deadlocks from pg_stat_database where datname = current_database()")[0][0])


async def test_uploads_of_many_devices_at_once_meet_without_a_deadlock(database: ClonedDatabase) -> None:
    async with open_office(database, pool_size=16) as office:
        door, heard = await devices_upload_at_once(office, 10)
        found = await door.do("get_check_in_list")
    assert heard == {"done": 13}
    assert found.expected == 21
    assert 21 <= found.entered <= 30
    assert deadlocks(office) == 0


async def test_uploads_that_lock_tickets_in_any_order_deadlock(database: ClonedDatabase) -> None:
    async with open_office(database, pool_size=16) as office:
        office.sql("alter database " + database.name + " set deadlock_timeout = '20ms'")
        unguarded(office, "scan", ORDERLY, "order by random() for update")
    async with open_office(database, pool_size=16) as office:
        await devices_upload_at_once(office, 12)
    assert deadlocks(office) > 0
