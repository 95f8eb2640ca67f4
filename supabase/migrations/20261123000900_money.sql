-- Ends of holds and orders, changes of an order, payments and refunds. Rows are locked in the order hold, order, promo code, quota.

-- Lets go of all these keep: places, uses of codes, tickets. Their rows are locked already, and live.
create function app.let_go(of_holds uuid[], hold_state text, of_orders uuid[], order_state text) returns void
    language plpgsql set search_path = ''
    as $$
    begin
        perform from public.promo_codes p
        where p.id in (select h.promo_code_id from public.holds h where h.id = any (of_holds)
            union select o.promo_code_id from public.orders o where o.id = any (of_orders)) order by p.id for update;
        perform from public.quotas q
        where q.id in (select l.quota_id from public.quota_ticket_types l where l.ticket_type_id in (
            select i.ticket_type_id from public.hold_items i where i.hold_id = any (of_holds)
            union select i.ticket_type_id from public.order_items i where i.order_id = any (of_orders)
            union select p.blocks_ticket_type_id from public.promo_codes p join public.orders o on o.promo_code_id = p.id where o.id = any (of_orders)
            union select p.blocks_ticket_type_id from public.promo_codes p join public.holds h on h.promo_code_id = p.id where h.id = any (of_holds)))
        order by q.id for update;
        with used as (
            select u.code_id, sum(u.uses)::integer as uses, sum(u.spent)::bigint as spent from (
                select h.promo_code_id as code_id, h.promo_uses as uses, 0 as spent from public.holds h where h.id = any (of_holds)
                union all select o.promo_code_id, o.promo_uses, o.discount_amount from public.orders o where o.id = any (of_orders)) u
            where u.code_id is not null group by u.code_id
        ), moves as (
            select i.ticket_type_id as type_id, -i.quantity as held, 0 as sold from public.hold_items i where i.hold_id = any (of_holds)
            union all select i.ticket_type_id, 0, -i.quantity from public.order_items i
                where i.order_id = any (of_orders) and i.ticket_type_id is not null
            union all select p.blocks_ticket_type_id, u.uses, 0 from used u join public.promo_codes p on p.id = u.code_id
                where p.kind = 'voucher' and p.active
        ), sums as (
            select l.quota_id, sum(m.held)::integer as held, sum(m.sold)::integer as sold
            from moves m join public.quota_ticket_types l on l.ticket_type_id = m.type_id group by l.quota_id
        ), counted as (
            update public.quotas q set held = q.held + s.held, sold = q.sold + s.sold from sums s where q.id = s.quota_id
        )
        update public.promo_codes p
        set uses = p.uses - u.uses, spent_amount = greatest(p.spent_amount - u.spent, 0),
            blocked = p.blocked + case when p.kind = 'voucher' and p.active then u.uses else 0 end
        from used u where p.id = u.code_id;
        update public.holds set status = hold_state where id = any (of_holds);
        update public.tickets set status = 'cancelled' where order_id = any (of_orders) and status in ('valid', 'checked_in');
        update public.orders
        set status = order_state, cancelled_at = case when order_state = 'cancelled' then now() end
        where id = any (of_orders);
    end $$;

-- More time for a hold that is still alive, at most `most` times. Answers the new end.
create function app.extend_hold(this_hold uuid, seconds integer, most integer) returns timestamptz
    language plpgsql security definer set search_path = ''
    as $$
    declare
        kept public.holds;
    begin
        select * into kept from public.holds where id = this_hold for update;
        if not found then
            raise exception 'no such hold' using errcode = 'P0002', constraint = 'no_such_hold';
        end if;
        if coalesce(auth.role(), '') <> 'service_role' then
            perform app.require_role(kept.org_id, 'staff');
        end if;
        if kept.status <> 'active' or kept.expires_at <= clock_timestamp() then
            raise exception 'the hold has ended' using errcode = '23514', constraint = 'hold_ended';
        end if;
        if kept.extended >= most then
            raise exception 'the hold was extended % times', kept.extended using errcode = '23514', constraint = 'hold_extended_enough';
        end if;
        update public.holds
        set expires_at = greatest(expires_at, clock_timestamp() + make_interval(secs => seconds)), extended = extended + 1
        where id = this_hold returning expires_at into kept.expires_at;
        return kept.expires_at;
    end $$;
