-- The ticket office, tables only: what may be sold when and to whom, holds, prices with fees and tax, promo codes, online payments.
-- The functions that move counters and money follow in the next file. Order of locks everywhere, so that nothing deadlocks:
-- hold, order, promo code, then quotas, each in id order. Quota rows are the lock of all that sells: whoever changes
-- what may be sold (an event's state, a type's quotas) locks the quotas first.

-- The one-type road of before; app.sell serves every door now.
drop function app.sell_tickets(uuid, uuid, uuid, uuid[], text[], uuid, integer, text, text, uuid, text);

alter table public.ticket_types
    add column kind text not null default 'ticket' check (kind in ('ticket', 'add_on', 'bundle')),
    -- Sold to buyers only with a promo code that opens it.
    add column hidden boolean not null default false,
    add column sales_start timestamptz,
    add column sales_end timestamptz,
    add column min_per_order integer not null default 1 check (min_per_order between 1 and 1000),
    add column max_per_order integer check (max_per_order between 1 and 1000),
    add column max_per_buyer integer check (max_per_buyer between 1 and 100000),
    add column needs_approval boolean not null default false,
    -- Per ticket, on top of the price.
    add column fee_amount bigint not null default 0 check (fee_amount between 0 and 1000000000000),
    add column fee_basis_points integer not null default 0 check (fee_basis_points between 0 and 10000),
    -- On price and fee; contained in them, or on top.
    add column tax_basis_points integer not null default 0 check (tax_basis_points between 0 and 10000),
    add column tax_included boolean not null default true,
    add constraint ticket_types_sales_window check (sales_end > sales_start),
    add constraint ticket_types_order_range check (min_per_order <= max_per_order);

-- What a bundle is made of: so many tickets of other types of the same event, sold at the bundle's price.
create table public.bundle_items (
    id uuid primary key default gen_random_uuid(),
    org_id uuid not null,
    event_id uuid not null,
    bundle_id uuid not null,
    ticket_type_id uuid not null,
    quantity integer not null check (quantity between 1 and 100),
    created_at timestamptz not null default now(),
    unique (org_id, bundle_id, ticket_type_id),
    constraint bundle_items_no_circle check (bundle_id <> ticket_type_id),
    foreign key (org_id, event_id, bundle_id) references public.ticket_types (org_id, event_id, id) on delete cascade,
    foreign key (org_id, event_id, ticket_type_id) references public.ticket_types (org_id, event_id, id)
);
create index bundle_items_type_idx on public.bundle_items (org_id, ticket_type_id);
call app.secure('public.bundle_items', 'viewer', 'staff', false);

-- A sale names the version of the ticket type it was priced by: what the price is made of counts as a change of the type.
create function app.touch_bundle() returns trigger
    language plpgsql security definer set search_path = ''
    as $$
    declare
        changed public.bundle_items := case when tg_op = 'DELETE' then old else new end;
    begin
        update public.ticket_types t set updated_at = now() where t.org_id = changed.org_id and t.id = changed.bundle_id;
        return null;
    end $$;
create trigger touch_bundle after insert or update or delete on public.bundle_items
    for each row execute function app.touch_bundle();

