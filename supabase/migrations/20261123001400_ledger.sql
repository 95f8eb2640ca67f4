-- Payouts, and two views over the rows of sales: the ledger and the lines of sales reports. Nothing is written twice: the hot path pays
-- nothing for the books, and what they say follows from what is stored. app.ledger_drift tells where the rows contradict each other.

-- Money a provider sent to the organiser's bank: `amount` arrived, `fee_amount` stayed with the provider.
create table public.payouts (
    id uuid primary key default gen_random_uuid(),
    org_id uuid not null references public.organizations (id) on delete cascade,
    provider text not null constraint payouts_provider check (provider in ('manual', 'sandbox', 'stripe')),
    reference text not null check (length(btrim(reference)) between 1 and 255),
    amount bigint not null check (amount between 0 and 1000000000000000),
    fee_amount bigint not null default 0 check (fee_amount between 0 and 1000000000000000),
    currency text not null check (currency ~ '^[A-Z]{3}$'),
    arrived_on date not null check (arrived_on between '1970-01-01' and '2200-01-01'),
    -- A slip of the pen is crossed out, not erased.
    voided_at timestamptz,
    version integer not null default 1,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    unique (org_id, id),
    constraint payouts_move_money check (amount + fee_amount > 0)
);
create unique index payouts_reference_key on public.payouts (org_id, provider, reference) where voided_at is null;
create index payouts_arrived_idx on public.payouts (org_id, arrived_on, id);
call app.secure('public.payouts', 'admin', 'admin');
revoke update, delete on public.payouts from authenticated;
grant update (voided_at) on public.payouts to authenticated;

-- Double entry: what we have or are owed counts up, where it comes from counts down; the entries of one transaction sum to zero.
-- sale: a line of an order, also a negative one. goodwill: a part of the price let go. release: an order ended; its lines go out again,
-- and what was kept of the money is `retained`. payment, refund: money in and out. payout: from the provider to the bank.
-- What a failed refund should have given back stays with the buyer's account.
create view public.ledger with (security_invoker = true) as
    select o.org_id, o.event_id, o.id as order_id, m.at, m.kind, m.transaction_id, i.id as source_id, a.entry, a.account,
        m.sign * a.amount as amount, o.currency
    from public.orders o
    join public.order_items i on i.org_id = o.org_id and i.order_id = o.id
    cross join lateral (values
        ('sale', greatest(i.created_at, o.created_at), i.id, 1),
        ('release', case when o.status in ('expired', 'cancelled') then coalesce(o.cancelled_at, o.expires_at, o.updated_at) end, o.id, -1)
    ) as m (kind, at, transaction_id, sign)
    cross join lateral (
        select i.quantity::bigint * i.price_amount - i.discount_amount as goods,
            -- The tax contained in the fee, by the fee's share of the line.
            case when i.tax_included and i.total_amount <> 0
                then round(i.tax_amount::numeric * i.fee_amount / i.total_amount)::bigint else 0 end as fee_tax) as part
    cross join lateral (values
        (1, 'receivable', i.total_amount),
        (2, case i.kind when 'fee' then 'fees' else 'revenue' end,
            -(part.goods - case when i.tax_included then i.tax_amount - part.fee_tax else 0 end)),
        (3, 'fees', -(i.fee_amount - part.fee_tax)),
        (4, 'tax', -i.tax_amount)
    ) as a (entry, account, amount)
    where m.at is not null and a.amount <> 0
    union all
    select o.org_id, o.event_id, o.id, m.at, m.kind, o.id, o.id, a.entry, a.account, m.sign * a.amount, o.currency
    from public.orders o
    cross join lateral (values
        ('goodwill', coalesce((select max(r.created_at) from public.refunds r where r.org_id = o.org_id and r.order_id = o.id), o.updated_at), 1),
        ('release', case when o.status in ('expired', 'cancelled') then coalesce(o.cancelled_at, o.expires_at, o.updated_at) end, -1)
    ) as m (kind, at, sign)
    cross join lateral (values (5, 'goodwill', o.credited_amount), (6, 'receivable', -o.credited_amount)) as a (entry, account, amount)
    where o.credited_amount > 0 and m.at is not null
    union all
    select o.org_id, o.event_id, o.id, coalesce(o.cancelled_at, o.expires_at, o.updated_at), 'release', o.id, o.id, a.entry, a.account, a.amount,
        o.currency
    from public.orders o
    cross join lateral (select o.paid_amount - o.refunded_amount + app.owed(o) as amount) as kept
    cross join lateral (values (7, 'receivable', kept.amount), (8, 'retained', -kept.amount)) as a (entry, account, amount)
    where o.status in ('expired', 'cancelled') and o.paid_amount > o.refunded_amount and kept.amount <> 0
    union all
    select o.org_id, o.event_id, o.id, coalesce(p.confirmed_at, p.created_at), 'payment', p.id, p.id, a.entry, a.account, a.amount, p.currency
    from public.orders o
    join public.payments p on p.org_id = o.org_id and p.order_id = o.id
    cross join lateral (values (1, 'cash:' || p.provider, p.amount), (2, 'receivable', -p.amount)) as a (entry, account, amount)
    where p.status = 'confirmed' and p.amount <> 0
    union all
    select o.org_id, o.event_id, o.id, r.created_at, 'refund', r.id, r.id, a.entry, a.account, a.amount, r.currency
    from public.orders o
    join public.refunds r on r.org_id = o.org_id and r.order_id = o.id
    cross join lateral (values (1, 'receivable', r.amount), (2, 'cash:' || r.provider, -r.amount)) as a (entry, account, amount)
    where r.status not in ('failed', 'cancelled') and r.amount <> 0
    union all
    select p.org_id, null, null, p.arrived_on::timestamp at time zone g.timezone, 'payout', p.id, p.id, a.entry, a.account, a.amount, p.currency
    from public.payouts p
    join public.organizations g on g.id = p.org_id
    cross join lateral (values
        (1, 'bank', p.amount), (2, 'provider_fees', p.fee_amount), (3, 'cash:' || p.provider, -(p.amount + p.fee_amount))
    ) as a (entry, account, amount)
    where p.voided_at is null and a.amount <> 0;
