-- Addresses of outsiders are sealed by the service (decision 0019). Beside each stands a blind index, made by the service too: SQL
-- counts, compares and finds by it. What was stored before stays readable in the clear, without an index, until the worker has sealed
-- it; until then it is found by the address itself.

-- Sealed text is longer than what it hides. What an address looks like, the service checks before it seals.
alter table public.orders add column buyer_email_index text,
    drop constraint orders_buyer_email_check,
    add constraint orders_buyer_email_check check (length(buyer_email) <= 2000),
    add constraint orders_buyer_email_index_check check (length(buyer_email_index) = 24);
alter table public.tickets add column attendee_email_index text,
    drop constraint tickets_attendee_email_check,
    add constraint tickets_attendee_email_check check (length(attendee_email) <= 2000),
    add constraint tickets_attendee_email_index_check check (length(attendee_email_index) = 24);
alter table public.waiting_list_entries add column email_index text,
    drop constraint waiting_list_entries_email_check,
    add constraint waiting_list_entries_email_check check (length(email) between 3 and 2000),
    add constraint waiting_list_entries_email_index_check check (length(email_index) = 24);
alter table public.mails add column recipient_index text,
    drop constraint mails_recipient_check,
    add constraint mails_recipient_check check (length(recipient) between 3 and 2000 and recipient !~ '[[:space:][:cntrl:]]'),
    add constraint mails_recipient_index_check check (length(recipient_index) = 24);
grant insert (email_index) on public.waiting_list_entries to authenticated;

drop index public.orders_buyer_idx;
-- An index of an address is that of one organisation alone.
create index orders_buyer_idx on public.orders (buyer_email_index) where buyer_email_index is not null;
create index orders_buyer_clear_idx on public.orders (lower(buyer_email), org_id)
    where buyer_email_index is null and buyer_email is not null;
drop index public.waiting_list_entries_once;
create unique index waiting_list_entries_once on public.waiting_list_entries (email_index, ticket_type_id)
    where status in ('waiting', 'offered');

-- What the counter, a change of an order and the door of tickets do with an address, they do with its index as well. The address in
-- the clear (`buyer_address`) comes along for comparison with what is not sealed yet, and is written nowhere.
create procedure app.rewrite(target regprocedure, changes text[])
    language plpgsql set search_path = ''
    as $$
    declare
        source text := pg_get_functiondef(target);
    begin
        for n in 1 .. cardinality(changes) / 2
        loop
            if position(changes[2 * n - 1] in source) = 0 then
                raise exception '% no longer says: %', target, changes[2 * n - 1];
            end if;
            source := replace(source, changes[2 * n - 1], changes[2 * n]);
        end loop;
        execute source;
    end $$;
call app.rewrite('app.serve(jsonb)', array[
    $a$lower(o.buyer_email) = lower(member ->> 'buyer_email')$a$,
    $b$(o.buyer_email_index = member ->> 'buyer_index' or (o.buyer_email_index is null
                                    and lower(o.buyer_email) = lower(coalesce(member ->> 'buyer_address', member ->> 'buyer_email'))))$b$,
    $a$place := lower(member ->> 'buyer_email') || '/' || kind_id;$a$,
    $b$place := coalesce(member ->> 'buyer_index', lower(member ->> 'buyer_email')) || '/' || kind_id;$b$]);
call app.rewrite('app.write_orders(jsonb, jsonb)', array[
    'buyer_name text, buyer_email text, locale text,', 'buyer_name text, buyer_email text, buyer_index text, locale text,',
    'm.buyer_name, m.buyer_email, i.*', 'm.buyer_name, m.buyer_email, m.buyer_index, i.*',
    '(id, org_id, event_id, number, buyer_name, buyer_email, status,',
    '(id, org_id, event_id, number, buyer_name, buyer_email, buyer_email_index, status,',
    'select id, org, event, number, buyer_name, buyer_email, status, currency, total,',
    'select id, org, event, number, buyer_name, buyer_email, buyer_index, status, currency, total,',
    'code, attendee_name, attendee_email)', 'code, attendee_name, attendee_email, attendee_email_index)',
    'coalesce(k.email, i.buyer_email)', 'coalesce(k.email, case when i.buyer_index is null then i.buyer_email end), k.index',
    '(id uuid, code text, name text, email text)', '(id uuid, code text, name text, email text, index text)']);
call app.rewrite('app.change_order(uuid, uuid, jsonb)', array[
    'code, attendee_name, attendee_email)', 'code, attendee_name, attendee_email, attendee_email_index)',
    'coalesce(k.email, bill.buyer_email)',
    'coalesce(k.email, case when bill.buyer_email_index is null then bill.buyer_email end), k.index',
    '(id uuid, code text, name text, email text)', '(id uuid, code text, name text, email text, index text)']);
