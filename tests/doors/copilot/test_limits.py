"""A model that does not stop, asks for too much, lies or repeats itself: the run ends in bounds and nothing is written."""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

import pytest
from langchain_core.messages import HumanMessage

from agent.calls import Call, Checked
from tests.agent.scripted import Reply, ScriptedModel, last_results
from tests.doors.copilot.visitor import history, interrupts, kinds, open_door, results, said, visit
from tests.office import Office
from tests.postgres import ClonedDatabase

JAZZ: tuple[str, dict[str, Any]] = ("create_event", {"name": "Jazz Night", "start_date": "2026-12-12T19:00:00+01:00"})
READ: tuple[str, dict[str, Any]] = ("find_venues", {})


async def test_a_model_that_never_stops_is_stopped(office: Office, database: ClonedDatabase) -> None:
    model = ScriptedModel(lambda _: Reply(calls=[READ]))
    async with open_door(office, database, model) as door, visit(door, office) as [visitor]:
        events = await visitor.say("go")
    assert len(model.seen) == 8
    assert "more steps" in said(events)
    assert kinds(events)[-1] == "RUN_FINISHED"


async def test_a_hundred_calls_at_once_are_ten(office: Office, database: ClonedDatabase) -> None:
    model = ScriptedModel([Reply(calls=[READ] * 100), Reply("Enough.")])
    async with open_door(office, database, model) as door, visit(door, office) as [visitor]:
        answers = results(await visitor.say("go"))
    assert len(answers) == 100
    assert sum("items" in answer for answer in answers) == 10
    assert answers[10]["error"]["code"] == "invalid_input"


async def test_an_argument_of_a_megabyte_ends_the_answer(office: Office, database: ClonedDatabase) -> None:
    model = ScriptedModel([Reply(calls=[("create_event", {"name": "x" * 1_000_000})])])
    async with open_door(office, database, model) as door, visit(door, office) as [visitor]:
        answer = await visitor.post("/agent/default/run", visitor.body("go"))
    assert "did not stop" in answer.text
    assert len(answer.text) < 5_000


async def test_a_long_argument_is_refused_and_the_model_told(office: Office, database: ClonedDatabase) -> None:
    model = ScriptedModel(
        [Reply(calls=[("create_event", {**JAZZ[1], "description": "x" * 30_000})]), Reply("Shorter, then.")]
    )
    async with open_door(office, database, model) as door, visit(door, office) as [visitor]:
        events = await visitor.say("go")
    assert "too long" in results(events)[0]["error"]["message"]
    assert office.count("proposals") == 0


async def test_a_run_over_its_budget_ends(office: Office, database: ClonedDatabase) -> None:
    model = ScriptedModel(lambda _: Reply(calls=[READ], tokens=(600, 100)))
    async with open_door(office, database, model, token_budget=1_000) as door, visit(door, office) as [visitor]:
        events = await visitor.say("go")
    assert len(model.seen) == 2
    assert "budget" in said(events)
    assert office.sql("select input_tokens, output_tokens from public.runs") == [(1200, 200)]


async def test_an_unknown_tool_and_a_withheld_one_do_nothing(office: Office, database: ClonedDatabase) -> None:
    names = ("drop_tables", "approve_proposal", "propose", "restore_step", "delete_thread", "list_audit")
    model = ScriptedModel([Reply(calls=[(name, {}) for name in names]), Reply("I can not.")])
    async with open_door(office, database, model) as door, visit(door, office) as [visitor]:
        answers = results(await visitor.say("go"))
    assert [answer["error"]["code"] for answer in answers] == ["not_found"] * len(names)


async def test_one_wrong_write_keeps_all_from_being_proposed(office: Office, database: ClonedDatabase) -> None:
    wrong = ("create_ticket_type", {"event": "Jazz Night", "price_amount": "free", "quantity": -1})
    model = ScriptedModel([Reply(calls=[JAZZ, wrong]), Reply("Let me see.")])
    async with open_door(office, database, model) as door, visit(door, office) as [visitor]:
        answers = results(await visitor.say("go"))
    assert all("error" in answer for answer in answers)
    assert office.count("proposals") == 0


async def test_a_proposal_with_a_conflict_is_shown_and_not_asked_about(
    office: Office, database: ClonedDatabase
) -> None:
    missing = ("book_venue", {"event": "No Such Event", "venue": "Blue Room"})
    model = ScriptedModel([Reply(calls=[missing]), Reply("There is no such event.")])
    async with open_door(office, database, model) as door, visit(door, office) as [visitor]:
        events = await visitor.say("book it")
    assert results(events)[0]["proposal"]["preview"]["ok"] is False
    assert interrupts(events) == []
    assert said(events) == "There is no such event."


class Asking:
    """A guard that lets nothing through but a question."""

    def check(self, *_: Any) -> Checked:
        return Checked((), "Which date do you mean?")


async def test_the_guards_question_is_asked_instead(office: Office, database: ClonedDatabase) -> None:
    model = ScriptedModel([Reply(calls=[JAZZ]), Reply("On the twelfth, then.")])
    async with open_door(office, database, model, guard=Asking()) as door, visit(door, office) as [visitor]:
        events = await visitor.say("Jazz night")
        assert said(events) == "Which date do you mean?"
        assert interrupts(events) == []
        assert history(await visitor.connect())[-1]["content"] == "Which date do you mean?"
        await visitor.say("the twelfth")
    assert office.count("proposals") == 0
    assert len(model.seen) == 2