grant execute on function app.extend_hold(uuid, integer, integer) to authenticated, service_role;

-- The buyer changed their mind. Answers whether the hold was still alive.
create function app.release_hold(this_hold uuid) returns boolean
    language plpgsql security definer set search_path = ''
    as $$
    declare
        kept public.holds;
    begin
        select * into kept from public.holds where id = this_hold for update;
        if not found then
            raise exception 'no such hold' using errcode = 'P0002', constraint = 'no_such_hold';
        end if;
        if coalesce(auth.role(), '') <> 'service_role' then
            perform app.require_role(kept.org_id, 'staff');
        end if;
        if kept.status <> 'active' then
            return false;
        end if;
        perform app.let_go(array[this_hold], 'released', '{}', 'cancelled');
        return true;
    end $$;
grant execute on function app.release_hold(uuid) to authenticated, service_role;

-- Holds and unpaid orders whose time has come, of one event or of all; what somebody else works on is left for the next time.
-- Answers how many ended.
create function app.expire(of_event uuid default null, at_most integer default 200) returns integer
    language plpgsql security definer set search_path = ''
    as $$
    declare
        due_holds uuid[];
        due_orders uuid[];
    begin
        select coalesce(array_agg(id), '{}') into due_holds from (
            select h.id from public.holds h
            where h.status = 'active' and h.expires_at <= clock_timestamp() and (of_event is null or h.event_id = of_event)
            order by h.id limit at_most for update skip locked) h;
        select coalesce(array_agg(id), '{}') into due_orders from (
            select o.id from public.orders o
            where o.status = 'pending' and o.expires_at <= clock_timestamp() and (of_event is null or o.event_id = of_event)
            order by o.id limit at_most for update skip locked) o;
        if cardinality(due_holds) + cardinality(due_orders) > 0 then
            perform app.let_go(due_holds, 'expired', due_orders, 'expired');
            insert into public.outbox (org_id, kind, subject_id, event_id)
            select o.org_id, 'order_expired', o.id, o.event_id from public.orders o where o.id = any (due_orders);
        end if;
        return cardinality(due_holds) + cardinality(due_orders);
    end $$;
grant execute on function app.expire(uuid, integer) to authenticated, service_role;

-- The order, nobody else's to change until the transaction ends.
create function app.locked_order(org uuid, this_order uuid) returns public.orders
    language plpgsql set search_path = ''
    as $$
    declare
        bill public.orders;
    begin
        select * into bill from public.orders where org_id = org and id = this_order for update;
        if not found then
            raise exception 'no such order' using errcode = 'P0002';
        end if;
        return bill;
    end $$;

-- What the buyer still owes; negative: what is owed to the buyer.
create function app.owed(bill public.orders) returns bigint
    language sql immutable set search_path = ''
    as $$
        select case when bill.status in ('expired', 'cancelled') then bill.kept_amount else bill.total_amount - bill.credited_amount end
            - (bill.paid_amount - bill.refunded_amount)
    $$;
grant execute on function app.owed(public.orders) to authenticated, service_role;

-- Paid or still pending, by the sums on it. The row is locked.
create function app.settle_order(this_order uuid) returns void
    language sql set search_path = ''
    as $$
        update public.orders o set
            status = case when app.owed(o) <= 0 and not o.needs_approval then 'paid' else 'pending' end,
            paid_at = case when app.owed(o) <= 0 and not o.needs_approval
                then coalesce(o.paid_at, now()) end,
            expires_at = case when o.paid_amount > 0 then null else o.expires_at end
        where o.id = this_order and o.status in ('pending', 'paid')
    $$;

