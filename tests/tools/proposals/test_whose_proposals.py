"""A person decides: keys and programs change what they proposed themselves, and nobody speaks in another's conversation."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest

from tests.office import Office
from tools.api_keys.operations import caller_with_key
from tools.errors import Forbidden, NotFound
from tools.proposals import rules

STEP = {"operation": "create_venue", "input": {"name": "Hall"}}
OTHER = {"operation": "create_venue", "input": {"name": "Barn"}}


async def keyed(office: Office) -> Office:
    made = await office.do("create_api_key", name=f"Robot {uuid4()}", role="admin")
    return replace(office, caller=await caller_with_key(office.greenroom, made.key))


def program(office: Office) -> Office:
    """Somebody's agent, as the chat and `/mcp` call."""
    return replace(office, caller=replace(office.caller, agent=True))


async def revised(office: Office, proposal: Any) -> Any:
    caller = replace(office.caller, if_match=proposal.version)
    return await replace(office, caller=caller).do("revise_proposal", proposal=proposal.id, steps=[OTHER])


def status(office: Office, proposal: Any) -> str:
    return str(office.sql("select status from public.proposals where id = %s", proposal.id)[0][0])


async def test_a_key_and_a_program_change_and_replace_what_they_proposed_and_nothing_else(office: Office) -> None:
    mine = await office.do("propose", steps=[STEP])
    for other in (
        await keyed(office),
        replace(await keyed(office), caller=program(await keyed(office)).caller),
        program(office),
    ):
        with pytest.raises(Forbidden, match="Somebody else"):
            await other.do("propose", steps=[OTHER], replaces=mine.id)
        with pytest.raises(Forbidden, match="Somebody else"):
            await revised(other, mine)
        assert status(office, mine) == "proposed"
        own = await revised(other, await other.do("propose", steps=[STEP]))
        assert own.preview.steps[0].summary.startswith("Create venue Barn") or "Barn" in own.title
        await other.do("propose", steps=[OTHER], replaces=own.id)
        assert status(office, own) == "rejected"


async def test_a_key_says_no_to_nothing(office: Office) -> None:
    key = await keyed(office)
    for proposal in (await office.do("propose", steps=[STEP]), await key.do("propose", steps=[STEP])):
        with pytest.raises(Forbidden, match="only a person"):
            await key.do("reject_proposal", proposal=proposal.id)
        assert status(office, proposal) == "proposed"


async def test_without_the_rule_a_program_would_put_its_own_in_the_place_of_a_persons(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = await office.do("propose", steps=[STEP])
    monkeypatch.setattr(rules, "require_may_change", lambda *_: None)
    await program(office).do("propose", steps=[OTHER], replaces=mine.id)
    assert status(office, mine) == "rejected"


async def test_a_person_may_revise_what_a_key_proposed_and_both_stay_known(office: Office) -> None:
    key = await keyed(office)
    proposal = await key.do("propose", steps=[STEP])
    assert (await revised(office, proposal)).created_by == key.caller.user_id
    acted = office.sql(
        "select operation, actor_id, actor_kind from public.audit where subject_id = %s order by id", proposal.id
    )
    assert acted == [
        ("propose", key.caller.user_id, "key"),
        ("revise_proposal", office.caller.user_id, "person"),
    ]


async def test_nobody_proposes_in_another_persons_conversation(office: Office) -> None:
    colleague, thread = await office.colleague("staff"), uuid4()
    office.sql(
        "insert into public.threads (id, org_id, user_id) values (%s, %s, %s)",
        thread,
        office.org_id,
        office.caller.user_id,
    )
    for stranger in (colleague, await keyed(office), program(colleague)):
        for where in (thread, uuid4()):
            with pytest.raises(NotFound):
                await stranger.do("propose", steps=[STEP], thread_id=where)
    assert office.count("proposals") == 0
    assert (await office.do("propose", steps=[STEP], thread_id=thread)).thread_id == thread
