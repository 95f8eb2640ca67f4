"""What is stored of a conversation: all of it, in order, at a flat price per turn, whatever a crash left half written."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Annotated, Any, cast
from uuid import uuid4

import psycopg
import pytest
from langchain_core.messages import AIMessage, AnyMessage, HumanMessage
from langchain_core.runnables import RunnableConfig
from langgraph.channels.delta import DeltaChannel
from langgraph.checkpoint.serde.jsonplus import JsonPlusSerializer
from langgraph.graph import START, StateGraph
from langgraph.graph.message import _messages_delta_reducer, add_messages
from langgraph.graph.state import CompiledStateGraph
from langgraph.types import Command, interrupt
from pydantic import BaseModel
from typing_extensions import TypedDict

from agent.checkpoints import Saver, open_saver
from agent.state import Messages
from tests.postgres import ClonedDatabase
from tools.kit.sealing import Sealer
from tools.threads.sealing import ConversationCipher

ANSWER = "a sentence of about sixty characters that stands for an answer "

CIPHER = ConversationCipher(Sealer.of_the_moment())


class Talk(TypedDict, total=False):
    messages: Messages


class OftenCopied(TypedDict, total=False):
    messages: Annotated[list[AnyMessage], DeltaChannel(_messages_delta_reducer, snapshot_frequency=50)]


class Whole(TypedDict, total=False):
    messages: Annotated[list[AnyMessage], add_messages]


Graph = CompiledStateGraph[Any, Any, Any, Any]


def talk(state: type, saver: Saver, answer: Callable[[Any], dict[str, Any]]) -> Graph:
    graph: StateGraph[Any, Any, Any, Any] = StateGraph(state)
    graph.add_node("answer", cast(Any, answer))
    graph.add_edge(START, "answer")
    return graph.compile(checkpointer=saver)


def echo(state: Any) -> dict[str, Any]:
    return {"messages": [AIMessage(ANSWER * 3, id=f"a{len(state['messages'])}")]}


def config(thread: str) -> RunnableConfig:
    return {"configurable": {"thread_id": thread}}


def stored(database: ClonedDatabase, thread: str) -> int:
    with psycopg.connect(database.admin_dsn) as connection:
        row = connection.execute(
            """
            select (select coalesce(sum(octet_length(blob)), 0) from agent.checkpoint_blobs where thread_id = %(thread)s)
                + (select coalesce(sum(octet_length(blob)), 0) from agent.checkpoint_writes where thread_id = %(thread)s)
                + (select coalesce(sum(length(checkpoint::text)), 0) from agent.checkpoints where thread_id = %(thread)s)
            """,
            {"thread": thread},
        ).fetchone()
        return int(row[0]) if row else 0


async def say(graph: Graph, thread: str, count: int, start: int = 0) -> None:
    for number in range(start, start + count):
        said = {"messages": [HumanMessage(f"question {number}", id=f"h{number}")]}
        await graph.ainvoke(said, config(thread), durability="exit")


@pytest.mark.parametrize(
    "state",
    [
        pytest.param(Talk, id="as shipped"),
        pytest.param(OftenCopied, id="with many full copies", marks=pytest.mark.long),
    ],
)
async def test_five_hundred_messages_come_back_whole_and_in_order(database: ClonedDatabase, state: type) -> None:
    thread = str(uuid4())
    async with open_saver(database.dsn, pool_size=2) as saver:
        await say(talk(state, saver, echo), thread, 250)
    async with open_saver(database.dsn, pool_size=2) as saver:
        found = (await talk(state, saver, echo).aget_state(config(thread))).values["messages"]
    assert [str(message.content) for message in found[::2]] == [f"question {number}" for number in range(250)]
    assert len({message.id for message in found}) == 500


async def test_what_a_turn_stores_does_not_grow_with_the_conversation(database: ClonedDatabase) -> None:
    grown = {}
    async with open_saver(database.dsn, pool_size=2) as saver:
        for state in (Talk, Whole):
            thread, graph = str(uuid4()), talk(state, saver, echo)
            sizes = []
            for start, until in ((0, 5), (5, 9), (9, 96), (96, 100)):
                before = stored(database, thread)
                await say(graph, thread, until - start, start)
                sizes.append((stored(database, thread) - before) / (until - start))
            grown[state] = sizes[3] / sizes[1]
    assert grown[Talk] <= 1.3
    assert grown[Whole] > 3, "control: the ordinary channel stores the whole conversation each turn"


class Killed(BaseException):
    """Stands for the process's death between two statements of the saver."""


