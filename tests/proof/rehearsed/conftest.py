"""One rehearsed world for all cells of this package: a write is run to its last check and leaves nothing."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from api.limits import Bucket
from tests.postgres import PostgresCluster
from tests.postgres_keeper import TEMPLATE
from tests.proof.house import open_house, rehearse
from tests.proof.world import World, build_world


@pytest_asyncio.fixture(scope="package", loop_scope="package")
async def world(postgres_cluster: PostgresCluster, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[World]:
    with postgres_cluster.clone(TEMPLATE) as database:
        async with open_house(database, tmp_path_factory.mktemp("house"), swept=False) as service:
            built = await build_world(service)
            with pytest.MonkeyPatch.context() as patch:
                rehearse(patch)
                # Everybody follows the same few links.
                patch.setattr("api.orders_page._CHANGES", Bucket("order-changes", 1_000_000))
                patch.setattr("api.orders_page._VISITS", Bucket("order-page", 1_000_000))
                yield built