-- Money that the organiser took: cash, transfer, card at the door, invoice.
create or replace function app.record_payment(org uuid, this_order uuid, new_payment uuid, payment_method text, paid bigint) returns void
    language plpgsql security definer set search_path = ''
    as $$
    declare
        bill public.orders;
    begin
        perform app.require_role(org, 'staff');
        bill := app.locked_order(org, this_order);
        if bill.status not in ('pending', 'paid') then
            raise exception 'the order is %', bill.status using errcode = '23514', constraint = 'order_open';
        end if;
        if paid > app.owed(bill) then
            raise exception 'more than is open' using errcode = '23514', constraint = 'orders_paid_within_total',
                detail = jsonb_build_object('available', greatest(app.owed(bill), 0))::text;
        end if;
        insert into public.payments (id, org_id, order_id, method, status, amount, currency, confirmed_at)
        values (new_payment, org, this_order, payment_method, 'confirmed', paid, bill.currency, now());
        update public.orders set paid_amount = paid_amount + paid where id = this_order;
        perform app.settle_order(this_order);
    end $$;

-- Gives money back along the payments it came by, newest first: by hand where it came by hand (done), promised where it came online
-- (created; a job sends it). The order's row is locked. `first_refund` is the id of the first row.
create function app.give_back(this_order uuid, first_refund uuid, back bigint, why text) returns void
    language plpgsql set search_path = ''
    as $$
    declare
        paid public.payments;
        rest bigint := back;
        part bigint;
        next_id uuid := first_refund;
    begin
        for paid in
            select * from public.payments p
            where p.order_id = this_order and p.status = 'confirmed' and p.refunded_amount < p.amount
            order by p.confirmed_at desc nulls last, p.id for update
        loop
            exit when rest <= 0;
            part := least(rest, paid.amount - paid.refunded_amount);
            insert into public.refunds (id, org_id, order_id, payment_id, provider, amount, currency, reason, status, done_at)
            values (next_id, paid.org_id, this_order, paid.id, paid.provider, part, paid.currency, why,
                case when paid.provider = 'manual' then 'done' else 'created' end, case when paid.provider = 'manual' then now() end);
            update public.payments p set refunded_amount = p.refunded_amount + part where p.id = paid.id;
            rest := rest - part;
            next_id := md5(next_id::text)::uuid;
        end loop;
        if rest > 0 then
            raise exception 'more than was paid' using errcode = '23514', constraint = 'orders_refund_within_paid';
        end if;
        update public.orders o set refunded_amount = o.refunded_amount + back where o.id = this_order;
    end $$;

-- Gives `amount` back. With `release`, the order is over: all that was paid goes back but for `keep`, its tickets are void and its
-- places free again.
drop function app.refund_order(uuid, uuid, uuid, bigint, text, boolean);
create function app.refund_order(
    org uuid, this_order uuid, new_refund uuid, amount bigint, why text, release boolean, keep bigint default 0
) returns void
    language plpgsql security definer set search_path = ''
    as $$
    declare
        bill public.orders;
    begin
        perform app.require_role(org, 'admin');
        bill := app.locked_order(org, this_order);
        if amount < 0 or keep < 0 then
            raise exception 'a refund gives money back' using errcode = '22023';
        end if;
        if bill.status not in ('pending', 'paid') then
            raise exception 'the order is %', bill.status using errcode = '23514', constraint = 'order_open';
        end if;
        if release then
            amount := greatest(bill.paid_amount - bill.refunded_amount - keep, 0);
        end if;
        if amount > bill.paid_amount - bill.refunded_amount then
            raise exception 'more than was paid' using errcode = '23514', constraint = 'orders_refund_within_paid',
                detail = jsonb_build_object('available', bill.paid_amount - bill.refunded_amount)::text;
        end if;
        if release then
            perform app.let_go('{}', 'released', array[this_order], 'cancelled');
            update public.orders set kept_amount = bill.paid_amount - bill.refunded_amount - amount where id = this_order;
        end if;
        if amount > 0 then
            if not release then
                -- What was paid too much goes back first; only what is more than that is goodwill.
                update public.orders set credited_amount = credited_amount + greatest(amount - greatest(-app.owed(bill), 0), 0)
                where id = this_order;
            end if;
            perform app.give_back(this_order, new_refund, amount, why);
        end if;
    end $$;
