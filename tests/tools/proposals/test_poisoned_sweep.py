"""One approved proposal that can not be read or done any more keeps nobody's behind it waiting."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.office import Office, found_organization
from tools.proposals import applying
from tools.proposals.applying import sweep

LEFT = "update public.proposals set status = 'approved', decided_by = %s, decided_at = now() - make_interval(mins => %s) where id = %s"
OLDEST, YOUNGER = 2, 1


async def left_approved(office: Office, name: str, minutes: int) -> Any:
    """As a crash between the yes and the doing leaves it."""
    proposal = await office.propose(("create_event", {"name": name, "start_date": "2030-12-12T19:00:00+01:00"}))
    office.sql("alter table public.proposals disable trigger check_proposal_move")
    office.sql(LEFT, office.caller.user_id, minutes, proposal.id)
    return proposal


@pytest.fixture
async def other(office: Office) -> Office:
    return await found_organization(office.greenroom, office.admin_dsn)


GONE = "jsonb_set(steps, '{0,operation}', '\"launch_rocket\"')"
POISONS = {
    "an operation that is gone": GONE,
    "steps of another shape": "'[{\"deed\": 1}]'",
    "an address sealed for another row": "jsonb_set(steps, '{0,input,name}', '\"sealed:AAAA\"')",
}


@pytest.mark.parametrize("steps", POISONS.values(), ids=POISONS.keys())
async def test_what_can_not_be_done_any_more_is_failed_in_words_and_the_next_is_applied(
    office: Office, other: Office, steps: str
) -> None:
    poisoned = await left_approved(other, "Poison", OLDEST)
    await left_approved(office, "Victim", YOUNGER)
    office.sql(f"update public.proposals set steps = {steps} where id = '{poisoned.id}'")
    assert await sweep(office.greenroom) == 1
    assert office.sql("select name from public.events") == [("Victim",)]
    ((status, failure),) = office.sql("select status, failure from public.proposals where id = %s", poisoned.id)
    assert status == "failed"
    assert "any more" in failure["detail"]
    assert await sweep(office.greenroom) == 0


async def test_without_a_door_for_each_row_the_first_would_stop_all(
    office: Office, other: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    poisoned = await left_approved(other, "Poison", OLDEST)
    await left_approved(office, "Victim", YOUNGER)
    office.sql(f"update public.proposals set steps = {POISONS['steps of another shape']} where id = '{poisoned.id}'")

    async def bare(greenroom: Any, left: Any) -> bool:
        caller = replace(office.caller, user_id=left.decided_by, organization=str(left.org_id))
        return await applying._apply_left(greenroom, caller, left.id)

    monkeypatch.setattr(applying, "_recover", bare)
    with pytest.raises(ValueError, match="operation"):
        await sweep(office.greenroom)
    assert office.count("events") == 0


async def test_a_proposal_of_an_operation_that_is_gone_is_still_listed_and_is_refused_a_yes(office: Office) -> None:
    start = datetime(2030, 12, 12, 19, tzinfo=UTC).isoformat()
    proposal = await office.propose(("create_event", {"name": "Old", "start_date": start}))
    applied = await office.approve(await office.propose(("create_event", {"name": "Done", "start_date": start})))
    office.sql("alter table public.proposals disable trigger check_proposal_move")
    office.sql(f"update public.proposals set steps = {GONE}")
    listed = (await office.do("list_proposals")).items
    assert {each.id for each in listed} == {proposal.id, applied.id}
    assert not any(each.can_undo for each in listed)
    with pytest.raises(Exception, match="can not be done any more"):
        await office.approve(proposal)
