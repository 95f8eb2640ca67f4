"""SQL of files, and of what is to be removed from the storage server."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from tools.files.models import Belonging, File, KeptFile, Kind, ListFiles, Stored
from tools.kit.naming import Candidate
from tools.store.database import Transaction

_FILE = """
    select f.id, f.kind, f.event_id, f.sponsor_id, f.venue_id, f.thread_id, f.name, f.media_type, f.bytes, f.sha256, f.width,
        f.height, f.variants, f.version, f.created_by, f.created_at, f.path, f.state
    from public.files f
"""


async def get(tx: Transaction, org: UUID, file_id: UUID) -> File | None:
    """A complete file."""
    return await tx.fetch_one(
        _FILE + "where f.org_id = %(org)s and f.id = %(id)s and f.state = 'ready'",
        {"org": org, "id": file_id},
        row=File,
    )


async def lock(tx: Transaction, org: UUID, file_id: UUID) -> None:
    """Nobody else changes this file until the transaction ends."""
    await tx.execute(
        "select 1 from public.files where org_id = %(org)s and id = %(id)s for update", {"org": org, "id": file_id}
    )


async def create(
    tx: Transaction, org: UUID, file_id: UUID, by: UUID, kept: KeptFile, path: str, variants: list[dict[str, Any]]
) -> None:
    await tx.execute(
        """
        insert into public.files (id, org_id, kind, event_id, sponsor_id, venue_id, thread_id, name, media_type, bytes, sha256, path,
            variants, width, height, created_by)
        values (%(id)s, %(org)s, %(kind)s, %(event_id)s, %(sponsor_id)s, %(venue_id)s, %(thread_id)s, %(name)s, %(media_type)s,
            %(bytes)s, %(sha256)s, %(path)s, %(variants)s::jsonb, %(width)s, %(height)s, %(by)s)
        """,
        {
            **kept.model_dump(exclude={"of", "variants"}),
            **kept.of.model_dump(),
            "id": file_id,
            "org": org,
            "by": by,
            "path": path,
            "variants": json.dumps(variants),
        },
    )


async def complete(tx: Transaction, org: UUID, file_id: UUID) -> None:
    """Its contents are there. Saying so again changes nothing."""
    await tx.execute(
        "update public.files set state = 'ready' where org_id = %(org)s and id = %(id)s and state = 'uploading'",
        {"org": org, "id": file_id},
    )


async def stored(tx: Transaction, org: UUID) -> Stored:
    """How much there is. Nobody else of the organisation adds to it until the transaction ends."""
    found = await tx.fetch_one("select files, bytes from app.files_stored(%(org)s)", {"org": org}, row=Stored)
    assert found is not None, "a sum is one row"
    return found


async def become(tx: Transaction, org: UUID, file_id: UUID, kind: Kind, of: Belonging) -> None:
    """No attachment any more: it leaves its conversation."""
    await tx.execute(
        """
        update public.files set kind = %(kind)s, event_id = %(event_id)s, sponsor_id = %(sponsor_id)s, venue_id = %(venue_id)s,
            thread_id = null
        where org_id = %(org)s and id = %(id)s
        """,
        {"org": org, "id": file_id, "kind": kind, **of.model_dump()},
    )


async def names(tx: Transaction, org: UUID, of: Belonging) -> list[str]:
    """What the things a file is of are called."""
    found = await tx.fetch_dicts(
        """
        select name from public.events where org_id = %(org)s and id = %(event_id)s
        union all select name from public.sponsors where org_id = %(org)s and id = %(sponsor_id)s
        union all select name from public.venues where org_id = %(org)s and id = %(venue_id)s
        """,
        {"org": org, **of.model_dump()},
    )
    return [str(row["name"]) for row in found]


async def delete(tx: Transaction, org: UUID, file_id: UUID) -> None:
    """The row; a trigger notes its contents for removal."""
    await tx.execute("delete from public.files where org_id = %(org)s and id = %(id)s", {"org": org, "id": file_id})


async def find(tx: Transaction, org: UUID, wanted: ListFiles, of: Belonging, after: list[Any] | None) -> list[File]:
    return await tx.fetch_all(
        _FILE
        + """
        where f.org_id = %(org)s and f.state = 'ready' and (%(kind)s::text is null or f.kind = %(kind)s)
            and (%(event_id)s::uuid is null or f.event_id = %(event_id)s)
            and (%(sponsor_id)s::uuid is null or f.sponsor_id = %(sponsor_id)s)
            and (%(venue_id)s::uuid is null or f.venue_id = %(venue_id)s)
            and (%(thread_id)s::uuid is null or f.thread_id = %(thread_id)s)
            and (%(after_at)s::timestamptz is null or (f.created_at, f.id) > (%(after_at)s, %(after_id)s::uuid))
        order by f.created_at, f.id limit %(more)s
        """,
        {
            "org": org,
            "kind": wanted.kind,
            **of.model_dump(),
            "after_at": after[0] if after else None,
            "after_id": after[1] if after else None,
            "more": wanted.limit + 1,
        },
        row=File,
    )


async def attach(tx: Transaction, org: UUID, thread: UUID, files: list[UUID]) -> None:
    """Attachments that came before their conversation had begun are its own now; row-level security leaves out others' files."""
    await tx.execute(
        """
        update public.files set thread_id = %(thread)s
        where org_id = %(org)s and id = any(%(files)s) and kind = 'attachment' and thread_id is null
        """,
        {"org": org, "thread": thread, "files": files},
    )


