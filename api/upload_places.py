"""Who uploads at the same time, and how slowly: a few who send a byte now and then leave room for everybody else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

from tools.errors import Busy

AT_ONCE = 16
"""Uploads under way. What has come of each lies on the disk, so a slow phone costs little."""
OF_ONE_CALLER = 2
OF_ONE_ORGANIZATION = 4


class Places:
    """Those of one process."""

    def __init__(self) -> None:
        self._callers: Counter[UUID] = Counter()
        self._organizations: Counter[UUID] = Counter()

    @contextmanager
    def one(self, caller: UUID, organization: UUID) -> Iterator[None]:
        """A place while the block runs. Raises Busy."""
        if self._callers[caller] >= OF_ONE_CALLER:
            raise Busy("You are uploading other files right now.", retry_after=5)
        if self._organizations[organization] >= OF_ONE_ORGANIZATION:
            raise Busy("Your organisation is uploading several files right now.", retry_after=5)
        if self._callers.total() >= AT_ONCE:
            raise Busy("Many files are being uploaded right now.", retry_after=5)
        taken = ((self._callers, caller), (self._organizations, organization))
        for counter, name in taken:
            counter[name] += 1
        try:
            yield
        finally:
            for counter, name in taken:
                counter[name] -= 1
                if not counter[name]:
                    del counter[name]


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a body may take: some seconds, and one more for each so many kilobytes that came."""

    seconds: float
    kilobytes_per_second: int

    def until(self, begun: float, came: int) -> float:
        return begun + self.seconds + came / (1024 * self.kilobytes_per_second)
