"""SQL of what is forgotten: conversations with all the agent's saver keeps of them, and letters."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from tools.store.database import Transaction


@dataclass(frozen=True, slots=True)
class Conversation:
    id: UUID
    is_running: bool


async def mentioning(tx: Transaction, org: UUID, terms: Sequence[str]) -> list[Conversation]:
    """Threads in which one of the terms was said or shown, whatever its case as far as it is ASCII."""
    params = {"org": org, "said": [term.lower() for term in terms], "kept": _as_kept(terms)}
    found = await tx.fetch_all(
        """
        select t.id, exists (select from public.runs r where r.thread_id = t.id and r.status = 'running') as is_running
        from public.threads t
        where t.org_id = %(org)s and exists (
            select from public.runs r, unnest(%(said)s::text[]) s
            where r.org_id = t.org_id and r.thread_id = t.id and position(s in lower(r.input::text)) > 0)
        """,
        params,
        row=Conversation,
    )
    if not await _saver_is_there(tx):
        return found
    kept = await tx.fetch_all(
        """
        select t.id, exists (select from public.runs r where r.thread_id = t.id and r.status = 'running') as is_running
        from public.threads t
        where t.org_id = %(org)s and exists (
            select from (
                select lower(encode(b.blob, 'escape')) as text from agent.checkpoint_blobs b where b.thread_id = t.id::text
                union all select lower(encode(w.blob, 'escape')) from agent.checkpoint_writes w where w.thread_id = t.id::text
                union all select lower(encode(convert_to(c.checkpoint::text || c.metadata::text, 'UTF8'), 'escape'))
                    from agent.checkpoints c where c.thread_id = t.id::text) k, unnest(%(kept)s::text[]) s
            where position(s in k.text) > 0)
        """,
        params,
        row=Conversation,
    )
    return list({each.id: each for each in (*found, *kept)}.values())


async def older_than(tx: Transaction, days: int, at_most: int) -> list[UUID]:
    """Threads nothing happened in for so long."""
    rows = await tx.fetch_dicts(
        """
        select t.id from public.threads t
        where t.updated_at < now() - make_interval(days => %(days)s)
            and not exists (select from public.runs r where r.thread_id = t.id and r.status = 'running')
        order by t.updated_at limit %(at_most)s for update skip locked
        """,
        {"days": days, "at_most": at_most},
    )
    return [row["id"] for row in rows]


async def forget(tx: Transaction, threads: Sequence[UUID]) -> None:
    """The threads, their runs, and what the saver kept of them."""
    if not threads:
        return
    params = {"threads": list(threads), "names": [str(thread) for thread in threads]}
    if await _saver_is_there(tx):
        await tx.execute("delete from agent.checkpoint_writes where thread_id = any (%(names)s)", params)
        await tx.execute("delete from agent.checkpoint_blobs where thread_id = any (%(names)s)", params)
        await tx.execute("delete from agent.checkpoints where thread_id = any (%(names)s)", params)
    await tx.execute("delete from public.threads where id = any (%(threads)s)", params)


async def count_forgotten(tx: Transaction, erasure_id: UUID, how_many: int) -> None:
    await tx.execute(
        "update public.erasures set conversations = conversations + %(n)s where id = %(id)s and %(n)s > 0",
        {"id": erasure_id, "n": how_many},
    )


async def empty_letters(tx: Transaction, days: int, at_most: int) -> int:
    """That a mail was sent, when and to whom, stays; what it said and to whom by name does not."""
    return await tx.execute(
        """
        update public.mails set body = null, html = null, facts = facts - 'name' where id in (
            select m.id from public.mails m
            where m.body is not null and m.created_at < now() - make_interval(days => %(days)s) and m.status <> 'queued'
            order by m.created_at limit %(at_most)s for update skip locked)
        """,
        {"days": days, "at_most": at_most},
    )


async def _saver_is_there(tx: Transaction) -> bool:
    """Its tables are made when a copilot first starts."""
    return bool(await tx.fetch_value("select to_regclass('agent.checkpoint_writes') is not null"))


def _as_kept(terms: Sequence[str]) -> list[str]:
    """As `encode(…, 'escape')` writes them in lower case: as UTF-8, and as JSON within JSON may have escaped them."""
    forms = {form for term in terms for form in (term, json.dumps(term)[1:-1])}
    return sorted(_escaped(form.encode()).lower() for form in forms)


def _escaped(raw: bytes) -> str:
    return "".join("\\\\" if byte == 0x5C else chr(byte) if 0 < byte < 0x80 else f"\\{byte:03o}" for byte in raw)
