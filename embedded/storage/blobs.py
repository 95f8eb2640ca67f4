"""Contents on disk, one file each under an id made here. Blocking: callers run it in a thread."""

from __future__ import annotations

import hashlib
import os
import shutil
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO
from uuid import UUID, uuid4

_CHUNK = 256 * 1024
# Older than any upload under way: what nobody refers to then is of a process that died.
_ABANDONED_SECONDS = 3600


@dataclass(frozen=True, slots=True)
class Blob:
    version: UUID
    size: int
    digest: str


class Blobs:
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._incoming = folder / "incoming"

    def open(self) -> None:
        """Make the folders, readable by their owner alone, and forget uploads that were cut off."""
        for folder in (self._folder, self._incoming):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for draft in self._incoming.iterdir():
            if draft.stat().st_mtime < time.time() - _ABANDONED_SECONDS:
                draft.unlink(missing_ok=True)

    def keep(self, source: BinaryIO) -> Blob:
        """Store everything from the source's beginning; it is there whole, or not at all."""
        version = uuid4()
        draft = self._incoming / str(version)
        digest = hashlib.md5(usedforsecurity=False)
        source.seek(0)
        try:
            with open(draft, "xb") as file:
                while chunk := source.read(_CHUNK):
                    digest.update(chunk)
                    file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
                size = file.tell()
            self._place(draft, version)
        finally:
            draft.unlink(missing_ok=True)
        return Blob(version, size, digest.hexdigest())

    def copy(self, version: UUID) -> UUID:
        """The same content under another id."""
        twin = uuid4()
        draft = self._incoming / str(twin)
        try:
            shutil.copyfile(self.path(version), draft)
            self._place(draft, twin)
        finally:
            draft.unlink(missing_ok=True)
        return twin

    def path(self, version: UUID) -> Path:
        name = str(version)
        return self._folder / name[:2] / name

    def forget(self, versions: Iterable[UUID]) -> None:
        for version in versions:
            self.path(version).unlink(missing_ok=True)

    def old(self) -> Iterator[UUID]:
        """Every content that has been there for a while."""
        for path in self._folder.glob("[0-9a-f][0-9a-f]/*"):
            if path.stat().st_mtime < time.time() - _ABANDONED_SECONDS:
                yield UUID(path.name)

    def _place(self, draft: Path, version: UUID) -> None:
        target = self.path(version)
        target.parent.mkdir(exist_ok=True, mode=0o700)
        os.replace(draft, target)
