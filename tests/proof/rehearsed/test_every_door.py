"""What holds at every door alike: no forged token opens one, and none reads a body that a form of another site could send."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from tests.forging import bad_tokens
from tests.proof.doors import ROWS, made_for
from tests.proof.matrix import Cell, operation_cells
from tests.proof.wire import Asked, ask
from tests.proof.world import PERSONAS, World
from tools.context import Caller
from tools.store.identity import Claims

pytestmark = pytest.mark.asyncio(loop_scope="package")

OWNER = next(each for each in PERSONAS if each.name == "owner")
SIMPLE = ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "")
"""Kinds of bodies that a browser sends to another site without asking it first."""
OPEN_TO_FORMS = ("/o/", "/api/uploads", "/api/hooks")
"""The buyers' page is a form, whose link is its right; an upload is any kind of content; a provider signs what it sends."""


def doors(world: World) -> list[Asked]:
    """One call at each kind of door that asks who calls."""
    routes = {
        ("GET", "/api/auth/me"), ("POST", "/api/auth/logout"), ("POST", "/api/auth/password"), ("GET", "/api/platform/organizations"),
        ("GET", "/api/exports/{kind}.{format}"), ("POST", "/api/uploads"), ("POST", "/api/people/export.zip"), ("*", "/mcp"),
        ("GET", "/api/copilotkit/info"), ("GET", "/api/copilotkit/threads"), ("POST", "/api/copilotkit/agent/{agent}/run"),
        ("POST", "/api/copilotkit/agent/{agent}/connect"), ("GET", "/api/copilotkit/threads/{thread}/messages"),
        ("POST", "/api/actions/{operation}"), ("POST", "/api/auth/invitations/{token}"),
    }  # fmt: skip
    others = [made_for(ROWS[route], world, OWNER, "own") for route in sorted(routes)]
    names = ("list_events", "create_event", "sell_tickets", "approve_proposal", "get_file", "check_in")
    return others + [
        cell.asked for cell in operation_cells(world, OWNER) if cell.aim == "own" and cell.operation in names
    ]


async def let_in(world: World, asked: list[Asked], tokens: dict[str, str]) -> list[str]:
    found = []
    for name, token in tokens.items():
        for each in asked:
            answer = await ask(world.service.app, replace(each, headers={**each.headers, **bearer(token)}))
            if answer.status != 401 or not answer.headers.get("www-authenticate", "").startswith("Bearer"):
                found.append(f"{name} at {each.method} {each.path}: {answer.status}")
    return found


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


async def test_no_forged_token_opens_any_door(world: World) -> None:
    tokens = bad_tokens(world.service)
    asked = doors(world)
    assert len(tokens) >= 25
    assert len(asked) >= 20
    assert await let_in(world, asked, tokens) == []


async def test_a_verifier_that_believes_what_it_reads_lets_them_in(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: with the check of the signature left out, the same tokens open the same doors."""
    owner: Caller = world.estates["home"].shop.office.caller

    async def believe(*_: object) -> Claims:
        return Claims(owner.user_id, owner.email, None, 2**33, {})

    monkeypatch.setattr(type(world.service.parts.verifier), "verify", believe)
    asked = doors(world)
    assert len(await let_in(world, asked, {"nonsense": "a.b.c"})) == len(asked)


def bodies(world: World) -> list[Cell]:
    """The owner's good call of every address that reads a JSON body."""
    others = [
        Cell(route, OWNER, "own", made_for(row, world, OWNER, "own"), frozenset())
        for route, row in ROWS.items()
        if not route[1].startswith(OPEN_TO_FORMS)
    ]
    own = [cell for cell in operation_cells(world, OWNER) if cell.aim == "own"]
    return [cell for cell in own + others if isinstance(cell.asked.body, dict) and cell.asked.body]


async def test_no_door_reads_a_body_that_a_browser_sends_without_asking(world: World) -> None:
    found = []
    cells = bodies(world)
    for cell in cells:
        for kind in SIMPLE:
            sent = replace(
                cell.asked,
                body=json.dumps(cell.asked.body).encode(),
                headers={
                    **cell.asked.headers,
                    "Content-Type": kind,
                    "Origin": "https://evil.test",
                    "Cookie": "session=1",
                },
            )
            answer = await ask(world.service.app, sent)
            if answer.status != 415 and not (cell.route == ("*", "/mcp") and answer.status == 403):
                found.append(f"{' '.join(cell.route)} as {kind!r}: {answer.status}")
    assert len(cells) >= 60
    assert found == []


async def test_the_same_bodies_are_read_when_they_say_that_they_are_json(world: World) -> None:
    """The negative control: it is the kind that was refused."""
    cells = [cell for cell in bodies(world) if cell.operation][::8]
    statuses = {(await ask(world.service.app, cell.asked)).status for cell in cells}
    assert statuses <= {200, 201}


async def test_no_socket_is_opened_to_anybody(world: World) -> None:
    """There is no live door: a handshake is closed at every address, also where the page answers."""
    for path in ("/", "/api/live", "/ws", "/mcp", "/api/copilotkit/agent/default/run", "/api/events", "/auth/v1/x"):
        assert await _handshake(world, path) == ["websocket.close"], path


async def _handshake(world: World, path: str) -> list[str]:
    said: list[str] = []
    scope = {
        "type": "websocket", "asgi": {"version": "3.0"}, "http_version": "1.1", "scheme": "ws", "root_path": "", "path": path,
        "raw_path": path.encode(), "query_string": b"", "headers": [(b"host", b"greenroom.test"), (b"origin", b"https://evil.test")],
        "client": ("203.0.113.7", 40000), "server": ("greenroom.test", 80), "subprotocols": [], "state": {},
    }  # fmt: skip

    async def receive() -> dict[str, object]:
        return {"type": "websocket.connect"}

    async def send(message: object) -> None:
        assert isinstance(message, dict)
        said.append(message["type"])

    await world.service.app(scope, receive, send)
    return said
