"""One case on one stage: the conversation goes to a model, its calls through the guard, the writes into a proposal that is approved."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, HumanMessage
from pydantic import ValidationError

from agent.calls import Call, Guard, ids_in
from agent.prompting import steps_waiting
from agent.toolset import Toolset
from evals.dataset import Case, World
from evals.scoring import PlannedCall, is_read
from evals.stage import Stage
from tools.catalog import CATALOG
from tools.errors import AppError
from tools.threads.models import World as Surroundings


@dataclass(frozen=True, slots=True)
class Played:
    """What came of it: the calls after the guard, what was said, and why nothing was done where that is so."""

    calls: tuple[PlannedCall, ...]
    said: str
    refused: str | None = None


async def answer(model: BaseChatModel, guard: Guard, case: Case, world: World) -> Played:
    """What a model would do after the guard; nothing is run."""
    toolset = Toolset(CATALOG)
    messages = case.messages(world)
    spoken = await model.bind_tools(toolset.schemas).ainvoke(messages)
    assert isinstance(spoken, AIMessage)
    calls = [Call(str(made["id"]), made["name"], dict(made["args"])) for made in spoken.tool_calls]
    around = surroundings(case, world)
    texts = [str(message.content) for message in messages if isinstance(message, HumanMessage)]
    trusted = frozenset(ids_in([around.events, around.venues, list(case.history)])) | {file.id for file in case.files}
    zone, waiting = ZoneInfo(world.timezone), steps_waiting(messages)
    checked = guard.check(calls, texts, around, trusted, around.now, zone, world.currency, None, waiting)
    if checked.question:
        return Played((), checked.question)
    return Played(tuple((call.name, dict(call.arguments)) for call in checked.calls), str(spoken.text))


def surroundings(case: Case, world: World) -> Surroundings:
    """The world around the case as the guard sees it: what the system message tells the model."""
    told = re.search(r"<context>(.*)</context>", str(case.messages(world)[0].content), re.DOTALL)
    assert told is not None
    context = json.loads(told[1])
    return Surroundings(
        organization={"name": context["organization"]},
        events=context["events"],
        venues=context["venues"],
        now=datetime.fromisoformat(context["now"]),
        timezone=world.timezone,
        currency=world.currency,
        locale="en",
        auto_apply=False,
    )


async def act_out(stage: Stage, around: Surroundings, calls: Sequence[PlannedCall]) -> str | None:
    """Proposes and approves the writes as the organiser would. Answers why nothing was done, or None."""
    # The datasets' world has ids of its own; on the stage things go by their names.
    names = {row["id"]: row["name"] for row in (*around.events, *around.venues)}
    steps = [
        {"operation": name, "input": {field: names.get(str(value), value) for field, value in arguments.items()}}
        for name, arguments in calls
        if not is_read(name)
    ]
    if not steps:
        return None
    try:
        proposal = await stage.do("propose", {"steps": steps})
        if not proposal.preview.ok:
            return " ".join(proposal.preview.conflicts)
        await stage.do("approve_proposal", {"proposal": proposal.id, "digest": proposal.digest})
    except (AppError, ValidationError) as error:
        return str(error)
    return None
