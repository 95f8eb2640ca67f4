"""Who may call what on whose things, over every route there is: declared once, asked cell by cell."""

from __future__ import annotations

import pytest

from api.app import openapi_document
from tests.proof.cases import OWN_CASES
from tests.proof.doors import OF_ANY_NAME, ROWS
from tests.proof.matrix import AIMS, operation_cells, other_cells, red_cells, scopes_without_a_role
from tests.proof.routes import STAND_INS, operation_routes, other_routes
from tests.proof.world import PERSONAS, Persona, World
from tests.tools.cases import CASES
from tools.catalog import CATALOG

pytestmark = pytest.mark.asyncio(loop_scope="module")


LATER = {"homeless", "admin", "rival", "reading key", "two at home"}
"""Who differs in few cells from somebody asked at each push; they are asked in the long tier."""
ASKED = [
    pytest.param(persona, id=persona.name, marks=pytest.mark.long if persona.name in LATER else ())
    for persona in PERSONAS
]


def uncovered(world: World) -> set[tuple[str, str]]:
    """Routes without a row."""
    found = other_routes(world.service) | set(operation_routes(world.service))
    covered = set(ROWS) | {
        route for route, name in operation_routes(world.service).items() if name in CASES | OWN_CASES
    }
    left_out = (*STAND_INS, *OF_ANY_NAME)
    return {route for route in found - covered if not route[1].startswith(left_out)}


async def test_every_route_has_a_row(world: World) -> None:
    assert uncovered(world) == set()
    documented = {(method.upper(), path) for path, methods in openapi_document()["paths"].items() for method in methods}
    assert documented <= other_routes(world.service) | set(operation_routes(world.service))
    assert set(ROWS) <= other_routes(world.service)


async def test_every_operation_has_a_good_call_and_a_scope_somebody_has() -> None:
    assert set(CATALOG) == set(CASES) | set(OWN_CASES)
    assert scopes_without_a_role() == set()


@pytest.mark.parametrize("persona", ASKED)
async def test_every_cell_of_an_operation_is_as_the_permission_table_says(world: World, persona: Persona) -> None:
    count, red = await red_cells(world, operation_cells(world, persona))
    assert not red, "\n".join(red)
    assert count >= len(CATALOG) * len(AIMS)


@pytest.mark.parametrize("persona", ASKED)
async def test_every_cell_of_another_route_is_as_declared(world: World, persona: Persona) -> None:
    count, red = await red_cells(world, other_cells(world, persona))
    assert not red, "\n".join(red)
    assert count == len(ROWS) * len(AIMS)
