"""What the copilot's streams are made of: following a run here or elsewhere, and replaying a conversation. Starts no run."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from uuid import UUID, uuid4

from langchain_core.messages import HumanMessage
from starlette.responses import StreamingResponse

from agent.organizer import Standing
from agent.runs import Runs
from agent.state import Turn
from agent.suggestions import suggestions
from agent.translate import PING, Event, Wire, encode, finished, messages_snapshot, state_snapshot
from tools.context import Caller
from tools.threads.models import Run, World

# A page that comes back gets this many of the latest messages; older ones stay in the thread.
REPLAYED = 200
REPLAY_RUN = "replay"
_NOTHING: tuple[bytes, ...] = ()


class EventStream(StreamingResponse):
    """Server-sent events that no proxy may hold back."""

    media_type = "text/event-stream"

    def __init__(self, content: AsyncIterator[bytes]) -> None:
        super().__init__(content, headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"})


async def nothing() -> AsyncIterator[bytes]:
    """The empty stream of a thread that nobody began."""
    for chunk in _NOTHING:
        yield chunk


async def replay(runs: Runs, caller: Caller, thread_id: UUID) -> AsyncIterator[bytes]:
    """The conversation as it stands, then the run under way, wherever it runs."""
    live = runs.live(thread_id)
    running = None if live else await runs.running(caller, thread_id)
    standing = await runs.agent.standing_of(str(thread_id))
    if live and standing.turn != str(live.run_id):
        yield _history(thread_id, standing, live.context.turn, under_way=True)
        async for chunk in live.follow(runs.pace.ping):
            yield chunk
    elif running and standing.turn != str(running.id):
        said = None if running.input is None else Turn.restored(running.input)
        yield _history(thread_id, standing, said, under_way=True)
        async for chunk in from_afar(runs, caller, running):
            yield chunk
    else:
        yield _history(thread_id, standing, None, under_way=False)


async def from_afar(runs: Runs, caller: Caller, run: Run) -> AsyncIterator[bytes]:
    """A run that another process carries: its start, signs of life, and its end with the conversation as it stands then."""
    ids: Event = {"threadId": str(run.thread_id), "runId": run.client_run_id}
    yield encode({"type": "RUN_STARTED", **ids})
    waited = 0.0
    while True:
        now = await runs.running(caller, run.thread_id)
        if now is None or now.id != run.id:
            break
        await asyncio.sleep(runs.pace.look_again)
        waited += runs.pace.look_again
        if waited >= runs.pace.ping:
            waited = 0.0
            yield PING
    standing = await runs.agent.standing_of(str(run.thread_id))
    yield b"".join(encode(event) for event in _as_it_stands(standing))
    yield encode(finished(ids, standing.interrupts))


def _history(thread_id: UUID, standing: Standing, turn: Turn | None, *, under_way: bool) -> bytes:
    ids: Event = {"threadId": str(thread_id), "runId": REPLAY_RUN}
    snapshot = _as_it_stands(standing, turn)
    events = [{"type": "RUN_STARTED", **ids}, *snapshot, finished(ids, [] if under_way else standing.interrupts)]
    return b"".join(encode(event) for event in events)


def _as_it_stands(standing: Standing, turn: Turn | None = None) -> list[Event]:
    messages = standing.messages[-REPLAYED:]
    if turn and turn.kind == "message" and all(message.id != turn.message_id for message in messages):
        messages = [*messages, HumanMessage(turn.text, id=turn.message_id)]
    return [messages_snapshot(messages), state_snapshot(standing.waiting, standing.tainted)]


async def suggested(world: World, thread_id: str, run_id: str) -> AsyncIterator[bytes]:
    """The call of `copilotkitSuggest` that the client waits for."""
    ids: Event = {"threadId": thread_id, "runId": run_id}
    call_id, message_id = f"call_{uuid4().hex[:24]}", f"msg_{uuid4().hex}"
    events: list[Event] = [
        Wire(thread_id, run_id).started(),
        {
            "type": "TOOL_CALL_START",
            "toolCallId": call_id,
            "toolCallName": "copilotkitSuggest",
            "parentMessageId": message_id,
        },
        {"type": "TOOL_CALL_ARGS", "toolCallId": call_id, "delta": json.dumps({"suggestions": suggestions(world)})},
        {"type": "TOOL_CALL_END", "toolCallId": call_id},
        finished(ids, []),
    ]
    yield b"".join(encode(event) for event in events)