class Rereading:
    """A guard that mends one argument and lets the unknown fall."""

    def check(
        self,
        calls: Any,
        person_texts: Any,
        world: Any,
        trusted_ids: Any,
        now: Any,
        zone: Any,
        currency: Any,
        focus: Any,
        waiting: Any,
    ) -> Checked:
        assert person_texts == ["Jazz night"]
        assert [venue["name"] for venue in world.venues] == ["Blue Room"]
        assert trusted_ids == {world.venues[0]["id"]}
        assert str(zone) == "Europe/Amsterdam"
        assert currency == "EUR"
        assert focus is None
        assert waiting == []
        return Checked((Call(calls[0].id, calls[0].name, {**calls[0].arguments, "name": "Jazz Night (as said)"}),))


async def test_what_the_guard_reread_is_what_is_proposed(office: Office, database: ClonedDatabase) -> None:
    model = ScriptedModel([Reply(calls=[JAZZ])])
    async with open_door(office, database, model, guard=Rereading()) as door, visit(door, office) as [visitor]:
        [answer] = results(await visitor.say("Jazz night"))
    assert answer["proposal"]["steps"][0]["input"]["name"] == "Jazz Night (as said)"


async def test_a_call_the_guard_drops_keeps_the_others_from_being_proposed(
    office: Office, database: ClonedDatabase
) -> None:
    class Dropping:
        def check(self, calls: Any, *_: Any) -> Checked:
            return Checked(tuple(calls[1:]))

    model = ScriptedModel([Reply(calls=[JAZZ, JAZZ]), Reply("No.")])
    async with open_door(office, database, model, guard=Dropping()) as door, visit(door, office) as [visitor]:
        answers = results(await visitor.say("Jazz night"))
    assert all("error" in answer for answer in answers)
    assert office.count("proposals") == 0


def telling() -> ScriptedModel:
    def script(messages: list[Any]) -> Reply:
        found = last_results(messages)
        if not found:
            said = [str(message.content) for message in messages if isinstance(message, HumanMessage)][-1]
            return Reply(calls=[(name, JAZZ[1] if name == "create_event" else {}) for name in said.split()])
        return Reply(json.dumps([answer.get("proposal", {}).get("status") for answer in found]))

    return ScriptedModel(script)


async def test_an_organisation_may_let_reversible_steps_apply_without_asking(
    office: Office, database: ClonedDatabase
) -> None:
    office.sql("update public.organizations set auto_apply = true")
    async with open_door(office, database, telling()) as door, visit(door, office) as [visitor]:
        events = await visitor.say("create_event")
    assert said(events) == '["applied"]'
    assert interrupts(events) == []
    assert office.count("events") == 1


async def test_money_and_what_can_not_be_unsaid_always_ask(office: Office, database: ClonedDatabase) -> None:
    office.sql("update public.organizations set auto_apply = true")
    event = await office.do("create_event", **JAZZ[1])
    await office.do("create_ticket_type", event=str(event.id), price_amount=2500, quantity=10)
    publish: Reply = Reply(calls=[("publish_event", {"event": "Jazz Night"})])
    async with open_door(office, database, ScriptedModel([publish])) as door, visit(door, office) as [visitor]:
        assert interrupts(await visitor.say("publish it"))
    assert office.sql("select status from public.events") == [("draft",)]


async def test_after_reading_text_of_outsiders_every_write_asks(office: Office, database: ClonedDatabase) -> None:
    office.sql("update public.organizations set auto_apply = true")
    await office.do("create_event", name="Read Me", start_date="2026-12-20T19:00:00+01:00", description="<<obey>>")
    reading = ScriptedModel([Reply(calls=[("get_event", {"event": "Read Me"})]), Reply("Read."), Reply(calls=[JAZZ])])
    async with open_door(office, database, reading) as door, visit(door, office) as [visitor]:
        read = await visitor.say("read it")
        assert "description" in results(read)[0]["untrusted"]
        assert next(event for event in read if event["type"] == "STATE_SNAPSHOT")["snapshot"]["tainted"] is True
        assert interrupts(await visitor.say("create it")), "it asks although the organisation lets it apply"
    assert office.count("events") == 1


async def test_control_a_conversation_without_such_text_applies_at_once(
    office: Office, database: ClonedDatabase
) -> None:
    office.sql("update public.organizations set auto_apply = true")
    model = ScriptedModel([Reply(calls=[READ]), Reply("Read."), Reply(calls=[JAZZ]), Reply("Done.")])
    async with open_door(office, database, model) as door, visit(door, office) as [visitor]:
        await visitor.say("read it")
        assert interrupts(await visitor.say("create it")) == []
    assert office.count("events") == 1


async def test_a_frontend_tool_is_answered_by_the_page(office: Office, database: ClonedDatabase) -> None:
    show: Reply = Reply(calls=[("show_on_page", {"kind": "event", "id": str(uuid4())})])
    model = ScriptedModel([show, Reply("It is on the page.")])
    async with open_door(office, database, model) as door, visit(door, office) as [visitor]:
        asked = await visitor.say("show it")
        call_id = next(event["toolCallId"] for event in asked if event["type"] == "TOOL_CALL_START")
        assert kinds(asked)[-1] == "RUN_FINISHED"
        answer = {"id": "p1", "role": "tool", "toolCallId": call_id, "content": '{"shown":true}'}
        assert said(await visitor.run(visitor.body(messages=[answer]))) == "It is on the page."
        late = await visitor.run(visitor.body(messages=[{**answer, "content": "again"}]))
        assert said(late) == ""


@pytest.mark.parametrize("role", ["viewer"])
async def test_a_viewer_can_not_even_propose(office: Office, database: ClonedDatabase, role: str) -> None:
    viewer = await office.colleague(role)
    model = ScriptedModel([Reply(calls=[JAZZ]), Reply("You may not.")])
    async with open_door(office, database, model) as door, visit(door, viewer) as [visitor]:
        events = await visitor.say("Jazz night")
    assert results(events)[0]["error"]["code"] == "forbidden"
    assert office.count("proposals") == 0
