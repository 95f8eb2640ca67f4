"""From a model's write calls to one proposal, and what became of it. Effects are keyed by the run: done twice, they happen once."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from typing import Any, Literal
from uuid import UUID

from pydantic import BaseModel

from agent.calls import Call
from agent.state import TurnContext
from agent.toolset import UNDO, Answer, Toolset, read_input, shows_outsiders
from tools.context import Caller
from tools.errors import AppError, Conflict, NotFound
from tools.operation import AnyOperation, Effect

UNDECIDED = frozenset({"proposed", "stale", "approved"})

OTHERS_WAIT = "Undoing goes alone: nothing else was proposed with it. Send the other calls after it was decided."


@dataclass(frozen=True, slots=True)
class Proposed:
    """`waiting` is the proposal the turn goes on with, `shown_by` the call whose answer carries it, `tainted` whether that
    answer shows text of outsiders."""

    answers: dict[str, Answer]
    goes_to: Literal["think", "ask", "tell"]
    waiting: str | None = None
    shown_by: str | None = None
    tainted: bool = False


@dataclass(frozen=True, slots=True)
class Became:
    status: str
    content: str
    undecided: bool = field(default=False)
    tainted: bool = field(default=False)


class Proposing:
    def __init__(self, toolset: Toolset) -> None:
        self._toolset = toolset

    async def propose(
        self, context: TurnContext, caller: Caller, calls: list[Call], *, replaces: str | None, step: int, tainted: bool
    ) -> Proposed:
        """One proposal of all the calls, in their order. `replaces` is the undecided one it takes the place of."""
        undo = next((call for call in calls if call.name == UNDO), None)
        made = [call for call in calls if call is undo] if undo else calls
        answers = {call.id: Answer.refused(Conflict(OTHERS_WAIT)) for call in calls if undo and call is not undo}
        inputs, refused = self._inputs([call for call in made if call is not undo])
        if refused:
            others = Answer.refused(
                Conflict("Nothing was proposed, because another call of the same answer was refused.")
            )
            return Proposed({**{call.id: others for call in made}, **refused, **answers}, "think")
        try:
            if undo:
                proposal = await _run(context, caller, UNDO, proposal=undo.arguments.get("proposal"))
            else:
                steps = [
                    {"operation": call.name, "input": sent.model_dump(mode="json", exclude_unset=True)}
                    for call, sent in zip(made, inputs, strict=True)
                ]
                proposal = await _run(
                    context,
                    caller,
                    "propose",
                    steps=steps,
                    thread_id=caller.thread_id,
                    run_id=caller.run_id,
                    proposal_id=context.proposal_id(step),
                    replaces=replaces,
                )
        except AppError as error:
            return Proposed({**answers, **{call.id: Answer.refused(error) for call in made}}, "think")
        return await self._shown(context, caller, made, proposal, answers, tainted)

    async def _shown(
        self,
        context: TurnContext,
        caller: Caller,
        calls: list[Call],
        proposal: dict[str, Any],
        answers: dict[str, Answer],
        tainted: bool,
    ) -> Proposed:
        proposal_id = proposal["id"]
        shown_by, *others = calls
        card = Answer(_card(proposal))
        beside = {
            call.id: Answer(json.dumps({"proposal_id": proposal_id, "step": index}))
            for index, call in enumerate(others, start=1)
        }
        all_answers = {**answers, shown_by.id: card, **beside}
        shows = shows_outsiders(proposal, context.greenroom.catalog)
        if not proposal["preview"]["ok"]:
            return Proposed(all_answers, "think", tainted=shows)
        if self._applies_alone(context, proposal, tainted):
            await _run(context, caller, "approve_proposal", proposal=proposal_id, digest=proposal["digest"])
            return Proposed(all_answers, "tell", proposal_id, shown_by.id, shows)
        return Proposed(all_answers, "ask", proposal_id, shown_by.id, shows)

    def _inputs(self, calls: list[Call]) -> tuple[list[BaseModel], dict[str, Answer]]:
        inputs: list[BaseModel] = []
        refused: dict[str, Answer] = {}
        for call in calls:
            try:
                inputs.append(self._toolset.input_of(call))
            except AppError as error:
                refused[call.id] = Answer.refused(error)
        return inputs, refused

    def _applies_alone(self, context: TurnContext, proposal: dict[str, Any], tainted: bool) -> bool:
        """The organisation lets reversible steps apply without asking; never after text of outsiders was read."""
        world = context.world
        return bool(
            world
            and world.auto_apply
            and not tainted
            and all(step["effect"] == Effect.write for step in proposal["steps"])
        )

    @staticmethod
    async def look_up(context: TurnContext, proposal_id: UUID) -> Became | None:
        """What became of a proposal; None when it is gone."""
        try:
            proposal = await _run(
                context, replace(context.caller, idempotency_key=None), "get_proposal", proposal=proposal_id
            )
        except NotFound:
            return None
        status = str(proposal["status"])
        shows = shows_outsiders(proposal, context.greenroom.catalog)
        return Became(status, _card(proposal), status in UNDECIDED, shows)


async def _run(context: TurnContext, caller: Caller, name: str, **arguments: Any) -> dict[str, Any]:
    found: AnyOperation = context.greenroom.catalog[name]
    known = {key: value for key, value in arguments.items() if value is not None}
    result: BaseModel = await found(context.greenroom, caller, read_input(found, known))
    return result.model_dump(mode="json")


def _card(proposal: dict[str, Any]) -> str:
    return json.dumps({"proposal": proposal}, ensure_ascii=False, separators=(",", ":"))
