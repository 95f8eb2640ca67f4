"""Who may call what on whose things, over every route there is: declared once, asked cell by cell."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from starlette.responses import PlainTextResponse
from starlette.routing import Mount, Route, WebSocketRoute

from api.app import openapi_document
from tests.builders import Service
from tests.proof.cases import OWN_CASES
from tests.proof.doors import ALSO, OF_ANY_NAME, ROWS, Aim
from tests.proof.matrix import AIMS, operation_cells, other_cells, red_cells, scopes_without_a_role
from tests.proof.routes import STAND_INS, operation_routes, other_routes
from tests.proof.world import PERSONAS, Persona, World
from tests.tools.cases import CASES
from tools.catalog import CATALOG
from tools.operation import Http

pytestmark = pytest.mark.asyncio(loop_scope="package")

ROOT = Path(__file__).parents[3]
LATER = {"homeless", "admin", "rival", "reading key", "two at home"}
"""Who differs in few cells from somebody asked at each push; they are asked in the long tier."""
PUSHED = {("staff key", "foreign"), ("two away", "elsewhere")}
LIKE_STAFF = [
    pytest.param(name, aim, marks=() if (name, aim) in PUSHED else pytest.mark.long)
    for name in ("staff key", "two away")
    for aim in AIMS
]
"""Who does in most cells what staff does: at each push what differs most is asked, in the long tier all."""
ASKED = [
    pytest.param(persona, id=persona.name, marks=pytest.mark.long if persona.name in LATER else ())
    for persona in PERSONAS
]
OTHERS = [each for each in ASKED if each.id not in {"buyer", "viewer", "staff key"}]
OTHERS += [pytest.param(each.values[0], id=each.id, marks=pytest.mark.long) for each in ASKED if each not in OTHERS]
"""Strangers are alike at the routes that are no operation, and so are who may read and who may not."""


def uncovered(service: Service) -> set[tuple[str, str]]:
    """Routes without a row."""
    found = other_routes(service) | set(operation_routes(service))
    covered = set(ROWS) | {route for route, name in operation_routes(service).items() if name in CASES | OWN_CASES}
    left_out = (*STAND_INS, *OF_ANY_NAME)
    return {route for route in found - covered if not route[1].startswith(left_out)}


async def test_every_route_has_a_row(world: World) -> None:
    assert uncovered(world.service) == set()
    documented = {(method.upper(), path) for path, methods in openapi_document()["paths"].items() for method in methods}
    assert documented <= other_routes(world.service) | set(operation_routes(world.service))
    assert set(ROWS) <= other_routes(world.service)
    assert {route for route, _ in ALSO} <= set(ROWS)


async def test_what_is_left_out_is_there_and_tested_elsewhere(world: World) -> None:
    for prefix, place in {**STAND_INS, **OF_ANY_NAME}.items():
        assert any(path.startswith(prefix) for _, path in other_routes(world.service)), prefix
        assert (ROOT / place).is_file(), place


async def test_whatever_is_added_without_a_row_is_noticed(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The negative control: a route, a socket, a whole application, an operation."""

    async def answer(_: object) -> PlainTextResponse:
        return PlainTextResponse("hello")

    router = world.service.app.router
    planted = [
        Route("/api/planted", answer, methods=["POST"]),
        WebSocketRoute("/api/live", answer),
        Mount("/planted", answer),
        Mount("/nested", routes=[Route("/inner", answer)]),
    ]
    monkeypatch.setattr(router, "routes", [*router.routes, *planted])
    parts = world.service.parts
    more = replace(CATALOG["get_event"], name="peek", http=(Http("GET", "/peek"),))
    greenroom = replace(parts.greenroom, catalog={**CATALOG, "peek": more})
    found = uncovered(replace(world.service, parts=replace(parts, greenroom=greenroom)))
    assert found == {
        ("POST", "/api/planted"), ("*", "/api/live"), ("*", "/planted"), ("GET", "/nested/inner"), ("GET", "/api/peek"),
    }  # fmt: skip


async def test_every_operation_has_a_good_call_and_a_scope_somebody_has() -> None:
    assert set(CATALOG) == set(CASES) | set(OWN_CASES)
    assert scopes_without_a_role() == set()


@pytest.mark.parametrize("persona", [each for each in ASKED if each.id not in {name for name, _ in PUSHED}])
async def test_every_cell_of_an_operation_is_as_the_permission_table_says(world: World, persona: Persona) -> None:
    count, red = await red_cells(world, operation_cells(world, persona))
    assert not red, "\n".join(red)
    assert count >= len(CATALOG) * len(AIMS)


@pytest.mark.parametrize(("name", "aim"), LIKE_STAFF)
async def test_every_cell_of_who_is_like_staff_is_as_the_permission_table_says(
    world: World, name: str, aim: Aim
) -> None:
    persona = next(each for each in PERSONAS if each.name == name)
    count, red = await red_cells(world, (cell for cell in operation_cells(world, persona) if cell.aim == aim))
    assert not red, "\n".join(red)
    assert count >= len(CATALOG)


@pytest.mark.parametrize("persona", OTHERS)
async def test_every_cell_of_another_route_is_as_declared(world: World, persona: Persona) -> None:
    count, red = await red_cells(world, other_cells(world, persona))
    assert not red, "\n".join(red)
    assert count == (len(ROWS) + len(ALSO)) * len(AIMS)