-- A reduced price, a key to hidden types, or places kept for whoever has the code (a voucher). A use is one ticket.
create table public.promo_codes (
    id uuid primary key default gen_random_uuid(),
    org_id uuid not null,
    event_id uuid not null,
    code text not null check (code ~ '^[A-Z0-9_-]{3,40}$'),
    kind text not null check (kind in ('discount', 'access', 'voucher')),
    label text not null default '' check (length(label) <= 200),
    -- Of the price, off each ticket, or the price itself; at most one of the three.
    percent_basis_points integer check (percent_basis_points between 1 and 10000),
    off_amount bigint check (off_amount between 1 and 1000000000000),
    price_amount bigint check (price_amount between 0 and 1000000000000),
    budget_amount bigint check (budget_amount > 0),
    -- Of the amounts; types in another currency are not reduced.
    currency text check (currency ~ '^[A-Z]{3}$'),
    spent_amount bigint not null default 0 check (spent_amount >= 0),
    max_uses integer check (max_uses between 1 and 1000000),
    uses integer not null default 0 check (uses >= 0),
    max_per_buyer integer check (max_per_buyer between 1 and 100000),
    valid_from timestamptz,
    valid_until timestamptz,
    -- A voucher keeps places of one type: so many of them are counted as held in its quotas.
    blocks_ticket_type_id uuid,
    blocked integer not null default 0 check (blocked >= 0),
    active boolean not null default true,
    version integer not null default 1,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    unique (org_id, id),
    unique (org_id, event_id, id),
    constraint promo_codes_code_key unique (org_id, event_id, code),
    constraint promo_codes_one_effect check (num_nonnulls(percent_basis_points, off_amount, price_amount) <= 1),
    constraint promo_codes_currency check (
        (currency is not null) = (num_nonnulls(off_amount, price_amount, budget_amount) > 0)),
    constraint promo_codes_window check (valid_until > valid_from),
    constraint promo_codes_within_uses check (uses <= max_uses),
    constraint promo_codes_within_budget check (spent_amount <= budget_amount),
    constraint promo_codes_voucher_counts check (
        (kind = 'voucher') = (blocks_ticket_type_id is not null) and (kind <> 'voucher' or max_uses is not null)
        and (blocked = 0 or (kind = 'voucher' and blocked + uses <= max_uses))),
    foreign key (org_id, event_id) references public.events (org_id, id) on delete cascade,
    foreign key (org_id, event_id, blocks_ticket_type_id) references public.ticket_types (org_id, event_id, id)
);
create index promo_codes_event_idx on public.promo_codes (org_id, event_id, created_at, id);
call app.secure('public.promo_codes', 'viewer', 'staff');
-- What was used, spent and blocked moves in functions only.
revoke insert, update on public.promo_codes from authenticated;
grant insert (id, org_id, event_id, code, kind, label, percent_basis_points, off_amount, price_amount, budget_amount, currency,
        max_uses, max_per_buyer, valid_from, valid_until, blocks_ticket_type_id, active),
    update (code, label, percent_basis_points, off_amount, price_amount, budget_amount, currency, max_uses, max_per_buyer,
        valid_from, valid_until, active) on public.promo_codes to authenticated;

-- The types a code is for; none: all of the event.
create table public.promo_code_ticket_types (
    id uuid primary key default gen_random_uuid(),
    org_id uuid not null,
    event_id uuid not null,
    promo_code_id uuid not null,
    ticket_type_id uuid not null,
    created_at timestamptz not null default now(),
    unique (org_id, promo_code_id, ticket_type_id),
    foreign key (org_id, event_id, promo_code_id) references public.promo_codes (org_id, event_id, id) on delete cascade,
    -- No cascade: a code that lost its last type would be for all of them.
    foreign key (org_id, event_id, ticket_type_id) references public.ticket_types (org_id, event_id, id)
);
create index promo_code_ticket_types_type_idx on public.promo_code_ticket_types (org_id, ticket_type_id);
call app.secure('public.promo_code_ticket_types', 'viewer', 'staff', false);

-- A hold keeps places until `expires_at` by database time. Its id is the buyer's secret. It may hold several types.
alter table public.holds
    drop column ticket_type_id,
    drop column quantity,
    add column purpose text not null default 'checkout' check (purpose in ('checkout', 'waiting_list', 'office')),
    add column promo_code_id uuid,
    -- How many of its places use the code; given back when the hold ends without an order.
    add column promo_uses integer not null default 0 check (promo_uses >= 0),
    add column extended integer not null default 0 check (extended >= 0),
    add constraint holds_event_key unique (org_id, event_id, id),
    add foreign key (org_id, event_id) references public.events (org_id, id) on delete cascade,
    add foreign key (org_id, event_id, promo_code_id) references public.promo_codes (org_id, event_id, id);
create index holds_event_idx on public.holds (org_id, event_id, expires_at) where status = 'active';

create table public.hold_items (
    id uuid primary key default gen_random_uuid(),
    org_id uuid not null,
    event_id uuid not null,
    hold_id uuid not null,
    ticket_type_id uuid not null,
    quantity integer not null check (quantity between 1 and 100000),
    created_at timestamptz not null default now(),
    unique (org_id, hold_id, ticket_type_id),
    foreign key (org_id, event_id, hold_id) references public.holds (org_id, event_id, id) on delete cascade,
    foreign key (org_id, event_id, ticket_type_id) references public.ticket_types (org_id, event_id, id)
);
create index hold_items_type_idx on public.hold_items (org_id, ticket_type_id);
call app.secure('public.hold_items', 'viewer', null, false);

