"""Bodies nobody should send, at every door that reads one: refused with a problem, never a failure of ours."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.builders import Person, Service, make_event

pytestmark = pytest.mark.asyncio(loop_scope="module")

JSON = {"Content-Type": "application/json"}
DOORS = [
    "/api/events",
    "/api/actions/create_event",
    "/api/proposals",
    "/api/auth/login",
    "/api/auth/signup",
]

NASTIES: list[tuple[str, bytes, int]] = [
    ("cut off", b'{"name": ', 400),
    ("not JSON", b"name=Jazz", 400),
    ("two documents", b"{} {}", 400),
    ("byte order mark", b'\xef\xbb\xbf{"name": "x"}', 400),
    ("broken UTF-8", b'{"name": "\xff"}', 400),
    ("UTF-16", '{"name": "x"}'.encode("utf-16"), 400),
    ("a name twice", b'{"name": "a", "name": "b"}', 400),
    ("a name twice, deeper", b'{"name": {"a": 1, "a": 2}}', 400),
    ("NaN", b'{"capacity": NaN}', 400),
    ("infinity", b'{"capacity": -Infinity}', 400),
    ("a list", b"[]", 422),
    ("a number", b"7", 422),
    ("null", b"null", 422),
    ("NUL", b'{"name": "a\\u0000b"}', 422),
    ("NUL in a name", b'{"a\\u0000b": 1}', 422),
    ("half a character", b'{"name": "\\ud800"}', 422),
    ("half a character in a name", b'{"\\udfff": 1}', 422),
    ("a huge integer", b'{"capacity": 1' + b"0" * 400 + b"}", 422),
    ("an integer past all digits", b'{"capacity": 1' + b"0" * 10_000 + b"}", 422),
    ("65 bits", b'{"capacity": 18446744073709551616}', 422),
    ("a huge fraction", b'{"capacity": 1e400}', 422),
    ("deep", b'{"name": ' + b"[" * 40 + b"]" * 40 + b"}", 422),
    ("very deep", b"[" * 100_000, 422),
    ("unknown field", b'{"name": "x", "org_id": "00000000-0000-0000-0000-000000000000"}', 422),
    ("nothing", b"", 422),
]


@pytest.mark.parametrize("path", DOORS)
@pytest.mark.parametrize(("body", "status"), [each[1:] for each in NASTIES], ids=[each[0] for each in NASTIES])
async def test_a_body_that_can_not_be_read_or_kept_is_refused(
    owner: Person, path: str, body: bytes, status: int
) -> None:
    answer = await owner.client.post(path, content=body, headers=JSON)
    assert answer.status_code == status, answer.text
    _is_a_problem(answer)


@pytest.mark.parametrize(
    "fields",
    [
        {"start_date": "2030-06-01T19:00:00"},
        {"start_date": "yesterday"},
        {"start_date": "2030-02-30T10:00:00Z"},
        {"start_date": "2030-06-01T19:00:00+99:00"},
        {"start_date": "0000-01-01T00:00:00Z"},
        {"start_date": "2030-06-01T19:00:00Z", "end_date": "2030-06-01T18:00:00Z"},
        {"name": ""},
        {"name": "   "},
        {"name": "a" * 256},
        {"name": "a\nb"},
        {"name": "a\u202eb"},
        {"name": None},
        {"name": 7},
        {"name": {"$ne": 1}},
        {"capacity": 0},
        {"capacity": -1},
        {"capacity": 1.5},
        {"capacity": True},
        {"capacity": "100"},
        {"currency": "eur"},
        {"currency": "XYZ"},
        {"timezone": "Mars/Olympus"},
        {"timezone": "../../etc/passwd"},
    ],
    ids=json.dumps,
)
async def test_a_value_that_makes_no_sense_is_refused_with_its_place(owner: Person, fields: dict[str, Any]) -> None:
    body = {"name": "Jazz", "start_date": "2030-06-01T19:00:00Z"} | fields
    answer = await owner.client.post("/api/events", json=body)
    assert answer.status_code == 422, answer.text
    problem = _is_a_problem(answer)
    if "end_date" not in fields:
        assert problem["errors"][0]["pointer"] == f"/{next(iter(fields))}"


async def test_what_was_sent_is_not_quoted_back(service: Service) -> None:
    secret = "correct-horse-battery"
    for body in (
        {"password": secret},
        {"email": "a@b.c", "password": [secret]},
        {"email": {"x": secret}, "password": 1},
    ):
        answer = await service.stranger.post("/api/auth/login", json=body)
        assert answer.status_code == 422
        assert secret not in answer.text


@pytest.mark.parametrize(
    "kind",
    [
        None,
        "",
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "text/json",
        "application/jsonp",
    ],
)
@pytest.mark.parametrize("path", DOORS)
async def test_only_json_is_read(owner: Person, path: str, kind: str | None) -> None:
    headers = {} if kind is None else {"Content-Type": kind}
    answer = await owner.client.post(path, content=b'{"name": "x"}', headers=headers)
    assert (answer.status_code, _is_a_problem(answer)["code"]) == (415, "unsupported_media_type")


async def test_json_may_name_its_character_set_but_not_be_packed(owner: Person) -> None:
    body = b'{"name": "Packed"}'
    named = await owner.client.post(
        "/api/venues", content=body, headers={"Content-Type": "Application/JSON; charset=utf-8"}
    )
    assert named.status_code == 201
    packed = await owner.client.post("/api/venues", content=body, headers=JSON | {"Content-Encoding": "gzip"})
    assert packed.status_code == 415


async def test_a_body_that_announces_too_much_is_refused_before_it_is_read(owner: Person, service: Service) -> None:
    read = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal read
        for _ in range(64):
            read += 1
            yield b" " * 65_536

    announced = JSON | {"Content-Length": str(64 * 65_536)}
    sent: list[dict[str, Any]] = []
    received = 0

    async def receive() -> dict[str, Any]:
        nonlocal received
        received += 1
        return {"type": "http.request", "body": b" " * 65_536, "more_body": True}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    request = owner.client.build_request("POST", "/api/events", content=endless(), headers=announced)
    await service.app(_scope(request), receive, send)  # type: ignore[arg-type]
    assert (sent[0]["status"], received, read) == (413, 0, 0)
    assert (b"connection", b"close") in [(name.lower(), value) for name, value in sent[0]["headers"]]


async def test_a_body_in_pieces_is_counted_while_it_is_read(owner: Person, service: Service) -> None:
    received = 0
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        nonlocal received
        received += 1
        return {"type": "http.request", "body": b" " * 65_536, "more_body": True}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    request = owner.client.build_request("POST", "/api/events", headers=JSON)
    await service.app(_scope(request), receive, send)  # type: ignore[arg-type]
    assert (sent[0]["status"], received) == (413, 5)


async def test_the_largest_body_allowed_is_read(owner: Person) -> None:
    body = json.dumps({"name": "Large"}).encode().ljust(256 * 1024)
    assert (await owner.client.post("/api/venues", content=body, headers=JSON)).status_code == 201
    refused = await owner.client.post("/api/venues", content=body + b" ", headers=JSON)
    assert (refused.status_code, _is_a_problem(refused)["code"]) == (413, "too_large")


TEXT = st.text(max_size=20)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=8,
)
NAMES = st.sampled_from(
    ["name", "start_date", "end_date", "event", "venue", "capacity", "quantity", "buyer", "price_amount", "steps",
     "amount", "currency", "timezone", "limit", "cursor", "digest", "proposal", "status", "booking", "space"]
)  # fmt: skip


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(values=st.dictionaries(NAMES | TEXT, VALUES, max_size=6), operation=st.integers(min_value=0))
async def test_no_values_whatever_make_an_operation_fail_on_our_side(
    owner: Person, service: Service, values: dict[str, Any], operation: int
) -> None:
    names = sorted(service.parts.greenroom.catalog)
    answer = await owner.client.post(
        f"/api/actions/{names[operation % len(names)]}", content=json.dumps(values).encode(), headers=JSON
    )
    assert answer.status_code < 500, answer.text


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=st.binary(max_size=200), path=st.sampled_from(DOORS))
async def test_no_bytes_whatever_make_a_door_fail(owner: Person, body: bytes, path: str) -> None:
    answer = await owner.client.post(path, content=body, headers=JSON)
    assert 400 <= answer.status_code < 500


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    name=NAMES | TEXT,
    value=TEXT,
    path=st.sampled_from(["/api/events", "/api/orders", "/api/venues", "/api/audit", "/api/reports/sales"]),
)
async def test_no_query_whatever_makes_a_list_fail(owner: Person, path: str, name: str, value: str) -> None:
    answer = await owner.client.get(path, params={name: value})
    assert answer.status_code < 500


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    reference=st.text(min_size=1, max_size=40),
    noun=st.sampled_from(["events", "venues", "orders", "proposals", "sponsors"]),
)
async def test_no_address_whatever_makes_a_door_fail(owner: Person, reference: str, noun: str) -> None:
    path = httpx.URL(f"http://greenroom.test/api/{noun}/").copy_with(
        raw_path=f"/api/{noun}/".encode() + _quoted(reference)
    )
    answer = await owner.client.get(path)
    assert answer.status_code < 500


async def test_the_table_has_a_negative_control(owner: Person) -> None:
    assert (await make_event(owner, name="Jazz"))["name"] == "Jazz"


def _quoted(text: str) -> bytes:
    return "".join(f"%{byte:02X}" for byte in text.encode()).encode()


def _scope(request: httpx.Request) -> dict[str, Any]:
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": request.method,
        "path": request.url.path,
        "raw_path": request.url.raw_path,
        "query_string": b"",
        "scheme": "http",
        "headers": [
            (name.lower(), value) for name, value in request.headers.raw if name.lower() != b"transfer-encoding"
        ],
        "client": ("203.0.113.7", 1),
        "server": ("greenroom.test", 80),
    }


def _is_a_problem(answer: httpx.Response) -> dict[str, Any]:
    assert answer.headers["Content-Type"] == "application/problem+json"
    problem: dict[str, Any] = answer.json()
    assert {"type", "title", "status", "detail", "code", "retryable", "request_id"} <= problem.keys()
    assert problem["status"] == answer.status_code
    assert problem["type"] == f"urn:greenroom:problem:{problem['code']}"
    return problem