async def killed_before_the_checkpoint(graph: Graph, thread: str, monkeypatch: pytest.MonkeyPatch) -> None:
    async def dies(*_: Any) -> Any:
        # The worst moment: the messages are stored, the checkpoint that makes them part of the thread is not.
        await asyncio.sleep(0.3)
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(Saver, "aput", dies)
        with pytest.raises(Killed):
            await say(graph, thread, 1, 1)


async def test_a_turn_run_again_after_a_crash_keeps_its_own_words(
    database: ClonedDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries = iter(["first answer", "killed answer", "second answer", "third answer"])

    def answer(state: Any) -> dict[str, Any]:
        return {"messages": [AIMessage(next(tries), id=str(uuid4()))]}

    thread = str(uuid4())
    async with open_saver(database.dsn, pool_size=2) as saver:
        graph = talk(Talk, saver, answer)
        await say(graph, thread, 1)
        await killed_before_the_checkpoint(graph, thread, monkeypatch)
        assert b"killed answer" in left_behind(database, thread), "the crash left its messages"
        await say(graph, thread, 2, 1)
        found = (await graph.aget_state(config(thread))).values["messages"]
    texts = [str(message.content) for message in found]
    assert texts == ["question 0", "first answer", "question 1", "second answer", "question 2", "third answer"]


def left_behind(database: ClonedDatabase, thread: str) -> bytes:
    with psycopg.connect(database.admin_dsn) as connection:
        kept = connection.execute("select type, blob from agent.checkpoint_writes where thread_id = %s", (thread,))
        return b"".join(CIPHER.opened(kind, bytes(blob))[1] for kind, blob in kept)


async def test_an_interrupt_is_resumed_by_another_process(database: ClonedDatabase) -> None:
    def ask(state: Any) -> dict[str, Any]:
        return {"messages": [AIMessage(f"you said {interrupt('?')}", id="a1")]}

    thread = str(uuid4())
    async with open_saver(database.dsn, pool_size=2) as saver:
        await say(talk(Talk, saver, ask), thread, 1)
    async with open_saver(database.dsn, pool_size=2) as saver:
        graph = talk(Talk, saver, ask)
        [pending] = (await graph.aget_state(config(thread))).interrupts
        await graph.ainvoke(Command(resume={pending.id: "yes"}), config(thread), durability="exit")
    async with open_saver(database.dsn, pool_size=2) as saver:
        found = (await talk(Talk, saver, ask).aget_state(config(thread))).values["messages"]
    assert [str(message.content) for message in found] == ["question 0", "you said yes"]


async def test_no_request_role_reaches_what_is_stored(database: ClonedDatabase) -> None:
    async with open_saver(database.dsn, pool_size=1):
        """Its tables are made."""
    with psycopg.connect(database.admin_dsn, autocommit=True) as connection:
        for role in ("anon", "authenticated"):
            connection.execute(f"set role {role}")
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute("select * from agent.checkpoints")
            connection.execute("reset role")


class Stored(BaseModel):
    """A type of ours that somebody who can write the table would like to have revived."""

    order: str


async def test_only_known_types_are_revived(database: ClonedDatabase) -> None:
    kept = JsonPlusSerializer(allowed_msgpack_modules=True).dumps_typed({"planted": Stored(order="canary")})
    assert isinstance(JsonPlusSerializer(allowed_msgpack_modules=True).loads_typed(kept)["planted"], Stored), "control"
    async with open_saver(database.dsn, pool_size=1) as saver:
        assert not isinstance(saver.serde.loads_typed(kept)["planted"], Stored)