-- total = sum of the items; a change of an order is items of its own, negative ones for what goes back.
alter table public.orders
    drop constraint orders_paid_within_total,
    add column channel text not null default 'office' check (channel in ('office', 'public', 'api', 'import', 'waiting_list')),
    add column locale text not null default 'en' check (locale ~ '^[a-z]{2,3}([_-][A-Za-z0-9]{2,8})*$'),
    add column billing_address text not null default '' check (length(billing_address) <= 2000),
    add column hold_id uuid,
    add column promo_code_id uuid,
    add column promo_uses integer not null default 0 check (promo_uses >= 0),
    add column needs_approval boolean not null default false,
    -- A pending order lets go of its places then; null: it waits as long as the organiser does.
    add column expires_at timestamptz,
    add column discount_amount bigint not null default 0 check (discount_amount >= 0),
    add column fee_amount bigint not null default 0 check (fee_amount >= 0),
    add column tax_amount bigint not null default 0 check (tax_amount >= 0),
    -- Given back as goodwill, with the tickets staying valid: owed is total - credited - (paid - refunded).
    add column credited_amount bigint not null default 0,
    -- What a cancellation did not give back.
    add column kept_amount bigint not null default 0 check (kept_amount >= 0),
    add column paid_at timestamptz,
    add column cancelled_at timestamptz,
    add constraint orders_credited_within_total check (credited_amount between 0 and total_amount),
    add constraint orders_event_key unique (org_id, event_id, id),
    add constraint orders_approval_is_pending check (not needs_approval or status in ('pending', 'expired', 'cancelled')),
    add foreign key (org_id, event_id, hold_id) references public.holds (org_id, event_id, id),
    add foreign key (org_id, event_id, promo_code_id) references public.promo_codes (org_id, event_id, id);
create unique index orders_hold_once on public.orders (org_id, hold_id) where hold_id is not null;
create index orders_expiry_idx on public.orders (expires_at) where status = 'pending';
create index orders_pending_idx on public.orders (org_id, event_id) where status = 'pending';
create index orders_promo_idx on public.orders (org_id, promo_code_id) where promo_code_id is not null;

alter table public.order_items
    drop constraint order_items_quantity_check,
    drop constraint order_items_price_amount_check,
    drop constraint order_items_total,
    alter column ticket_type_id drop not null,
    -- A fee is a line without a ticket type: what a cancellation keeps, for one.
    add column kind text not null default 'ticket' check (kind in ('ticket', 'fee')),
    add column label text not null default '' check (length(label) <= 200),
    add column discount_amount bigint not null default 0,
    add column fee_amount bigint not null default 0,
    add column tax_amount bigint not null default 0,
    add column tax_basis_points integer not null default 0 check (tax_basis_points between 0 and 10000),
    add column tax_included boolean not null default true,
    -- The bundle's line, on the lines of what it is made of (their price is 0).
    add column part_of uuid,
    -- The line this one takes back.
    add column reverses uuid,
    add constraint order_items_quantity check (quantity <> 0 and quantity between -100000 and 100000),
    add constraint order_items_price check (abs(price_amount) <= 1000000000000),
    add constraint order_items_kind check ((kind = 'ticket') = (ticket_type_id is not null)),
    add constraint order_items_reversal check ((quantity < 0) = (reverses is not null)),
    add constraint order_items_total check (
        total_amount = quantity * price_amount - discount_amount + fee_amount + case when tax_included then 0 else tax_amount end),
    add foreign key (org_id, part_of) references public.order_items (org_id, id),
    add foreign key (org_id, reverses) references public.order_items (org_id, id);

alter table public.tickets
    add column attendee_email text check (length(attendee_email) <= 320),
    add column transferred_from uuid,
    -- The line that took this ticket back; null while its own line stands.
    add column reversed_by uuid,
    add foreign key (org_id, transferred_from) references public.tickets (org_id, id),
    add foreign key (org_id, reversed_by) references public.order_items (org_id, id);
drop index public.tickets_type_idx;
create index tickets_type_idx on public.tickets (org_id, event_id, ticket_type_id, status);

alter table public.payments
    drop constraint payments_provider_check,
    drop constraint payments_method_check,
    drop constraint payments_status_check,
    add column provider_reference text check (length(provider_reference) <= 255),
    add column pay_url text check (length(pay_url) <= 2000),
    -- Where the buyer goes on afterwards: asked again, the provider must hear the same.
    add column return_url text check (length(return_url) <= 2000),
    add column failure text check (length(failure) <= 500),
    add column refunded_amount bigint not null default 0,
    add column confirmed_at timestamptz,
    add column attempts integer not null default 0,
    add column version integer not null default 1,
    add column updated_at timestamptz not null default now(),
    add constraint payments_provider check (provider in ('manual', 'sandbox', 'stripe')),
    add constraint payments_method check (method in ('cash', 'transfer', 'card', 'invoice', 'online')),
    -- unknown: asked, and no answer said whether it happened; a person or the reconcile job finds out.
    add constraint payments_status check (status in ('created', 'pending', 'confirmed', 'failed', 'cancelled', 'unknown')),
    add constraint payments_refund_within_amount check (refunded_amount between 0 and amount);
