-- The shop: what strangers see and do without signing in. They read through the functions below, as `anon`, which holds no other
-- right; they hold and buy through app.serve, which the service calls for them.

grant usage on schema app to anon;

-- Which network address keeps which hold, as a keyed fingerprint that only the service can make; forgotten when it keeps nothing.
-- Written before the hold itself, so that nobody gets past the count by asking many times at once.
create table public.shop_holds (
    -- The hold's id.
    id uuid primary key,
    org_id uuid not null,
    event_id uuid not null,
    peer text not null check (length(peer) between 16 and 64),
    places integer not null check (places between 1 and 100000),
    created_at timestamptz not null default now(),
    foreign key (org_id, event_id) references public.events (org_id, id) on delete cascade
);
create index shop_holds_peer_idx on public.shop_holds (org_id, event_id, peer, created_at);
create index shop_holds_created_idx on public.shop_holds (created_at);
alter table public.shop_holds enable row level security;
alter table public.shop_holds force row level security;
revoke all on public.shop_holds from anon, authenticated, service_role;
grant select, insert, update, delete on public.shop_holds to service_role;
create policy nobody on public.shop_holds for select to authenticated using (false);

-- Whether places are still kept by this: a hold that is alive or not written yet, or an order of it that nobody has paid.
create function app.shop_keeps(visit public.shop_holds) returns boolean
    language sql stable set search_path = ''
    as $$
        select coalesce(
            (select case h.status
                when 'active' then h.expires_at > clock_timestamp()
                when 'converted' then exists (select from public.orders o
                    where o.org_id = h.org_id and o.hold_id = h.id and o.status = 'pending'
                        and (o.expires_at is null or o.expires_at > clock_timestamp()))
                else false end
            from public.holds h where h.id = visit.id),
            visit.created_at > clock_timestamp() - interval '1 minute')
    $$;

-- Lets visitors to the counter, many in one transaction: visits are [{event, peer, hold, places, most, reach}]. Counts what each
-- address keeps at its event, and how many holds it asked for in ten minutes; this hold's own earlier attempt is in neither. Who would
-- keep more than `most` places, or asked more often than `reach`, is not noted. Answers one per visit, in order:
-- {org_id, ended, held, lately, noted}, or null where there is no such event.
create function app.shop_admit(visits jsonb) returns jsonb
    language plpgsql set search_path = ''
    as $$
    declare
        visit jsonb;
        place bigint;
        counted jsonb;
        answers jsonb[] := '{}';
    begin
        -- In one order for everybody, so that nobody deadlocks. Statements after this see what those who had the locks left.
        for place in
            select distinct hashtextextended((v ->> 'event') || '/' || (v ->> 'peer'), 7235005) from jsonb_array_elements(visits) v order by 1
        loop
            perform pg_advisory_xact_lock(place);
        end loop;
        for visit in select value from jsonb_array_elements(visits)
        loop
            select to_jsonb(c) into counted from (
                select e.org_id, e.end_date <= clock_timestamp() as ended, coalesce(sum(v.places) filter (where app.shop_keeps(v)), 0) as held,
                    count(v.id) filter (where v.created_at > clock_timestamp() - interval '10 minutes') as lately
                from public.events e
                left join public.shop_holds v on v.org_id = e.org_id and v.event_id = e.id and v.peer = visit ->> 'peer'
                    and v.id <> (visit ->> 'hold')::uuid
                where e.id = (visit ->> 'event')::uuid and e.status = 'published' group by e.id) c;
            if counted is not null then
                counted := counted || jsonb_build_object('noted', not (counted ->> 'ended')::boolean
                    and (counted ->> 'held')::bigint + (visit ->> 'places')::integer <= (visit ->> 'most')::integer
                    and (counted ->> 'lately')::bigint <= (visit ->> 'reach')::integer);
                if (counted ->> 'noted')::boolean then
                    insert into public.shop_holds (id, org_id, event_id, peer, places)
                    values ((visit ->> 'hold')::uuid, (counted ->> 'org_id')::uuid, (visit ->> 'event')::uuid, visit ->> 'peer',
                        (visit ->> 'places')::integer)
                    on conflict (id) do nothing;
                end if;
            end if;
            answers := answers || coalesce(counted, 'null');
        end loop;
        return to_jsonb(answers);
    end $$;
grant execute on function app.shop_admit(jsonb) to service_role;
grant execute on function app.shop_keeps(public.shop_holds) to service_role;

-- Addresses that keep nothing any more. Answers how many.
create function app.forget_visitors(at_most integer default 1000) returns integer
    language sql set search_path = ''
    as $$
        with gone as (
            delete from public.shop_holds v where v.id in (
                select old.id from public.shop_holds old
                where old.created_at < clock_timestamp() - interval '1 hour' and not app.shop_keeps(old)
                order by old.created_at limit at_most)
            returning 1)
        select count(*)::integer from gone
    $$;
