"""A shop where only its two orders keep places, so that every place can be counted. Holds no test."""

from __future__ import annotations

import pytest_asyncio

from tests.tools.shop import Shop


@pytest_asyncio.fixture(loop_scope="module")
async def shop(shop: Shop) -> Shop:
    return await shop.emptied()
