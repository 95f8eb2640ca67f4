"""Who sends a byte now and then keeps a place or two of their own, not everybody's, and not for long."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

import pytest

from api import upload_places
from tests.builders import Person, Service, make_event
from tests.doors.listening import listening
from tests.tools.files.hostile import picture

pytestmark = pytest.mark.asyncio(loop_scope="module")

Socket = tuple[asyncio.StreamReader, asyncio.StreamWriter]


@contextmanager
def patience(service: Service, seconds: float) -> Iterator[None]:
    usual = service.app.state.parts
    changed = usual.settings.model_copy(update={"upload_seconds": seconds})
    service.app.state.parts = replace(usual, settings=changed)
    try:
        yield
    finally:
        service.app.state.parts = usual


def wanted(event: dict[str, Any]) -> dict[str, str]:
    return {"kind": "event_poster", "name": "a.png", "event": event["id"]}


async def slow(origin: str, person: Person, event: dict[str, Any]) -> Socket:
    """An upload that has begun and does not go on."""
    host, _, port = origin.removeprefix("http://").partition(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    writer.write(
        f"POST /api/uploads?{urlencode(wanted(event))} HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {person.token}\r\n"
        f"Greenroom-Organization: {person.org_id}\r\nContent-Length: 1000\r\n\r\nslow".encode()
    )
    await writer.drain()
    return reader, writer


@asynccontextmanager
async def begun(origin: str, *uploads: tuple[Person, dict[str, Any]]) -> AsyncIterator[list[Socket]]:
    sockets = [await slow(origin, person, event) for person, event in uploads]
    await asyncio.sleep(0.5)
    try:
        yield sockets
    finally:
        for _, writer in sockets:
            writer.close()
        await asyncio.sleep(0.1)


async def sends(person: Person, event: dict[str, Any]) -> tuple[int, str | None]:
    answer = await person.client.post("/api/uploads", params=wanted(event), content=picture("PNG"))
    return answer.status_code, answer.json().get("code")


async def test_two_of_a_caller_and_four_of_an_organisation_leave_room_for_others(
    service: Service, owner: Person
) -> None:
    event = await make_event(owner)
    staff, more, free = [await service.make_person("staff", owner.org_id) for _ in range(3)]
    rival = await service.make_person("owner")
    others = await make_event(rival)
    async with listening(service) as origin:
        async with begun(origin, (staff, event), (staff, event)):
            assert await sends(staff, event) == (409, "busy")
            assert await sends(more, event) == (201, None)
            async with begun(origin, (more, event), (more, event)):
                assert await sends(free, event) == (409, "busy")
                assert await sends(rival, others) == (201, None)
        assert await sends(staff, event) == (201, None)


async def test_without_these_limits_one_account_shuts_uploading_for_everybody(
    service: Service, owner: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    event, rival = await make_event(owner), await service.make_person("owner")
    others = await make_event(rival)
    for name, most in (("OF_ONE_CALLER", 100), ("OF_ONE_ORGANIZATION", 100), ("AT_ONCE", 3)):
        monkeypatch.setattr(upload_places, name, most)
    async with listening(service) as origin, begun(origin, *[(owner, event)] * 3):
        assert await sends(rival, others) == (409, "busy")


async def test_a_body_that_does_not_come_is_not_waited_for(service: Service, owner: Person) -> None:
    patient = upload_places.Patience(30, 64)
    assert [patient.until(100, came) for came in (0, 25 * 1024 * 1024)] == [130, 530]
    event = await make_event(owner)
    with patience(service, 0.3):
        async with listening(service) as origin:
            reader, writer = await slow(origin, owner, event)
            async with asyncio.timeout(5):
                answer = (await reader.read()).decode()
            writer.close()
            assert answer.startswith("HTTP/1.1 408 ")
            assert "connection: close" in answer.lower()
            assert '"too_slow"' in answer
            assert await sends(owner, event) == (201, None)
    async with listening(service) as origin, begun(origin, (owner, event)) as [(reader, _)]:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(1):
                await reader.read()
