"""What goes on by itself: mentions of erased people, conversations and letters that are old, fields sealed with an old key."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from tools.context import Greenroom
from tools.errors import NotFound
from tools.kit.sealing import Place
from tools.privacy import conversations, documents, repository, sealed
from tools.privacy.rules import Traces

AT_ONCE = 500
"""Rows of one transaction."""


@dataclass(frozen=True, slots=True)
class Retention:
    """How long what nobody asked to keep is kept, in days."""

    conversations: int = 180
    letters: int = 90


async def finish_erasures(greenroom: Greenroom) -> int:
    """Goes through everything for the people erased since; answers of how many nothing is left. A repeat after a crash harms nothing."""
    async with greenroom.database.session(None) as tx:
        waiting = await repository.unfinished(tx)
        columns = await repository.mentioning_columns(tx) if waiting else []
    finished = 0
    for erasure in waiting:
        # Another process may be at the same one, and be done with it first.
        with suppress(NotFound):
            finished += await _finish(greenroom, erasure, columns)
    return finished


async def _finish(greenroom: Greenroom, erasure: dict[str, Any], columns: list[dict[str, Any]]) -> bool:
    place = Place("erasures", "terms", erasure["org_id"], erasure["id"])
    traces = Traces.from_json(greenroom.fields.open(place, erasure["terms"]))
    async with greenroom.database.session(None) as tx:
        await repository.be_patient(tx)
        found = await conversations.mentioning(tx, erasure["org_id"], traces.terms)
        idle = [each.id for each in found if not each.is_running]
        await conversations.forget(tx, idle)
        await conversations.count_forgotten(tx, erasure["id"], len(idle))
    for document in documents.STAYING:
        async with greenroom.database.session(None) as tx:
            await repository.be_patient(tx)
            await documents.redact(tx, erasure, document, traces, AT_ONCE)
    for column in columns:
        async with greenroom.database.session(None) as tx:
            await repository.be_patient(tx)
            await repository.redact(tx, erasure["id"], column, traces)
    if len(idle) < len(found):
        # A turn is under way in one of them: it is gone through again at the next time.
        return False
    async with greenroom.database.session(None) as tx:
        await repository.finish(tx, erasure["id"])
    return True


async def forget_old(greenroom: Greenroom, retention: Retention) -> int:
    """Deletes conversations nobody went on with and empties letters sent long ago. Answers how many of both."""
    async with greenroom.database.session(None) as tx:
        old = await conversations.older_than(tx, retention.conversations, AT_ONCE)
        await conversations.forget(tx, old)
        return len(old) + await conversations.empty_letters(tx, retention.letters, AT_ONCE)


async def reseal(greenroom: Greenroom) -> int:
    """Seals anew what is not sealed with the first key, or not indexed with the present secret, while others read and write.

    Answers how many fields; none is left then.

    What somebody keeps locked meanwhile is passed over until the next time.
    """
    done = 0
    for field in sealed.FIELDS:
        after = UUID(int=0)
        while True:
            async with greenroom.database.session(None) as tx:
                rows = await sealed.due(tx, field, greenroom.fields, after, AT_ONCE)
                if not rows:
                    break
                await sealed.replace(tx, field, {row["id"]: _anew(greenroom, field, row) for row in rows})
            done += len(rows)
            after = rows[-1]["id"]
    return done + await _reseal_documents(greenroom) + await _reseal_conversations(greenroom)


async def _reseal_documents(greenroom: Greenroom) -> int:
    done = 0
    for document in documents.DOCUMENTS:
        after = "(0,0)"
        async with greenroom.database.session(None) as tx:
            until = await documents.last_place(tx, document)
        while True:
            async with greenroom.database.session(None) as tx:
                after, resealed = await documents.reseal(tx, document, after, until, AT_ONCE)
            if not resealed:
                break
            done += resealed
    return done


async def _reseal_conversations(greenroom: Greenroom) -> int:
    done = 0
    for table in conversations.KEPT:
        after = "(0,0)"
        while True:
            async with greenroom.database.session(None) as tx:
                rows = await conversations.due(tx, table, after, AT_ONCE)
                if not rows:
                    break
                await conversations.replace(tx, table, rows)
            done += len(rows)
            after = rows[-1]["place"]
    return done


def _anew(greenroom: Greenroom, field: sealed.Field, row: dict[str, Any]) -> tuple[str, str | None]:
    fields, place = greenroom.fields, field.place(row["org_id"], row["id"])
    text = fields.open(place, row["value"])
    return fields.seal(place, text), fields.address_index(row["org_id"], text) if field.is_address else None
