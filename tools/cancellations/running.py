"""Carrying out refunds of whole events: one short transaction per order, so that a crash loses none and repeats none."""

from __future__ import annotations

from uuid import UUID

from tools.cancellations import repository
from tools.context import Greenroom
from tools.errors import Busy

AT_ONCE = 200
"""Orders of one run in a row, before others have their turn."""


async def go_on(greenroom: Greenroom, run_id: UUID, at_most: int = AT_ONCE) -> int:
    """Refunds orders of the run until none is left, `at_most` were taken, or one is locked by somebody else. Answers how many."""
    for taken in range(at_most):
        try:
            async with greenroom.database.session(None) as tx:
                if await repository.refund_next(tx, run_id) is None:
                    return taken
        except Busy:
            return taken
    return at_most


async def sweep(greenroom: Greenroom) -> int:
    """Goes on with every run that is not done. Answers how many orders were taken."""
    async with greenroom.database.session(None) as tx:
        runs = await repository.unfinished_runs(tx)
    return sum([await go_on(greenroom, run_id) for run_id in runs])
