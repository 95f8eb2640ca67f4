"""Serving: one sale inside a caller's transaction, or many callers' sales and holds gathered into one."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID
from weakref import WeakKeyDictionary

import orjson

from tools.context import Context, Greenroom
from tools.counter import repository
from tools.counter.models import Reservation, RungUp, Sale, Served, Shelf, Trace
from tools.counter.refusals import refusal
from tools.counter.ringing import hold_member, order_member, ring_up
from tools.errors import AppError, Busy, NotFound, Upstream
from tools.kit.gathering import Gathering
from tools.kit.ids import IdSource, RandomIds
from tools.kit.recent import Recent
from tools.kit.sealing import Sealer
from tools.store.database import CALLS_ABREAST, Database, Serialization
from tools.tickets.rules import TicketsSoldOut

MOST = 64
"""Members of one call at most: more gain little, and everybody of a call waits for all of it."""
LINGER_SECONDS = 0.008
"""How long a call waits for company in a crowd. A call costs Postgres as much as several of its members."""
CROWD = 8
"""A call of so many is a crowd."""
ATTEMPTS = 4
SHELF_SECONDS = 10.0
"""How long a snapshot of prices is used before it is read again; a stale one is refused by its versions, not sold from."""
SLOW_SECONDS = 5.0
"""How long an event whose rows somebody else keeps locked is served apart, so that nobody waits for a stranger's event."""

_SERVE_IMPATIENT = "select set_config('lock_timeout', '400ms', true), app.serve(%(members)s::jsonb) as outcomes"
_SERVE = "select app.serve(%(members)s::jsonb) as outcomes"

Member = dict[str, Any]
Outcome = dict[str, Any]


async def serve_within(ctx: Context, sale: Sale) -> tuple[RungUp, Served]:
    """One sale, in the caller's own transaction (a step of a proposal, a call by name). Raises SELLING; NotFound without an event."""
    shelf = await repository.shelf_of(ctx.tx, ctx.org_id, sale.event_id)
    if shelf is None:
        raise NotFound.named("event", str(sale.event_id))
    rung = ring_up(sale, shelf, ctx.ids)
    outcome = (await repository.serve(ctx.tx, [{"n": 0} | order_member(rung, None, None, ctx.greenroom.fields)]))[0]
    match outcome.get("problem"):
        case "offer_changed" | "no_such_ticket_type":
            raise Serialization(retry_after=1)
        case "quotas_never_oversold":
            raise TicketsSoldOut(details=outcome["detail"] | {"event_id": str(sale.event_id)})
    return rung, _served(outcome)


async def make_room(greenroom: Greenroom, refused: AppError) -> bool:
    """After a refused sale is rolled back: whether holds or unpaid orders of the event had expired and are gone now."""
    event_id = refused.details.get("event_id")
    if not isinstance(refused, TicketsSoldOut) or event_id is None:
        return False
    return await release_expired(greenroom.database, [UUID(event_id)]) > 0


async def release_expired(database: Database, events: Iterable[UUID | None], at_most: int = 200) -> int:
    """Ends the holds and unpaid orders whose time has come, per event (None: of all). Answers how many ended."""
    released = 0
    for event_id in events:
        async with database.session(None) as tx:
            released += await repository.release_expired(tx, event_id, at_most)
    return released


