"""SQL of proposals."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any, LiteralString
from uuid import UUID

from pydantic import BaseModel

from tools.kit.sealing import Place
from tools.kit.text import with_hints
from tools.proposals.models import ListProposals, Preview, Status, Step
from tools.store.addresses import opened_image
from tools.store.database import Transaction
from tools.store.documents import open_document, seal_document


class ProposalRow(BaseModel):
    """A row of public.proposals; `status` is expired the moment the time is over, whether or not a sweep wrote it."""

    id: UUID
    title: str
    status: Status
    steps: list[Step]
    preview: Preview
    digest: str
    revision: int
    version: int
    thread_id: UUID | None
    run_id: str | None
    by_agent: bool
    created_by: UUID
    created_at: datetime
    expires_at: datetime
    decided_by: UUID | None
    decided_at: datetime | None
    applied_at: datetime | None
    undo_of: UUID | None
    undone_by: UUID | None
    replaces: UUID | None
    failure: dict[str, Any] | None


class Approved(BaseModel):
    id: UUID
    org_id: UUID
    decided_by: UUID


_ROW = """
    select id, title, case when status in ('proposed', 'stale') and expires_at <= now() then 'expired' else status end as status,
        steps, preview, digest, revision, version, thread_id, run_id, by_agent, created_by, created_at, expires_at,
        decided_by, decided_at, applied_at, undo_of, undone_by, replaces, failure
    from public.proposals
