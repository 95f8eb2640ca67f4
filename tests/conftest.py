"""What holds for every test: no network but this machine's own, and none of the developer's settings."""

from __future__ import annotations

import ipaddress
import os
import socket
from collections.abc import Iterator
from typing import Any

import pytest

_SETTINGS = (
    "GREENROOM_", "SUPABASE_", "OPENAI_", "DATABASE_", "REDIS_", "CORS_", "REQUESTS_", "MODEL_", "RUN_", "OTEL_",
    "LANGSMITH_", "LANGCHAIN_", "STRIPE_",
)  # fmt: skip


class NetworkUsed(AssertionError):
    """A test reached for another machine."""


@pytest.fixture(autouse=True)
def _own_settings_only(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.startswith(_SETTINGS) or name in ("HOST", "PORT"):
            monkeypatch.delenv(name)


@pytest.fixture(autouse=True, scope="session")
def _no_network() -> Iterator[None]:
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and not _is_here(address[0]):
            raise NetworkUsed(f"a test reached for {address[0]}")
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded)
        yield


def _is_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        return host == "localhost"