grant execute on function app.refund_order(uuid, uuid, uuid, bigint, text, boolean, bigint) to authenticated, service_role;

-- Gives back what an order is owed after a change, all of it or `amount`.
create function app.refund_surplus(org uuid, this_order uuid, new_refund uuid, amount bigint, why text) returns bigint
    language plpgsql security definer set search_path = ''
    as $$
    declare
        bill public.orders;
        back bigint;
    begin
        perform app.require_role(org, 'admin');
        bill := app.locked_order(org, this_order);
        back := least(coalesce(amount, -app.owed(bill)), bill.paid_amount - bill.refunded_amount);
        if back > -app.owed(bill) then
            raise exception 'more than is owed' using errcode = '23514', constraint = 'orders_refund_within_paid',
                detail = jsonb_build_object('available', greatest(-app.owed(bill), 0))::text;
        end if;
        if back > 0 then
            perform app.give_back(this_order, new_refund, back, why);
        end if;
        return greatest(back, 0);
    end $$;
grant execute on function app.refund_surplus(uuid, uuid, uuid, bigint, text) to authenticated, service_role;

-- An unpaid order ends without money moving.
create function app.cancel_order(org uuid, this_order uuid) returns void
    language plpgsql security definer set search_path = ''
    as $$
    declare
        bill public.orders;
    begin
        perform app.require_role(org, 'staff');
        bill := app.locked_order(org, this_order);
        if bill.status <> 'pending' or bill.paid_amount > bill.refunded_amount then
            raise exception 'the order is %', bill.status using errcode = '23514', constraint = 'order_unpaid';
        end if;
        perform app.let_go('{}', 'released', array[this_order], 'cancelled');
    end $$;
grant execute on function app.cancel_order(uuid, uuid) to authenticated, service_role;

-- The organiser looked at an order that waits for that. It is paid at once when there is nothing to pay; otherwise the buyer gets
-- `expires_in` seconds to pay (null: for ever).
create function app.approve_order(org uuid, this_order uuid, expires_in integer) returns void
    language plpgsql security definer set search_path = ''
    as $$
    declare
        bill public.orders;
    begin
        perform app.require_role(org, 'staff');
        bill := app.locked_order(org, this_order);
        if bill.status <> 'pending' or not bill.needs_approval then
            raise exception 'the order waits for nothing' using errcode = '23514', constraint = 'order_waits_for_approval';
        end if;
        update public.orders set needs_approval = false, expires_at = now() + make_interval(secs => expires_in) where id = this_order;
        perform app.settle_order(this_order);
    end $$;
grant execute on function app.approve_order(uuid, uuid, integer) to authenticated, service_role;

