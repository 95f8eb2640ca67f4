-- What happens after the sale: more time to pay, refunds of a whole event, the buyers' choice when an event is off or moved, and
-- the waiting list. Rows are locked in the order hold, order, promo code, quota. Entries of the waiting list and orders of a refund
-- run are locked before all of those, or by `skip locked`, so nobody waits for them while keeping a quota.

-- What is read of the order from here on stays so until the transaction ends.
create function app.lock_order(org uuid, this_order uuid) returns void
    language plpgsql security definer set search_path = ''
    as $$
    begin
        perform app.require_role(org, 'staff');
        perform app.locked_order(org, this_order);
    end $$;
grant execute on function app.lock_order(uuid, uuid) to authenticated, service_role;

-- Another end of the time to pay; null: the order waits as long as the organiser does. An expired order lives again when its
-- places are still there.
create function app.extend_order(org uuid, this_order uuid, until timestamptz) returns void
    language plpgsql security definer set search_path = ''
    as $$
    declare
        bill public.orders;
    begin
        perform app.require_role(org, 'staff');
        bill := app.locked_order(org, this_order);
        if bill.status not in ('pending', 'expired') or bill.paid_amount > bill.refunded_amount then
            raise exception 'the order is %', bill.status using errcode = '23514', constraint = 'order_unpaid';
        end if;
        if bill.status = 'expired' then
            if not exists (select from public.events e
                where e.org_id = org and e.id = bill.event_id and e.status in ('draft', 'published')) then
                raise exception 'nothing is sold any more' using errcode = '23514', constraint = 'event_on_sale';
            end if;
            if not app.retake(this_order) then
                raise exception 'the places are gone' using errcode = '23514', constraint = 'quotas_never_oversold',
                    detail = jsonb_build_object('available', 0)::text;
            end if;
        end if;
        update public.orders set expires_at = until where id = this_order;
    end $$;
grant execute on function app.extend_order(uuid, uuid, timestamptz) to authenticated, service_role;

-- Ends what is not paid of an event: active holds and unpaid orders. With `waits`, those that somebody works on are waited for,
-- before anything else is locked; without, they are left: a second pass after the event's state changed finds whoever came between.
create function app.end_unpaid(org uuid, of_event uuid, waits boolean) returns table (orders integer, holds integer)
    language plpgsql security definer set search_path = ''
    as $$
    declare
        of_holds uuid[];
        of_orders uuid[];
    begin
        perform app.require_role(org, 'staff');
        if waits then
            perform from public.holds h where h.org_id = org and h.event_id = of_event and h.status = 'active' order by h.id for update;
            perform from public.orders o where o.org_id = org and o.event_id = of_event and o.status = 'pending' order by o.id for update;
        end if;
        select coalesce(array_agg(h.id), '{}') into of_holds from (
            select h.id from public.holds h where h.org_id = org and h.event_id = of_event and h.status = 'active'
            order by h.id for update skip locked) h;
        select coalesce(array_agg(o.id), '{}') into of_orders from (
            select o.id from public.orders o where o.org_id = org and o.event_id = of_event and o.status = 'pending'
                and o.paid_amount <= o.refunded_amount order by o.id for update skip locked) o;
        if cardinality(of_holds) + cardinality(of_orders) > 0 then
            perform app.let_go(of_holds, 'released', of_orders, 'cancelled');
            insert into public.outbox (org_id, kind, subject_id, event_id)
            select org, 'order_ended', o, of_event from unnest(of_orders) o;
        end if;
        return query select cardinality(of_orders), cardinality(of_holds);
    end $$;
grant execute on function app.end_unpaid(uuid, uuid, boolean) to authenticated, service_role;

