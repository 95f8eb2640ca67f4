"""The newsroom these tests work in."""

from __future__ import annotations

import pytest_asyncio

from tests.office import found_organization
from tests.postgres import ClonedDatabase
from tests.tools.webhooks.receiving import Newsroom, newsroom
from tools.context import Greenroom


@pytest_asyncio.fixture(loop_scope="module")
async def news(greenroom: Greenroom, module_database: ClonedDatabase) -> Newsroom:
    """An organisation of its own for each test, and nobody else's news waiting."""
    office = await found_organization(greenroom, module_database.admin_dsn)
    office.sql("delete from public.webhooks")
    return newsroom(office)
