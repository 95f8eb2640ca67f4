"""Adds the copilot to a service: the model, the guard between it and the tools, and the door people talk to it through."""

from __future__ import annotations

from dataclasses import dataclass, replace

from langchain_core.language_models import BaseChatModel
from pydantic import BaseModel

from agent.calls import Guard
from agent.guard import GroundingGuard
from agent.model import build_model, name_of
from api.copilot import CopilotDoor, routes
from api.edge import MeteredRoute
from api.parts import ModelFacts, Parts
from tools.context import Caller
from tools.kit.settings import Settings
from tools.proposals.models import Proposal


@dataclass(frozen=True, slots=True)
class Brain:
    """The model behind the copilot, its guard, and what is told about it."""

    model: BaseChatModel
    guard: Guard
    facts: ModelFacts


def hosted_brain(settings: Settings) -> Brain | None:
    """The endpoint of the settings; None when none is set."""
    model = build_model(settings)
    if model is None:
        return None
    facts = ModelFacts(provider="openai", name=name_of(model), description="an OpenAI-compatible endpoint")
    return Brain(model, GroundingGuard(), facts)


def with_copilot(parts: Parts, dsn: str, brain: Brain) -> Parts:
    """The parts and a copilot, which keeps its conversations in the database of `dsn`."""
    settings = parts.settings
    door = CopilotDoor(
        parts.greenroom,
        brain.model,
        brain.guard,
        dsn,
        timeout_seconds=settings.model_timeout_seconds,
        token_budget=settings.run_token_budget,
        pool_size=settings.database_pool_size,
    )

    async def tell(caller: Caller, decided: BaseModel) -> None:
        """After a proposal was decided, over whichever door, the conversation that waits for it goes on."""
        if isinstance(decided, Proposal):
            await door.told(caller, decided)

    parts.greenroom.listeners.append(tell)
    metered = [MeteredRoute(route.path, route.endpoint, methods=list(route.methods or ())) for route in routes(door)]
    return replace(
        parts, model=brain.facts, routes=(*parts.routes, *metered), surroundings=(*parts.surroundings, door.open)
    )
