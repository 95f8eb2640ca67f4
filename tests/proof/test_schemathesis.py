"""Every documented route, with requests made up from its description: nothing breaks, and nothing answers but what is described."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest

from api.rest import PREFIX
from tests.postgres import ClonedDatabase
from tests.proof.routes import Route
from tests.proof.standing import Standing, standing
from tests.proof.world import Place, World, build_world
from tools.catalog import CATALOG
from tools.errors import AppError, Conflict
from tools.operation import Operation
from tools.store import database

UNDERSTOOD = ["2xx", "304", "401", "403", "404", "409", "412", "422", "429"]
"""What a request may be answered that is as described. 422: rules between fields are in no schema."""
REFUSED = ["400", "401", "403", "404", "405", "406", "409", "412", "413", "415", "422", "428", "429"]
"""What a request may be answered that is not as described."""

WANTED = 10_000
A_FEW = r"^/api/(venues(/\{id\})?|public/holds)$"
"""Routes tried at each push; all of them in the long tier."""

LONG: dict[str, tuple[str, int]] = {
    # who: (phases, examples of each route)
    "owner": ("coverage,fuzzing,stateful", 6),
    "admin": ("fuzzing", 3),
    "staff": ("fuzzing", 3),
    "viewer": ("fuzzing", 2),
    "door": ("fuzzing", 2),
    "staff key": ("fuzzing", 3),
    "reading key": ("fuzzing", 2),
    "two at home": ("fuzzing", 2),
    "rival": ("fuzzing", 2),
    "anon": ("fuzzing", 3),
}


@dataclass(frozen=True)
class Tried:
    """What a run of schemathesis says of itself."""

    cases: int
    failures: list[str]
    report: dict[str, Any]


@dataclass(frozen=True)
class House:
    served: Standing
    world: World
    unnamed: list[str]
    """Rules of the database that refused something and that no error of ours names: the model should have known them."""


@pytest.fixture(scope="module")
def house(module_database: ClonedDatabase, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    unnamed: list[str] = []
    meant = database.to_app_error

    def noting(error: psycopg.Error) -> AppError:
        found = meant(error)
        if type(found) is Conflict and found.message == Conflict.title:
            unnamed.append(f"{error.diag.table_name}.{error.diag.constraint_name}")
        return found

    with pytest.MonkeyPatch.context() as patch, standing(module_database, tmp_path_factory.mktemp("house")) as served:
        world = served.run(build_world(served.service))
        patch.setattr(database, "to_app_error", noting)
        yield House(served, world, unnamed)


def attempt(house: House, folder: Path, who: str, phases: str, examples: int, only: str = "") -> Tried:
    """One run as `who`; a third of the texts it makes up are ids and names that exist."""
    served, world = house.served, house.world
    settings, report = folder / f"{who}.toml", folder / f"{who}.json"
    settings.write_text(_settings(world, "away" if who == "rival" else "home", of_two=who.startswith("two ")))
    token = world.tokens.get(who)
    command = [
        str(Path(sys.executable).with_name("schemathesis")), "--config-file", str(settings),
        "run", f"{served.url}/openapi.json", "--workers", "1", "--no-color",
        "--phases", phases, "--max-examples", str(examples), "--checks", "all",
        "--continue-on-failure", "--no-shrink", "--generation-deterministic", "--suppress-health-check", "all",
        "--report", "json", "--report-json-path", str(report),
        *(["--include-path-regex", only] if only else []),
        *(["--header", f"Authorization: Bearer {token}"] if token else []),
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, timeout=1500, cwd=folder)
    (folder / f"{who}.txt").write_text(done.stdout)
    assert report.exists(), done.stdout + done.stderr
    said = json.loads(report.read_text())
    failures = [f"{each['title']} {each['operations']}" for each in (*said["failures"], *said["errors"])]
    return Tried(said["test_cases"]["generated"], [*failures, done.stdout] if failures else [], said)


def _settings(world: World, place: Place, *, of_two: bool) -> str:
    """What schemathesis is told besides the description: which of the things that exist a field may name."""
    known: dict[str, set[str]] = {}
    targets: dict[Route, set[str]] = {}
    for estate in world.estates.values():
        for name, values in estate.inputs.items():
            for field, value in values.items():
                if isinstance(value, str) and len(value) < 60:
                    known.setdefault(field, set()).add(value)
            for http in CATALOG[name].http:
                if http.target:
                    targets.setdefault((http.method, PREFIX + http.path), set()).add(str(values[http.target]))
    home = world.estates[place]
    lines = [
        _dictionary("organization", {str(home.org_id)}),
        _dictionary("any version", {"*"}),
        _dictionary("published", {str(home.open_event)}),
        *(_dictionary(f"field {field}", values) for field, values in known.items()),
        *(_dictionary(" ".join(route), values) for route, values in targets.items()),
        "[parameters]",
        # A made-up one is refused before anything is read; who stands in two says which, and may be wrong.
        _bound("header.Greenroom-Organization", "organization", 0.7)
        if of_two
        else f'"header.Greenroom-Organization" = "{home.org_id}"',
        _bound("header.If-Match", "any version", 0.9),
        *(_bound(f"{where}.{field}", f"field {field}", 0.8) for field in known for where in ("body", "query")),
        "[checks.positive_data_acceptance]",
        f"expected-statuses = {json.dumps(UNDERSTOOD)}",
        "[checks.negative_data_rejection]",
        f"expected-statuses = {json.dumps(REFUSED)}",
        "[checks.missing_required_header]",
        f"expected-statuses = {json.dumps(REFUSED)}",
    ]
    for route in sorted(targets):
        lines += [
            "[[operations]]",
            f"include-name = {json.dumps(' '.join(route))}",
            "[operations.parameters]",
            _bound("path.id", " ".join(route), 0.8),
        ]
    return "\n".join(lines)


def _dictionary(name: str, values: set[str]) -> str:
    return f"[dictionaries.{json.dumps(name)}]\nvalues = {json.dumps(sorted(values))}"


def _bound(parameter: str, dictionary: str, probability: float) -> str:
    return f"{json.dumps(parameter)} = {{ dictionary = {json.dumps(dictionary)}, probability = {probability} }}"


def test_a_few_hundred_requests_break_nothing(house: House, tmp_path: Path) -> None:
    tried = attempt(house, tmp_path, "owner", "coverage", 1, only=A_FEW)
    assert not tried.failures, tried.failures
    assert tried.cases >= 250
    assert house.unnamed == []


@pytest.mark.long
@pytest.mark.timeout(3000)
def test_ten_thousand_requests_of_every_role_break_nothing(
    house: House, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tried = {who: attempt(house, tmp_path, who, phases, examples) for who, (phases, examples) in LONG.items()}
    total = sum(each.cases for each in tried.values())
    with capsys.disabled():
        print(f"\n{total:,} requests", {who: each.cases for who, each in tried.items()})
    assert {who: each.failures for who, each in tried.items() if each.failures} == {}
    assert total >= WANTED
    assert house.unnamed == []


def test_an_operation_that_breaks_is_noticed(house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The negative control."""

    async def broken(*_: object, **__: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(Operation, "__call__", broken)
    tried = attempt(house, tmp_path, "owner", "fuzzing", 1, only="^/api/venues$")
    assert any("Server error" in told for told in tried.failures)
