-- Who the caller is to each organisation is looked up once a transaction, not once a table of each query (decision 0020, bench/rls.py).

-- Looks up where the caller, a person or a key, is at least what, and keeps the answer until the transaction ends. In a suspended
-- organisation nobody is more than a viewer, and nobody stands at its doors. What is kept counts only together with the very claims
-- it was looked up for: whoever could write it could as well write the claims.
create function app.recall_standing() returns void
    language plpgsql stable security definer set search_path = ''
    as $$
    declare
        mine record;
        doors uuid[] := '{}'::uuid[];
    begin
        select coalesce(array_agg(s.org_id) filter (where s.role >= 'door'), '{}') as door,
            coalesce(array_agg(s.org_id) filter (where s.role >= 'viewer'), '{}') as viewer,
            coalesce(array_agg(s.org_id) filter (where s.role >= 'staff' and o.suspended_at is null), '{}') as staff,
            coalesce(array_agg(s.org_id) filter (where s.role >= 'admin' and o.suspended_at is null), '{}') as admin,
            coalesce(array_agg(s.org_id) filter (where s.role >= 'owner' and o.suspended_at is null), '{}') as owner
        into mine
        from (
            select m.org_id, m.role from public.memberships m where m.user_id = auth.uid()
            union all
            select k.org_id, k.role from public.api_keys k
            where k.id = auth.uid() and k.revoked_at is null and (k.expires_at is null or k.expires_at > now())
        ) s join public.organizations o on o.id = s.org_id;
        if cardinality(mine.door) > cardinality(mine.viewer) then
            doors := array(
                select d.event_id from public.door_staff d join public.organizations o on o.id = d.org_id
                where d.user_id = auth.uid() and o.suspended_at is null);
        end if;
        perform set_config('app.my_door', mine.door::text, true), set_config('app.my_viewer', mine.viewer::text, true),
            set_config('app.my_staff', mine.staff::text, true), set_config('app.my_admin', mine.admin::text, true),
            set_config('app.my_owner', mine.owner::text, true), set_config('app.my_door_events', doors::text, true),
            set_config('app.standing_of', coalesce(current_setting('request.jwt.claims', true), ''), true);
    end $$;
grant execute on function app.recall_standing() to authenticated, service_role;

-- The setting that keeps one list of that standing: of the organisations in which the caller is at least 'door', 'viewer', 'staff',
-- 'admin' or 'owner', or 'door_events', at whose doors the caller may scan. It is there, and the caller's.
create function app.standing(part text) returns text
    language plpgsql stable set search_path = ''
    as $$
    begin
        -- After a transaction a setting of its own is not gone, but empty.
        if coalesce(nullif(current_setting('app.standing_of', true), '') <> current_setting('request.jwt.claims', true), true) then
            perform app.recall_standing();
        end if;
        return 'app.my_' || part;
    end $$;
grant execute on function app.standing(text) to authenticated, service_role;

-- The same for functions and queries.
create function app.my_organizations(minimum app.org_role default 'viewer') returns uuid[]
    language sql stable set search_path = ''
    as $$ select current_setting(app.standing(minimum::text))::uuid[] $$;
create function app.my_door_events() returns uuid[]
    language sql stable set search_path = ''
    as $$ select current_setting(app.standing('door_events'))::uuid[] $$;
grant execute on function app.my_organizations(app.org_role), app.my_door_events() to authenticated, service_role;

-- The condition of a policy: what the column `named` names is in that list. Spelled out, since a function costs twice as much; and in a
-- form the planner takes for what it is, a check that nearly all rows pass which the query's own `org_id = ...` found. As `= any` it
-- became an index condition, with the guess that one row is left.
create function app.standing_check(part text, named text) returns text
    language sql immutable set search_path = ''
    as $$
        select format(
            'strpos((select current_setting(case when current_setting(''app.standing_of'', true) = current_setting(''request.jwt.claims'', true)'
            ' then %1$L else app.standing(%2$L) end, true)), %3$s::text) <> 0', 'app.my_' || part, part, named)
    $$;

-- What a transaction changes about who belongs counts at once in that transaction.
create function app.forget_standing() returns trigger
    language plpgsql set search_path = ''
    as $$
    begin
        perform set_config('app.standing_of', '', true);
        return null;
    end $$;
create trigger forget_standing after insert or update or delete on public.memberships
    for each statement execute function app.forget_standing();
create trigger forget_standing after insert or delete or update of role, revoked_at, expires_at on public.api_keys
    for each statement execute function app.forget_standing();
create trigger forget_standing after insert or update or delete on public.door_staff
    for each statement execute function app.forget_standing();
create trigger forget_standing after update of suspended_at on public.organizations
    for each statement execute function app.forget_standing();

