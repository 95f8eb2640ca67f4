"""A door of its own for each test, in the module's database."""

from __future__ import annotations

import pytest_asyncio

from tests.office import found_organization
from tests.postgres import ClonedDatabase
from tests.tools.check_ins.door import Door, open_door
from tools.context import Greenroom


@pytest_asyncio.fixture(loop_scope="module")
async def door(greenroom: Greenroom, module_database: ClonedDatabase) -> Door:
    return await open_door(await found_organization(greenroom, module_database.admin_dsn))