revoke all on public.ledger from anon, authenticated, service_role;
grant select on public.ledger to authenticated, service_role;

-- The lines of sales with their share of what was let go as goodwill, and of what was kept when the order ended. Shares are by the
-- line's part of the order, the last line taking the rest.
create view public.sales_lines with (security_invoker = true) as
    select o.org_id, o.event_id, o.created_at as ordered_at, o.id as order_id, greatest(i.created_at, o.created_at) as at, i.id as line_id,
        case when o.status in ('expired', 'cancelled') then coalesce(o.cancelled_at, o.expires_at, o.updated_at) end as ended_at,
        o.paid_amount > 0 as was_paid, o.currency, o.channel, o.promo_code_id, i.kind, i.label, i.ticket_type_id, i.quantity, i.total_amount,
        i.discount_amount, i.fee_amount, i.tax_amount,
        (case when o.credited_amount = 0 or o.total_amount = 0 then 0 else
            div(o.credited_amount * sum(i.total_amount) over running, o.total_amount)
            - div(o.credited_amount * (sum(i.total_amount) over running - i.total_amount), o.total_amount) end)::bigint as credited_amount,
        (case when o.status not in ('expired', 'cancelled') or o.paid_amount = o.refunded_amount or o.total_amount = 0 then 0 else
            div((o.paid_amount - o.refunded_amount) * sum(i.total_amount) over running, o.total_amount)
            - div((o.paid_amount - o.refunded_amount) * (sum(i.total_amount) over running - i.total_amount), o.total_amount)
            end)::bigint as kept_amount
    from public.orders o
    join public.order_items i on i.org_id = o.org_id and i.order_id = o.id
    -- All that is asked for by the order's own columns is looked up before the windows are made.
    window running as (partition by o.org_id, o.event_id, o.created_at, o.id order by i.created_at, i.id);
revoke all on public.sales_lines from anon, authenticated, service_role;
grant select on public.sales_lines to authenticated, service_role;

