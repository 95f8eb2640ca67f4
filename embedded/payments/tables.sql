-- What the sandbox keeps: a provider's books, apart from ours. A commit here is what a charge is there.

create schema if not exists sandbox;

create table if not exists sandbox.sessions (
    id text primary key,
    amount bigint not null check (amount > 0),
    currency text not null,
    description text not null,
    success_url text not null,
    cancel_url text not null,
    email text,
    reference text,
    metadata jsonb not null default '{}',
    status text not null default 'open' check (status in ('open', 'complete', 'expired')),
    payment_status text not null default 'unpaid' check (payment_status in ('paid', 'unpaid')),
    -- Made with the session, as the first attempt to pay makes it there.
    intent text not null unique,
    created timestamptz not null default clock_timestamp(),
    expires_at timestamptz not null,
    -- A late payment: complete, and paid then.
    settles_at timestamptz
);
create index if not exists sessions_created_idx on sandbox.sessions (created desc, id desc);
create index if not exists sessions_due_idx on sandbox.sessions (status, payment_status);

create table if not exists sandbox.charges (
    id bigint primary key generated always as identity,
    session_id text not null unique references sandbox.sessions (id),
    amount bigint not null,
    currency text not null,
    created timestamptz not null default clock_timestamp()
);

create table if not exists sandbox.refunds (
    id text primary key,
    intent text not null references sandbox.sessions (intent),
    amount bigint not null check (amount > 0),
    currency text not null,
    metadata jsonb not null default '{}',
    status text not null check (status in ('pending', 'succeeded', 'failed')),
    failure_reason text,
    created timestamptz not null default clock_timestamp(),
    fails_at timestamptz
);
create index if not exists refunds_intent_idx on sandbox.refunds (intent, created desc);

create table if not exists sandbox.events (
    id text primary key,
    type text not null,
    object jsonb not null,
    created timestamptz not null default clock_timestamp(),
    attempts integer not null default 0,
    next_at timestamptz not null default clock_timestamp(),
    delivered_at timestamptz
);
create index if not exists events_due_idx on sandbox.events (next_at) where delivered_at is null;

-- The first answer of each idempotency key.
create table if not exists sandbox.answers (
    key text primary key,
    fingerprint text not null,
    status integer not null,
    body jsonb not null,
    created timestamptz not null default clock_timestamp()
);

create table if not exists sandbox.knobs (
    id integer primary key default 1 check (id = 1),
    value jsonb not null
);
insert into sandbox.knobs (value) values ('{}') on conflict do nothing;

alter table sandbox.sessions enable row level security;
alter table sandbox.charges enable row level security;
alter table sandbox.refunds enable row level security;
alter table sandbox.events enable row level security;
alter table sandbox.answers enable row level security;
alter table sandbox.knobs enable row level security;
