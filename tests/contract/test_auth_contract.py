"""One list of scenarios, two official clients, the embedded server and any Supabase project: the same is seen by all."""

from __future__ import annotations

import _socket
import asyncio
import json
import shutil
import socket
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import httpx
import pytest

from embedded.auth import sessions
from tests.contract.agreed import agreed
from tests.contract.published import SPECIFICATION, Published
from tests.contract.scenarios import MAILING, SCENARIOS
from tests.contract.targets import Answer, Target, embedded, named_project
from tests.contract.world import World
from tests.postgres import ClonedDatabase

_SCRIPT = Path(__file__).parents[2] / "web" / "contract" / "auth.mjs"
_INSTALLED = Path(__file__).parents[2] / "web" / "node_modules" / "@supabase" / "supabase-js"
CLIENTS = ["supabase-py", "supabase-js"]


_TARGETS = [
    pytest.param("at once", marks=pytest.mark.long),
    "confirming",
    pytest.param("project", marks=pytest.mark.supabase),
]


@pytest.fixture(params=_TARGETS)
def target(
    request: pytest.FixtureRequest,
    module_database: ClonedDatabase,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Target]:
    if request.param != "project":
        with embedded(module_database, tmp_path, confirming=request.param == "confirming") as served:
            yield served
        return
    if "supabase" not in str(request.config.option.markexpr):
        pytest.skip("a real project is only used when asked for: make test-supabase")
    # The guard against other machines is for tests that have no business there.
    monkeypatch.setattr(socket.socket, "connect", _socket.socket.connect)
    project = named_project()
    if project is None:
        pytest.skip("SUPABASE_URL, SUPABASE_PUBLISHABLE_KEY and SUPABASE_SECRET_KEY name no project")
    yield project


def _skipped(target: Target) -> tuple[str, ...]:
    signing_up = (*MAILING, "a_known_address_signs_up_again")
    return () if target.may_mail else signing_up


async def _seen_by(client: str, target: Target, only: str | None = None) -> dict[str, Any]:
    """What each scenario saw, or how it failed."""
    names = [only] if only else [name for name in SCENARIOS if name not in _skipped(target)]
    return await (_seen_by_python if client == "supabase-py" else _seen_by_javascript)(target, names)


async def _seen_by_python(target: Target, names: list[str]) -> dict[str, Any]:
    seen: dict[str, Any] = {}
    async with httpx.AsyncClient(timeout=60) as http:
        for name in names:
            world = World(target, http)
            (saw,) = await asyncio.gather(SCENARIOS[name](world), return_exceptions=True)
            seen[name] = f"failed: {saw!r}" if isinstance(saw, BaseException) else saw
            await world.clear()
    return seen


async def _seen_by_javascript(target: Target, names: list[str]) -> dict[str, Any]:
    node = shutil.which("node")
    if node is None or not _INSTALLED.is_dir():
        pytest.skip("supabase-js is not installed: make web-check")
    told = {name: value for name, value in asdict(target).items() if name != "answers"}
    skipped = [name for name in SCENARIOS if name not in names]
    process = await asyncio.create_subprocess_exec(
        node, str(_SCRIPT), json.dumps(told | {"skipped": skipped}), stdout=-1, stderr=-1
    )
    output, errors = await process.communicate()
    assert process.returncode == 0, errors.decode()
    answer = json.loads(output)
    assert sorted(answer["scenarios"]) == sorted(SCENARIOS), "both clients go through the same list"
    return {
        name: result["saw"] if "saw" in result else f"failed: {result['failed']}"
        for name, result in answer["results"].items()
    }


@pytest.mark.parametrize("client", CLIENTS)
async def test_the_official_client_sees_what_was_agreed(target: Target, client: str) -> None:
    expected = {name: saw for name, saw in agreed(confirming=target.confirming).items() if name not in _skipped(target)}
    seen = await _seen_by(client, target)
    assert {name: saw for name, saw in seen.items() if saw != expected[name]} == {}
    assert set(seen) == set(expected)
    published = Published.at_hand()
    if published is not None:
        assert [fault for answer in target.answers for fault in published.faults(answer)] == []


@pytest.mark.parametrize("client", CLIENTS)
async def test_without_reuse_detection_both_clients_would_notice(
    module_database: ClonedDatabase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, client: str
) -> None:
    async def going_on(*_: object) -> None:
        """A copied token is refused, but its session goes on."""

    monkeypatch.setattr(sessions, "_end", going_on)
    name = "a_copied_refresh_token_ends_the_session"
    with embedded(module_database, tmp_path, confirming=False) as target:
        seen = await _seen_by(client, target, only=name)
    assert seen[name]["successor"] is True
    assert seen[name] != agreed(confirming=False)[name]


def _answer(body: object, path: str = "/signup", status: int = 200, **headers: str) -> Answer:
    return Answer("POST", path, status, headers, json.dumps(body).encode())


def test_an_answer_of_another_shape_would_be_noticed() -> None:
    published = Published.at_hand()
    if published is None:
        pytest.skip(f"{SPECIFICATION} names no file: put the openapi.yaml of supabase/auth there to compare with it")
    user = {"id": "0b1d7f5e-0000-4000-8000-000000000000", "email": "ada@example.org", "is_anonymous": False}
    session = {"access_token": "x", "refresh_token": "y", "expires_in": 3600, "user": user}
    assert published.faults(_answer(session)) == []
    assert published.faults(_answer(user)) == []
    assert published.faults(_answer({"code": 400, "error_code": "x", "msg": "y"}, status=400)) == []
    for wrong in (
        _answer(session | {"expires_in": "3600"}),
        _answer(session | {"user": user | {"last_sign_in_at": None}}),
        _answer(session | {"user": user | {"last_sign_in_at": "2026-01-01T00:00:00"}}),
        _answer(session | {"password": "x"}),
        _answer(user | {"id": "7"}),
        _answer({"detail": "no"}, status=400),
        _answer({"code": "x", "msg": "y"}, status=403),
        _answer({}, path="/made-up"),
    ):
        assert published.faults(wrong) != [], wrong
