-- News for other programs. The relay turns rows of the outbox into deliveries of each webhook that asked for them, in the transaction
-- that marks those rows; a worker posts each delivery outside of any. A delivery is its own job: a receiver that is slow or broken
-- must keep back nobody's news but its own, which a queue of jobs in one order can not promise.

create table public.webhooks (
    id uuid primary key default gen_random_uuid(),
    org_id uuid not null references public.organizations (id) on delete cascade,
    url text not null check (length(url) <= 2000 and url ~ '^https?://[!-~]+$'),
    description text not null default '' check (length(description) <= 255),
    -- Empty: all of them.
    kinds text[] not null default '{}' check (cardinality(kinds) <= 200 and array_position(kinds, null) is null),
    active boolean not null default true,
    -- Who switched it off, when it was not a person.
    disabled_reason text check (disabled_reason in ('gone', 'failing')),
    -- Secrets are not kept: each is made of the service's secret, the id and this number.
    secret_number integer not null default 1 check (secret_number between 1 and 1000000),
    secret_rotated_at timestamptz,
    version integer not null default 1,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    unique (org_id, id),
    constraint webhooks_once_per_address unique (org_id, url),
    constraint webhooks_disabled_when_inactive check (disabled_reason is null or not active)
);
create index webhooks_created_idx on public.webhooks (org_id, created_at, id);
call app.secure('public.webhooks', 'admin', 'admin');

create table public.webhook_deliveries (
    id uuid primary key default gen_random_uuid(),
    org_id uuid not null,
    webhook_id uuid not null,
    -- Null: a test somebody asked for.
    outbox_id bigint,
    kind text not null check (kind ~ '^[a-z_]{2,40}[.][a-z_]{2,40}$'),
    payload jsonb not null,
    attempts integer not null default 0 check (attempts >= 0),
    -- What the three days are counted from; redelivering starts them again.
    queued_at timestamptz not null default now(),
    -- Null: it has ended.
    next_attempt_at timestamptz default now(),
    -- A worker is at it until then at the latest; a worker that died is at nothing.
    claimed_until timestamptz,
    last_status integer,
    last_error text check (length(last_error) <= 200),
    delivered_at timestamptz,
    given_up_at timestamptz,
    created_at timestamptz not null default now(),
    unique (org_id, id),
    constraint webhook_deliveries_once unique (webhook_id, outbox_id),
    constraint webhook_deliveries_one_end check (num_nonnulls(next_attempt_at, delivered_at, given_up_at) = 1),
    foreign key (org_id, webhook_id) references public.webhooks (org_id, id) on delete cascade
);
create index webhook_deliveries_log_idx on public.webhook_deliveries (org_id, webhook_id, created_at desc, id desc);
create index webhook_deliveries_due_idx on public.webhook_deliveries (webhook_id, next_attempt_at) where next_attempt_at is not null;
create index webhook_deliveries_claimed_idx on public.webhook_deliveries (webhook_id) where claimed_until is not null;
create index webhook_deliveries_failing_idx on public.webhook_deliveries (webhook_id)
    where next_attempt_at is not null and last_error is not null;
create index webhook_deliveries_old_idx on public.webhook_deliveries (created_at);
call app.secure('public.webhook_deliveries', 'admin', null, false);
drop trigger capture_change on public.webhook_deliveries;

-- What waits for a webhook that is switched off is not sent after the fact, whoever switched it off.
create function app.give_up_deliveries() returns trigger
    language plpgsql security definer set search_path = ''
    as $$
    begin
        update public.webhook_deliveries set next_attempt_at = null, claimed_until = null, given_up_at = now(),
            last_error = coalesce(last_error, 'the webhook was switched off')
        where org_id = new.org_id and webhook_id = new.id and next_attempt_at is not null;
        return null;
    end $$;
create trigger give_up_deliveries after update of active on public.webhooks
    for each row when (old.active and not new.active) execute function app.give_up_deliveries();

-- A test for a webhook, in the caller's transaction.
create function app.ping_webhook(of_webhook uuid, new_id uuid) returns void
    language plpgsql security definer set search_path = ''
    as $$
    declare
        hook public.webhooks;
    begin
        select * into hook from public.webhooks w where w.id = of_webhook;
        perform app.require_role(hook.org_id, 'admin');
        insert into public.webhook_deliveries (id, org_id, webhook_id, kind, payload)
        values (new_id, hook.org_id, hook.id, 'webhook.test', jsonb_build_object(
            'type', 'webhook.test', 'timestamp', app.rfc3339(now()),
            'data', jsonb_build_object('id', hook.id, 'organization_id', hook.org_id)));
    end $$;

create function app.rfc3339(at timestamptz) returns text
    language sql stable set search_path = ''
    as $$ select to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') $$;

-- The same message again, under the same id, with three days of its own.
create function app.redeliver_webhook(of_delivery uuid) returns void
    language plpgsql security definer set search_path = ''
    as $$
    declare
        org uuid := (select d.org_id from public.webhook_deliveries d where d.id = of_delivery);
    begin
        perform app.require_role(org, 'admin');
        update public.webhook_deliveries set queued_at = now(), next_attempt_at = now(), claimed_until = null, attempts = 0,
            last_status = null, last_error = null, delivered_at = null, given_up_at = null
        where id = of_delivery;
    end $$;
grant execute on function app.ping_webhook(uuid, uuid), app.redeliver_webhook(uuid), app.rfc3339(timestamptz)
    to authenticated, service_role;

-- Its receiver is gone, or has not taken anything for three days. Only the worker decides this.
create function app.disable_webhook(of_webhook uuid, why text, line text) returns void
    language plpgsql security definer set search_path = ''
    as $$
    declare
        org uuid;
    begin
        update public.webhooks set active = false, disabled_reason = why where id = of_webhook and active returning org_id into org;
        if org is null then
            return;
        end if;
        insert into public.audit (org_id, actor_kind, operation, effect, subject_id, summary)
        values (org, 'job', 'disable_webhook', 'write', of_webhook, left(line, 500));
        insert into public.outbox (org_id, kind, subject_id) values (org, 'webhook_disabled', of_webhook);
    end $$;
grant execute on function app.disable_webhook(uuid, text, text) to service_role;
