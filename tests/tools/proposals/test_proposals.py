"""A proposal shows exactly what would change, does exactly that once, and can be taken back."""

from __future__ import annotations

import asyncio
from typing import Any
from unittest.mock import ANY

import pytest

from tests.office import Office, found_organization
from tools.errors import AppError, Forbidden, NotFound
from tools.kit.ids import RandomIds
from tools.proposals import repository
from tools.proposals.applying import apply_approved, sweep
from tools.proposals.rules import (
    ChangedSince,
    ProposalBlocked,
    ProposalChanged,
    ProposalDecided,
    ProposalExpired,
    ProposalStale,
)

TRADE = (
    "events",
    "bookings",
    "ticket_types",
    "quotas",
    "quota_ticket_types",
    "sponsors",
    "sponsorships",
    "orders",
    "tickets",
)
JAZZ: list[tuple[str, dict[str, Any]]] = [
    ("create_event", {"name": "Jazz Night", "start_date": "2026-12-12T19:00:00+01:00", "venue": "Blue Room"}),
    ("book_venue", {"event": "Jazz Night", "venue": "Blue Room"}),
    ("create_ticket_type", {"event": "Jazz Night", "price_amount": 2500, "quantity": 150}),
    ("add_sponsor", {"event": "Jazz Night", "sponsor": "Yamaha", "level": "gold", "amount": 500000}),
]


def rows(office: Office) -> dict[str, int]:
    return {table: office.count(table) for table in TRADE}


@pytest.fixture
async def jazz(office: Office) -> Any:
    await office.do("create_venue", name="Blue Room", city="Amsterdam", capacity=150)
    return await office.propose(*JAZZ)


async def test_the_jazz_night_is_shown_with_four_steps_and_nothing_is_written(office: Office, jazz: Any) -> None:
    assert [step.ok for step in jazz.preview.steps] == [True] * 4
    assert [total.model_dump() for total in jazz.preview.totals] == [
        {"label": "Tickets, if all are sold", "amount": 375000, "currency": "EUR"},
        {"label": "Sponsorship", "amount": 500000, "currency": "EUR"},
    ]
    assert jazz.preview.steps[0].summary == "Create event Jazz Night, Sat 12 Dec 2026, 19:00–22:00, Blue Room"
    assert set(rows(office).values()) == {0}


async def test_what_was_shown_is_what_is_stored_down_to_the_ids(office: Office, jazz: Any) -> None:
    applied = await office.approve(jazz)
    assert applied.status == "applied"
    shown = {change.id for step in jazz.preview.steps for change in step.changes}
    stored = {
        row[0]
        for table in ("events", "bookings", "ticket_types", "quotas", "quota_ticket_types", "sponsors", "sponsorships")
        for row in office.sql(f"select id from public.{table}")
    }
    assert stored == shown


async def test_an_approval_of_another_digest_is_refused(office: Office, jazz: Any) -> None:
    with pytest.raises(ProposalChanged):
        await office.do("approve_proposal", proposal=jazz.id, digest="0" * 64)
    assert office.count("events") == 0


async def test_fifty_approvals_at_once_apply_it_once(office: Office, jazz: Any) -> None:
    answers = await asyncio.gather(*(office.approve(jazz) for _ in range(50)), return_exceptions=True)
    assert sum(not isinstance(answer, BaseException) for answer in answers) == 1
    assert all(
        isinstance(answer, ProposalDecided | ProposalChanged) for answer in answers if isinstance(answer, BaseException)
    )
    assert office.count("events") == 1


