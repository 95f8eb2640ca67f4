"""Password digests: argon2id, off the event loop, a bounded number at once, and the same work for unknown addresses."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from embedded.auth.problems import too_many

_Result = TypeVar("_Result")


class Passwords:
    """At most `at_once` digests are computed together; beyond `waiting` callers a request is turned away with 429."""

    def __init__(self, *, at_once: int, waiting: int, passes: int, kibibytes: int) -> None:
        self._hasher = PasswordHasher(time_cost=passes, memory_cost=kibibytes, parallelism=1)
        self._slots = asyncio.Semaphore(at_once)
        self._limit = at_once + waiting
        self._present = 0
        # Compared with when there is no account, so that a stranger's address costs what a member's does.
        self._nobody = self._hasher.hash("nobody")

    async def digest(self, password: str) -> str:
        return await self._compute(lambda: self._hasher.hash(password))

    async def matches(self, digest: str | None, password: str) -> bool:
        """Whether `password` made `digest`; with no digest the answer is no, after the same work."""
        known = bool(digest) and str(digest).startswith("$argon2id$")
        fits = await self._compute(lambda: self._verify(str(digest) if known else self._nobody, password))
        return fits and known

    async def _compute(self, work: Callable[[], _Result]) -> _Result:
        if self._present >= self._limit:
            raise too_many(retry_after=1)
        self._present += 1
        try:
            async with self._slots:
                return await asyncio.to_thread(work)
        finally:
            self._present -= 1

    def _verify(self, digest: str, password: str) -> bool:
        try:
            return self._hasher.verify(digest, password)
        except (VerificationError, InvalidHashError):
            return False
