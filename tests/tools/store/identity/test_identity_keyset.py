"""The life of the key set: shared fetches, made-up keys, rotation, and a server that is down, slow or confused."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable
from uuid import UUID

import httpx
import pytest

from tests.tools.store.identity.token_forge import (
    KEYS,
    NOW,
    OTHER_KEY,
    PERSON,
    Clock,
    KeyServer,
    encoded,
    published,
    signed,
)
from tools.errors import Upstream
from tools.store.identity import TokenInvalid, TokenVerifier, keyset


async def test_fifty_first_callers_share_one_fetch(tokens: TokenVerifier, server: KeyServer) -> None:
    server.delay_seconds = 0.02
    await asyncio.gather(*(tokens.verify(signed(sub=str(UUID(int=n)))) for n in range(50)))
    assert server.fetches == 1


async def test_who_gives_up_does_not_take_the_fetch_from_the_others(tokens: TokenVerifier, server: KeyServer) -> None:
    server.delay_seconds = 0.05
    impatient = asyncio.create_task(tokens.verify(signed()))
    patient = asyncio.create_task(tokens.verify(signed()))
    await asyncio.sleep(0.01)
    impatient.cancel()
    assert (await patient).user_id == UUID(PERSON)
    assert server.fetches == 1


@pytest.mark.parametrize(("pause", "fetches"), [(keyset.UNKNOWN_KEY_SECONDS, 1), (0.0, 1000)])
async def test_a_thousand_made_up_keys_cost_one_fetch(
    tokens: TokenVerifier, server: KeyServer, monkeypatch: pytest.MonkeyPatch, pause: float, fetches: int
) -> None:
    monkeypatch.setattr(keyset, "UNKNOWN_KEY_SECONDS", pause)
    await tokens.verify(signed())
    server.fetches = 0
    token = signed(OTHER_KEY).partition(".")[2]
    for number in range(1000):
        header = encoded(json.dumps({"alg": "ES256", "kid": f"junk-{number}"}).encode())
        with pytest.raises(TokenInvalid):
            await tokens.verify(f"{header}.{token}")
    assert server.fetches == fetches


async def test_a_new_key_is_found_at_once_and_then_every_thirty_seconds(
    tokens: TokenVerifier, server: KeyServer, clock: Clock
) -> None:
    await tokens.verify(signed())
    server.keys.append(published(OTHER_KEY, "new"))
    await tokens.verify(signed(OTHER_KEY, header={"kid": "new"}))
    assert server.fetches == 2
    server.keys.append(published(OTHER_KEY, "newer"))
    newer = signed(OTHER_KEY, header={"kid": "newer"})
    with pytest.raises(TokenInvalid):
        await tokens.verify(newer)
    clock.seconds = 30
    await tokens.verify(newer)
    assert server.fetches == 3


async def test_a_key_rotated_out_is_refused_once_the_set_is_read_again(
    tokens: TokenVerifier, server: KeyServer, clock: Clock
) -> None:
    await tokens.verify(signed())
    server.keys = [published(OTHER_KEY, "new")]
    clock.seconds = keyset.LIFESPAN_SECONDS - 1
    await tokens.verify(signed())
    assert server.fetches == 1
    clock.seconds = keyset.LIFESPAN_SECONDS
    # Answered from the old set while the new one is read.
    await tokens.verify(signed(sub=str(UUID(int=1))))
    await tokens.verify(signed(OTHER_KEY, header={"kid": "new"}))
    # Also the one that was kept as verified.
    with pytest.raises(TokenInvalid):
        await tokens.verify(signed())


BROKEN: dict[str, Callable[[], httpx.Response]] = {
    "an error": lambda: httpx.Response(500),
    "HTML": lambda: httpx.Response(200, html="<p>hello</p>"),
    "no keys": lambda: httpx.Response(200, json={"keys": []}),
    "a list": lambda: httpx.Response(200, json=[1]),
    "keys that are none": lambda: httpx.Response(200, json={"keys": 7}),
    "deep nesting": lambda: httpx.Response(200, content=b"[" * 100_000),
    "a redirect": lambda: httpx.Response(302, headers={"location": "https://evil.test/jwks.json"}),
    "a huge set": lambda: httpx.Response(200, json={"keys": KEYS, "padding": "x" * 300_000}),
}


@pytest.mark.parametrize("what", BROKEN)
async def test_without_any_keys_nobody_is_believed_and_it_can_be_tried_again(
    tokens: TokenVerifier, server: KeyServer, clock: Clock, what: str
) -> None:
    server.answer = BROKEN[what]
    for _ in range(3):
        with pytest.raises(Upstream):
            await tokens.verify(signed())
    assert server.fetches == 1
    server.answer = None
    clock.seconds = keyset.FAILURE_PAUSE_SECONDS
    assert (await tokens.verify(signed())).user_id == UUID(PERSON)


async def test_known_keys_outlast_the_server_by_an_hour(tokens: TokenVerifier, server: KeyServer, clock: Clock) -> None:
    await tokens.verify(signed(exp=NOW + 9000))
    server.answer = BROKEN["an error"]
    for clock.seconds in (keyset.LIFESPAN_SECONDS, 1200.0, keyset.LONGEST_STALE_SECONDS - 1):
        await tokens.verify(signed(exp=NOW + 9000))
        await asyncio.sleep(0.01)
    with pytest.raises(Upstream):
        await tokens.verify(signed(header={"kid": "new"}, exp=NOW + 9000))
    clock.seconds = keyset.LONGEST_STALE_SECONDS + keyset.FAILURE_PAUSE_SECONDS
    with pytest.raises(Upstream):
        await tokens.verify(signed(exp=NOW + 9000))


async def test_a_slow_server_is_not_waited_for(tokens: TokenVerifier, server: KeyServer) -> None:
    server.delay_seconds = 60
    started = time.perf_counter()
    outcomes = await asyncio.gather(*(tokens.verify(signed()) for _ in range(20)), return_exceptions=True)
    assert all(isinstance(outcome, Upstream) for outcome in outcomes)
    assert server.fetches == 1
    assert time.perf_counter() - started < 2


async def test_a_slow_server_keeps_nobody_waiting_who_has_keys(
    tokens: TokenVerifier, server: KeyServer, clock: Clock
) -> None:
    await tokens.verify(signed())
    server.delay_seconds = 60
    clock.seconds = keyset.LIFESPAN_SECONDS
    started = time.perf_counter()
    await tokens.verify(signed())
    assert time.perf_counter() - started < 0.1