async def test_without_the_conditional_update_and_the_row_lock_the_rig_applies_it_more_than_once(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The guard-off twin: whoever asks finds it approved, nobody waits, and ids are not derived."""
    one = await office.propose(("create_event", {"name": "Jazz Night", "start_date": "2026-12-12T19:00:00+01:00"}))
    office.sql("alter table public.proposals disable trigger check_proposal_move")
    unlocked = repository.get

    async def always_approved(*place: Any) -> Any:
        row = await unlocked(*place)
        return row.model_copy(update={"status": "approved", "digest": ANY}) if row else None

    monkeypatch.setattr(repository, "lock", always_approved)
    monkeypatch.setattr("tools.proposals.steps.DerivedIds", lambda *_: RandomIds())
    applying = (apply_approved(office.greenroom, office.caller, one) for _ in range(5))
    await asyncio.gather(*applying, return_exceptions=True)
    assert office.count("events") > 1


async def test_a_viewer_may_look_and_not_approve(office: Office, jazz: Any) -> None:
    viewer = await office.colleague("viewer")
    assert (await viewer.do("get_proposal", proposal=jazz.id)).digest == jazz.digest
    with pytest.raises(Forbidden):
        await viewer.approve(jazz)
    assert office.count("events") == 0


async def test_another_organisation_does_not_even_see_it(office: Office, jazz: Any) -> None:
    stranger = await found_organization(office.greenroom, office.admin_dsn)
    for name, data in (
        ("get_proposal", {}),
        ("approve_proposal", {"digest": jazz.digest}),
        ("reject_proposal", {}),
        ("undo_proposal", {}),
    ):
        with pytest.raises(NotFound):
            await stranger.do(name, proposal=jazz.id, **data)


async def test_unticking_a_step_makes_a_new_digest_and_the_old_one_is_void(office: Office, jazz: Any) -> None:
    steps = [step.model_dump(include={"operation", "input", "enabled"}) for step in jazz.steps]
    steps[3]["enabled"] = False
    revised = await office.do("revise_proposal", proposal=jazz.id, steps=steps)
    assert revised.revision == 2
    assert revised.digest != jazz.digest
    with pytest.raises(ProposalChanged):
        await office.approve(jazz)
    await office.approve(revised)
    assert (office.count("events"), office.count("sponsorships")) == (1, 0)


async def test_when_the_world_moved_nothing_is_written_and_a_fresh_preview_is_shown(office: Office, jazz: Any) -> None:
    rival = await office.do("create_event", name="Rock Night", start_date="2026-12-12T20:00:00+01:00")
    await office.do("book_venue", event=str(rival.id), venue="Blue Room")
    with pytest.raises(ProposalStale):
        await office.approve(jazz)
    stale = await office.do("get_proposal", proposal=jazz.id)
    assert (stale.status, stale.preview.ok) == ("stale", False)
    assert "Blue Room is booked for Rock Night" in stale.preview.conflicts[0]
    assert office.count("events") == 1
    with pytest.raises(ProposalBlocked):
        await office.approve(stale)


async def test_a_price_that_changed_between_shows_again_before_it_sells(office: Office, jazz: Any) -> None:
    await office.approve(jazz)
    sale = await office.propose(("sell_tickets", {"event": "Jazz Night", "quantity": 2, "buyer": "ada@example.com"}))
    assert sale.preview.totals[0].amount == 5000
    await office.do("update_ticket_type", ticket_type="General", event="Jazz Night", price_amount=3000)
    with pytest.raises(ProposalStale):
        await office.approve(sale)
    fresh = await office.do("get_proposal", proposal=sale.id)
    assert fresh.preview.totals[0].amount == 6000
    assert office.count("orders") == 0
    await office.approve(fresh)
    assert office.count("orders") == 1


async def test_another_sale_meanwhile_does_not_make_a_sale_stale(office: Office, jazz: Any) -> None:
    await office.approve(jazz)
    sale = await office.propose(("sell_tickets", {"event": "Jazz Night", "quantity": 2, "buyer": "ada@example.com"}))
    await office.do("sell_tickets", event="Jazz Night", quantity=1, buyer="Bo")
    assert (await office.approve(sale)).status == "applied"


async def test_an_expired_proposal_is_not_applied_and_can_be_shown_anew(office: Office, jazz: Any) -> None:
    office.sql("update public.proposals set expires_at = now() - interval '1 second' where id = %s", jazz.id)
    with pytest.raises(ProposalExpired):
        await office.approve(jazz)
    steps = [step.model_dump(include={"operation", "input", "enabled"}) for step in jazz.steps]
    revised = await office.do("revise_proposal", proposal=jazz.id, steps=steps)
    assert revised.status == "proposed"
    assert (await office.approve(revised)).status == "applied"


async def test_undo_takes_everything_back_and_can_itself_be_undone(office: Office, jazz: Any) -> None:
    before = rows(office)
    applied = await office.approve(jazz)
    after = rows(office)
    undo = await office.do("undo_proposal", proposal=applied.id)
    assert rows(office) == after
    undone = await office.approve(undo)
    assert rows(office) == before
    assert (await office.do("get_proposal", proposal=applied.id)).status == "undone"
    redo = await office.do("undo_proposal", proposal=undone.id)
    await office.approve(redo)
    assert rows(office) == after
    assert (await office.do("get_proposal", proposal=applied.id)).status == "applied"


async def test_undo_does_not_overwrite_what_somebody_changed_since(office: Office, jazz: Any) -> None:
    applied = await office.approve(jazz)
    await office.do("update_event", event="Jazz Night", name="Blues Night")
    undo = await office.do("undo_proposal", proposal=applied.id)
    assert not undo.preview.ok
    assert {step.error["code"] for step in undo.preview.steps if step.error} == {ChangedSince.code}


async def test_undoing_a_change_puts_back_only_what_it_changed(office: Office, jazz: Any) -> None:
    await office.approve(jazz)
    change = await office.propose(("update_event", {"event": "Jazz Night", "start_date": "2026-12-12T20:00:00+01:00"}))
    applied = await office.approve(change)
    await office.do("sell_tickets", event="Jazz Night", quantity=3, buyer="Bo")
    undo = await office.do("undo_proposal", proposal=applied.id)
    await office.approve(undo)
    event = await office.do("get_event", event="Jazz Night")
    assert event.start_date.isoformat() == "2026-12-12T18:00:00+00:00"
    assert event.bookings[0].start_date == event.start_date
    assert event.tickets_sold == 3


async def test_undoing_a_sale_gives_the_money_back(office: Office, jazz: Any) -> None:
    await office.approve(jazz)
    sale = await office.propose(
        ("sell_tickets", {"event": "Jazz Night", "quantity": 2, "buyer": "ada@example.com", "payment_method": "cash"})
    )
    applied = await office.approve(sale)
    undo = await office.do("undo_proposal", proposal=applied.id)
    assert undo.preview.totals[0].amount == -5000
    await office.approve(undo)
    order = (await office.do("list_orders")).items[0]
    assert (order.status, order.refunded_amount) == ("cancelled", 5000)
    assert (await office.do("get_event", event="Jazz Night")).tickets_sold == 0


async def test_the_sweep_applies_what_a_crash_left_approved(office: Office, jazz: Any) -> None:
    office.sql("alter table public.proposals disable trigger check_proposal_move")
    office.sql("update public.proposals set decided_by = %s where id = %s", office.caller.user_id, jazz.id)
    office.sql(
        "update public.proposals set status = 'approved', decided_at = now() - interval '1 minute' where id = %s",
        jazz.id,
    )
    office.sql("alter table public.proposals enable trigger check_proposal_move")
    assert await sweep(office.greenroom) == 1
    assert await sweep(office.greenroom) == 0
    assert office.count("events") == 1


async def test_an_approver_who_lost_the_role_meanwhile_changes_nothing(office: Office, jazz: Any) -> None:
    staff = await office.colleague("staff")
    office.sql("alter table public.proposals disable trigger check_proposal_move")
    office.sql(
        "update public.proposals set status = 'approved', decided_by = %s, decided_at = now() - interval '1 minute' where id = %s",
        staff.caller.user_id,
        jazz.id,
    )
    office.sql("alter table public.proposals enable trigger check_proposal_move")
    office.sql("delete from public.memberships where user_id = %s", staff.caller.user_id)
    assert await sweep(office.greenroom) == 0
    assert (await office.do("get_proposal", proposal=jazz.id)).status == "failed"
    assert office.count("events") == 0


async def test_a_conflict_is_shown_on_the_card_and_blocks_the_approval(office: Office, jazz: Any) -> None:
    await office.approve(jazz)
    clash = await office.propose(
        ("create_event", {"name": "Tango", "start_date": "2026-12-12T21:00:00+01:00"}),
        ("book_venue", {"event": "Tango", "venue": "Blue Room"}),
        ("create_ticket_type", {"event": "Tango", "price_amount": 1000, "quantity": 10}),
    )
    assert [step.ok for step in clash.preview.steps] == [True, False, True]
    with pytest.raises(ProposalBlocked):
        await office.approve(clash)
    assert office.count("events") == 1


async def test_a_step_that_is_no_operation_or_may_not_be_proposed_is_refused(office: Office) -> None:
    for name in ("drop_database", "approve_proposal", "list_events"):
        with pytest.raises(AppError, match="is not an operation that can be proposed"):
            await office.propose((name, {}))


async def test_proposing_again_under_the_same_id_answers_the_first(office: Office, jazz: Any) -> None:
    again = await office.do(
        "propose", steps=[{"operation": "create_venue", "input": {"name": "Elsewhere"}}], proposal_id=jazz.id
    )
    assert (again.id, again.digest) == (jazz.id, jazz.digest)
