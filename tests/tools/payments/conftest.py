"""A till for each test, on the street of its module."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest_asyncio

from tests.postgres import ClonedDatabase
from tests.tools.payments.till import Street, Till, open_street


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def street(module_database: ClonedDatabase) -> AsyncIterator[Street]:
    async with open_street(module_database, pool_size=20) as opened:
        yield opened


@pytest_asyncio.fixture(loop_scope="module")
async def till(street: Street) -> Till:
    return await street.open()
