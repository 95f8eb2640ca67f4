"""CopilotKit's runtime protocol, route by route: who calls, what of it is believed, and which stream answers. Runs no turn itself."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from importlib.metadata import version
from typing import Any
from uuid import UUID

import orjson
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from agent.gateway import ClientTurn, read_thread_id, read_turn
from agent.runs import Runs
from agent.translate import messages_snapshot
from api.copilot.door import CopilotDoor
from api.copilot.streams import EventStream, from_afar, nothing, replay, suggested
from api.deps import person_of
from api.edge import MeteredRoute, resource
from api.problems import MalformedRequest, UnsupportedMediaType, read_input
from tools.context import Caller
from tools.errors import Busy, InvalidInput, NotFound, TooLarge
from tools.files.attaching import require_there
from tools.kit.ids import as_uuid
from tools.threads.models import ChangeThread, ListThreads, Thread, ThreadRef
from tools.threads.operations import change_thread, delete_thread, list_threads, look_around

PREFIX = "/api/copilotkit"
MAX_BODY = 1_000_000

Identify = Callable[[Request], Awaitable[Caller]]


def routes(door: CopilotDoor, identify: Identify = person_of) -> list[MeteredRoute]:
    """The protocol's routes. `identify` verifies who calls; it raises AppError."""
    protocol = Protocol(door, identify)
    made: dict[str, dict[str, Callable[[Request], Awaitable[Response]]]] = {
        "/info": {"GET": protocol.info},
        "/agent/{agent}/run": {"POST": protocol.run},
        "/agent/{agent}/connect": {"POST": protocol.connect},
        "/agent/{agent}/stop/{thread}": {"POST": protocol.stop},
        "/agent/{agent}/suggest": {"POST": protocol.suggest},
        "/threads": {"GET": protocol.threads},
        "/threads/{thread}": {"PATCH": protocol.change, "DELETE": protocol.delete},
        "/threads/{thread}/archive": {"POST": protocol.archive},
        "/threads/{thread}/messages": {"GET": protocol.messages},
    }
    return [resource(PREFIX + path, endpoints) for path, endpoints in made.items()]


