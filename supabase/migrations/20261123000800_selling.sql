-- Selling, holding, paying, giving back: the only functions that move counters and money.

-- What a quota should count: the tickets of live orders, active holds, and places that vouchers keep. The counters on the row are
-- this, kept by the functions below; app.quota_drift tells where they are not.
create function app.quota_count(org uuid, of_quota uuid) returns table (held integer, sold integer)
    language sql stable security definer set search_path = ''
    as $$
        select
            (coalesce((select sum(i.quantity) from public.quota_ticket_types l
                join public.hold_items i on i.org_id = l.org_id and i.ticket_type_id = l.ticket_type_id
                join public.holds h on h.org_id = i.org_id and h.id = i.hold_id
                where l.org_id = org and l.quota_id = of_quota and h.status = 'active'), 0)
            + coalesce((select sum(p.blocked) from public.quota_ticket_types l
                join public.promo_codes p on p.org_id = l.org_id and p.blocks_ticket_type_id = l.ticket_type_id
                where l.org_id = org and l.quota_id = of_quota), 0))::integer,
            coalesce((select sum(i.quantity) from public.quota_ticket_types l
                join public.order_items i on i.org_id = l.org_id and i.ticket_type_id = l.ticket_type_id
                join public.orders o on o.org_id = i.org_id and o.id = i.order_id
                where l.org_id = org and l.quota_id = of_quota and o.status in ('pending', 'paid')), 0)::integer
    $$;

create function app.quota_drift(of_org uuid default null)
    returns table (org_id uuid, quota_id uuid, held integer, sold integer, counted_held integer, counted_sold integer)
    language sql stable security definer set search_path = ''
    as $$
        select q.org_id, q.id, q.held, q.sold, c.held, c.sold
        from public.quotas q cross join lateral app.quota_count(q.org_id, q.id) c
        where (of_org is null or q.org_id = of_org) and (q.held, q.sold) is distinct from (c.held, c.sold)
    $$;
grant execute on function app.quota_drift(uuid) to service_role;

-- The lock of all that sells: the quotas of these types, in id order.
create function app.lock_quotas(org uuid, types uuid[]) returns void
    language sql set search_path = ''
    as $$
        select from public.quotas q
        where q.org_id = org and q.id in (
            select l.quota_id from public.quota_ticket_types l where l.org_id = org and l.ticket_type_id = any (types))
        order by q.id for update
    $$;

-- A quota counts the tickets of its types, also those sold before the type was linked to it. Sales of the type wait meanwhile: they
-- lock at least the type's own quota.
create or replace function app.count_linked() returns trigger
    language plpgsql security definer set search_path = ''
    as $$
    declare
        link public.quota_ticket_types := case when tg_op = 'DELETE' then old else new end;
        counted record;
    begin
        perform from public.quotas q
        where q.org_id = link.org_id and (q.id = link.quota_id or q.id in (
            select l.quota_id from public.quota_ticket_types l where l.org_id = link.org_id and l.ticket_type_id = link.ticket_type_id))
        order by q.id for update;
        select * into counted from app.quota_count(link.org_id, link.quota_id);
        update public.quotas q set held = counted.held, sold = counted.sold
        where q.org_id = link.org_id and q.id = link.quota_id and (q.held, q.sold) is distinct from (counted.held, counted.sold);
        return null;
    end $$;

-- An event's state decides whether its tickets are sold: sales under way end first.
create function app.stop_sales() returns trigger
    language plpgsql security definer set search_path = ''
    as $$
    begin
        perform from public.quotas q where q.org_id = new.org_id and q.event_id = new.id order by q.id for update;
        return new;
    end $$;
create trigger stop_sales before update of status on public.events
    for each row when (old.status is distinct from new.status) execute function app.stop_sales();