-- Lines taken back and lines added, as one: a swap takes the new places and frees the old ones or does neither.
-- lines: [{id, type | null, kind, label, quantity, price, discount, fee, tax, tax_basis_points, tax_included, part_of, reverses, total,
--   tickets: [{id, code, name, email}], void: [ticket ids]}]; what goes back has a negative quantity.
-- Money does not move here: the order owes, or is owed, the difference.
create function app.change_order(org uuid, this_order uuid, lines jsonb) returns void
    language plpgsql security definer set search_path = ''
    as $$
    declare
        bill public.orders;
        code public.promo_codes;
        off bigint;
        unused integer := 0;
        voided integer;
    begin
        perform app.require_role(org, 'staff');
        bill := app.locked_order(org, this_order);
        if bill.status not in ('pending', 'paid') then
            raise exception 'the order is %', bill.status using errcode = '23514', constraint = 'order_open';
        end if;
        select * into code from public.promo_codes p where p.id = bill.promo_code_id for update;
        -- Uses of the code that go back with their tickets: of a reduction, those on reduced lines.
        select least(coalesce(sum(-i.quantity), 0), bill.promo_uses) into unused
        from jsonb_to_recordset(lines) as i (quantity integer, reverses uuid)
        join public.order_items was on was.org_id = org and was.id = i.reverses
        where code.id is not null and was.part_of is null and case
            when num_nonnulls(code.percent_basis_points, code.off_amount, code.price_amount) > 0 then was.discount_amount <> 0
            when code.kind = 'voucher' then was.ticket_type_id = code.blocks_ticket_type_id
            else not exists (select from public.promo_code_ticket_types x where x.promo_code_id = code.id)
                or exists (select from public.promo_code_ticket_types x
                    where x.promo_code_id = code.id and x.ticket_type_id = was.ticket_type_id) end;
        perform app.move_places(org, array_agg(m.type), array_agg(m.held), array_agg(m.sold)) from (
            select i.type, 0 as held, i.quantity as sold from jsonb_to_recordset(lines) as i (type uuid, quantity integer)
            where i.type is not null
            union all select code.blocks_ticket_type_id, unused, 0 where unused > 0 and code.kind = 'voucher' and code.active) m
        having count(*) > 0;
        update public.promo_codes p
        set uses = p.uses - unused, blocked = p.blocked + case when p.kind = 'voucher' and p.active then unused else 0 end
        where p.id = code.id and unused > 0;
        -- The quotas are locked: an event that ended its sales, and a type that was changed, show now.
        if exists (select from jsonb_to_recordset(lines) as i (type uuid, quantity integer) where i.type is not null and i.quantity > 0)
            and not exists (select from public.events e where e.org_id = org and e.id = bill.event_id and e.status in ('draft', 'published')) then
            raise exception 'nothing is sold any more' using errcode = '23514', constraint = 'event_on_sale';
        end if;
        if exists (select from jsonb_to_recordset(lines) as i (type uuid, quantity integer, version integer)
            join public.ticket_types t on t.org_id = org and t.id = i.type where i.quantity > 0 and t.version <> i.version) then
            raise exception 'the ticket type was changed' using errcode = '40001';
        end if;
        insert into public.order_items (id, org_id, order_id, ticket_type_id, kind, label, quantity, price_amount, discount_amount,
            fee_amount, tax_amount, tax_basis_points, tax_included, part_of, reverses, total_amount)
        select i.id, org, this_order, i.type, coalesce(i.kind, 'ticket'), coalesce(i.label, ''), i.quantity, i.price,
            coalesce(i.discount, 0), coalesce(i.fee, 0), coalesce(i.tax, 0), coalesce(i.tax_basis_points, 0),
            coalesce(i.tax_included, true), i.part_of, i.reverses, i.total
        from jsonb_to_recordset(lines) as i (
            id uuid, type uuid, kind text, label text, quantity integer, price bigint, discount bigint, fee bigint, tax bigint,
            tax_basis_points integer, tax_included boolean, part_of uuid, reverses uuid, total bigint);
        update public.tickets k set status = 'cancelled', reversed_by = v.line
        from (select (i ->> 'id')::uuid as line, t::uuid as id
            from jsonb_array_elements(lines) i, jsonb_array_elements_text(coalesce(i -> 'void', '[]')) t) v
        where k.org_id = org and k.order_id = this_order and k.id = v.id and k.status in ('valid', 'checked_in');
        get diagnostics voided = row_count;
        if voided <> (select count(*) from jsonb_array_elements(lines) i, jsonb_array_elements(coalesce(i -> 'void', '[]'))) then
            raise exception 'a ticket is void already' using errcode = '23514', constraint = 'tickets_live';
        end if;
        if exists (
            select from public.order_items i
            where i.org_id = org and i.order_id = this_order and i.quantity > 0 and i.kind = 'ticket'
                and i.quantity + coalesce((select sum(r.quantity) from public.order_items r where r.order_id = this_order and r.reverses = i.id), 0) < 0) then
            raise exception 'more than was bought' using errcode = '23514', constraint = 'order_items_reversal';
        end if;
        insert into public.tickets (id, org_id, order_id, order_item_id, ticket_type_id, event_id, code, attendee_name, attendee_email)
        select k.id, org, this_order, i.id, i.type, bill.event_id, k.code, coalesce(k.name, bill.buyer_name), coalesce(k.email, bill.buyer_email)
        from jsonb_to_recordset(lines) as i (id uuid, type uuid, tickets jsonb),
            jsonb_to_recordset(i.tickets) as k (id uuid, code text, name text, email text);
        select coalesce(sum(i.discount_amount), 0) into off from public.order_items i where i.org_id = org and i.order_id = this_order;
        update public.promo_codes p set spent_amount = greatest(p.spent_amount + off - bill.discount_amount, 0)
        where p.id = bill.promo_code_id and off <> bill.discount_amount;
        update public.orders o set
            promo_uses = o.promo_uses - unused,
            (total_amount, credited_amount, discount_amount, fee_amount, tax_amount) = (
                select sum(i.total_amount), least(o.credited_amount, sum(i.total_amount)), sum(i.discount_amount), sum(i.fee_amount),
                    sum(i.tax_amount)
                from public.order_items i where i.org_id = org and i.order_id = this_order)
        where o.id = this_order;
        perform app.settle_order(this_order);
    end $$;