-- What giving back the money of an event means, order by order: all that was paid but for `keep`, along the payments it came by,
-- newest first, as app.give_back does. `why`: it can not be given back.
create function app.plan_refunds(org uuid, of_event uuid, keep bigint)
    returns table (order_id uuid, currency text, paid_amount bigint, kept_amount bigint, refund_amount bigint, tickets integer,
        methods jsonb, why text)
    language sql stable set search_path = ''
    as $$
        with bills as (
            select o.id, o.currency, o.paid_amount - o.refunded_amount as paid,
                greatest(o.paid_amount - o.refunded_amount - keep, 0) as back
            from public.orders o
            where o.org_id = org and o.event_id = of_event
                and (o.status = 'paid' or o.status = 'pending' and o.paid_amount > o.refunded_amount)
        ), money as (
            select b.id, b.back, p.provider, p.method, p.amount - p.refunded_amount as rest,
                coalesce(sum(p.amount - p.refunded_amount) over (
                    partition by b.id order by p.confirmed_at desc nulls last, p.id
                    rows between unbounded preceding and 1 preceding), 0) as newer
            from bills b join public.payments p on p.org_id = org and p.order_id = b.id
            where p.status = 'confirmed' and p.refunded_amount < p.amount
        ), parts as (
            select m.id, m.provider, m.method, sum(least(m.rest, m.back - m.newer))::bigint as amount
            from money m where m.back > m.newer group by m.id, m.provider, m.method
        ), ways as (
            select t.id, sum(t.amount) as amount,
                jsonb_agg(jsonb_build_object('provider', t.provider, 'method', t.method, 'amount', t.amount) order by t.provider, t.method) as methods
            from parts t group by t.id
        ), seats as (
            select k.order_id, count(*)::integer as tickets from public.tickets k
            where k.org_id = org and k.event_id = of_event and k.status in ('valid', 'checked_in') group by k.order_id
        )
        select b.id, b.currency, b.paid, b.paid - b.back, b.back, coalesce(s.tickets, 0), coalesce(w.methods, '[]'),
            case when b.back > coalesce(w.amount, 0) then 'no_payment' end
        from bills b left join ways w on w.id = b.id left join seats s on s.order_id = b.id
    $$;
grant execute on function app.plan_refunds(uuid, uuid, bigint) to authenticated, service_role;

-- A refund of all orders of an event: what was promised, order by order, and how far it is. Money moves in a transaction of its own
-- for each order, so that a crash loses none and repeats none.
create table public.refund_runs (
    id uuid primary key,
    org_id uuid not null,
    event_id uuid not null,
    keep_amount bigint not null check (keep_amount between 0 and 1000000000000),
    reason text check (length(reason) <= 1000),
    status text not null default 'running' check (status in ('running', 'done')),
    orders integer not null default 0,
    -- Of every order and amount: what an approval binds.
    fingerprint text not null default '',
    started_by uuid,
    finished_at timestamptz,
    version integer not null default 1,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    unique (org_id, id),
    foreign key (org_id, event_id) references public.events (org_id, id)
);
create unique index refund_runs_one_at_a_time on public.refund_runs (org_id, event_id) where status = 'running';
create index refund_runs_event_idx on public.refund_runs (org_id, event_id);
create index refund_runs_running_idx on public.refund_runs (created_at) where status = 'running';
call app.secure('public.refund_runs', 'viewer', null);

create table public.refund_run_orders (
    id uuid primary key default gen_random_uuid(),
    org_id uuid not null,
    run_id uuid not null,
    order_id uuid not null,
    currency text not null,
    paid_amount bigint not null,
    kept_amount bigint not null,
    refund_amount bigint not null,
    tickets integer not null,
    methods jsonb not null,
    -- left: it was not given back, `why` says why; a new run tries again.
    status text not null default 'planned' check (status in ('planned', 'done', 'left')),
    why text,
    created_at timestamptz not null default now(),
    constraint refund_run_orders_once unique (org_id, run_id, order_id),
    constraint refund_run_orders_reason check ((status = 'left') = (why is not null)),
    foreign key (org_id, run_id) references public.refund_runs (org_id, id) on delete cascade,
    foreign key (org_id, order_id) references public.orders (org_id, id)
);
create index refund_run_orders_order_idx on public.refund_run_orders (org_id, order_id);
create index refund_run_orders_planned_idx on public.refund_run_orders (run_id, order_id) where status = 'planned';
call app.secure('public.refund_run_orders', 'viewer', null, false);
-- The run's fingerprint stands for them: a proposal need not carry a row for each order.
drop trigger capture_change on public.refund_run_orders;