-- Sealed anew it is the same address; another one has another index.
call app.rewrite('app.restore_changes(uuid, uuid, integer)', array[
    $a$'spent_amount', 'blocked']$a$, $b$'spent_amount', 'blocked', 'email']$b$]);
drop procedure app.rewrite(regprocedure, text[]);

drop function app.rename_attendee(uuid, uuid, integer, text, text);
create function app.rename_attendee(org uuid, this_ticket uuid, seen integer, new_name text, new_email text, new_index text default null)
    returns integer
    language plpgsql security definer set search_path = ''
    as $$
    declare
        slip public.tickets := app.lock_ticket(org, this_ticket);
    begin
        if seen <> slip.version then
            return null;
        end if;
        if slip.status not in ('valid', 'checked_in') then
            raise exception 'the ticket is %', slip.status using errcode = '23514', constraint = 'ticket_current',
                detail = jsonb_build_object('ticket_status', slip.status)::text;
        end if;
        update public.tickets set attendee_name = new_name, attendee_email = new_email, attendee_email_index = new_index
        where id = this_ticket
        returning version into slip.version;
        return slip.version;
    end $$;
grant execute on function app.rename_attendee(uuid, uuid, integer, text, text, text) to authenticated, service_role;

drop function app.transfer_ticket(uuid, uuid, integer, uuid, text, text, text);
create function app.transfer_ticket(
    org uuid, this_ticket uuid, seen integer, new_ticket uuid, new_code text, new_name text, new_email text,
    new_index text default null
) returns boolean
    language plpgsql security definer set search_path = ''
    as $$
    declare
        slip public.tickets := app.lock_ticket(org, this_ticket);
        state text;
    begin
        if seen <> slip.version then
            return false;
        end if;
        if slip.status <> 'valid' then
            raise exception 'the ticket is %', slip.status using errcode = '23514', constraint = 'ticket_transferable',
                detail = jsonb_build_object('ticket_status', slip.status)::text;
        end if;
        select o.status into state from public.orders o where o.org_id = org and o.id = slip.order_id;
        if state <> 'paid' then
            raise exception 'the order is %', state using errcode = '23514', constraint = 'ticket_paid',
                detail = jsonb_build_object('order_status', state)::text;
        end if;
        select e.status into state from public.events e where e.org_id = org and e.id = slip.event_id;
        if state not in ('draft', 'published') then
            raise exception 'the event is %', state using errcode = '23514', constraint = 'ticket_event_ahead',
                detail = jsonb_build_object('event_status', state)::text;
        end if;
        update public.tickets set status = 'transferred' where id = this_ticket;
        insert into public.tickets (id, org_id, order_id, order_item_id, ticket_type_id, event_id, code, attendee_name, attendee_email,
            attendee_email_index, transferred_from)
        values (new_ticket, org, slip.order_id, slip.order_item_id, slip.ticket_type_id, slip.event_id, new_code, new_name, new_email,
            new_index, this_ticket);
        return true;
    end $$;
grant execute on function app.transfer_ticket(uuid, uuid, integer, uuid, text, text, text, text) to authenticated, service_role;

drop function app.erase_person(uuid, uuid, text, text[], text, text, text);
create function app.erase_person(org uuid, new_erasure uuid, address text, names text[], new_pseudonym text, sealed_terms text,
    new_person text, address_index text default null)
    returns public.erasures
    language plpgsql security definer set search_path = ''
    as $$
    declare
        erasure public.erasures;
        mail_address text := new_pseudonym || '@erased.invalid';
        theirs uuid[];
    begin
        perform app.require_role(org, 'admin');
        insert into public.erasures (id, org_id, pseudonym, terms, person)
        values (new_erasure, org, new_pseudonym, sealed_terms, new_person);

        select coalesce(array_agg(o.id), '{}') into theirs from public.orders o
        where o.org_id = org
            and (o.buyer_email_index = address_index or (o.buyer_email_index is null and lower(o.buyer_email) = lower(address)));
        update public.orders o set buyer_name = new_pseudonym, buyer_email = null, buyer_email_index = null, billing_address = ''
        where o.org_id = org and o.id = any (theirs);
        erasure.orders := cardinality(theirs);

        update public.tickets k set attendee_name = new_pseudonym, attendee_email = null, attendee_email_index = null
        where k.org_id = org and (k.attendee_email_index = address_index
            or (k.attendee_email_index is null and lower(k.attendee_email) = lower(address))
            or (k.order_id = any (theirs) and k.attendee_email is null and k.attendee_name = any (names)));
        get diagnostics erasure.tickets = row_count;

        update public.waiting_list_entries w set name = new_pseudonym, email = mail_address, email_index = null,
            status = case when w.status = 'waiting' then 'cancelled' else w.status end
        where w.org_id = org and (w.email_index = address_index or (w.email_index is null and lower(w.email) = lower(address)));
        get diagnostics erasure.waiting_list_entries = row_count;

        update public.mails m set recipient = mail_address, recipient_index = null
        where m.org_id = org and (m.recipient_index = address_index or (m.recipient_index is null and lower(m.recipient) = lower(address)));
        -- Also what others were written about their orders: a letter names the buyer.
        update public.mails m set subject = null, body = null, html = null, facts = m.facts - 'name',
            status = case when m.status = 'queued' then 'skipped' else m.status end,
            failure = case when m.status = 'queued' then 'the person was erased' end
        where m.org_id = org and (m.recipient = mail_address or m.order_id = any (theirs));
        get diagnostics erasure.mails = row_count;

        update public.erasures e set orders = erasure.orders, tickets = erasure.tickets,
            waiting_list_entries = erasure.waiting_list_entries, mails = erasure.mails
        where e.id = new_erasure returning * into erasure;
        return erasure;
    end $$;
