"""What tests of the copilot's door share: an organisation with a venue, on a database of its own."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.office import Office, open_office
from tests.postgres import ClonedDatabase


@pytest.fixture
async def office(database: ClonedDatabase) -> AsyncIterator[Office]:
    async with open_office(database, pool_size=6) as office:
        await office.do("create_venue", name="Blue Room", city="Amsterdam", capacity=150)
        yield office
