-- The door: who may come in by which list, and what happened there. A ticket's history on a list is its live scans in the order of
-- `scanned_at`; every outcome is the fold of that order, so it does not matter when a device that was offline tells of its scans.

create table public.check_in_lists (
    id uuid primary key default gen_random_uuid(),
    org_id uuid not null,
    event_id uuid not null,
    name text not null check (length(btrim(name)) between 1 and 200),
    -- False: only the types in check_in_list_ticket_types.
    every_type boolean not null default true,
    -- Whether who went out may come in again.
    reentry boolean not null default true,
    opens_at timestamptz,
    closes_at timestamptz,
    version integer not null default 1,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    unique (org_id, id),
    unique (org_id, event_id, id),
    constraint check_in_lists_window check (closes_at > opens_at),
    foreign key (org_id, event_id) references public.events (org_id, id) on delete cascade
);
create unique index check_in_lists_name_key on public.check_in_lists (org_id, event_id, lower(name));
call app.secure('public.check_in_lists', 'viewer', 'staff');

create table public.check_in_list_ticket_types (
    id uuid primary key default gen_random_uuid(),
    org_id uuid not null,
    event_id uuid not null,
    list_id uuid not null,
    ticket_type_id uuid not null,
    created_at timestamptz not null default now(),
    unique (org_id, list_id, ticket_type_id),
    foreign key (org_id, event_id, list_id) references public.check_in_lists (org_id, event_id, id) on delete cascade,
    foreign key (org_id, event_id, ticket_type_id) references public.ticket_types (org_id, event_id, id) on delete cascade
);
create index check_in_list_ticket_types_type_idx on public.check_in_list_ticket_types (org_id, ticket_type_id);
call app.secure('public.check_in_list_ticket_types', 'viewer', 'staff', false);

create table public.check_ins (
    id uuid primary key default gen_random_uuid(),
    org_id uuid not null,
    event_id uuid not null,
    list_id uuid not null,
    -- Null: nobody here has a ticket with that code. The code itself is not kept; it may be another organisation's secret.
    ticket_id uuid,
    kind text not null check (kind in ('entry', 'exit')),
    -- The client's name for this scan: sent again, it is the same scan.
    nonce text not null check (length(nonce) between 8 and 100),
    -- Database time, after all scans of the ticket so far; the device's own time where the device was offline.
    scanned_at timestamptz not null,
    received_at timestamptz not null default clock_timestamp(),
    offline boolean not null default false,
    forced boolean not null default false,
    -- The list's rule when the scan came in: a rule changed later changes no past outcome.
    reentry boolean not null,
    -- What stood against the ticket when the scan came in, apart from its own history.
    barred text,
    -- What the person heard at the door; null: nobody decided there. Who was sent away stays away, whatever is learned later.
    told text check (told in ('accepted', 'refused')),
    outcome text not null check (outcome in ('accepted', 'refused')),
    -- Of an accepted scan: what was overridden.
    reason text,
    -- Kept by app.judge_check_ins, so that counting reads an index: the entry by which the ticket came, and its last accepted scan.
    arrived boolean not null default false,
    latest boolean not null default false,
    device text not null default '' check (length(device) <= 100),
    by_user uuid,
    undone_at timestamptz,
    undone_by uuid,
    version integer not null default 1,
    updated_at timestamptz not null default now(),
    unique (org_id, id),
    constraint check_ins_nonce_key unique (org_id, nonce),
    constraint check_ins_reason check (case outcome when 'refused' then reason is not null else forced or reason is null end),
    constraint check_ins_of_list foreign key (org_id, event_id, list_id) references public.check_in_lists (org_id, event_id, id),
    foreign key (org_id, ticket_id) references public.tickets (org_id, id)
);
create index check_ins_history_idx on public.check_ins (org_id, list_id, ticket_id, scanned_at, nonce)
    where undone_at is null and told is distinct from 'refused';
-- The database's own word that a ticket comes in once, should a lock ever be forgotten.
create unique index check_ins_arrived_once on public.check_ins (org_id, list_id, ticket_id) where arrived;
create unique index check_ins_latest_once on public.check_ins (org_id, list_id, ticket_id) include (kind) where latest;
create index check_ins_ticket_idx on public.check_ins (org_id, ticket_id);
create index check_ins_changed_idx on public.check_ins (org_id, list_id, updated_at);
call app.secure('public.check_ins', 'viewer', null);

