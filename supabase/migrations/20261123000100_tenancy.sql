-- Who may see what: organizations, memberships, and the functions every policy leans on.
-- Uses of the platform: roles anon, authenticated, service_role; auth.users(id); auth.uid().

create schema app;
revoke all on schema app from public;
grant usage on schema app to authenticated, service_role;
-- Not "in schema app": defaults of a schema only add to the global ones, so the grant to everybody would stay.
alter default privileges revoke execute on functions from public;

create type app.org_role as enum ('viewer', 'staff', 'admin', 'owner');
-- A range over uuid lets core Postgres exclude overlaps per space without any extension.
create type app.uuidrange as range (subtype = uuid);
grant execute on function app.uuidrange(uuid, uuid), app.uuidrange(uuid, uuid, text) to authenticated, service_role;

create table public.users (
    id uuid primary key references auth.users (id) on delete cascade,
    email text not null,
    name text not null default '' check (length(name) <= 200),
    created_at timestamptz not null default now()
);

create table public.organizations (
    id uuid primary key default gen_random_uuid(),
    name text not null check (length(btrim(name)) between 1 and 200),
    timezone text not null default 'UTC' check ((timestamptz '2000-01-01 00:00+00' at time zone timezone) is not null),
    currency text not null default 'EUR' check (currency ~ '^[A-Z]{3}$'),
    locale text not null default 'en' check (locale ~ '^[a-z]{2,3}([_-][A-Za-z0-9]{2,8})*$'),
    -- Steps of effect "write" apply without asking; money and external always ask.
    auto_apply boolean not null default false,
    version integer not null default 1,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);

create table public.memberships (
    user_id uuid not null references public.users (id) on delete cascade,
    org_id uuid not null references public.organizations (id) on delete cascade,
    role app.org_role not null,
    created_at timestamptz not null default now(),
    primary key (user_id, org_id)
);
create index memberships_org_idx on public.memberships (org_id);

-- The organisations of the caller in which the caller is at least `minimum`.
create function app.my_orgs(minimum app.org_role default 'viewer') returns setof uuid
    language sql stable security definer set search_path = ''
    as $$ select m.org_id from public.memberships m where m.user_id = auth.uid() and m.role >= minimum $$;
grant execute on function app.my_orgs(app.org_role) to authenticated, service_role;

-- Where the caller stands for this call: the organisation asked for, or the oldest membership. No row: no organisation.
create function app.enter(requested uuid default null)
    returns table (org_id uuid, role text, name text, timezone text, currency text, locale text, auto_apply boolean, now timestamptz)
    language sql stable security definer set search_path = ''
    as $$
        select o.id, m.role::text, o.name, o.timezone, o.currency, o.locale, o.auto_apply, now()
        from public.memberships m join public.organizations o on o.id = m.org_id
        where m.user_id = auth.uid() and (requested is null or m.org_id = requested)
        order by m.created_at, m.org_id limit 1
    $$;
grant execute on function app.enter(uuid) to authenticated;

-- A new organisation with the caller as its owner. The caller's row in public.users is made when missing.
create function app.create_organization(
    new_id uuid, new_name text, new_timezone text, new_currency text, new_locale text, user_email text, user_name text
) returns uuid
    language plpgsql security definer set search_path = ''
    as $$
    begin
        if auth.uid() is null then
            raise exception 'sign in first' using errcode = '42501';
        end if;
        insert into public.users (id, email, name) values (auth.uid(), user_email, user_name) on conflict (id) do nothing;
        insert into public.organizations (id, name, timezone, currency, locale)
        values (new_id, new_name, new_timezone, new_currency, new_locale);
        insert into public.memberships (user_id, org_id, role) values (auth.uid(), new_id, 'owner');
        return new_id;
    end $$;
grant execute on function app.create_organization(uuid, text, text, text, text, text, text) to authenticated;

-- Optimistic concurrency and tenancy of every row that changes: the version counts up, the organisation never moves.
create function app.touch() returns trigger
    language plpgsql set search_path = ''
    as $$
    begin
        new.version := old.version + 1;
        new.updated_at := now();
        return new;
    end $$;

create function app.keep_tenant() returns trigger
    language plpgsql set search_path = ''
    as $$
    begin
        if new.org_id is distinct from old.org_id or new.id is distinct from old.id then
            raise exception 'a row keeps its organisation' using errcode = '42501';
        end if;
        return new;
    end $$;

-- The change a step of a proposal makes, row by row: what a card shows and what an undo restores.
create table public.proposal_changes (
    seq bigint generated always as identity primary key,
    org_id uuid not null,
    proposal_id uuid not null,
    step integer not null,
    table_name text not null,
    action text not null check (action in ('insert', 'update', 'delete')),
    row_id uuid not null,
    before jsonb,
    after jsonb,
    created_at timestamptz not null default now()
);
create index proposal_changes_proposal_idx on public.proposal_changes (org_id, proposal_id, step, seq);