create unique index payments_reference_key on public.payments (provider, provider_reference) where provider_reference is not null;
create index payments_open_idx on public.payments (created_at) where status in ('created', 'pending', 'unknown');
create trigger touch before update on public.payments for each row execute function app.touch();

alter table public.refunds
    drop constraint refunds_status_check,
    add column payment_id uuid,
    add column provider text not null default 'manual' constraint refunds_provider check (provider in ('manual', 'sandbox', 'stripe')),
    add column provider_reference text check (length(provider_reference) <= 255),
    add column failure text check (length(failure) <= 500),
    add column attempts integer not null default 0,
    add column done_at timestamptz,
    add column version integer not null default 1,
    add column updated_at timestamptz not null default now(),
    -- created: promised and to be sent; pending: the provider has it.
    add constraint refunds_status check (status in ('created', 'pending', 'done', 'cancelled', 'failed', 'unknown')),
    add constraint refunds_reference_key unique (provider, provider_reference),
    add foreign key (org_id, payment_id) references public.payments (org_id, id);
create index refunds_open_idx on public.refunds (created_at) where status in ('created', 'pending', 'unknown');
create trigger touch before update on public.refunds for each row execute function app.touch();

-- By the parent alone: its id is unique, and what ends many orders or holds at once knows nothing else of them.
drop index public.order_items_order_idx;
create index order_items_order_idx on public.order_items (order_id);
drop index public.tickets_order_idx;
create index tickets_order_idx on public.tickets (order_id);
drop index public.payments_order_idx;
create index payments_order_idx on public.payments (order_id);
drop index public.refunds_order_idx;
create index refunds_order_idx on public.refunds (order_id);
drop index public.quota_ticket_types_type_idx;
create index quota_ticket_types_type_idx on public.quota_ticket_types (ticket_type_id);
create index hold_items_hold_idx on public.hold_items (hold_id);

-- What a payment provider told us, once each: written in the transaction of its effect.
create table public.payment_events (
    id uuid primary key default gen_random_uuid(),
    org_id uuid not null references public.organizations (id) on delete cascade,
    provider text not null check (provider in ('sandbox', 'stripe')),
    event_id text not null check (length(event_id) between 1 and 255),
    kind text not null check (length(kind) <= 100),
    payment_id uuid,
    refund_id uuid,
    outcome text not null check (length(outcome) <= 100),
    created_at timestamptz not null default now(),
    constraint payment_events_once unique (provider, event_id),
    foreign key (org_id, payment_id) references public.payments (org_id, id),
    foreign key (org_id, refund_id) references public.refunds (org_id, id)
);
create index payment_events_payment_idx on public.payment_events (org_id, payment_id);
call app.secure('public.payment_events', 'viewer', null, false);
drop trigger capture_change on public.payment_events;

-- A stranger who buys leaves a trace too.
alter table public.audit
    drop constraint audit_actor_kind_check,
    add constraint audit_actor_kind check (actor_kind in ('person', 'agent', 'key', 'job', 'buyer'));

-- Undo of a proposal's step puts back rows of these tables; orders and money are never restored, they are refunded.
create function app.restorable(table_name text) returns boolean
    language sql immutable set search_path = ''
    as $$
        select table_name in (
            'venues', 'spaces', 'events', 'bookings', 'ticket_types', 'bundle_items', 'quotas', 'quota_ticket_types', 'promo_codes',
            'promo_code_ticket_types', 'check_in_lists', 'check_in_list_ticket_types', 'waiting_lists',
            'waiting_list_entries', 'refund_choices', 'sponsors', 'sponsorships')
    $$;

-- Puts back what one step of a proposal changed, newest change first. A row that was changed since is refused, not overwritten;
-- counters and versions are not part of the comparison.
create or replace function app.restore_changes(org uuid, of_proposal uuid, of_step integer) returns integer
    language plpgsql security definer set search_path = ''
    as $$
    declare
        change record;
        present jsonb;
        ignored constant text[] := array['version', 'updated_at', 'held', 'sold', 'during', 'uses', 'spent_amount', 'blocked'];
        wanted text[];
        restored integer := 0;
    begin
        perform app.require_role(org, 'staff');
        for change in
            select c.* from public.proposal_changes c
            where c.org_id = org and c.proposal_id = of_proposal and c.step = of_step
                and app.restorable(c.table_name)
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
