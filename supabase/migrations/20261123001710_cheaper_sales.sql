-- What a sale costs beside its own rows (bench/sell.py).

-- Who may sell is read for all members at once: a function call for each cost as much as deciding the rest of their sale.
do $$
declare
    was constant text := 'where app.may_sell(s.who::uuid, s.org::uuid)';
    source constant text := pg_get_functiondef('app.serve(jsonb)'::regprocedure);
begin
    if position(was in source) = 0 then
        raise exception 'app.serve no longer asks app.may_sell';
    end if;
    execute replace(source, was, 'where exists (select from public.memberships a'
        ' where a.user_id = s.who::uuid and a.org_id = s.org::uuid and a.role >= ''staff'')');
end $$;
drop function app.may_sell(uuid, uuid);

-- The chain is linked in memory and written by one statement.
create or replace function app.seal_audit() returns integer
    language plpgsql security definer set search_path = ''
    as $$
    declare
        entry record;
        link text;
        last_org uuid;
        ids bigint[] := '{}';
        links text[] := '{}';
    begin
        perform pg_advisory_xact_lock(7235001);
        for entry in
            select a.* from public.audit a
            where a.seal is null
                -- Rows of transactions still open get smaller ids later: wait until all below are visible.
                and a.at < now() - interval '5 seconds'
            order by a.org_id, a.id limit 5000
        loop
            if entry.org_id is distinct from last_org then
                select a.seal into link from public.audit a
                where a.org_id = entry.org_id and a.seal is not null order by a.id desc limit 1;
                last_org := entry.org_id;
            end if;
            link := encode(sha256(convert_to(coalesce(link, '') || (to_jsonb(entry) - 'seal')::text, 'UTF8')), 'hex');
            ids := ids || entry.id;
            links := links || link;
        end loop;
        update public.audit a set seal = s.link from unnest(ids, links) as s (id, link) where a.id = s.id;
        return cardinality(ids);
    end $$;
