-- Ticket types, quotas, holds, orders, payments, refunds. Counters and money change only inside the functions below;
-- nobody holds a grant to write them directly, and CHECKs refuse what a function might get wrong.

create table public.ticket_types (
    id uuid primary key default gen_random_uuid(),
    org_id uuid not null,
    event_id uuid not null,
    name text not null check (length(btrim(name)) between 1 and 200),
    description text not null default '' check (length(description) <= 10000),
    price_amount bigint not null check (price_amount between 0 and 1000000000000),
    currency text not null check (currency ~ '^[A-Z]{3}$'),
    version integer not null default 1,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    unique (org_id, id),
    unique (org_id, event_id, id),
    foreign key (org_id, event_id) references public.events (org_id, id) on delete cascade
);
create unique index ticket_types_name_key on public.ticket_types (org_id, event_id, lower(name), currency);
call app.secure('public.ticket_types', 'viewer', 'staff');

-- How many may be sold: of one ticket type, of the whole event (its capacity), or of several types together.
create table public.quotas (
    id uuid primary key default gen_random_uuid(),
    org_id uuid not null,
    event_id uuid not null,
    name text not null check (length(btrim(name)) between 1 and 200),
    kind text not null check (kind in ('ticket_type', 'capacity', 'shared')),
    size integer not null check (size between 0 and 10000000),
    held integer not null default 0,
    sold integer not null default 0,
    version integer not null default 1,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    unique (org_id, id),
    unique (org_id, event_id, id),
    constraint quotas_never_negative check (held >= 0 and sold >= 0),
    constraint quotas_never_oversold check (held::bigint + sold <= size),
    foreign key (org_id, event_id) references public.events (org_id, id) on delete cascade
);
create unique index quotas_capacity_key on public.quotas (org_id, event_id) where kind = 'capacity';
create index quotas_event_idx on public.quotas (org_id, event_id);
call app.secure('public.quotas', 'viewer', 'staff');
revoke insert, update on public.quotas from authenticated;
grant insert (id, org_id, event_id, name, kind, size), update (name, size) on public.quotas to authenticated;

create table public.quota_ticket_types (
    id uuid primary key default gen_random_uuid(),
    org_id uuid not null,
    event_id uuid not null,
    quota_id uuid not null,
    ticket_type_id uuid not null,
    created_at timestamptz not null default now(),
    unique (org_id, quota_id, ticket_type_id),
    foreign key (org_id, event_id, quota_id) references public.quotas (org_id, event_id, id) on delete cascade,
    foreign key (org_id, event_id, ticket_type_id) references public.ticket_types (org_id, event_id, id) on delete cascade
);
create index quota_ticket_types_type_idx on public.quota_ticket_types (org_id, ticket_type_id);
call app.secure('public.quota_ticket_types', 'viewer', 'staff', false);

create table public.orders (
    id uuid primary key default gen_random_uuid(),
    org_id uuid not null,
    event_id uuid not null,
    number text not null check (number ~ '^[A-Z0-9-]{1,32}$'),
    buyer_name text not null default '' check (length(buyer_name) <= 200),
    buyer_email text check (length(buyer_email) <= 320),
    status text not null check (status in ('pending', 'paid', 'expired', 'cancelled')),
    currency text not null check (currency ~ '^[A-Z]{3}$'),
    total_amount bigint not null check (total_amount between 0 and 1000000000000000),
    paid_amount bigint not null default 0 check (paid_amount >= 0),
    refunded_amount bigint not null default 0,
    version integer not null default 1,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    unique (org_id, id),
    constraint orders_number_key unique (org_id, number),
    constraint orders_someone_buys check (length(buyer_name) > 0 or buyer_email is not null),
    constraint orders_refund_within_paid check (refunded_amount between 0 and paid_amount),
    constraint orders_paid_within_total check (paid_amount <= total_amount),
    foreign key (org_id, event_id) references public.events (org_id, id)
);
create index orders_event_idx on public.orders (org_id, event_id, created_at, id);
create index orders_created_idx on public.orders (org_id, created_at, id);
create index orders_buyer_idx on public.orders (org_id, lower(buyer_email));
call app.secure('public.orders', 'viewer', null);

