"""SQL of sales reports and the audit."""

from __future__ import annotations

from datetime import datetime
from typing import Any, LiteralString
from uuid import UUID

from tools.reports.models import (
    AuditEntry,
    ComparedType,
    Grouping,
    OrdersToSettle,
    OrderToSettle,
    SalesGroup,
    SalesLine,
    ToSettle,
)
from tools.store.addresses import BUYER, opened
from tools.store.database import Transaction

# An order that ended counts as a sale that was taken back, if money was ever paid for it; one nobody paid was none.


def sums(counted: LiteralString) -> LiteralString:
    """The columns of Sums; `counted` are the lines whose quantity is a number of tickets."""
    return f"""
        coalesce(sum(s.quantity) filter (where {counted} and s.ended_at is null), 0)::int as sold,
        coalesce(sum(case when s.ended_at is null then greatest(-s.quantity, 0) else s.quantity end) filter (where {counted}), 0)::int
            as refunded,
        coalesce(sum(s.total_amount) filter (where s.quantity > 0), 0)::bigint as gross_amount,
        (coalesce(sum(s.total_amount) filter (where s.quantity > 0), 0) - sum(s.net_amount))::bigint as refunded_amount,
        sum(s.net_amount)::bigint as net_amount,
        coalesce(sum(s.discount_amount) filter (where s.ended_at is null), 0)::bigint as discount_amount,
        coalesce(sum(case s.kind when 'fee' then s.total_amount else s.fee_amount end) filter (where s.ended_at is null), 0)::bigint
            as fee_amount,
        coalesce(sum(s.tax_amount) filter (where s.ended_at is null), 0)::bigint as tax_amount
    """


SALES: LiteralString = """
    from (
        select l.*, case when l.ended_at is null then l.total_amount - l.credited_amount else l.kept_amount end as net_amount
        from public.sales_lines l
        where l.org_id = %(org)s and (l.ended_at is null or l.was_paid) and (%(event)s::uuid is null or l.event_id = %(event)s)
            and (%(since)s::timestamptz is null or l.ordered_at >= %(since)s)
            and (%(before)s::timestamptz is null or l.ordered_at < %(before)s)
    ) s
    left join public.ticket_types t on t.org_id = s.org_id and t.id = s.ticket_type_id
"""

_TYPE: LiteralString = "coalesce(t.name, nullif(s.label, ''), 'Fee')"
_KIND: LiteralString = "coalesce(t.kind, s.kind)"


async def sales(
    tx: Transaction, org: UUID, *, event_id: UUID | None, since: datetime | None, before: datetime | None
) -> list[SalesLine]:
    """Per event, ticket type and currency."""
    return await tx.fetch_all(
        f"select s.event_id, e.name as event_name, s.ticket_type_id, {_TYPE} as ticket_type_name, {_KIND} as kind, s.currency,"
        + sums("s.kind = 'ticket'")
        + SALES
        + f"""
        join public.events e on e.org_id = s.org_id and e.id = s.event_id
        group by s.event_id, e.name, e.start_date, s.ticket_type_id, {_TYPE}, {_KIND}, s.currency
        order by e.start_date, e.name, s.event_id, {_TYPE}, s.currency limit 1000
        """,
        {"org": org, "event": event_id, "since": since, "before": before},
        row=SalesLine,
    )


async def grouped_sales(
    tx: Transaction,
    org: UUID,
    by: Grouping,
    *,
    event_id: UUID | None,
    since: datetime | None,
    before: datetime | None,
    zone: str,
) -> list[SalesGroup]:
    """Per day, channel or promo code, and currency. Of a bundle the tickets it is made of are counted, not the bundle besides."""
    keys: dict[Grouping, LiteralString] = {
        "day": "to_char(s.ordered_at at time zone %(zone)s, 'YYYY-MM-DD')",
        "channel": "s.channel",
        "promo_code": "coalesce((select p.code from public.promo_codes p where p.org_id = s.org_id and p.id = s.promo_code_id), '')",
    }
    return await tx.fetch_all(
        f"select %(by)s as by, {keys[by]} as key, s.currency,"
        + sums("s.kind = 'ticket' and t.kind <> 'bundle'")
        + SALES
        + "group by 2, s.currency order by 2, s.currency limit 5000",
        {"org": org, "event": event_id, "since": since, "before": before, "zone": zone, "by": by},
        row=SalesGroup,
    )


async def sales_as_of(tx: Transaction, org: UUID, event_id: UUID, as_of: datetime) -> list[ComparedType]:
    """Per ticket type what had been sold by then; what ended later counted still. Goodwill counts whenever it was given."""
    return await tx.fetch_all(
        f"""
        select {_TYPE} as ticket_type_name, {_KIND} as kind, s.currency,
            coalesce(sum(s.quantity) filter (where s.kind = 'ticket' and not s.ended), 0)::int as tickets,
            sum(case when s.ended then s.kept_amount else s.total_amount - s.credited_amount end)::bigint as net_amount
        from (
            select l.*, coalesce(l.ended_at < %(as_of)s, false) as ended from public.sales_lines l
            where l.org_id = %(org)s and l.event_id = %(event)s and l.at < %(as_of)s
        ) s
        left join public.ticket_types t on t.org_id = s.org_id and t.id = s.ticket_type_id
        where not s.ended or s.was_paid
        group by {_TYPE}, {_KIND}, s.currency order by {_TYPE}, s.currency
        """,
        {"org": org, "event": event_id, "as_of": as_of},
        row=ComparedType,
    )