-- Where the rows contradict each other: entries that do not sum to zero, a buyer's account that is not what the order owes, sums on
-- an order or a payment that are not those of its rows, an order that counts as paid and still owes. Reads as whoever asks.
create function app.ledger_drift(of_org uuid default null, of_event uuid default null)
    returns table (org_id uuid, problem text, order_id uuid, subject_id uuid, currency text, expected bigint, found bigint)
    language sql stable set search_path = ''
    as $$
        with sums as materialized (
            select l.org_id, l.order_id, l.kind, l.transaction_id, l.currency, sum(l.amount)::bigint as amount,
                sum(l.amount) filter (where l.account = 'receivable') as receivable
            from public.ledger l
            where (of_org is null or l.org_id = of_org) and (of_event is null or l.event_id = of_event)
            group by l.org_id, l.order_id, l.kind, l.transaction_id, l.currency
        )
        select s.org_id, 'entries', s.order_id, s.transaction_id, s.currency, 0::bigint, s.amount
        from sums s where s.amount <> 0
        union all
        select o.org_id, 'owed', o.id, o.id, o.currency, owed.amount, coalesce(r.amount, 0)
        from public.orders o
        cross join lateral (select app.owed(o) as amount) owed
        left join (
            select s.org_id, s.order_id, s.currency, sum(s.receivable)::bigint as amount
            from sums s group by s.org_id, s.order_id, s.currency
        ) r on r.org_id = o.org_id and r.order_id = o.id and r.currency = o.currency
        where (of_org is null or o.org_id = of_org) and (of_event is null or o.event_id = of_event)
            and owed.amount <> coalesce(r.amount, 0)
        union all
        select o.org_id, 'state', o.id, o.id, o.currency, 0::bigint, app.owed(o)
        from public.orders o
        where (of_org is null or o.org_id = of_org) and (of_event is null or o.event_id = of_event) and o.status = 'paid' and app.owed(o) > 0
        union all
        select o.org_id, s.problem, o.id, o.id, o.currency, s.expected, s.found
        from public.orders o
        left join (
            select i.org_id, i.order_id, sum(i.total_amount)::bigint as total, sum(i.discount_amount)::bigint as discount,
                sum(i.fee_amount)::bigint as fee, sum(i.tax_amount)::bigint as tax
            from public.order_items i where of_org is null or i.org_id = of_org group by i.org_id, i.order_id
        ) i on i.org_id = o.org_id and i.order_id = o.id
        left join (
            select p.org_id, p.order_id, sum(p.amount)::bigint as amount from public.payments p
            where p.status = 'confirmed' and (of_org is null or p.org_id = of_org) group by p.org_id, p.order_id
        ) p on p.org_id = o.org_id and p.order_id = o.id
        left join (
            select r.org_id, r.order_id, sum(r.amount)::bigint as amount from public.refunds r
            where r.status not in ('failed', 'cancelled') and (of_org is null or r.org_id = of_org) group by r.org_id, r.order_id
        ) r on r.org_id = o.org_id and r.order_id = o.id
        cross join lateral (values
            ('total', coalesce(i.total, 0), o.total_amount), ('discount', coalesce(i.discount, 0), o.discount_amount),
            ('fee', coalesce(i.fee, 0), o.fee_amount), ('tax', coalesce(i.tax, 0), o.tax_amount),
            ('paid', coalesce(p.amount, 0), o.paid_amount), ('refunded', coalesce(r.amount, 0), o.refunded_amount)
        ) as s (problem, expected, found)
        where (of_org is null or o.org_id = of_org) and (of_event is null or o.event_id = of_event) and s.expected <> s.found
        union all
        select p.org_id, 'payment_refunded', p.order_id, p.id, p.currency, coalesce(sum(r.amount), 0)::bigint, p.refunded_amount
        from public.payments p
        left join public.refunds r on r.org_id = p.org_id and r.payment_id = p.id and r.status not in ('failed', 'cancelled')
        where (of_org is null or p.org_id = of_org) and (of_event is null or exists (
            select from public.orders o where o.org_id = p.org_id and o.id = p.order_id and o.event_id = of_event))
        group by p.org_id, p.id having coalesce(sum(r.amount), 0) <> p.refunded_amount
    $$;
grant execute on function app.ledger_drift(uuid, uuid) to authenticated, service_role;
