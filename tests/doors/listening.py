"""A service on a port of its own, for clients that speak real HTTP. Holds no test."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import uvicorn

from tests.builders import Service


@asynccontextmanager
async def listening(service: Service) -> AsyncIterator[str]:
    """Answers the origin."""
    server = uvicorn.Server(uvicorn.Config(service.app, port=0, lifespan="off", log_config=None, access_log=False))
    task = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    await task
