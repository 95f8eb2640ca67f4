-- Who belongs to an organisation, how they come in and go, and who acts for it without being a person (decision 0012).

-- The platform's own people may stop an organisation; nothing more. Made by whoever runs the service, in SQL.
create table public.platform_admins (
    user_id uuid primary key references public.users (id) on delete cascade,
    created_at timestamptz not null default now()
);
alter table public.platform_admins enable row level security;
alter table public.platform_admins force row level security;
revoke all on public.platform_admins from anon, authenticated, service_role;
grant select on public.platform_admins to authenticated;
grant select, insert, delete on public.platform_admins to service_role;
create policy own_row on public.platform_admins for select to authenticated using (user_id = (select auth.uid()));

-- Stopped: its people still read, nobody writes or sells.
alter table public.organizations
    add column suspended_at timestamptz,
    add column suspended_reason text check (length(suspended_reason) <= 500),
    add constraint organizations_suspended check ((suspended_at is null) = (suspended_reason is null));

-- A key acts for the organisation with the rights of a role, and of those only the scopes named. It is never an owner.
create table public.api_keys (
    id uuid primary key,
    org_id uuid not null references public.organizations (id) on delete cascade,
    name text not null check (length(btrim(name)) between 1 and 200),
    role app.org_role not null check (role in ('viewer', 'staff', 'admin')),
    -- Null: all of the role's.
    scopes text[] check (cardinality(scopes) between 1 and 50),
    -- SHA-256 of the secret; 256 random bits need no slow hash.
    digest text not null check (length(digest) = 64),
    created_by uuid not null,
    expires_at timestamptz,
    last_used_at timestamptz,
    revoked_at timestamptz,
    version integer not null default 1,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    unique (org_id, id)
);
create unique index api_keys_name_key on public.api_keys (org_id, lower(name)) where revoked_at is null;
call app.secure('public.api_keys', 'admin', null);
-- A use is no change.
drop trigger touch on public.api_keys;
create trigger touch before update of name, revoked_at on public.api_keys for each row execute function app.touch();
revoke select on public.api_keys from authenticated;
grant select (id, org_id, name, role, scopes, created_by, expires_at, last_used_at, revoked_at, version, created_at, updated_at)
    on public.api_keys to authenticated;

create table public.invitations (
    id uuid primary key,
    org_id uuid not null references public.organizations (id) on delete cascade,
    email text not null check (length(email) between 3 and 320 and email = lower(email)),
    role app.org_role not null,
    -- Of a door invitation: where they may scan.
    event_ids uuid[] not null default '{}' check (cardinality(event_ids) <= 100),
    invited_by uuid not null,
    expires_at timestamptz not null,
    accepted_at timestamptz,
    accepted_by uuid,
    revoked_at timestamptz,
    version integer not null default 1,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    unique (org_id, id),
    constraint invitations_door check ((role = 'door') = (cardinality(event_ids) > 0))
);
create unique index invitations_open_key on public.invitations (org_id, email) where accepted_at is null and revoked_at is null;
call app.secure('public.invitations', 'admin', null);

-- Where a member of role door may scan.
create table public.door_staff (
    id uuid primary key default gen_random_uuid(),
    org_id uuid not null,
    event_id uuid not null,
    user_id uuid not null,
    created_at timestamptz not null default now(),
    constraint door_staff_once unique (org_id, event_id, user_id),
    foreign key (org_id, event_id) references public.events (org_id, id) on delete cascade,
    foreign key (user_id, org_id) references public.memberships (user_id, org_id) on delete cascade
);
create index door_staff_user_idx on public.door_staff (user_id);
call app.secure('public.door_staff', 'staff', null, false);
create policy own_rows on public.door_staff for select to authenticated using (user_id = (select auth.uid()));

-- The organisations in which the caller, a person or a key, is at least `minimum`. In a suspended one nobody is more than a viewer.
-- In plpgsql, which keeps its plan for the session: in sql each policy of each query would plan it anew (bench/rls.py: up to six
-- times the query). Few rows, or the planner thinks everybody belongs to a thousand organisations.
create or replace function app.my_orgs(minimum app.org_role default 'viewer') returns setof uuid
    language plpgsql stable security definer rows 1 set search_path = ''
    as $$
    begin
        return query
        select m.org_id from public.memberships m
        where m.user_id = auth.uid() and m.role >= minimum
            and (minimum <= 'viewer' or not exists (
                select from public.organizations o where o.id = m.org_id and o.suspended_at is not null))
        union all
        select k.org_id from public.api_keys k
        where k.id = auth.uid() and k.role >= minimum and k.revoked_at is null and (k.expires_at is null or k.expires_at > now())
            and (minimum <= 'viewer' or not exists (
                select from public.organizations o where o.id = k.org_id and o.suspended_at is not null));
    end $$;

