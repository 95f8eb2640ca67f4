"""One process that sells, started by bench.sell: the operation called in process, or the whole service behind HTTP."""

from __future__ import annotations

import asyncio
import gc
import json
import os
import sys
import time
from collections.abc import Coroutine
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID, uuid4

import uvicorn
import uvloop

from api.logs import configure_logging
from tests.builders import serving
from tests.postgres import ClonedDatabase
from tools.catalog import CATALOG
from tools.context import Caller, Greenroom
from tools.kit.paging import CursorSigner
from tools.store.database import Database

Result = TypeVar("Result")

SELL = CATALOG["sell_tickets"]


async def call_operation(dsn: str, work: dict[str, Any]) -> dict[str, Any]:
    """Sells for `seconds` with so many callers at once, each with a key of its own. Answers what was acknowledged and the waits."""
    database = Database(dsn, pool_size=10)
    await database.open()
    greenroom = Greenroom(
        database=database, catalog=CATALOG, cursors=CursorSigner("a secret only the bench knows, long enough")
    )
    waits: list[float] = []
    try:
        await _sell(greenroom, work, time.monotonic() + 0.5, [])
        before = time.process_time()
        began = time.monotonic()
        await _sell(greenroom, work, began + work["seconds"], waits)
        took = time.monotonic() - began
        return {"orders": len(waits), "seconds": took, "waits": waits, "cpu": time.process_time() - before}
    finally:
        await database.close()


async def _sell(greenroom: Greenroom, work: dict[str, Any], until: float, waits: list[float]) -> None:
    async def buyer(number: int) -> None:
        caller = Caller(user_id=UUID(work["people"][number % len(work["people"])]))
        ticket_types = work["ticket_types"]
        turn = number
        while time.monotonic() < until:
            asked = time.monotonic()
            data = SELL.input.model_validate({
                "event": work["event"], "ticket_type": ticket_types[turn % len(ticket_types)], "quantity": work["quantity"],
                "payment_method": "card", "buyer": f"Buyer {number} <b{number}@example.org>",
            })  # fmt: skip
            await SELL(greenroom, replace(caller, idempotency_key=uuid4().hex), data)
            waits.append(time.monotonic() - asked)
            turn += 1

    await asyncio.gather(*(buyer(number) for number in range(work["clients"])))


async def serve(port: int, folder: Path, database: ClonedDatabase) -> None:
    configure_logging(quiet=False)
    async with serving(database, folder) as service:
        config = uvicorn.Config(
            service.app, host="127.0.0.1", port=port, lifespan="off", log_level="error", access_log=False
        )
        gc.freeze()
        await uvicorn.Server(config).serve()


def _run(work: Coroutine[Any, Any, Result]) -> Result:
    """On the loop the service itself runs on."""
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(work)


def main() -> None:
    """`operation DSN WORK` prints what it measured; `service PORT FOLDER DSN ADMIN_DSN` serves until it is stopped."""
    match sys.argv[1:]:
        case ["operation", dsn, work]:
            gc.freeze()
            measured = json.dumps(_run(call_operation(dsn, json.loads(work))))
            os.set_blocking(
                sys.stdout.fileno(), True
            )  # The loop leaves the pipe otherwise, and what it can not take at once is lost.
            print(measured)
        case ["service", port, folder, dsn, admin_dsn]:
            _run(serve(int(port), Path(folder), ClonedDatabase("bench", dsn, admin_dsn)))
        case _:
            raise SystemExit(main.__doc__)


if __name__ == "__main__":
    main()
