"""Check-in lists: who is on them, what they count, and that nothing is lost when they change."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.office import Office
from tests.tools.check_ins.door import Door
from tools.check_ins.rules import CheckInListExists, CheckInListInUse, ListNeverOpen
from tools.errors import Ambiguous, NotFound, PreconditionFailed

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_counts_tell_expected_entered_and_inside_by_type(door: Door) -> None:
    door.office.sql("update public.tickets set ticket_type_id = %s where id = %s", door.types["VIP"], door.tickets[5])
    door.office.sql("update public.orders set status = 'pending' where id = %s", door.orders[1])
    for ticket in (0, 1, 5):
        await door.scan(ticket)
    await door.scan(0, "exit")
    found = await door.do("get_check_in_list")
    assert (found.expected, found.entered, found.inside) == (4, 3, 2)
    assert [(one.name, one.expected, one.entered, one.inside) for one in found.by_type] == [
        ("General", 3, 2, 1), ("VIP", 1, 1, 1),
    ]  # fmt: skip
    (listed,) = (await door.office.do("list_check_in_lists", event=str(door.event))).items
    assert listed == found


async def test_a_list_of_some_types_expects_and_admits_only_those(door: Door) -> None:
    await door.do("update_check_in_list", ticket_types=["vip"])
    found = await door.do("get_check_in_list")
    assert (found.ticket_types, found.expected, found.by_type[0].name) == (["VIP"], 0, "VIP")
    assert (await door.scan(0)).reason == "wrong_list"
    await door.do("update_check_in_list", ticket_types=[str(door.types["General"]), "VIP"])
    assert (await door.do("get_check_in_list")).expected == 6
    await door.do("update_check_in_list", ticket_types=[])
    assert (await door.do("get_check_in_list")).ticket_types == []
    assert (await door.scan(0)).outcome == "accepted"


async def test_a_deleted_type_does_not_open_its_list_to_everybody(door: Door) -> None:
    await door.do("update_check_in_list", ticket_types=["VIP"])
    door.office.sql("delete from public.ticket_types where id = %s", door.types["VIP"])
    assert (await door.scan(0)).reason == "wrong_list"
    await door.do("update_check_in_list", name="Side door")
    assert (await door.scan(0)).reason == "wrong_list"


async def test_a_list_is_known_by_its_name_within_the_event(door: Door) -> None:
    found = await door.office.do("get_check_in_list", check_in_list="main", event="Gala")
    assert found.id == door.list_id
    await door.office.do("create_check_in_list", event=str(door.event), name="Main entrance")
    with pytest.raises(Ambiguous):
        await door.office.do("get_check_in_list", check_in_list="main", event="Gala")
    with pytest.raises(CheckInListExists):
        await door.office.do("create_check_in_list", event=str(door.event), name="MAIN DOOR")
    with pytest.raises(NotFound):
        await door.office.do("create_check_in_list", event=str(door.event), name="Third", ticket_types=["Backstage"])


async def test_opening_times_are_set_cleared_and_never_backwards(door: Door) -> None:
    night = {"opens_at": "2030-12-12T18:00:00Z", "closes_at": "2030-12-12T23:00:00Z"}
    changed = await door.do("update_check_in_list", **night)
    assert changed.opens_at.isoformat() == "2030-12-12T18:00:00+00:00"
    assert (await door.do("update_check_in_list", name="Hall")).closes_at is not None
    with pytest.raises(ListNeverOpen):
        await door.do("update_check_in_list", closes_at="2030-12-12T17:00:00Z")
    assert (await door.do("update_check_in_list", opens_at=None, closes_at=None)).opens_at is None


async def test_a_list_with_scans_stays_and_one_without_can_be_deleted_and_put_back(door: Door) -> None:
    spare = await door.office.do("create_check_in_list", event=str(door.event), name="Spare", ticket_types=["VIP"])
    await door.scan(0)
    with pytest.raises(CheckInListInUse):
        await door.do("delete_check_in_list")
    proposal = await door.office.propose(("delete_check_in_list", {"check_in_list": str(spare.id)}))
    applied = await door.office.approve(proposal)
    with pytest.raises(NotFound):
        await door.by(spare.id).do("get_check_in_list")
    undo = await door.office.do("undo_proposal", proposal=applied.id)
    await door.office.approve(undo)
    assert (await door.by(spare.id).do("get_check_in_list")).ticket_types == ["VIP"]


async def test_a_change_of_a_version_nobody_saw_is_refused(door: Door) -> None:
    seen = await door.do("get_check_in_list")
    await door.do("update_check_in_list", name="Hall")
    late = door.at(seen_as(door, seen.version))
    with pytest.raises(PreconditionFailed):
        await late.do("update_check_in_list", name="Lobby")


def seen_as(door: Door, version: int) -> Office:
    return replace(door.office, caller=replace(door.office.caller, if_match=version))
