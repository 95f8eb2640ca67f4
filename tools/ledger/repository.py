"""SQL of the ledger: reads of the view and of the check beside it."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from tools.ledger.models import Balance, Drift, LedgerEntry, ListLedger
from tools.store.database import Transaction

MOST_PROBLEMS = 100


async def balances(
    tx: Transaction, org: UUID, *, event_id: UUID | None, since: datetime | None, before: datetime | None
) -> list[Balance]:
    return await tx.fetch_all(
        """
        select l.account, l.currency, count(*)::int as entries, sum(l.amount)::bigint as amount
        from public.ledger l
        where l.org_id = %(org)s and (%(event)s::uuid is null or l.event_id = %(event)s)
            and (%(since)s::timestamptz is null or l.at >= %(since)s) and (%(before)s::timestamptz is null or l.at < %(before)s)
        group by l.currency, l.account order by l.currency, sum(l.amount) desc, l.account
        """,
        {"org": org, "event": event_id, "since": since, "before": before},
        row=Balance,
    )


async def entries(
    tx: Transaction,
    org: UUID,
    wanted: ListLedger,
    *,
    event_id: UUID | None,
    order_id: UUID | None,
    since: datetime | None,
    before: datetime | None,
    after: list[Any] | None,
) -> list[LedgerEntry]:
    """Oldest first, the entries of one transaction together; one more than the limit when there is a next page."""
    return await tx.fetch_all(
        """
        select l.*, e.name as event_name, o.number as order_number
        from (
            select l.at, l.kind, l.transaction_id, l.account, l.amount, l.currency, l.org_id, l.event_id, l.order_id, l.source_id, l.entry
            from public.ledger l
            where l.org_id = %(org)s and (%(event)s::uuid is null or l.event_id = %(event)s)
                and (%(order)s::uuid is null or l.order_id = %(order)s) and (%(account)s::text is null or l.account = %(account)s)
                and (%(since)s::timestamptz is null or l.at >= %(since)s) and (%(before)s::timestamptz is null or l.at < %(before)s)
                and (%(at)s::timestamptz is null or (l.at, l.transaction_id, l.kind, l.source_id, l.entry)
                    > (%(at)s, %(transaction)s::uuid, %(kind)s, %(source)s::uuid, %(entry)s::int))
            order by l.at, l.transaction_id, l.kind, l.source_id, l.entry limit %(more)s
        ) l
        left join public.events e on e.org_id = l.org_id and e.id = l.event_id
        left join public.orders o on o.org_id = l.org_id and o.id = l.order_id
        order by l.at, l.transaction_id, l.kind, l.source_id, l.entry
        """,
        {
            "org": org,
            "event": event_id,
            "order": order_id,
            "account": wanted.account,
            "since": since,
            "before": before,
            "more": wanted.limit + 1,
            **dict(zip(("at", "transaction", "kind", "source", "entry"), after or [None] * 5, strict=True)),
        },
        row=LedgerEntry,
    )


async def orders(tx: Transaction, org: UUID, event_id: UUID | None) -> int:
    found: int = await tx.fetch_value(
        "select count(*) from public.orders o where o.org_id = %(org)s and (%(event)s::uuid is null or o.event_id = %(event)s)",
        {"org": org, "event": event_id},
    )
    return found


async def drift(tx: Transaction, org: UUID, event_id: UUID | None) -> list[Drift]:
    return await tx.fetch_all(
        """
        select d.problem, d.order_id, o.number as order_number, d.subject_id, d.currency, d.expected, d.found
        from app.ledger_drift(%(org)s, %(event)s) d left join public.orders o on o.org_id = d.org_id and o.id = d.order_id
        order by o.created_at, d.order_id, d.problem, d.subject_id limit %(most)s
        """,
        {"org": org, "event": event_id, "most": MOST_PROBLEMS},
        row=Drift,
    )