-- The events at whose doors the caller may scan.
create function app.my_doors() returns setof uuid
    language plpgsql stable security definer rows 1 set search_path = ''
    as $$
    begin
        return query
        select d.event_id from public.door_staff d
        where d.user_id = auth.uid() and not exists (
            select from public.organizations o where o.id = d.org_id and o.suspended_at is not null);
    end $$;
grant execute on function app.my_doors() to authenticated, service_role;

drop function app.enter(uuid);
create function app.enter(requested uuid default null)
    returns table (
        org_id uuid, role text, name text, timezone text, currency text, locale text, auto_apply boolean, suspended boolean, now timestamptz)
    language sql stable security definer set search_path = ''
    as $$
        select o.id, s.role::text, o.name, o.timezone, o.currency, o.locale, o.auto_apply, o.suspended_at is not null, now()
        from (
            select m.org_id, m.role, m.created_at from public.memberships m where m.user_id = auth.uid()
            union all
            select k.org_id, k.role, k.created_at from public.api_keys k
            where k.id = auth.uid() and k.revoked_at is null and (k.expires_at is null or k.expires_at > now())
        ) s join public.organizations o on o.id = s.org_id
        where requested is null or s.org_id = requested
        order by s.created_at, s.org_id limit 1
    $$;
grant execute on function app.enter(uuid) to authenticated;

-- Who may sell: keys too, and nobody of a suspended organisation.
do $$
declare
    was constant text := 'where exists (select from public.memberships a'
        ' where a.user_id = s.who::uuid and a.org_id = s.org::uuid and a.role >= ''staff'')';
    source constant text := pg_get_functiondef('app.serve(jsonb)'::regprocedure);
begin
    if position(was in source) = 0 then
        raise exception 'app.serve no longer reads who may sell as this file expects';
    end if;
    execute replace(source, was, 'where (exists (select from public.memberships a'
        ' where a.user_id = s.who::uuid and a.org_id = s.org::uuid and a.role >= ''staff'')'
        ' or exists (select from public.api_keys k where k.id = s.who::uuid and k.org_id = s.org::uuid and k.role >= ''staff'''
        ' and k.revoked_at is null and (k.expires_at is null or k.expires_at > at)))'
        ' and not exists (select from public.organizations g where g.id = s.org::uuid and g.suspended_at is not null)');
end $$;

-- At the door of this list: staff of the organisation, or those put there.
create function app.require_door(org uuid, this_list uuid) returns void
    language plpgsql stable security definer set search_path = ''
    as $$
    begin
        if not exists (
            select from public.check_in_lists l
            where l.org_id = org and l.id = this_list and l.event_id = any (array(select app.my_doors()))) then
            -- Another door is not there for somebody at this one.
            if exists (select from public.door_staff d where d.org_id = org and d.user_id = auth.uid()) then
                raise exception 'no such check-in list' using errcode = 'P0002';
            end if;
            perform app.require_role(org, 'staff');
        end if;
    end $$;

do $$
declare
    was constant text := 'perform app.require_role(org, ''staff'');';
    scan constant text := pg_get_functiondef('app.scan(uuid, uuid, jsonb, boolean)'::regprocedure);
    undo constant text := pg_get_functiondef('app.undo_check_in(uuid, uuid)'::regprocedure);
begin
    if position(was in scan) = 0 or position(was in undo) = 0 then
        raise exception 'the functions of the door no longer ask for staff';
    end if;
    execute replace(scan, was, 'perform app.require_door(org, this_list);');
    execute replace(undo, was, 'perform app.require_door(org, (select c.list_id from public.check_ins c where c.org_id = org and c.id = this_check_in));');
end $$;

-- What somebody at the door sees: their events, the lists, and who may come in there.
create policy door_read on public.events for select to authenticated using (id = any (array(select app.my_doors())));
create policy door_read on public.check_in_lists for select to authenticated using (event_id = any (array(select app.my_doors())));
create policy door_read on public.check_in_list_ticket_types for select to authenticated using (event_id = any (array(select app.my_doors())));
create policy door_read on public.check_ins for select to authenticated using (event_id = any (array(select app.my_doors())));
create policy door_read on public.ticket_types for select to authenticated using (event_id = any (array(select app.my_doors())));
create policy door_read on public.tickets for select to authenticated using (event_id = any (array(select app.my_doors())));
create policy door_read on public.orders for select to authenticated using (event_id = any (array(select app.my_doors())));
create policy door_read on public.organizations for select to authenticated
    using (id in (select d.org_id from public.door_staff d where d.user_id = (select auth.uid())));