grant execute on function app.forget_visitors(integer) to service_role;

-- One ticket type as a buyer may know it: never how many were sold, and no more than "ten" of what is left. Where nothing is left,
-- `level` tells whether that may change: held by buyers who are deciding, ordered and not paid yet, or sold out.
create function app.shop_offer(t public.ticket_types) returns jsonb
    language sql stable set search_path = ''
    as $$
        select jsonb_build_object(
            'id', t.id, 'name', t.name, 'description', t.description, 'kind', t.kind, 'version', t.version, 'hidden', t.hidden,
            'price_amount', t.price_amount, 'currency', t.currency, 'fee_amount', t.fee_amount, 'fee_basis_points', t.fee_basis_points,
            'tax_basis_points', t.tax_basis_points, 'tax_included', t.tax_included, 'needs_approval', t.needs_approval,
            'sales_start', t.sales_start, 'sales_end', t.sales_end, 'min_per_order', t.min_per_order, 'max_per_order', t.max_per_order,
            'max_per_buyer', t.max_per_buyer,
            'parts', (select coalesce(jsonb_agg(jsonb_build_array(b.ticket_type_id, b.quantity) order by b.created_at, b.id), '[]')
                from public.bundle_items b where b.org_id = t.org_id and b.bundle_id = t.id),
            'left', least(coalesce(room.free, 0), 10),
            'level', case
                when room.free > 0 then 'available'
                when room.held then 'reserved'
                when room.ordered then 'ordered'
                else 'sold_out' end)
        from (
            select greatest(min(n.free / n.needed), 0) as free,
                -- Of the quotas with too little left, each may get some back.
                bool_and(n.free >= n.needed or live.holds) as held,
                bool_and(n.free >= n.needed or live.holds or live.orders) as ordered
            from (
                -- One of this type takes so many places of each quota, its own and those of what it is made of.
                select q.org_id, q.event_id, q.id, q.size - q.held - q.sold as free, sum(m.needed) as needed
                from (
                    select t.id as type_id, 1 as needed
                    union all select b.ticket_type_id, b.quantity from public.bundle_items b where b.org_id = t.org_id and b.bundle_id = t.id) m
                join public.quota_ticket_types l on l.org_id = t.org_id and l.ticket_type_id = m.type_id
                join public.quotas q on q.org_id = l.org_id and q.id = l.quota_id
                group by q.id) n
            left join lateral (
                select exists (
                        select from public.holds h
                        join public.hold_items i on i.org_id = h.org_id and i.hold_id = h.id
                        join public.quota_ticket_types x on x.org_id = i.org_id and x.ticket_type_id = i.ticket_type_id
                        where h.org_id = n.org_id and h.event_id = n.event_id and h.status = 'active' and h.expires_at > clock_timestamp()
                            and x.quota_id = n.id) as holds,
                    exists (
                        select from public.orders o
                        join public.order_items i on i.org_id = o.org_id and i.order_id = o.id
                        join public.quota_ticket_types x on x.org_id = i.org_id and x.ticket_type_id = i.ticket_type_id
                        where o.org_id = n.org_id and o.event_id = n.event_id and o.status = 'pending'
                            and x.quota_id = n.id) as orders
                where n.free < n.needed) live on true
        ) room
    $$;

-- A promo code as its owner may know it: what it does, whether it works now, and how far it reaches in one order.
create function app.shop_code(p public.promo_codes, own_uses integer default 0) returns jsonb
    language sql stable set search_path = ''
    as $$
        select jsonb_build_object(
            'id', p.id, 'code', p.code, 'kind', p.kind, 'label', p.label, 'percent_basis_points', p.percent_basis_points,
            'off_amount', p.off_amount, 'price_amount', p.price_amount, 'currency', p.currency,
            'uses_left', least(p.max_uses - p.uses + own_uses, 1000), 'budget_left', p.budget_amount - p.spent_amount,
            'types', (select coalesce(jsonb_agg(k.id), '[]') from (
                select x.ticket_type_id as id from public.promo_code_ticket_types x where x.org_id = p.org_id and x.promo_code_id = p.id
                union select p.blocks_ticket_type_id where p.blocks_ticket_type_id is not null) k),
            'problem', case
                when not p.active or p.valid_from > clock_timestamp() or p.valid_until <= clock_timestamp() then 'promo_code_not_valid'
                when p.uses >= p.max_uses + own_uses then 'promo_codes_within_uses'
                when p.spent_amount >= p.budget_amount then 'promo_codes_within_budget' end)
        where p.id is not null
    $$;

