-- Foreign keys that look where they should. While a table has no statistics the planner thinks all its indexes equally good and takes
-- the youngest; a session keeps that plan for its checks. Where the youngest was not the key itself, each check of a sale went through
-- all of the organisation's orders, and a sale cost more with each sale before it until the table was analysed (bench/sell.py).

-- An order is found by its id alone.
alter table public.refund_choices
    drop constraint refund_choices_org_id_event_id_order_id_fkey,
    add foreign key (org_id, order_id) references public.orders (org_id, id);
alter table public.orders drop constraint orders_event_key;

-- Nothing looks an attendee up by their exact address.
drop index public.tickets_attendee_idx;

-- A line, what it is part of, what it takes back and its tickets are of one order, held by the keys themselves; the same key finds
-- the lines of an order by the order alone.
alter table public.tickets
    drop constraint tickets_org_id_order_id_fkey,
    drop constraint tickets_org_id_order_item_id_fkey,
    drop constraint tickets_org_id_reversed_by_fkey;
alter table public.order_items
    drop constraint order_items_org_id_part_of_fkey,
    drop constraint order_items_org_id_reverses_fkey,
    drop constraint order_items_org_id_id_key,
    add constraint order_items_order_key unique (order_id, id, org_id);
drop index public.order_items_order_idx;
alter table public.order_items
    add foreign key (org_id, order_id, part_of) references public.order_items (org_id, order_id, id),
    add foreign key (org_id, order_id, reverses) references public.order_items (org_id, order_id, id);
alter table public.tickets
    add foreign key (org_id, order_id, order_item_id) references public.order_items (org_id, order_id, id),
    add foreign key (org_id, order_id, reversed_by) references public.order_items (org_id, order_id, id);

-- Kept for days only, and written where the organisation was just checked: these need no key of their own.
alter table public.idempotency_keys drop constraint idempotency_keys_org_id_fkey;
alter table public.outbox drop constraint outbox_org_id_fkey;

-- So the keys that foreign keys look up are made the youngest of their tables. tests/database/lints.py holds it.
do $$
declare
    key record;
    reference record;
    again text[];
begin
    for key in
        select c.conrelid::regclass as place, c.conname as name, pg_get_constraintdef(c.oid) as definition, c.conindid
        from pg_constraint c join pg_index i on i.indexrelid = c.conindid
        where c.contype = 'u' and c.connamespace = 'public'::regnamespace
            and exists (select from pg_constraint f where f.contype = 'f' and f.conindid = c.conindid)
            and exists (select from pg_index y where y.indrelid = c.conrelid and y.indexrelid > c.conindid and y.indkey[0] = i.indkey[0])
        order by c.conindid
    loop
        again := '{}';
        for reference in
            select f.conrelid::regclass as place, f.conname as name, pg_get_constraintdef(f.oid) as definition
            from pg_constraint f where f.contype = 'f' and f.conindid = key.conindid
        loop
            again := again || format('alter table %s add constraint %I %s', reference.place, reference.name, reference.definition);
            execute format('alter table %s drop constraint %I', reference.place, reference.name);
        end loop;
        execute format('alter table %s drop constraint %I', key.place, key.name);
        execute format('alter table %s add constraint %I %s', key.place, key.name, key.definition);
        for n in 1 .. cardinality(again) loop
            execute again[n];
        end loop;
    end loop;
end $$;