-- Names and addresses as they are looked for: small letters without accents.
create function app.bare(words text) returns text
    language sql immutable parallel safe set search_path = ''
    as $$ select regexp_replace(normalize(lower(words), NFKD), '[\u0300-\u036f]', '', 'g') $$;
grant execute on function app.bare(text) to authenticated, service_role;

-- What stands against a ticket on a list, apart from its own history; null: nothing. The one place that says who may come in.
create function app.barred(
    door public.check_in_lists, event_state text, kind text, of_event uuid, on_list boolean, ticket_state text, order_state text,
    waits boolean, at timestamptz
) returns text
    language sql immutable set search_path = ''
    as $$
        select case
            when ticket_state is null then 'unknown_code'
            when of_event <> door.event_id then 'wrong_event'
            -- Whoever is inside may leave, whatever became of the ticket.
            when kind = 'exit' then null
            when ticket_state = 'transferred' then 'transferred'
            when ticket_state = 'cancelled' then 'cancelled'
            when event_state = 'cancelled' then 'event_cancelled'
            when not on_list then 'wrong_list'
            when waits then 'order_needs_approval'
            when order_state <> 'paid' then 'unpaid'
            when at < door.opens_at then 'not_open_yet'
            when at >= door.closes_at then 'closed'
        end
    $$;
grant execute on function app.barred(public.check_in_lists, text, text, uuid, boolean, text, text, boolean, timestamptz) to authenticated, service_role;

-- Decides a ticket's history on a list anew and brings the ticket's state in line. The ticket's row is locked. What comes out for
-- `present`, a scan made just now, is what its person hears. Answers the scans whose outcome is another than it was.
create function app.judge_check_ins(org uuid, of_list uuid, of_ticket uuid, present uuid default null) returns uuid[]
    language plpgsql set search_path = ''
    as $$
    declare
        scan public.check_ins;
        history public.check_ins[] := '{}';
        against text;
        verdict text;
        inside boolean := false;
        came_by uuid;
        last_one uuid;
        changed uuid[] := '{}';
    begin
        for scan in
            select c.* from public.check_ins c
            where c.org_id = org and c.list_id = of_list and c.ticket_id = of_ticket
                and c.undone_at is null and c.told is distinct from 'refused'
            order by c.scanned_at, c.nonce
        loop
            against := coalesce(scan.barred, case
                when scan.kind = 'exit' and not inside then 'not_in'
                when scan.kind = 'entry' and inside then 'already_in'
                when scan.kind = 'entry' and came_by is not null and not scan.reentry then 'no_reentry' end);
            verdict := case when against is null or scan.forced then 'accepted' else 'refused' end;
            if verdict = 'accepted' then
                inside := scan.kind = 'entry';
                last_one := scan.id;
                came_by := coalesce(came_by, case when inside then scan.id end);
            end if;
            if (scan.outcome, scan.reason) is distinct from (verdict, against) then
                changed := changed || scan.id;
            end if;
            scan.outcome := verdict;
            scan.reason := against;
            history := history || scan;
        end loop;
        -- Marks are taken before they are given: there is one of each.
        if cardinality(history) > 1 then
            update public.check_ins c
            set arrived = c.arrived and c.id is not distinct from came_by, latest = c.latest and c.id is not distinct from last_one
            where c.org_id = org and c.list_id = of_list and c.ticket_id = of_ticket
                and (c.arrived and c.id is distinct from came_by or c.latest and c.id is distinct from last_one);
        end if;
        foreach scan in array history
        loop
            update public.check_ins c
            set outcome = scan.outcome, reason = scan.reason, told = case when c.id = present then scan.outcome else c.told end,
                arrived = c.id is not distinct from came_by, latest = c.id is not distinct from last_one
            where c.id = scan.id and (c.id = present or (c.outcome, c.reason, c.arrived, c.latest) is distinct from
                (scan.outcome, scan.reason, c.id is not distinct from came_by, c.id is not distinct from last_one));
        end loop;
        inside := exists (select from public.check_ins c where c.org_id = org and c.ticket_id = of_ticket and c.arrived);
        update public.tickets k set status = case when inside then 'checked_in' else 'valid' end
        where k.org_id = org and k.id = of_ticket and k.status = case when inside then 'valid' else 'checked_in' end;
        return changed;
    end $$;

