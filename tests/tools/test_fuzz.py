"""Whatever is sent, an operation answers, or refuses in words of the trade; it never breaks, and a refusal leaves no trace."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from pydantic import ValidationError

from tests.office import open_greenroom
from tests.postgres import ClonedDatabase
from tests.tools.cases import CASES, WRITES
from tests.tools.inputs import inputs
from tests.tools.shop import Shop, open_shop
from tools.catalog import CATALOG
from tools.context import Greenroom
from tools.errors import AppError

CALLS = 70
"""Of each operation; over 2,500 in all."""


class Loop:
    """One event loop for the calls of all examples, with the service open in it."""

    def __init__(self, runner: asyncio.Runner, greenroom: Greenroom, admin_dsn: str) -> None:
        self.runner = runner
        self._greenroom = greenroom
        self._admin_dsn = admin_dsn

    def open_shop(self) -> Shop:
        return self.runner.run(open_shop(self._greenroom, self._admin_dsn))

    def outcome(self, shop: Shop, name: str, sent: dict[str, Any]) -> str:
        """`answered`, `invalid`, or the code of the refusal. Anything else is raised."""
        try:
            answer = self.runner.run(shop.do(name, **sent))
        except ValidationError:
            return "invalid"
        except AppError as refused:
            return refused.code if 400 <= refused.status < 500 and refused.to_problem()["detail"] else "broken"
        return "looked" if getattr(answer, "dry_run", False) else "answered"


@pytest.fixture(scope="module")
def loop(module_database: ClonedDatabase) -> Iterator[Loop]:
    with asyncio.Runner() as runner:
        opening = open_greenroom(module_database, pool_size=2)
        greenroom = runner.run(opening.__aenter__())
        yield Loop(runner, greenroom, module_database.admin_dsn)
        runner.run(opening.__aexit__(None, None, None))


@pytest.mark.parametrize("name", CASES)
def test_an_operation_answers_or_refuses_whatever_is_sent(loop: Loop, name: str) -> None:
    shop = loop.open_shop()
    tally: Counter[str] = Counter()

    @settings(max_examples=CALLS, derandomize=True, deadline=None)
    @given(sent=inputs(name, shop))
    def call(sent: dict[str, Any]) -> None:
        tally[loop.outcome(shop, name, sent)] += 1

    entries, messages = shop.trace(name)
    call()
    assert tally["broken"] == 0
    written = tally["answered"] if name in WRITES else 0
    assert shop.trace(name) == (entries + written, messages + written)
    # Few inputs differ where there is little to say; elsewhere the calls must reach past the input's model.
    assert tally.total() >= CALLS or not CATALOG[name].input.model_fields
    assert tally.total() > tally["invalid"], tally
    loop.runner.run(still_readable(shop))


async def still_readable(shop: Shop) -> None:
    """Nothing was stored that can not be read again."""
    for name in (
        "list_events",
        "find_venues",
        "list_bookings",
        "list_ticket_types",
        "list_orders",
        "list_sponsors",
        "list_audit",
    ):
        await shop.do(name, limit=100)
    await shop.do("sales_report")
