"""Tickets sold a second: the SQL function, the operation, and REST, beside each other in one run on one machine.

`python -m bench.sell` (about five minutes). Every side sells the same thing on the same durable Postgres: an order of one paid ticket with
its line, ticket, payment, audit entry, message to listeners and kept answer. The generator, the service and Postgres share the cores.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg

from bench.sell_sql import BENCH_SQL, scripts, without_quotas
from embedded.auth import Keyring, prepare_auth
from embedded.postgres import EmbeddedPostgres
from tests.builders import URL
from tools.store.migrations import migrate

ROOT = Path(__file__).parents[1]
TICK = os.sysconf("SC_CLK_TCK")
WARM_SECONDS = 4
PEOPLE = 64
TYPES = 20
SIDES = 21
ONE, BATCH = "pgbench app.serve, one order a call", "pgbench app.serve, 64 orders a call"
FLOOR = "pgbench without a quota check (commit floor)"


@dataclass
class Measured:
    """What one side did at one number of clients, a value per round. CPU is microseconds per ticket."""

    pace: list[float] = field(default_factory=list)
    p99_ms: list[float] = field(default_factory=list)
    postgres_us: list[float] = field(default_factory=list)
    app_us: list[float] = field(default_factory=list)

    def add(self, tickets: int, seconds: float, waits: list[float], postgres: float, app: float) -> None:
        self.pace.append(tickets / seconds)
        self.p99_ms.append(sorted(waits)[int(len(waits) * 0.99)] * 1000 if waits else 0.0)
        self.postgres_us.append(postgres / tickets * 1e6)
        self.app_us.append(app / tickets * 1e6)


@dataclass(frozen=True)
class Ground:
    """A durable Postgres with an event of twenty ticket types and people who may sell them."""

    postgres: EmbeddedPostgres
    folder: Path
    event: str
    ticket_types: list[str]
    people: list[str]
    tokens: list[str]
    postmaster: int

    @property
    def uncounted(self) -> str:
        """The type that only the function without a quota check sells."""
        return self.ticket_types[TYPES]

    @property
    def admin_dsn(self) -> str:
        return self.postgres.dsn()

    @property
    def dsn(self) -> str:
        return self.postgres.dsn(user="greenroom")

    def cpu(self) -> float:
        """Seconds of the server and all its children, the ended ones too."""
        children = subprocess.run(["pgrep", "-P", str(self.postmaster)], capture_output=True, text=True, check=False)
        return _cpu(self.postmaster, ended=True) + sum(_cpu(int(pid)) for pid in children.stdout.split())

    def types(self, how_many: int) -> list[str]:
        return self.ticket_types[:how_many]


def _cpu(pid: int, *, ended: bool = False) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return 0.0
    return sum(int(ticks) for ticks in fields[11 : 15 if ended else 13]) / TICK


@contextmanager
def ground() -> Iterator[Ground]:
    # On the disk of the checkout: elsewhere it may be memory, which a commit does not wait for.
    kept = ROOT / ".data"
    kept.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=kept) as name, EmbeddedPostgres.start(Path(name) / "postgres") as postgres:
        folder = Path(name)
        folder.chmod(0o755)
        postgres.prepare()
        prepare_auth(postgres.dsn())
        migrate(postgres.dsn(), ROOT / "supabase" / "migrations")
        keyring = Keyring.load_or_create(folder)
        with psycopg.connect(postgres.dsn(), autocommit=True) as connection:
            ((postmaster,),) = connection.execute(
                "select pid from pg_stat_activity where backend_type = 'checkpointer'"
            ).fetchall()
            people, event, types = _fill(connection)
            connection.execute(BENCH_SQL)
            connection.execute(without_quotas(connection))
            connection.execute('alter database postgres set request.jwt.claims = \'{"role": "service_role"}\'')
        parent = int(Path(f"/proc/{postmaster}/stat").read_text().rsplit(")", 1)[1].split()[1])
        yield Ground(postgres, folder, event, types, people, [_token(keyring, who) for who in people], parent)


def _fill(connection: psycopg.Connection[Any]) -> tuple[list[str], str, list[str]]:
    org, event = str(uuid4()), str(uuid4())
    people, types = [str(uuid4()) for _ in range(PEOPLE)], [str(uuid4()) for _ in range(TYPES + 1)]
    connection.execute("insert into public.organizations (id, name, currency) values (%s, 'Bench', 'EUR')", (org,))
    for who in people:
        connection.execute("insert into auth.users (id, email) values (%s, %s)", (who, f"{who}@example.org"))
        connection.execute("insert into public.users (id, email) values (%s, %s)", (who, f"{who}@example.org"))
        connection.execute(
            "insert into public.memberships (user_id, org_id, role) values (%s, %s, 'staff')", (who, org)
        )
    connection.execute(
        "insert into public.events (id, org_id, name, start_date, end_date, timezone, currency)"
        " values (%s, %s, 'Stadium', '2030-06-01 19:00Z', '2030-06-01 22:00Z', 'UTC', 'EUR')", (event, org))  # fmt: skip
    for number, type_ in enumerate(types):
        connection.execute(
            "insert into public.ticket_types (id, org_id, event_id, name, price_amount, currency) values (%s, %s, %s, %s, 2500, 'EUR')",
            (type_, org, event, f"Block {number}"))  # fmt: skip
        connection.execute(
            "with q as (insert into public.quotas (org_id, event_id, name, kind, size)"
            " values (%s, %s, 'Q', 'ticket_type', 9999999) returning id)"
            " insert into public.quota_ticket_types (org_id, event_id, quota_id, ticket_type_id) select %s, %s, q.id, %s from q",
            (org, event, org, event, type_))  # fmt: skip
    return people, event, types


def _token(keyring: Keyring, who: str) -> str:
    now = int(time.time())
    return keyring.sign({
        "iss": f"{URL}/auth/v1", "sub": who, "aud": "authenticated", "role": "authenticated", "exp": now + 7200, "iat": now,
        "email": f"{who}@example.org", "session_id": str(uuid4()),
    })  # fmt: skip


def pgbench(place: Ground, script: str, clients: int, seconds: int, per_call: int) -> Callable[[Measured], None]:
    """Measured once the sessions have planned what they run: a pool's sessions live long."""

    def run(into: Measured) -> None:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            (folder / "script.sql").write_text(
                scripts(place.people[0], place.event, place.ticket_types[0], place.uncounted)[script]
            )
            program = ["pgbench", "-n", "-M", "prepared", "-f", "script.sql", "-c", str(clients), "-j", "1", "-l"]
            bench = subprocess.Popen(
                [*program, "-T", str(WARM_SECONDS + seconds), place.admin_dsn],
                cwd=folder,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            time.sleep(WARM_SECONDS)
            before, began = place.cpu(), time.time()
            if bench.wait() != 0:
                raise SystemExit("pgbench failed")
            cpu, took = place.cpu() - before, time.time() - began
            calls = [line.split() for log in folder.glob("pgbench_log.*") for line in log.open()]
            waits = [int(call[2]) / 1e6 for call in calls if int(call[4]) + int(call[5]) / 1e6 >= began]
        into.add(len(waits) * per_call, took, waits, cpu, 0.0)

    return run


def operation(
    place: Ground, clients: int, seconds: int, types: int = 1, quantity: int = 1
) -> Callable[[Measured], None]:
    def run(into: Measured) -> None:
        work = _work(place, clients, seconds, types, quantity)
        before = place.cpu()
        ran = subprocess.run(
            [sys.executable, "-m", "bench.sell_worker", "operation", place.dsn, json.dumps(work)],
            cwd=ROOT,
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
        heard = json.loads(ran.stdout)
        # The warm-up's share of Postgres is taken out by time.
        postgres = (place.cpu() - before) * seconds / (seconds + 0.5)
        into.add(heard["orders"] * quantity, heard["seconds"], heard["waits"], postgres, heard["cpu"])

    return run


def rest(
    place: Ground, ports: list[int], pids: list[int], clients: int, seconds: int, types: int = 1
) -> Callable[[Measured], None]:
    def run(into: Measured) -> None:
        work = _work(place, clients, seconds, types, 1) | {"ports": ports, "tokens": place.tokens}
        before, app = place.cpu(), sum(_cpu(pid) for pid in pids)
        ran = subprocess.run(
            [sys.executable, "-m", "bench.sell_load", json.dumps(work)],
            cwd=ROOT,
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
        heard = json.loads(ran.stdout)
        if set(heard["statuses"]) != {"201"}:
            raise SystemExit(f"the service refused: {heard['statuses']} {heard['problems']}")
        share = seconds / (seconds + 0.7)
        into.add(
            len(heard["waits"]), heard["seconds"], heard["waits"], (place.cpu() - before) * share,
            (sum(_cpu(pid) for pid in pids) - app) * share)  # fmt: skip

    return run


def _work(place: Ground, clients: int, seconds: int, types: int, quantity: int) -> dict[str, Any]:
    return {
        "clients": clients, "seconds": seconds, "event": place.event, "ticket_types": place.types(types), "people": place.people,
        "quantity": quantity,
    }  # fmt: skip


@contextmanager
def services(place: Ground, how_many: int) -> Iterator[tuple[list[int], list[int]]]:
    """(ports, process ids) of as many processes of the service."""
    with ExitStack() as stack:
        ports, pids = [_free_port() for _ in range(how_many)], []
        for port in ports:
            process = subprocess.Popen(
                [
                    sys.executable,
                    "-m",
                    "bench.sell_worker",
                    "service",
                    str(port),
                    str(place.folder),
                    place.dsn,
                    place.admin_dsn,
                ],
                cwd=ROOT,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            stack.callback(process.wait)
            stack.callback(process.terminate)
            pids.append(process.pid)
        for port in ports:
            _wait_for(port)
        yield ports, pids


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_for(port: int) -> None:
    for _ in range(1800):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise SystemExit("the service did not start")


def measure(place: Ground, asked: argparse.Namespace) -> dict[str, Measured]:
    seconds = asked.seconds
    with services(place, 1) as (one_port, one_pid), services(place, 2) as (two_ports, two_pids):
        sides: dict[str, Callable[[Measured], None]] = {}
        for clients in (8, 32, 64):
            sides[f"{ONE}, c={clients}"] = pgbench(place, "one", clients, seconds, 1)
            sides[f"{FLOOR}, c={clients}"] = pgbench(place, "floor", clients, seconds, 1)
        for connections in (1, 2):
            sides[f"{BATCH}, c={connections}"] = pgbench(place, "batch", connections, seconds, 64)
        for clients in (1, 8, 32, 64):
            sides[f"operation, c={clients}"] = operation(place, clients, seconds)
        sides["operation, 20 quotas, c=64"] = operation(place, 64, seconds, types=TYPES)
        sides["operation, 4 tickets an order, c=64"] = operation(place, 64, seconds, quantity=4)
        for clients in (8, 32, 64):
            sides[f"REST, 1 worker, c={clients}"] = rest(place, one_port, one_pid, clients, seconds)
            sides[f"REST, 2 workers, c={clients}"] = rest(place, two_ports, two_pids, clients, seconds)
        sides["REST, 2 workers, 20 quotas, c=64"] = rest(place, two_ports, two_pids, 64, seconds, types=TYPES)
        sides = {name: side for name, side in sides.items() if re.search(asked.only, name)}
        found = {name: Measured() for name in sides}
        for _ in range(asked.rounds):
            for name, side in sides.items():
                side(found[name])
    return found


def report(found: dict[str, Measured]) -> None:
    print(f"{'':<58}{'tickets/s':>10}{'p99 ms':>9}{'PG us':>8}{'app us':>8}")
    mid = {name: {of: statistics.median(values) for of, values in vars(each).items()} for name, each in found.items()}
    for name, at in mid.items():
        print(f"{name:<58}{at['pace']:>10,.0f}{at['p99_ms']:>9.1f}{at['postgres_us']:>8.0f}{at['app_us']:>8.0f}")
    pace = {name: at["pace"] for name, at in mid.items()}
    if len(pace) == SIDES:
        _goals(pace, mid["REST, 2 workers, c=32"], mid["REST, 2 workers, c=64"])


def _goals(pace: dict[str, float], at32: dict[str, float], at64: dict[str, float]) -> None:
    batch = max(pace[f"{BATCH}, c={clients}"] for clients in (1, 2))
    floor = max(pace[f"{FLOOR}, c={clients}"] for clients in (8, 32, 64))
    served = max(pace[f"operation, c={clients}"] for clients in (32, 64))
    rest = {clients: pace[f"REST, 2 workers, c={clients}"] for clients in (8, 32, 64)}
    for label, value, goal in (
        ("operation, tickets/s, 1 an order", served, ""),
        ("operation, tickets/s, 4 an order", pace["operation, 4 tickets an order, c=64"], ">= 5,000"),
        ("operation : batch function", served / batch, ">= 0.40"),
        ("operation : one order a call at c=32", served / pace[f"{ONE}, c=32"], ""),
        ("REST, 2 workers : commit floor", max(rest.values()) / floor, ">= 0.70"),
        ("REST, 2 workers, c=64 : c=8", rest[64] / rest[8], ">= 1.00"),
        ("REST, 2 workers, p99 ms at c=32", at32["p99_ms"], "< 150"),
        (
            "REST, 2 workers, CPU ms a ticket at c=64",
            (at64["postgres_us"] + at64["app_us"]) / 1000,
            "<= 1.28, pretix / 100",
        ),
    ):
        print(f"{label:<58}{value:>10,.2f}   {goal}")


def check(place: Ground) -> None:
    """Every quota but the one that was never to count says what was sold. Exits otherwise."""
    with psycopg.connect(place.admin_dsn) as connection:
        drift = connection.execute(
            "select d.quota_id from app.quota_drift() d join public.quota_ticket_types l on l.quota_id = d.quota_id"
            " where l.ticket_type_id <> %s",
            (place.uncounted,),
        ).fetchall()
        ((orders, tickets),) = connection.execute(
            "select (select count(*) from public.orders), (select count(*) from public.tickets)"
        ).fetchall()
    print(f"{orders:,} orders with {tickets:,} tickets are stored; quotas that say otherwise: {len(drift)}")
    if drift:
        raise SystemExit(1)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=3, help="of each side in each round")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", default="", help="sides whose name has this (a regular expression); no goals then")
    asked = parser.parse_args()
    with ground() as place:
        report(measure(place, asked))
        check(place)


if __name__ == "__main__":
    main()