grant execute on function app.erase_person(uuid, uuid, text, text[], text, text, text, text) to authenticated;

-- What is sealed is for the service to go through.
create or replace function app.redacted(said text, terms text[], pseudonym text) returns text
    language plpgsql immutable set search_path = ''
    as $$
    declare
        term text;
        escaped text;
    begin
        -- Nothing stands in the clear in there, and letters of it that look like a name are none.
        if said ~ '^sealed:[A-Za-z0-9+/]{24,}={0,2}$' then
            return said;
        end if;
        foreach term in array terms
        loop
            escaped := regexp_replace(term, '([^[:alnum:][:space:]])', '\\\1', 'g');
            if position('@' in term) > 0 then
                said := regexp_replace(said, '(?<![[:alnum:]._%+-])' || escaped || '(?![[:alnum:]-]|\.[[:alnum:]])',
                    pseudonym || '@erased.invalid', 'gi');
            else
                said := regexp_replace(said, '(?<![[:alnum:]])' || escaped || '(?![[:alnum:]])', pseudonym, 'gi');
            end if;
        end loop;
        return said;
    end $$;

create or replace function app.mentioning_columns() returns table (table_name text, column_name text, is_document boolean)
    language sql stable set search_path = ''
    as $$
        select c.relname::text, a.attname::text, a.atttypid = 'jsonb'::regtype
        from pg_catalog.pg_class c
        join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
        where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
            and a.atttypid in ('text'::regtype, 'varchar'::regtype, 'jsonb'::regtype)
            and exists (select from pg_catalog.pg_attribute o where o.attrelid = c.oid and o.attname = 'org_id' and not o.attisdropped)
            and (c.relname::text, a.attname::text) not in (
                ('audit', 'seal'), ('erasures', 'terms'), ('erasures', 'person'), ('erasures', 'pseudonym'), ('orders', 'buyer_name'), ('orders', 'number'),
                ('tickets', 'attendee_name'), ('tickets', 'code'), ('waiting_list_entries', 'name'), ('sponsors', 'name'),
                ('venues', 'name'), ('spaces', 'name'), ('idempotency_keys', 'request_hash'), ('idempotency_keys', 'key'),
                ('orders', 'buyer_email_index'), ('tickets', 'attendee_email_index'), ('waiting_list_entries', 'email_index'),
                ('mails', 'recipient_index'))
        order by 1, 2
    $$;

-- Puts documents the service opened and sealed again, in an erasure redacted, back in their rows, which keep their places until the
-- transaction ends. Answers how many. Also where nobody else may change what was written: decided proposals, kept answers.
create function app.replace_documents(in_table text, in_column text, places text[], documents jsonb) returns integer
    language plpgsql security definer set search_path = ''
    as $$
    declare
        touched integer;
    begin
        if not exists (select from app.mentioning_columns() m
            where m.table_name = in_table and m.column_name = in_column and m.is_document) then
            raise exception 'no column for this' using errcode = '42501';
        end if;
        perform set_config('app.erasing', 'on', true);
        execute format('update public.%1$I t set %2$I = d.document from (select p.place, n.value as document'
            ' from unnest($1) with ordinality as p (place, number)'
            ' join jsonb_array_elements($2) with ordinality as n (value, number) using (number)) d'
            ' where t.ctid = d.place::tid', in_table, in_column) using places, documents;
        get diagnostics touched = row_count;
        perform set_config('app.erasing', '', true);
        return touched;
    end $$;
grant execute on function app.replace_documents(text, text, text[], jsonb) to service_role;