-- Each policy asks anew.
do $$
declare
    each record;
    found text[];
    orgs constant text := '\((\w+(?:\.\w+)?) = ANY \(ARRAY\( SELECT app\.my_orgs\((?:''(\w+)''::app\.org_role)?\) AS my_orgs\)\)\)';
    doors constant text := '\((\w+(?:\.\w+)?) = ANY \(ARRAY\( SELECT app\.my_doors\(\) AS my_doors\)\)\)';
    changed text;
begin
    for each in
        select p.polrelid::regclass as target, p.polname as name, part.clause, pg_get_expr(part.tree, p.polrelid) as source
        from pg_catalog.pg_policy p, lateral (values ('using', p.polqual), ('with check', p.polwithcheck)) as part (clause, tree)
        where part.tree is not null and pg_get_expr(part.tree, p.polrelid) ~ 'app\.my_(orgs|doors)'
    loop
        changed := each.source;
        loop
            found := regexp_match(changed, orgs);
            exit when found is null;
            changed := regexp_replace(changed, orgs, format('(%s)', app.standing_check(coalesce(found[2], 'viewer'), found[1])));
        end loop;
        loop
            found := regexp_match(changed, doors);
            exit when found is null;
            changed := regexp_replace(changed, doors, format('(%s)', app.standing_check('door_events', found[1])));
        end loop;
        if changed ~ 'app\.my_(orgs|doors)' then
            raise exception 'the policy % of % asks in a way this file does not know', each.name, each.target;
        end if;
        execute format('alter policy %I on %s %s (%s)', each.name, each.target, each.clause, changed);
    end loop;
    execute format('alter policy members_read on public.organizations using (%s)', app.standing_check('door', 'id'));
end $$;

do $$
declare
    each record;
    changed text;
begin
    for each in
        select p.oid, pg_get_functiondef(p.oid) as source from pg_catalog.pg_proc p
        where p.pronamespace = 'app'::regnamespace and p.prosrc ~ 'my_(orgs|doors)' and p.proname not in ('my_orgs', 'my_doors', 'secure')
    loop
        changed := replace(each.source, 'not exists (select from app.my_orgs(minimum) o where o = org)',
            'array_position(app.my_organizations(minimum), org) is null');
        changed := replace(changed, 'any (array(select app.my_doors()))', 'any (app.my_door_events())');
        if changed ~ 'my_(orgs|doors)' then
            raise exception 'the function % asks in a way this file does not know', each.oid::regprocedure;
        end if;
        execute changed;
    end loop;
end $$;

-- Tables made from now on.
create or replace procedure app.secure(target regclass, reader app.org_role, writer app.org_role, versioned boolean default true)
    language plpgsql set search_path = ''
    as $$
    begin
        execute format('alter table %s enable row level security', target);
        execute format('alter table %s force row level security', target);
        execute format('revoke all on %s from anon, authenticated, service_role', target);
        execute format('grant select on %s to authenticated', target);
        execute format('grant select, insert, update, delete on %s to service_role', target);
        execute format(
            'create policy members_read on %s for select to authenticated using (%s)',
            target, app.standing_check(reader::text, 'org_id'));
        if writer is not null then
            execute format('grant insert, update, delete on %s to authenticated', target);
            execute format(
                'create policy members_insert on %s for insert to authenticated with check (%s)',
                target, app.standing_check(writer::text, 'org_id'));
            execute format(
                'create policy members_update on %1$s for update to authenticated using (%2$s) with check (%2$s)',
                target, app.standing_check(writer::text, 'org_id'));
            execute format(
                'create policy members_delete on %s for delete to authenticated using (%s)',
                target, app.standing_check(writer::text, 'org_id'));
        end if;
        if versioned then
            execute format('create trigger touch before update on %s for each row execute function app.touch()', target);
        end if;
        execute format('create trigger keep_tenant before update of id, org_id on %s for each row execute function app.keep_tenant()', target);
        execute format(
            'create trigger capture_change after insert or update or delete on %s for each row when (coalesce(current_setting(''app.step'', true), '''') <> '''') execute function app.capture_change()',
            target);
    end $$;

drop function app.my_orgs(app.org_role);
drop function app.my_doors();

-- Opening a transaction looks the standing up anyway.
drop function app.enter(uuid);
create function app.enter(requested uuid default null)
    returns table (
        org_id uuid, role text, name text, timezone text, currency text, locale text, auto_apply boolean, suspended boolean, now timestamptz)
    language plpgsql stable security definer set search_path = ''
    as $$
    begin
        return query
        select o.id, s.role::text, o.name, o.timezone, o.currency, o.locale, o.auto_apply, o.suspended_at is not null, now()
        from (
            select m.org_id, m.role, m.created_at from public.memberships m where m.user_id = auth.uid()
            union all
            select k.org_id, k.role, k.created_at from public.api_keys k
            where k.id = auth.uid() and k.revoked_at is null and (k.expires_at is null or k.expires_at > now())
        ) s join public.organizations o on o.id = s.org_id
        where requested is null or s.org_id = requested
        order by s.created_at, s.org_id limit 1;
    end $$;
grant execute on function app.enter(uuid) to authenticated;
