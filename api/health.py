"""For whoever operates the service: is it alive, is it ready, how much does it do. Tells nothing about anybody."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter, Response
from fastapi.responses import PlainTextResponse
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from pydantic import BaseModel

from api import VERSION
from api.deps import PartsDep
from api.edge import Meters
from api.parts import ModelFacts, Parts
from tools.errors import AppError


class Health(BaseModel):
    status: Literal["ok", "degraded"]
    version: str
    demo: bool
    model: ModelFacts
    database: Literal["ok", "unreachable"]


def health_router(meters: Meters) -> APIRouter:
    router = APIRouter(tags=["health"])

    @router.get("/healthz")
    async def healthz(parts: PartsDep) -> Health:
        """Say whether the service runs and what it runs on; answers 200 as long as the process does."""
        return await _health(parts)

    @router.get("/readyz", responses={503: {"model": Health, "description": "The database is out of reach"}})
    async def readyz(parts: PartsDep, response: Response) -> Health:
        """Say whether calls would be answered."""
        health = await _health(parts)
        response.status_code = 200 if health.status == "ok" else 503
        return health

    @router.get("/metrics", response_class=PlainTextResponse)
    async def metrics() -> Response:
        """Counts and times per route in Prometheus' text format."""
        return Response(generate_latest(meters.registry), media_type=CONTENT_TYPE_LATEST)

    return router


async def _health(parts: Parts) -> Health:
    try:
        async with parts.greenroom.database.session(None) as tx:
            await tx.fetch_value("select 1")
        reachable = True
    except AppError:
        reachable = False
    return Health(
        status="ok" if reachable else "degraded",
        version=VERSION,
        demo=parts.demo,
        model=parts.model,
        database="ok" if reachable else "unreachable",
    )
