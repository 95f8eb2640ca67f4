"""Single requests go in batches: in order, alone when alone, and a bad one hurts nobody else."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from itertools import pairwise

import pytest

from tools.kit.gathering import Gathering


class Desk:
    """Doubles numbers; 13 is refused alone, 99 fails its whole batch. `open` lets batches end."""

    def __init__(self) -> None:
        self.batches: list[list[int]] = []
        self.open = asyncio.Event()

    async def serve(self, numbers: Sequence[int]) -> Sequence[int | Exception]:
        self.batches.append(list(numbers))
        await self.open.wait()
        if 99 in numbers:
            raise RuntimeError("the batch failed")
        return [ValueError("unlucky") if number == 13 else number * 2 for number in numbers]


async def test_who_comes_while_a_batch_is_under_way_goes_with_the_next_in_order() -> None:
    desk = Desk()
    gathering = Gathering(desk.serve, most=4, abreast=1)
    first = asyncio.create_task(gathering.submit(1))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    others = [asyncio.create_task(gathering.submit(number)) for number in range(2, 8)]
    await asyncio.sleep(0)
    desk.open.set()
    assert await asyncio.gather(first, *others) == [2, 4, 6, 8, 10, 12, 14]
    assert desk.batches == [[1], [2, 3, 4, 5], [6, 7]]


async def test_who_is_alone_waits_for_nobody() -> None:
    desk = Desk()
    desk.open.set()
    gathering = Gathering(desk.serve, most=4, abreast=1, linger=60)
    assert [await gathering.submit(number) for number in (1, 2, 3)] == [2, 4, 6]
    assert desk.batches == [[1], [2], [3]]


async def test_a_crowd_waits_a_moment_for_more_of_it() -> None:
    desk = Desk()
    desk.open.set()
    gathering = Gathering(desk.serve, most=3, abreast=1, linger=0.02)
    assert await asyncio.gather(gathering.submit(1), gathering.submit(2)) == [2, 4]
    late = [asyncio.create_task(gathering.submit(number)) for number in (3, 4)]
    await asyncio.sleep(0.001)
    assert len(desk.batches) == 1
    full = asyncio.create_task(gathering.submit(5))
    assert await asyncio.gather(*late, full) == [6, 8, 10]
    assert desk.batches == [[1, 2], [3, 4, 5]]


async def test_a_bad_one_is_told_alone_and_a_failed_batch_to_all_of_it() -> None:
    desk = Desk()
    desk.open.set()
    gathering = Gathering(desk.serve, most=8, abreast=2)
    good, bad = await asyncio.gather(gathering.submit(1), gathering.submit(13), return_exceptions=True)
    assert (good, type(bad)) == (2, ValueError)
    answers = await asyncio.gather(gathering.submit(1), gathering.submit(99), return_exceptions=True)
    assert [type(answer) for answer in answers] == [RuntimeError, RuntimeError]
    assert await gathering.submit(5) == 10


async def test_who_gave_up_before_their_turn_is_not_served() -> None:
    desk = Desk()
    gathering = Gathering(desk.serve, most=4, abreast=1)
    first = asyncio.create_task(gathering.submit(1))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    gone, stays = asyncio.create_task(gathering.submit(2)), asyncio.create_task(gathering.submit(3))
    await asyncio.sleep(0)
    gone.cancel()
    with pytest.raises(asyncio.CancelledError):
        await gone
    desk.open.set()
    assert (await first, await stays) == (2, 6)
    assert desk.batches == [[1], [3]]


async def test_the_next_batch_goes_off_before_those_of_the_last_one_are_told() -> None:
    heard: list[str] = []

    async def serve(numbers: Sequence[int]) -> Sequence[int | Exception]:
        heard.append(f"served {len(numbers)}")
        await asyncio.sleep(0)
        return list(numbers)

    gathering = Gathering(serve, most=20, abreast=1)

    async def caller(number: int) -> None:
        await gathering.submit(number)
        heard.append("told")

    await asyncio.gather(*(caller(number) for number in range(40)))
    first_told = heard.index("told")
    assert heard[:first_told] == ["served 20", "served 20"]
    assert heard.count("told") == 40


async def test_a_crowd_is_told_a_few_at_a_time() -> None:
    turns: list[int] = []
    told = 0

    async def serve(numbers: Sequence[int]) -> Sequence[int | Exception]:
        return list(numbers)

    async def caller(number: int) -> None:
        nonlocal told
        await gathering.submit(number)
        told += 1

    gathering = Gathering(serve, most=64, abreast=1)
    crowd = asyncio.gather(*(caller(number) for number in range(64)))
    while not crowd.done():
        await asyncio.sleep(0)
        turns.append(told)
    assert max(later - earlier for earlier, later in pairwise(turns)) <= 8
