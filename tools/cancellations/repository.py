"""SQL of cancellations. What moves money or places is in functions: app.end_unpaid, app.refund_next, app.choose_refund."""

from __future__ import annotations

from datetime import datetime
from typing import Any, LiteralString
from uuid import UUID

from tools.cancellations.models import Choice, ListRefundChoices, RefundChoice, RefundRun
from tools.store.addresses import BUYER, open_address
from tools.store.database import Transaction

_SUMMED: LiteralString = """
    count(*)::int as orders, coalesce(sum(p.tickets), 0)::int as tickets, (count(*) filter (where p.status = 'done'))::int as done,
    (select coalesce(jsonb_agg(to_jsonb(a) order by a.currency), '[]') from (
        select x.currency, count(*) as orders, sum(x.paid_amount) as paid_amount, sum(x.refund_amount) as refund_amount,
            sum(x.kept_amount) as kept_amount
        from plan x where x.why is null group by x.currency) a) as amounts,
    (select coalesce(jsonb_agg(to_jsonb(w) order by w.currency, w.provider, w.method), '[]') from (
        select m ->> 'provider' as provider, m ->> 'method' as method, m ->> 'provider' <> 'manual' as automatic, x.currency,
            count(*) as orders, sum((m ->> 'amount')::bigint) as amount
        from plan x, jsonb_array_elements(x.methods) m where x.why is null
        group by m ->> 'provider', m ->> 'method', x.currency) w) as ways,
    (select coalesce(jsonb_agg(to_jsonb(l) order by l.why, l.currency), '[]') from (
        select x.why, x.currency, count(*) as orders, sum(x.refund_amount) as amount
        from plan x where x.why is not null group by x.why, x.currency) l) as left_out,
    (select coalesce(jsonb_agg(to_jsonb(s) - 'at' order by s.at, s.order_id), '[]') from (
        select x.order_id, o.number as order_number, o.buyer_name, x.currency, x.paid_amount, x.refund_amount, x.kept_amount, x.why,
            o.created_at as at
        from plan x join public.orders o on o.org_id = %(org)s and o.id = x.order_id order by o.created_at, o.id limit 10) s) as sample
"""


async def planned_run(tx: Transaction, org: UUID, event_id: UUID, event_name: str, keep: int) -> RefundRun:
    """What a refund of the event would come to; nothing is written."""
    query: LiteralString = (
        "with plan as (select p.*, 'planned' as status from app.plan_refunds(%(org)s, %(event)s, %(keep)s) p)"
        " select null::uuid as id, %(event)s::uuid as event_id, %(name)s::text as event_name, true as dry_run, 'planned' as status,"
        " %(keep)s::bigint as keep_amount, null::timestamptz as finished_at, " + _SUMMED + " from plan p"
    )
    found = await tx.fetch_one(query, {"org": org, "event": event_id, "name": event_name, "keep": keep}, row=RefundRun)
    assert found is not None
    return found


async def run_of(tx: Transaction, org: UUID, run_id: UUID) -> RefundRun | None:
    query: LiteralString = (
        "with plan as (select i.* from public.refund_run_orders i where i.org_id = %(org)s and i.run_id = %(run)s),"
        " summed as (select " + _SUMMED + " from plan p)"
        " select r.id, r.event_id, e.name as event_name, false as dry_run, r.status, r.keep_amount, r.finished_at, s.*"
        " from public.refund_runs r join public.events e on e.org_id = r.org_id and e.id = r.event_id cross join summed s"
        " where r.org_id = %(org)s and r.id = %(run)s"
    )
    return await tx.fetch_one(query, {"org": org, "run": run_id}, row=RefundRun)


async def latest_run(tx: Transaction, org: UUID, event_id: UUID) -> UUID | None:
    found: UUID | None = await tx.fetch_value(
        "select id from public.refund_runs where org_id = %(org)s and event_id = %(event)s order by created_at desc, id limit 1",
        {"org": org, "event": event_id},
    )
    return found


async def start_run(tx: Transaction, org: UUID, event_id: UUID, run_id: UUID, keep: int, reason: str | None) -> int:
    """Answers how many orders it plans for. Raises RefundUnderWay."""
    planned = await tx.fetch_value(
        "select app.start_refund_run(%(org)s, %(event)s, %(run)s, %(keep)s, %(reason)s)",
        {"org": org, "event": event_id, "run": run_id, "keep": keep, "reason": reason},
    )
    return int(planned)


async def unfinished_runs(tx: Transaction) -> list[UUID]:
    rows = await tx.fetch_dicts(
        "select id from public.refund_runs where status = 'running' order by created_at limit 20"
    )
    return [row["id"] for row in rows]