-- An organisation keeps an owner, whatever is done to memberships, and by whom.
create function app.keep_an_owner() returns trigger
    language plpgsql security definer set search_path = ''
    as $$
    begin
        -- One at a time: two owners who leave at once do not see each other go.
        perform from public.organizations o where o.id = old.org_id for update;
        if not found then
            return null;
        end if;
        if not exists (select from public.memberships m where m.org_id = old.org_id and m.role = 'owner') then
            raise exception 'an organisation keeps an owner' using errcode = '23514', constraint = 'last_owner';
        end if;
        return null;
    end $$;
create trigger keep_an_owner after update of role or delete on public.memberships
    for each row when (old.role = 'owner') execute function app.keep_an_owner();

-- Raises unless the caller, a person, may give and take this role: owners all, admins what is below theirs. Nobody gives away
-- ownership but by app.transfer_ownership.
create function app.require_grantor(org uuid, granted app.org_role) returns void
    language plpgsql stable security definer set search_path = ''
    as $$
    begin
        if exists (select from public.api_keys k where k.id = auth.uid()) then
            raise exception 'a key does not decide who belongs here' using errcode = '42501';
        end if;
        perform app.require_role(org, case when granted >= 'admin' then 'owner' else 'admin' end::app.org_role);
    end $$;

create function app.require_events(org uuid, events uuid[]) returns void
    language plpgsql stable security definer set search_path = ''
    as $$
    begin
        if exists (select from unnest(events) as e (id) where not exists (
            select from public.events x where x.org_id = org and x.id = e.id)) then
            raise exception 'no such event' using errcode = 'P0002';
        end if;
    end $$;

create function app.invite_member(new_id uuid, org uuid, address text, granted app.org_role, events uuid[], days integer) returns void
    language plpgsql security definer set search_path = ''
    as $$
    begin
        perform app.require_grantor(org, granted);
        if granted = 'owner' then
            raise exception 'ownership is handed over, not given to a guest' using errcode = '42501';
        end if;
        perform app.require_events(org, events);
        if exists (select from public.memberships m join public.users u on u.id = m.user_id
            where m.org_id = org and lower(u.email) = lower(address)) then
            raise exception 'a member already' using errcode = '23505', constraint = 'member_already';
        end if;
        -- An expired one gives way.
        update public.invitations i set revoked_at = now()
        where i.org_id = org and i.email = lower(address) and i.accepted_at is null and i.revoked_at is null and i.expires_at <= now();
        insert into public.invitations (id, org_id, email, role, event_ids, invited_by, expires_at)
        values (new_id, org, lower(address), granted, events, auth.uid(), now() + make_interval(days => days));
    end $$;
grant execute on function app.invite_member(uuid, uuid, text, app.org_role, uuid[], integer) to authenticated;

create function app.revoke_invitation(org uuid, this_invitation uuid) returns void
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
        if open.accepted_at is not null then
            raise exception 'accepted already' using errcode = '23514', constraint = 'invitation_open';
        end if;
        update public.invitations set revoked_at = coalesce(revoked_at, now()) where id = this_invitation;
    end $$;
grant execute on function app.revoke_invitation(uuid, uuid) to authenticated;

-- The caller becomes a member. Whoever has the link also has to be who it was sent to, by the address of their account.
create function app.accept_invitation(this_invitation uuid, user_name text) returns uuid
    language plpgsql security definer set search_path = ''
    as $$
    declare
        open public.invitations;
        address text;
    begin
        select lower(u.email) into address from auth.users u where u.id = auth.uid();
        select * into open from public.invitations i where i.id = this_invitation for update;
        if not found or address is null or address <> open.email then
            raise exception 'no such invitation' using errcode = 'P0002';
        end if;
        if open.accepted_by = auth.uid() then
            return open.org_id;
        end if;
        if open.accepted_at is not null or open.revoked_at is not null or open.expires_at <= now() then
            raise exception 'no longer open' using errcode = '23514', constraint = 'invitation_open';
        end if;
        insert into public.users (id, email, name) values (auth.uid(), address, user_name) on conflict (id) do nothing;
        insert into public.memberships (user_id, org_id, role) values (auth.uid(), open.org_id, open.role) on conflict do nothing;
        insert into public.door_staff (org_id, event_id, user_id)
        select open.org_id, e.id, auth.uid() from public.events e where e.org_id = open.org_id and e.id = any (open.event_ids)
        on conflict do nothing;
        update public.invitations set accepted_at = now(), accepted_by = auth.uid() where id = this_invitation;
        return open.org_id;
    end $$;
