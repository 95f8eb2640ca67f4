"""Posters for anybody who looks at a published event."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from tools.context import Greenroom
from tools.files import repository, rules
from tools.kit.pictures import poster_version


@dataclass(frozen=True, slots=True)
class Poster:
    """A picture as WebP. `version` is another one for every other picture."""

    content: bytes
    version: str


async def poster_of(greenroom: Greenroom, event_id: UUID, width: int) -> Poster | None:
    """The latest poster, the narrowest copy that fills the width; None where the event has none, or is not published. Raises Upstream."""
    if greenroom.files is None:
        return None
    async with greenroom.database.session(None) as tx:
        found = await repository.poster(tx, event_id)
    if found is None:
        return None
    path = rules.wide_enough(found["variants"], width)
    content = await greenroom.files.get(path)
    return Poster(content, poster_version(found["id"]))