async def refund_next(tx: Transaction, run_id: UUID) -> str | None:
    """The next order of the run; None when there is none left to take."""
    outcome: str | None = await tx.fetch_value("select app.refund_next(%(run)s)", {"run": run_id})
    return outcome


async def paid_orders(tx: Transaction, org: UUID, event_id: UUID) -> int:
    """Open orders of the event for which money came in."""
    return int(
        await tx.fetch_value(
            "select count(*) from public.orders where org_id = %(org)s and event_id = %(event)s"
            " and status in ('pending', 'paid') and paid_amount > refunded_amount",
            {"org": org, "event": event_id},
        )
    )


async def end_unpaid(tx: Transaction, org: UUID, event_id: UUID, *, waits: bool) -> tuple[int, int]:
    """Ends unpaid orders and holds of the event; answers how many of each."""
    rows = await tx.fetch_dicts(
        "select orders, holds from app.end_unpaid(%(org)s, %(event)s, %(waits)s)",
        {"org": org, "event": event_id, "waits": waits},
    )
    return rows[0]["orders"], rows[0]["holds"]


async def close_waiting_list(tx: Transaction, org: UUID, event_id: UUID) -> int:
    return int(
        await tx.fetch_value("select app.close_waiting_list(%(org)s, %(event)s)", {"org": org, "event": event_id})
    )


async def offer_choices(
    tx: Transaction,
    org: UUID,
    event_id: UUID,
    *,
    order_id: UUID | None,
    seed: UUID,
    options: list[Choice],
    keep: int,
    deadline: datetime,
) -> int:
    """Answers how many buyers are asked."""
    asked = await tx.fetch_value(
        "select app.offer_refund_choices(%(org)s, %(event)s, %(order)s, %(seed)s, %(options)s::text[], %(keep)s, %(deadline)s)",
        {
            "org": org,
            "event": event_id,
            "order": order_id,
            "seed": seed,
            "options": options,
            "keep": keep,
            "deadline": deadline,
        },
    )
    return int(asked)


_CHOICE: LiteralString = """
    select * from (
        select c.id, c.event_id, e.name as event_name, c.order_id, o.number as order_number, o.status as order_status, o.buyer_name,
            o.buyer_email, c.options, c.choice,
            coalesce(c.choice, case when c.deadline <= clock_timestamp() then 'over' else 'open' end) as state, o.currency,
            case when o.status in ('pending', 'paid') then greatest(o.paid_amount - o.refunded_amount - c.keep_amount, 0)
                else o.refunded_amount end as refund_amount,
            c.keep_amount, c.deadline, c.decided_at, c.version, c.created_at, c.org_id
        from public.refund_choices c
        join public.orders o on o.org_id = c.org_id and o.id = c.order_id
        join public.events e on e.org_id = c.org_id and e.id = c.event_id) c
"""


async def choice_of(tx: Transaction, order_id: UUID) -> RefundChoice | None:
    return next(iter(await _choices(tx, " where c.order_id = %(order)s", {"order": order_id})), None)


async def _choices(tx: Transaction, which: LiteralString, params: dict[str, Any]) -> list[RefundChoice]:
    rows = await tx.fetch_dicts(_CHOICE + which, params)
    for row in rows:
        row["buyer_email"] = open_address(tx.fields, BUYER, row["org_id"], row["order_id"], row["buyer_email"])
    return [RefundChoice.model_validate(row) for row in rows]


async def choose(tx: Transaction, order_id: UUID, choice: Choice, refund_id: UUID) -> None:
    """Raises NothingOffered, ChoiceOver, ChoiceFinal, NotAnOption, OrderClosed."""
    await tx.fetch_value(
        "select app.choose_refund(%(order)s, %(choice)s, %(refund)s)",
        {"order": order_id, "choice": choice, "refund": refund_id},
    )


async def find_choices(
    tx: Transaction, org: UUID, wanted: ListRefundChoices, event_id: UUID | None, after: list[Any] | None
) -> list[RefundChoice]:
    """Oldest first; one more than the limit when there is a next page."""
    return await _choices(
        tx,
        """
        where c.org_id = %(org)s and (%(event)s::uuid is null or c.event_id = %(event)s)
            and (%(state)s::text is null or c.state = %(state)s)
            and (%(after_at)s::timestamptz is null or (c.created_at, c.id) > (%(after_at)s, %(after_id)s::uuid))
        order by c.created_at, c.id limit %(more)s
        """,
        {
            "org": org,
            "event": event_id,
            "state": wanted.state,
            "after_at": after[0] if after else None,
            "after_id": after[1] if after else None,
            "more": wanted.limit + 1,
        },
    )