-- Runs only while a proposal step is under way (the trigger's WHEN reads app.step), so plain calls pay nothing for it.
create function app.capture_change() returns trigger
    language plpgsql security definer set search_path = ''
    as $$
    declare
        marker text[] := string_to_array(current_setting('app.step', true), '/');
        image jsonb := case when tg_op = 'DELETE' then to_jsonb(old) else to_jsonb(new) end;
        row_id uuid := (image ->> 'id')::uuid;
    begin
        insert into public.proposal_changes (org_id, proposal_id, step, table_name, action, row_id, before, after)
        values (
            (image ->> 'org_id')::uuid, marker[1]::uuid, marker[2]::integer, tg_table_name, lower(tg_op), row_id,
            case when tg_op <> 'INSERT' then to_jsonb(old) end,
            case when tg_op <> 'DELETE' then to_jsonb(new) end
        );
        return null;
    end $$;

-- What every tenant table gets: forced row-level security, policies by role, explicit grants, version, capture.
create procedure app.secure(target regclass, reader app.org_role, writer app.org_role, versioned boolean default true)
    language plpgsql set search_path = ''
    as $$
    begin
        execute format('alter table %s enable row level security', target);
        execute format('alter table %s force row level security', target);
        execute format('revoke all on %s from anon, authenticated, service_role', target);
        execute format('grant select on %s to authenticated', target);
        execute format('grant select, insert, update, delete on %s to service_role', target);
        execute format(
            'create policy members_read on %s for select to authenticated using (org_id = any(array(select app.my_orgs(%L))))',
            target, reader);
        if writer is not null then
            execute format('grant insert, update, delete on %s to authenticated', target);
            execute format(
                'create policy members_insert on %s for insert to authenticated with check (org_id = any(array(select app.my_orgs(%L))))',
                target, writer);
            execute format(
                'create policy members_update on %1$s for update to authenticated using (org_id = any(array(select app.my_orgs(%2$L)))) with check (org_id = any(array(select app.my_orgs(%2$L))))',
                target, writer);
            execute format(
                'create policy members_delete on %s for delete to authenticated using (org_id = any(array(select app.my_orgs(%L))))',
                target, writer);
        end if;
        if versioned then
            execute format('create trigger touch before update on %s for each row execute function app.touch()', target);
        end if;
        execute format('create trigger keep_tenant before update of id, org_id on %s for each row execute function app.keep_tenant()', target);
        execute format(
            'create trigger capture_change after insert or update or delete on %s for each row when (coalesce(current_setting(''app.step'', true), '''') <> '''') execute function app.capture_change()',
            target);
    end $$;

alter table public.users enable row level security;
alter table public.users force row level security;
revoke all on public.users from anon, authenticated, service_role;
grant select, update (name) on public.users to authenticated;
grant select, insert, update, delete on public.users to service_role;
create policy own_row on public.users for select to authenticated using (
    id = (select auth.uid())
    or exists (
        select from public.memberships m where m.user_id = users.id and m.org_id = any (array(select app.my_orgs('staff'))))
);
create policy own_update on public.users for update to authenticated
    using (id = (select auth.uid())) with check (id = (select auth.uid()));

alter table public.organizations enable row level security;
alter table public.organizations force row level security;
revoke all on public.organizations from anon, authenticated, service_role;
grant select, update (name, timezone, currency, locale, auto_apply) on public.organizations to authenticated;
grant select, insert, update, delete on public.organizations to service_role;
create policy members_read on public.organizations for select to authenticated
    using (id = any (array(select app.my_orgs())));
create policy owners_update on public.organizations for update to authenticated
    using (id = any (array(select app.my_orgs('owner')))) with check (id = any (array(select app.my_orgs('owner'))));
create trigger touch before update on public.organizations for each row execute function app.touch();

-- Memberships change through functions only: a staff call can never raise its own role.
alter table public.memberships enable row level security;
alter table public.memberships force row level security;
revoke all on public.memberships from anon, authenticated, service_role;
grant select on public.memberships to authenticated;
grant select, insert, update, delete on public.memberships to service_role;
create policy members_read on public.memberships for select to authenticated
    using (user_id = (select auth.uid()) or org_id = any (array(select app.my_orgs('staff'))));

alter table public.proposal_changes enable row level security;
alter table public.proposal_changes force row level security;
revoke all on public.proposal_changes from anon, authenticated, service_role;
grant select on public.proposal_changes to authenticated;
grant select, insert, update, delete on public.proposal_changes to service_role;
create policy members_read on public.proposal_changes for select to authenticated
    using (org_id = any (array(select app.my_orgs())));
