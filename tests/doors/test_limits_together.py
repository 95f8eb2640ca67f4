"""The limit when several processes of the service share a Redis: exact, also at the edge of a window, and kept when Redis is lost."""

from __future__ import annotations

import json
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

_SECONDS = 2
_AT_THE_EDGE = """
import asyncio, json, sys, time
from limits import RateLimitItemPerSecond
from limits.aio.strategies import FixedWindowRateLimiter
from api import limits
from api.limits import Bucket, Limits

async def main(url: str, window: int, limit: int, fixed: bool) -> None:
    Bucket.item = property(lambda self: RateLimitItemPerSecond(self.per_minute, window, namespace=self.name))
    if fixed:
        limits.MovingWindowRateLimiter = FixedWindowRateLimiter
    counted, passed = Limits(url), []
    print("ready", flush=True)
    begin = float(sys.stdin.readline())
    # One call opens the window; the rest come late in it and early in the next.
    for after, calls in ((0.0, 1), (window * 0.7, limit), (window * 1.1, limit)):
        await asyncio.sleep(max(0.0, begin + after - time.time()))
        for _ in range(calls):
            if (await counted.hit(Bucket("person", limit), "ada")).allowed:
                passed.append(time.time())
    await counted.close()
    print(json.dumps(passed))

asyncio.run(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4] == "fixed"))
"""

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


def busiest(url: str, strategy: str) -> int:
    """The most calls that passed within any window, of bursts of four processes on both sides of its edge."""
    command = [sys.executable, "-c", _AT_THE_EDGE, url, str(_SECONDS), str(LIMIT), strategy]
    pipe = subprocess.PIPE
    callers = [subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) for _ in range(PROCESSES)]
    assert [caller.stdout.readline() for caller in callers if caller.stdout] == ["ready\n"] * PROCESSES
    begin = f"{time.time() + 0.2}\n"
    passed = sorted(at for caller in callers for at in json.loads(caller.communicate(begin, timeout=100)[0]))
    return max(sum(start <= at < start + _SECONDS for at in passed) for start in passed)


@pytest.mark.long
def test_bursts_of_four_processes_on_both_sides_of_an_edge_are_one_window(redis_url: str) -> None:
    assert LIMIT * 0.9 <= busiest(redis_url, "moving") <= LIMIT * 1.2


@pytest.mark.long
def test_with_windows_that_begin_anew_they_would_be_nearly_two(redis_url: str) -> None:
    """The negative control."""
    assert busiest(redis_url, "fixed") > LIMIT * 1.5


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
