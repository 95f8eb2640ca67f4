"""Everything one running service consists of, composed by whoever starts it. Makes nothing itself."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from typing import Any, Literal

from pydantic import BaseModel
from starlette.requests import Request
from starlette.routing import BaseRoute
from starlette.types import ASGIApp

from api.limits import Allowances, Limits
from tools.context import Greenroom
from tools.kit.settings import Settings
from tools.store.identity import IdentityGateway, TokenVerifier

Surrounding = Callable[[], AbstractAsyncContextManager[Any]]
Sweep = Callable[[], Awaitable[Any]]


class ModelFacts(BaseModel):
    """Which model answers, in the words `/healthz` tells. `coverage` is what was measured of the rules planner."""

    provider: Literal["rules", "openai"]
    name: str
    description: str
    coverage: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Parts:
    """What the doors need, and the routes of doors that are composed elsewhere.

    `surroundings` are opened in order before the first request, after the database, and closed after the last.
    """

    settings: Settings
    greenroom: Greenroom
    verifier: TokenVerifier
    identity: IdentityGateway
    limits: Limits
    allowances: Allowances
    model: ModelFacts
    demo: bool = False
    routes: tuple[BaseRoute, ...] = ()
    mounts: Mapping[str, ASGIApp] = field(default_factory=dict)
    surroundings: tuple[Surrounding, ...] = ()
    sweeps: tuple[Sweep, ...] = ()


def parts_of(request: Request) -> Parts:
    parts: Parts = request.app.state.parts
    return parts