grant execute on function app.accept_invitation(uuid, text) to authenticated;

create function app.change_member(org uuid, member uuid, granted app.org_role, events uuid[]) returns void
    language plpgsql security definer set search_path = ''
    as $$
    declare
        was app.org_role;
    begin
        perform app.require_role(org, 'admin');
        select m.role into was from public.memberships m where m.org_id = org and m.user_id = member for update;
        if not found then
            raise exception 'no such member' using errcode = 'P0002';
        end if;
        perform app.require_grantor(org, was);
        perform app.require_grantor(org, granted);
        if granted = 'owner' and was <> 'owner' then
            raise exception 'ownership is handed over' using errcode = '42501';
        end if;
        if (granted = 'door') <> (cardinality(events) > 0) then
            raise exception 'somebody at the door has events, and nobody else' using errcode = '23514', constraint = 'invitations_door';
        end if;
        perform app.require_events(org, events);
        update public.memberships set role = granted where org_id = org and user_id = member and role <> granted;
        delete from public.door_staff d where d.org_id = org and d.user_id = member and d.event_id <> all (events);
        insert into public.door_staff (org_id, event_id, user_id) select org, e, member from unnest(events) e on conflict do nothing;
    end $$;
grant execute on function app.change_member(uuid, uuid, app.org_role, uuid[]) to authenticated;

create function app.remove_member(org uuid, member uuid) returns void
    language plpgsql security definer set search_path = ''
    as $$
    declare
        was app.org_role;
    begin
        perform app.require_role(org, 'admin');
        select m.role into was from public.memberships m where m.org_id = org and m.user_id = member for update;
        if not found then
            raise exception 'no such member' using errcode = 'P0002';
        end if;
        perform app.require_grantor(org, was);
        delete from public.memberships where org_id = org and user_id = member;
    end $$;
grant execute on function app.remove_member(uuid, uuid) to authenticated;

-- The caller goes, and says so while still there.
create function app.leave_organization(org uuid) returns void
    language plpgsql security definer set search_path = ''
    as $$
    begin
        delete from public.memberships where org_id = org and user_id = auth.uid();
        if not found then
            raise exception 'no such member' using errcode = 'P0002';
        end if;
        insert into public.audit (org_id, actor_id, actor_kind, operation, effect, subject_id, summary)
        values (org, auth.uid(), 'person', 'leave_organization', 'external', auth.uid(), 'Leave the organisation');
    end $$;
grant execute on function app.leave_organization(uuid) to authenticated;

-- The caller, an owner, becomes an admin and the other member the owner.
create function app.transfer_ownership(org uuid, heir uuid) returns void
    language plpgsql security definer set search_path = ''
    as $$
    begin
        perform app.require_grantor(org, 'owner');
        perform from public.memberships m where m.org_id = org and m.user_id in (heir, auth.uid()) order by m.user_id for update;
        if heir = auth.uid() then
            return;
        end if;
        update public.memberships set role = 'owner' where org_id = org and user_id = heir and role <> 'door';
        if not found then
            raise exception 'no such member' using errcode = 'P0002';
        end if;
        update public.memberships set role = 'admin' where org_id = org and user_id = auth.uid();
    end $$;
grant execute on function app.transfer_ownership(uuid, uuid) to authenticated;

create function app.create_api_key(
    new_id uuid, org uuid, label text, granted app.org_role, wanted text[], secret_digest text, until timestamptz
) returns void
    language plpgsql security definer set search_path = ''
    as $$
    begin
        perform app.require_grantor(org, granted);
        insert into public.api_keys (id, org_id, name, role, scopes, digest, created_by, expires_at)
        values (new_id, org, label, granted, wanted, secret_digest, auth.uid(), until);
    end $$;
grant execute on function app.create_api_key(uuid, uuid, text, app.org_role, text[], text, timestamptz) to authenticated;

create function app.revoke_api_key(org uuid, this_key uuid) returns void
    language plpgsql security definer set search_path = ''
    as $$
    begin
        -- A key may end itself.
        if this_key is distinct from auth.uid() then
            perform app.require_role(org, 'admin');
        end if;
        update public.api_keys set revoked_at = coalesce(revoked_at, now()) where org_id = org and id = this_key;
        if not found then
            raise exception 'no such key' using errcode = 'P0002';
        end if;
    end $$;
grant execute on function app.revoke_api_key(uuid, uuid) to authenticated;

