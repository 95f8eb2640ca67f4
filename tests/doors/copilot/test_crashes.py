"""kill -9 at every point of a turn: another process takes it over, and what happened happened once."""

from __future__ import annotations

import asyncio
import sys
from typing import Any
from uuid import uuid4

import pytest

from api.copilot import CopilotDoor
from tests.agent.scripted import Reply, ScriptedModel
from tests.agent.victim import organiser
from tests.doors.copilot.visitor import Visitor, history, interrupts, open_door, visit
from tests.office import Office
from tests.postgres import ClonedDatabase

POINTS = ("once claimed", "once proposed", "before the checkpoint", "after the checkpoint", "before the run is closed")
KILLED = -9


async def kill_at(point: str, office: Office, database: ClonedDatabase, thread: str, text: str) -> int:
    victim = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.agent.victim", point, database.dsn, str(office.caller.user_id), thread, text
    )
    return await victim.wait()


async def until(condition: Any, seconds: float = 15) -> None:
    async with asyncio.timeout(seconds):
        while not condition():
            await asyncio.sleep(0.05)


def nothing_runs(office: Office) -> bool:
    return office.sql("select count(*) from public.runs where status = 'running'") == [(0,)]


@pytest.mark.timeout(180)
async def test_a_turn_killed_anywhere_asks_exactly_once(office: Office, database: ClonedDatabase) -> None:
    threads = {point: str(uuid4()) for point in POINTS}
    async with open_door(office, database, organiser()):
        """Makes the saver's tables, so that the victims need not."""
    ends = await asyncio.gather(*(kill_at(point, office, database, thread, point) for point, thread in threads.items()))
    assert ends == [KILLED] * len(POINTS)
    assert office.sql("select count(*) from public.runs where status = 'running'") == [(len(POINTS),)]
    async with open_door(office, database, organiser()) as door, visit(door, office) as [visitor]:
        await until(lambda: nothing_runs(office))
        for point, thread in threads.items():
            visitor.thread = thread
            connected = await visitor.connect()
            roles = [message["role"] for message in history(connected)]
            assert roles == ["user", "assistant", "tool"], (point, history(connected))
            assert len(interrupts(connected)) == 1, point
            assert office.sql("select count(*) from public.proposals where thread_id = %s", thread) == [(1,)], point
            assert office.sql("select status, waiting is not null from public.runs join public.threads t on t.id = thread_id"
                              " where thread_id = %s", thread) == [("finished", True)], point  # fmt: skip
    assert office.count("events") == 0


@pytest.mark.timeout(180)
async def test_a_decision_is_told_once_though_its_teller_was_killed(office: Office, database: ClonedDatabase) -> None:
    points = ("once claimed", "before the checkpoint", "after the checkpoint", "before the run is closed")
    threads = {point: str(uuid4()) for point in points}
    async with open_door(office, database, organiser()) as door, visit(door, office) as [visitor]:
        for point, thread in threads.items():
            visitor.thread = thread
            await visitor.say(point)
    # Decided while no door is open: nobody is told yet.
    for proposal, digest in office.sql("select id, digest from public.proposals"):
        await office.do("approve_proposal", proposal=proposal, digest=digest)
    ends = await asyncio.gather(*(kill_at(point, office, database, thread, "-") for point, thread in threads.items()))
    assert ends == [KILLED] * len(points)
    async with open_door(office, database, organiser()) as door, visit(door, office) as [visitor]:
        await until(lambda: nothing_runs(office))
        for point, thread in threads.items():
            visitor.thread = thread
            connected = await visitor.connect()
            told = [message["content"] for message in history(connected) if message["role"] == "assistant"]
            assert told == ["I set it up.", "It is applied."], point
            assert interrupts(connected) == [], point
    assert office.count("events") == len(points)


async def test_a_pending_question_survives_a_restart(office: Office, database: ClonedDatabase) -> None:
    async with open_door(office, database, organiser()) as door, visit(door, office) as [visitor]:
        before = await visitor.say("Jazz night")
        thread = visitor.thread
    async with open_door(office, database, organiser()) as door, visit(door, office) as [visitor]:
        visitor.thread = thread
        connected = await visitor.connect()
        assert interrupts(connected) == interrupts(before)
        [(proposal, digest)] = office.sql("select id, digest from public.proposals")
        await office.do("approve_proposal", proposal=proposal, digest=digest)
        await until_told(visitor, door)
    assert office.count("events") == 1


async def until_told(visitor: Visitor, door: CopilotDoor) -> None:
    async with asyncio.timeout(10):
        while history(await visitor.connect())[-1]["content"] != "It is applied.":
            await asyncio.sleep(0.05)


async def test_two_processes_approving_at_once_write_once_and_tell_once(
    office: Office, database: ClonedDatabase
) -> None:
    async with (
        open_door(office, database, organiser()) as one,
        open_door(office, database, organiser()) as other,
        visit(one, office) as [here],
        visit(other, office) as [there],
    ):
        asked = await here.say("Jazz night")
        there.thread = here.thread
        [(proposal, digest)] = office.sql("select id, digest from public.proposals")
        yes = [office.do("approve_proposal", proposal=proposal, digest=digest) for _ in range(5)]
        entry = {"interruptId": interrupts(asked)[0]["id"], "status": "resolved"}
        pages = (here, there, here, there)
        resumes = [page.post("/agent/default/run", page.body(resume=[entry])) for page in pages]
        answers = await asyncio.gather(*yes, *resumes, return_exceptions=True)
        assert {getattr(answer, "status_code", None) for answer in answers[5:]} <= {200, 409}, answers[5:]
        await until_told(here, one)
        told = [message["content"] for message in history(await there.connect()) if message["role"] == "assistant"]
    assert told == ["I set it up.", "It is applied."]
    assert office.count("events") == 1


async def test_a_turn_that_kills_its_process_again_and_again_is_given_up(
    office: Office, database: ClonedDatabase
) -> None:
    async with open_door(office, database, organiser()) as door, visit(door, office) as [visitor]:
        await visitor.say("Jazz night")
        office.sql(
            "update public.runs set status = 'running', attempts = 3, lease_until = now() - interval '1 second', holder = 'dead'"
        )
        await until(lambda: nothing_runs(office))
    assert office.sql("select status, error_id from public.runs") == [("failed", "attempts")]


async def test_a_process_that_lost_its_lease_stops_carrying_the_run(office: Office, database: ClonedDatabase) -> None:
    stuck = ScriptedModel([Reply("Once upon", hold=asyncio.Event()), Reply("The end.")])
    async with open_door(office, database, stuck) as door, visit(door, office) as [visitor]:
        async with visitor.stream("/agent/default/run", visitor.body("a story")) as stream:
            kinds = []
            async for event in stream:
                kinds.append(event["type"])
                if event["type"] == "TEXT_MESSAGE_CONTENT":
                    office.sql("update public.runs set holder = 'another', lease_until = now() - interval '1 second'")
        assert kinds[-1] == "RUN_ERROR"
        await until(lambda: nothing_runs(office))
        assert history(await visitor.connect())[-1]["content"] == "The end."
