"""The office and the shop most tests of operations work in."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest_asyncio

from tests.office import Office, open_greenroom, open_office
from tests.postgres import ClonedDatabase
from tests.tools.cases import CASES
from tests.tools.payments.paper import PaperProvider
from tests.tools.shop import Shop, open_shop
from tools.context import Greenroom


@pytest_asyncio.fixture
async def office(database: ClonedDatabase) -> AsyncIterator[Office]:
    async with open_office(database) as opened:
        yield opened


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def greenroom(module_database: ClonedDatabase) -> AsyncIterator[Greenroom]:
    """One service for the tests of a module that run in the module's loop."""
    async with open_greenroom(module_database) as opened:
        yield replace(opened, payments=PaperProvider())


@pytest_asyncio.fixture(loop_scope="module")
async def shop(greenroom: Greenroom, module_database: ClonedDatabase) -> Shop:
    """A shop of its own for each test, in the module's database."""
    return await open_shop(greenroom, module_database.admin_dsn)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def standing_shop(greenroom: Greenroom, module_database: ClonedDatabase) -> Shop:
    """One shop for all the calls that change nothing."""
    opened = await open_shop(greenroom, module_database.admin_dsn)
    for case in CASES.values():
        # What a case needs besides is there before anything is compared.
        case.data(opened)
    return opened