-- Moves places of these types between free, held and sold, in every quota they count against. A type may occur more than once.
-- Raises quotas_never_oversold naming the tightest quota when it does not fit.
create function app.move_places(org uuid, types uuid[], held_by integer[], sold_by integer[]) returns void
    language plpgsql set search_path = ''
    as $$
    declare
        room record;
    begin
        perform app.lock_quotas(org, types);
        if exists (select from unnest(types) as t (id) where not exists (
            select from public.quota_ticket_types l where l.org_id = org and l.ticket_type_id = t.id)) then
            raise exception 'this ticket type has no quota' using errcode = '23514', constraint = 'ticket_type_without_quota';
        end if;
        for room in
            select q.id, q.name, q.size - q.held - q.sold as free, sum(m.held)::integer as held, sum(m.sold)::integer as sold
            from unnest(types, held_by, sold_by) as m (type_id, held, sold)
            join public.quota_ticket_types l on l.org_id = org and l.ticket_type_id = m.type_id
            join public.quotas q on q.org_id = l.org_id and q.id = l.quota_id
            group by q.id order by q.id
        loop
            if room.held + room.sold > greatest(room.free, 0) then
                raise exception 'only % left', room.free using errcode = '23514', constraint = 'quotas_never_oversold',
                    detail = jsonb_build_object('available', room.free, 'wanted', room.held + room.sold, 'quota', room.name)::text;
            end if;
            update public.quotas q set held = q.held + room.held, sold = q.sold + room.sold
            where q.id = room.id and (room.held, room.sold) <> (0, 0);
        end loop;
    end $$;
drop function app.take_quota(uuid, uuid, integer);

-- A voucher keeps its unused places out of sale while it is active.
create function app.block_places() returns trigger
    language plpgsql security definer set search_path = ''
    as $$
    declare
        code public.promo_codes := case when tg_op = 'DELETE' then old else new end;
        before integer := case when tg_op = 'INSERT' then 0 else old.blocked end;
        wanted integer := case when tg_op = 'DELETE' or not code.active then 0 else code.max_uses - code.uses end;
    begin
        if code.kind <> 'voucher' then
            return code;
        end if;
        -- With its event go the quotas, and with them what was to be counted.
        if wanted <> before and (tg_op <> 'DELETE' or exists (select from public.quota_ticket_types l
            where l.org_id = code.org_id and l.ticket_type_id = code.blocks_ticket_type_id)) then
            perform app.move_places(code.org_id, array[code.blocks_ticket_type_id], array[wanted - before], array[0]);
        end if;
        code.blocked := wanted;
        return code;
    end $$;
create trigger block_places before insert or delete on public.promo_codes for each row execute function app.block_places();
create trigger block_places_anew before update of max_uses, active on public.promo_codes
    for each row when (old.max_uses is distinct from new.max_uses or old.active <> new.active) execute function app.block_places();

-- A sale is no change of a quota or a code: whoever saw the version before may still change what they saw.
drop trigger touch on public.quotas;
create trigger touch before update of name, size on public.quotas for each row execute function app.touch();
drop trigger touch on public.promo_codes;
create trigger touch before update of code, label, percent_basis_points, off_amount, price_amount, budget_amount, currency, max_uses,
    max_per_buyer, valid_from, valid_until, active on public.promo_codes for each row execute function app.touch();

-- Rights of the functions below: `who` sells for the organisation, or a stranger buys.
create function app.may_sell(who uuid, org uuid) returns boolean
    language plpgsql stable security definer set search_path = ''
    as $$
    begin
        return exists (select from public.memberships m where m.user_id = who and m.org_id = org and m.role >= 'staff');
    end $$;

