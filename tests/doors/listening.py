"""A service on a port of its own, for clients that speak real HTTP. Holds no test."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import uvicorn

from tests.builders import Service


@asynccontextmanager
async def listening(service: Service) -> AsyncIterator[str]:
    """Answers the origin."""
    with socket.create_server(("127.0.0.1", 0)) as bound:
        async with running(service.app, bound):
            yield f"http://127.0.0.1:{bound.getsockname()[1]}"


@asynccontextmanager
async def running(app: Any, bound: socket.socket) -> AsyncIterator[None]:
    """The ASGI application at an address that was taken before, for one that has to know its own."""
    server = uvicorn.Server(uvicorn.Config(app, lifespan="off", log_config=None, access_log=False))
    task = asyncio.create_task(server.serve(sockets=[bound]))
    while not server.started:
        await asyncio.sleep(0.01)
    try:
        yield
    finally:
        server.should_exit = True
        await task
