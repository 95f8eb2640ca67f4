"""What identity tests run on: a key server, a clock that stands still, and a verifier on both."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx
import pytest

from tests.tools.store.identity.token_forge import URL, Clock, KeyServer
from tools.store.identity import TokenVerifier


@pytest.fixture
def server() -> KeyServer:
    return KeyServer()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def tokens(server: KeyServer, clock: Clock) -> AsyncIterator[TokenVerifier]:
    transport = httpx.MockTransport(server)
    async with TokenVerifier(
        URL, transport=transport, fetch_seconds=0.2, now=clock.wall, clock=clock.monotonic
    ) as verifier:
        yield verifier
