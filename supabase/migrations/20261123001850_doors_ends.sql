-- What the doors still lacked: invitations go out by mail, people hear that a webhook was switched off, webhooks of a suspended
-- organisation wait, and somebody at the door reads no order.

-- When its link was mailed, or will be: what an organisation sends is counted from here.
alter table public.invitations
    add column letters timestamptz[] not null default array[now()] check (cardinality(letters) between 1 and 20);

-- A mail of the office has no event: it is about an invitation, or about how the organisation is set up.
alter table public.mails
    add column invitation_id uuid,
    add foreign key (org_id, invitation_id) references public.invitations (org_id, id) on delete cascade;
create index mails_invitation_idx on public.mails (org_id, invitation_id) where invitation_id is not null;

-- Whoever may invite can make us write to strangers: fifty a day, and three to the same invitation.
create function app.count_invitations() returns trigger
    language plpgsql security definer set search_path = ''
    as $$
    begin
        -- One at a time: two that come at once do not see each other.
        perform pg_advisory_xact_lock(hashtextextended(new.org_id::text, 7235006));
        if (select count(*) from public.invitations i cross join unnest(i.letters) as l (at)
            where i.org_id = new.org_id and i.id <> new.id and l.at > now() - interval '24 hours')
            + (select count(*) from unnest(new.letters) as l (at) where l.at > now() - interval '24 hours') > 50 then
            raise exception 'invited too many' using errcode = '23514', constraint = 'invitations_a_day';
        end if;
        return null;
    end $$;
create trigger count_invitations after insert or update of letters on public.invitations
    for each row execute function app.count_invitations();

-- The same link once more, good for `days` from now; also of one that has expired.
create function app.resend_invitation(org uuid, this_invitation uuid, days integer) returns void
    language plpgsql security definer set search_path = ''
    as $$
    declare
        open public.invitations;
    begin
        perform app.require_role(org, 'admin');
        select * into open from public.invitations i where i.org_id = org and i.id = this_invitation for update;
        if not found then
            raise exception 'no such invitation' using errcode = 'P0002';
        end if;
        perform app.require_grantor(org, open.role);
        if open.accepted_at is not null or open.revoked_at is not null then
            raise exception 'no longer open' using errcode = '23514', constraint = 'invitation_open';
        end if;
        if (select count(*) from unnest(open.letters) as l (at) where l.at > now() - interval '24 hours') >= 3 then
            raise exception 'sent too often' using errcode = '23514', constraint = 'invitations_a_day';
        end if;
        update public.invitations i set expires_at = now() + make_interval(days => days),
            letters = (select array_agg(l.at order by l.at) from (
                select w.at from unnest(i.letters || now()) as w (at) order by w.at desc limit 20) l)
        where i.id = this_invitation;
    end $$;
grant execute on function app.resend_invitation(uuid, uuid, integer) to authenticated;

-- A receiver that asked to be left alone for a while is, with everything that waits for it.
alter table public.webhook_deliveries add column quiet_until timestamptz;
create index webhook_deliveries_quiet_idx on public.webhook_deliveries (webhook_id, quiet_until) where quiet_until is not null;

-- Somewhere else, or switched on again, it may be told at once.
create function app.end_quiet() returns trigger
    language plpgsql security definer set search_path = ''
    as $$
    begin
        update public.webhook_deliveries set quiet_until = null
        where org_id = new.org_id and webhook_id = new.id and quiet_until is not null;
        return null;
    end $$;
create trigger end_quiet after update of url, active on public.webhooks
    for each row when ((old.url, old.active) is distinct from (new.url, new.active)) execute function app.end_quiet();

-- What waited while its organisation was suspended has its three days from now on.
create function app.resume_deliveries() returns trigger
    language plpgsql security definer set search_path = ''
    as $$
    begin
        update public.webhook_deliveries set queued_at = now() where org_id = new.id and next_attempt_at is not null;
        return null;
    end $$;
create trigger resume_deliveries after update of suspended_at on public.organizations
    for each row when (old.suspended_at is not null and new.suspended_at is null) execute function app.resume_deliveries();

-- A yes is a person's: no key's, and no program's that got a token by OAuth to speak in a person's name.
create or replace function app.approve_as_person() returns trigger
    language plpgsql security definer set search_path = ''
    as $$
    begin
        if coalesce(auth.jwt() ->> 'client_id', '') <> '' or exists (select from public.api_keys k where k.id = auth.uid()) then
            raise exception 'a program approves nothing' using errcode = '42501';
        end if;
        return new;
    end $$;

-- At the door people read no order and no ticket: not what was paid, not by whom, not the codes. What a door needs of them it is told by
-- the functions below, for its own lists.
drop policy door_read on public.orders;
drop policy door_read on public.tickets;