-- Serves many at one counter, in one transaction: each member is an order or a hold of its own, with its own rights, key, trace and
-- outcome, in the order given; what one of them may not do leaves the others alone. Prices were computed from the ticket types at
-- the versions named: another version is refused, so what was computed is what holds. Answers one outcome per member, in order:
--   {n, id, number, at, status} | {n, answer} (of an earlier call with the same key) | {n, problem, detail}
-- What a member is made of stands in tools/orders/counter.py. A stranger (no `user`) is served by the service role alone.
create function app.serve(members jsonb) returns jsonb
    -- Planning these statements anew costs as much as running them, and the plan never depends on the values.
    language plpgsql security definer set search_path = '' set plan_cache_mode = 'force_generic_plan'
    as $$
    declare
        at constant timestamptz := clock_timestamp();
        types uuid[];
        locked uuid[];
        offers jsonb;       -- ticket type id -> what it is, and its quotas
        room jsonb;         -- quota id -> {free, held, sold, name}
        hold_ids uuid[];
        new_ids uuid[];
        code_ids uuid[];
        keyed boolean;
        kept jsonb := '{}';  -- hold id -> the hold and what it holds
        codes jsonb := '{}';  -- promo code id -> the code
        answers jsonb := '{}';  -- user/key -> {request, answer}
        sellers jsonb;      -- user/org -> true
        bought jsonb := '{}';  -- buyer/type -> tickets taken earlier in this call
        outcomes jsonb[] := '{}';
        seen jsonb := '{}';     -- user/key -> the place of its outcome in this call
        member jsonb;
        outcome jsonb;
        problem text;
        detail jsonb;
        place text;
        restricted boolean;
        held jsonb;
        live boolean;
        line jsonb;
        offer jsonb;
        wanted jsonb;       -- ticket type id -> tickets
        needs jsonb;        -- quota id -> {held, sold}
        code jsonb;
        uses integer;
        covered integer;
        ordered integer := 0;
        taken uuid[] := '{}';
        held_anew integer := 0;
        lines jsonb;
        asked text[];       -- the ticket types of this member
        kind_id text;
        quotas jsonb;
        quota_id text;
        touched text[];     -- the quotas of this member
        spot jsonb;
        amount integer;
        was integer;
        adds boolean;
        rest integer;
    begin
        if coalesce(auth.role(), '') <> 'service_role' and exists (
            select from jsonb_array_elements(members) m where (m ->> 'user')::uuid is distinct from auth.uid()) then
            raise exception 'each acts for themselves' using errcode = '42501';
        end if;

        select coalesce(array_agg((m ->> 'hold')::uuid) filter (where m ? 'hold'), '{}'),
            coalesce(array_agg((m ->> 'id')::uuid) filter (where m ->> 'act' = 'hold'), '{}'),
            coalesce(array_agg((m ->> 'promo')::uuid) filter (where m ? 'promo'), '{}'), coalesce(bool_or(m ? 'key'), false)
        into hold_ids, new_ids, code_ids, keyed from jsonb_array_elements(members) m;
        if cardinality(hold_ids) > 0 then
            perform from public.holds h where h.id = any (hold_ids) order by h.id for update;
        end if;
        if cardinality(hold_ids) + cardinality(new_ids) > 0 then
            select coalesce(jsonb_object_agg(h.id, to_jsonb(h) || jsonb_build_object(
                    'order', (select o.id from public.orders o where o.org_id = h.org_id and o.hold_id = h.id),
                    'types', (select coalesce(jsonb_object_agg(i.ticket_type_id, i.quantity), '{}') from public.hold_items i
                        where i.org_id = h.org_id and i.hold_id = h.id))), '{}') into kept
            from public.holds h where h.id = any (hold_ids || new_ids);
        end if;
        if cardinality(code_ids) > 0 then
            perform from public.promo_codes p where p.id = any (code_ids) order by p.id for update;
        end if;

        select array_agg(distinct t.id) into types from (
            select (i ->> 'type')::uuid as id from jsonb_array_elements(members) m, jsonb_array_elements(m -> 'items') i
            union all select k::uuid from jsonb_each(kept) h, jsonb_object_keys(h.value -> 'types') k) t;
        select array_agg(q.id) into locked from (
            select q.id from public.quotas q
            where q.id in (select l.quota_id from public.quota_ticket_types l where l.ticket_type_id = any (types))
            order by q.id for update) q;

        -- From here on every statement sees what those who had the locks before us left.
        select coalesce(jsonb_object_agg(t.id, jsonb_build_object(
                'org', t.org_id, 'event', t.event_id, 'name', t.name, 'version', t.version, 'kind', t.kind, 'hidden', t.hidden,
                'price', t.price_amount, 'currency', t.currency, 'opens', t.sales_start, 'closes', t.sales_end,
                'least', t.min_per_order, 'most', t.max_per_order, 'buyer', t.max_per_buyer, 'status', e.status,
                'quotas', (select coalesce(jsonb_agg(l.quota_id), '[]') from public.quota_ticket_types l
                    where l.org_id = t.org_id and l.ticket_type_id = t.id))), '{}') into offers
        from public.ticket_types t join public.events e on e.org_id = t.org_id and e.id = t.event_id where t.id = any (types);
        select coalesce(jsonb_object_agg(q.id, jsonb_build_object(
                'free', q.size - q.held - q.sold, 'held', 0, 'sold', 0, 'name', q.name)), '{}') into room
        from public.quotas q
        where q.id in (select l.quota_id from public.quota_ticket_types l where l.ticket_type_id = any (types));
        if exists (select from jsonb_object_keys(room) k where not k::uuid = any (locked)) then
            raise exception 'a quota was linked meanwhile' using errcode = '40001';
        end if;
        if cardinality(code_ids) > 0 then
            select coalesce(jsonb_object_agg(p.id, to_jsonb(p) || jsonb_build_object('types', (
                    select coalesce(jsonb_object_agg(x.ticket_type_id, true), '{}') from public.promo_code_ticket_types x
                    where x.org_id = p.org_id and x.promo_code_id = p.id))), '{}') into codes
            from public.promo_codes p where p.id = any (code_ids);
        end if;
        select coalesce(jsonb_object_agg(s.who || '/' || s.org, true), '{}') into sellers from (
            select distinct m ->> 'user' as who, m ->> 'org' as org from jsonb_array_elements(members) m where m ? 'user') s
        where app.may_sell(s.who::uuid, s.org::uuid);
        if keyed then
            select coalesce(jsonb_object_agg(
                k.user_id || '/' || k.key, jsonb_build_object('request', k.request_hash, 'answer', k.response)), '{}') into answers
            from jsonb_array_elements(members) m
            -- Member by member through the primary key, however few keys there were when this was planned.
            cross join lateral (
                select * from public.idempotency_keys i where i.user_id = (m ->> 'user')::uuid and i.key = m ->> 'key' limit 1) k
            where m ? 'key';
        end if;

        -- Plain counting loops: a query per step would cost more than all the rest of the decision.
        for position in 0 .. jsonb_array_length(members) - 1
        loop
            member := members -> position;
            problem := null;
            detail := '{}';
            outcome := null;
            adds := member ->> 'act' = 'order';
            <<checks>>
            begin
                -- Who, and whether it was answered before.
                place := (member ->> 'user') || '/' || (member ->> 'key');
                if member ? 'user' and not sellers ? ((member ->> 'user') || '/' || (member ->> 'org')) then
                    problem := 'forbidden';
                    exit checks;
                end if;
                if place is not null then
                    if seen ? place then
                        answers := answers || jsonb_build_object(place, jsonb_build_object(
                            'request', members -> (seen ->> place)::integer -> 'request',
                            'answer', (members -> (seen ->> place)::integer -> 'answer') || jsonb_build_object(
                                'number', outcomes[(seen ->> place)::integer + 1] -> 'number',
                                'created_at', outcomes[(seen ->> place)::integer + 1] -> 'at',
                                'status', outcomes[(seen ->> place)::integer + 1] -> 'status')));
                    end if;
                    if answers ? place then
                        if answers #>> array[place, 'request'] = member ->> 'request' then
                            outcome := jsonb_build_object('n', member -> 'n', 'answer', answers #> array[place, 'answer']);
                        else
                            problem := 'idempotency_key_reused';
                        end if;
                        exit checks;
                    end if;
                    if not pg_try_advisory_xact_lock(hashtextextended(place, 7235002)) then
                        problem := 'busy';
                        exit checks;
                    end if;
                end if;

                -- The hold it comes from, or the hold it makes.
                held := case when adds then kept -> (member ->> 'hold') end;
                if not adds and kept ? (member ->> 'id') then
                    problem := 'hold_exists';
                    exit checks;
                end if;
                if adds and member ? 'hold' then
                    if held is null or held ->> 'org_id' <> member ->> 'org' or held ->> 'event_id' <> member ->> 'event' then
                        problem := 'no_such_hold';
                        exit checks;
                    end if;
                    if held ->> 'status' = 'converted' then
                        problem := 'hold_converted';
                        detail := jsonb_build_object('order', held -> 'order');
                        exit checks;
                    end if;
                end if;
                live := coalesce(held ->> 'status' = 'active', false);
                -- Another price needs another hold: a voucher's place can not be put back where it was taken from.
                if live and held ->> 'promo_code_id' is distinct from member ->> 'promo' and held ->> 'promo_code_id' is not null then
                    problem := 'hold_code';
                    exit checks;
                end if;
                -- The organiser's own desk is bound by what there is, not by the rules of the shop.
                restricted := not member ? 'user' and not live;
                if not member ? 'user' and adds and held is null then
                    problem := 'forbidden';
                    exit checks;
                end if;

                -- What is wanted, at the price it has now.
                wanted := '{}';
                asked := '{}';
                lines := member -> 'items';
                for n in 0 .. jsonb_array_length(lines) - 1
                loop
                    line := lines -> n;
                    kind_id := line ->> 'type';
                    offer := offers -> kind_id;
                    if offer is null or offer ->> 'org' <> member ->> 'org' or offer ->> 'event' <> member ->> 'event' then
                        problem := 'no_such_ticket_type';
                    elsif offer -> 'version' <> line -> 'version' or (adds and not line ? 'part_of' and offer -> 'price' <> line -> 'price') then
                        problem := 'offer_changed';
                    elsif adds and offer ->> 'currency' <> member ->> 'currency' then
                        problem := 'order_currency';
                    elsif offer ->> 'status' <> 'published' and (not member ? 'user' or offer ->> 'status' <> 'draft') then
                        problem := 'event_on_sale';
                    elsif offer -> 'quotas' = '[]' then
                        problem := 'ticket_type_without_quota';
                    end if;
                    exit checks when problem is not null;
                    if (line ->> 'quantity')::integer < 1 or (adds and jsonb_array_length(line -> 'tickets')
                        <> case when offer ->> 'kind' = 'bundle' then 0 else (line ->> 'quantity')::integer end) then
                        raise exception 'each ticket needs an id and a code' using errcode = '22023';
                    end if;
                    if wanted ? kind_id then
                        wanted := wanted || jsonb_build_object(kind_id, (wanted ->> kind_id)::integer + (line ->> 'quantity')::integer);
                    else
                        wanted := wanted || jsonb_build_object(kind_id, line -> 'quantity');
                        asked := asked || kind_id;
                    end if;
                end loop;

                -- The code.
                code := codes -> (member ->> 'promo');
                uses := coalesce((member ->> 'promo_uses')::integer, 0);
                if member ? 'promo' then
                    if code is null or code ->> 'org_id' <> member ->> 'org' or code ->> 'event_id' <> member ->> 'event' then
                        problem := 'no_such_promo_code';
                        exit checks;
                    end if;
                    if not (code ->> 'active')::boolean or (code ->> 'valid_from')::timestamptz > at
                        or ((code ->> 'valid_until')::timestamptz <= at and not live) then
                        problem := 'promo_code_not_valid';
                        exit checks;
                    end if;
                    if live and held ->> 'promo_code_id' = member ->> 'promo' then
                        uses := uses - (held ->> 'promo_uses')::integer;
                    end if;
                    if (code ->> 'uses')::integer + uses > (code ->> 'max_uses')::integer then
                        problem := 'promo_codes_within_uses';
                        detail := jsonb_build_object('available', (code ->> 'max_uses')::integer - (code ->> 'uses')::integer);
                        exit checks;
                    end if;
                    if adds and (code ->> 'spent_amount')::bigint + (member ->> 'discount')::bigint > (code ->> 'budget_amount')::bigint then
                        problem := 'promo_codes_within_budget';
                        exit checks;
                    end if;
                    if adds and not member ? 'user' and code ->> 'max_per_buyer' is not null and (member ->> 'promo_uses')::integer + (
                        select coalesce(sum(o.promo_uses), 0) from public.orders o
                        where o.org_id = (member ->> 'org')::uuid and o.promo_code_id = (member ->> 'promo')::uuid
                            and lower(o.buyer_email) = lower(member ->> 'buyer_email') and o.status in ('pending', 'paid')
                        ) > (code ->> 'max_per_buyer')::integer then
                        problem := 'promo_codes_per_buyer';
                        exit checks;
                    end if;
                end if;

                -- The rules of the shop: opening hours, hidden types, how many. They bind strangers alone.
                if not member ? 'user' then
                    foreach kind_id in array asked
                    loop
                        offer := offers -> kind_id;
                        amount := (wanted ->> kind_id)::integer;
                        if restricted and exists (
                            select from jsonb_array_elements(lines) i where i ->> 'type' = kind_id and not i ? 'part_of') then
                            if (offer ->> 'hidden')::boolean and not coalesce(
                                code -> 'types' = '{}' or (code -> 'types') ? kind_id or code ->> 'blocks_ticket_type_id' = kind_id, false) then
                                problem := 'no_such_ticket_type';
                            elsif (offer ->> 'hidden')::boolean and code ->> 'max_uses' is not null
                                and amount > (member ->> 'promo_uses')::integer then
                                -- A key with one use left opens one place, not five at the list price.
                                problem := 'promo_codes_within_uses';
                                detail := jsonb_build_object('available', member -> 'promo_uses');
                            elsif (offer ->> 'opens')::timestamptz > at then
                                problem := 'sales_not_open';
                                detail := jsonb_build_object('opens', offer -> 'opens');
                            elsif (offer ->> 'closes')::timestamptz <= at then
                                problem := 'sales_closed';
                                detail := jsonb_build_object('closes', offer -> 'closes');
                            elsif amount < (offer ->> 'least')::integer then
                                problem := 'order_minimum';
                                detail := jsonb_build_object('least', offer -> 'least', 'ticket_type', offer -> 'name');
                            elsif amount > (offer ->> 'most')::integer then
                                problem := 'order_maximum';
                                detail := jsonb_build_object('most', offer -> 'most', 'ticket_type', offer -> 'name');
                            elsif offer ->> 'kind' = 'add_on' and not exists (
                                select from unnest(asked) k where offers #>> array[k, 'kind'] <> 'add_on') then
                                problem := 'add_on_alone';
                            end if;
                            exit checks when problem is not null;
                        end if;
                        if adds and offer ->> 'buyer' is not null then
                            place := lower(member ->> 'buyer_email') || '/' || kind_id;
                            was := coalesce((bought ->> place)::integer, 0) + (
                                select coalesce(sum(i.quantity), 0) from public.orders o
                                join public.order_items i on i.org_id = o.org_id and i.order_id = o.id
                                where o.org_id = (member ->> 'org')::uuid and lower(o.buyer_email) = lower(member ->> 'buyer_email')
                                    and o.status in ('pending', 'paid') and i.ticket_type_id = kind_id::uuid);
                            if was + amount > (offer ->> 'buyer')::integer then
                                problem := 'buyer_maximum';
                                detail := jsonb_build_object('most', offer -> 'buyer', 'ticket_type', offer -> 'name',
                                    'available', greatest((offer ->> 'buyer')::integer - was, 0));
                                exit checks;
                            end if;
                        end if;
                    end loop;
                end if;

                -- The places: what is wanted, less what this buyer's own hold or voucher keeps already.
                if live then
                    asked := array(select k from jsonb_object_keys(wanted || (held -> 'types')) k);
                end if;
                needs := '{}';
                touched := '{}';
                foreach kind_id in array asked
                loop
                    amount := coalesce((wanted ->> kind_id)::integer, 0);
                    was := case when live then coalesce((held -> 'types' ->> kind_id)::integer, 0) else 0 end;
                    covered := case when code ->> 'blocks_ticket_type_id' = kind_id
                        then least(uses, (code ->> 'blocked')::integer) else 0 end;
                    quotas := offers -> kind_id -> 'quotas';
                    for n in 0 .. jsonb_array_length(quotas) - 1
                    loop
                        quota_id := quotas ->> n;
                        spot := needs -> quota_id;
                        if spot is null then
                            touched := touched || quota_id;
                        end if;
                        needs := needs || jsonb_build_object(quota_id, jsonb_build_object(
                            'held', coalesce((spot ->> 'held')::integer, 0) + case when adds then -was - covered else amount - covered end,
                            'sold', coalesce((spot ->> 'sold')::integer, 0) + case when adds then amount else 0 end));
                    end loop;
                end loop;
                foreach quota_id in array touched
                loop
                    spot := needs -> quota_id;
                    amount := (spot ->> 'held')::integer + (spot ->> 'sold')::integer;
                    rest := greatest((room -> quota_id ->> 'free')::integer, 0);
                    if amount > rest and (problem is null or rest < (detail ->> 'available')::integer) then
                        problem := 'quotas_never_oversold';
                        detail := jsonb_build_object('available', rest, 'wanted', amount, 'quota', room -> quota_id -> 'name');
                    end if;
                end loop;
                exit checks when problem is not null;

                -- It fits. Those after this one in the call see it so.
                foreach quota_id in array touched
                loop
                    was := (needs -> quota_id ->> 'held')::integer;
                    amount := (needs -> quota_id ->> 'sold')::integer;
                    spot := room -> quota_id;
                    room := room || jsonb_build_object(quota_id, spot || jsonb_build_object(
                        'free', (spot ->> 'free')::integer - was - amount,
                        'held', (spot ->> 'held')::integer + was, 'sold', (spot ->> 'sold')::integer + amount));
                end loop;
                if code is not null then
                    covered := case when code ->> 'kind' = 'voucher' then least(uses, (code ->> 'blocked')::integer) else 0 end;
                    codes := codes || jsonb_build_object(member ->> 'promo', code || jsonb_build_object(
                        'uses', (code ->> 'uses')::integer + uses, 'blocked', (code ->> 'blocked')::integer - covered,
                        'spent_amount', (code ->> 'spent_amount')::bigint + case when adds then (member ->> 'discount')::bigint else 0 end));
                end if;
                if adds then
                    if not member ? 'user' then
                        foreach kind_id in array asked
                        loop
                            place := lower(member ->> 'buyer_email') || '/' || kind_id;
                            bought := bought || jsonb_build_object(
                                place, coalesce((bought ->> place)::integer, 0) + coalesce((wanted ->> kind_id)::integer, 0));
                        end loop;
                    end if;
                    outcome := jsonb_build_object('n', member -> 'n', 'id', member -> 'id', 'at', at,
                        'number', nextval('app.order_numbers')::text,
                        'status', case when (member ->> 'needs_approval')::boolean
                            or (not member ? 'method' and (member ->> 'total')::bigint > 0) then 'pending' else 'paid' end);
                    if member ? 'hold' then
                        kept := kept || jsonb_build_object(member ->> 'hold', held || jsonb_build_object('status', 'converted', 'order', member -> 'id'));
                    end if;
                    ordered := ordered + 1;
                    if member ? 'hold' then
                        taken := taken || (member ->> 'hold')::uuid;
                    end if;
                    if member ? 'key' then
                        seen := seen || jsonb_build_object((member ->> 'user') || '/' || (member ->> 'key'), position);
                    end if;
                else
                    outcome := jsonb_build_object(
                        'n', member -> 'n', 'id', member -> 'id', 'at', at, 'expires_at', at + make_interval(secs => (member ->> 'seconds')::integer));
                    kept := kept || jsonb_build_object(member ->> 'id', member);
                    held_anew := held_anew + 1;
                end if;
            end checks;
            outcomes := outcomes || coalesce(outcome, jsonb_build_object('n', member -> 'n', 'problem', problem, 'detail', detail));
        end loop;

        update public.quotas q set held = q.held + (r.value ->> 'held')::integer, sold = q.sold + (r.value ->> 'sold')::integer
        from jsonb_each(room) r
        where q.id = r.key::uuid and (r.value ->> 'held' <> '0' or r.value ->> 'sold' <> '0');
        if codes <> '{}' then
            update public.promo_codes p
            set uses = (c.value ->> 'uses')::integer, spent_amount = (c.value ->> 'spent_amount')::bigint, blocked = (c.value ->> 'blocked')::integer
            from jsonb_each(codes) c
            where p.id = c.key::uuid and (p.uses, p.spent_amount, p.blocked)
                is distinct from ((c.value ->> 'uses')::integer, (c.value ->> 'spent_amount')::bigint, (c.value ->> 'blocked')::integer);
        end if;
        if held_anew > 0 then
            perform app.write_holds(members, to_jsonb(outcomes));
        end if;
        if cardinality(taken) > 0 then
            update public.holds h set status = 'converted' where h.id = any (taken);
        end if;
        if ordered > 0 then
            perform app.write_orders(members, to_jsonb(outcomes));
        end if;
        return to_jsonb(outcomes);
    end $$;
grant execute on function app.serve(jsonb) to authenticated, service_role;

-- The rows of what app.serve let through; called by it alone. One statement reads the members once, because taking JSON apart costs
-- more than the rows do; PL/pgSQL, because it keeps the plan of that statement.
create function app.write_holds(members jsonb, outcomes jsonb) returns void
    language plpgsql set search_path = ''
    as $$
    begin
        with m as materialized (
            select r.*, o.expires_at
            from jsonb_to_recordset(members) as r (n integer, id uuid, org uuid, event uuid, purpose text, promo uuid, promo_uses integer, items jsonb)
            join jsonb_to_recordset(outcomes) as o (n integer, expires_at timestamptz) using (n)
            where o.expires_at is not null
        ), held as (
            insert into public.holds (id, org_id, event_id, purpose, promo_code_id, promo_uses, expires_at)
            select id, org, event, coalesce(purpose, 'checkout'), promo, coalesce(promo_uses, 0), expires_at from m
        )
        insert into public.hold_items (id, org_id, event_id, hold_id, ticket_type_id, quantity)
        select i.id, m.org, m.event, m.id, i.type, i.quantity
        from m, jsonb_to_recordset(m.items) as i (id uuid, type uuid, quantity integer);
    end $$;

create function app.write_orders(members jsonb, outcomes jsonb) returns void
    language plpgsql set search_path = ''
    as $$
    begin
        with m as materialized (
            select r.*, o.number, o.status, o.at
            from jsonb_to_recordset(members) as r (
                n integer, id uuid, org uuid, event uuid, "user" uuid, hold uuid, promo uuid, promo_uses integer, payment uuid, method text,
                channel text, buyer_name text, buyer_email text, locale text, billing_address text, currency text, total bigint,
                discount bigint, fee bigint, tax bigint, needs_approval boolean, expires_in integer, items jsonb, trace jsonb, key text,
                request text, answer jsonb)
            join jsonb_to_recordset(outcomes) as o (n integer, number text, status text, at timestamptz) using (n)
            where o.number is not null
        ), i as materialized (
            select m.id as order_id, m.org, m.event, m.buyer_name, m.buyer_email, i.*
            from m, jsonb_to_recordset(m.items) as i (
                id uuid, type uuid, quantity integer, price bigint, discount bigint, fee bigint, tax bigint,
                tax_basis_points integer, tax_included boolean, part_of uuid, total bigint, tickets jsonb)
        ), ordered as (
            insert into public.orders (id, org_id, event_id, number, buyer_name, buyer_email, status, currency, total_amount, paid_amount,
                discount_amount, fee_amount, tax_amount, channel, locale, billing_address, hold_id, promo_code_id, promo_uses,
                needs_approval, expires_at, paid_at, created_at)
            select id, org, event, number, buyer_name, buyer_email, status, currency, total,
                case when method is null then 0 else total end, discount, fee, tax, channel, coalesce(locale, 'en'),
                coalesce(billing_address, ''), hold, promo, coalesce(promo_uses, 0), coalesce(needs_approval, false),
                case when status = 'pending' then at + make_interval(secs => expires_in) end, case when status = 'paid' then at end, at
            from m
        ), itemised as (
            insert into public.order_items (id, org_id, order_id, ticket_type_id, quantity, price_amount, discount_amount, fee_amount,
                tax_amount, tax_basis_points, tax_included, part_of, total_amount)
            select id, org, order_id, type, quantity, price, coalesce(discount, 0), coalesce(fee, 0), coalesce(tax, 0),
                coalesce(tax_basis_points, 0), coalesce(tax_included, true), part_of, total from i
        ), issued as (
            insert into public.tickets (
                id, org_id, order_id, order_item_id, ticket_type_id, event_id, code, attendee_name, attendee_email)
            select k.id, i.org, i.order_id, i.id, i.type, i.event, k.code, coalesce(k.name, i.buyer_name), coalesce(k.email, i.buyer_email)
            from i, jsonb_to_recordset(i.tickets) as k (id uuid, code text, name text, email text)
        ), paid as (
            insert into public.payments (id, org_id, order_id, method, status, amount, currency, confirmed_at)
            select payment, org, id, method, 'confirmed', total, currency, at from m where method is not null and total > 0
        ), traced as (
            insert into public.audit (org_id, actor_id, actor_kind, operation, effect, subject_id, summary, thread_id, request_id)
            select org, "user", trace ->> 'kind', trace ->> 'operation', trace ->> 'effect', id, left(trace ->> 'summary', 500),
                (trace ->> 'thread')::uuid, left(trace ->> 'request', 100)
            from m where trace is not null
        ), announced as (
            insert into public.outbox (org_id, kind, subject_id, event_id)
            select org, trace ->> 'operation', id, event from m where trace is not null
        )
        insert into public.idempotency_keys (user_id, key, operation, request_hash, response, org_id)
        select "user", key, trace ->> 'operation', request,
            answer || jsonb_build_object('number', number, 'created_at', at, 'status', status), org
        from m where key is not null;
    end $$;