-- Takes scans of one list and decides each under the lock of its ticket. scans: [{id, nonce, code | ticket, forged, kind, at, let_in,
-- force, device}], of which `at` and `let_in` (what the device said at the door) count where the device was offline. Answers
-- {scans: [{n, id, repeated} | {n, problem: nonce_reused}], changed: [ids of earlier scans that come out differently now]}.
create function app.scan(org uuid, this_list uuid, scans jsonb, from_offline boolean) returns jsonb
    language plpgsql security definer set search_path = ''
    as $$
    declare
        door public.check_in_lists;
        event_state text;
        scan record;
        known record;
        wanted uuid[];
        codes text[];
        parties uuid[];
        against text;
        moment timestamptz;
        written uuid;
        answers jsonb[] := '{}';
        mine uuid[] := '{}';
        changed uuid[] := '{}';
    begin
        perform app.require_role(org, 'staff');
        if exists (select from jsonb_array_elements(scans) s where (s ->> 'force')::boolean) then
            perform app.require_role(org, 'admin');
        end if;
        select l.* into door from public.check_in_lists l where l.org_id = org and l.id = this_list for key share;
        if not found then
            raise exception 'no such check-in list' using errcode = 'P0002';
        end if;
        select e.status into event_state from public.events e where e.org_id = org and e.id = door.event_id;

        -- Orders before tickets, each in id order, like everybody: whoever cancels an order has its row locked first.
        select array_agg((s ->> 'ticket')::uuid), array_agg(s ->> 'code') into wanted, codes from jsonb_array_elements(scans) s;
        select array_agg(k.id), array_agg(distinct k.order_id) into wanted, parties
        from public.tickets k where k.org_id = org and (k.id = any (wanted) or k.code = any (codes));
        perform from public.orders o where o.id = any (parties) order by o.id for share;
        perform from public.tickets k where k.id = any (wanted) order by k.id for update;

        for scan in
            select s.*, k.id as ticket_id, k.event_id, k.status, o.status as order_status, o.needs_approval,
                door.every_type or exists (
                    select from public.check_in_list_ticket_types t
                    where t.org_id = org and t.list_id = door.id and t.ticket_type_id = k.ticket_type_id) as on_list
            from rows from (jsonb_to_recordset(scans) as (
                id uuid, nonce text, code text, ticket uuid, forged boolean, kind text, at timestamptz, let_in boolean, force boolean,
                device text
            )) with ordinality as s (id, nonce, code, ticket, forged, kind, at, let_in, force, device, n)
            left join public.tickets k on k.id = any (wanted) and (k.id = s.ticket or k.code = s.code)
            left join public.orders o on o.id = any (parties) and o.id = k.order_id
            order by s.at, s.nonce, s.n
        loop
            select c.id, c.list_id, c.ticket_id, c.kind into known from public.check_ins c where c.org_id = org and c.nonce = scan.nonce;
            if not found then
                moment := clock_timestamp();
                if from_offline then
                    moment := least(scan.at, moment);
                else
                    select greatest(moment, max(c.scanned_at) + interval '1 microsecond') into moment
                    from public.check_ins c
                    where c.org_id = org and c.list_id = door.id and c.ticket_id = scan.ticket_id
                        and c.undone_at is null and c.told is distinct from 'refused';
                end if;
                against := case when scan.forged then 'forged_ticket' else app.barred(
                    door, event_state, scan.kind, scan.event_id, scan.on_list, scan.status, scan.order_status, scan.needs_approval,
                    moment) end;
                insert into public.check_ins (id, org_id, event_id, list_id, ticket_id, kind, nonce, scanned_at, offline, forced,
                    reentry, barred, told, outcome, reason, device, by_user)
                values (scan.id, org, door.event_id, door.id, scan.ticket_id, scan.kind, scan.nonce, moment, from_offline,
                    coalesce(scan.force and scan.event_id = door.event_id, false),
                    door.reentry, against,
                    case when from_offline then case when scan.let_in then 'accepted' when not scan.let_in then 'refused' end
                        when scan.ticket_id is null then 'refused' end,
                    'refused', coalesce(against, 'sent_away'), scan.device, auth.uid())
                on conflict (org_id, nonce) do nothing
                returning id into written;
                if found then
                    mine := mine || written;
                    if scan.ticket_id is not null then
                        changed := changed || app.judge_check_ins(
                            org, door.id, scan.ticket_id, case when not from_offline then written end);
                    end if;
                    answers := answers || jsonb_build_object('n', scan.n, 'id', written, 'repeated', false);
                    continue;
                end if;
                select c.id, c.list_id, c.ticket_id, c.kind into known from public.check_ins c where c.org_id = org and c.nonce = scan.nonce;
            end if;
            answers := answers || case
                when (known.list_id, known.ticket_id, known.kind) is distinct from (door.id, scan.ticket_id, scan.kind)
                    then jsonb_build_object('n', scan.n, 'problem', 'nonce_reused')
                else jsonb_build_object('n', scan.n, 'id', known.id, 'repeated', true) end;
        end loop;
        return jsonb_build_object('scans', to_jsonb(answers), 'changed', (
            select coalesce(jsonb_agg(distinct c.id), '[]') from unnest(changed) c (id) where c.id <> all (mine)));
    end $$;
