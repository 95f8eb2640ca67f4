"""SQL of orders. Money and counters move only inside functions: app.serve, app.record_payment, app.refund_order."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any
from uuid import UUID

from tools.orders.models import ListOrders, Order
from tools.orders.reversal import StandingLine
from tools.store.addresses import ATTENDEE, BUYER, index_address, opened, seal_address, sought, theirs
from tools.store.database import Transaction

# A line and what was taken back of it are one item.
_ORDER = """
    select o.id, o.number, o.event_id, e.name as event_name, o.buyer_name, o.buyer_email, o.status, o.channel, o.currency,
        o.total_amount, o.discount_amount, o.fee_amount, o.tax_amount, o.paid_amount, o.refunded_amount, o.credited_amount,
        o.kept_amount, o.needs_approval, o.expires_at, o.version, o.created_at, bill.items, bill.history,
        (select coalesce(jsonb_agg(jsonb_build_object('id', k.id, 'code', k.code, 'status', k.status) order by k.id), '[]')
            from public.tickets k where k.org_id = o.org_id and k.order_id = o.id) as tickets
    from public.orders o join public.events e on e.org_id = o.org_id and e.id = o.event_id
    cross join lateral (
        select coalesce(jsonb_agg(s.item order by s.at, s.id) filter (where s.quantity <> 0 or s.total <> 0), '[]') as items,
            case when bool_or(s.changed) then (
                select jsonb_agg(jsonb_build_object('id', i.id, 'kind', i.kind, 'ticket_type_id', i.ticket_type_id,
                    'ticket_type_name', coalesce(t.name, i.label), 'quantity', i.quantity, 'price_amount', i.price_amount,
                    'discount_amount', i.discount_amount, 'fee_amount', i.fee_amount, 'tax_amount', i.tax_amount,
                    'total_amount', i.total_amount, 'reverses', i.reverses, 'created_at', i.created_at)
                    order by i.created_at, i.quantity, i.id)
                from public.order_items i left join public.ticket_types t on t.org_id = i.org_id and t.id = i.ticket_type_id
                where i.org_id = o.org_id and i.order_id = o.id) else '[]' end as history
        from (
            select w.id, w.created_at as at, sum(i.quantity) as quantity, sum(i.total_amount) as total,
                count(*) > 1 or w.kind = 'fee' as changed,
                jsonb_build_object('id', w.id, 'kind', w.kind, 'ticket_type_id', w.ticket_type_id,
                    'ticket_type_name', coalesce(t.name, w.label), 'quantity', sum(i.quantity), 'price_amount', w.price_amount,
                    'discount_amount', sum(i.discount_amount), 'fee_amount', sum(i.fee_amount), 'tax_amount', sum(i.tax_amount),
                    'total_amount', sum(i.total_amount)) as item
            from public.order_items w
            join public.order_items i on i.org_id = w.org_id and i.order_id = w.order_id and coalesce(i.reverses, i.id) = w.id
            left join public.ticket_types t on t.org_id = w.org_id and t.id = w.ticket_type_id
            where w.org_id = o.org_id and w.order_id = o.id and w.reverses is null group by w.id, t.name) s) bill
