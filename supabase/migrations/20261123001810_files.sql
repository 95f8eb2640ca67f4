-- Files: what is known of each; the contents lie in the private bucket of the storage server under `path`.
-- A row is there before its first content is stored, and what is removed is remembered until the contents are gone too, so that no
-- content is ever without somebody who knows of it.

create table public.files (
    id uuid primary key default gen_random_uuid(),
    org_id uuid not null references public.organizations (id) on delete cascade,
    kind text not null check (kind in ('event_poster', 'sponsor_logo', 'contract', 'attachment')),
    -- Whose it is: an event's poster, a sponsor's logo, a conversation's attachment; a contract is with any of the first three.
    event_id uuid,
    sponsor_id uuid,
    venue_id uuid,
    thread_id uuid,
    name text not null check (length(btrim(name)) between 1 and 255),
    media_type text not null check (media_type in ('image/png', 'image/jpeg', 'image/webp', 'application/pdf')),
    bytes bigint not null check (bytes between 1 and 26214400),
    sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
    path text not null check (length(path) between 1 and 500),
    -- [{width, height, path, bytes}], the narrowest first; empty for what is no image.
    variants jsonb not null default '[]' check (jsonb_typeof(variants) = 'array'),
    width integer check (width between 1 and 40000),
    height integer check (height between 1 and 40000),
    state text not null default 'uploading' check (state in ('uploading', 'ready')),
    created_by uuid not null,
    version integer not null default 1,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    unique (org_id, id),
    constraint files_path_key unique (path),
    constraint files_belong check (
        case kind
            when 'event_poster' then event_id is not null and num_nonnulls(sponsor_id, venue_id, thread_id) = 0
            when 'sponsor_logo' then sponsor_id is not null and num_nonnulls(event_id, venue_id, thread_id) = 0
            -- A conversation begins with its first message, which may come after the file.
            when 'attachment' then num_nonnulls(event_id, sponsor_id, venue_id) = 0
            else thread_id is null end),
    foreign key (org_id, event_id) references public.events (org_id, id) on delete cascade,
    foreign key (org_id, sponsor_id) references public.sponsors (org_id, id) on delete cascade,
    foreign key (org_id, venue_id) references public.venues (org_id, id) on delete cascade,
    foreign key (org_id, thread_id) references public.threads (org_id, id) on delete cascade
);
create index files_created_idx on public.files (org_id, created_at, id);
create index files_event_idx on public.files (org_id, event_id) where event_id is not null;
create index files_sponsor_idx on public.files (org_id, sponsor_id) where sponsor_id is not null;
create index files_venue_idx on public.files (org_id, venue_id) where venue_id is not null;
create index files_thread_idx on public.files (org_id, thread_id) where thread_id is not null;
create index files_uploading_idx on public.files (created_at) where state = 'uploading';
call app.secure('public.files', 'viewer', 'staff');

-- Contracts are for staff, and what somebody showed the copilot is theirs alone, as the conversation is.
create policy kept_close on public.files as restrictive for all to authenticated
    using (
        case kind
            when 'contract' then org_id = any (array(select app.my_orgs('staff')))
            when 'attachment' then created_by = (select auth.uid())
            else true end);

-- Contents that nobody needs any more, until the storage server has removed them too.
create table public.file_removals (
    id uuid primary key default gen_random_uuid(),
    -- No reference: an organisation that goes takes its files along, and they are noted here.
    org_id uuid not null,
    paths text[] not null check (cardinality(paths) between 1 and 10),
    created_at timestamptz not null default now()
);
create index file_removals_org_idx on public.file_removals (org_id);
create index file_removals_created_idx on public.file_removals (created_at);
alter table public.file_removals enable row level security;
alter table public.file_removals force row level security;
revoke all on public.file_removals from anon, authenticated, service_role;
grant select, delete on public.file_removals to service_role;
create policy nobody on public.file_removals for select to authenticated using (false);

create function app.note_removal() returns trigger
    language plpgsql security definer set search_path = ''
    as $$
    begin
        insert into public.file_removals (org_id, paths)
        values (old.org_id, array[old.path] || array(select v ->> 'path' from jsonb_array_elements(old.variants) v));
        return null;
    end $$;
create trigger note_removal after delete on public.files for each row execute function app.note_removal();

-- A content never changes under its row: what its reader saw and what its hash says stay true.
create function app.keep_content() returns trigger
    language plpgsql set search_path = ''
    as $$
    begin
        if (new.path, new.sha256, new.bytes, new.media_type, new.variants, new.kind, new.created_by)
            is distinct from (old.path, old.sha256, old.bytes, old.media_type, old.variants, old.kind, old.created_by)
            or (old.state = 'ready' and new.state <> 'ready')
        then
            raise exception 'a file keeps its content' using errcode = '23514', constraint = 'files_keep_content';
        end if;
        return new;
    end $$;
create trigger keep_content before update on public.files for each row execute function app.keep_content();

-- The poster of an event that is announced to everybody, as the public page may show it: {path, variants, media_type}.
create function app.shop_poster(wanted uuid) returns jsonb
    language sql stable set search_path = ''
    as $$
        select jsonb_build_object('id', f.id, 'path', f.path, 'variants', f.variants, 'media_type', f.media_type)
        from public.files f
        join public.events e on e.org_id = f.org_id and e.id = f.event_id
        where f.event_id = wanted and f.kind = 'event_poster' and f.state = 'ready' and e.status = 'published'
        order by f.created_at desc, f.id desc limit 1
    $$;
grant execute on function app.shop_poster(uuid) to service_role;
