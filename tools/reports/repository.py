"""SQL of reports: sums over orders, and the audit."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from tools.reports.models import AuditEntry, SalesLine
from tools.store.database import Transaction


async def sales(
    tx: Transaction, org: UUID, *, event_id: UUID | None, since: datetime | None, before: datetime | None
) -> list[SalesLine]:
    """Per event and ticket type. An order's refund is spread over its items by their share, the last item taking the rest."""
    return await tx.fetch_all(
        """
        with items as (
            select o.event_id, i.ticket_type_id, o.currency, o.status, i.quantity, i.total_amount,
                case when o.total_amount = 0 then 0 else
                    div(o.refunded_amount * sum(i.total_amount) over running, o.total_amount)
                    - div(o.refunded_amount * (sum(i.total_amount) over running - i.total_amount), o.total_amount) end as back
            from public.orders o join public.order_items i on i.org_id = o.org_id and i.order_id = o.id
            where o.org_id = %(org)s and o.status in ('pending', 'paid', 'cancelled')
                and (o.status <> 'cancelled' or o.refunded_amount > 0)
                and (%(event)s::uuid is null or o.event_id = %(event)s)
                and (%(since)s::timestamptz is null or o.created_at >= %(since)s)
                and (%(before)s::timestamptz is null or o.created_at < %(before)s)
            window running as (partition by o.id order by i.created_at, i.id)
        )
        select n.event_id, e.name as event_name, n.ticket_type_id, t.name as ticket_type_name, n.currency,
            coalesce(sum(n.quantity) filter (where n.status <> 'cancelled'), 0)::int as sold,
            coalesce(sum(n.quantity) filter (where n.status = 'cancelled'), 0)::int as refunded,
            sum(n.total_amount)::bigint as gross_amount, sum(n.back)::bigint as refunded_amount,
            (sum(n.total_amount) - sum(n.back))::bigint as net_amount
        from items n
        join public.events e on e.org_id = %(org)s and e.id = n.event_id
        join public.ticket_types t on t.org_id = %(org)s and t.id = n.ticket_type_id
        group by n.event_id, e.name, e.start_date, n.ticket_type_id, t.name, n.currency
        order by e.start_date, e.name, t.name limit 1000
        """,
        {"org": org, "event": event_id, "since": since, "before": before},
        row=SalesLine,
    )


async def audit(tx: Transaction, org: UUID, limit: int, before_id: int | None) -> list[AuditEntry]:
    """Newest first; one more than the limit when there is a next page."""
    return await tx.fetch_all(
        """
        select a.id, a.at, a.actor_id, coalesce(nullif(u.name, ''), u.email) as actor_name, a.actor_kind, a.operation, a.effect,
            a.subject_id, a.summary, a.proposal_id, a.thread_id
        from public.audit a left join public.users u on u.id = a.actor_id
        where a.org_id = %(org)s and (%(before)s::bigint is null or a.id < %(before)s)
        order by a.id desc limit %(more)s
        """,
        {"org": org, "before": before_id, "more": limit + 1},
        row=AuditEntry,
    )