-- The events whose guests the caller may see at a door; null: all of the organisation's. Whoever is at a door is no more than that.
create function app.door_sight(org uuid) returns uuid[]
    language plpgsql stable security definer set search_path = ''
    as $$
    begin
        if exists (select from public.door_staff d where d.org_id = org and d.user_id = auth.uid()) then
            return array(select e.id from public.events e where e.org_id = org and e.id = any (array(select app.my_doors())));
        end if;
        perform app.require_role(org, 'viewer');
        return null;
    end $$;

-- What a device shows of these tickets on a list: what stands against each at that time, and its arrival and last scan there.
create function app.door_tickets(org uuid, this_list uuid, wanted uuid[], at timestamptz)
    returns table (
        ticket_id uuid, code_hash text, attendee_name text, attendee_email text, valid boolean, on_list boolean, check_in_id uuid,
        ticket_type text, order_number text, inside boolean, entered_at timestamptz, barred text)
    language plpgsql stable set search_path = ''
    as $$
    begin
        return query
        select k.id, encode(sha256(convert_to(k.code, 'UTF8')), 'hex'), k.attendee_name, k.attendee_email,
            k.status in ('valid', 'checked_in'), s.on_list, z.id, t.name, o.number, coalesce(z.kind = 'entry', false), a.scanned_at,
            app.barred(l, e.status, 'entry', k.event_id, s.on_list, k.status, o.status, o.needs_approval, at)
        from public.check_in_lists l
        join public.events e on e.org_id = l.org_id and e.id = l.event_id
        join public.tickets k on k.org_id = l.org_id and k.event_id = l.event_id and k.id = any (wanted)
        join public.orders o on o.org_id = k.org_id and o.id = k.order_id
        join public.ticket_types t on t.org_id = k.org_id and t.id = k.ticket_type_id
        cross join lateral (select l.every_type or exists (
            select from public.check_in_list_ticket_types x
            where x.org_id = l.org_id and x.list_id = l.id and x.ticket_type_id = k.ticket_type_id) as on_list) s
        left join public.check_ins a on a.org_id = l.org_id and a.list_id = l.id and a.ticket_id = k.id and a.arrived
        left join public.check_ins z on z.org_id = l.org_id and z.list_id = l.id and z.ticket_id = k.id and z.latest
        where l.org_id = org and l.id = this_list;
    end $$;

-- Whoever has all the words in the name, as the address (by its index), as the order's number or at the end of the code; those of the
-- list first. The address is as it is stored: sealed.
create function app.door_search(org uuid, this_list uuid, words text[], indexes text[], at_most integer)
    returns table (
        ticket_id uuid, attendee_name text, attendee_email text, on_list boolean, check_in_id uuid, ticket_type text, order_number text,
        inside boolean, entered_at timestamptz, barred text)
    language plpgsql stable security definer set search_path = ''
    as $$
    declare
        sight uuid[] := app.door_sight(org);
        found_tickets uuid[];
    begin
        with asked as (select array_agg(w) as words, array_agg(app.bare(w)) as bare from unnest(words) w)
        select array_agg(f.id) into found_tickets from (
            select k.id from (
                select t.*, n.number, case when octet_length(t.attendee_name) = length(t.attendee_name) then lower(t.attendee_name)
                    else app.bare(t.attendee_name) end as said
                from public.check_in_lists l
                join public.tickets t on t.org_id = l.org_id and t.event_id = l.event_id
                join public.orders n on n.org_id = t.org_id and n.id = t.order_id
                where l.org_id = org and l.id = this_list and (sight is null or l.event_id = any (sight)) offset 0) k, asked q
            where not exists (
                select from unnest(q.words, q.bare, indexes) w (word, bare, index)
                where strpos(k.said, w.bare) = 0 and k.number <> w.word and k.attendee_email_index is distinct from w.index
                    and (k.attendee_email_index is not null or lower(coalesce(k.attendee_email, '')) <> lower(w.word))
                    and not (length(w.word) >= 4 and right(k.code, length(w.word)) = w.word))
            order by k.status in ('valid', 'checked_in') desc, lower(k.attendee_name), k.number, k.id limit 200) f;
        return query
        select d.ticket_id, d.attendee_name, d.attendee_email, d.on_list, d.check_in_id, d.ticket_type, d.order_number, d.inside,
            d.entered_at, d.barred
        from app.door_tickets(org, this_list, found_tickets, now()) d
        order by d.on_list desc, d.valid desc, lower(d.attendee_name), d.order_number, d.ticket_id limit at_most;
    end $$;

