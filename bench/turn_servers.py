"""The two servers `bench/turn.py` compares: the copilot's door, and the packages' own route over the same model and the same read.

Run as `python -m bench.turn_servers ours|stock <application dsn> <peer dsn> <user id>`; prints its port once it serves.
"""

from __future__ import annotations

import asyncio
import random
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

import uvicorn
import uvloop
from ag_ui_langgraph import add_langgraph_fastapi_endpoint
from copilotkit import LangGraphAGUIAgent
from fastapi import FastAPI
from langchain_core.messages import AnyMessage, ToolMessage
from langchain_core.tools import StructuredTool
from langgraph.checkpoint.postgres.aio import AsyncPostgresSaver
from langgraph.graph import START, MessagesState, StateGraph
from langgraph.prebuilt import ToolNode, tools_condition
from psycopg.rows import dict_row
from psycopg_pool import AsyncConnectionPool
from starlette.applications import Starlette
from starlette.requests import Request

from agent.calls import PassThrough
from api.copilot import CopilotDoor, routes
from tests.agent.scripted import Reply, ScriptedModel
from tools.catalog import CATALOG
from tools.context import Caller, Greenroom
from tools.kit.paging import CursorSigner
from tools.store.database import Database

WORDS = [
    "jazz",
    "night",
    "venue",
    "ticket",
    "sponsor",
    "gold",
    "seats",
    "doors",
    "open",
    "at",
    "seven",
    "and",
    "the",
    "band",
    "plays",
    "until",
    "late",
    "in",
    "the",
    "blue",
    "room",
]
POOL = 10


def talker(longest: int) -> ScriptedModel:
    """One read, then an answer: 18 words, or up to `longest` random ones when the conversation's length is measured."""
    chance = random.Random(7)

    def script(messages: list[Any]) -> Reply:
        if not isinstance(messages[-1], ToolMessage):
            return Reply(calls=[("find_venues", {"limit": 5})])
        count = 18 if longest == 0 else chance.randint(30, longest)
        return Reply(" ".join(chance.choice(WORDS) for _ in range(count)))

    return ScriptedModel(script)


@asynccontextmanager
async def greenroom_of(dsn: str) -> AsyncIterator[Greenroom]:
    database = Database(dsn, pool_size=POOL)
    await database.open()
    try:
        yield Greenroom(
            database=database, catalog=CATALOG, cursors=CursorSigner("a secret only the bench knows, long enough")
        )
    finally:
        await database.close()


async def serve_ours(dsn: str, user_id: UUID, longest: int) -> None:
    async with greenroom_of(dsn) as greenroom:
        door = CopilotDoor(greenroom, talker(longest), PassThrough(), dsn, pool_size=POOL)

        async def identify(request: Request) -> Caller:
            return Caller(user_id)

        async with door.open():
            await _serve(Starlette(routes=routes(door, identify)))


async def serve_stock(dsn: str, peer_dsn: str, user_id: UUID, longest: int) -> None:
    model = talker(longest)
    find_venues = CATALOG["find_venues"]
    async with greenroom_of(dsn) as greenroom, _stock_saver(peer_dsn) as saver:

        async def read(**arguments: Any) -> str:
            found = await find_venues(greenroom, Caller(user_id), find_venues.input.model_validate(arguments))
            return str(found.model_dump_json())

        tool = StructuredTool.from_function(
            coroutine=read, name="find_venues", description=find_venues.description, args_schema=find_venues.input
        )

        async def think(state: MessagesState) -> dict[str, list[AnyMessage]]:
            return {"messages": [await model.ainvoke(state["messages"])]}

        graph = StateGraph(MessagesState)
        graph.add_node("think", think)
        graph.add_node("tools", ToolNode([tool]))
        graph.add_edge(START, "think")
        graph.add_conditional_edges("think", tools_condition)
        graph.add_edge("tools", "think")
        app = FastAPI()
        agent = LangGraphAGUIAgent(name="default", graph=graph.compile(checkpointer=saver))
        add_langgraph_fastapi_endpoint(app, agent, "/api/copilotkit/agent/default/run")
        await _serve(app)


@asynccontextmanager
async def _stock_saver(dsn: str) -> AsyncIterator[AsyncPostgresSaver]:
    kwargs = {"autocommit": True, "prepare_threshold": 0, "row_factory": dict_row}
    async with AsyncConnectionPool(dsn, min_size=1, max_size=POOL, open=False, kwargs=kwargs) as pool:
        saver = AsyncPostgresSaver(pool)  # type: ignore[arg-type]
        await saver.setup()
        yield saver


async def _serve(app: Any) -> None:
    # Named TCP, so that the event loop switches Nagle off on what it accepts.
    listener = socket.socket(proto=socket.IPPROTO_TCP)
    listener.bind(("127.0.0.1", 0))
    listener.listen(512)
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="off"))
    print(listener.getsockname()[1], flush=True)
    await server.serve(sockets=[listener])


if __name__ == "__main__":
    side, application, peer, user, words = sys.argv[1:]
    # uvicorn's own choice of loop, for both.
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        if side == "ours":
            runner.run(serve_ours(application, UUID(user), int(words)))
        else:
            runner.run(serve_stock(application, peer, UUID(user), int(words)))