"""


_DOCUMENTS = ("steps", "preview", "failure")
"""They quote addresses, which are sealed in them."""


async def _rows(tx: Transaction, org: UUID, query: LiteralString, params: dict[str, Any]) -> list[ProposalRow]:
    rows = await tx.fetch_dicts(query, {"org": org, **params})
    for row in rows:
        for name in _DOCUMENTS:
            row[name] = open_document(tx.fields, _place(org, row["id"], name), row[name])
    return [ProposalRow.model_validate(row) for row in rows]


async def _row(tx: Transaction, org: UUID, query: LiteralString, params: dict[str, Any]) -> ProposalRow | None:
    return next(iter(await _rows(tx, org, query, params)), None)


def _place(org: UUID, proposal_id: UUID, name: str) -> Place:
    return Place("proposals", name, org, proposal_id)


def _sealed(tx: Transaction, org: UUID, proposal_id: UUID, values: dict[str, Any]) -> dict[str, Any]:
    """As it is kept: addresses in its documents sealed, in its title hinted at."""
    return {
        name: json.dumps(seal_document(tx.fields, _place(org, proposal_id, name), value))
        if name in _DOCUMENTS and value is not None
        else with_hints(value)
        if name == "title"
        else value
        for name, value in values.items()
    }


async def get(tx: Transaction, org: UUID, proposal_id: UUID) -> ProposalRow | None:
    return await _row(tx, org, _ROW + "where org_id = %(org)s and id = %(id)s", {"id": proposal_id})


async def lock(tx: Transaction, org: UUID, proposal_id: UUID) -> ProposalRow | None:
    """Nobody else decides on it until the transaction ends."""
    return await _row(tx, org, _ROW + "where org_id = %(org)s and id = %(id)s for update", {"id": proposal_id})


async def last_applied(tx: Transaction, org: UUID, thread_id: UUID) -> ProposalRow | None:
    return await _row(
        tx,
        org,
        _ROW
        + """
        where org_id = %(org)s and thread_id = %(thread)s and status = 'applied' and undo_of is null
        order by applied_at desc limit 1
        """,
        {"thread": thread_id},
    )


async def open_undo(tx: Transaction, org: UUID, of: UUID) -> ProposalRow | None:
    return await _row(
        tx,
        org,
        _ROW + "where org_id = %(org)s and undo_of = %(of)s and status in ('proposed', 'stale') and expires_at > now()",
        {"of": of},
    )


async def find(tx: Transaction, org: UUID, wanted: ListProposals, after: list[Any] | None) -> list[ProposalRow]:
    """Newest first; one more than the limit when there is a next page."""
    return await _rows(
        tx,
        org,
        "select * from ("
        + _ROW
        + """
        where org_id = %(org)s and (%(thread)s::uuid is null or thread_id = %(thread)s)
            and (%(after_at)s::timestamptz is null or (created_at, id) < (%(after_at)s, %(after_id)s::uuid))
        ) p where %(status)s::text is null or p.status = %(status)s
        order by created_at desc, id desc limit %(more)s
        """,
        {
            "thread": wanted.thread_id,
            "status": wanted.status,
            "after_at": after[0] if after else None,
            "after_id": after[1] if after else None,
            "more": wanted.limit + 1,
        },
    )


async def insert(tx: Transaction, org: UUID, values: dict[str, Any]) -> None:
    await tx.execute(
        """
        insert into public.proposals (id, org_id, title, steps, preview, digest, thread_id, run_id, by_agent, created_by,
            expires_at, undo_of, replaces)
        values (%(id)s, %(org)s, %(title)s, %(steps)s::jsonb, %(preview)s::jsonb, %(digest)s, %(thread_id)s, %(run_id)s,
            %(by_agent)s, %(created_by)s, %(expires_at)s, %(undo_of)s, %(replaces)s)
        """,
        {"org": org, **_sealed(tx, org, values["id"], values)},
    )


async def show_anew(tx: Transaction, org: UUID, proposal_id: UUID, values: dict[str, Any]) -> None:
    """A new preview under a new digest; whoever saw the old one can not approve it any more."""
    await tx.execute(
        """
        update public.proposals set status = %(status)s, title = %(title)s, steps = %(steps)s::jsonb, preview = %(preview)s::jsonb,
            digest = %(digest)s, revision = revision + 1, expires_at = %(expires_at)s, decided_by = null, decided_at = null
        where org_id = %(org)s and id = %(id)s
        """,
        {"org": org, "id": proposal_id, **_sealed(tx, org, proposal_id, values)},
    )


async def approve(tx: Transaction, org: UUID, proposal_id: UUID, digest: str, by: UUID) -> bool:
    """The one conditional UPDATE. False: somebody was faster, or it is not what was shown, or too late."""
    return (
        await tx.execute(
            """
        update public.proposals set status = 'approved', decided_by = %(by)s, decided_at = now()
        where org_id = %(org)s and id = %(id)s and status in ('proposed', 'stale') and digest = %(digest)s and expires_at > now()
        """,
            {"org": org, "id": proposal_id, "digest": digest, "by": by},
        )
        == 1
    )


async def reject(tx: Transaction, org: UUID, proposal_id: UUID, by: UUID, reason: str | None) -> bool:
    return (
        await tx.execute(
            """
        update public.proposals set status = 'rejected', decided_by = %(by)s, decided_at = now(),
            failure = %(failure)s::jsonb
        where org_id = %(org)s and id = %(id)s and status in ('proposed', 'stale')
        """,
            {
                "org": org,
                "id": proposal_id,
                "by": by,
                **_sealed(tx, org, proposal_id, {"failure": {"reason": reason} if reason is not None else None}),
            },
        )
        == 1
    )


async def mark_applied(tx: Transaction, org: UUID, proposal_id: UUID, preview: Preview) -> None:
    await tx.execute(
        """
        update public.proposals set status = 'applied', applied_at = now(), preview = %(preview)s::jsonb
        where org_id = %(org)s and id = %(id)s
        """,
        {
            "org": org,
            "id": proposal_id,
            **_sealed(tx, org, proposal_id, {"preview": preview.model_dump(mode="json")}),
        },
    )


async def mark_undone(tx: Transaction, org: UUID, undone: UUID, by: UUID) -> None:
    """The undone one is undone; what it had itself undone stands applied again."""
    await tx.execute(
        "update public.proposals set status = 'undone', undone_by = %(by)s where org_id = %(org)s and id = %(id)s",
        {"org": org, "id": undone, "by": by},
    )
    await tx.execute(
        """
        update public.proposals set status = 'applied', undone_by = null
        where org_id = %(org)s and status = 'undone' and id = (
            select undo_of from public.proposals where org_id = %(org)s and id = %(id)s)
        """,
        {"org": org, "id": undone},
    )


async def mark_failed(tx: Transaction, proposal_id: UUID, failure: dict[str, Any]) -> None:
    org: UUID = await tx.fetch_value("select org_id from public.proposals where id = %(id)s", {"id": proposal_id})
    await tx.execute(
        "update public.proposals set status = 'failed', failure = %(failure)s::jsonb where id = %(id)s and status = 'approved'",
        {"id": proposal_id, **_sealed(tx, org, proposal_id, {"failure": failure})},
    )


async def left_approved(tx: Transaction, limit: int) -> list[Approved]:
    """What a crash left approved and not applied, oldest first (service role)."""
    return await tx.fetch_all(
        """
        select id, org_id, decided_by from public.proposals
        where status = 'approved' and decided_at < now() - interval '3 seconds' order by decided_at limit %(limit)s
        """,
        {"limit": limit},
        row=Approved,
    )


async def expire(tx: Transaction) -> int:
    return await tx.execute(
        "update public.proposals set status = 'expired' where status in ('proposed', 'stale') and expires_at <= now()"
    )


async def begin_step(tx: Transaction, proposal_id: UUID, step: int) -> None:
    """From here on each changed row is captured as this step's."""
    await tx.fetch_value("select set_config('app.step', %(marker)s, true)", {"marker": f"{proposal_id}/{step}"})


async def end_steps(tx: Transaction) -> None:
    await tx.fetch_value("select set_config('app.step', '', true)")


async def changes_of(tx: Transaction, org: UUID, proposal_id: UUID, step: int) -> list[dict[str, Any]]:
    """With their addresses in the clear: an approval binds them, and sealed they are different each time."""
    rows = await tx.fetch_dicts(
        """
        select table_name, action, row_id, before, after from public.proposal_changes
        where org_id = %(org)s and proposal_id = %(id)s and step = %(step)s order by seq
        """,
        {"org": org, "id": proposal_id, "step": step},
    )
    for row in rows:
        for side in ("before", "after"):
            row[side] = opened_image(tx.fields, org, row["table_name"], row[side])
    return rows


async def restore(tx: Transaction, org: UUID, proposal_id: UUID, step: int) -> int:
    """Raises ChangedSince when a row is not as the step left it."""
    restored: int = await tx.fetch_value(
        "select app.restore_changes(%(org)s, %(id)s, %(step)s)", {"org": org, "id": proposal_id, "step": step}
    )
    return restored
