"""One stage per module: a case puts its rows back before it begins."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest_asyncio

from tests.agent.hostile.stage import Stage, open_stage
from tests.postgres import ClonedDatabase


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def stage(module_database: ClonedDatabase) -> AsyncIterator[Stage]:
    async with open_stage(module_database) as stage:
        yield stage
