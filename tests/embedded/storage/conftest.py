"""A started file server for each test, with a bucket of its own."""

from __future__ import annotations

import itertools
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.embedded.storage.serving import RunningStorage, serving
from tests.postgres import ClonedDatabase

_NUMBERS = itertools.count(1)


@pytest.fixture
async def storage(module_database: ClonedDatabase, tmp_path: Path) -> AsyncIterator[RunningStorage]:
    async with serving(module_database, tmp_path, largest_object=1_000_000) as running:
        yield running


@pytest.fixture
async def bucket(storage: RunningStorage) -> str:
    name = f"bucket-{next(_NUMBERS)}"
    await storage.client().create_bucket(name)
    return name
