-- Proposals and what every write leaves behind: audit, outbox, idempotency keys.

create table public.proposals (
    id uuid primary key,
    org_id uuid not null references public.organizations (id) on delete cascade,
    title text not null default '' check (length(title) <= 300),
    status text not null default 'proposed'
        check (status in ('proposed', 'approved', 'applied', 'undone', 'rejected', 'expired', 'stale', 'failed')),
    -- [{operation, input, enabled}]; the preview is what the card shows; the digest binds the approval to both.
    steps jsonb not null,
    preview jsonb not null,
    digest text not null check (digest ~ '^[0-9a-f]{64}$'),
    revision integer not null default 1,
    thread_id uuid,
    run_id text,
    by_agent boolean not null default false,
    created_by uuid not null,
    decided_by uuid,
    decided_at timestamptz,
    applied_at timestamptz,
    expires_at timestamptz not null,
    undo_of uuid,
    undone_by uuid,
    replaces uuid,
    failure jsonb,
    version integer not null default 1,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    unique (org_id, id),
    foreign key (org_id, undo_of) references public.proposals (org_id, id)
);
create index proposals_created_idx on public.proposals (org_id, created_at desc, id desc);
create index proposals_thread_idx on public.proposals (org_id, thread_id, created_at);
create index proposals_approved_idx on public.proposals (decided_at) where status = 'approved';
-- A proposal is undone once at a time.
create unique index proposals_one_open_undo on public.proposals (org_id, undo_of)
    where undo_of is not null and status in ('proposed', 'stale', 'approved', 'applied');
call app.secure('public.proposals', 'viewer', 'staff');
revoke delete on public.proposals from authenticated;
drop trigger capture_change on public.proposals;

create function app.proposal_next_states(state text) returns text[]
    language sql immutable set search_path = ''
    as $$
        select case state
            when 'proposed' then array['approved', 'rejected', 'expired', 'stale']
            when 'stale' then array['approved', 'rejected', 'expired', 'proposed']
            when 'expired' then array['proposed']
            when 'approved' then array['applied', 'stale', 'failed']
            when 'applied' then array['undone']
            when 'undone' then array['applied']
            else array[]::text[] end
    $$;
grant execute on function app.proposal_next_states(text) to authenticated, service_role;

-- Nobody writes a proposal that is decided already, or in somebody else's name.
create policy starts_undecided on public.proposals as restrictive for insert to authenticated with check (
    status = 'proposed' and decided_by is null and applied_at is null and created_by = (select auth.uid()));

-- The only moves there are. An approval names the approver, in time, of exactly what was shown; the sweep acts in the name of
-- `decided_by`, so nobody else can be put there.
create function app.check_proposal_move() returns trigger
    language plpgsql set search_path = ''
    as $$
    begin
        if new.created_by <> old.created_by or new.by_agent <> old.by_agent or new.undo_of is distinct from old.undo_of then
            raise exception 'a proposal keeps its author' using errcode = '42501';
        end if;
        if new.status <> old.status then
            if not new.status = any (app.proposal_next_states(old.status)) then
                raise exception 'a proposal can not go from % to %', old.status, new.status
                    using errcode = '23514', constraint = 'proposals_state_transition';
            end if;
            if new.status = 'approved' and (
                new.digest <> old.digest or new.steps <> old.steps or new.preview <> old.preview
                or new.decided_by is distinct from auth.uid() or old.expires_at <= now()
            ) then
                raise exception 'an approval is of what was shown, by the approver, in time'
                    using errcode = '23514', constraint = 'proposals_approval_bound';
            end if;
        end if;
        if new.decided_by is distinct from old.decided_by and not (
            (new.decided_by is null and new.status in ('proposed', 'stale'))
            or (new.decided_by is not distinct from auth.uid() and new.status <> old.status
                and new.status in ('approved', 'rejected'))
        ) then
            raise exception 'a decision names who made it' using errcode = '42501';
        end if;
        if new.status not in ('proposed', 'stale') and (new.steps <> old.steps or new.digest <> old.digest) then
            raise exception 'a decided proposal does not change' using errcode = '23514', constraint = 'proposals_state_transition';
        end if;
        return new;
    end $$;
create trigger check_proposal_move before update on public.proposals
    for each row execute function app.check_proposal_move();

-- Puts back what one step of a proposal changed, newest change first. A row that was changed since is refused, not overwritten;
-- counters and versions are not part of the comparison. Orders are never restored: money goes back by a refund.
create function app.restore_changes(org uuid, of_proposal uuid, of_step integer) returns integer
    language plpgsql security definer set search_path = ''
    as $$
    declare
        change record;
        present jsonb;
        ignored constant text[] := array['version', 'updated_at', 'held', 'sold', 'during'];
        wanted text[];
        restored integer := 0;
    begin
        perform app.require_role(org, 'staff');
        for change in
            select c.* from public.proposal_changes c
            where c.org_id = org and c.proposal_id = of_proposal and c.step = of_step
                and c.table_name in ('venues', 'spaces', 'events', 'bookings', 'ticket_types', 'quotas', 'quota_ticket_types',
                    'sponsors', 'sponsorships')
            order by c.seq desc
        loop
            execute format('select to_jsonb(t) from public.%I t where t.id = $1 and t.org_id = $2 for update', change.table_name)
                into present using change.row_id, org;
            if change.action = 'delete' then
                if present is not null then
                    raise exception 'it exists again' using errcode = '23514', constraint = 'changed_since';
                end if;
                select array_agg(quote_ident(k)) into wanted
                from jsonb_object_keys(change.before) k where k <> 'during';
                execute format('insert into public.%1$I (%2$s) select %2$s from jsonb_populate_record(null::public.%1$I, $1)',
                    change.table_name, array_to_string(wanted, ', ')) using change.before;
            elsif change.action = 'insert' then
                if present is null then
                    continue;
                end if;
                if (present - ignored) <> (change.after - ignored) then
                    raise exception 'it was changed since' using errcode = '23514', constraint = 'changed_since';
                end if;
                execute format('delete from public.%I where id = $1 and org_id = $2', change.table_name) using change.row_id, org;
            else
                select array_agg(quote_ident(k)) into wanted
                from jsonb_object_keys(change.after) k
                where k <> all (ignored) and change.before -> k is distinct from change.after -> k;
                if wanted is null then
                    continue;
                end if;
                if present is null or exists (
                    select from unnest(wanted) w
                    where present -> trim('"' from w) is distinct from change.after -> trim('"' from w)
                ) then
                    raise exception 'it was changed since' using errcode = '23514', constraint = 'changed_since';
                end if;
                execute format(
                    'update public.%1$I t set (%2$s) = (select %2$s from jsonb_populate_record(null::public.%1$I, $1)) where t.id = $2 and t.org_id = $3',
                    change.table_name, array_to_string(wanted, ', ')) using change.before, change.row_id, org;
            end if;
            restored := restored + 1;
        end loop;
        return restored;
    end $$;