class Counter:
    """Gathers the sales and holds of all callers of one process. Each member's rights are checked in SQL by their user id."""

    def __init__(self, database: Database, fields: Sealer) -> None:
        self._database = database
        self._fields = fields
        self._all: Gathering[Member, Outcome] = Gathering(
            self._serve_impatiently, most=MOST, abreast=CALLS_ABREAST, linger=LINGER_SECONDS, crowd=CROWD
        )
        self._apart: dict[str, tuple[float, Gathering[Member, Outcome]]] = {}
        self._shelves: Recent[tuple[UUID, UUID], Shelf | None] = Recent(SHELF_SECONDS)

    async def shelf(
        self, org: UUID, event_id: UUID, read: Callable[[], Awaitable[Shelf | None]], *, fresh: bool = False
    ) -> Shelf | None:
        """The event's shelf, at most SHELF_SECONDS old. `read` reads it as the caller, whose right to see it that shows."""
        return await self._shelves.get((org, event_id), read, fresh=fresh)

    async def order(self, rung: RungUp, trace: Trace | None = None, answer: dict[str, Any] | None = None) -> Served:
        """Raises what the counter refuses (refusals.py), IdempotencyMismatch, Busy, Forbidden; OfferChanged when the shelf was stale."""
        return await self._submit(order_member(rung, trace, answer, self._fields))

    async def hold(self, reservation: Reservation, shelf: Shelf, ids: IdSource | None = None) -> Served:
        """Raises what the counter refuses (refusals.py); OfferChanged when the shelf was stale."""
        return await self._submit(hold_member(reservation, shelf, ids or RandomIds()))

    async def _submit(self, member: Member) -> Served:
        event = str(member["event"])
        outcome = await self._line_of(event).submit(member)
        return _served(outcome)

    def _line_of(self, event: str) -> Gathering[Member, Outcome]:
        until, line = self._apart.get(event, (0.0, self._all))
        if until and until < time.monotonic():
            del self._apart[event]
            return self._all
        return line

    async def _serve_impatiently(self, members: Sequence[Member]) -> Sequence[Outcome | Exception]:
        """All members in one transaction; a row somebody keeps locked makes their events go on apart."""
        try:
            return await self._serve_all(members, _SERVE_IMPATIENT)
        except Busy:
            for event in {str(member["event"]) for member in members}:
                line: Gathering[Member, Outcome] = Gathering(self._serve_patiently, most=MOST, abreast=1)
                self._apart[event] = (time.monotonic() + SLOW_SECONDS, line)
            return await asyncio.gather(
                *(self._apart[str(member["event"])][1].submit(member) for member in members), return_exceptions=True
            )  # type: ignore[return-value]

    async def _serve_patiently(self, members: Sequence[Member]) -> Sequence[Outcome | Exception]:
        return await self._serve_all(members, _SERVE)

    async def _serve_all(self, members: Sequence[Member], statement: str) -> Sequence[Outcome | Exception]:
        try:
            outcomes = await self._call(members, statement)
        except (Busy, Upstream):
            # Locked, or nobody knows whether it was written: not tried again here. Ids and keys make a repeat safe.
            raise
        except AppError as failure:
            if len(members) == 1:
                return [failure]
            return [(await self._serve_all([member], statement))[0] for member in members]
        return await self._once_more_with_room(members, outcomes, statement)

    async def _once_more_with_room(
        self, members: Sequence[Member], outcomes: list[Outcome], statement: str
    ) -> Sequence[Outcome | Exception]:
        """Who found it sold out is served again when holds or unpaid orders had expired meanwhile."""
        left_out = [n for n, outcome in enumerate(outcomes) if outcome.get("problem") == "quotas_never_oversold"]
        if not left_out:
            return outcomes
        if await release_expired(self._database, {members[n]["event"] for n in left_out}):
            again = await self._call([members[n] for n in left_out], statement)
            for n, outcome in zip(left_out, again, strict=True):
                outcomes[n] = outcome
        return outcomes

    async def _call(self, members: Sequence[Member], statement: str) -> list[Outcome]:
        numbered = orjson.dumps([{"n": n} | member for n, member in enumerate(members)]).decode()
        for attempt in range(1, ATTEMPTS + 1):
            try:
                rows = await self._database.call(statement, {"members": numbered}, swift=statement == _SERVE_IMPATIENT)
                outcomes: list[Outcome] = rows[0]["outcomes"]
                return outcomes
            except Serialization:
                if attempt == ATTEMPTS:
                    raise
        raise AssertionError("the loop returns or raises")


_counters: WeakKeyDictionary[Database, Counter] = WeakKeyDictionary()


def counter_of(greenroom: Greenroom) -> Counter:
    """The counter of this process's database."""
    if greenroom.database not in _counters:
        _counters[greenroom.database] = Counter(greenroom.database, greenroom.fields)
    return _counters[greenroom.database]


def _served(outcome: Outcome) -> Served:
    if "problem" in outcome:
        raise refusal(outcome["problem"], outcome["detail"])
    if "answer" in outcome:
        return Served(id=None, answer=outcome["answer"])
    ends = outcome.get("expires_at")
    return Served(
        id=UUID(outcome["id"]),
        at=datetime.fromisoformat(outcome["at"]),
        number=outcome.get("number", ""),
        status=outcome.get("status", ""),
        expires_at=datetime.fromisoformat(ends) if ends else None,
    )
