"""Who may do what to whose row, cell by cell, in the database itself."""

from __future__ import annotations

import pytest

from tests.database.intrusions import INTRUSIONS, MOVED, successes
from tests.database.matrix import RIGHTS, cells, red_cells
from tests.database.world import World


def tables(world: World) -> set[str]:
    found = world.connection.execute(
        "select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')"
    )
    return {str(name) for (name,) in found}


def test_every_table_is_in_the_declared_matrix(world: World) -> None:
    assert tables(world) == set(RIGHTS)


def test_a_table_nobody_declared_is_noticed(world: World) -> None:
    world.connection.execute("create table public.forgotten (id integer)")
    assert tables(world) - set(RIGHTS) == {"forgotten"}


@pytest.mark.parametrize("table", RIGHTS)
def test_every_cell_is_as_declared(world: World, table: str) -> None:
    assert red_cells(world, [table]) == []


def test_the_matrix_is_large_enough_to_mean_something(world: World) -> None:
    assert cells() >= 1_500
    assert len(INTRUSIONS) + len(MOVED) >= 50


def test_no_intrusion_succeeds(world: World) -> None:
    assert successes(world) == []


def test_the_service_writes_no_audit_of_its_own(world: World) -> None:
    for verb in ("insert", "update", "delete"):
        found = world.connection.execute("select has_table_privilege('service_role', 'public.audit', %s)", (verb,))
        assert found.fetchone() == (False,)
