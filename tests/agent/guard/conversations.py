"""The datasets' conversations as the guard meets them, and what counts as a wrong write in them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

from langchain_core.messages import HumanMessage, ToolMessage

from agent.calls import Call, Checked, Guard, ids_in
from agent.guard import GroundingGuard
from evals.dataset import Case, Expected, load_world
from tools.catalog import CATALOG
from tools.operation import Effect
from tools.threads.models import World

MADE = tuple[str, dict[str, Any]]

TOLD = load_world()
ZONE = ZoneInfo(TOLD.timezone)
NOW = datetime.fromisoformat(TOLD.aware(TOLD.now))
GUARD = GroundingGuard()


def id_of(name: str) -> str:
    return str(uuid5(NAMESPACE_URL, name))


def a_world(extra: Sequence[dict[str, Any]] = ()) -> World:
    context = TOLD.context()
    events = [{**event, "id": id_of(event["name"])} for event in context["events"]]
    events += [
        {"id": id_of(e["name"]), "name": e["name"], "start_date": TOLD.aware(e["starts_at"]), "venue": e.get("venue")}
        for e in extra
    ]
    venues = [{**venue, "id": id_of(venue["name"])} for venue in context["venues"]]
    return World({"name": "Canal Events"}, events, venues, NOW, TOLD.timezone, TOLD.currency, "en", False)


def check(
    texts: Sequence[str],
    *made: MADE,
    trusted: frozenset[str] = frozenset(),
    guard: Guard = GUARD,
    world: World | None = None,
) -> Checked:
    known = world or a_world()
    calls = [Call(f"call_{place}", name, dict(arguments)) for place, (name, arguments) in enumerate(made)]
    ids = frozenset(ids_in([known.events, known.venues])) | trusted
    return guard.check(calls, texts, known, ids, NOW, ZONE, TOLD.currency)


def check_case(case: Case, made: Sequence[MADE], guard: Guard = GUARD) -> Checked:
    messages = case.messages(TOLD)
    texts = [str(message.content) for message in messages if isinstance(message, HumanMessage)]
    trusted = {
        one for m in messages if isinstance(m, ToolMessage) for one in ids_in(json.loads(str(m.content)))
    }  # fmt: skip
    return check(texts, *made, trusted=frozenset(trusted), guard=guard, world=a_world(case.events))


def made_of(checked: Checked) -> list[MADE]:
    return [(call.name, call.arguments) for call in checked.calls]


def right_plans(case: Case) -> Iterator[list[MADE]]:
    """Every plan the case accepts, once with the arguments it needs and once with all of them."""
    for plan in case.accepts:
        if plan:
            yield [
                (one.operation, {name: values[0] for name, values in one.args.items() if name not in one.optional})
                for one in plan
                if not one.may_be_absent
            ]
            yield [
                (one.operation, {name: values[0] for name, values in one.args.items() if _takes(one.operation, name)})
                for one in plan
            ]


def _takes(operation: str, argument: str) -> bool:
    return argument in CATALOG[operation].input.model_fields


def is_write(name: str) -> bool:
    return name in CATALOG and CATALOG[name].effect is not Effect.read


def wrong_writes(case: Case, made: Sequence[MADE]) -> list[MADE]:
    """The writes that no plan of the case contains; doing less than a plan is no wrong write."""
    writes = [one for one in made if is_write(one[0])]
    best = writes
    for plan in case.accepts or ((),):
        open_steps = list(plan)
        wrong: list[MADE] = []
        for write in writes:
            step = next((one for one in open_steps if _fits(one, write)), None)
            if step is None:
                wrong.append(write)
            else:
                open_steps.remove(step)
        best = wrong if len(wrong) < len(best) else best
    return best


def _fits(step: Expected, made: MADE) -> bool:
    name, arguments = made
    if name != step.operation or arguments.keys() - step.args.keys():
        return False
    for argument, allowed in step.args.items():
        if argument not in arguments:
            if argument not in step.optional | step.loose:
                return False
        elif argument in step.loose:
            if not set(str(arguments[argument]).lower().split()) <= set(str(allowed[0]).lower().split()):
                return False
        elif not any(_equal(arguments[argument], one) for one in allowed):
            return False
    return True


def _equal(one: Any, other: Any) -> bool:
    if isinstance(one, str) and isinstance(other, str):
        return one.casefold() == other.casefold()
    return type(one) is type(other) and bool(one == other)
