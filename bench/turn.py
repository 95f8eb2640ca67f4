"""One turn of the copilot against the packages' stock route: first event, CPU, bytes sent, turns a second, bytes stored.

Both sides run in one go on one machine: the same scripted model, the same read over the same database, a Postgres saver each,
one server process each on loopback, measured in alternating rounds. Run `python -m bench.turn`.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx
import psycopg

from embedded.postgres import EmbeddedPostgres
from embedded.postgres.cluster import LOGIN
from tests.office import found_organization
from tools.store.migrations import migrate

ROOT = Path(__file__).parents[1]
RUN = "/api/copilotkit/agent/default/run"
TICK = os.sysconf("SC_CLK_TCK")

STORED = {
    "ours": """
        select (select coalesce(sum(octet_length(blob)), 0) from agent.checkpoint_blobs where thread_id = %(thread)s)
            + (select coalesce(sum(octet_length(blob)), 0) from agent.checkpoint_writes where thread_id = %(thread)s)
            + (select coalesce(sum(length(checkpoint::text) + length(metadata::text)), 0) from agent.checkpoints
                where thread_id = %(thread)s)
            + (select coalesce(sum(pg_column_size(r.*)), 0) from public.runs r where r.thread_id = %(thread)s::uuid)
    """,
    "stock": """
        select (select coalesce(sum(octet_length(blob)), 0) from checkpoint_blobs where thread_id = %(thread)s)
            + (select coalesce(sum(octet_length(blob)), 0) from checkpoint_writes where thread_id = %(thread)s)
            + (select coalesce(sum(length(checkpoint::text) + length(metadata::text)), 0) from checkpoints
                where thread_id = %(thread)s)
    """,
}


@dataclass
class Side:
    """One server under test and what was measured of it."""

    name: str
    process: subprocess.Popen[str]
    address: str
    admin_dsn: str
    first_ms: list[float] = field(default_factory=list)
    cpu_ms: list[float] = field(default_factory=list)
    sent: list[int] = field(default_factory=list)
    per_second: list[float] = field(default_factory=list)
    stored: dict[int, float] = field(default_factory=dict)

    def cpu_seconds(self) -> float:
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICK

    def bytes_stored(self, thread: str) -> int:
        with psycopg.connect(self.admin_dsn) as connection:
            row = connection.execute(STORED[self.name], {"thread": thread}).fetchone()
            return int(row[0]) if row else 0


def body(thread: str, text: str) -> dict[str, Any]:
    message = {"id": str(uuid4()), "role": "user", "content": text}
    parts: dict[str, Any] = {"state": {}, "tools": [], "context": [], "forwardedProps": {}}
    return {"threadId": thread, "runId": str(uuid4()), "messages": [message], **parts}


async def turn(client: httpx.AsyncClient, side: Side, thread: str, text: str = "Which venues do I have?") -> None:
    """One turn to its end."""
    ended = b""
    async with client.stream("POST", side.address + RUN, json=body(thread, text)) as answer:
        answer.raise_for_status()
        async for chunk in answer.aiter_raw():
            ended = (ended + chunk)[-400:]
    if b"RUN_FINISHED" not in ended:
        raise SystemExit(f"{side.name}: a turn did not finish: {ended!r}")


async def one_after_another(side: Side, turns: int) -> None:
    """Over a bare connection: a client library's own time would be counted to both sides alike and hide the difference."""
    port = int(side.address.rsplit(":", 1)[1])
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=2**24)
    for _ in range(turns):
        sent = json.dumps(body(str(uuid4()), "Which venues do I have?")).encode()
        head = f"POST {RUN} HTTP/1.1\r\nhost: bench\r\ncontent-type: application/json\r\ncontent-length: {len(sent)}\r\n\r\n"
        started = time.perf_counter()
        writer.write(head.encode() + sent)
        await reader.readuntil(b"\r\n\r\n")
        received = await reader.readuntil(b"data: ")
        side.first_ms.append((time.perf_counter() - started) * 1000)
        received += await reader.readuntil(b"\r\n0\r\n\r\n")
        side.sent.append(len(received))
    writer.close()


async def at_once(client: httpx.AsyncClient, side: Side, turns: int, threads: int) -> None:
    gate = asyncio.Semaphore(threads)

    async def one() -> None:
        async with gate:
            await turn(client, side, str(uuid4()))

    cpu, started = side.cpu_seconds(), time.perf_counter()
    await asyncio.gather(*(one() for _ in range(turns)))
    side.per_second.append(turns / (time.perf_counter() - started))
    side.cpu_ms.append((side.cpu_seconds() - cpu) / turns * 1000)


async def growth(client: httpx.AsyncClient, side: Side, lengths: list[int], window: int) -> None:
    """Bytes stored per turn, averaged over `window` turns, once the conversation has as many messages as asked. Four a turn."""
    thread, told = str(uuid4()), 0
    for length in lengths:
        while told < length:
            await turn(client, side, thread, _words(40))
            told += 4
        before = side.bytes_stored(thread)
        for _ in range(window):
            await turn(client, side, thread, _words(40))
        told += 4 * window
        side.stored[length] = (side.bytes_stored(thread) - before) / window