async def visible(tx: Transaction, org: UUID, files: list[UUID]) -> set[UUID]:
    """Those of the files that are there for the caller."""
    found = await tx.fetch_dicts(
        "select id from public.files where org_id = %(org)s and id = any(%(files)s) and state = 'ready'",
        {"org": org, "files": files},
    )
    return {row["id"] for row in found}


async def attached(tx: Transaction, org: UUID, thread: UUID, files: list[UUID]) -> list[File]:
    return await tx.fetch_all(
        _FILE
        + """
        where f.org_id = %(org)s and f.thread_id = %(thread)s and f.id = any(%(files)s) and f.state = 'ready'
        order by f.created_at, f.id
        """,
        {"org": org, "thread": thread, "files": files},
        row=File,
    )


async def sponsors(tx: Transaction, org: UUID) -> list[Candidate]:
    return await tx.fetch_all(
        "select id, name, '' as hint, true as current from public.sponsors where org_id = %(org)s order by name limit 2000",
        {"org": org},
        row=Candidate,
    )


async def has_sponsor(tx: Transaction, org: UUID, sponsor_id: UUID) -> bool:
    found: bool = await tx.fetch_value(
        "select exists (select from public.sponsors where org_id = %(org)s and id = %(id)s)",
        {"org": org, "id": sponsor_id},
    )
    return found


async def has_thread(tx: Transaction, org: UUID, thread_id: UUID) -> bool:
    """Whether it is the caller's own: nobody else's is visible."""
    found: bool = await tx.fetch_value(
        "select exists (select from public.threads where org_id = %(org)s and id = %(id)s)",
        {"org": org, "id": thread_id},
    )
    return found


async def give_up_uploads(tx: Transaction, hours: int) -> None:
    """Uploads that were not completed in time."""
    await tx.execute(
        "delete from public.files where state = 'uploading' and created_at < now() - make_interval(hours => %(hours)s)",
        {"hours": hours},
    )


async def removals(tx: Transaction, at_most: int) -> list[tuple[UUID, list[str]]]:
    """Contents that nobody needs any more, the oldest first; what could not be removed stands behind."""
    found = await tx.fetch_dicts(
        "select id, paths from public.file_removals order by coalesce(tried_at, created_at), id limit %(most)s",
        {"most": at_most},
    )
    return [(row["id"], row["paths"]) for row in found]


async def put_behind(tx: Transaction, removal_ids: list[UUID]) -> None:
    """Tried in vain: others first."""
    await tx.execute("update public.file_removals set tried_at = now() where id = any (%(ids)s)", {"ids": removal_ids})


async def removed(tx: Transaction, removal_ids: list[UUID]) -> None:
    await tx.execute("delete from public.file_removals where id = any (%(ids)s)", {"ids": removal_ids})


async def poster(tx: Transaction, event_id: UUID) -> dict[str, Any] | None:
    """The poster of a published event, for anybody."""
    found: dict[str, Any] | None = await tx.fetch_value("select app.shop_poster(%(event)s)", {"event": event_id})
    return found
