"""What row-level security costs: the statements our reads really send, with it and without, beside each other in one run.

`python -m bench.rls` (about two minutes). 100,000 events in 1,000 organisations; each statement is sent in turn as the caller (role
`authenticated`, policies on) and as `service_role`, which policies do not hold for; same login, same claims, same privileges to look up.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg

from api.embedded_parts import embedded_postgres
from bench.rls_world import fill
from tools.catalog import CATALOG
from tools.context import Caller, Greenroom
from tools.kit.paging import CursorSigner
from tools.store.database import Database, Transaction

MOST = 1.3
READS: tuple[tuple[str, tuple[str, ...]], ...] = (
    # operation, and which of its fields name something of the organisation
    ("list_events", ()),
    ("get_event", ("event",)),
    ("find_venues", ()),
    ("get_venue", ("venue",)),
    ("list_ticket_types", ("event",)),
    ("get_ticket_type", ("ticket_type",)),
    ("list_quotas", ("event",)),
    ("list_orders", ("event",)),
    ("get_order", ("order",)),
    ("list_attendees", ("event",)),
    ("list_sponsors", ("event",)),
    ("sales_report", ("event",)),
    ("sales_report", ()),
    ("list_orders", ()),
    ("list_payments", ()),
    ("list_sponsors", ()),
    ("ledger_report", ()),
    ("check_ledger", ()),
)


@dataclass
class Sent:
    """One statement as a repository sent it, and how long it took each way, in seconds."""

    query: str
    params: Any
    guarded: list[float] = field(default_factory=list)
    bare: list[float] = field(default_factory=list)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.rls")
    parser.add_argument("--events", type=int, default=100_000)
    parser.add_argument("--organizations", type=int, default=1_000)
    parser.add_argument("--rounds", type=int, default=300)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="greenroom-bench-") as folder, embedded_postgres(Path(folder)) as postgres:
        started = time.perf_counter()
        with psycopg.connect(postgres.dsn(), autocommit=True) as owner:
            things = fill(owner, asked.events, asked.organizations)
            seconds = time.perf_counter() - started
            print(f"{asked.events:,} events in {asked.organizations:,} organisations, seeded in {seconds:.0f} s")
            user, named = things.pop("user"), things
            sent = asyncio.run(_recorded(postgres.dsn(user="greenroom"), user, named))
        login = postgres.dsn(user="greenroom")
        with psycopg.connect(login, autocommit=True) as caller, psycopg.connect(login, autocommit=True) as service:
            measure(caller, service, user, [each for all_ in sent.values() for each in all_], asked.rounds)
    return _told(sent)


async def _recorded(dsn: str, user: UUID, named: dict[str, UUID]) -> dict[str, list[Sent]]:
    """Operation, and of what -> the statements it sends between its opening and its commit."""
    store = Database(dsn, pool_size=2)
    await store.open()
    greenroom = Greenroom(
        database=store, catalog=CATALOG, cursors=CursorSigner("a secret only the bench knows, long enough")
    )
    recorded: dict[str, list[Sent]] = {}
    heard: list[Sent] = []
    real = {name: getattr(Transaction, name) for name in ("fetch_all", "fetch_one", "fetch_dicts", "fetch_value")}

    def listening(name: str) -> Any:
        async def fetch(self: Transaction, query: Any, params: Any = None, **how: Any) -> Any:
            heard.append(Sent(query, params))
            return await real[name](self, query, params, **how)

        return fetch

    for name in real:
        setattr(Transaction, name, listening(name))
    try:
        for name, fields in READS:
            heard.clear()
            operation = CATALOG[name]
            answer = await operation(
                greenroom,
                Caller(user_id=user),
                operation.input.model_validate({one: str(named[one]) for one in fields}),
            )
            assert answer is not None
            recorded[f"{name} of {' and '.join(fields) or 'all'}"] = list(heard)
    finally:
        for name, method in real.items():
            setattr(Transaction, name, method)
        await store.close()
    return recorded


def measure(
    caller: psycopg.Connection[Any], service: psycopg.Connection[Any], user: UUID, sent: list[Sent], rounds: int
) -> None:
    """Each statement in turn both ways, in an order drawn anew each round, prepared as in the service."""
    # What the service asks for by the claims, it is told as well.
    claims = json.dumps({"sub": str(user), "role": "authenticated"})
    for connection, role in ((caller, "authenticated"), (service, "service_role")):
        connection.execute("begin")
        connection.execute(
            "select set_config('role', %s, true), set_config('request.jwt.claims', %s, true)", (role, claims)
        )
    _apart(caller, service)
    draw = random.Random(1)
    for number in range(rounds + 20):
        turns = [(each, side) for each in sent for side in ("guarded", "bare")]
        draw.shuffle(turns)
        for each, side in turns:
            connection = caller if side == "guarded" else service
            began = time.perf_counter()
            connection.execute(each.query.encode(), each.params, prepare=True).fetchall()
            if number >= 20:
                getattr(each, side).append(time.perf_counter() - began)
    caller.execute("rollback")
    service.execute("rollback")


def _apart(*connections: psycopg.Connection[Any]) -> None:
    """Both servers on the same core, this process on another: where the scheduler happens to put them makes half of so short a time."""
    here, *there = sorted(os.sched_getaffinity(0))
    if there:
        os.sched_setaffinity(0, {here})
        for connection in connections:
            os.sched_setaffinity(connection.info.backend_pid, {there[-1]})


def _quiet(seconds: list[float]) -> float:
    """The lower quartile: what else the machine does only ever adds."""
    return statistics.quantiles(seconds, n=4)[0]


def _told(sent: dict[str, list[Sent]]) -> int:
    print(f"{'operation':<26} {'statements':>10} {'with (ms)':>10} {'without':>10} {'ratio':>7}")
    slow = []
    for name, statements in sent.items():
        guarded = sum(_quiet(each.guarded) for each in statements) * 1000
        bare = sum(_quiet(each.bare) for each in statements) * 1000
        print(f"{name:<26} {len(statements):>10} {guarded:>10.3f} {bare:>10.3f} {guarded / bare:>7.2f}")
        if guarded / bare >= MOST:
            slow.append(name)
    print(f"slower than {MOST} times: {', '.join(slow) or 'none'}")
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main())