create function app.shop_words(e public.events) returns jsonb
    language sql stable set search_path = ''
    as $$
        select jsonb_build_object(
            'id', e.id, 'name', e.name, 'description', e.description, 'start_date', e.start_date, 'end_date', e.end_date,
            'timezone', e.timezone, 'currency', e.currency, 'organizer', o.name, 'locale', o.locale,
            'venue', case when v.id is not null then jsonb_build_object('name', v.name, 'city', v.city, 'address', v.address) end)
        from public.organizations o left join public.venues v on v.org_id = e.org_id and v.id = e.venue_id
        where o.id = e.org_id
    $$;

grant execute on function app.shop_words(public.events) to service_role;

-- A published event with what it sells; hidden types only to whoever has a code that opens them. What is not shown is there as part
-- of a bundle only. Null: there is no such event.
create function app.shop_event(of_event uuid, with_code text default null) returns jsonb
    language sql stable security definer set search_path = ''
    as $$
        select jsonb_build_object(
            'now', clock_timestamp(), 'org_id', e.org_id, 'event', app.shop_words(e), 'code', c.known,
            'types', (
                select coalesce(jsonb_agg(app.shop_offer(t) || jsonb_build_object('shown', s.shown)
                    order by t.kind = 'add_on', t.created_at, t.id), '[]')
                from public.ticket_types t
                cross join lateral (select not t.hidden or coalesce(
                    c.known -> 'types' = '[]' or (c.known -> 'types') ? t.id::text, false) as shown) s
                where t.org_id = e.org_id and t.event_id = e.id and (s.shown or exists (
                    select from public.bundle_items b where b.org_id = t.org_id and b.ticket_type_id = t.id))))
        from public.events e
        left join public.promo_codes p on p.org_id = e.org_id and p.event_id = e.id and p.code = upper(btrim(with_code))
        cross join lateral (select app.shop_code(p) as known) c
        where e.id = of_event and e.status = 'published'
    $$;
grant execute on function app.shop_event(uuid, text) to anon;

-- Published events that are not over, soonest first; of one organisation or of all.
create function app.shop_events(of_org uuid, after_start timestamptz, after_id uuid, at_most integer)
    returns table (id uuid, organization_id uuid, words jsonb)
    language sql stable security definer set search_path = ''
    as $$
        select e.id, e.org_id, app.shop_words(e)
        from public.events e
        where e.status = 'published' and e.end_date > clock_timestamp() and (of_org is null or e.org_id = of_org)
            and (after_start is null or (e.start_date, e.id) > (after_start, after_id))
        order by e.start_date, e.id limit least(at_most, 101)
    $$;
grant execute on function app.shop_events(uuid, timestamptz, uuid, integer) to anon;
create index events_on_show_idx on public.events (start_date, id) where status = 'published';

-- A hold, to whoever knows its id: what it keeps, until when, and at which prices. An organiser's own holds are not for the shop.
create function app.shop_hold(of_hold uuid) returns jsonb
    language sql stable security definer set search_path = ''
    as $$
        select jsonb_build_object(
            'now', clock_timestamp(), 'id', h.id, 'org_id', h.org_id, 'event', app.shop_words(e), 'purpose', h.purpose,
            'status', case when h.status = 'active' and h.expires_at <= clock_timestamp() then 'expired' else h.status end,
            'expires_at', h.expires_at, 'extended', h.extended, 'code', app.shop_code(p, h.promo_uses),
            'items', (select jsonb_object_agg(i.ticket_type_id, i.quantity) from public.hold_items i
                where i.org_id = h.org_id and i.hold_id = h.id),
            'types', (select jsonb_agg(app.shop_offer(t) order by t.kind = 'add_on', t.created_at, t.id) from public.ticket_types t
                where t.org_id = h.org_id and t.id in (
                    select i.ticket_type_id from public.hold_items i where i.org_id = h.org_id and i.hold_id = h.id
                    union select b.ticket_type_id from public.hold_items i
                        join public.bundle_items b on b.org_id = i.org_id and b.bundle_id = i.ticket_type_id
                        where i.org_id = h.org_id and i.hold_id = h.id)))
        from public.holds h
        join public.events e on e.org_id = h.org_id and e.id = h.event_id
        left join public.promo_codes p on p.org_id = h.org_id and p.id = h.promo_code_id
        where h.id = of_hold and h.purpose in ('checkout', 'waiting_list') and e.status = 'published'
    $$;
grant execute on function app.shop_hold(uuid) to anon;

-- An organiser's hold says for whom it is; a buyer's says nothing.
alter table public.holds add column label text not null default '' check (length(label) <= 200);
create function app.label_hold(org uuid, this_hold uuid, words text) returns void
    language plpgsql security definer set search_path = ''
    as $$
    begin
        perform app.require_role(org, 'staff');
        update public.holds set label = words where org_id = org and id = this_hold;
    end $$;
grant execute on function app.label_hold(uuid, uuid, text) to authenticated, service_role;
create index holds_listed_idx on public.holds (org_id, created_at desc, id desc);
