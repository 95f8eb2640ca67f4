"""A turn through the copilot's door: reading, proposing, deciding, going on."""

from __future__ import annotations

from typing import Any

import pytest
from ag_ui.core import Event as AguiEvent
from pydantic import TypeAdapter

from tests.agent.scripted import Reply, ScriptedModel, last_results
from tests.doors.copilot.visitor import history, interrupts, kinds, open_door, results, said, visit
from tests.office import Office
from tests.postgres import ClonedDatabase

JAZZ = ("create_event", {"name": "Jazz Night", "start_date": "2026-12-12T19:00:00+01:00", "venue": "Blue Room"})
TICKETS = ("create_ticket_type", {"event": "Jazz Night", "price_amount": 2500, "quantity": 150})

AGUI: TypeAdapter[Any] = TypeAdapter(AguiEvent)


def organiser() -> ScriptedModel:
    """Proposes the jazz night, then says what became of it."""

    def script(messages: list[Any]) -> Reply:
        found = last_results(messages)
        if not found:
            return Reply("I set it up.", calls=[JAZZ, TICKETS])
        proposal = found[0].get("proposal", {})
        return Reply(f"It is {proposal.get('status')}.")

    return ScriptedModel(script)


async def test_a_read_runs_at_once_and_the_answer_follows(office: Office, database: ClonedDatabase) -> None:
    model = ScriptedModel([Reply(calls=[("find_venues", {})]), Reply("You have the Blue Room.")])
    async with open_door(office, database, model) as door, visit(door, office) as [visitor]:
        events = await visitor.say("Which venues do I have?")
    assert kinds(events) == [
        "RUN_STARTED", "TOOL_CALL_START", "TOOL_CALL_ARGS", "TOOL_CALL_END", "TOOL_CALL_RESULT",
        "TEXT_MESSAGE_START", "TEXT_MESSAGE_CONTENT", "TEXT_MESSAGE_CONTENT", "TEXT_MESSAGE_END", "STATE_SNAPSHOT", "RUN_FINISHED",
    ]  # fmt: skip
    assert results(events)[0]["items"][0]["name"] == "Blue Room"
    assert said(events) == "You have the Blue Room."
    for event in events:
        AGUI.validate_python(event)


async def test_writes_of_one_answer_become_one_proposal_and_nothing_is_written(
    office: Office, database: ClonedDatabase
) -> None:
    async with open_door(office, database, organiser()) as door, visit(door, office) as [visitor]:
        events = await visitor.say("Jazz night on 12 December, 150 tickets at 25 euros")
    [card, beside] = results(events)
    assert [step["operation"] for step in card["proposal"]["steps"]] == ["create_event", "create_ticket_type"]
    assert beside == {"proposal_id": card["proposal"]["id"], "step": 1}
    [waiting] = interrupts(events)
    assert waiting["metadata"] == {"proposal_id": card["proposal"]["id"]}
    assert office.count("events") == 0
    for event in events:
        AGUI.validate_python(event)


async def test_an_approval_over_rest_is_told_by_the_resumed_conversation(
    office: Office, database: ClonedDatabase
) -> None:
    async with open_door(office, database, organiser()) as door, visit(door, office) as [visitor]:
        asked = await visitor.say("Jazz night")
        proposal = results(asked)[0]["proposal"]
        await office.do("approve_proposal", proposal=proposal["id"], digest=proposal["digest"])
        told = await visitor.decide(interrupts(asked))
        assert "It is applied." in (said(told) or history(await visitor.connect())[-1]["content"])
        messages = history(await visitor.connect())
    assert office.count("events") == 1
    assert messages[-1]["content"] == "It is applied."
    assert sum(message["role"] == "tool" for message in messages) == 2


async def test_a_rejection_leaves_nothing_and_is_told(office: Office, database: ClonedDatabase) -> None:
    async with open_door(office, database, organiser()) as door, visit(door, office) as [visitor]:
        asked = await visitor.say("Jazz night")
        await office.do("reject_proposal", proposal=results(asked)[0]["proposal"]["id"])
        await visitor.decide(interrupts(asked))
        messages = history(await visitor.connect())
    assert messages[-1]["content"] == "It is rejected."
    assert office.count("events") == 0


@pytest.mark.parametrize("payload", [None, {"approved": True}, {"kind": "proposal", "status": "applied"}, "yes"])
async def test_a_resume_carries_no_authority(office: Office, database: ClonedDatabase, payload: Any) -> None:
    async with open_door(office, database, organiser()) as door, visit(door, office) as [visitor]:
        asked = await visitor.say("Jazz night")
        again = await visitor.decide(interrupts(asked), payload)
        assert interrupts(again), "it asks again"
        assert (await office.do("get_proposal", proposal=results(asked)[0]["proposal"]["id"])).status == "proposed"
    assert office.count("events") == 0


async def test_the_person_may_go_on_talking_and_the_new_proposal_replaces_the_waiting_one(
    office: Office, database: ClonedDatabase
) -> None:
    model = ScriptedModel([Reply(calls=[JAZZ]), Reply(calls=[("create_event", {**JAZZ[1], "name": "Blues Night"})])])
    async with open_door(office, database, model) as door, visit(door, office) as [visitor]:
        first = await visitor.say("Jazz night")
        entry = {"interruptId": interrupts(first)[0]["id"], "status": "resolved", "payload": {"kind": "message"}}
        second = await visitor.say("Call it Blues Night", resume=[entry])
        old, new = results(first)[0]["proposal"], results(second)[0]["proposal"]
        assert (await office.do("get_proposal", proposal=old["id"])).status == "rejected"
        assert new["replaces"] == old["id"]
        assert interrupts(second)[0]["metadata"]["proposal_id"] == new["id"]


async def test_undo_that_proposes_to_take_back_the_last_change(office: Office, database: ClonedDatabase) -> None:
    def script(messages: list[Any]) -> Reply:
        if not last_results(messages):
            undo = "undo" in str(messages[-1].content)
            return Reply(calls=[("undo_proposal", {}) if undo else JAZZ])
        return Reply("Done.")

    async with open_door(office, database, ScriptedModel(script)) as door, visit(door, office) as [visitor]:
        proposal = results(await visitor.say("Jazz night"))[0]["proposal"]
        await office.do("approve_proposal", proposal=proposal["id"], digest=proposal["digest"])
        await wait_until_told(visitor)
        undoing = await visitor.say("undo that")
        undo = results(undoing)[0]["proposal"]
        assert undo["undo_of"] == proposal["id"]
        assert office.count("events") == 1
        await office.do("approve_proposal", proposal=undo["id"], digest=undo["digest"])
    assert office.count("events") == 0


async def wait_until_told(visitor: Any) -> None:
    """The server tells the waiting thread by itself; this waits for its last word."""
    for _ in range(100):
        messages = history(await visitor.connect())
        if messages[-1]["role"] == "assistant" and not messages[-1].get("toolCalls"):
            return
    raise AssertionError("nobody told the thread")