def _words(count: int) -> str:
    return " ".join(f"w{number % 97}" for number in range(count))


async def measure(sides: list[Side], talkers: list[Side], asked: argparse.Namespace) -> None:
    async with httpx.AsyncClient(timeout=120, limits=httpx.Limits(max_connections=128)) as client:
        for side in sides + talkers:
            await one_after_another(side, 3)
            side.first_ms.clear()
            side.sent.clear()
        for _ in range(asked.rounds):
            for side in sides:
                await one_after_another(side, asked.turns)
            for side in sides:
                await at_once(client, side, asked.turns * 4, asked.threads)
        for side in talkers:
            await growth(client, side, [10, asked.messages], 4)


def report(ours: Side, stock: Side, stored_ours: Side, stored_stock: Side, longest: int) -> None:
    def row(what: str, mine: float, theirs: float, unit: str, goal: str, ratio: float) -> None:
        print(f"{what:<34}{mine:>12,.1f}{theirs:>12,.1f} {unit:<8}{ratio:>8.3f}   {goal}")

    print(f"{'':<34}{'ours':>12}{'stock':>12} {'':<8}{'ratio':>8}   goal")
    first = [statistics.median(side.first_ms) for side in (ours, stock)]
    row("first event, p50", first[0], first[1], "ms", "<= 0.100", first[0] / first[1])
    cpu = [statistics.median(side.cpu_ms) for side in (ours, stock)]
    row("server CPU a turn", cpu[0], cpu[1], "ms", "<= 0.250", cpu[0] / cpu[1])
    sent = [statistics.median(side.sent) for side in (ours, stock)]
    row("bytes sent a turn", sent[0], sent[1], "B", "<= 0.100", sent[0] / sent[1])
    pace = [statistics.median(side.per_second) for side in (ours, stock)]
    row("turns a second, concurrent", pace[0], pace[1], "/s", ">= 3.500", pace[0] / pace[1])
    for length in (10, longest):
        mine, theirs = stored_ours.stored[length], stored_stock.stored[length]
        row(f"bytes stored a turn at {length} messages", mine, theirs, "B", "", mine / theirs)
    grown = [side.stored[longest] / side.stored[10] for side in (stored_ours, stored_stock)]
    row(f"  at {longest} : at 10", grown[0], grown[1], "x", "ours <= 1.300", grown[0] / grown[1])


@contextmanager
def started(name: str, dsn: str, peer_dsn: str, user_id: UUID, admin_dsn: str, longest: int) -> Iterator[Side]:
    command = [sys.executable, "-m", "bench.turn_servers", name, dsn, peer_dsn, str(user_id), str(longest)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout
            port = process.stdout.readline().strip()
            if not port:
                raise SystemExit(f"the {name} server did not start")
            yield Side(name, process, f"http://127.0.0.1:{port}", admin_dsn)
        finally:
            process.terminate()


async def _organisation(dsn: str, admin_dsn: str) -> UUID:
    from bench.turn_servers import greenroom_of

    async with greenroom_of(dsn) as greenroom:
        office = await found_organization(greenroom, admin_dsn)
        for name in ("Blue Room", "Red Hall", "Green Yard"):
            await office.do("create_venue", name=name, city="Amsterdam", capacity=150)
        return office.caller.user_id


def main() -> None:
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--rounds", type=int, default=2, help="alternating rounds of both sides")
    reader.add_argument(
        "--turns", type=int, default=24, help="turns one after another in a round; four times as many at once"
    )
    reader.add_argument("--threads", type=int, default=64, help="conversations at once")
    reader.add_argument("--messages", type=int, default=200, help="length of the long conversation")
    asked = reader.parse_args()
    with (
        tempfile.TemporaryDirectory(prefix="greenroom-bench-") as folder,
        EmbeddedPostgres.start(Path(folder)) as server,
    ):
        for name in ("bench", "peer"):
            with psycopg.connect(server.dsn(), autocommit=True) as connection:
                connection.execute(f"create database {name}")
        server.prepare("bench")
        migrate(server.dsn("bench"), ROOT / "supabase" / "migrations")
        dsn, peer = server.dsn("bench", LOGIN), server.dsn("peer")
        user_id = asyncio.run(_organisation(dsn, server.dsn("bench")))
        with (
            started("ours", dsn, peer, user_id, server.dsn("bench"), 0) as ours,
            started("stock", dsn, peer, user_id, peer, 0) as stock,
            started("ours", dsn, peer, user_id, server.dsn("bench"), 90) as long_ours,
            started("stock", dsn, peer, user_id, peer, 90) as long_stock,
        ):
            asyncio.run(measure([ours, stock], [long_ours, long_stock], asked))
            report(ours, stock, long_ours, long_stock, asked.messages)


if __name__ == "__main__":
    main()
