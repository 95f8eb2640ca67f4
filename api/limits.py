"""How often somebody may call: moving windows per person, or per network address of whom nobody vouches for."""

from __future__ import annotations

import asyncio
import ipaddress
import math
import time
from collections import deque
from contextlib import suppress
from dataclasses import dataclass

import structlog
from limits import RateLimitItem, RateLimitItemPerMinute
from limits.aio.storage import RedisStorage
from limits.aio.strategies import MovingWindowRateLimiter
from limits.errors import StorageError

_log = structlog.get_logger("greenroom.limits")

_WINDOW_SECONDS = 60.0
_PRUNE_SECONDS = 30.0
_REDIS_SECONDS = 0.25
"""A limiter must not cost more than what it protects; past this the process counts for itself."""
_RETRY_REDIS_SECONDS = 5.0
_FALLBACK_SHARE = 4
"""Without Redis each replica counts alone: each lets through this fraction, so that four of them keep the promise."""


@dataclass(frozen=True, slots=True)
class Bucket:
    """A named allowance of `per_minute` calls."""

    name: str
    per_minute: int

    @property
    def item(self) -> RateLimitItem:
        return RateLimitItemPerMinute(self.per_minute, namespace=self.name)

    @property
    def stricter(self) -> Bucket:
        return Bucket(self.name, max(1, self.per_minute // _FALLBACK_SHARE))


class Allowances:
    """The buckets of the service. `person` follows REQUESTS_PER_MINUTE, the others protect what comes before a sign-in."""

    def __init__(self, per_minute: int) -> None:
        self.person = Bucket("person", per_minute)
        self.stranger = Bucket("stranger", max(1, per_minute // 4))
        # Passwords are guessed here. The identity server counts failures per account besides; an office shares an address.
        self.sign_in = Bucket("sign-in", max(1, per_minute // 20))
        # The shop, per address: whole offices and cell towers share one, and a page asks every few seconds what is left.
        self.shop = {"read": Bucket("shop", per_minute * 2), "hold": Bucket("shop-holds", max(1, per_minute // 5))}
        self.shop_codes = Bucket("shop-codes", max(1, per_minute // 20))


@dataclass(frozen=True, slots=True)
class Count:
    """Where a caller stands in a bucket after a call; `reset` in seconds."""

    bucket: Bucket
    allowed: bool
    remaining: int
    reset: int

    def headers(self) -> dict[str, str]:
        """`RateLimit` and `RateLimit-Policy` of draft-ietf-httpapi-ratelimit-headers."""
        return {
            "RateLimit-Policy": f'"{self.bucket.name}";q={self.bucket.per_minute};w=60',
            "RateLimit": f'"{self.bucket.name}";r={self.remaining};t={self.reset}',
        }


class _Here:
    """Moving windows of this process: when each caller called within the last minute.

    Ours, because the library's storage costs seven percent of what a sale does (bench/sell.py).
    """

    def __init__(self) -> None:
        self._calls: dict[tuple[Bucket, str], deque[float]] = {}

    def hit(self, bucket: Bucket, key: str) -> Count:
        """A refused call is not counted."""
        now = time.monotonic()
        calls = self._calls.setdefault((bucket, key), deque())
        while calls and calls[0] <= now - _WINDOW_SECONDS:
            calls.popleft()
        allowed = len(calls) < bucket.per_minute
        if allowed:
            calls.append(now)
        reset = math.ceil(calls[0] + _WINDOW_SECONDS - now) if calls else 0
        return Count(bucket, allowed, bucket.per_minute - len(calls), reset)

    def prune(self) -> None:
        """Forgets who has not called within their window."""
        since = time.monotonic() - _WINDOW_SECONDS
        for who in [who for who, calls in self._calls.items() if not calls or calls[-1] <= since]:
            del self._calls[who]

    async def prune_for_ever(self) -> None:
        while True:
            await asyncio.sleep(_PRUNE_SECONDS)
            self.prune()


class Limits:
    """Counts in Redis when there is one, in this process otherwise. While Redis is down, in this process and stricter."""

    def __init__(self, redis_url: str | None = None) -> None:
        self._here = _Here()
        self._shared = MovingWindowRateLimiter(_redis(redis_url)) if redis_url else None
        self._shared_again_at = 0.0
        self._sweep: asyncio.Task[None] | None = None

    async def open(self) -> None:
        self._sweep = asyncio.create_task(self._here.prune_for_ever(), name="limits-sweep")

    async def close(self) -> None:
        if self._sweep is not None:
            self._sweep.cancel()
            with suppress(asyncio.CancelledError):
                await self._sweep

    async def hit(self, bucket: Bucket, key: str) -> Count:
        """Count one call of `key`."""
        if self._shared is not None:
            if time.monotonic() >= self._shared_again_at:
                try:
                    return await _count(self._shared, bucket, key)
                except StorageError:
                    self._shared_again_at = time.monotonic() + _RETRY_REDIS_SECONDS
                    _log.warning("redis_down", fallback="in-process limits", retry_seconds=_RETRY_REDIS_SECONDS)
            bucket = bucket.stricter
        return self._here.hit(bucket, key)


def peer_key(host: str | None) -> str:
    """The network address somebody calls from; a whole /64 for IPv6, since one person has that many."""
    try:
        address = ipaddress.ip_address(host or "")
    except ValueError:
        return "unknown"
    if isinstance(address, ipaddress.IPv6Address):
        return str(address.ipv4_mapped or ipaddress.ip_network((address, 64), strict=False))
    return str(address)


async def _count(limiter: MovingWindowRateLimiter, bucket: Bucket, key: str) -> Count:
    allowed = await limiter.hit(bucket.item, key)
    stats = await limiter.get_window_stats(bucket.item, key)
    reset = max(0, math.ceil(stats.reset_time - time.time()))
    return Count(bucket, allowed, max(0, stats.remaining), reset)


def _redis(url: str) -> RedisStorage:
    return RedisStorage(
        url,
        wrap_exceptions=True,
        implementation="redispy",
        key_prefix="greenroom:limits",
        socket_timeout=_REDIS_SECONDS,
        socket_connect_timeout=_REDIS_SECONDS,
    )
