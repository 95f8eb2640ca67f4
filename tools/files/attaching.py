"""What goes with a message of a conversation. The contents stay where they are; a conversation knows of its files by name."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from tools.context import Caller, Greenroom
from tools.errors import NotFound
from tools.files import repository
from tools.files.models import File
from tools.operation import enter


async def require_there(greenroom: Greenroom, caller: Caller, files: Sequence[UUID]) -> None:
    """Raises NotFound for the first that is not there for the caller: nobody refers to somebody else's file."""
    if not files:
        return
    async with enter(greenroom, caller) as (tx, standing):
        seen = await repository.visible(tx, standing.org_id, list(files))
    for file_id in files:
        if file_id not in seen:
            raise NotFound.named("file", str(file_id))


async def attach(greenroom: Greenroom, caller: Caller, thread: UUID, files: Sequence[UUID]) -> list[File]:
    """The caller's own attachments among these, from now on the conversation's: they go when it goes.

    What is not there, or is somebody else's, is left out.
    """
    async with enter(greenroom, caller) as (tx, standing):
        await repository.attach(tx, standing.org_id, thread, list(files))
        return await repository.attached(tx, standing.org_id, thread, list(files))
