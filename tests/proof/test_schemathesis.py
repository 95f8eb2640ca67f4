"""Every documented route, with requests made up from its description: nothing breaks, and nothing answers but what is described."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.postgres import ClonedDatabase
from tests.proof.standing import Standing, standing
from tests.proof.world import World, build_world
from tools.operation import Operation

CHECKS = "all"
LEFT_OUT = "positive_data_acceptance,negative_data_rejection"
"""Rules between fields, and names of things that must exist, are not in a schema: what is refused for them is no fault."""

WANTED = 10_000
A_FEW = r"^/api/(events|venues|orders|check-in-lists)\b"
"""Routes tried at each push; all of them in the long tier."""

LONG: dict[str, tuple[str, int]] = {
    # who: (phases, examples of each route)
    "owner": ("coverage,fuzzing,stateful", 12),
    "staff": ("fuzzing", 8),
    "viewer": ("fuzzing", 5),
    "rival": ("fuzzing", 5),
    "anon": ("fuzzing", 3),
}


@dataclass(frozen=True)
class Tried:
    """What a run of schemathesis says of itself."""

    cases: int
    failures: list[str]
    report: dict[str, Any]


@pytest.fixture(scope="module")
def house(
    module_database: ClonedDatabase, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Standing, World]]:
    with standing(module_database, tmp_path_factory.mktemp("house")) as served:
        yield served, served.run(build_world(served.service))


def attempt(house: tuple[Standing, World], folder: Path, who: str, phases: str, examples: int, only: str = "") -> Tried:
    """One run as `who`; a third of the texts it makes up are ids and names that exist."""
    served, world = house
    settings, report = folder / f"{who}.toml", folder / f"{who}.json"
    settings.write_text(_settings(world))
    token = world.tokens.get(who)
    command = [
        str(Path(sys.executable).with_name("schemathesis")), "--config-file", str(settings),
        "run", f"{served.url}/openapi.json", "--workers", "1", "--no-color",
        "--phases", phases, "--max-examples", str(examples), "--checks", CHECKS, "--exclude-checks", LEFT_OUT,
        "--continue-on-failure", "--no-shrink", "--generation-deterministic", "--suppress-health-check", "all",
        "--report", "json", "--report-json-path", str(report),
        *(["--include-path-regex", only] if only else []),
        *(["--header", f"Authorization: Bearer {token}"] if token else []),
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, timeout=1500, cwd=folder)
    assert report.exists(), done.stdout + done.stderr
    said = json.loads(report.read_text())
    failures = [f"{each['title']} {each['operations']}" for each in (*said["failures"], *said["errors"])]
    return Tried(said["test_cases"]["generated"], [*failures, done.stdout] if failures else [], said)


def _settings(world: World) -> str:
    things = sorted({
        str(value)
        for estate in world.estates.values()
        for values in estate.inputs.values()
        for value in values.values()
        if isinstance(value, str) and len(value) < 60
    })  # fmt: skip
    return (
        f"[dictionaries.things]\nvalues = {json.dumps(things)}\n"
        '[generation.dictionaries.string]\ndictionary = "things"\nprobability = 0.3\n'
    )


def test_a_few_hundred_requests_break_nothing(house: tuple[Standing, World], tmp_path: Path) -> None:
    tried = attempt(house, tmp_path, "owner", "fuzzing", 12, only=A_FEW)
    assert not tried.failures, tried.failures
    assert tried.cases >= 250


@pytest.mark.long
@pytest.mark.timeout(3000)
def test_ten_thousand_requests_of_every_role_break_nothing(house: tuple[Standing, World], tmp_path: Path) -> None:
    tried = {who: attempt(house, tmp_path, who, phases, examples) for who, (phases, examples) in LONG.items()}
    print({who: each.cases for who, each in tried.items()})
    assert {who: each.failures for who, each in tried.items() if each.failures} == {}
    assert sum(each.cases for each in tried.values()) >= WANTED


def test_an_operation_that_breaks_is_noticed(
    house: tuple[Standing, World], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control."""

    async def broken(*_: object, **__: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(Operation, "__call__", broken)
    tried = attempt(house, tmp_path, "owner", "fuzzing", 1, only="^/api/venues$")
    assert any("Server error" in told for told in tried.failures)