grant execute on function app.change_order(uuid, uuid, jsonb) to authenticated, service_role;

-- A payment that is to be made online. The provider is asked after the commit, with the payment's id as its key. Answers the
-- payment to go on with: the one that is open already for the same amount, so that nobody has two pages to pay on.
create function app.start_payment(org uuid, this_order uuid, new_payment uuid, of_provider text, back_to text default null) returns uuid
    language plpgsql security definer set search_path = ''
    as $$
    declare
        bill public.orders;
        due bigint;
        begun uuid;
    begin
        perform app.require_role(org, 'staff');
        bill := app.locked_order(org, this_order);
        due := app.owed(bill);
        if bill.status <> 'pending' or bill.needs_approval or due <= 0 or bill.expires_at <= clock_timestamp() then
            raise exception 'the order is %', bill.status using errcode = '23514', constraint = 'order_payable';
        end if;
        select p.id into begun from public.payments p
        where p.org_id = org and p.order_id = this_order and p.provider = of_provider and p.amount = due
            and p.status in ('created', 'pending', 'unknown')
        order by p.created_at limit 1;
        if found then
            return begun;
        end if;
        insert into public.payments (id, org_id, order_id, provider, method, status, amount, currency, return_url)
        values (new_payment, org, this_order, of_provider, 'online', 'created', due, bill.currency, back_to);
        return new_payment;
    end $$;
grant execute on function app.start_payment(uuid, uuid, uuid, text, text) to authenticated, service_role;

