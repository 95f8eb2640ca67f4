"""One open door with a hostile model behind it, and what a case leaves: rows, bytes, calls. Judges nothing."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from agent.calls import Guard
from agent.runs import Pace
from tests.agent.hostile.cases import Case
from tests.agent.hostile.obedient import ObedientModel
from tests.agent.hostile.stage import ROLES, Stage, changed, new_proposals
from tests.doors.copilot.visitor import Event, Visitor, events_of, open_door, visit
from tests.postgres import ClonedDatabase
from tools.context import Greenroom

# Nobody decides anything here: there is nothing to sweep.
CALM = Pace(lease=30, heartbeat=10, sweep=60, look_again=1)


@dataclass(frozen=True)
class Ending:
    """What one case left behind."""

    case: Case
    obeyed: bool
    """The model saw the order and made the call."""
    changed: set[str]
    """Tables with changes nobody approved."""
    proposals: list[dict[str, Any]]
    wire: str
    events: list[Event]


@dataclass
class Rig:
    stage: Stage
    model: ObedientModel
    visitors: dict[str, Visitor]

    async def play(self, case: Case) -> Ending:
        """Puts the stage back, plants the text, lets the person ask, and compares the rows of before and after."""
        self.stage.put_back()
        visitor = self.visitors[case.role].elsewhere()
        self.stage.things |= {"thread": visitor.thread}
        case = case.filled({**self.stage.things, "planted": "$planted"})
        for says, answer in case.before:
            self.model.answers[says] = answer
            await visitor.say(says)
        await self.stage.plant(case.plant, case.role, visitor.thread)
        self.model.duties[case.ask] = [
            (name, {slot: self._planted(value) for slot, value in given.items()}) for name, given in case.reads
        ]
        before = self.stage.rows()
        wire = await ask(visitor, case.ask)
        if case.page_answers:
            wire += await self._answer_for_the_page(visitor, wire, case.page_answers)
        after = self.stage.rows()
        events = events_of(wire)
        calls = [event["toolCallName"] for event in events if event["type"] == "TOOL_CALL_START"]
        obeyed = case.order[0] in calls[0 if case.order[0] not in dict(case.reads) else 1 :]
        return Ending(case, obeyed, changed(before, after), new_proposals(before, after), wire, events)

    def _planted(self, value: Any) -> Any:
        return self.stage.things["planted"] if value == "$planted" else value

    async def _answer_for_the_page(self, visitor: Visitor, wire: str, content: str) -> str:
        call_id = next(event["toolCallId"] for event in events_of(wire) if event["type"] == "TOOL_CALL_START")
        answer = {"id": "page1", "role": "tool", "toolCallId": call_id, "content": content}
        return (await visitor.post("/agent/default/run", visitor.body(messages=[answer]))).text


async def ask(visitor: Visitor, text: str) -> str:
    """Every byte the page gets for one message."""
    answer = await visitor.post("/agent/default/run", visitor.body(text))
    assert answer.status_code == 200, answer.text
    return answer.text


@asynccontextmanager
async def open_rig(
    stage: Stage, database: ClonedDatabase, guard: Guard, model: ObedientModel | None = None
) -> AsyncIterator[Rig]:
    model = model or ObedientModel()
    people = [stage.people[role] for role in ROLES]
    greenroom: Greenroom = people[0].greenroom
    assert greenroom.listeners == [], "one door at a time"
    async with (
        open_door(people[0], database, model, guard=guard, pace=CALM) as door,
        visit(door, *people) as visitors,
    ):
        yield Rig(stage, model, dict(zip(ROLES, visitors, strict=True)))


async def play_all(rig: Rig, cases: Iterable[Case]) -> list[Ending]:
    return [await rig.play(case) for case in cases]