-- Writes down what a refund of the event gives back to whom. Nothing moves yet.
create function app.start_refund_run(org uuid, of_event uuid, new_run uuid, keep bigint, why text) returns integer
    language plpgsql security definer set search_path = ''
    as $$
    declare
        planned integer;
    begin
        perform app.require_role(org, 'admin');
        insert into public.refund_runs (id, org_id, event_id, keep_amount, reason, started_by)
        values (new_run, org, of_event, keep, why, auth.uid());
        insert into public.refund_run_orders (
            org_id, run_id, order_id, currency, paid_amount, kept_amount, refund_amount, tickets, methods, status, why)
        select org, new_run, p.order_id, p.currency, p.paid_amount, p.kept_amount, p.refund_amount, p.tickets, p.methods,
            case when p.why is null then 'planned' else 'left' end, p.why
        from app.plan_refunds(org, of_event, keep) p;
        get diagnostics planned = row_count;
        update public.refund_runs r set orders = planned, fingerprint = (
            select md5(coalesce(string_agg(i.order_id || ':' || i.refund_amount || ':' || i.kept_amount, ',' order by i.order_id), ''))
            from public.refund_run_orders i where i.org_id = org and i.run_id = new_run)
        where r.id = new_run;
        return planned;
    end $$;
grant execute on function app.start_refund_run(uuid, uuid, uuid, bigint, text) to authenticated, service_role;

-- The next order of a run, whole or not at all: what was promised is given back, or the order is left and says why. Answers what
-- became of it; null when there is none left to take.
create function app.refund_next(this_run uuid) returns text
    language plpgsql security definer set search_path = ''
    as $$
    declare
        run public.refund_runs;
        item public.refund_run_orders;
        bill public.orders;
        hindrance text;
    begin
        perform app.require_role(null, 'owner');  -- the service alone
        select * into run from public.refund_runs r where r.id = this_run;
        loop
            select * into item from public.refund_run_orders i
            where i.run_id = this_run and i.status = 'planned' order by i.order_id limit 1 for update;
            exit when found;
            -- Somebody else may have taken the very one that was waited for; only without any other it is the end.
            if not exists (select from public.refund_run_orders i where i.run_id = this_run and i.status = 'planned') then
                update public.refund_runs r set status = 'done', finished_at = now() where r.id = this_run and r.status = 'running';
                if found then
                    insert into public.outbox (org_id, kind, subject_id, event_id) values (run.org_id, 'refund_run_done', run.id, run.event_id);
                end if;
                return null;
            end if;
        end loop;
        select * into bill from public.orders o where o.id = item.order_id for update;
        if bill.status not in ('pending', 'paid') then
            hindrance := 'order_' || bill.status;
        elsif bill.paid_amount - bill.refunded_amount <> item.paid_amount then
            hindrance := 'order_changed';
        else
            begin
                perform app.refund_order(run.org_id, bill.id, md5('refund' || item.id)::uuid, 0, run.reason, true, item.kept_amount);
            exception
                when check_violation then
                    hindrance := 'no_payment';
            end;
        end if;
        update public.refund_run_orders set status = case when hindrance is null then 'done' else 'left' end, why = hindrance
        where id = item.id;
        if hindrance is null then
            insert into public.audit (org_id, actor_id, actor_kind, operation, effect, subject_id, summary)
            values (run.org_id, run.started_by, 'job', 'refund_order', 'money', bill.id, 'Refund order ' || bill.number || ' with its event');
            insert into public.outbox (org_id, kind, subject_id, event_id) values (run.org_id, 'refund_order', bill.id, bill.event_id);
        end if;
        return coalesce(hindrance, 'done');
    end $$;
grant execute on function app.refund_next(uuid) to service_role;