grant execute on function app.restore_changes(uuid, uuid, integer) to authenticated;

-- Who did what. Rows are appended by app.record only; a job seals them into a hash chain per organisation.
create table public.audit (
    id bigint primary key generated always as identity,
    org_id uuid not null references public.organizations (id) on delete cascade,
    at timestamptz not null default clock_timestamp(),
    actor_id uuid,
    actor_kind text not null check (actor_kind in ('person', 'agent', 'key', 'job')),
    operation text not null,
    effect text not null,
    subject_id uuid,
    summary text not null default '',
    proposal_id uuid,
    thread_id uuid,
    request_id text not null default '',
    seal text
);
create index audit_org_idx on public.audit (org_id, id desc);
create index audit_unsealed_idx on public.audit (org_id, id) where seal is null;
call app.secure('public.audit', 'viewer', null, false);
revoke insert, update, delete on public.audit from service_role;
drop trigger capture_change on public.audit;

create table public.outbox (
    id bigint primary key generated always as identity,
    org_id uuid not null references public.organizations (id) on delete cascade,
    kind text not null,
    subject_id uuid,
    event_id uuid,
    created_at timestamptz not null default clock_timestamp()
);
create index outbox_org_idx on public.outbox (org_id, id);
call app.secure('public.outbox', 'viewer', null, false);
drop trigger capture_change on public.outbox;

-- Listeners are woken by Postgres; on Supabase the same row is broadcast to the organisation's private channel.
create function app.announce() returns trigger
    language plpgsql security definer set search_path = ''
    as $$
    begin
        perform pg_notify('outbox', new.id::text);
        if to_regprocedure('realtime.send(jsonb,text,text,boolean)') is not null then
            execute 'select realtime.send($1, $2, $3, true)'
                using jsonb_build_object('id', new.id, 'kind', new.kind, 'subject_id', new.subject_id), new.kind, 'org:' || new.org_id;
        end if;
        return null;
    end $$;
create trigger announce after insert on public.outbox for each row execute function app.announce();

-- The trace of one write, in the transaction of its effect.
create function app.record(
    org uuid, kind text, op text, op_effect text, subject uuid, of_event uuid, line text,
    of_proposal uuid, of_thread uuid, request text
) returns void
    language plpgsql security definer set search_path = ''
    as $$
    begin
        perform app.require_role(org, 'viewer');
        insert into public.audit (org_id, actor_id, actor_kind, operation, effect, subject_id, summary, proposal_id, thread_id, request_id)
        values (org, auth.uid(), kind, op, op_effect, subject, left(line, 500), of_proposal, of_thread, left(request, 100));
        insert into public.outbox (org_id, kind, subject_id, event_id) values (org, op, subject, of_event);
    end $$;
grant execute on function app.record(uuid, text, text, text, uuid, uuid, text, uuid, uuid, text) to authenticated, service_role;

-- Seals what is not sealed yet, in order: each seal covers the row and the seal before it, so a removed or changed row shows.
create function app.seal_audit() returns integer
    language plpgsql security definer set search_path = ''
    as $$
    declare
        entry record;
        link text;
        sealed integer := 0;
        last_org uuid;
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
            update public.audit set seal = link where id = entry.id;
            sealed := sealed + 1;
        end loop;
        return sealed;
    end $$;
grant execute on function app.seal_audit() to service_role;

-- One answer per key and caller, stored in the transaction of the effect. The advisory lock of that transaction says "in flight",
-- so a killed request frees its key the moment Postgres sees its connection gone.
create table public.idempotency_keys (
    user_id uuid not null,
    key text not null check (length(key) between 1 and 255),
    operation text not null,
    request_hash text not null,
    response jsonb not null,
    org_id uuid not null references public.organizations (id) on delete cascade,
    created_at timestamptz not null default now(),
    primary key (user_id, key)
);
create index idempotency_keys_age_idx on public.idempotency_keys (created_at);
alter table public.idempotency_keys enable row level security;
alter table public.idempotency_keys force row level security;
revoke all on public.idempotency_keys from anon, authenticated, service_role;
grant select, insert on public.idempotency_keys to authenticated;
grant select, insert, delete on public.idempotency_keys to service_role;
create policy own_read on public.idempotency_keys for select to authenticated using (user_id = (select auth.uid()));
create policy own_insert on public.idempotency_keys for insert to authenticated
    with check (user_id = (select auth.uid()) and org_id = any (array(select app.my_orgs())));