-- Money that a provider says it has, once however often it is said. Answers what came of it: paid, part_paid, retaken (the order had
-- expired and its places were still there), refunded (they were not, or nothing was owed any more), repeated.
create function app.confirm_payment(
    this_payment uuid, event_provider text, provider_event text, event_kind text, got bigint, got_currency text, reference text default null
) returns text
    language plpgsql security definer set search_path = ''
    as $$
    declare
        paid public.payments;
        bill public.orders;
        was text;
        outcome text;
        surplus bigint;
    begin
        perform app.require_role(null, 'owner');  -- the service alone
        select * into paid from public.payments where id = this_payment;
        if not found or paid.provider <> event_provider then
            raise exception 'no such payment' using errcode = 'P0002';
        end if;
        -- The order before the payment, like everybody.
        select * into bill from public.orders where id = paid.order_id for update;
        select * into paid from public.payments where id = this_payment for update;
        if exists (select from public.payment_events e where e.provider = event_provider and e.event_id = provider_event)
            or paid.status = 'confirmed' then
            outcome := 'repeated';
            update public.payments p set attempts = p.attempts + 1 where p.id = this_payment and p.status <> 'confirmed';
        elsif got_currency <> paid.currency or got <= 0 then
            outcome := 'mismatch';
            update public.payments set status = 'unknown', failure = 'the provider names another currency or nothing' where id = this_payment;
        else
            update public.payments set status = 'confirmed', amount = got, confirmed_at = clock_timestamp(), failure = null,
                provider_reference = coalesce(provider_reference, reference) where id = this_payment;
            update public.orders set paid_amount = paid_amount + got where id = bill.id;
            was := bill.status;
            if was = 'expired' and app.retake(bill.id) then
                outcome := 'retaken';
            end if;
            perform app.settle_order(bill.id);
            select * into bill from public.orders where id = bill.id;
            surplus := least(-app.owed(bill), got);
            if surplus > 0 then
                perform app.give_back(bill.id, md5('late' || this_payment)::uuid, surplus, case
                    when bill.status in ('expired', 'cancelled') then 'Paid after the order had ended'
                    when was = 'paid' then 'Paid twice' else 'Paid too much' end);
            end if;
            outcome := coalesce(outcome, case when was = 'pending' and bill.status = 'paid' then 'paid'
                when surplus > 0 then 'refunded' else 'part_paid' end);
            insert into public.outbox (org_id, kind, subject_id, event_id) values (bill.org_id, 'payment_' || outcome, bill.id, bill.event_id);
            insert into public.audit (org_id, actor_kind, operation, effect, subject_id, summary)
            values (bill.org_id, 'job', 'confirm_payment', 'money', bill.id, 'Online payment for order ' || bill.number || ': ' || outcome);
        end if;
        insert into public.payment_events (org_id, provider, event_id, kind, payment_id, outcome)
        values (paid.org_id, event_provider, provider_event, event_kind, this_payment, outcome) on conflict (provider, event_id) do nothing;
        return outcome;
    end $$;
grant execute on function app.confirm_payment(uuid, text, text, text, bigint, text, text) to service_role;

-- An expired order whose money came after all: its places again, or false when they are gone. The order's row is locked.
create function app.retake(this_order uuid) returns boolean
    language plpgsql set search_path = ''
    as $$
    declare
        bill public.orders;
        code public.promo_codes;
        counted boolean;
        covered integer := 0;
    begin
        select * into bill from public.orders where id = this_order;
        select * into code from public.promo_codes p where p.id = bill.promo_code_id for update;
        counted := found and code.uses + bill.promo_uses <= coalesce(code.max_uses, 2147483647)
            and code.spent_amount + bill.discount_amount <= coalesce(code.budget_amount, 9223372036854775807);
        if counted and code.kind = 'voucher' then
            -- What the voucher keeps, it keeps for buyers like this one.
            covered := least(bill.promo_uses, code.blocked);
        end if;
        perform app.move_places(bill.org_id, array_agg(m.type_id), array_agg(m.held), array_agg(m.sold)) from (
            select i.ticket_type_id as type_id, 0 as held, i.quantity as sold from public.order_items i
            where i.order_id = this_order and i.ticket_type_id is not null
            union all select code.blocks_ticket_type_id, -covered, 0 where covered > 0) m;
        -- Who changes an event's state locks its quotas first, so this is what it is.
        if not exists (select from public.events e
            where e.org_id = bill.org_id and e.id = bill.event_id and e.status in ('draft', 'published')) then
            raise exception 'the event is over' using errcode = '23514', constraint = 'event_on_sale';
        end if;
        if counted then
            update public.promo_codes p set uses = p.uses + bill.promo_uses, spent_amount = p.spent_amount + bill.discount_amount,
                blocked = p.blocked - covered
            where p.id = code.id;
        end if;
        -- The price was promised: a code used up since is not held against the buyer, and no longer counts this order.
        update public.orders set status = 'pending', expires_at = null, promo_code_id = case when counted then promo_code_id end,
            promo_uses = case when counted then promo_uses else 0 end where id = this_order;
        update public.tickets set status = 'valid'
        where order_id = this_order and status = 'cancelled' and reversed_by is null;
        return true;
    exception
        when check_violation then
            return false;
    end $$;

