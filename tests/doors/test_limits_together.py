"""The limit when several processes of the service share a Redis: exact, also at the edge of a window, and kept when Redis is lost."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from api import limits
from api.limits import Bucket, Limits

PROCESSES = 4
LIMIT = 100

_CALLER = """
import asyncio, sys
from api.limits import Bucket, Limits

async def main(url: str, calls: int) -> None:
    counted = Limits(url)
    passed = [(await counted.hit(Bucket("person", 100), "ada")).allowed for _ in range(calls)]
    await counted.close()
    print(sum(passed))

asyncio.run(main(sys.argv[1], int(sys.argv[2])))
"""


@pytest.fixture
def redis_url(tmp_path: Path) -> Iterator[str]:
    """A Redis of this test alone."""
    place = tmp_path / "redis.sock"
    command = ["redis-server", "--port", "0", "--unixsocket", str(place), "--save", "", "--dir", str(tmp_path)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    while not place.exists():
        assert process.poll() is None
        time.sleep(0.01)
    yield f"redis+unix://{place}"
    process.kill()
    process.wait()


def together(url: str, calls: int) -> int:
    """How many calls of one person pass when as many processes as PROCESSES make `calls` each at once."""
    command = [sys.executable, "-c", _CALLER, url, str(calls)]
    callers = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(PROCESSES)]
    return sum(int(caller.communicate(timeout=100)[0]) for caller in callers)


def test_four_processes_let_as_many_through_as_one_would(redis_url: str) -> None:
    assert together(redis_url, 60) == LIMIT


@pytest.mark.long
def test_four_processes_with_a_thousand_calls_each_let_as_many_through_as_one_would(redis_url: str) -> None:
    started = time.monotonic()
    passed = together(redis_url, 1000)
    # A run that lasted into the next minute may let more through, and no more than that minute's share.
    assert LIMIT <= passed <= LIMIT * (1 + (time.monotonic() - started) / 60)


async def test_the_edge_of_a_window_doubles_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """All calls late in one window and as many early in the next: within any minute no more than the limit pass."""
    now = 1_000.0
    monkeypatch.setattr(limits, "time", SimpleNamespace(monotonic=lambda: now, time=time.time))
    counted, bucket = Limits(), Bucket("person", LIMIT)
    passed: list[float] = []
    for moment in (1_059.0, 1_061.0, 1_090.0, 1_118.9, 1_119.1):
        now = moment
        for _ in range(LIMIT):
            if (await counted.hit(bucket, "ada")).allowed:
                passed.append(moment)
    busiest = max(sum(start <= at < start + 60 for at in passed) for start in passed)
    assert busiest == LIMIT
    assert len(passed) == 2 * LIMIT


def test_a_fixed_window_would_let_twice_as_many_through() -> None:
    """The negative control: counted by the minute of the clock, the same calls are two hundred within two seconds."""
    counted: dict[int, int] = {}
    passed = 0
    for moment in (1_079.0, 1_081.0):
        for _ in range(LIMIT):
            window = int(moment // 60)
            counted[window] = counted.get(window, 0) + 1
            passed += counted[window] <= LIMIT
    assert passed == 2 * LIMIT
