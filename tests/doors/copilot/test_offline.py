"""The copilot as it stands without a key: the rules planner, the real guard, the real operations, decided over REST's operations."""

from __future__ import annotations

import asyncio
from typing import Any
from uuid import UUID, uuid4

from agent.guard import GroundingGuard
from embedded.planner.model import RulesPlanner
from tests.doors.copilot.visitor import Visitor, history, interrupts, open_door, results, said, visit
from tests.office import Office
from tests.postgres import ClonedDatabase

JAZZ = "Create an event called Jazz Night on 12 December 2026 from 7pm to 10pm at the Blue Room with 150 tickets at 25 euros"


async def test_an_event_is_planned_shown_approved_and_undone(office: Office, database: ClonedDatabase) -> None:
    async with (
        open_door(office, database, RulesPlanner(), guard=GroundingGuard()) as door,
        visit(door, office) as [visitor],
    ):
        asked = await visitor.say(JAZZ)
        assert interrupts(asked), said(asked)
        card = results(asked)[0]["proposal"]
        assert card["preview"]["ok"]
        assert office.count("events") == 0
        await office.do("approve_proposal", proposal=card["id"], digest=card["digest"])
        async with asyncio.timeout(10):
            while history(await visitor.connect())[-1]["role"] != "assistant":
                await asyncio.sleep(0.05)
        assert (
            office.sql("select name, start_date at time zone 'Europe/Amsterdam' from public.events")[0][0]
            == "Jazz Night"
        )
        undoing = await visitor.say("undo that")
        undo = next(answer["proposal"] for answer in results(undoing) if "proposal" in answer)
        assert undo["undo_of"] == card["id"]
        await office.do("approve_proposal", proposal=undo["id"], digest=undo["digest"])
    assert office.count("events") == 0


async def test_a_question_about_venues_is_answered_from_the_database(office: Office, database: ClonedDatabase) -> None:
    async with (
        open_door(office, database, RulesPlanner(), guard=GroundingGuard()) as door,
        visit(door, office) as [visitor],
    ):
        events = await visitor.say("Which venues do we have in Amsterdam?")
    assert "Blue Room" in said(events)


def attachment(office: Office, by: UUID, name: str) -> str:
    (found,) = office.sql(
        "insert into public.files (org_id, kind, name, media_type, bytes, sha256, path, state, created_by) values"
        " (%s, 'attachment', %s, 'application/pdf', 9, repeat('a', 64), %s, 'ready', %s) returning id::text",
        office.org_id, name, str(uuid4()), by,
    )  # fmt: skip
    return str(found[0])


def asking(visitor: Visitor, file_id: str) -> dict[str, Any]:
    text = {"type": "text", "text": "Which venues do we have in Amsterdam?"}
    file = {"type": "document", "source": {"type": "url", "value": f"/api/files/{file_id}"}}
    return visitor.body() | {"messages": [{"id": str(uuid4()), "role": "user", "content": [text, file]}]}


async def test_files_sent_along_are_named_and_kept_with_the_conversation_and_nobody_elses_are_there(
    office: Office, database: ClonedDatabase
) -> None:
    colleague = await office.colleague("admin")
    own = attachment(office, office.caller.user_id, "plan of the room.pdf")
    other = attachment(office, colleague.caller.user_id, "salaries.pdf")
    async with (
        open_door(office, database, RulesPlanner(), guard=GroundingGuard()) as door,
        visit(door, office) as [visitor],
    ):
        refused = await visitor.post("/agent/default/run", asking(visitor, other))
        told = said(await visitor.run(asking(visitor, own)))
        later = said(await visitor.say("Which venues do we have?"))
        shown = next(message for message in history(await visitor.connect()) if message["role"] == "user")["content"]
    assert refused.status_code == 404
    assert "“plan of the room.pdf”" in told
    assert "Blue Room" in told
    assert "plan of the room" not in later
    assert shown[1]["source"]["value"] == f"/api/files/{own}"
    threads = dict(office.sql("select name, thread_id::text from public.files"))
    assert threads == {"plan of the room.pdf": visitor.thread, "salaries.pdf": None}
