"""One service per test module: its rows are told apart by organisation, as in life."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.builders import Person, Service, serving
from tests.postgres import ClonedDatabase
from tests.refusals import refusals

__all__ = ["refusals"]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def service(module_database: ClonedDatabase, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Service]:
    async with serving(module_database, tmp_path_factory.mktemp("service")) as running:
        yield running


@pytest_asyncio.fixture(loop_scope="module")
async def owner(service: Service) -> Person:
    """The owner of an organisation of their own."""
    return await service.make_person("owner")
