"""A process that carries one run and kills itself with SIGKILL at a named point of it.

Run as `python -m tests.agent.victim <point> <dsn> <user id> <thread id> <text | ->`; `-` goes on after a decision.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Awaitable, Callable
from typing import Any
from unittest.mock import patch
from uuid import UUID

import agent.proposing
import tools.threads.repository
from agent.calls import PassThrough
from agent.checkpoints import Saver
from agent.runs import Pace, Runs
from agent.state import Turn, TurnContext
from api.copilot import CopilotDoor
from tests.agent.scripted import Reply, ScriptedModel, last_results
from tests.office import FIELDS
from tools.catalog import CATALOG
from tools.context import Caller, Greenroom
from tools.kit.paging import CursorSigner
from tools.store.database import Database

JAZZ: tuple[str, dict[str, Any]] = ("create_event", {"name": "Jazz Night", "start_date": "2026-12-12T19:00:00+01:00"})
PACE = Pace(lease=1.0, heartbeat=0.2)


def organiser() -> ScriptedModel:
    def script(messages: list[Any]) -> Reply:
        found = last_results(messages)
        return Reply(f"It is {found[0]['proposal']['status']}.") if found else Reply("I set it up.", calls=[JAZZ])

    return ScriptedModel(script)


def _die(*_: Any, **__: Any) -> Any:
    os.kill(os.getpid(), signal.SIGKILL)


def _dying_after(whole: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
    async def first(*args: Any, **kwargs: Any) -> Any:
        await whole(*args, **kwargs)
        _die()

    return first


def _dying_after_proposing(whole: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
    async def first(context: Any, caller: Any, name: str, **arguments: Any) -> Any:
        answer = await whole(context, caller, name, **arguments)
        return _die() if name == "propose" else answer

    return first


def arm(point: str) -> None:
    match point:
        case "once claimed":
            patch.object(TurnContext, "the_world", _die).start()
        case "once proposed":
            patch.object(agent.proposing, "_run", _dying_after_proposing(agent.proposing._run)).start()
        case "before the checkpoint":
            patch.object(Saver, "aput", _die).start()
        case "after the checkpoint":
            patch.object(Saver, "aput", _dying_after(Saver.aput)).start()
        case "before the run is closed":
            patch.object(tools.threads.repository, "close_run", _die).start()
        case _:
            raise ValueError(point)


async def carry(point: str, dsn: str, user_id: UUID, thread_id: UUID, text: str) -> None:
    database = Database(dsn, pool_size=4, fields=FIELDS)
    await database.open()
    greenroom = Greenroom(
        database=database, catalog=CATALOG, cursors=CursorSigner("a secret only tests know, long enough")
    )
    # A victim carries its own run only: it takes over nobody else's.
    patch.object(Runs, "open", lambda _: None).start()
    door = CopilotDoor(greenroom, organiser(), PassThrough(), dsn, pool_size=2, pace=PACE)
    async with door.open():
        arm(point)
        turn = Turn("resume") if text == "-" else Turn("message", text, "u1")
        live = await door.runs.start(Caller(user_id), thread_id, "client-run", turn)
        await live.ended()
    await database.close()


if __name__ == "__main__":
    where, application, user, thread, said = sys.argv[1:]
    asyncio.run(carry(where, application, UUID(user), UUID(thread), said))
