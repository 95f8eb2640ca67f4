-- What goes out by mail. A write leaves a row in the outbox, in its own transaction; the relay turns those rows into mails and jobs, in
-- one transaction of its own; a worker sends each mail outside of any. So what was rolled back is never mailed, and what was
-- committed always is: at least once, with the same Message-ID each time.

-- Null: not relayed yet. Found by this mark and not by a position, because ids become visible out of order. What stands here
-- already is not mailed after the fact.
alter table public.outbox add column relayed_at timestamptz default now();
alter table public.outbox alter column relayed_at drop default;
create index outbox_unrelayed_idx on public.outbox (id) where relayed_at is null;

-- One wake-up per statement: listeners look for themselves what there is, and a sale of a hundred orders tells them once.
create or replace function app.announce() returns trigger
    language plpgsql security definer set search_path = ''
    as $$
    begin
        perform pg_notify('outbox', '');
        if to_regprocedure('realtime.send(jsonb,text,text,boolean)') is not null then
            execute 'select realtime.send(jsonb_build_object(''id'', a.id, ''kind'', a.kind, ''subject_id'', a.subject_id),'
                ' a.kind, ''org:'' || a.org_id, true) from added a';
        end if;
        return null;
    end $$;
drop trigger announce on public.outbox;
create trigger announce after insert on public.outbox referencing new table as added
    for each statement execute function app.announce();

create table public.mails (
    id uuid primary key default gen_random_uuid(),
    org_id uuid not null references public.organizations (id) on delete cascade,
    event_id uuid,
    order_id uuid,
    ticket_id uuid,
    kind text not null check (kind ~ '^[a-z_]{3,40}$'),
    -- What the order, the event and the ticket do not say: whose place on the waiting list, which hold.
    facts jsonb not null default '{}',
    recipient text not null check (length(recipient) <= 320 and recipient ~ '^[^[:space:][:cntrl:]]+@[^[:space:][:cntrl:]]+$'),
    locale text not null check (locale ~ '^[a-z]{2,3}([_-][A-Za-z0-9]{2,8})*$'),
    -- One mail per key; its Message-ID is made from it, so that a repeat is known for one.
    dedupe_key text not null check (length(dedupe_key) between 1 and 200),
    -- Written once, before the first attempt: a repeat says the same.
    subject text check (length(subject) <= 300 and subject !~ '[[:cntrl:]]'),
    body text,
    html text,
    -- skipped: when its turn came, what it would have said was no longer so.
    status text not null default 'queued' check (status in ('queued', 'sent', 'failed', 'skipped')),
    attempts integer not null default 0,
    failure text check (length(failure) <= 500),
    sent_at timestamptz,
    version integer not null default 1,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    unique (org_id, id),
    constraint mails_once unique (dedupe_key),
    constraint mails_sent_when check ((status = 'sent') = (sent_at is not null)),
    foreign key (org_id, event_id) references public.events (org_id, id) on delete cascade,
    foreign key (org_id, order_id) references public.orders (org_id, id) on delete cascade,
    foreign key (org_id, ticket_id) references public.tickets (org_id, id) on delete cascade
);
create index mails_created_idx on public.mails (org_id, created_at desc, id desc);
create index mails_order_idx on public.mails (org_id, order_id);
create index mails_event_idx on public.mails (org_id, event_id);
create index mails_ticket_idx on public.mails (org_id, ticket_id) where ticket_id is not null;
create index mails_queued_idx on public.mails (updated_at) where status = 'queued';
-- Addresses and texts of buyers: not for everybody who may look.
call app.secure('public.mails', 'staff', null);
drop trigger capture_change on public.mails;

-- A job for each of these mails, in the caller's transaction.
create function app.enqueue_mails(mails uuid[]) returns void
    language plpgsql set search_path = ''
    as $$
    begin
        perform jobs.procrastinate_defer_jobs_v1(array_agg(
            row('mails', 'send_mail', 0, null, m.id::text, jsonb_build_object('mail', m.id), null)::jobs.procrastinate_job_to_defer_v1))
        from unnest(mails) as m (id) having count(*) > 0;
    end $$;
grant execute on function app.enqueue_mails(uuid[]) to service_role;

-- Mails that wait without a job, whoever lost it, get a new one. Answers how many.
create function app.enqueue_forgotten_mails(older_than interval) returns integer
    language plpgsql set search_path = ''
    as $$
    declare
        forgotten uuid[];
    begin
        select coalesce(array_agg(f.id), '{}') into forgotten from (
            select m.id from public.mails m
            where m.status = 'queued' and m.updated_at < now() - older_than and not exists (
                select from jobs.procrastinate_jobs j where j.queueing_lock = m.id::text and j.status in ('todo', 'doing'))
            order by m.updated_at limit 500 for update skip locked) f;
        update public.mails set failure = 'its job was lost' where id = any (forgotten);
        perform app.enqueue_mails(forgotten);
        return cardinality(forgotten);
    end $$;
grant execute on function app.enqueue_forgotten_mails(interval) to service_role;
