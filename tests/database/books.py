"""What must hold of all orders, holds, codes and money at any moment, as one query that names what does not."""

from __future__ import annotations

from typing import LiteralString

BROKEN: LiteralString = """
    with live as (select * from public.orders where status in ('pending', 'paid')),
    broken (rule, id) as (
        select 'quota counts what is sold and held', quota_id from app.quota_drift()
        union all
        select 'the order is the sum of its lines', o.id from public.orders o
        where not exists (
            select from public.order_items i where i.order_id = o.id having
                (sum(i.total_amount), sum(i.discount_amount), sum(i.fee_amount), sum(i.tax_amount))
                = (o.total_amount, o.discount_amount, o.fee_amount, o.tax_amount))
        union all
        select 'paid is what was confirmed', o.id from public.orders o
        where o.paid_amount <> coalesce((
            select sum(p.amount) from public.payments p where p.order_id = o.id and p.status = 'confirmed'), 0)
        union all
        select 'refunded is what was promised back', o.id from public.orders o
        where o.refunded_amount <> coalesce((
            select sum(r.amount) from public.refunds r where r.order_id = o.id and r.status not in ('failed', 'cancelled')), 0)
        union all
        select 'a payment gives back what its refunds say', p.id from public.payments p
        where p.refunded_amount <> coalesce((
            select sum(r.amount) from public.refunds r where r.payment_id = p.id and r.status not in ('failed', 'cancelled')), 0)
        union all
        select 'nobody pays for an expired order', o.id from public.orders o
        where o.status = 'expired' and o.paid_amount <> o.refunded_amount
            and not exists (select from public.refunds r where r.order_id = o.id and r.status = 'failed')
        union all
        select 'paid means nothing is owed', o.id from public.orders o where o.status = 'paid' and app.owed(o) > 0
        union all
        select 'pending means something is owed', o.id from public.orders o
        where o.status = 'pending' and not o.needs_approval and app.owed(o) <= 0
            and not exists (select from public.refunds r where r.order_id = o.id and r.status = 'failed')
        union all
        select 'a live order has a ticket for each place, another has none', o.id from public.orders o
        where (select count(*) from public.tickets k where k.order_id = o.id and k.status in ('valid', 'checked_in'))
            <> case when o.status in ('pending', 'paid') then (
                select coalesce(sum(i.quantity), 0) from public.order_items i
                join public.ticket_types t on t.id = i.ticket_type_id
                where i.order_id = o.id and t.kind <> 'bundle') else 0 end
        union all
        select 'uses of a code are its holds and orders', p.id from public.promo_codes p
        where p.uses <> coalesce((select sum(h.promo_uses) from public.holds h where h.promo_code_id = p.id and h.status = 'active'), 0)
            + coalesce((select sum(o.promo_uses) from live o where o.promo_code_id = p.id), 0)
        union all
        select 'a voucher keeps what it may still be used for', p.id from public.promo_codes p
        where p.kind = 'voucher' and p.blocked <> case when p.active then p.max_uses - p.uses else 0 end
    )
    select rule, id from broken where id <> all (%(leave_out)s::uuid[])
"""
