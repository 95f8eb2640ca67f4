"""Somebody is put out of the organisation while a turn of theirs is under way: its next step is refused."""

from __future__ import annotations

import asyncio
import json
import time
from typing import Any

import pytest

from tests.agent.scripted import Reply, ScriptedModel
from tests.doors.copilot.visitor import Event, Visitor, kinds, open_door, results, visit
from tests.office import Office
from tests.postgres import ClonedDatabase

AT_ONCE_SECONDS = 1.0


async def turn(visitor: Visitor, model: ScriptedModel, going_on: asyncio.Event, office: Office, *, out: bool) -> Any:
    """A turn that reads, then waits in the middle of a word, then reads again and wants to write; and how long the rest took."""
    events: list[Event] = []
    resumed_at = 0.0
    async with visitor.stream(
        "/agent/default/run", visitor.body("What is on? Then make a venue called Loft.")
    ) as stream:
        async for event in stream:
            events.append(event)
            if event["type"] == "TEXT_MESSAGE_CONTENT" and not going_on.is_set():
                if out:
                    office.sql("delete from public.memberships where user_id = %s", office.caller.user_id)
                resumed_at = time.monotonic()
                going_on.set()
    return events, time.monotonic() - resumed_at


@pytest.mark.parametrize("out", [True, False])
async def test_the_next_step_of_a_turn_is_refused_and_tells_nothing(
    office: Office, database: ClonedDatabase, out: bool
) -> None:
    await office.do("create_venue", name="Blue Room")
    colleague = await office.colleague("staff")
    going_on = asyncio.Event()
    look: tuple[str, dict[str, Any]] = ("find_venues", {})
    make: tuple[str, dict[str, Any]] = ("create_venue", {"name": "Loft"})
    model = ScriptedModel(
        [Reply(calls=[look]), Reply("Well then", hold=going_on, calls=[look]), Reply(calls=[make]), Reply("Done.")]
    )
    async with open_door(office, database, model) as door, visit(door, colleague) as [visitor]:
        events, took = await turn(visitor, model, going_on, colleague, out=out)
    before, after, *_ = results(events)
    assert "Blue Room" in json.dumps(before)
    # The control: whoever is still in goes on.
    assert ("Blue Room" in json.dumps(after)) is not out
    ((proposed,),) = office.sql("select count(*) from public.proposals")
    assert proposed == (0 if out else 1)
    if out:
        assert "not a member" in json.dumps(after)
        assert took < AT_ONCE_SECONDS
        assert kinds(events)[-1] in ("RUN_FINISHED", "RUN_ERROR")
