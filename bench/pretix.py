"""What an order costs pretix on this machine, for bench.sell to stand beside: `python -m bench.pretix --help`.

Takes a running pretix (gunicorn with 2 sync workers, Postgres, Redis, debug off; a live event with a paid item and a large quota; no
Celery worker, which flatters it) and posts paid orders of one position, as `bench.sell` does to us.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx

TICK = os.sysconf("SC_CLK_TCK")


def cpu(roots: list[int]) -> float:
    """Seconds of these processes, their descendants, and their children that have ended."""
    spent: dict[int, tuple[int, float]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rsplit(")", 1)[1].split()
            except OSError:
                continue
            spent[int(entry.name)] = (int(fields[1]), sum(map(int, fields[11:15])) / TICK)
    wanted = set(roots)
    while more := {pid for pid, (parent, _) in spent.items() if parent in wanted} - wanted:
        wanted |= more
    return sum(spent[pid][1] for pid in wanted if pid in spent)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("orders_url", help=".../api/v1/organizers/{organizer}/events/{event}/orders/")
    parser.add_argument("--token", required=True)
    parser.add_argument("--item", type=int, required=True, help="id of the paid item")
    parser.add_argument("--pids", type=int, nargs="+", required=True, help="gunicorn's master and the postmaster")
    parser.add_argument("--clients", type=int, default=32)
    parser.add_argument("--orders", type=int, default=160)
    asked = parser.parse_args()
    order = json.dumps({
        "email": "bench@example.org", "locale": "en", "sales_channel": "web", "status": "p", "payment_provider": "manual",
        "send_email": False, "positions": [{"item": asked.item, "variation": None, "price": "25.00", "answers": []}],
    })  # fmt: skip
    headers = {"Authorization": f"Token {asked.token}", "Content-Type": "application/json"}

    def post(_: int) -> float:
        began = time.monotonic()
        httpx.post(asked.orders_url, content=order, headers=headers, timeout=120).raise_for_status()
        return time.monotonic() - began

    with ThreadPoolExecutor(asked.clients) as pool:
        list(pool.map(post, range(asked.clients)))  # the first calls import
        before, began = cpu(asked.pids), time.monotonic()
        waits = sorted(pool.map(post, range(asked.orders)))
        took = time.monotonic() - began
    each = (cpu(asked.pids) - before) / asked.orders * 1000
    pace, middle = asked.orders / took, statistics.median(waits)
    print(f"pretix, c={asked.clients}: {pace:.1f} orders/s, p50 {middle:.2f} s, {each:.0f} ms of CPU an order")


if __name__ == "__main__":
    main()
