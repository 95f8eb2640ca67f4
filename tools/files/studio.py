"""Where contents are looked at: pictures one at a time and fairly, PDFs beside them."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import BinaryIO
from uuid import UUID

from tools.errors import Busy
from tools.files.examining import Examined, examine, media_type_of
from tools.files.models import Kind


class Studio:
    def __init__(self) -> None:
        # One picture at a time: a large one takes hundreds of megabytes while it is decoded, and this thread is nobody else's.
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="pictures")
        self._waiting: dict[UUID, object] = {}

    async def look(self, sender: UUID, kind: Kind, file: BinaryIO, size: int) -> Examined:
        """What `examine` finds. One picture of each sender stands in line; raises Busy for a second."""
        file.seek(0)
        if (media_type_of(file.read(16)) or "").startswith("image/"):
            return await self._in_line(sender, kind, file, size)
        return await asyncio.to_thread(examine, kind, file, size)

    async def _in_line(self, sender: UUID, kind: Kind, file: BinaryIO, size: int) -> Examined:
        if sender in self._waiting:
            raise Busy("Another picture of yours waits to be looked at.", retry_after=5)
        place = self._waiting[sender] = object()

        def called() -> Examined:
            self._leave(sender, place)
            return examine(kind, file, size)

        try:
            return await asyncio.get_running_loop().run_in_executor(self._thread, called)
        finally:
            # Whoever goes before it is their turn leaves the line too.
            self._leave(sender, place)

    def _leave(self, sender: UUID, place: object) -> None:
        if self._waiting.get(sender) is place:
            del self._waiting[sender]
