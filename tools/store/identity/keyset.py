"""The identity server's public keys, fetched over HTTP and kept: fresh for ten minutes, usable for an hour."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

import httpx
import jwt

from tools.errors import Upstream

# What the server allows in Cache-Control.
LIFESPAN_SECONDS = 600.0
# As long as an access token lives: past it, without the server nobody has a valid token left.
LONGEST_STALE_SECONDS = 3600.0
UNKNOWN_KEY_SECONDS = 30.0
# After a failed fetch callers are refused at once for so long, instead of each waiting for a time-out.
FAILURE_PAUSE_SECONDS = 2.0
_LARGEST_SET = 256 * 1024


class KeySet:
    """One fetch at a time, shared by everybody who waits. `clock` is monotonic seconds."""

    def __init__(
        self,
        url: str,
        http: httpx.AsyncClient,
        *,
        accepted: frozenset[str],
        on_change: Callable[[], None],
        fetch_seconds: float,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._url = url
        self._http = http
        self._accepted = accepted
        self._on_change = on_change
        self._fetch_seconds = fetch_seconds
        self._clock = clock
        self._keys: dict[str, jwt.PyJWK] = {}
        self._published: object = None
        self._fetched_at: float | None = None
        self._failed_at: float | None = None
        self._unknown_asked_at: float | None = None
        self._fetch: asyncio.Task[None] | None = None

    async def find(self, key_id: str) -> jwt.PyJWK | None:
        """The key, or None when the server does not know it. Raises Upstream when that cannot be found out."""
        just_fetched = await self._ensure_usable()
        if key_id not in self._keys and not just_fetched:
            await self._look_again()
        key = self._keys.get(key_id)
        if key is None and self._failed_at is not None:
            raise _unreachable()
        return key

    async def aclose(self) -> None:
        if self._fetch is not None:
            self._fetch.cancel()
            await asyncio.gather(self._fetch, return_exceptions=True)

    async def _ensure_usable(self) -> bool:
        """Fetch when there is no set or it is too old to trust; past its lifespan, fetch without making anyone wait."""
        age = self._age(self._fetched_at)
        if age >= LIFESPAN_SECONDS and self._may_retry():
            fetch = self._start_fetch()
            if age >= LONGEST_STALE_SECONDS:
                # Shielded: one caller giving up must not take the fetch from the others.
                await asyncio.shield(fetch)
        if self._age(self._fetched_at) >= LONGEST_STALE_SECONDS:
            raise _unreachable()
        return age >= LONGEST_STALE_SECONDS

    async def _look_again(self) -> None:
        """Ask whether an unknown key is new, rarely: anybody can write a key id into a token."""
        if self._fetch is None:
            if self._age(self._unknown_asked_at) < UNKNOWN_KEY_SECONDS:
                return
            self._unknown_asked_at = self._clock()
        await asyncio.shield(self._start_fetch())

    def _start_fetch(self) -> asyncio.Task[None]:
        if self._fetch is None:
            self._fetch = asyncio.create_task(self._load())
            self._fetch.add_done_callback(self._forget_fetch)
        return self._fetch

    def _forget_fetch(self, _: asyncio.Task[None]) -> None:
        self._fetch = None

    async def _load(self) -> None:
        try:
            async with asyncio.timeout(self._fetch_seconds):
                answer = await self._http.get(self._url)
            answer.raise_for_status()
            if len(answer.content) > _LARGEST_SET:
                raise ValueError("key set too large")
            published = answer.json()
            keys = jwt.PyJWKSet.from_dict(published)
        except (httpx.HTTPError, TimeoutError, jwt.PyJWTError, ValueError, TypeError, AttributeError, RecursionError):
            self._failed_at = self._clock()
            return
        self._keys = {key.key_id: key for key in keys if key.key_id and key.algorithm_name in self._accepted}
        self._fetched_at = self._clock()
        self._failed_at = None
        if published != self._published:
            self._published = published
            self._on_change()

    def _may_retry(self) -> bool:
        return self._fetch is not None or self._age(self._failed_at) >= FAILURE_PAUSE_SECONDS

    def _age(self, instant: float | None) -> float:
        return float("inf") if instant is None else self._clock() - instant


def _unreachable() -> Upstream:
    return Upstream("The identity server's keys cannot be had.", remedy="Try again shortly.", retry_after=2)