-- What a buyer may decide when their event is off or moved, on the terms promised to them.
create table public.refund_choices (
    id uuid primary key default gen_random_uuid(),
    org_id uuid not null,
    event_id uuid not null,
    order_id uuid not null,
    options text[] not null check (options <@ array['refund', 'keep', 'donate', 'credit'] and cardinality(options) between 1 and 4),
    choice text,
    -- What stays with us when they choose the refund.
    keep_amount bigint not null default 0 check (keep_amount between 0 and 1000000000000),
    deadline timestamptz not null,
    decided_at timestamptz,
    version integer not null default 1,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    unique (org_id, id),
    constraint refund_choices_once unique (org_id, order_id),
    constraint refund_choice_options check (choice = any (options)),
    constraint refund_choices_decided check ((choice is null) = (decided_at is null)),
    foreign key (org_id, event_id, order_id) references public.orders (org_id, event_id, id)
);
create index refund_choices_event_idx on public.refund_choices (org_id, event_id, created_at, id);
call app.secure('public.refund_choices', 'viewer', null);

-- Offers the choice to everybody who paid, or to one order. Who chose the refund already has it; others are asked anew.
create function app.offer_refund_choices(
    org uuid, of_event uuid, only_order uuid, seed uuid, offered text[], keep bigint, until timestamptz
) returns integer
    language plpgsql security definer set search_path = ''
    as $$
    declare
        asked integer;
    begin
        perform app.require_role(org, 'admin');
        with made as (
            insert into public.refund_choices (id, org_id, event_id, order_id, options, keep_amount, deadline)
            select md5(seed::text || o.id)::uuid, org, of_event, o.id, offered, keep, until
            from public.orders o
            where o.org_id = org and o.event_id = of_event and o.status in ('pending', 'paid') and o.paid_amount > o.refunded_amount
                and (only_order is null or o.id = only_order)
            order by o.id
            on conflict on constraint refund_choices_once do update
            set options = excluded.options, keep_amount = excluded.keep_amount, deadline = excluded.deadline, choice = null, decided_at = null
            where refund_choices.choice is distinct from 'refund'
            returning order_id
        ), told as (
            insert into public.outbox (org_id, kind, subject_id, event_id)
            select org, 'refund_choice_offered', m.order_id, of_event from made m order by m.order_id
        )
        select count(*) into asked from made;
        return asked;
    end $$;
grant execute on function app.offer_refund_choices(uuid, uuid, uuid, uuid, text[], bigint, timestamptz) to authenticated, service_role;

-- A buyer decides. The refund is final and given at once; anything else may be thought over until the deadline.
create function app.choose_refund(this_order uuid, wanted text, new_refund uuid) returns void
    language plpgsql security definer set search_path = ''
    as $$
    declare
        bill public.orders;
        offer public.refund_choices;
    begin
        perform app.require_role(null, 'owner');  -- the service alone
        select * into bill from public.orders o where o.id = this_order for update;
        select * into offer from public.refund_choices c where c.org_id = bill.org_id and c.order_id = this_order for update;
        if not found then
            raise exception 'nothing was offered' using errcode = 'P0002', constraint = 'no_refund_choice';
        end if;
        if offer.choice = wanted then
            return;
        end if;
        if offer.choice = 'refund' then
            raise exception 'it was given back' using errcode = '23514', constraint = 'refund_choice_final';
        end if;
        if offer.deadline <= clock_timestamp() then
            raise exception 'the deadline is over' using errcode = '23514', constraint = 'refund_choice_over';
        end if;
        if not wanted = any (offer.options) then
            raise exception 'not offered' using errcode = '23514', constraint = 'refund_choice_options';
        end if;
        if bill.status not in ('pending', 'paid') then
            raise exception 'the order is %', bill.status using errcode = '23514', constraint = 'order_open';
        end if;
        if wanted = 'refund' then
            perform app.refund_order(bill.org_id, this_order, new_refund, 0, 'The buyer chose the refund', true, offer.keep_amount);
        end if;
        update public.refund_choices set choice = wanted, decided_at = now() where id = offer.id;
        insert into public.audit (org_id, actor_kind, operation, effect, subject_id, summary)
        values (bill.org_id, 'buyer', 'choose_refund', 'money', this_order, 'Order ' || bill.number || ': ' || wanted);
        insert into public.outbox (org_id, kind, subject_id, event_id) values (bill.org_id, 'choose_refund', this_order, bill.event_id);
    end $$;
