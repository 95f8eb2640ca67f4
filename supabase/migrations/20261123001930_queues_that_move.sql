-- Queues move: what one row holds stops nobody behind it, and what no sweep could read is not stored.

update public.runs set attempts = 1000 where attempts > 1000;
alter table public.runs add constraint runs_attempts check (attempts between 0 and 1000);
update public.webhook_deliveries set attempts = 100000 where attempts > 100000;
alter table public.webhook_deliveries add constraint webhook_deliveries_attempts check (attempts <= 100000);

-- Times that a calendar can tell.
alter table public.webhooks add constraint webhooks_in_this_age
    check (secret_rotated_at > '1970-01-01 00:00Z' and secret_rotated_at < '2200-01-01 00:00Z');
alter table public.webhook_deliveries add constraint webhook_deliveries_in_this_age
    check (queued_at > '1970-01-01 00:00Z' and queued_at < '2200-01-01 00:00Z');
alter table public.proposals add constraint proposals_in_this_age check (
    expires_at > '1970-01-01 00:00Z' and expires_at < '2200-01-01 00:00Z'
    and (decided_at is null or (decided_at > '1970-01-01 00:00Z' and decided_at < '2200-01-01 00:00Z')));

-- Each copy of a picture says where it lies and how large it is: a removal takes all of them along, and room is summed up of them.
alter table public.files add constraint files_complete_variants check (
    jsonb_array_length(variants) < 10 and not jsonb_path_exists(variants, 'strict $[*] ? (@.type() != "object")')
    and not jsonb_path_exists(variants, '$[*] ? (!(
        @.path.type() == "string" && @.path != "" && @.width.type() == "number" && @.height.type() == "number"
        && @.bytes.type() == "number" && @.bytes.floor() == @.bytes && @.bytes >= 0 && @.bytes <= 26214400))'));

-- Contents that could not be removed go behind those nobody tried to.
alter table public.file_removals add column tried_at timestamptz;
drop index public.file_removals_created_idx;
create index file_removals_next_idx on public.file_removals ((coalesce(tried_at, created_at)), id);
grant update (tried_at) on public.file_removals to service_role;

-- Whether places are free for somebody who waits: then app.offer_in_line has something to offer.
create function app.somebody_fits(org uuid, of_event uuid) returns boolean
    language sql stable set search_path = ''
    as $$
        select exists (
            select from (
                select w.ticket_type_id as id, min(w.quantity) as wanted from public.waiting_list_entries w
                where w.org_id = org and w.event_id = of_event and w.status = 'waiting' group by w.ticket_type_id) t
            where exists (select from public.ticket_types k where k.org_id = org and k.id = t.id and k.kind <> 'bundle')
                and t.wanted <= (
                    select min(q.size - q.held - q.sold)
                    from public.quotas q join public.quota_ticket_types l on l.org_id = q.org_id and l.quota_id = q.id
                    where l.org_id = org and l.ticket_type_id = t.id))
    $$;

-- Only lists that something can be done for are taken: however many wait for places that are not free, they keep no other waiting.
create or replace function app.settle_waiting_lists(at_most integer default 200) returns integer
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
            where w.auto_offer and e.status = 'published' and app.somebody_fits(w.org_id, w.event_id)
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