create table public.order_items (
    id uuid primary key default gen_random_uuid(),
    org_id uuid not null,
    order_id uuid not null,
    ticket_type_id uuid not null,
    quantity integer not null check (quantity between 1 and 100000),
    price_amount bigint not null check (price_amount between 0 and 1000000000000),
    total_amount bigint not null,
    created_at timestamptz not null default now(),
    unique (org_id, id),
    constraint order_items_total check (total_amount = quantity * price_amount),
    foreign key (org_id, order_id) references public.orders (org_id, id),
    foreign key (org_id, ticket_type_id) references public.ticket_types (org_id, id)
);
create index order_items_order_idx on public.order_items (org_id, order_id);
create index order_items_type_idx on public.order_items (org_id, ticket_type_id);
call app.secure('public.order_items', 'viewer', null, false);

create table public.tickets (
    id uuid primary key default gen_random_uuid(),
    org_id uuid not null,
    order_id uuid not null,
    order_item_id uuid not null,
    ticket_type_id uuid not null,
    event_id uuid not null,
    code text not null check (length(code) between 12 and 64),
    attendee_name text not null default '' check (length(attendee_name) <= 200),
    status text not null default 'valid' check (status in ('valid', 'checked_in', 'cancelled', 'transferred')),
    version integer not null default 1,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    unique (org_id, id),
    constraint tickets_code_key unique (code),
    foreign key (org_id, order_id) references public.orders (org_id, id),
    foreign key (org_id, order_item_id) references public.order_items (org_id, id),
    foreign key (org_id, event_id, ticket_type_id) references public.ticket_types (org_id, event_id, id)
);
create index tickets_order_idx on public.tickets (org_id, order_id);
create index tickets_type_idx on public.tickets (org_id, ticket_type_id);
call app.secure('public.tickets', 'viewer', null);

create table public.payments (
    id uuid primary key default gen_random_uuid(),
    org_id uuid not null,
    order_id uuid not null,
    provider text not null default 'manual' check (provider in ('manual')),
    method text not null check (method in ('cash', 'transfer', 'card', 'invoice')),
    status text not null check (status in ('created', 'pending', 'confirmed', 'failed', 'cancelled')),
    amount bigint not null check (amount between 0 and 1000000000000000),
    currency text not null check (currency ~ '^[A-Z]{3}$'),
    created_at timestamptz not null default now(),
    unique (org_id, id),
    foreign key (org_id, order_id) references public.orders (org_id, id)
);
create index payments_order_idx on public.payments (org_id, order_id);
call app.secure('public.payments', 'viewer', null, false);

create table public.refunds (
    id uuid primary key default gen_random_uuid(),
    org_id uuid not null,
    order_id uuid not null,
    amount bigint not null check (amount between 0 and 1000000000000000),
    currency text not null check (currency ~ '^[A-Z]{3}$'),
    reason text check (length(reason) <= 1000),
    status text not null default 'done' check (status in ('created', 'done', 'cancelled', 'failed')),
    created_at timestamptz not null default now(),
    unique (org_id, id),
    foreign key (org_id, order_id) references public.orders (org_id, id)
);
create index refunds_order_idx on public.refunds (org_id, order_id);
call app.secure('public.refunds', 'viewer', null, false);

create table public.holds (
    id uuid primary key default gen_random_uuid(),
    org_id uuid not null,
    event_id uuid not null,
    ticket_type_id uuid not null,
    quantity integer not null check (quantity between 1 and 100000),
    status text not null default 'active' check (status in ('active', 'converted', 'released', 'expired')),
    expires_at timestamptz not null,
    version integer not null default 1,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    unique (org_id, id),
    foreign key (org_id, event_id, ticket_type_id) references public.ticket_types (org_id, event_id, id)
);
create index holds_expiry_idx on public.holds (expires_at) where status = 'active';
create index holds_type_idx on public.holds (org_id, ticket_type_id);
call app.secure('public.holds', 'viewer', null);

