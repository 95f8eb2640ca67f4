-- Personal data: fields sealed by the service (decision 0016), a person forgotten on request, and what is kept for a time only.

-- Sealed text is longer than what it hides: four bytes a letter, and a third more as base64.
alter table public.orders drop constraint orders_billing_address_check,
    add constraint orders_billing_address_check check (length(billing_address) <= 12000);

-- What retention looks for, and nothing else.
create index threads_age_idx on public.threads (updated_at);
create index mails_letters_idx on public.mails (created_at) where body is not null;

-- A person somebody asked to be forgotten. What names them stands here sealed, until all of it is gone.
create table public.erasures (
    id uuid primary key,
    org_id uuid not null references public.organizations (id) on delete cascade,
    -- What stands now where the person stood.
    pseudonym text not null check (pseudonym ~ '^erased-[0-9a-f]{12}$'),
    terms text,
    -- By which the service finds the erasure when it is given the address again; a keyed hash, which without the key says nothing.
    person text not null default '' check (person ~ '^([0-9a-f]{64})?$'),
    orders integer not null default 0 check (orders >= 0),
    tickets integer not null default 0 check (tickets >= 0),
    waiting_list_entries integer not null default 0 check (waiting_list_entries >= 0),
    mails integer not null default 0 check (mails >= 0),
    -- Found by going through everything else.
    mentions integer not null default 0 check (mentions >= 0),
    conversations integer not null default 0 check (conversations >= 0),
    finished_at timestamptz,
    version integer not null default 1,
    created_at timestamptz not null default clock_timestamp(),
    updated_at timestamptz not null default now(),
    unique (org_id, id),
    constraint erasures_forget_last check ((terms is null) = (finished_at is not null))
);
create index erasures_created_idx on public.erasures (org_id, created_at desc, id desc);
create index erasures_person_idx on public.erasures (org_id, person);
create index erasures_open_idx on public.erasures (created_at) where finished_at is null;
call app.secure('public.erasures', 'admin', null);
-- The sealed names are for the service alone.
revoke select on public.erasures from authenticated;
grant select (id, org_id, pseudonym, person, orders, tickets, waiting_list_entries, mails, mentions, conversations, finished_at, version,
    created_at, updated_at) on public.erasures to authenticated;

-- Audit entries whose sentence was changed by an erasure: their own seal can not be computed again, those after them can.
create table public.audit_redactions (
    id uuid primary key default gen_random_uuid(),
    org_id uuid not null,
    erasure_id uuid not null,
    audit_id bigint not null,
    created_at timestamptz not null default clock_timestamp(),
    unique (org_id, id),
    foreign key (org_id, erasure_id) references public.erasures (org_id, id) on delete cascade
);
create index audit_redactions_audit_idx on public.audit_redactions (audit_id);
create index audit_redactions_erasure_idx on public.audit_redactions (org_id, erasure_id);
call app.secure('public.audit_redactions', 'viewer', null, false);
revoke insert, update, delete on public.audit_redactions from service_role;

-- The text with each of the terms, whatever its case and only where it is not part of a longer word or address, replaced.
create function app.redacted(said text, terms text[], pseudonym text) returns text
    language plpgsql immutable set search_path = ''
    as $$
    declare
        term text;
        escaped text;
    begin
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

