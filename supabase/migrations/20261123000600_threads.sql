-- Conversations: a thread belongs to one person in one organisation; a run is one turn of it, leased to one process.

create table public.threads (
    id uuid primary key,
    org_id uuid not null references public.organizations (id) on delete cascade,
    user_id uuid not null,
    agent_id text not null default 'default' check (length(agent_id) <= 100),
    name text not null default '' check (length(name) <= 200),
    archived boolean not null default false,
    -- It has read text from outsiders: no write applies without asking any more.
    tainted boolean not null default false,
    -- The proposal its last turn asked about; null when nothing waits for a decision.
    waiting uuid,
    last_run_at timestamptz,
    version integer not null default 1,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    unique (org_id, id),
    unique (org_id, id, user_id)
);
create index threads_owner_idx on public.threads (org_id, user_id, updated_at desc, id);

create table public.runs (
    id uuid primary key default gen_random_uuid(),
    org_id uuid not null,
    thread_id uuid not null,
    user_id uuid not null,
    client_run_id text not null default '' check (length(client_run_id) <= 200),
    -- What the person said or answered; a run cut off by a crash is run again from it.
    input jsonb not null,
    status text not null default 'running' check (status in ('running', 'finished', 'failed', 'stopped')),
    holder text not null,
    lease_until timestamptz not null,
    attempts integer not null default 1,
    stop_requested boolean not null default false,
    model text not null default '',
    prompt_version text not null default '',
    input_tokens integer not null default 0,
    output_tokens integer not null default 0,
    error_id text,
    started_at timestamptz not null default now(),
    finished_at timestamptz,
    unique (org_id, id),
    -- A run is its thread's owner's: nobody occupies somebody else's thread.
    foreign key (org_id, thread_id, user_id) references public.threads (org_id, id, user_id) on delete cascade
);
create unique index runs_one_running on public.runs (thread_id) where status = 'running';
create index runs_thread_idx on public.runs (org_id, thread_id, started_at desc);
create index threads_waiting_idx on public.threads (waiting) where waiting is not null;
create index runs_lease_idx on public.runs (lease_until) where status = 'running';

do $$
declare
    target regclass;
begin
    foreach target in array array['public.threads'::regclass, 'public.runs'::regclass] loop
        execute format('alter table %s enable row level security', target);
        execute format('alter table %s force row level security', target);
        execute format('revoke all on %s from anon, authenticated, service_role', target);
        execute format('grant select, insert, update, delete on %s to authenticated, service_role', target);
        execute format(
            'create policy own_rows on %s for all to authenticated
             using (user_id = (select auth.uid()) and org_id = any(array(select app.my_orgs())))
             with check (user_id = (select auth.uid()) and org_id = any(array(select app.my_orgs())))', target);
        execute format('create trigger keep_tenant before update of id, org_id on %s for each row execute function app.keep_tenant()', target);
    end loop;
end $$;
create trigger touch before update on public.threads for each row execute function app.touch();

-- Where the agent's saver keeps what was said: its own schema and role, out of reach of every request role.
create schema agent;
revoke all on schema agent from public;
grant usage, create on schema agent to service_role;

-- Identity columns count by themselves; a hosted project's defaults would let anybody move the counters.
revoke all on all sequences in schema public from anon, authenticated, service_role;
