-- What Supabase's linters ask for: every function has its own search_path, and no variable begins with a value of another type.

-- The constructors of a range type are Postgres' own, without a search_path and nobody's to alter, so the type goes. Core GiST
-- has equality for addresses, and an id has as many bits as one.
create function app.as_address(id uuid) returns inet
    language sql immutable strict parallel safe set search_path = ''
    as $$ select regexp_replace(replace(id::text, '-', ''), '(....)(?=.)', '\1:', 'g')::inet $$;
grant execute on function app.as_address(uuid) to authenticated, service_role;

alter table public.bookings drop constraint bookings_no_overlap;
alter table public.bookings add constraint bookings_no_overlap exclude using gist (
    app.as_address(space_id) inet_ops with =, during with &&) where (status <> 'cancelled');
drop type app.uuidrange;

-- "ids uuid[] := '{}'" becomes "ids uuid[] := '{}'::uuid[]"; nothing else of a function changes, nor who may run it.
do $$
declare
    untyped constant text := '(\n\s*\w+ )([\w.]+(\[\])?)( := ''\{\}'');';
    each record;
begin
    for each in
        select p.oid from pg_catalog.pg_proc p
        where p.pronamespace = 'app'::regnamespace and p.prokind = 'f' and p.prosrc ~ untyped
    loop
        execute regexp_replace(pg_get_functiondef(each.oid), untyped, '\1\2\4::\2;', 'g');
    end loop;
end $$;

-- A broadcast is a courtesy: what goes wrong in it, or a platform that has it otherwise, undoes no sale.
create or replace function app.announce() returns trigger
    language plpgsql security definer set search_path = ''
    as $$
    begin
        perform pg_notify('outbox', '');
        if to_regnamespace('realtime') is not null then
            begin
                if to_regprocedure('realtime.send(jsonb,text,text,boolean)') is not null then
                    execute 'select realtime.send(jsonb_build_object(''id'', a.id, ''kind'', a.kind, ''subject_id'', a.subject_id),'
                        ' a.kind, ''org:'' || a.org_id, true) from added a';
                end if;
            exception when others then
                raise warning 'not broadcast: %', sqlerrm;
            end;
        end if;
        return null;
    end $$;
