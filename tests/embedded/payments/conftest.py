"""One running sandbox for the tests of a module."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.embedded.payments.serving import RunningSandbox, running_sandbox
from tests.postgres import ClonedDatabase


@pytest.fixture(scope="module")
def running(module_database: ClonedDatabase) -> Iterator[RunningSandbox]:
    with running_sandbox(module_database) as sandbox:
        yield sandbox


@pytest.fixture
def sandbox(running: RunningSandbox) -> RunningSandbox:
    """With every knob as it was."""
    running.turn()
    running.shopkeeper.refuse = 0
    running.shopkeeper.heard.clear()
    return running
