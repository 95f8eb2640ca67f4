"""SQL of orders. Money and counters move only inside app.sell_tickets, app.record_payment and app.refund_order."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from tools.orders.models import ListOrders, Order
from tools.store.database import Transaction

_ORDER = """
    select o.id, o.number, o.event_id, e.name as event_name, o.buyer_name, o.buyer_email, o.status, o.currency,
        o.total_amount, o.paid_amount, o.refunded_amount, o.version, o.created_at,
        (select coalesce(jsonb_agg(jsonb_build_object('id', i.id, 'ticket_type_id', i.ticket_type_id, 'ticket_type_name', t.name,
                'quantity', i.quantity, 'price_amount', i.price_amount, 'total_amount', i.total_amount) order by i.created_at, i.id), '[]')
            from public.order_items i join public.ticket_types t on t.org_id = i.org_id and t.id = i.ticket_type_id
            where i.org_id = o.org_id and i.order_id = o.id) as items,
        (select coalesce(jsonb_agg(jsonb_build_object('id', k.id, 'code', k.code, 'status', k.status) order by k.id), '[]')
            from public.tickets k where k.org_id = o.org_id and k.order_id = o.id) as tickets
    from public.orders o join public.events e on e.org_id = o.org_id and e.id = o.event_id
"""


async def get(tx: Transaction, org: UUID, order_id: UUID) -> Order | None:
    return await tx.fetch_one(
        _ORDER + "where o.org_id = %(org)s and o.id = %(id)s", {"org": org, "id": order_id}, row=Order
    )


async def by_number(tx: Transaction, org: UUID, number: str) -> Order | None:
    return await tx.fetch_one(
        _ORDER + "where o.org_id = %(org)s and o.number = %(number)s", {"org": org, "number": number}, row=Order
    )


async def sell(tx: Transaction, values: dict[str, Any]) -> None:
    """One statement; raises TicketsSoldOut and EventNotOnSale."""
    await tx.fetch_value(
        """
        select app.sell_tickets(%(org)s, %(order)s, %(item)s, %(tickets)s::uuid[], %(codes)s::text[], %(ticket_type)s,
            %(quantity)s, %(buyer_name)s, %(buyer_email)s, %(payment)s, %(payment_method)s)
        """,
        values,
    )


async def record_payment(
    tx: Transaction, org: UUID, order_id: UUID, payment_id: UUID, method: str, amount: int
) -> None:
    """Raises OrderClosed and OverPaid."""
    await tx.fetch_value(
        "select app.record_payment(%(org)s, %(order)s, %(payment)s, %(method)s, %(amount)s)",
        {"org": org, "order": order_id, "payment": payment_id, "method": method, "amount": amount},
    )


async def refund(
    tx: Transaction, org: UUID, order_id: UUID, refund_id: UUID, amount: int, reason: str | None, *, release: bool
) -> None:
    """Raises OrderClosed and RefundTooLarge."""
    await tx.fetch_value(
        "select app.refund_order(%(org)s, %(order)s, %(refund)s, %(amount)s, %(reason)s, %(release)s)",
        {"org": org, "order": order_id, "refund": refund_id, "amount": amount, "reason": reason, "release": release},
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
    return await tx.fetch_all(
        _ORDER
        + """
        where o.org_id = %(org)s and (%(event)s::uuid is null or o.event_id = %(event)s)
            and (%(buyer)s::text is null or strpos(lower(o.buyer_name), lower(%(buyer)s)) > 0
                or strpos(lower(coalesce(o.buyer_email, '')), lower(%(buyer)s)) > 0)
            and (%(status)s::text is null or o.status = %(status)s)
            and (%(since)s::timestamptz is null or o.created_at >= %(since)s)
            and (%(before)s::timestamptz is null or o.created_at < %(before)s)
            and (%(after_at)s::timestamptz is null or (o.created_at, o.id) < (%(after_at)s, %(after_id)s::uuid))
        order by o.created_at desc, o.id desc limit %(more)s
        """,
        {
            "org": org,
            "event": event_id,
            "buyer": wanted.buyer,
            "status": wanted.status,
            "since": since,
            "before": before,
            "after_at": after[0] if after else None,
            "after_id": after[1] if after else None,
            "more": wanted.limit + 1,
        },
        row=Order,
    )