grant execute on function app.choose_refund(uuid, text, uuid) to service_role;

-- The waiting list of an event: whether one may join, and whether freed places are offered to it by themselves.
create table public.waiting_lists (
    id uuid primary key default gen_random_uuid(),
    org_id uuid not null,
    event_id uuid not null,
    is_open boolean not null default true,
    auto_offer boolean not null default false,
    -- How long an offer made by itself keeps its places.
    offer_seconds integer not null default 86400 check (offer_seconds between 60 and 2592000),
    version integer not null default 1,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    unique (org_id, id),
    constraint waiting_lists_once unique (org_id, event_id),
    foreign key (org_id, event_id) references public.events (org_id, id) on delete cascade
);
call app.secure('public.waiting_lists', 'viewer', 'staff');

create table public.waiting_list_entries (
    id uuid primary key default gen_random_uuid(),
    org_id uuid not null,
    event_id uuid not null,
    ticket_type_id uuid not null,
    quantity integer not null check (quantity between 1 and 100),
    name text not null default '' check (length(name) <= 200),
    email text not null check (length(email) between 3 and 320),
    locale text not null default 'en' check (locale ~ '^[a-z]{2,3}([_-][A-Za-z0-9]{2,8})*$'),
    status text not null default 'waiting' check (status in ('waiting', 'offered', 'purchased', 'expired', 'cancelled')),
    -- The places offered: an ordinary hold with a longer end.
    hold_id uuid,
    version integer not null default 1,
    created_at timestamptz not null default clock_timestamp(),
    updated_at timestamptz not null default now(),
    unique (org_id, id),
    constraint waiting_list_entries_offer check ((status in ('offered', 'purchased', 'expired') and hold_id is not null)
        or status = 'cancelled' or (status = 'waiting' and hold_id is null)),
    foreign key (org_id, event_id, ticket_type_id) references public.ticket_types (org_id, event_id, id) on delete cascade,
    foreign key (org_id, event_id, hold_id) references public.holds (org_id, event_id, id)
);
create unique index waiting_list_entries_once on public.waiting_list_entries (org_id, ticket_type_id, lower(email))
    where status in ('waiting', 'offered');
create index waiting_list_entries_line_idx on public.waiting_list_entries (org_id, event_id, created_at, id) where status = 'waiting';
create index waiting_list_entries_event_idx on public.waiting_list_entries (org_id, event_id, created_at, id);
create index waiting_list_entries_offered_idx on public.waiting_list_entries (hold_id) where status = 'offered';
call app.secure('public.waiting_list_entries', 'viewer', 'staff');
-- What became of an entry moves in functions only.
revoke insert, update, delete on public.waiting_list_entries from authenticated;
grant insert (id, org_id, event_id, ticket_type_id, quantity, name, email, locale) on public.waiting_list_entries to authenticated;

