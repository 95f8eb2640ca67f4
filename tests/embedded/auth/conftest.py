"""A started identity server for each test."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.embedded.auth.serving import RunningAuth, serving
from tests.postgres import ClonedDatabase


@pytest.fixture
async def auth(module_database: ClonedDatabase, tmp_path: Path) -> AsyncIterator[RunningAuth]:
    async with serving(module_database, tmp_path) as running:
        yield running
