"""Pictures are looked at one at a time, one waiting for each sender, and PDFs wait for none of them."""

from __future__ import annotations

import asyncio
import io
import threading
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest

from tests.tools.files.hostile import pdf, picture
from tools.errors import Busy
from tools.files import studio
from tools.files.examining import Examined, examine
from tools.files.studio import Studio


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Pictures are not done before this is set."""
    done = threading.Event()

    def slowly(kind: Any, file: Any, size: int) -> Examined:
        if kind == "event_poster":
            done.wait(10)
        return examine(kind, file, size)

    monkeypatch.setattr(studio, "examine", slowly)
    yield done
    done.set()


def looked_at(
    at: Studio, sender: Any, kind: str = "event_poster", content: bytes | None = None
) -> asyncio.Task[Examined]:
    sent = content or picture("PNG")
    return asyncio.create_task(at.look(sender, kind, io.BytesIO(sent), len(sent)))  # type: ignore[arg-type]


async def begun() -> None:
    for _ in range(5):
        await asyncio.sleep(0.02)


async def test_one_picture_of_each_sender_waits_and_a_second_is_told_to_come_again(held: threading.Event) -> None:
    ann, bob, at = uuid4(), uuid4(), Studio()
    under_way = looked_at(at, ann)
    await begun()
    waiting = [looked_at(at, ann), looked_at(at, bob)]
    await begun()
    for sender in (ann, bob):
        with pytest.raises(Busy):
            await looked_at(at, sender)
    held.set()
    assert [each.media_type for each in await asyncio.gather(under_way, *waiting)] == ["image/png"] * 3
    assert (await looked_at(at, ann)).media_type == "image/png"


async def test_who_goes_before_their_turn_leaves_the_line(held: threading.Event) -> None:
    ann, bob, at = uuid4(), uuid4(), Studio()
    under_way = looked_at(at, bob)
    await begun()
    gone = looked_at(at, ann)
    await begun()
    gone.cancel()
    await begun()
    again = looked_at(at, ann)
    held.set()
    await asyncio.gather(under_way, again)


async def test_a_pdf_waits_for_no_picture_and_would_in_their_line(
    held: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    at, under_way = Studio(), []
    under_way.append(looked_at(at, uuid4()))
    await begun()
    async with asyncio.timeout(5):
        assert (await looked_at(at, uuid4(), "contract", pdf())).media_type == "application/pdf"
    monkeypatch.setattr(studio, "media_type_of", lambda _: "image/png")
    under_way.append(looked_at(at, uuid4(), "contract", pdf()))
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.2):
            await asyncio.shield(under_way[-1])
    held.set()
    await asyncio.gather(*under_way)
