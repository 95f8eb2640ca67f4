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

-- Guesses at secrets, and mails that were sent: what is counted over all processes. Digests of names only.
create table if not exists auth.guesses (
    id bigint generated always as identity primary key,
    key text not null,
    at timestamptz not null default clock_timestamp(),
    -- Not judged yet.
    pending boolean not null default true
);
create index if not exists guesses_key_idx on auth.guesses (key, at);
create index if not exists guesses_at_idx on auth.guesses (at);
alter table auth.guesses enable row level security;

-- Notes a guess that is about to be judged. Without a claim: `opens_in` seconds nobody may guess, or, where that is null too, so many
-- are being judged that the caller should ask again.
create or replace function auth.claim_guess(of_key text, at_most integer, seconds double precision, out claim bigint, out opens_in double precision)
    language plpgsql set search_path = ''
    as $$
    declare
        name constant text := encode(sha256(convert_to(of_key, 'UTF8')), 'hex');
        moment timestamptz;
        wrong bigint;
        open bigint;
        first_wrong timestamptz;
    begin
        -- One at a time: two that come at once do not see each other.
        perform pg_advisory_xact_lock(hashtextextended(name, 7235007));
        moment := clock_timestamp();
        select count(*) filter (where w.judged), count(*) filter (where not w.judged), min(w.at) filter (where w.judged)
        into wrong, open, first_wrong
        from (
            select g.at, not g.pending or g.at < moment - interval '60 seconds' as judged
            from auth.guesses g where g.key = name and g.at > moment - make_interval(secs => seconds)) w;
        if wrong >= at_most then
            opens_in := coalesce(extract(epoch from first_wrong - moment), 0) + seconds;
        elsif wrong + open < at_most then
            insert into auth.guesses (key, at) values (name, moment) returning id into claim;
            -- Mails are counted for an hour, which is longest.
            delete from auth.guesses g where g.id in (
                select o.id from auth.guesses o where o.at < moment - make_interval(secs => greatest(seconds, 3600))
                order by o.at limit 10 for update skip locked);
        end if;
    end $$;