-- Offers places to those in line, first come first served: who wants more than there is keeps their position and is passed over.
-- The quotas in `locked` are locked by the caller; a type that counts in another one is left for the next time. At most `most`
-- places, to at most as many as there are ids for holds (null: any hundred). Answers the entries that were offered their places.
create function app.offer_in_line(
    org uuid, of_event uuid, of_type uuid, most integer, seconds integer, hold_ids uuid[], locked uuid[]
) returns uuid[]
    language plpgsql set search_path = ''
    as $$
    declare
        entry public.waiting_list_entries;
        rest integer := most;
        room integer;
        offered uuid[] := '{}';
        new_hold uuid;
    begin
        for entry in
            select w.* from public.waiting_list_entries w
            join public.ticket_types t on t.org_id = w.org_id and t.id = w.ticket_type_id
            where w.org_id = org and w.event_id = of_event and w.status = 'waiting' and (of_type is null or w.ticket_type_id = of_type)
                and t.kind <> 'bundle'
                and exists (select from public.quota_ticket_types l where l.org_id = org and l.ticket_type_id = t.id)
                and not exists (select from public.quota_ticket_types l
                    where l.org_id = org and l.ticket_type_id = t.id and not l.quota_id = any (locked))
            order by w.created_at, w.id for update of w skip locked
        loop
            exit when rest <= 0 or cardinality(offered) >= coalesce(cardinality(hold_ids), 100);
            select min(q.size - q.held - q.sold) into room
            from public.quotas q join public.quota_ticket_types l on l.org_id = q.org_id and l.quota_id = q.id
            where l.org_id = org and l.ticket_type_id = entry.ticket_type_id;
            continue when entry.quantity > room or entry.quantity > rest;
            new_hold := coalesce(hold_ids[cardinality(offered) + 1], gen_random_uuid());
            insert into public.holds (id, org_id, event_id, purpose, expires_at)
            values (new_hold, org, of_event, 'waiting_list', clock_timestamp() + make_interval(secs => seconds));
            insert into public.hold_items (id, org_id, event_id, hold_id, ticket_type_id, quantity)
            values (md5(new_hold::text)::uuid, org, of_event, new_hold, entry.ticket_type_id, entry.quantity);
            update public.quotas q set held = q.held + entry.quantity
            from public.quota_ticket_types l
            where l.org_id = org and l.ticket_type_id = entry.ticket_type_id and q.org_id = org and q.id = l.quota_id;
            update public.waiting_list_entries set status = 'offered', hold_id = new_hold where id = entry.id;
            offered := offered || entry.id;
            rest := rest - entry.quantity;
        end loop;
        insert into public.outbox (org_id, kind, subject_id, event_id)
        select org, 'waiting_list_offered', e, of_event from unnest(offered) e;
        return offered;
    end $$;

create function app.offer_places(org uuid, of_event uuid, of_type uuid, most integer, seconds integer, hold_ids uuid[]) returns uuid[]
    language plpgsql security definer set search_path = ''
    as $$
    declare
        locked uuid[];
    begin
        perform app.require_role(org, 'staff');
        select coalesce(array_agg(q.id), '{}') into locked from (
            select q.id from public.quotas q where q.org_id = org and q.event_id = of_event order by q.id for update) q;
        if not exists (select from public.events e where e.org_id = org and e.id = of_event and e.status in ('draft', 'published')) then
            raise exception 'nothing is sold any more' using errcode = '23514', constraint = 'event_on_sale';
        end if;
        return app.offer_in_line(org, of_event, of_type, most, seconds, hold_ids, locked);
    end $$;
grant execute on function app.offer_places(uuid, uuid, uuid, integer, integer, uuid[]) to authenticated, service_role;

-- Places that come free go to the waiting list before anybody at the shop sees them: at the commit that frees them, while it still
-- has their quotas locked. It waits for no other lock; what it can not have is offered by the next app.settle_waiting_lists.
create function app.offer_freed() returns trigger
    language plpgsql security definer set search_path = ''
    as $$
    declare
        list public.waiting_lists;
        locked uuid[];
    begin
        select w.* into list from public.waiting_lists w join public.events e on e.org_id = w.org_id and e.id = w.event_id
        where w.org_id = new.org_id and w.event_id = new.event_id and w.auto_offer and e.status = 'published';
        if found then
            select coalesce(array_agg(q.id), '{}') into locked from (
                select q.id from public.quotas q where q.org_id = new.org_id and q.event_id = new.event_id
                order by q.id for update skip locked) q;
            perform app.offer_in_line(new.org_id, new.event_id, null, 1000000, list.offer_seconds, null, locked);
        end if;
        return null;
    end $$;
create constraint trigger offer_freed after update of held, sold, size on public.quotas
    deferrable initially deferred for each row
    when (new.size - new.held - new.sold > old.size - old.held - old.sold) execute function app.offer_freed();

