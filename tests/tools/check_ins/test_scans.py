"""One scan at a time: who comes in, who does not and why, and how it is taken back."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from tests.office import found_organization
from tests.tools.check_ins.door import Door, open_door
from tools.attendees.codes import ticket_payload
from tools.check_ins.rules import NonceReused, NothingToUndo, OrderNotOnList
from tools.errors import Forbidden, NotFound

pytestmark = pytest.mark.asyncio(loop_scope="module")


def said(scan: Any) -> tuple[str, str | None]:
    return scan.outcome, scan.reason


async def test_a_valid_ticket_comes_in_once_and_the_second_scan_says_since_when_and_where(door: Door) -> None:
    first = await door.read(door.codes[0], device="Gate 2")
    assert (said(first), first.message, first.attendee_name) == (("accepted", None), "Welcome", "Guest 1 of Buyer 1")
    assert door.state(0) == "checked_in"
    second = await door.read(door.codes[0], device="Gate 3")
    assert said(second) == ("refused", "already_in")
    assert (second.previous_at, second.previous_device) == (first.scanned_at, "Gate 2")
    assert second.message.startswith("Already in since ")
    assert second.message.endswith(" (Gate 2)")
    assert not second.conflict


async def test_the_text_of_the_qr_and_the_bare_code_are_the_same_ticket(door: Door) -> None:
    payload = ticket_payload(door.office.greenroom, door.codes[1])
    assert said(await door.read(payload)) == ("accepted", None)
    assert said(await door.read(door.codes[1])) == ("refused", "already_in")


async def test_a_forged_qr_is_told_from_a_code_nobody_knows_and_neither_is_stored_as_text(door: Door) -> None:
    payload = ticket_payload(door.office.greenroom, door.codes[1])
    forged = payload[:-4] + ("AAAA" if payload[-4:] != "AAAA" else "BBBB")
    assert said(await door.read(forged)) == ("refused", "forged_ticket")
    for nonsense in ("nobody-has-this-code", "https://example.org/?x=1", "%", "' or 1=1 --"):
        scan = await door.read(nonsense)
        assert (said(scan), scan.ticket_id) == (("refused", "unknown_code"), None)
    stored = str(door.office.sql("select to_jsonb(c) from public.check_ins c where list_id = %s", door.list_id))
    assert "nobody-has-this-code" not in stored
    assert door.codes[1] not in stored
    assert door.state(1) == "valid"


async def test_another_organisations_code_and_ticket_are_unknown(door: Door) -> None:
    other = await open_door(await found_organization(door.office.greenroom, door.office.admin_dsn))
    assert said(await door.read(other.codes[0])) == ("refused", "unknown_code")
    assert said(await door.scan(other.tickets[0])) == ("refused", "unknown_code")
    assert said(await door.read(other.codes[0], force=True)) == ("refused", "unknown_code")
    with pytest.raises(NotFound):
        await door.by(other.list_id).scan(0)
    assert other.state(0) == "valid"


STANDING: dict[str, str] = {
    "unpaid": "update public.orders set status = 'pending' where id = %(order)s",
    "order_needs_approval": "update public.orders set status = 'pending', needs_approval = true where id = %(order)s",
    "cancelled": "update public.tickets set status = 'cancelled' where id = %(ticket)s",
    "transferred": "update public.tickets set status = 'transferred' where id = %(ticket)s",
    "event_cancelled": "update public.events set status = 'cancelled' where id = %(event)s",
    "not_open_yet": "update public.check_in_lists set opens_at = now() + interval '1 hour' where id = %(list)s",
    "closed": "update public.check_in_lists set closes_at = now() where id = %(list)s",
    "wrong_list": "update public.check_in_lists set every_type = false where id = %(list)s",
}


def befall(door: Door, reason: str) -> None:
    values = {"order": door.orders[0], "ticket": door.tickets[0], "event": door.event, "list": door.list_id}
    statement = STANDING[reason]
    name = next(name for name in values if f"%({name})s" in statement)
    door.office.sql(statement.replace(f"%({name})s", "%s"), values[name])


@pytest.mark.parametrize("reason", STANDING)
async def test_what_stands_against_a_ticket_refuses_it_and_a_supervisor_may_override_it(
    door: Door, reason: str
) -> None:
    befall(door, reason)
    scan = await door.scan(0)
    assert said(scan) == ("refused", reason)
    assert " " in scan.message
    before = door.state(0)
    assert before != "checked_in"
    forced = await door.scan(0, force=True)
    assert (said(forced), forced.forced) == (("accepted", reason), True)
    assert forced.message.startswith("Welcome, by the supervisor. ")
    # A void ticket stays void, whoever was let in with it.
    assert door.state(0) == (before if before != "valid" else "checked_in")
    assert said(await door.scan(0, "exit")) == ("accepted", None)


async def test_a_ticket_of_another_event_is_refused_even_for_a_supervisor(door: Door) -> None:
    other = await open_door(door.office, event_name="Other")
    for force in (False, True):
        assert said(await door.read(other.codes[0], force=force)) == ("refused", "wrong_event")
    assert other.state(0) == "valid"


async def test_only_a_supervisor_forces_and_a_viewer_does_not_scan(door: Door) -> None:
    staff, viewer = door.at(await door.office.colleague("staff")), door.at(await door.office.colleague("viewer"))
    for refused in (staff.scan(0, force=True), viewer.scan(0), viewer.do("check_in_order", order=str(door.orders[0]))):
        with pytest.raises(Forbidden):
            await refused
    late = {"nonce": "n" * 8, "scanned_at": "2026-01-01T00:00:00Z", "ticket": door.tickets[0], "force": True}
    with pytest.raises(Forbidden):
        await staff.do("upload_check_ins", scans=[late])
    assert door.history() == []
    assert said(await staff.scan(0)) == ("accepted", None)
    for name, more in (("search_attendees_at_door", {"query": "guest"}), ("download_check_in_list", {})):
        with pytest.raises(Forbidden):
            await viewer.do(name, **more)
    assert (await viewer.do("get_check_in_list")).entered == 1


async def test_out_and_in_again_where_the_list_allows_it(door: Door) -> None:
    heard = [said(await door.scan(0, kind)) for kind in ("exit", "entry", "exit", "exit", "entry", "entry")]
    assert heard == [
        ("refused", "not_in"), ("accepted", None), ("accepted", None), ("refused", "not_in"), ("accepted", None),
        ("refused", "already_in"),
    ]  # fmt: skip


async def test_without_reentry_who_went_out_stays_out_and_a_changed_rule_changes_nothing_past(door: Door) -> None:
    await door.do("update_check_in_list", reentry=False)
    for kind in ("entry", "exit"):
        assert said(await door.scan(0, kind)) == ("accepted", None)
    assert said(await door.scan(0)) == ("refused", "no_reentry")
    await door.do("update_check_in_list", reentry=True)
    again = await door.scan(0)
    await door.do("update_check_in_list", reentry=False)
    assert said(await door.scan(0, "exit")) == ("accepted", None)
    assert door.office.sql("select outcome from public.check_ins where id = %s", again.id) == [("accepted",)]


async def test_a_nonce_sent_again_is_the_same_scan_and_of_another_scan_a_mistake(door: Door) -> None:
    nonce = str(uuid4())
    first = await door.scan(0, nonce=nonce)
    again = await door.scan(0, nonce=nonce)
    assert (again.id, again.outcome, again.repeated) == (first.id, "accepted", True)
    for other in (
        door.scan(1, nonce=nonce),
        door.scan(0, "exit", nonce=nonce),
        door.read("nobody-knows-it", nonce=nonce),
    ):
        with pytest.raises(NonceReused):
            await other
    assert len(door.history()) == 1


async def test_an_undone_entry_leaves_the_ticket_valid_and_who_was_sent_away_stays_away(door: Door) -> None:
    entry = await door.scan(0)
    refused = await door.scan(0)
    undone = await door.office.do("undo_check_in", check_in=entry.id)
    assert (undone.id, undone.message) == (entry.id, "Undone")
    assert door.state(0) == "valid"
    assert (await door.do("get_check_in_list")).entered == 0
    assert said(await door.scan(0)) == ("accepted", None)
    for nothing in (entry.id, refused.id):
        with pytest.raises(NothingToUndo):
            await door.office.do("undo_check_in", check_in=nothing)


async def test_a_ticket_is_checked_in_while_an_entry_on_any_list_is_left(door: Door) -> None:
    stage = await door.office.do("create_check_in_list", event=str(door.event), name="Backstage")
    at_door, at_stage = await door.scan(0), await door.by(stage.id).scan(0)
    assert at_stage.outcome == "accepted"
    await door.office.do("undo_check_in", check_in=at_door.id)
    assert door.state(0) == "checked_in"
    await door.office.do("undo_check_in", check_in=at_stage.id)
    assert door.state(0) == "valid"


async def test_a_whole_order_comes_in_at_once_but_for_who_is_in(door: Door) -> None:
    await door.scan(2)
    ((number,),) = door.office.sql("select number from public.orders where id = %s", door.orders[1])
    party = await door.do("check_in_order", order=number, nonce="party-nonce", device="Gate 1")
    assert (party.id, party.accepted, party.refused) == (door.orders[1], 1, 1)
    assert [said(scan) for scan in party.check_ins] == [("refused", "already_in"), ("accepted", None)]
    again = await door.do("check_in_order", order=str(door.orders[1]), nonce="party-nonce")
    assert (again.accepted, again.refused) == (1, 1)
    assert all(scan.repeated for scan in again.check_ins)
    assert len(door.history()) == 3


async def test_an_order_without_a_ticket_for_the_list_is_not_on_it(door: Door) -> None:
    with pytest.raises(NotFound):
        await door.do("check_in_order", order="999999999")
    door.office.sql("update public.tickets set status = 'cancelled' where order_id = %s", door.orders[0])
    with pytest.raises(OrderNotOnList):
        await door.do("check_in_order", order=str(door.orders[0]))
    assert door.history() == []


async def test_a_check_in_can_be_proposed_and_writes_nothing_until_it_is_approved(door: Door) -> None:
    scan = {"check_in_list": str(door.list_id), "ticket": str(door.tickets[0])}
    proposal = await door.office.propose(("check_in", scan))
    assert door.history() == []
    applied = await door.office.approve(proposal)
    assert (applied.status, door.state(0)) == ("applied", "checked_in")
