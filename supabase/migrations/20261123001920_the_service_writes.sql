-- Rows are written through the service. Supabase's data API signs in as `authenticator` before it becomes `authenticated`: it reads what
-- its person may read, and writes nothing, since what makes a row sound (a proposal's digest, whose content a file row names, what a
-- sweep can work through) is decided in operations (decision 0021).
create function app.write_check(part text, named text) returns text
    language sql immutable set search_path = ''
    as $$ select format('%s and (select session_user) <> ''authenticator''', app.standing_check(part, named)) $$;

do $$
declare
    each record;
    narrowed constant text := 'alter policy %I on %s %s ((%s) and (select session_user) <> ''authenticator'')';
begin
    for each in
        select p.polrelid::regclass as target, p.polname as name, part.clause, pg_get_expr(part.tree, p.polrelid) as source
        from pg_catalog.pg_policy p join pg_catalog.pg_class c on c.oid = p.polrelid,
            lateral (values ('using', p.polqual), ('with check', p.polwithcheck)) as part (clause, tree)
        where c.relnamespace = 'public'::regnamespace and p.polpermissive and p.polcmd <> 'r' and part.tree is not null
    loop
        execute format(narrowed, each.name, each.target, each.clause, each.source);
    end loop;
    if position('app.standing_check(writer::text' in pg_get_functiondef('app.secure'::regproc)) = 0 then
        raise exception 'app.secure no longer asks for writers as this file expects';
    end if;
    execute replace(pg_get_functiondef('app.secure'::regproc), 'app.standing_check(writer::text', 'app.write_check(writer::text');
end $$;