-- The key of this secret, noted as used; no row: there is none that may still be used. For the service, before anybody is known.
create function app.use_api_key(this_key uuid, secret_digest text) returns table (org_id uuid, scopes text[], expires_at timestamptz)
    language plpgsql security definer set search_path = ''
    as $$
    begin
        update public.api_keys k set last_used_at = now()
        where k.id = this_key and k.digest = secret_digest and (k.last_used_at is null or k.last_used_at < now() - interval '1 minute');
        return query select k.org_id, k.scopes, k.expires_at from public.api_keys k
            where k.id = this_key and k.digest = secret_digest and k.revoked_at is null and (k.expires_at is null or k.expires_at > now());
    end $$;
grant execute on function app.use_api_key(uuid, text) to service_role;

-- A yes is a person's.
create function app.approve_as_person() returns trigger
    language plpgsql security definer set search_path = ''
    as $$
    begin
        if exists (select from public.api_keys k where k.id = auth.uid()) then
            raise exception 'a key approves nothing' using errcode = '42501';
        end if;
        return new;
    end $$;
create trigger approve_as_person before update of status on public.proposals
    for each row when (new.status = 'approved' and old.status <> 'approved') execute function app.approve_as_person();

-- What the platform's own people may do: look who is there, stop one, let it go on.
create function app.require_platform_admin() returns void
    language plpgsql stable security definer set search_path = ''
    as $$
    begin
        if not exists (select from public.platform_admins p where p.user_id = auth.uid()) then
            raise exception 'for the people of the platform only' using errcode = '42501';
        end if;
    end $$;

create function app.platform_organizations(called text, at_most integer)
    returns table (id uuid, name text, created_at timestamptz, members bigint, events bigint, suspended_at timestamptz, suspended_reason text)
    language plpgsql stable security definer set search_path = ''
    as $$
    begin
        perform app.require_platform_admin();
        return query
            select o.id, o.name, o.created_at, (select count(*) from public.memberships m where m.org_id = o.id),
                (select count(*) from public.events e where e.org_id = o.id), o.suspended_at, o.suspended_reason
            from public.organizations o
            where called is null or strpos(lower(o.name), lower(called)) > 0 or o.id::text = called
            order by o.created_at desc, o.id limit at_most;
    end $$;
grant execute on function app.platform_organizations(text, integer) to authenticated;

-- `reason` null: it may go on. Leaves a trace in the organisation's own audit.
create function app.suspend_organization(org uuid, reason text) returns void
    language plpgsql security definer set search_path = ''
    as $$
    begin
        perform app.require_platform_admin();
        update public.organizations o set suspended_reason = reason, suspended_at = case when reason is not null then now() end
        where o.id = org;
        if not found then
            raise exception 'no such organisation' using errcode = 'P0002';
        end if;
        insert into public.audit (org_id, actor_id, actor_kind, operation, effect, subject_id, summary)
        values (org, auth.uid(), 'person', case when reason is null then 'resume_organization' else 'suspend_organization' end, 'external',
            org, left(coalesce('Suspended by the platform: ' || reason, 'Resumed by the platform'), 500));
    end $$;
grant execute on function app.suspend_organization(uuid, text) to authenticated;

-- The shop of a suspended organisation is closed.
do $$
declare
    was constant text := 'e.status = ''published''';
    shown text;
begin
    foreach shown in array array['app.shop_admit(jsonb)', 'app.shop_event(uuid, text)',
        'app.shop_events(uuid, timestamptz, uuid, integer)', 'app.shop_hold(uuid)']
    loop
        if position(was in pg_get_functiondef(shown::regprocedure)) = 0 then
            raise exception '% no longer asks whether an event is published', shown;
        end if;
        execute replace(pg_get_functiondef(shown::regprocedure), was, was || ' and not exists (select from public.organizations g'
            ' where g.id = e.org_id and g.suspended_at is not null)');
    end loop;
end $$;

-- Whoever scans leaves traces and keeps answers like everybody.
do $$
declare
    was constant text := 'perform app.require_role(org, ''viewer'');';
    source constant text := pg_get_functiondef('app.record(uuid, text, text, text, uuid, uuid, text, uuid, uuid, text)'::regprocedure);
begin
    if position(was in source) = 0 then
        raise exception 'app.record no longer asks for a member';
    end if;
    execute replace(source, was, 'perform app.require_role(org, ''door'');');
end $$;
alter policy own_insert on public.idempotency_keys
    with check (user_id = (select auth.uid()) and org_id = any (array(select app.my_orgs('door'))));
