"""What was read a moment ago: read once for a crowd, again when it is old, and never kept when it failed."""

from __future__ import annotations

import asyncio

import pytest

from tools.kit.fresh import Fresh


class Source:
    """Counts its readings; the next one fails when told so."""

    def __init__(self) -> None:
        self.readings = 0
        self.fails = False

    async def read(self) -> int:
        self.readings += 1
        await asyncio.sleep(0.01)
        if self.fails:
            raise LookupError
        return self.readings


async def test_a_crowd_gets_one_reading_and_an_old_one_is_read_again() -> None:
    source, fresh = Source(), Fresh[str, int](0.1)
    assert set(await asyncio.gather(*(fresh.get("a", source.read) for _ in range(100)))) == {1}
    assert await fresh.get("a", source.read) == 1
    assert await fresh.get("b", source.read) == 2
    assert await fresh.get("a", source.read, anew=True) == 3
    await asyncio.sleep(0.12)
    assert await fresh.get("a", source.read) == 4


async def test_a_failed_reading_reaches_everybody_and_is_not_kept() -> None:
    source, fresh = Source(), Fresh[str, int](60)
    source.fails = True
    heard = await asyncio.gather(*(fresh.get("a", source.read) for _ in range(3)), return_exceptions=True)
    assert [type(answer) for answer in heard] == [LookupError] * 3
    source.fails = False
    assert await fresh.get("a", source.read) == 2


async def test_who_gives_up_does_not_take_the_reading_from_the_others() -> None:
    source, fresh = Source(), Fresh[str, int](60)
    impatient = asyncio.create_task(fresh.get("a", source.read))
    patient = asyncio.create_task(fresh.get("a", source.read))
    await asyncio.sleep(0)
    impatient.cancel()
    assert await patient == 1
    with pytest.raises(asyncio.CancelledError):
        await impatient


async def test_no_more_is_kept_than_agreed() -> None:
    source, fresh = Source(), Fresh[int, int](60, most=10)
    for key in range(100):
        await fresh.get(key, source.read)
    assert await fresh.get(0, source.read) == 101