-- A quota counts the tickets of its types, also those sold before the type was linked to it. Sales of the type wait meanwhile.
create function app.count_linked() returns trigger
    language plpgsql security definer set search_path = ''
    as $$
    declare
        link public.quota_ticket_types := case when tg_op = 'DELETE' then old else new end;
        now_sold integer;
        now_held integer;
    begin
        perform from public.ticket_types t where t.org_id = link.org_id and t.id = link.ticket_type_id for update;
        perform from public.quotas q where q.org_id = link.org_id and q.id = link.quota_id for update;
        select coalesce(sum(i.quantity), 0) into now_sold
        from public.quota_ticket_types l
        join public.order_items i on i.org_id = l.org_id and i.ticket_type_id = l.ticket_type_id
        join public.orders o on o.org_id = i.org_id and o.id = i.order_id
        where l.org_id = link.org_id and l.quota_id = link.quota_id and o.status in ('pending', 'paid');
        select coalesce(sum(h.quantity), 0) into now_held
        from public.quota_ticket_types l
        join public.holds h on h.org_id = l.org_id and h.ticket_type_id = l.ticket_type_id
        where l.org_id = link.org_id and l.quota_id = link.quota_id and h.status = 'active';
        update public.quotas q set sold = now_sold, held = now_held
        where q.org_id = link.org_id and q.id = link.quota_id and (q.sold, q.held) is distinct from (now_sold, now_held);
        return null;
    end $$;
create trigger count_linked after insert or delete on public.quota_ticket_types
    for each row execute function app.count_linked();

-- One number line for all organisations: no counter row that every sale of an organisation would queue on. Gaps are fine for orders.
create sequence app.order_numbers start 1042;

-- Who may call the money functions: membership of at least `minimum`, or the service role.
create function app.require_role(org uuid, minimum app.org_role) returns void
    language plpgsql stable security definer set search_path = ''
    as $$
    begin
        if coalesce(auth.role(), '') <> 'service_role' and not exists (select from app.my_orgs(minimum) o where o = org) then
            raise exception 'the caller may not do this here' using errcode = '42501';
        end if;
    end $$;

-- Moves `delta` tickets of one type in every quota it counts against, rows taken in id order so that two sales never deadlock.
-- Raises quotas_never_oversold naming the tightest quota when it does not fit.
create function app.take_quota(org uuid, ticket_type uuid, delta integer) returns void
    language plpgsql set search_path = ''
    as $$
    declare
        room record;
    begin
        for room in
            select q.id, q.name, q.size - q.held - q.sold as free
            from public.quotas q join public.quota_ticket_types l on l.org_id = q.org_id and l.quota_id = q.id
            where q.org_id = org and l.ticket_type_id = ticket_type
            order by q.id for update of q
        loop
            if room.free < delta then
                raise exception 'only % left', room.free
                    using errcode = '23514', constraint = 'quotas_never_oversold',
                        detail = jsonb_build_object('available', room.free, 'wanted', delta, 'quota', room.name)::text;
            end if;
            update public.quotas set sold = sold + delta where id = room.id;
        end loop;
        if not found then
            raise exception 'this ticket type has no quota' using errcode = '23514', constraint = 'ticket_type_without_quota';
        end if;
    end $$;

-- Sells `how_many` tickets of one type in one statement: quota, order, item, tickets and, when a method is given, the payment.
-- `codes` are the secrets of the tickets, one each. Answers the order's number.
create function app.sell_tickets(
    org uuid, new_order uuid, new_item uuid, ticket_ids uuid[], codes text[], ticket_type uuid, how_many integer,
    buyer_name text, buyer_email text, new_payment uuid, payment_method text
) returns text
    language plpgsql security definer set search_path = ''
    as $$
    declare
        offer record;
        new_number text := nextval('app.order_numbers')::text;
    begin
        perform app.require_role(org, 'staff');
        if how_many <> cardinality(ticket_ids) or how_many <> cardinality(codes) then
            raise exception 'each ticket needs an id and a code' using errcode = '22023';
        end if;
        select t.event_id, t.price_amount, t.currency, e.status into offer
        from public.ticket_types t join public.events e on e.org_id = t.org_id and e.id = t.event_id
        where t.org_id = org and t.id = ticket_type for share of e, t;
        if not found then
            raise exception 'no such ticket type' using errcode = 'P0002', constraint = 'ticket_type_exists';
        end if;
        if offer.status not in ('draft', 'published') then
            raise exception 'the event is %', offer.status using errcode = '23514', constraint = 'event_on_sale';
        end if;
        perform app.take_quota(org, ticket_type, how_many);
        insert into public.orders (id, org_id, event_id, number, buyer_name, buyer_email, status, currency, total_amount, paid_amount)
        values (
            new_order, org, offer.event_id, new_number, buyer_name, buyer_email,
            case when payment_method is null and offer.price_amount > 0 then 'pending' else 'paid' end,
            offer.currency, how_many * offer.price_amount,
            case when payment_method is null then 0 else how_many * offer.price_amount end);
        insert into public.order_items (id, org_id, order_id, ticket_type_id, quantity, price_amount, total_amount)
        values (new_item, org, new_order, ticket_type, how_many, offer.price_amount, how_many * offer.price_amount);
        insert into public.tickets (id, org_id, order_id, order_item_id, ticket_type_id, event_id, code, attendee_name)
        select made.id, org, new_order, new_item, ticket_type, offer.event_id, made.code, buyer_name
        from unnest(ticket_ids, codes) as made (id, code);
        if payment_method is not null and offer.price_amount > 0 then
            insert into public.payments (id, org_id, order_id, method, status, amount, currency)
            values (new_payment, org, new_order, payment_method, 'confirmed', how_many * offer.price_amount, offer.currency);
        end if;
        return new_number;
    end $$;
