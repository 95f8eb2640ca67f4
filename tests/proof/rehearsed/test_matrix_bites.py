"""The negative control of the route matrix: each way a right is forgotten, planted, turns a cell red."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest

from tests.proof.matrix import Cell, operation_cells, other_cells, red_cells
from tests.proof.world import PERSONAS, World
from tests.refusals import Refusals
from tools import context
from tools.context import Caller, Context
from tools.errors import NotFound
from tools.exports import rules as exports
from tools.store.database import Database
from tools.venues import repository as venues

pytestmark = pytest.mark.asyncio(loop_scope="package")

Plant = Callable[[pytest.MonkeyPatch, World], None]


def a_scope_too_many(patch: pytest.MonkeyPatch, _: World) -> None:
    patch.setitem(context.SCOPES, "viewer", context.READ_SCOPES | {"finance:read"})  # type: ignore[arg-type]


def a_scope_too_few(patch: pytest.MonkeyPatch, _: World) -> None:
    patch.setitem(context.SCOPES, "staff", context.STAFF_SCOPES - {"mails:read"})  # type: ignore[arg-type]


def no_scope_asked(patch: pytest.MonkeyPatch, _: World) -> None:
    patch.setattr(Context, "require", lambda *_: None)


def a_list_under_another_right(patch: pytest.MonkeyPatch, _: World) -> None:
    patch.setattr(exports, "SCOPES", {**exports.SCOPES, "ledger": "reports:read"})


def a_door_that_asks_nobody(patch: pytest.MonkeyPatch, world: World) -> None:
    owner = world.estates["home"].shop.office.caller

    async def anybody(_: object) -> Caller:
        return owner

    patch.setattr("api.exports.caller_of", anybody)


def an_organisation_forgotten(patch: pytest.MonkeyPatch, _: World) -> None:
    """Twice: in the query and in the session, since either alone keeps the other's things out."""
    real = Database.session

    @asynccontextmanager
    async def unguarded(self: Database, *who: Any, **how: Any) -> AsyncIterator[Any]:
        async with real(self, *who, **how) as opened:
            await opened.execute("reset role")
            yield opened

    async def any_venue(tx: Any, _org: object, venue_id: object) -> Any:
        return await tx.fetch_one(venues._VENUE + "where v.id = %(id)s", {"id": venue_id}, row=venues.Venue)

    patch.setattr(Database, "session", unguarded)
    patch.setattr(venues, "get", any_venue)


def a_refusal_that_tells_of_the_machine(patch: pytest.MonkeyPatch, _: World) -> None:
    patch.setattr(NotFound, "title", "relation public.venues: no row")


PLANTS: dict[str, tuple[Plant, str, str]] = {
    # mistake: (how it is made, who notices, at which address)
    "a role with a scope too many": (a_scope_too_many, "viewer", "/api/payouts"),
    "a role with a scope too few": (a_scope_too_few, "staff", "/api/mails"),
    "an operation that asks for no scope": (no_scope_asked, "viewer", "/api/members"),
    "a list handed out under a smaller right": (a_list_under_another_right, "viewer", "/api/exports"),
    "a door that asks nobody who they are": (a_door_that_asks_nobody, "anon", "/api/exports"),
    "a door that answers another organisation": (a_door_that_asks_nobody, "rival", "/api/exports"),
    "a query without its organisation": (an_organisation_forgotten, "staff", "/api/venues"),
    "a refusal that tells of the machine": (a_refusal_that_tells_of_the_machine, "staff", "/api/venues"),
}


def cells_of(world: World, name: str, address: str) -> list[Cell]:
    persona = next(each for each in PERSONAS if each.name == name)
    found = [*operation_cells(world, persona), *other_cells(world, persona)]
    return [cell for cell in found if cell.route[1].startswith(address)]


@pytest.mark.parametrize("mistake", PLANTS)
async def test_a_planted_mistake_turns_a_cell_red(
    world: World, mistake: str, monkeypatch: pytest.MonkeyPatch, refusals: Refusals
) -> None:
    plant, name, address = PLANTS[mistake]
    assert (await red_cells(world, iter(cells_of(world, name, address))))[1] == []
    plant(monkeypatch, world)
    count, red = await red_cells(world, iter(cells_of(world, name, address)))
    assert red, f"{count} cells, none of them red"
    # What was planted is noticed by that watch as well.
    assert bool(refusals.leaks) is (plant is a_refusal_that_tells_of_the_machine)
    refusals.leaks.clear()