-- What became of a payment that was not paid, or of which nobody knows: failed, cancelled, pending, unknown. A confirmed one stays.
create function app.mark_payment(
    this_payment uuid, new_status text, reference text default null, url text default null, why text default null,
    event_provider text default null, provider_event text default null, event_kind text default null
) returns text
    language plpgsql security definer set search_path = ''
    as $$
    declare
        paid public.payments;
        outcome text := 'ignored';
    begin
        perform app.require_role(null, 'owner');
        select * into paid from public.payments where id = this_payment for update;
        if not found then
            raise exception 'no such payment' using errcode = 'P0002';
        end if;
        if provider_event is not null and exists (
            select from public.payment_events e where e.provider = event_provider and e.event_id = provider_event) then
            return 'repeated';
        end if;
        -- It goes forward only, whatever order the news comes in: an answer lost later makes nothing less known.
        if paid.status in ('created', 'pending', 'unknown') then
            update public.payments set status = case when paid.status = 'pending' and new_status = 'unknown' then status else new_status end, provider_reference = coalesce(reference, provider_reference),
                pay_url = coalesce(url, pay_url), failure = left(why, 500), attempts = attempts + 1 where id = this_payment;
            outcome := new_status;
        end if;
        if provider_event is not null then
            insert into public.payment_events (org_id, provider, event_id, kind, payment_id, outcome)
            values (paid.org_id, event_provider, provider_event, event_kind, this_payment, outcome) on conflict (provider, event_id) do nothing;
        end if;
        return outcome;
    end $$;
grant execute on function app.mark_payment(uuid, text, text, text, text, text, text, text) to service_role;

-- What became of a refund that a provider carries out. A failed one leaves the money with us, and owed again.
create function app.mark_refund(
    this_refund uuid, new_status text, reference text default null, why text default null,
    event_provider text default null, provider_event text default null, event_kind text default null
) returns text
    language plpgsql security definer set search_path = ''
    as $$
    declare
        back public.refunds;
        outcome text := 'ignored';
    begin
        perform app.require_role(null, 'owner');
        select * into back from public.refunds where id = this_refund;
        if not found then
            raise exception 'no such refund' using errcode = 'P0002';
        end if;
        perform from public.orders o where o.id = back.order_id for update;
        perform from public.payments p where p.id = back.payment_id for update;
        select * into back from public.refunds where id = this_refund for update;
        if provider_event is not null and exists (
            select from public.payment_events e where e.provider = event_provider and e.event_id = provider_event) then
            return 'repeated';
        end if;
        -- Banks send a refund back that was thought to be done; nothing else goes backwards.
        if (back.status in ('created', 'pending', 'unknown') or (back.status = 'done' and new_status = 'failed'))
            and not (back.status = 'pending' and new_status = 'unknown') then
            update public.refunds set status = new_status, provider_reference = coalesce(reference, provider_reference),
                failure = left(why, 500), attempts = attempts + 1, done_at = case when new_status = 'done' then now() end
            where id = this_refund;
            if new_status in ('failed', 'cancelled') then
                update public.payments set refunded_amount = refunded_amount - back.amount where id = back.payment_id;
                update public.orders set refunded_amount = refunded_amount - back.amount where id = back.order_id;
            end if;
            if new_status in ('done', 'failed', 'cancelled') then
                insert into public.outbox (org_id, kind, subject_id, event_id)
                select o.org_id, 'refund_' || new_status, o.id, o.event_id from public.orders o where o.id = back.order_id;
                insert into public.audit (org_id, actor_kind, operation, effect, subject_id, summary)
                select o.org_id, 'job', 'mark_refund', 'money', o.id, 'Refund for order ' || o.number || ': ' || new_status
                from public.orders o where o.id = back.order_id;
            end if;
            outcome := new_status;
        end if;
        if provider_event is not null then
            insert into public.payment_events (org_id, provider, event_id, kind, refund_id, outcome)
            values (back.org_id, event_provider, provider_event, event_kind, this_refund, outcome) on conflict (provider, event_id) do nothing;
        end if;
        return outcome;
    end $$;
grant execute on function app.mark_refund(uuid, text, text, text, text, text, text) to service_role;
