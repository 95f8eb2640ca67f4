"""The shop with nothing but its two orders, so that a test can count places from nothing."""

from __future__ import annotations

import pytest_asyncio

from tests.postgres import ClonedDatabase
from tests.tools.shop import Shop, open_shop
from tools.context import Greenroom


@pytest_asyncio.fixture(loop_scope="module")
async def shop(greenroom: Greenroom, module_database: ClonedDatabase) -> Shop:
    opened = await open_shop(greenroom, module_database.admin_dsn)
    return await opened.emptied()
