"""One seeded database for all tests of a module; each test leaves it as it found it."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest

from tests.database.rules import Bench, bench_of
from tests.database.world import World, build_world
from tests.postgres import ClonedDatabase


@pytest.fixture(scope="module")
def seeded(module_database: ClonedDatabase) -> Iterator[World]:
    with psycopg.connect(module_database.admin_dsn) as connection:
        yield build_world(connection)
        connection.rollback()


@pytest.fixture
def world(seeded: World) -> Iterator[World]:
    with seeded.connection.transaction(force_rollback=True):
        yield seeded


@pytest.fixture
def bench(world: World) -> Bench:
    return bench_of(world)
