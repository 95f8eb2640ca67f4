-- Files where they are wanted: posters in the shop, attachments that become posters, ticket PDFs that are made once, and room that ends.

-- What strangers see of an event, its poster with it: of that they learn the id and the sizes, the content comes through the service.
create or replace function app.shop_words(e public.events) returns jsonb
    language sql stable set search_path = ''
    as $$
        select jsonb_build_object(
            'id', e.id, 'name', e.name, 'description', e.description, 'start_date', e.start_date, 'end_date', e.end_date,
            'timezone', e.timezone, 'currency', e.currency, 'organizer', o.name, 'locale', o.locale,
            'venue', case when v.id is not null then jsonb_build_object('name', v.name, 'city', v.city, 'address', v.address) end,
            'poster', (
                select jsonb_build_object('id', f.id, 'width', f.width, 'height', f.height, 'variants', (
                    select coalesce(jsonb_agg(jsonb_build_object('width', c -> 'width', 'height', c -> 'height')), '[]')
                    from jsonb_array_elements(f.variants) c))
                from public.files f
                where f.org_id = e.org_id and f.event_id = e.id and f.kind = 'event_poster' and f.state = 'ready'
                order by f.updated_at desc, f.id desc limit 1))
        from public.organizations o left join public.venues v on v.org_id = e.org_id and v.id = e.venue_id
        where o.id = e.org_id
    $$;

-- The one that became the poster last, which need not be the one that was uploaded last; a suspended organisation shows none.
create or replace function app.shop_poster(wanted uuid) returns jsonb
    language sql stable set search_path = ''
    as $$
        select jsonb_build_object('id', f.id, 'path', f.path, 'variants', f.variants, 'media_type', f.media_type)
        from public.files f
        join public.events e on e.org_id = f.org_id and e.id = f.event_id
        join public.organizations o on o.id = e.org_id
        where f.event_id = wanted and f.kind = 'event_poster' and f.state = 'ready' and e.status = 'published'
            and o.suspended_at is null
        order by f.updated_at desc, f.id desc limit 1
    $$;

-- What somebody showed the copilot may become a poster, a logo or a contract, and on undo what it was; its content stays the same.
create or replace function app.keep_content() returns trigger
    language plpgsql set search_path = ''
    as $$
    begin
        if (new.path, new.sha256, new.bytes, new.media_type, new.variants, new.created_by)
            is distinct from (old.path, old.sha256, old.bytes, old.media_type, old.variants, old.created_by)
            or (old.state = 'ready' and new.state <> 'ready')
            or (old.kind <> new.kind and 'attachment' not in (old.kind, new.kind))
        then
            raise exception 'a file keeps its content' using errcode = '23514', constraint = 'files_keep_content';
        end if;
        return new;
    end $$;

create or replace function app.restorable(table_name text) returns boolean
    language sql immutable set search_path = ''
    as $$
        select table_name in (
            'venues', 'spaces', 'events', 'bookings', 'ticket_types', 'bundle_items', 'quotas', 'quota_ticket_types', 'promo_codes',
            'promo_code_ticket_types', 'check_in_lists', 'check_in_list_ticket_types', 'waiting_lists',
            'waiting_list_entries', 'refund_choices', 'sponsors', 'sponsorships', 'files')
    $$;

-- How much an organisation keeps, copies of pictures included and uploads under way too. Whoever asks goes on alone until their
-- transaction ends, so that two can not both take the last of the room.
create function app.files_stored(of_org uuid) returns table (files bigint, bytes bigint)
    language plpgsql security definer set search_path = ''
    as $$
    begin
        perform app.require_role(of_org, 'staff');
        perform pg_advisory_xact_lock(hashtextextended(of_org::text, 7235004));
        return query
        select count(*), coalesce(sum(f.bytes + (
            select coalesce(sum((c ->> 'bytes')::bigint), 0) from jsonb_array_elements(f.variants) c)), 0)::bigint
        from public.files f where f.org_id = of_org;
    end $$;
grant execute on function app.files_stored(uuid) to authenticated;

-- The tickets of an order as they were printed last: where the PDF lies, and a hash of everything that stands in it.
create table public.ticket_papers (
    id uuid primary key default gen_random_uuid(),
    org_id uuid not null,
    order_id uuid not null,
    printed text not null check (printed ~ '^[0-9a-f]{64}$'),
    path text not null check (length(path) between 1 and 500),
    created_at timestamptz not null default now(),
    constraint ticket_papers_once unique (org_id, order_id),
    constraint ticket_papers_path_key unique (path),
    foreign key (org_id, order_id) references public.orders (org_id, id) on delete cascade
);
create index ticket_papers_created_idx on public.ticket_papers (created_at);
alter table public.ticket_papers enable row level security;
alter table public.ticket_papers force row level security;
revoke all on public.ticket_papers from anon, authenticated, service_role;
grant select, insert, delete on public.ticket_papers to service_role;
create policy nobody on public.ticket_papers for select to authenticated using (false);

create function app.note_paper_removal() returns trigger
    language plpgsql security definer set search_path = ''
    as $$
    begin
        insert into public.file_removals (org_id, paths) values (old.org_id, array[old.path]);
        return null;
    end $$;
create trigger note_paper_removal after delete on public.ticket_papers for each row execute function app.note_paper_removal();

-- A ticket that went to somebody else, was refunded, or whose holder was forgotten stands on no paper any more.
create function app.drop_ticket_papers() returns trigger
    language plpgsql security definer set search_path = ''
    as $$
    begin
        delete from public.ticket_papers p where p.org_id = new.org_id and p.order_id = new.order_id;
        return null;
    end $$;
create trigger drop_papers after update on public.tickets for each row
    when (old.attendee_name <> new.attendee_name or old.code <> new.code
        or (old.status in ('valid', 'checked_in')) <> (new.status in ('valid', 'checked_in')))
    execute function app.drop_ticket_papers();

create function app.drop_order_papers() returns trigger
    language plpgsql security definer set search_path = ''
    as $$
    begin
        delete from public.ticket_papers p where p.org_id = new.org_id and p.order_id = new.id;
        return null;
    end $$;
create trigger drop_papers after update of status on public.orders for each row
    when (old.status = 'paid' and new.status <> 'paid')
    execute function app.drop_order_papers();
