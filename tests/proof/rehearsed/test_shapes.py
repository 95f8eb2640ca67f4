"""What goes in and what comes out: no column that an input does not name is taken, no key that an answer does not describe is told."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from pydantic import ConfigDict, create_model

from api import rest
from tests.proof.doors import ROWS, made_for
from tests.proof.matrix import Cell, operation_cells, red_cells
from tests.proof.shapes import extra_keys, let_in, open_objects, too_much
from tests.proof.wire import Asked, ask
from tests.proof.world import PERSONAS, World
from tools.catalog import CATALOG
from tools.operation import Operation
from tools.venues.models import CreateVenue

pytestmark = pytest.mark.asyncio(loop_scope="package")

OWNER = next(each for each in PERSONAS if each.name == "owner")
LENIENT = ("/api/copilotkit", "/mcp", "/api/hooks")
"""Bodies in somebody else's shape, of which little is read: `tests/doors/copilot/test_hostile_clients.py` and the tests of the hooks."""


async def columns(world: World) -> set[str]:
    found = await world.service.sql(
        "select distinct column_name from information_schema.columns where table_schema = 'public'"
    )
    return {str(name) for (name,) in found}


async def test_no_input_takes_a_column_it_does_not_name(world: World) -> None:
    names = await columns(world)
    assert len(names) > 100
    inputs = world.estates["home"].inputs
    taken = {name: let_in(each.input, inputs[name], names) for name, each in CATALOG.items()}
    assert {name: found for name, found in taken.items() if found} == {}
    assert [name for name, each in CATALOG.items() if open_objects(each.input)] == []


async def test_an_input_that_takes_anything_is_noticed(world: World) -> None:
    """The negative control."""

    class Lax(CreateVenue):
        model_config = ConfigDict(extra="ignore")

    names = await columns(world)
    assert let_in(Lax, world.estates["home"].inputs["create_venue"], names) == sorted(names - set(Lax.model_fields))
    assert open_objects(Lax) == ["Lax"]


def with_columns(asked: Asked, names: set[str]) -> Asked:
    strange = dict.fromkeys(sorted(names), "1")
    if asked.method in ("GET", "DELETE"):
        return replace(asked, query={**strange, **asked.query})
    return replace(asked, body={**strange, **(asked.body or {})})


async def takers(world: World, cells: list[Cell], names: set[str]) -> list[str]:
    """Addresses that answer anything but 422 to a good call with all those columns besides."""
    found = []
    for cell in cells:
        known = set(CATALOG[cell.operation].input.model_fields) if cell.operation else set()
        answer = await ask(world.service.app, with_columns(cell.asked, names - known))
        if answer.status != 422:
            found.append(f"{' '.join(cell.route)}: {answer.status}")
    return found


async def test_no_address_takes_a_column_besides_a_good_call(world: World) -> None:
    names = await columns(world)
    cells = [cell for cell in operation_cells(world, OWNER) if cell.aim == "own"]
    assert await takers(world, cells, names) == []
    others = []
    for route, row in ROWS.items():
        asked = made_for(row, world, OWNER, "own")
        if isinstance(asked.body, dict) and not route[1].startswith(LENIENT) and route[1] != "/api/actions/{operation}":
            others.append(Cell(route, OWNER, "own", asked, frozenset({422})))
    assert len(others) >= 10
    assert await takers(world, others, names) == []


async def test_an_address_that_drops_what_it_does_not_know_is_noticed(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control."""
    real = rest.read_input

    def forgiving(model: Any, values: Any) -> Any:
        return real(model, {name: value for name, value in values.items() if name in model.model_fields})

    monkeypatch.setattr(rest, "read_input", forgiving)
    cells = [cell for cell in operation_cells(world, OWNER) if cell.aim == "own" and cell.operation == "create_venue"]
    assert await takers(world, cells, await columns(world)) == ["POST /api/venues: 201"]


@pytest.mark.parametrize(
    ("name", "model", "more", "told"),
    [
        ("owner", "get_venue", {"password": "x"}, "tells ['.password']"),
        ("owner", "get_organization", {"key": "x"}, "tells ['.key']"),
        ("door", "get_check_in_list", {"buyer_email": "ann@example.org"}, "tells ['.buyer_email']"),
    ],
)
async def test_a_key_that_slipped_into_an_answer_turns_its_cell_red(
    world: World, monkeypatch: pytest.MonkeyPatch, name: str, model: str, more: dict[str, Any], told: str
) -> None:
    """The negative control of what every cell of the route matrix looks for."""
    real = Operation.__call__

    async def wider(self: Any, *call: Any) -> Any:
        answer = await real(self, *call)
        if self.name != model:
            return answer
        slipped = create_model("Slipped", __base__=type(answer), **{key: (str, value) for key, value in more.items()})
        return slipped(**answer.model_dump())

    persona = next(each for each in PERSONAS if each.name == name)
    cells = [cell for cell in operation_cells(world, persona) if (cell.aim, cell.operation) == ("own", model)]
    assert (await red_cells(world, iter(cells)))[1] == []
    monkeypatch.setattr(Operation, "__call__", wider)
    (red,) = (await red_cells(world, iter(cells)))[1]
    assert told in red


async def test_a_secret_and_what_the_door_needs_not_know_are_noticed_where_they_are_described(world: World) -> None:
    """Also a key that somebody added to a model: one that opens something, one that is too much for the door."""
    assert too_much("get_venue", "owner", {"id": "1", "secret": "x"}) == ["secret"]
    assert too_much("create_webhook", "owner", {"id": "1", "secret": "x"}) == []
    assert too_much("get_order", "owner", {"buyer": {"token": "x"}}) == ["token"]
    assert too_much("get_check_in_list", "door", {"items": [{"buyer_email": "x", "name": "Ann"}]}) == ["buyer_email"]
    assert extra_keys(CATALOG["find_venues"].output, {"items": [{"password": "x"}], "next_cursor": None}) == [
        ".items[].password"
    ]
