-- Sponsors and what they agreed for an event.

create table public.sponsors (
    id uuid primary key default gen_random_uuid(),
    org_id uuid not null references public.organizations (id) on delete cascade,
    name text not null check (length(btrim(name)) between 1 and 255),
    website text check (length(website) <= 2000),
    version integer not null default 1,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    unique (org_id, id)
);
create unique index sponsors_name_key on public.sponsors (org_id, lower(name));
call app.secure('public.sponsors', 'viewer', 'staff');

create table public.sponsorships (
    id uuid primary key default gen_random_uuid(),
    org_id uuid not null,
    event_id uuid not null,
    sponsor_id uuid not null,
    level text not null check (length(btrim(level)) between 1 and 50),
    amount bigint not null check (amount between 0 and 1000000000000),
    currency text not null check (currency ~ '^[A-Z]{3}$'),
    status text not null default 'agreed' check (status in ('enquiry', 'agreed', 'invoiced', 'paid', 'declined')),
    version integer not null default 1,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    unique (org_id, id),
    constraint sponsorships_once_per_event unique (org_id, event_id, sponsor_id),
    foreign key (org_id, event_id) references public.events (org_id, id) on delete cascade,
    foreign key (org_id, sponsor_id) references public.sponsors (org_id, id)
);
create index sponsorships_sponsor_idx on public.sponsorships (org_id, sponsor_id);
create index sponsorships_created_idx on public.sponsorships (org_id, created_at, id);
call app.secure('public.sponsorships', 'viewer', 'staff');

create function app.sponsorship_next_states(state text) returns text[]
    language sql immutable set search_path = ''
    as $$
        select case state
            when 'enquiry' then array['agreed', 'declined']
            when 'agreed' then array['invoiced', 'paid', 'declined', 'enquiry']
            when 'invoiced' then array['paid', 'agreed', 'declined']
            when 'paid' then array['invoiced']
            when 'declined' then array['enquiry', 'agreed']
            else array[]::text[] end
    $$;
grant execute on function app.sponsorship_next_states(text) to authenticated, service_role;

create function app.check_sponsorship_state() returns trigger
    language plpgsql set search_path = ''
    as $$
    begin
        if new.status <> old.status and not new.status = any (app.sponsorship_next_states(old.status)) then
            raise exception 'a sponsorship can not go from % to %', old.status, new.status
                using errcode = '23514', constraint = 'sponsorships_state_transition';
        end if;
        return new;
    end $$;
create trigger check_sponsorship_state before update of status on public.sponsorships
    for each row execute function app.check_sponsorship_state();
