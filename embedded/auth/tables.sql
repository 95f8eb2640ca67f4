-- What the identity server keeps beside auth.users: sessions, refresh tokens and identities, shaped as on Supabase.
-- Refresh tokens are stored as SHA-256 digests: a copy of the database signs nobody in.

create schema if not exists auth;

do $$
begin
    create type auth.aal_level as enum ('aal1', 'aal2', 'aal3');
exception
    when duplicate_object then null;
end
$$;

-- One account per address, whatever its capitals.
create unique index if not exists users_address_key on auth.users (lower(email));

create table if not exists auth.identities (
    id uuid primary key default gen_random_uuid(),
    provider_id text not null,
    user_id uuid not null references auth.users (id) on delete cascade,
    identity_data jsonb not null,
    provider text not null,
    last_sign_in_at timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    email text generated always as (lower(identity_data ->> 'email')) stored,
    unique (provider_id, provider)
);
create index if not exists identities_user_id_idx on auth.identities (user_id);

create table if not exists auth.sessions (
    id uuid primary key default gen_random_uuid(),
    user_id uuid not null references auth.users (id) on delete cascade,
    aal auth.aal_level not null default 'aal1',
    -- From this instant on the session is over, whatever tokens it gave out.
    not_after timestamptz,
    refreshed_at timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    user_agent text,
    ip inet
);
create index if not exists sessions_user_id_idx on auth.sessions (user_id);

create table if not exists auth.refresh_tokens (
    id bigint generated always as identity primary key,
    instance_id uuid,
    token text not null unique,
    -- The digest of the token this one replaced; null for the first of a session.
    parent text,
    user_id text not null,
    session_id uuid not null references auth.sessions (id) on delete cascade,
    revoked boolean not null default false,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);
create index if not exists refresh_tokens_session_id_idx on auth.refresh_tokens (session_id);

alter table auth.identities enable row level security;
alter table auth.sessions enable row level security;
alter table auth.refresh_tokens enable row level security;

do $$
begin
    create type auth.one_time_token_type as enum (
        'confirmation_token', 'reauthentication_token', 'recovery_token', 'email_change_token_new',
        'email_change_token_current', 'phone_change_token'
    );
exception
    when duplicate_object then null;
end
$$;

-- What a mail carries: one of a kind per account, stored as a digest, gone with its first use.
create table if not exists auth.one_time_tokens (
    id uuid primary key default gen_random_uuid(),
    user_id uuid not null references auth.users (id) on delete cascade,
    token_type auth.one_time_token_type not null,
    token_hash text not null unique check (token_hash <> ''),
    -- The address the mail went to.
    relates_to text not null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    unique (user_id, token_type)
);

-- How a session was signed in to; without a row by password.
create table if not exists auth.mfa_amr_claims (
    id uuid primary key default gen_random_uuid(),
    session_id uuid not null references auth.sessions (id) on delete cascade,
    authentication_method text not null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    unique (session_id, authentication_method)
);

-- A link asked for with a code challenge answers with a code, which only the asker can exchange.
create table if not exists auth.flow_state (
    id uuid primary key default gen_random_uuid(),
    user_id uuid not null references auth.users (id) on delete cascade,
    -- A digest, as with refresh tokens; null until the link is followed.
    auth_code text unique,
    code_challenge_method text not null check (code_challenge_method in ('s256', 'plain')),
    code_challenge text not null,
    provider_type text not null,
    authentication_method text not null,
    auth_code_issued_at timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);
create index if not exists flow_state_user_id_idx on auth.flow_state (user_id, created_at);

alter table auth.one_time_tokens enable row level security;
alter table auth.mfa_amr_claims enable row level security;
alter table auth.flow_state enable row level security;
