"""The whole service on a port, in a thread of its own, for clients that are programs themselves. Holds no test."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import uvicorn

from tests.builders import Service
from tests.postgres import ClonedDatabase
from tests.proof.house import open_house

Result = TypeVar("Result")


@dataclass(frozen=True)
class Standing:
    """`run` lets the service's own loop do something."""

    url: str
    service: Service
    loop: asyncio.AbstractEventLoop

    def run(self, work: Coroutine[Any, Any, Result], seconds: float = 60) -> Result:
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(seconds)


@contextmanager
def standing(database: ClonedDatabase, folder: Path, **settings: Any) -> Iterator[Standing]:
    listener = socket.socket(proto=socket.IPPROTO_TCP)
    listener.bind(("127.0.0.1", 0))
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, name="standing", daemon=True)
    thread.start()
    opening = open_house(database, folder, **settings)

    async def start() -> tuple[Service, uvicorn.Server, asyncio.Task[None]]:
        service = await opening.__aenter__()
        server = uvicorn.Server(uvicorn.Config(service.app, log_level="error", lifespan="off", access_log=False))
        task = asyncio.create_task(server.serve(sockets=[listener]))
        while not server.started:
            await asyncio.sleep(0.01)
        return service, server, task

    async def stop(server: uvicorn.Server, task: asyncio.Task[None]) -> None:
        server.should_exit = True
        await task
        await opening.__aexit__(None, None, None)

    service, server, task = asyncio.run_coroutine_threadsafe(start(), loop).result(60)
    try:
        yield Standing(f"http://127.0.0.1:{listener.getsockname()[1]}", service, loop)
    finally:
        asyncio.run_coroutine_threadsafe(stop(server, task), loop).result(60)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()