grant execute on function app.scan(uuid, uuid, jsonb, boolean) to authenticated, service_role;

-- Takes an accepted scan back, as if it had not been. Answers which other scans of the ticket come out differently now.
create function app.undo_check_in(org uuid, this_check_in uuid) returns uuid[]
    language plpgsql security definer set search_path = ''
    as $$
    declare
        scan public.check_ins;
    begin
        perform app.require_role(org, 'staff');
        select * into scan from public.check_ins where org_id = org and id = this_check_in;
        if not found then
            raise exception 'no such check-in' using errcode = 'P0002';
        end if;
        perform from public.tickets k where k.org_id = org and k.id = scan.ticket_id for update;
        update public.check_ins set undone_at = clock_timestamp(), undone_by = auth.uid(), arrived = false, latest = false
        where org_id = org and id = this_check_in and outcome = 'accepted' and undone_at is null;
        if not found then
            raise exception 'nothing to undo' using errcode = '23514', constraint = 'check_in_undoable';
        end if;
        return app.judge_check_ins(org, scan.list_id, scan.ticket_id);
    end $$;
grant execute on function app.undo_check_in(uuid, uuid) to authenticated, service_role;

-- How many each list expects, how many came at all, and how many are inside now, by ticket type.
create function app.check_in_counts(org uuid, lists uuid[])
    returns table (list_id uuid, ticket_type_id uuid, name text, expected bigint, entered bigint, inside bigint)
    language sql stable set search_path = ''
    as $$
        with counted as (
            select c.list_id, k.ticket_type_id, count(*) filter (where c.arrived) as entered,
                count(*) filter (where c.latest and c.kind = 'entry') as inside
            from public.check_ins c join public.tickets k on k.org_id = c.org_id and k.id = c.ticket_id
            where c.org_id = org and c.list_id = any (lists) and (c.arrived or c.latest)
            group by c.list_id, k.ticket_type_id
        ), due as (
            select k.ticket_type_id, count(*) as expected
            from public.tickets k join public.orders o on o.org_id = k.org_id and o.id = k.order_id
            where k.org_id = org and k.status in ('valid', 'checked_in') and o.status = 'paid'
                and k.event_id in (select l.event_id from public.check_in_lists l where l.org_id = org and l.id = any (lists))
            group by k.ticket_type_id
        )
        select l.id, t.id, t.name, case when s.on_list then coalesce(d.expected, 0) else 0 end, coalesce(c.entered, 0), coalesce(c.inside, 0)
        from public.check_in_lists l
        join public.ticket_types t on t.org_id = l.org_id and t.event_id = l.event_id
        cross join lateral (select l.every_type or exists (
            select from public.check_in_list_ticket_types x
            where x.org_id = org and x.list_id = l.id and x.ticket_type_id = t.id) as on_list) s
        left join due d on d.ticket_type_id = t.id
        left join counted c on c.list_id = l.id and c.ticket_type_id = t.id
        where l.org_id = org and l.id = any (lists) and (s.on_list or c.entered > 0)
    $$;
grant execute on function app.check_in_counts(uuid, uuid[]) to authenticated, service_role;