grant execute on function
    app.sell_tickets(uuid, uuid, uuid, uuid[], text[], uuid, integer, text, text, uuid, text) to authenticated, service_role;

-- Money that came in for an order. The CHECK refuses more than the total.
create function app.record_payment(org uuid, this_order uuid, new_payment uuid, payment_method text, paid bigint) returns void
    language plpgsql security definer set search_path = ''
    as $$
    declare
        bill public.orders;
    begin
        perform app.require_role(org, 'staff');
        select * into bill from public.orders where org_id = org and id = this_order for update;
        if not found then
            raise exception 'no such order' using errcode = 'P0002';
        end if;
        if bill.status not in ('pending', 'paid') then
            raise exception 'the order is %', bill.status using errcode = '23514', constraint = 'order_open';
        end if;
        insert into public.payments (id, org_id, order_id, method, status, amount, currency)
        values (new_payment, org, this_order, payment_method, 'confirmed', paid, bill.currency);
        update public.orders set paid_amount = paid_amount + paid,
            status = case when paid_amount + paid = total_amount then 'paid' else status end
        where id = this_order;
    end $$;
grant execute on function app.record_payment(uuid, uuid, uuid, text, bigint) to authenticated, service_role;

-- Gives `amount` back. With `release`, the order is over: all that was paid goes back whatever `amount` says, its tickets
-- are void and their places free again.
create function app.refund_order(org uuid, this_order uuid, new_refund uuid, amount bigint, why text, release boolean) returns void
    language plpgsql security definer set search_path = ''
    as $$
    declare
        bill public.orders;
        line record;
    begin
        perform app.require_role(org, 'admin');
        select * into bill from public.orders where org_id = org and id = this_order for update;
        if not found then
            raise exception 'no such order' using errcode = 'P0002';
        end if;
        if amount < 0 then
            raise exception 'a refund gives money back' using errcode = '22023';
        end if;
        if release then
            amount := bill.paid_amount - bill.refunded_amount;
        end if;
        if bill.status not in ('pending', 'paid') then
            raise exception 'the order is %', bill.status using errcode = '23514', constraint = 'order_open';
        end if;
        if amount > 0 then
            insert into public.refunds (id, org_id, order_id, amount, currency, reason)
            values (new_refund, org, this_order, amount, bill.currency, why);
        end if;
        update public.orders set refunded_amount = refunded_amount + amount,
            status = case when release then 'cancelled' else status end
        where id = this_order;
        if release then
            for line in
                select i.ticket_type_id, sum(i.quantity)::integer as quantity from public.order_items i
                where i.org_id = org and i.order_id = this_order group by i.ticket_type_id order by i.ticket_type_id
            loop
                perform app.take_quota(org, line.ticket_type_id, -line.quantity);
            end loop;
            update public.tickets set status = 'cancelled' where org_id = org and order_id = this_order and status <> 'cancelled';
        end if;
    end $$;
grant execute on function app.refund_order(uuid, uuid, uuid, bigint, text, boolean) to authenticated, service_role;
