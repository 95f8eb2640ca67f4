"""The copilot as it stands without a key: the rules planner, the real guard, the real operations, decided over REST's operations."""

from __future__ import annotations

import asyncio

from agent.guard import GroundingGuard
from embedded.planner.model import RulesPlanner
from tests.doors.copilot.visitor import history, interrupts, open_door, results, said, visit
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
