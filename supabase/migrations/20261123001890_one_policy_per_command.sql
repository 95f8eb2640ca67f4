-- Several policies for the same role and command are asked one after the other; one that says "or" is planned once. The advisors
-- ask for it. The oldest policy of a table takes the conditions of the others, so nobody sees more or less than before.
do $$
declare
    each record;
begin
    for each in
        select p.polrelid::regclass as target, array_agg(p.polname order by p.oid) as names,
            string_agg(format('(%s)', pg_get_expr(p.polqual, p.polrelid)), ' or ' order by p.oid) as condition
        from pg_catalog.pg_policy p join pg_catalog.pg_class c on c.oid = p.polrelid
        where c.relnamespace = 'public'::regnamespace and p.polpermissive and p.polcmd = 'r'
        group by p.polrelid, p.polroles having count(*) > 1
    loop
        execute format('alter policy %I on %s using (%s)', each.names[1], each.target, each.condition);
        for other in 2 .. array_length(each.names, 1) loop
            execute format('drop policy %I on %s', each.names[other], each.target);
        end loop;
    end loop;
end $$;