-- Tickets of a list in the order of their ids, for a device that will be offline; with `since` those that changed after it.
create function app.door_download(org uuid, this_list uuid, since timestamptz, after uuid, at_most integer)
    returns table (
        ticket_id uuid, code_hash text, attendee_name text, ticket_type text, order_number text, inside boolean, entered_at timestamptz,
        barred text)
    language plpgsql stable security definer set search_path = ''
    as $$
    declare
        sight uuid[] := app.door_sight(org);
        page uuid[];
    begin
        select array_agg(f.id) into page from (
            select k.id from public.check_in_lists l
            join public.tickets k on k.org_id = l.org_id and k.event_id = l.event_id
            join public.orders o on o.org_id = k.org_id and o.id = k.order_id
            where l.org_id = org and l.id = this_list and (sight is null or l.event_id = any (sight))
                and (after is null or k.id > after)
                and (l.every_type or exists (
                        select from public.check_in_list_ticket_types x
                        where x.org_id = l.org_id and x.list_id = l.id and x.ticket_type_id = k.ticket_type_id)
                    or exists (
                        select from public.check_ins z
                        where z.org_id = l.org_id and z.list_id = l.id and z.ticket_id = k.id and z.latest))
                and (since is null or k.updated_at > since or o.updated_at > since or exists (
                    select from public.check_ins c where c.org_id = l.org_id and c.list_id = l.id and c.ticket_id = k.id
                        and c.updated_at > since))
            order by k.id limit at_most) f;
        return query
        select d.ticket_id, d.code_hash, d.attendee_name, d.ticket_type, d.order_number, d.inside, d.entered_at, d.barred
        from app.door_tickets(org, this_list, page, null) d order by d.ticket_id;
    end $$;

-- The order, by number or id, once per ticket of it that may count on this list; once without a ticket where there is none.
create function app.door_order(org uuid, this_list uuid, called text, this_order uuid)
    returns table (id uuid, number text, ticket_id uuid)
    language plpgsql stable security definer set search_path = ''
    as $$
    declare
        sight uuid[] := app.door_sight(org);
    begin
        return query
        select o.id, o.number, k.id
        from public.check_in_lists l
        join public.orders o on o.org_id = l.org_id and o.event_id = l.event_id and (o.number = called or o.id = this_order)
        left join public.tickets k on k.org_id = o.org_id and k.order_id = o.id and k.status in ('valid', 'checked_in')
            and (l.every_type or exists (
                select from public.check_in_list_ticket_types x
                where x.org_id = l.org_id and x.list_id = l.id and x.ticket_type_id = k.ticket_type_id))
        where l.org_id = org and l.id = this_list and (sight is null or l.event_id = any (sight))
        order by k.attendee_name, k.id;
    end $$;

-- Whose tickets were scanned.
create function app.scanned_tickets(org uuid, scans uuid[])
    returns table (check_in_id uuid, ticket_id uuid, ticket_type text, attendee_name text, order_number text)
    language plpgsql stable security definer set search_path = ''
    as $$
    declare
        sight uuid[] := app.door_sight(org);
    begin
        return query
        select c.id, k.id, t.name, k.attendee_name, o.number
        from public.check_ins c
        join public.tickets k on k.org_id = c.org_id and k.id = c.ticket_id
        join public.ticket_types t on t.org_id = k.org_id and t.id = k.ticket_type_id
        join public.orders o on o.org_id = k.org_id and o.id = k.order_id
        where c.org_id = org and c.id = any (scans) and (sight is null or c.event_id = any (sight));
    end $$;
grant execute on function app.door_search(uuid, uuid, text[], text[], integer), app.door_download(uuid, uuid, timestamptz, uuid, integer),
    app.door_order(uuid, uuid, text, uuid), app.scanned_tickets(uuid, uuid[]) to authenticated;

create or replace function app.check_in_counts(org uuid, lists uuid[])
    returns table (list_id uuid, ticket_type_id uuid, name text, expected bigint, entered bigint, inside bigint)
    language plpgsql stable security definer set search_path = ''
    as $$
    declare
        sight uuid[] := app.door_sight(org);
        seen uuid[];
    begin
        select array_agg(l.id) into seen from public.check_in_lists l
        where l.org_id = org and l.id = any (lists) and (sight is null or l.event_id = any (sight));
        return query
        with counted as (
            select c.list_id, k.ticket_type_id, count(*) filter (where c.arrived) as entered,
                count(*) filter (where c.latest and c.kind = 'entry') as inside
            from public.check_ins c join public.tickets k on k.org_id = c.org_id and k.id = c.ticket_id
            where c.org_id = org and c.list_id = any (seen) and (c.arrived or c.latest)
            group by c.list_id, k.ticket_type_id
        ), due as (
            select k.ticket_type_id, count(*) as expected
            from public.tickets k join public.orders o on o.org_id = k.org_id and o.id = k.order_id
            where k.org_id = org and k.status in ('valid', 'checked_in') and o.status = 'paid'
                and k.event_id in (select l.event_id from public.check_in_lists l where l.org_id = org and l.id = any (seen))
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
        where l.org_id = org and l.id = any (seen) and (s.on_list or c.entered > 0);
    end $$;
revoke execute on function app.check_in_counts(uuid, uuid[]) from service_role;
