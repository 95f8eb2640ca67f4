"""How often somebody may call: one count for all replicas while there is Redis, a stricter one for each while there is none."""

from __future__ import annotations

import asyncio
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from api.limits import Bucket, Limits, peer_key

BUCKET = Bucket("person", 100)


@pytest.fixture
def redis_server(tmp_path: Path) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """A Redis of this test alone: its address and its process."""
    place = tmp_path / "redis.sock"
    process = subprocess.Popen(
        ["redis-server", "--port", "0", "--unixsocket", str(place), "--save", "", "--dir", str(tmp_path)],
        stdout=subprocess.DEVNULL,
    )
    while not place.exists():
        assert process.poll() is None
        time.sleep(0.01)
    yield f"redis+unix://{place}", process
    process.kill()
    process.wait()


async def _let_through(limits: Limits, calls: int) -> int:
    return sum([(await limits.hit(BUCKET, "ada")).allowed for _ in range(calls)])


async def test_replicas_count_together_in_redis(redis_server: tuple[str, subprocess.Popen[bytes]]) -> None:
    replicas = [Limits(redis_server[0]) for _ in range(4)]
    passed = await asyncio.gather(*(_let_through(replica, 60) for replica in replicas))
    assert sum(passed) == BUCKET.per_minute
    for replica in replicas:
        await replica.close()


async def test_without_redis_each_replica_counts_for_itself(tmp_path: Path) -> None:
    """The negative control: the sharing above comes from Redis."""
    passed = await asyncio.gather(*(_let_through(Limits(), 60) for _ in range(4)))
    assert sum(passed) == 240


async def test_while_redis_is_down_a_replica_lets_a_quarter_through(
    redis_server: tuple[str, subprocess.Popen[bytes]],
) -> None:
    url, process = redis_server
    limits = Limits(url)
    assert (await limits.hit(BUCKET, "ada")).remaining == 99
    process.kill()
    process.wait()
    started = time.monotonic()
    assert await _let_through(limits, 100) == 25
    # Only the first call waits for the dead Redis.
    assert time.monotonic() - started < 2
    await limits.close()


async def test_who_stays_below_the_limit_is_never_held_up_and_a_refused_call_costs_nothing() -> None:
    limits = Limits()
    assert await _let_through(limits, 100) == 100
    refused = [await limits.hit(BUCKET, "ada") for _ in range(50)]
    assert not any(count.allowed for count in refused)
    assert all(0 < count.reset <= 60 for count in refused)
    assert (await limits.hit(BUCKET, "bob")).remaining == 99


@pytest.mark.parametrize(
    ("host", "key"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("2001:db8::1", "2001:db8::/64"),
        ("2001:db8::ffff:1", "2001:db8::/64"),
        ("2001:db8:0:1::1", "2001:db8:0:1::/64"),
        ("testclient", "unknown"),
        (None, "unknown"),
    ],
)
def test_one_person_with_many_addresses_is_one_network(host: str | None, key: str) -> None:
    assert peer_key(host) == key
