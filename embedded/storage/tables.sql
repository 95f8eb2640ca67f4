-- What the file server knows of buckets and objects, shaped as on Supabase; contents lie in files, one per `version`.
-- No policy stands on these tables, so only the secret key writes and reads; everybody reads public buckets by their address.

create schema if not exists storage;

create table if not exists storage.buckets (
    id text primary key,
    name text not null unique,
    owner_id text,
    public boolean not null default false,
    file_size_limit bigint,
    allowed_mime_types text[],
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);

create table if not exists storage.objects (
    id uuid primary key default gen_random_uuid(),
    bucket_id text not null references storage.buckets (id),
    name text collate "C" not null,
    owner_id text,
    version uuid not null unique,
    metadata jsonb not null,
    user_metadata jsonb not null default '{}',
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    last_accessed_at timestamptz not null default now(),
    unique (bucket_id, name)
);

alter table storage.buckets enable row level security;
alter table storage.objects enable row level security;