async def attendance(tx: Transaction, org: UUID, event_id: UUID) -> tuple[int, int]:
    """Tickets that came in, and those that did not."""
    rows = await tx.fetch_dicts(
        """
        select count(*) filter (where k.status = 'checked_in') as admitted, count(*) filter (where k.status = 'valid') as missed
        from public.tickets k join public.ticket_types t on t.org_id = k.org_id and t.id = k.ticket_type_id and t.kind = 'ticket'
        where k.org_id = %(org)s and k.event_id = %(event)s
        """,
        {"org": org, "event": event_id},
    )
    return rows[0]["admitted"], rows[0]["missed"]


_TO_SETTLE: LiteralString = """
    with troubled as (
        select o.id, o.number, o.event_id, o.buyer_name, o.buyer_email, o.status, o.currency, o.total_amount, o.paid_amount,
            o.refunded_amount, o.expires_at, o.created_at, owed.amount as owed_amount, asked.amount as unknown_payment_amount,
            asked.back as unknown_refund_amount, failed.amount as failed_refund_amount, found.reasons
        from public.orders o
        left join (
            select p.order_id, sum(p.amount)::bigint as amount from public.payments p
            where p.org_id = %(org)s and p.status = 'unknown' group by p.order_id) p on p.order_id = o.id
        left join (
            select r.order_id, sum(r.amount) filter (where r.status = 'unknown')::bigint as unknown,
                sum(r.amount) filter (where r.status = 'failed')::bigint as failed from public.refunds r
            where r.org_id = %(org)s and r.status in ('unknown', 'failed') group by r.order_id) r on r.order_id = o.id
        cross join lateral (select app.owed(o) as amount) owed
        cross join lateral (select coalesce(p.amount, 0) as amount, coalesce(r.unknown, 0) as back) asked
        cross join lateral (select least(coalesce(r.failed, 0), greatest(-owed.amount, 0)) as amount) failed
        cross join lateral (select array_remove(array[
            case when owed.amount > 0 and not o.needs_approval and o.paid_amount = o.refunded_amount then 'unpaid' end,
            case when owed.amount > 0 and not o.needs_approval and o.paid_amount > o.refunded_amount then 'part_paid' end,
            case when owed.amount < 0 and o.status in ('pending', 'paid') then 'overpaid' end,
            case when asked.amount > 0 then 'payment_unknown' end,
            case when asked.back > 0 then 'refund_unknown' end,
            case when failed.amount > 0 then 'refund_failed' end], null) as reasons) found
        where o.org_id = %(org)s and (%(event)s::uuid is null or o.event_id = %(event)s) and cardinality(found.reasons) > 0
            and (%(reason)s::text is null or %(reason)s = any (found.reasons))
    )
"""


async def to_settle(
    tx: Transaction, org: UUID, wanted: OrdersToSettle, event_id: UUID | None, after: list[Any] | None
) -> list[OrderToSettle]:
    """Oldest first; one more than the limit when there is a next page."""
    found = await tx.fetch_all(
        _TO_SETTLE
        + """
        select t.*, e.name as event_name from troubled t join public.events e on e.org_id = %(org)s and e.id = t.event_id
        where %(after_at)s::timestamptz is null or (t.created_at, t.id) > (%(after_at)s, %(after_id)s::uuid)
        order by t.created_at, t.id limit %(more)s
        """,
        {
            "org": org,
            "event": event_id,
            "reason": wanted.reason,
            "after_at": after[0] if after else None,
            "after_id": after[1] if after else None,
            "more": wanted.limit + 1,
        },
        row=OrderToSettle,
    )
    return list(opened(tx.fields, BUYER, org, found, "buyer_email"))


async def settle_totals(tx: Transaction, org: UUID, reason: str | None, event_id: UUID | None) -> list[ToSettle]:
    return await tx.fetch_all(
        _TO_SETTLE
        + """
        select why.reason, t.currency, count(*)::int as orders, sum(case why.reason
            when 'payment_unknown' then t.unknown_payment_amount when 'refund_unknown' then t.unknown_refund_amount
            when 'refund_failed' then t.failed_refund_amount else abs(t.owed_amount) end)::bigint as amount
        from troubled t, unnest(t.reasons) as why (reason)
        where %(reason)s::text is null or why.reason = %(reason)s
        group by why.reason, t.currency order by why.reason, t.currency
        """,
        {"org": org, "event": event_id, "reason": reason},
        row=ToSettle,
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
