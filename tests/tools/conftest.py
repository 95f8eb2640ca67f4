"""The office most tests of operations work in."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest_asyncio

from tests.office import Office, open_office
from tests.postgres import ClonedDatabase


@pytest_asyncio.fixture
async def office(database: ClonedDatabase) -> AsyncIterator[Office]:
    async with open_office(database) as opened:
        yield opened