-- Puts down what became of offers, and offers what is free where that is done by itself. Answers how many entries moved.
create function app.settle_waiting_lists(at_most integer default 200) returns integer
    language plpgsql security definer set search_path = ''
    as $$
    declare
        moved integer;
        list public.waiting_lists;
        locked uuid[];
    begin
        perform app.require_role(null, 'owner');  -- the service alone
        with ended as (
            select w.id, h.status from public.waiting_list_entries w join public.holds h on h.org_id = w.org_id and h.id = w.hold_id
            where w.status = 'offered' and h.status <> 'active' order by w.id limit at_most for update of w skip locked
        ), put as (
            update public.waiting_list_entries w
            set status = case e.status when 'converted' then 'purchased' when 'expired' then 'expired' else 'cancelled' end
            from ended e where w.id = e.id returning w.org_id, w.id, w.event_id, w.status
        ), told as (
            insert into public.outbox (org_id, kind, subject_id, event_id)
            select p.org_id, 'waiting_list_' || p.status, p.id, p.event_id from put p order by p.id
        )
        select count(*) into moved from put;
        for list in
            select w.* from public.waiting_lists w join public.events e on e.org_id = w.org_id and e.id = w.event_id
            where w.auto_offer and e.status = 'published' and exists (
                select from public.waiting_list_entries x where x.org_id = w.org_id and x.event_id = w.event_id and x.status = 'waiting')
            order by w.id limit at_most
        loop
            select coalesce(array_agg(q.id), '{}') into locked from (
                select q.id from public.quotas q where q.org_id = list.org_id and q.event_id = list.event_id
                order by q.id for update skip locked) q;
            moved := moved + cardinality(
                app.offer_in_line(list.org_id, list.event_id, null, 1000000, list.offer_seconds, null, locked));
        end loop;
        return moved;
    end $$;
grant execute on function app.settle_waiting_lists(integer) to service_role;

-- Out of the line. Places that were offered are free again; who bought them already stays. Answers the entry's state.
create function app.leave_waiting_list(this_entry uuid) returns text
    language plpgsql security definer set search_path = ''
    as $$
    declare
        entry public.waiting_list_entries;
        kept public.holds;
        ends text := 'cancelled';
    begin
        select * into entry from public.waiting_list_entries w where w.id = this_entry for update;
        if not found then
            raise exception 'no such entry' using errcode = 'P0002', constraint = 'no_waiting_list_entry';
        end if;
        if coalesce(auth.role(), '') <> 'service_role' then
            perform app.require_role(entry.org_id, 'staff');
        end if;
        if entry.status not in ('waiting', 'offered') then
            return entry.status;
        end if;
        if entry.status = 'offered' then
            select * into kept from public.holds h where h.id = entry.hold_id for update;
            if kept.status = 'active' then
                perform app.let_go(array[kept.id], 'released', '{}', 'cancelled');
            elsif kept.status = 'converted' then
                ends := 'purchased';
            end if;
        end if;
        update public.waiting_list_entries set status = ends where id = this_entry;
        return ends;
    end $$;
grant execute on function app.leave_waiting_list(uuid) to authenticated, service_role;

-- The event does not take place: nobody waits for it any more, and each is told.
create function app.close_waiting_list(org uuid, of_event uuid) returns integer
    language plpgsql security definer set search_path = ''
    as $$
    declare
        waited integer;
    begin
        perform app.require_role(org, 'staff');
        with put as (
            update public.waiting_list_entries w set status = 'cancelled'
            where w.org_id = org and w.event_id = of_event and w.status in ('waiting', 'offered') returning w.id
        ), told as (
            insert into public.outbox (org_id, kind, subject_id, event_id)
            select org, 'waiting_list_closed', p.id, of_event from put p order by p.id
        )
        select count(*) into waited from put;
        return waited;
    end $$;
grant execute on function app.close_waiting_list(uuid, uuid) to authenticated, service_role;
