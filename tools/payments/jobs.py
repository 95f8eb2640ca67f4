"""What runs besides requests: every open payment and refund is brought to its end. Safe to run twice, and at the same time."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from uuid import UUID

from tools.context import Greenroom
from tools.payments import repository
from tools.payments.settling import go_on, send_refund

AT_ONCE = 8
"""Calls to the provider at the same time; it answers 100 a second at most, and we have other work."""
PER_ROUND = 200


async def reconcile_payments(greenroom: Greenroom, *, now: bool = False) -> int:
    """Ask for the payments whose end is not known and due, or all of them `now`. Answers how many were asked for."""
    if greenroom.payments is None:
        return 0
    async with greenroom.database.session(None) as tx:
        due = await repository.due_payments(tx, greenroom.payments.name, now=now, at_most=PER_ROUND)
    return await _each(due, partial(go_on, greenroom))


async def send_refunds(greenroom: Greenroom, *, now: bool = False) -> int:
    """Send the refunds that were promised, and ask for those that were sent. Answers how many."""
    if greenroom.payments is None:
        return 0
    async with greenroom.database.session(None) as tx:
        due = await repository.due_refunds(tx, greenroom.payments.name, now=now, at_most=PER_ROUND)
    return await _each(due, partial(send_refund, greenroom))


async def _each(due: list[UUID], call: Callable[[UUID], Awaitable[None]]) -> int:
    """One that fails stops none of the others; the first error is raised at the end."""
    room = asyncio.Semaphore(AT_ONCE)

    async def one(subject: UUID) -> None:
        async with room:
            await call(subject)

    ended = await asyncio.gather(*(one(subject) for subject in due), return_exceptions=True)
    for result in ended:
        if isinstance(result, BaseException):
            raise result
    return len(due)
