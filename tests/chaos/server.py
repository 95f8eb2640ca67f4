"""The service as a process of its own, to be killed: `python -m tests.chaos.server PORT FOLDER DSN ADMIN_DSN`. Holds no test.

It serves once a line comes in, so that the next one is loaded while the one before still lives.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import uvicorn

from tests.builders import serving
from tests.postgres import ClonedDatabase


async def serve(port: int, folder: Path, database: ClonedDatabase) -> None:
    async with serving(database, folder) as service:
        config = uvicorn.Config(service.app, host="127.0.0.1", port=port, lifespan="off", log_level="error")
        await uvicorn.Server(config).serve()


if __name__ == "__main__":
    port, folder, dsn, admin_dsn = sys.argv[1:]
    sys.stdin.readline()
    asyncio.run(serve(int(port), Path(folder), ClonedDatabase("chaos", dsn, admin_dsn)))