"""


async def get(tx: Transaction, org: UUID, order_id: UUID) -> Order | None:
    found = await tx.fetch_all(
        _ORDER + "where o.org_id = %(org)s and o.id = %(id)s", {"org": org, "id": order_id}, row=Order
    )
    return next(iter(opened(tx.fields, BUYER, org, found, "buyer_email")), None)


async def by_number(tx: Transaction, org: UUID, number: str) -> Order | None:
    found = await tx.fetch_all(
        _ORDER + "where o.org_id = %(org)s and o.number = %(number)s", {"org": org, "number": number}, row=Order
    )
    return next(iter(opened(tx.fields, BUYER, org, found, "buyer_email")), None)


async def record_payment(
    tx: Transaction, org: UUID, order_id: UUID, payment_id: UUID, method: str, amount: int
) -> None:
    """Raises OrderClosed and OverPaid."""
    await tx.fetch_value(
        "select app.record_payment(%(org)s, %(order)s, %(payment)s, %(method)s, %(amount)s)",
        {"org": org, "order": order_id, "payment": payment_id, "method": method, "amount": amount},
    )


async def refund(
    tx: Transaction,
    org: UUID,
    order_id: UUID,
    refund_id: UUID,
    amount: int,
    reason: str | None,
    *,
    release: bool,
    keep: int = 0,
) -> None:
    """Raises OrderClosed and RefundTooLarge."""
    await tx.fetch_value(
        "select app.refund_order(%(org)s, %(order)s, %(refund)s, %(amount)s, %(reason)s, %(release)s, %(keep)s)",
        {
            "org": org, "order": order_id, "refund": refund_id, "amount": amount, "reason": reason, "release": release, "keep": keep,
        },
    )  # fmt: skip


async def refund_surplus(tx: Transaction, org: UUID, order_id: UUID, refund_id: UUID, reason: str | None) -> int:
    """All that the order is owed; answers how much. Raises RefundTooLarge."""
    back = await tx.fetch_value(
        "select app.refund_surplus(%(org)s, %(order)s, %(refund)s, null, %(reason)s)",
        {"org": org, "order": order_id, "refund": refund_id, "reason": reason},
    )
    return int(back)


async def lock(tx: Transaction, org: UUID, order_id: UUID) -> None:
    """Nobody else changes this order until the transaction ends. Raises NotFound."""
    await tx.fetch_value("select app.lock_order(%(org)s, %(order)s)", {"org": org, "order": order_id})


async def lines_of(tx: Transaction, org: UUID, order_id: UUID) -> list[StandingLine]:
    """The lines of tickets as they stand, newest first, each with the tickets on it that are live."""
    lines = await tx.fetch_all(
        """
        select w.id, w.ticket_type_id, t.name as ticket_type_name, w.quantity, w.price_amount, w.discount_amount, w.fee_amount,
            w.tax_amount, w.tax_basis_points, w.tax_included, w.part_of,
            coalesce((select -sum(r.quantity) from public.order_items r
                where r.order_id = w.order_id and r.reverses = w.id), 0)::int as taken,
            (select coalesce(jsonb_agg(jsonb_build_object('id', k.id, 'name', k.attendee_name, 'email', k.attendee_email,
                    'checked_in', k.status = 'checked_in') order by k.status = 'checked_in', k.created_at desc, k.id), '[]')
                from public.tickets k
                where k.org_id = w.org_id and k.order_item_id = w.id and k.status in ('valid', 'checked_in')) as tickets
        from public.order_items w join public.ticket_types t on t.org_id = w.org_id and t.id = w.ticket_type_id
        where w.org_id = %(org)s and w.order_id = %(order)s and w.reverses is null
        order by w.created_at desc, w.id
        """,
        {"org": org, "order": order_id},
        row=StandingLine,
    )
    for line in lines:
        opened(tx.fields, ATTENDEE, org, line.tickets, "email")
    return lines


async def fees_of(tx: Transaction, org: UUID, order_id: UUID) -> int:
    """What was kept of earlier refunds of the order."""
    return int(
        await tx.fetch_value(
            "select coalesce(sum(total_amount), 0) from public.order_items"
            " where org_id = %(org)s and order_id = %(order)s and kind = 'fee'",
            {"org": org, "order": order_id},
        )
    )


async def change(tx: Transaction, org: UUID, order_id: UUID, lines: list[dict[str, Any]]) -> None:
    """Raises OrderClosed, TicketsSoldOut, EventNotOnSale, TicketGone; Serialization when a price changed meanwhile."""
    for ticket in (ticket for line in lines for ticket in line.get("tickets", ())):
        email = ticket.pop("email", None)
        ticket["email"] = seal_address(tx.fields, ATTENDEE, org, ticket["id"], email)
        ticket["index"] = index_address(tx.fields, org, email)
    await tx.fetch_value(
        "select app.change_order(%(org)s, %(order)s, %(lines)s::jsonb)",
        {"org": org, "order": order_id, "lines": json.dumps(lines, default=str)},
    )


async def cancel(tx: Transaction, org: UUID, order_id: UUID) -> None:
    """Raises OrderNotUnpaid."""
    await tx.fetch_value("select app.cancel_order(%(org)s, %(order)s)", {"org": org, "order": order_id})


async def approve(tx: Transaction, org: UUID, order_id: UUID, expires_in: int | None) -> None:
    """Raises NothingToApprove."""
    await tx.fetch_value(
        "select app.approve_order(%(org)s, %(order)s, %(expires_in)s)",
        {"org": org, "order": order_id, "expires_in": expires_in},
    )


async def extend(tx: Transaction, org: UUID, order_id: UUID, until: datetime | None) -> None:
    """Raises OrderNotUnpaid; TicketsSoldOut and EventNotOnSale for an expired order that can not live again."""
    await tx.fetch_value(
        "select app.extend_order(%(org)s, %(order)s, %(until)s)", {"org": org, "order": order_id, "until": until}
    )


async def find(
    tx: Transaction,
    org: UUID,
    wanted: ListOrders,
    *,
    event_id: UUID | None,
    since: datetime | None,
    before: datetime | None,
    after: list[Any] | None,
) -> list[Order]:
    """Newest first; one more than the limit when there is a next page."""
    found = await tx.fetch_all(
        _ORDER
        + f"""
        where o.org_id = %(org)s and (%(event)s::uuid is null or o.event_id = %(event)s)
            and (%(buyer)s::text is null or strpos(lower(o.buyer_name), lower(%(buyer)s)) > 0 or {theirs("o.buyer_email")})
            and (%(status)s::text is null or o.status = %(status)s)
            and (%(approval)s::boolean is null or o.needs_approval = %(approval)s and (o.status = 'pending' or not %(approval)s))
            and case %(owed)s::text when 'unpaid' then app.owed(o) > 0 when 'overpaid' then app.owed(o) < 0
                when 'settled' then app.owed(o) = 0 else true end
            and (%(since)s::timestamptz is null or o.created_at >= %(since)s)
            and (%(before)s::timestamptz is null or o.created_at < %(before)s)
            and (%(after_at)s::timestamptz is null or (o.created_at, o.id) < (%(after_at)s, %(after_id)s::uuid))
        order by o.created_at desc, o.id desc limit %(more)s
        """,
        {
            "org": org,
            "event": event_id,
            "buyer": wanted.buyer,
            **sought(tx.fields, org, wanted.buyer),
            "status": wanted.status,
            "approval": wanted.needs_approval,
            "owed": wanted.owed,
            "since": since,
            "before": before,
            "after_at": after[0] if after else None,
            "after_id": after[1] if after else None,
            "more": wanted.limit + 1,
        },
        row=Order,
    )
    return list(opened(tx.fields, BUYER, org, found, "buyer_email"))