-- The same in every text of a document.
create function app.redacted(document jsonb, terms text[], pseudonym text) returns jsonb
    language plpgsql immutable set search_path = ''
    as $$
    begin
        return case jsonb_typeof(document)
            when 'string' then to_jsonb(app.redacted(document #>> '{}', terms, pseudonym))
            when 'array' then (
                select coalesce(jsonb_agg(app.redacted(e.value, terms, pseudonym) order by e.place), '[]')
                from jsonb_array_elements(document) with ordinality as e (value, place))
            when 'object' then (
                select coalesce(jsonb_object_agg(app.redacted(e.key, terms, pseudonym), app.redacted(e.value, terms, pseudonym)), '{}')
                from jsonb_each(document) as e (key, value))
            else document end;
    end $$;

-- Where a person can be mentioned: every text of every table that belongs to an organisation, also of tables to come. Left out are
-- the columns that say who somebody is: there an address decides and not a name, which two people may share. An erasure has been
-- through those before.
create function app.mentioning_columns() returns table (table_name text, column_name text, is_document boolean)
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
                ('venues', 'name'), ('spaces', 'name'), ('idempotency_keys', 'request_hash'), ('idempotency_keys', 'key'))
        order by 1, 2
    $$;
grant execute on function app.mentioning_columns() to service_role;

-- Replaces what names a person in one column of one organisation: `terms` wherever they stand, `short_names` (which others may have
-- too) only in rows that also hold one of `tied`, what belongs to the person for certain. Answers in how many rows.
create function app.redact_column(
    this_erasure uuid, in_table text, in_column text, terms text[], short_names text[], tied text[]
) returns integer
    language plpgsql security definer set search_path = ''
    as $$
    declare
        erasure public.erasures;
        document boolean;
        sought text[];
        touched integer;
        said text;
        there text;
    begin
        select * into strict erasure from public.erasures e where e.id = this_erasure and e.finished_at is null;
        select m.is_document into document from app.mentioning_columns() m
        where m.table_name = in_table and m.column_name = in_column;
        if document is null then
            raise exception 'no column for this' using errcode = '42501';
        end if;
        -- As a document writes them: quotes and backslashes escaped.
        select coalesce(array_agg(lower(case when document then btrim(to_jsonb(t)::text, '"') else t end)), '{}') into sought
        from unnest(terms || short_names) t;
        said := format('app.redacted(t.%I%s, $1 || case when exists (select from unnest($5) i where position(i in lower(t::text)) > 0)'
            ' then $6 else ''{}'' end, $2)', in_column, case when document then '' else '::text' end);
        there := format('where t.org_id = $3 and exists (select from unnest($4) s where position(s in lower(t.%1$I::text)) > 0)'
            ' and t.%1$I::text <> %2$s::text', in_column, said);
        -- Lets a decided proposal change (see its trigger below); only inside this function.
        perform set_config('app.erasing', 'on', true);
        if in_table = 'audit' then
            there := there || ' returning t.id) insert into public.audit_redactions (org_id, erasure_id, audit_id) select $3, $7, c.id from c';
        end if;
        begin
            execute format('%supdate public.%I t set %I = %s %s', case when in_table = 'audit' then 'with c as (' end, in_table, in_column,
                said, there) using terms, erasure.pseudonym, erasure.org_id, sought, tied, short_names, this_erasure;
            get diagnostics touched = row_count;
        exception when check_violation or string_data_right_truncation then
            -- The pseudonym makes some sentence too long for its column: then it alone stands there.
            execute format('%supdate public.%I t set %I = $2 %s', case when in_table = 'audit' then 'with c as (' end, in_table, in_column,
                there) using terms, erasure.pseudonym, erasure.org_id, sought, tied, short_names, this_erasure;
            get diagnostics touched = row_count;
        end;
        update public.erasures e set mentions = e.mentions + touched where e.id = this_erasure and touched > 0;
        perform set_config('app.erasing', '', true);
        return touched;
    end $$;
grant execute on function app.redact_column(uuid, text, text, text[], text[], text[]) to service_role;

-- Steps and digest of a decided proposal stay as they are but for an erasure, which runs as the owner of these functions.
drop trigger check_proposal_move on public.proposals;
create trigger check_proposal_move before update on public.proposals for each row
    when (coalesce(current_setting('app.erasing', true), '') = '' or current_user in ('anon', 'authenticated', 'service_role'))
    execute function app.check_proposal_move();

-- The person behind an address gives way to a pseudonym where the books know them by it: orders, tickets, waiting list, mails.
-- Amounts, numbers, times and codes stay. Answers the counts.
create function app.erase_person(org uuid, new_erasure uuid, address text, names text[], new_pseudonym text, sealed_terms text,
    new_person text)
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
        where o.org_id = org and lower(o.buyer_email) = lower(address);
        update public.orders o set buyer_name = new_pseudonym, buyer_email = null, billing_address = ''
        where o.org_id = org and o.id = any (theirs);
        erasure.orders := cardinality(theirs);

        update public.tickets k set attendee_name = new_pseudonym, attendee_email = null
        where k.org_id = org and (lower(k.attendee_email) = lower(address)
            or (k.order_id = any (theirs) and k.attendee_email is null and k.attendee_name = any (names)));
        get diagnostics erasure.tickets = row_count;

        update public.waiting_list_entries w set name = new_pseudonym, email = mail_address,
            status = case when w.status = 'waiting' then 'cancelled' else w.status end
        where w.org_id = org and lower(w.email) = lower(address);
        get diagnostics erasure.waiting_list_entries = row_count;

        -- Also what others were written about their orders: a letter names the buyer.
        update public.mails m set recipient = case when lower(m.recipient) = lower(address) then mail_address else m.recipient end,
            subject = null, body = null, html = null, facts = m.facts - 'name',
            status = case when m.status = 'queued' then 'skipped' else m.status end,
            failure = case when m.status = 'queued' then 'the person was erased' end
        where m.org_id = org and (lower(m.recipient) = lower(address) or m.order_id = any (theirs));
        get diagnostics erasure.mails = row_count;

        update public.erasures e set orders = erasure.orders, tickets = erasure.tickets,
            waiting_list_entries = erasure.waiting_list_entries, mails = erasure.mails
        where e.id = new_erasure returning * into erasure;
        return erasure;
    end $$;
grant execute on function app.erase_person(uuid, uuid, text, text[], text, text, text) to authenticated;