class Protocol:
    def __init__(self, door: CopilotDoor, identify: Identify) -> None:
        self._door = door
        self._identify = identify

    @property
    def _runs(self) -> Runs:
        return self._door.runs

    async def info(self, request: Request) -> Response:
        """What the client may ask for. Cheap: it is fetched twice on every load."""
        await self._identify(request)
        agent = self._runs.agent
        return JSONResponse(
            {
                "version": version("copilotkit"),
                "mode": "sse",
                "agents": {
                    agent.name: {
                        "name": agent.name,
                        "description": agent.description,
                        "className": type(agent).__name__,
                        "capabilities": agent.get_capabilities(),
                    }
                },
                "audioFileTranscriptionEnabled": False,
                "threadEndpoints": {"list": True, "inspect": False, "mutations": True, "realtimeMetadata": False},
                "suggestions": True,
                "a2uiEnabled": False,
                "openGenerativeUIEnabled": False,
                "telemetryDisabled": True,
            }
        )

    async def run(self, request: Request) -> Response:
        """Starts a turn and follows it; the turn goes on whether or not anybody listens."""
        caller = await self._at_agent(request)
        client = read_turn(await _body(request))
        await require_there(self._door.greenroom, caller, [UUID(file_id) for file_id in client.turn.files])
        try:
            live = await self._runs.start(caller, client.thread_id, client.run_id, client.turn)
        except Busy:
            return await self._join(caller, client)
        return EventStream(live.follow(self._runs.pace.ping))

    async def _join(self, caller: Caller, client: ClientTurn) -> Response:
        """Only a decision joins the run under way: somebody told the thread of it already. Raises Busy for anything else."""
        live = self._runs.live(client.thread_id)
        if client.turn.kind == "resume":
            if live and live.context.turn.kind == "resume":
                return EventStream(live.follow(self._runs.pace.ping))
            running = await self._runs.running(caller, client.thread_id)
            if running and running.input and running.input.get("kind") == "resume":
                return EventStream(from_afar(self._runs, caller, running))
        raise Busy("This conversation is answering already.", remedy="Wait for the answer, or stop it.", retry_after=2)

    async def connect(self, request: Request) -> Response:
        """The conversation as it stands, and the run under way. An unknown thread is an empty stream; so is somebody else's."""
        caller = await self._at_agent(request)
        thread_id = read_thread_id(await _body(request))
        if await self._runs.thread(caller, thread_id) is None:
            return EventStream(nothing())
        return EventStream(replay(self._runs, caller, thread_id))

    async def stop(self, request: Request) -> Response:
        caller = await self._at_agent(request)
        thread_id = _thread_of(request)
        run_id = (await _body(request)).get("runId")
        if run_id is not None and not isinstance(run_id, str):
            raise InvalidInput("runId must be text.")
        if await self._runs.thread(caller, thread_id) is None:
            raise NotFound("There is no such conversation.")
        return JSONResponse({"stopped": await self._runs.stop(caller, thread_id, run_id)})

    async def suggest(self, request: Request) -> Response:
        """Keeps nothing and starts no run: what the client sends along is not read."""
        caller = await self._at_agent(request)
        body = await _body(request)
        thread_id, run_id = body.get("threadId"), body.get("runId")
        if not isinstance(thread_id, str) or not isinstance(run_id, str) or max(len(thread_id), len(run_id)) > 200:
            raise InvalidInput("threadId and runId must be text.")
        return EventStream(suggested(await look_around(self._door.greenroom, caller), thread_id, run_id))

    async def threads(self, request: Request) -> Response:
        caller = await self._identify(request)
        query = request.query_params
        asked = {
            "agent_id": query.get("agentId", "default"),
            "include_archived": query.get("includeArchived", "false") == "true",
            **{name: query[name] for name in ("limit", "cursor") if name in query},
        }
        page = await list_threads(self._door.greenroom, caller, read_input(ListThreads, asked))
        return JSONResponse({"threads": [_spelled(thread) for thread in page.items], "nextCursor": page.next_cursor})

    async def change(self, request: Request) -> Response:
        body = await _body(request)
        return await self._change(request, {name: body[name] for name in ("name", "archived") if name in body})

    async def archive(self, request: Request) -> Response:
        return await self._change(request, {"archived": True})

    async def _change(self, request: Request, changes: dict[str, Any]) -> Response:
        caller = await self._identify(request)
        asked = read_input(ChangeThread, {"thread": _thread_of(request), **changes})
        return JSONResponse(_spelled(await change_thread(self._door.greenroom, caller, asked)))

    async def delete(self, request: Request) -> Response:
        """The thread, its runs and what was said in it. What was changed through it stays."""
        caller = await self._identify(request)
        thread_id = _thread_of(request)
        await self._runs.stop(caller, thread_id, None)
        gone = await delete_thread(self._door.greenroom, caller, ThreadRef(thread=thread_id))
        await self._runs.forget(gone.id)
        return JSONResponse({"id": str(gone.id), "deleted": True})

    async def messages(self, request: Request) -> Response:
        caller = await self._identify(request)
        thread_id = _thread_of(request)
        if await self._runs.thread(caller, thread_id) is None:
            raise NotFound("There is no such conversation.")
        standing = await self._runs.agent.standing_of(str(thread_id))
        return JSONResponse({"messages": messages_snapshot(standing.messages)["messages"]})

    async def _at_agent(self, request: Request) -> Caller:
        caller = await self._identify(request)
        if request.path_params["agent"] != self._runs.agent.name:
            raise NotFound("There is no such agent.")
        return caller


async def _body(request: Request) -> dict[str, Any]:
    """The body's JSON object. Read leniently: all that is used of it is judged by the gateway."""
    sent = await request.body()
    if not sent:
        return {}
    if len(sent) > MAX_BODY:
        raise TooLarge(f"The body may have at most {MAX_BODY:,} bytes.")
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise UnsupportedMediaType()
    try:
        found = orjson.loads(sent)
    except orjson.JSONDecodeError:
        raise MalformedRequest("The body is not valid JSON.") from None
    if not isinstance(found, dict):
        raise InvalidInput("The body must be a JSON object.")
    return found


def _thread_of(request: Request) -> UUID:
    thread_id = as_uuid(request.path_params["thread"])
    if thread_id is None:
        raise NotFound("There is no such conversation.")
    return thread_id


def _spelled(thread: Thread) -> dict[str, Any]:
    """A thread in the client's words."""
    return {
        "id": str(thread.id),
        "organizationId": str(thread.org_id),
        "agentId": thread.agent_id,
        "createdById": str(thread.user_id),
        "name": thread.name,
        "archived": thread.archived,
        "createdAt": thread.created_at.isoformat(),
        "updatedAt": thread.updated_at.isoformat(),
        "lastRunAt": thread.last_run_at.isoformat() if thread.last_run_at else None,
    }
