"""What made-up requests rarely hold, at every door that is not made from the catalog alone: refused in words, kept nowhere."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from tests.proof.wire import Asked, ask
from tests.proof.world import PERSONAS, World

pytestmark = pytest.mark.asyncio(loop_scope="package")

OWNER = next(each for each in PERSONAS if each.name == "owner")
NAIVE, NUL, HALF, HUGE, ENDLESS, NAN, NUMBER = (
    b'"2030-01-01T10:00:00"', b'"a\\u0000b"', b'"a\\ud800b"', b"1" + b"0" * 400, b"1e999", b"NaN", b"1893456000",
)  # fmt: skip
TEXT, COUNT, MOMENT = (NUL, HALF), (HUGE, ENDLESS, NAN, b"-1"), (NAIVE, NUMBER, b'"1893456000"', NUL, HALF, HUGE)
_RUN = b'{"threadId": "%s", "runId": "r", "messages": [{"id": "m", "role": "user", "content": ?}]}'
_TOOL = b'{"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": "%s", "arguments": {%s}}}'

BODIES: tuple[tuple[str, str, bytes, tuple[bytes, ...]], ...] = (
    # method, path, the body with its blind spot as ?, what is put there
    ("POST", "/api/events", b'{"name": "X", "start_date": ?}', MOMENT),
    ("POST", "/api/venues", b'{"name": ?}', TEXT),
    ("POST", "/api/venues", b'{"name": "X", "capacity": ?}', COUNT),
    ("POST", "/api/actions/create_event", b'{"name": "X", "start_date": ?}', MOMENT),
    ("POST", "/api/actions/list_events", b'{"limit": ?}', COUNT),
    ("POST", "/api/actions/list_events", b'{"from_date": ?}', MOMENT),
    ("POST", "/api/proposals", b'{"steps": [{"operation": "create_event", "input": {"name": "X", "start_date": ?}}]}', (HUGE, NAN, *TEXT)),
    ("POST", "/api/public/holds", b'{"event": "{event}", "items": [{"ticket_type": "{kind}", "quantity": ?}]}', COUNT),
    ("POST", "/api/public/holds", b'{"event": ?, "items": [{"ticket_type": "{kind}", "quantity": 1}]}', (*TEXT, HUGE)),
    ("POST", "/api/public/holds/{hold}/checkout", b'{"name": ?, "email": "kim@example.org", "expected_total": 1}', TEXT),
    ("POST", "/api/public/holds/{hold}/checkout", b'{"name": "Kim", "email": "kim@example.org", "expected_total": ?}', COUNT),
    ("POST", "/api/people/export.zip", b'{"email": ?}', TEXT),
    ("POST", "/api/auth/organizations", b'{"name": ?}', TEXT),
    ("POST", "/api/auth/verify", b'{"type": "signup", "email": ?, "code": "123456"}', TEXT),
    ("PATCH", "/api/copilotkit/threads/{thread}", b'{"name": ?}', TEXT),
    ("POST", "/api/copilotkit/agent/default/run", _RUN % b"{thread}", (HALF, HUGE, NAN, b"7")),
    ("POST", "/api/copilotkit/agent/default/run", _RUN.replace(b'"%s"', b"?", 1).replace(b'"content": ?', b'"content": "x"'), TEXT),
    ("POST", "/api/copilotkit/agent/default/connect", b'{"threadId": ?, "runId": "r"}', (*TEXT, HUGE)),
    ("POST", "/api/copilotkit/agent/default/suggest", b'{"threadId": "t", "runId": ?}', (HALF, HUGE)),
)  # fmt: skip

TOOLS: tuple[tuple[bytes, bytes, tuple[bytes, ...]], ...] = (
    (b"list_events", b'"limit": ?', (b"-1", HUGE)),
    (b"list_events", b'"from_date": ?', (NUMBER, b'"1893456000"')),
    (b"create_event", b'"name": "X", "start_date": ?', (NAIVE, NUMBER, NUL)),
    (b"create_venue", b'"name": ?', TEXT),
)
QUERIES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("/api/events", "limit", ("-1", "1" + "0" * 400, "1e3", "nan")),
    ("/api/events", "from_date", ("2030-01-01T10:00:00", "1893456000", "0", "\x00")),
    ("/api/events", "query", ("a\x00b",)),
    ("/api/orders", "cursor", ("\x00", "é", "bm90IG1pbmU")),
    ("/api/exports/orders.csv", "from_date", ("1893456000", "2030-01-01T10:00:00")),
    ("/api/copilotkit/threads", "limit", ("-1", "1" + "0" * 400, "many")),
    ("/api/copilotkit/threads", "cursor", ("\x00", "bm90IG1pbmU")),
    ("/api/public/events", "limit", ("-1", "1" + "0" * 400)),
    ("/api/platform/organizations", "query", ("a\x00b",)),
)


def filled(world: World, text: str) -> str:
    home = world.estates["home"]
    known: dict[str, UUID | str] = {
        "event": home.open_event,
        "kind": home.wish["items"][0]["ticket_type"],
        "hold": home.public_hold,
        "thread": home.threads["owner"],
    }
    for name, value in known.items():
        text = text.replace(f"{{{name}}}", str(value))
    return text


async def answered(world: World, method: str, path: str, *, query: Any = None, body: bytes | None = None) -> int:
    headers = {**world.headers(OWNER), "Accept": "application/json, text/event-stream"}
    answer = await ask(world.service.app, Asked(method, filled(world, path), query or {}, body, headers))
    said = answer.status
    if path == "/mcp" and said == 200:
        told = answer.json()
        return 422 if "error" in told or told["result"]["isError"] else 200
    return said


async def test_what_a_body_may_not_hold_is_refused_at_every_door(world: World) -> None:
    let_in = []
    for method, path, body, values in BODIES:
        for value in values:
            sent = filled(world, body.decode()).encode().replace(b"?", value)
            status = await answered(world, method, path, body=sent)
            if status not in (400, 404, 422):
                let_in.append(f"{method} {path} {value[:20]!r}: {status}")
    for name, arguments, values in TOOLS:
        for value in values:
            status = await answered(world, "POST", "/mcp", body=_TOOL % (name, arguments.replace(b"?", value)))
            if status not in (400, 404, 422):
                let_in.append(f"/mcp {name.decode()} {value[:20]!r}: {status}")
    assert let_in == []


async def test_what_a_query_may_not_hold_is_refused_at_every_door(world: World) -> None:
    let_in = []
    for path, name, values in QUERIES:
        for value in values:
            status = await answered(world, "GET", path, query={name: value})
            if status not in (400, 404, 422):
                let_in.append(f"{path}?{name}={value[:20]!r}: {status}")
    assert let_in == []


async def test_the_same_calls_with_something_sound_are_answered(world: World) -> None:
    """The negative control: nothing else about them is wrong."""
    sound = (
        ("POST", "/api/events", b'{"name": "X", "start_date": "2030-01-01T10:00:00Z"}'),
        ("POST", "/api/actions/list_events", b'{"limit": 5, "from_date": "2030-01-01"}'),
        ("POST", "/api/public/holds", b'{"event": "{event}", "items": [{"ticket_type": "{kind}", "quantity": 1}]}'),
        ("PATCH", "/api/copilotkit/threads/{thread}", b'{"name": "X"}'),
        ("POST", "/api/copilotkit/agent/default/connect", b'{"threadId": "{thread}", "runId": "r"}'),
        ("POST", "/mcp", _TOOL % (b"create_event", b'"name": "X", "start_date": "2030-01-01T10:00:00Z"')),
    )
    for method, path, body in sound:
        assert await answered(world, method, path, body=filled(world, body.decode()).encode()) in (200, 201), path
    for path, name, value in (("/api/events", "limit", "5"), ("/api/copilotkit/threads", "limit", "5")):
        assert await answered(world, "GET", path, query={name: value}) == 200
