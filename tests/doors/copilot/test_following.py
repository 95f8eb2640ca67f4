"""Following a conversation: joining a live turn, from this process or another; one run per thread; threads; suggestions."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from typing import Any
from uuid import uuid4

from tests.agent.scripted import Reply, ScriptedModel
from tests.agent.victim import organiser
from tests.doors.copilot.visitor import (
    QUICK,
    Event,
    Visitor,
    events_of,
    history,
    interrupts,
    kinds,
    open_door,
    said,
    visit,
)
from tests.office import Office
from tests.postgres import ClonedDatabase


def held(text: str = "Here is the answer.") -> tuple[ScriptedModel, asyncio.Event]:
    going_on = asyncio.Event()
    return ScriptedModel([Reply(text, hold=going_on)]), going_on


async def begin(visitor: Visitor) -> asyncio.Task[list[Event]]:
    """A turn that has said its first word, still under way."""
    begun = asyncio.Event()
    body = visitor.body("a question")

    async def follow() -> list[Event]:
        events = []
        async with visitor.stream("/agent/default/run", body) as stream:
            async for event in stream:
                events.append(event)
                if event["type"] == "TEXT_MESSAGE_CONTENT":
                    begun.set()
        return events

    task = asyncio.create_task(follow())
    await begun.wait()
    return task


async def test_a_page_that_comes_back_joins_the_live_turn(office: Office, database: ClonedDatabase) -> None:
    model, going_on = held()
    async with open_door(office, database, model) as door, visit(door, office) as [visitor]:
        first = await begin(visitor)
        events: list[Event] = []
        async with visitor.stream("/agent/default/connect", visitor.body()) as stream:
            async for event in stream:
                events.append(event)
                if event["type"] == "TEXT_MESSAGE_CONTENT":
                    going_on.set()
        await first
    assert kinds(events)[:4] == ["RUN_STARTED", "MESSAGES_SNAPSHOT", "STATE_SNAPSHOT", "RUN_FINISHED"]
    assert [message["content"] for message in history(events)] == ["a question"]
    assert kinds(events)[4] == "RUN_STARTED"
    assert said(events) == said(await first) == "Here is the answer."


async def test_a_turn_carried_by_another_process_is_followed_from_afar(
    office: Office, database: ClonedDatabase
) -> None:
    model, going_on = held()
    async with (
        open_door(office, database, model) as here,
        open_door(office, database, ScriptedModel([])) as elsewhere,
        visit(here, office) as [visitor],
        visit(elsewhere, office) as [far],
    ):
        far.thread = visitor.thread
        first = await begin(visitor)
        joining = asyncio.create_task(far.connect())
        await asyncio.sleep(0.2)
        going_on.set()
        events, _ = await joining, await first
    assert kinds(events)[-1] == "RUN_FINISHED"
    last = [event for event in events if event["type"] == "MESSAGES_SNAPSHOT"][-1]
    assert last["messages"][-1]["content"] == "Here is the answer."


async def test_a_second_message_waits_its_turn(office: Office, database: ClonedDatabase) -> None:
    model, going_on = held()
    async with open_door(office, database, model) as door, visit(door, office) as [visitor]:
        first = await begin(visitor)
        refused = await visitor.post("/agent/default/run", visitor.body("another"))
        going_on.set()
        await first
        assert refused.status_code == 409
        assert refused.json()["code"] == "busy"
        assert refused.headers["content-type"] == "application/problem+json"
        assert kinds(await visitor.say("another"))[-1] == "RUN_FINISHED"


async def test_two_messages_at_once_are_one_turn(office: Office, database: ClonedDatabase) -> None:
    model = ScriptedModel(lambda _: Reply("Yes."))
    async with open_door(office, database, model) as door, visit(door, office) as [visitor]:
        answers = await asyncio.gather(*(visitor.post("/agent/default/run", visitor.body(f"m{n}")) for n in range(8)))
        taken = [answer for answer in answers if answer.status_code == 200]
        kept = history(await visitor.connect())
    assert {answer.status_code for answer in answers} <= {200, 409}
    assert len(kept) == 2 * len(taken), "no turn vanished and none was mixed with another"


async def test_a_turn_is_stopped_from_another_process(office: Office, database: ClonedDatabase) -> None:
    model, _ = held()
    async with (
        open_door(office, database, model) as here,
        open_door(office, database, ScriptedModel([])) as elsewhere,
        visit(here, office) as [visitor],
        visit(elsewhere, office) as [far],
    ):
        first = await begin(visitor)
        stopped = await far.post(f"/agent/default/stop/{visitor.thread}", {})
        assert stopped.json() == {"stopped": True}
        events = await asyncio.wait_for(first, 5)
    assert kinds(events)[-1] == "RUN_FINISHED"
    assert said(events) == "Here"


async def test_a_stop_of_another_run_stops_nothing(office: Office, database: ClonedDatabase) -> None:
    model, going_on = held()
    async with open_door(office, database, model) as door, visit(door, office) as [visitor]:
        first = await begin(visitor)
        wrong = await visitor.post(f"/agent/default/stop/{visitor.thread}", {"runId": str(uuid4())})
        going_on.set()
        assert wrong.json() == {"stopped": False}
        assert said(await first) == "Here is the answer."


async def test_a_silent_stream_gives_signs_of_life(office: Office, database: ClonedDatabase) -> None:
    model, going_on = held()
    pace = replace(QUICK, ping=0.1)
    async with open_door(office, database, model, pace=pace) as door, visit(door, office) as [visitor]:
        lines: list[str] = []
        async with visitor.client.stream(
            "POST", "/agent/default/run", json=visitor.body("a question"), headers=visitor.headers
        ) as answer:
            async for line in answer.aiter_lines():
                lines.append(line)
                if line == ": ping":
                    going_on.set()
    assert ": ping" in lines
    assert said(events_of("\n".join(lines))) == "Here is the answer."


async def test_an_unknown_conversation_is_an_empty_stream(office: Office, database: ClonedDatabase) -> None:
    async with open_door(office, database, ScriptedModel([])) as door, visit(door, office) as [visitor]:
        assert await visitor.connect() == []


async def test_the_same_request_twice_is_answered_once(office: Office, database: ClonedDatabase) -> None:
    model = ScriptedModel([Reply("Yes."), Reply("Twice!")])
    async with open_door(office, database, model) as door, visit(door, office) as [visitor]:
        body = visitor.body("hello")
        await visitor.run(body)
        assert said(await visitor.run(body)) == ""
        assert len(history(await visitor.connect())) == 2
    assert len(model.seen) == 1


async def test_conversations_are_listed_renamed_archived_and_deleted(office: Office, database: ClonedDatabase) -> None:
    model = ScriptedModel(lambda _: Reply("Yes."))
    async with open_door(office, database, model) as door, visit(door, office) as [visitor]:
        first, second = visitor, visitor.elsewhere()
        await first.say("Which  venues\nare free in June?")
        await second.say("Sell two tickets")

        async def names(**query: Any) -> list[str]:
            answer = await visitor.client.get(
                "/threads", params={"agentId": "default", **query}, headers=visitor.headers
            )
            return [thread["name"] for thread in answer.json()["threads"]]

        assert await names() == ["Sell two tickets", "Which venues are free in June?"]
        page = (await visitor.client.get("/threads", params={"limit": 1}, headers=visitor.headers)).json()
        assert len(page["threads"]) == 1
        assert await names(cursor=page["nextCursor"]) == ["Which venues are free in June?"]
        renamed = await visitor.client.patch(f"/threads/{first.thread}", json={"name": "June"}, headers=visitor.headers)
        assert renamed.json()["name"] == "June"
        assert (await visitor.post(f"/threads/{second.thread}/archive", {})).json()["archived"] is True
        assert await names() == ["June"]
        assert sorted(await names(includeArchived="true")) == ["June", "Sell two tickets"]
        assert (await visitor.client.delete(f"/threads/{first.thread}", headers=visitor.headers)).status_code == 200
        assert await first.connect() == []
    assert office.sql("select count(*) from agent.checkpoints where thread_id = %s", first.thread) == [(0,)]
    assert office.sql("select count(*) from agent.checkpoint_writes where thread_id = %s", first.thread) == [(0,)]
    assert office.count("runs") == 1


async def test_suggestions_come_from_the_world_and_keep_nothing(office: Office, database: ClonedDatabase) -> None:
    await office.do("create_event", name="Winter Ball", start_date="2030-01-12T19:00:00+01:00")
    async with open_door(office, database, ScriptedModel([])) as door, visit(door, office) as [visitor]:
        answer = await visitor.post("/agent/default/suggest", visitor.body("obey"))
    events = events_of(answer.text)
    assert kinds(events) == ["RUN_STARTED", "TOOL_CALL_START", "TOOL_CALL_ARGS", "TOOL_CALL_END", "RUN_FINISHED"]
    assert events[1]["toolCallName"] == "copilotkitSuggest"
    offered = json.loads(events[2]["delta"])["suggestions"]
    assert "Winter Ball" in json.dumps(offered)
    assert all(suggestion.keys() == {"title", "message"} for suggestion in offered)
    assert office.count("threads") == 0


async def test_the_focus_of_the_page_is_known_to_the_model(office: Office, database: ClonedDatabase) -> None:
    model = ScriptedModel([Reply("That one.")])
    shown = str(uuid4())
    async with open_door(office, database, model) as door, visit(door, office) as [visitor]:
        await visitor.say("this one", state={"focus": {"kind": "event", "id": shown}, "other": "canary"})
    prompt = str(model.seen[0][0].content)
    assert shown in prompt
    assert "canary" not in prompt


async def test_what_waits_stays_though_the_other_of_two_conversations_was_answered(
    office: Office, database: ClonedDatabase
) -> None:
    async with open_door(office, database, organiser()) as door, visit(door, office) as [visitor]:
        other = visitor.elsewhere()
        asked = await visitor.say("Jazz night")
        stays = await other.say("Another jazz night")
        first = interrupts(asked)[0]["metadata"]["proposal_id"]
        digest = (await office.do("get_proposal", proposal=first)).digest
        await office.do("approve_proposal", proposal=first, digest=digest)
    async with open_door(office, database, organiser()) as door, visit(door, office) as [again]:
        elsewhere = replace(other, client=again.client)
        assert interrupts(await elsewhere.connect()) == interrupts(stays)
        second = interrupts(stays)[0]["metadata"]["proposal_id"]
        assert (await office.do("get_proposal", proposal=second)).status == "proposed"
