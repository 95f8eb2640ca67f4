-- Venues, spaces, events and the bookings that tie them. Two active bookings of a space can not overlap.

create table public.venues (
    id uuid primary key default gen_random_uuid(),
    org_id uuid not null references public.organizations (id) on delete cascade,
    name text not null check (length(btrim(name)) between 1 and 255),
    description text not null default '' check (length(description) <= 10000),
    city text not null default '' check (length(city) <= 200),
    address text not null default '' check (length(address) <= 500),
    capacity integer check (capacity between 1 and 10000000),
    timezone text not null check ((timestamptz '2000-01-01 00:00+00' at time zone timezone) is not null),
    version integer not null default 1,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    unique (org_id, id)
);
create index venues_name_idx on public.venues (org_id, lower(name));
call app.secure('public.venues', 'viewer', 'staff');

create table public.spaces (
    id uuid primary key default gen_random_uuid(),
    org_id uuid not null,
    venue_id uuid not null,
    name text not null check (length(btrim(name)) between 1 and 255),
    capacity integer check (capacity between 1 and 10000000),
    version integer not null default 1,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    unique (org_id, id),
    foreign key (org_id, venue_id) references public.venues (org_id, id) on delete cascade
);
create unique index spaces_name_key on public.spaces (org_id, venue_id, lower(name));
call app.secure('public.spaces', 'viewer', 'staff');

create table public.events (
    id uuid primary key default gen_random_uuid(),
    org_id uuid not null references public.organizations (id) on delete cascade,
    name varchar(255) not null check (length(btrim(name)) >= 1),
    description text not null default '' check (length(description) <= 10000),
    start_date timestamptz not null,
    end_date timestamptz not null,
    timezone text not null check ((timestamptz '2000-01-01 00:00+00' at time zone timezone) is not null),
    venue_id uuid,
    capacity integer check (capacity between 1 and 10000000),
    currency text not null check (currency ~ '^[A-Z]{3}$'),
    status varchar(50) not null default 'draft'
        check (status in ('draft', 'published', 'cancelled', 'completed', 'archived')),
    cancel_reason text check (length(cancel_reason) <= 1000),
    version integer not null default 1,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    unique (org_id, id),
    constraint events_end_after_start check (end_date > start_date),
    constraint events_last_a_year_at_most check (end_date < start_date + interval '366 days'),
    constraint events_in_this_age check (start_date > '1970-01-01' and end_date < '2200-01-01'),
    foreign key (org_id, venue_id) references public.venues (org_id, id)
);
create index events_start_idx on public.events (org_id, start_date, id);
create index events_name_idx on public.events (org_id, lower(name));
create index events_venue_idx on public.events (org_id, venue_id);
call app.secure('public.events', 'viewer', 'staff');

-- Every state change goes through this table; an illegal one names the allowed next states.
create function app.event_next_states(state text) returns text[]
    language sql immutable set search_path = ''
    as $$
        select case state
            when 'draft' then array['published', 'cancelled']
            when 'published' then array['draft', 'cancelled', 'completed']
            when 'cancelled' then array['draft', 'published', 'archived']
            when 'completed' then array['archived']
            else array[]::text[] end
    $$;
grant execute on function app.event_next_states(text) to authenticated, service_role;

create function app.check_event_state() returns trigger
    language plpgsql set search_path = ''
    as $$
    begin
        if new.status <> old.status and not new.status = any (app.event_next_states(old.status)) then
            raise exception 'an event can not go from % to %', old.status, new.status
                using errcode = '23514', constraint = 'events_state_transition';
        end if;
        return new;
    end $$;
create trigger check_event_state before update of status on public.events
    for each row execute function app.check_event_state();

-- Minutes are exact whatever the session's zone, so this is immutable in truth.
create function app.occupancy(start_date timestamptz, end_date timestamptz, setup_minutes integer, teardown_minutes integer)
    returns tstzrange language sql immutable set search_path = ''
    as $$ select tstzrange(start_date - make_interval(mins => setup_minutes), end_date + make_interval(mins => teardown_minutes)) $$;
grant execute on function app.occupancy(timestamptz, timestamptz, integer, integer) to authenticated, service_role;

create table public.bookings (
    id uuid primary key default gen_random_uuid(),
    org_id uuid not null,
    event_id uuid not null,
    space_id uuid not null,
    start_date timestamptz not null,
    end_date timestamptz not null,
    setup_minutes integer not null default 0 check (setup_minutes between 0 and 10080),
    teardown_minutes integer not null default 0 check (teardown_minutes between 0 and 10080),
    during tstzrange not null generated always as (app.occupancy(start_date, end_date, setup_minutes, teardown_minutes)) stored,
    status text not null default 'confirmed' check (status in ('confirmed', 'cancelled')),
    version integer not null default 1,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    unique (org_id, id),
    constraint bookings_end_after_start check (end_date > start_date),
    constraint bookings_in_this_age check (start_date > '1970-01-01' and end_date < '2200-01-01'),
    foreign key (org_id, event_id) references public.events (org_id, id) on delete cascade,
    foreign key (org_id, space_id) references public.spaces (org_id, id),
    constraint bookings_no_overlap exclude using gist (
        app.uuidrange(space_id, space_id, '[]') with &&, during with &&) where (status <> 'cancelled')
);
create index bookings_event_idx on public.bookings (org_id, event_id);
create index bookings_start_idx on public.bookings (org_id, start_date, id);
call app.secure('public.bookings', 'viewer', 'staff');

-- More people than the space holds can not be planned into it, whichever side changes.
create function app.check_event_fits() returns trigger
    language plpgsql set search_path = ''
    as $$
    declare
        room record;
    begin
        if tg_table_name = 'bookings' then
            -- Whoever resizes the event or the space waits for this booking and then sees it.
            perform from public.events e where e.org_id = new.org_id and e.id = new.event_id for share;
            perform from public.spaces s where s.org_id = new.org_id and s.id = new.space_id for share;
        end if;
        select e.capacity as planned, s.capacity as holds, s.name into room
        from public.bookings b
        join public.events e on e.org_id = b.org_id and e.id = b.event_id
        join public.spaces s on s.org_id = b.org_id and s.id = b.space_id
        where b.status = 'confirmed' and e.capacity > s.capacity
            and case tg_table_name when 'bookings' then b.id = new.id when 'events' then e.id = new.id else s.id = new.id end
        limit 1;
        if found then
            raise exception 'capacity % is more than the space holds (%)', room.planned, room.holds
                using errcode = '23514', constraint = 'event_fits_space',
                    detail = jsonb_build_object('planned', room.planned, 'available', room.holds)::text;
        end if;
        return null;
    end $$;
create trigger check_event_fits after insert or update on public.bookings
    for each row execute function app.check_event_fits();
create trigger check_event_fits after update of capacity on public.events
    for each row execute function app.check_event_fits();
create trigger check_event_fits after update of capacity on public.spaces
    for each row execute function app.check_event_fits();
