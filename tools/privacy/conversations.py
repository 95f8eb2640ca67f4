"""SQL of what is forgotten: conversations with all the agent's saver keeps of them, and letters."""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any, LiteralString
from uuid import UUID

from tools.store.database import Transaction
from tools.store.documents import open_document
from tools.threads.repository import input_place
from tools.threads.sealing import CIPHER, ConversationCipher

_BATCH = 200


@dataclass(frozen=True, slots=True)
class Conversation:
    id: UUID
    is_running: bool


KEPT: tuple[LiteralString, ...] = ("checkpoint_blobs", "checkpoint_writes")
"""The saver's tables with what was said in them."""


async def mentioning(tx: Transaction, org: UUID, terms: Sequence[str]) -> list[Conversation]:
    """Threads in which one of the terms was said or shown, whatever its case as far as it is ASCII."""
    forms = _as_kept(terms)
    found: set[UUID] = set()
    for thread, user, said in await _turns(tx, org):
        text = json.dumps(open_document(tx.fields, input_place(user, thread), said), ensure_ascii=False)
        if any(form in text.encode().lower() for form in forms):
            found.add(thread)
    if await _saver_is_there(tx):
        cipher = ConversationCipher(tx.fields)
        async with aclosing(_kept(tx, org)) as batches:
            async for batch in batches:
                for row in batch:
                    clear = cipher.opened(row["type"], row["blob"])[1]
                    if any(form in clear.lower() for form in forms):
                        found.add(row["id"])
    return await tx.fetch_all(
        """
        select t.id, exists (select from public.runs r where r.thread_id = t.id and r.status = 'running') as is_running
        from public.threads t where t.id = any (%(found)s)
        """,
        {"found": list(found)},
        row=Conversation,
    )


async def _turns(tx: Transaction, org: UUID) -> list[tuple[UUID, UUID, Any]]:
    rows = await tx.fetch_dicts(
        "select r.thread_id, r.user_id, r.input from public.runs r where r.org_id = %(org)s", {"org": org}
    )
    return [(row["thread_id"], row["user_id"], row["input"]) for row in rows]


def _kept(tx: Transaction, org: UUID) -> AsyncGenerator[list[dict[str, Any]], None]:
    """All the saver keeps of an organisation's threads, batch after batch."""
    return tx.stream(
        """
        select t.id, k.type, k.blob from public.threads t cross join lateral (
            select b.type, b.blob from agent.checkpoint_blobs b where b.thread_id = t.id::text and b.blob is not null
            union all select w.type, w.blob from agent.checkpoint_writes w where w.thread_id = t.id::text
            union all select 'json', convert_to(c.checkpoint::text || c.metadata::text, 'UTF8')
                from agent.checkpoints c where c.thread_id = t.id::text) k
        where t.org_id = %(org)s
        """,
        {"org": org},
        batch=_BATCH,
    )


async def due(tx: Transaction, table: LiteralString, after: str, at_most: int) -> list[dict[str, Any]]:
    """What is not sealed with the first key, locked; what somebody has locked is left out."""
    if not await _saver_is_there(tx):
        return []
    return await tx.fetch_dicts(
        f"select k.ctid::text as place, k.type, k.blob from agent.{table} k"
        " where k.ctid > %(after)s::tid and k.blob is not null and k.type <> 'empty'"
        " and (k.type not like %(sealed)s or substring(k.blob from 1 for %(length)s) <> %(header)s)"
        " order by k.ctid limit %(at_most)s for update skip locked",
        {
            "after": after,
            "sealed": f"%+{CIPHER}",
            "length": len(tx.fields.header),
            "header": tx.fields.header,
            "at_most": at_most,
        },
    )


async def replace(tx: Transaction, table: LiteralString, rows: Sequence[dict[str, Any]]) -> None:
    """Sealed with the first key, each in its row, which is locked."""
    cipher = ConversationCipher(tx.fields)
    anew = []
    for row in rows:
        kind, clear = cipher.opened(row["type"], row["blob"])
        name, sealed = cipher.encrypt(clear)
        anew.append((row["place"], f"{kind}+{name}", sealed))
    await tx.execute(
        f"update agent.{table} k set type = n.type, blob = n.blob"
        " from unnest(%(places)s::text[], %(types)s::text[], %(blobs)s::bytea[]) as n (place, type, blob)"
        " where k.ctid = n.place::tid",
        {
            "places": [place for place, _, _ in anew],
            "types": [kind for _, kind, _ in anew],
            "blobs": [sealed for _, _, sealed in anew],
        },
    )


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


def _as_kept(terms: Sequence[str]) -> list[bytes]:
    """As they stand in what is kept, in lower case: as UTF-8, and as JSON may have escaped them, with letters in \\u or not."""
    forms = {
        form for term in terms for form in (term, json.dumps(term)[1:-1], json.dumps(term, ensure_ascii=False)[1:-1])
    }
    return sorted(form.encode().lower() for form in forms)
