-- Who comes on which ticket: names that change, tickets that change hands, links to an order that can be made void.

-- Links to the order's own page name this number; counting it up makes those given out before worth nothing.
alter table public.orders add column link_version integer not null default 1 check (link_version between 1 and 60000);

-- A ticket has one next holder, however many ask at once.
create unique index tickets_one_next_holder on public.tickets (org_id, transferred_from) where transferred_from is not null;
create index tickets_attendee_idx on public.tickets (org_id, event_id, lower(attendee_email)) where attendee_email is not null;

-- The ticket, with its order's row locked before its own. Both doors call it: members, and the service for a buyer.
create function app.lock_ticket(org uuid, this_ticket uuid) returns public.tickets
    language plpgsql set search_path = ''
    as $$
    declare
        slip public.tickets;
    begin
        perform app.require_role(org, 'staff');
        perform from public.orders o
        where o.org_id = org and o.id = (select k.order_id from public.tickets k where k.org_id = org and k.id = this_ticket) for update;
        select * into slip from public.tickets k where k.org_id = org and k.id = this_ticket for update;
        if not found then
            raise exception 'no such ticket' using errcode = 'P0002';
        end if;
        return slip;
    end $$;

-- Another name or address on the same ticket; its code stays. Null: another version than `seen` (null: any) is there, and nothing
-- was written.
create function app.rename_attendee(org uuid, this_ticket uuid, seen integer, new_name text, new_email text) returns integer
    language plpgsql security definer set search_path = ''
    as $$
    declare
        slip public.tickets := app.lock_ticket(org, this_ticket);
    begin
        if seen <> slip.version then
            return null;
        end if;
        if slip.status not in ('valid', 'checked_in') then
            raise exception 'the ticket is %', slip.status using errcode = '23514', constraint = 'ticket_current',
                detail = jsonb_build_object('ticket_status', slip.status)::text;
        end if;
        update public.tickets set attendee_name = new_name, attendee_email = new_email where id = this_ticket
        returning version into slip.version;
        return slip.version;
    end $$;
grant execute on function app.rename_attendee(uuid, uuid, integer, text, text) to authenticated, service_role;

-- The ticket goes to somebody else: a new one on the same line of the order, and the old code is void. No place moves, so it works
-- when everything is sold. False: another version than `seen` (null: any) is there, and nothing was written.
create function app.transfer_ticket(
    org uuid, this_ticket uuid, seen integer, new_ticket uuid, new_code text, new_name text, new_email text
) returns boolean
    language plpgsql security definer set search_path = ''
    as $$
    declare
        slip public.tickets := app.lock_ticket(org, this_ticket);
        state text;
    begin
        if seen <> slip.version then
            return false;
        end if;
        if slip.status <> 'valid' then
            raise exception 'the ticket is %', slip.status using errcode = '23514', constraint = 'ticket_transferable',
                detail = jsonb_build_object('ticket_status', slip.status)::text;
        end if;
        select o.status into state from public.orders o where o.org_id = org and o.id = slip.order_id;
        if state <> 'paid' then
            raise exception 'the order is %', state using errcode = '23514', constraint = 'ticket_paid',
                detail = jsonb_build_object('order_status', state)::text;
        end if;
        select e.status into state from public.events e where e.org_id = org and e.id = slip.event_id;
        if state not in ('draft', 'published') then
            raise exception 'the event is %', state using errcode = '23514', constraint = 'ticket_event_ahead',
                detail = jsonb_build_object('event_status', state)::text;
        end if;
        update public.tickets set status = 'transferred' where id = this_ticket;
        insert into public.tickets (id, org_id, order_id, order_item_id, ticket_type_id, event_id, code, attendee_name, attendee_email,
            transferred_from)
        values (new_ticket, org, slip.order_id, slip.order_item_id, slip.ticket_type_id, slip.event_id, new_code, new_name, new_email,
            this_ticket);
        return true;
    end $$;
grant execute on function app.transfer_ticket(uuid, uuid, integer, uuid, text, text, text) to authenticated, service_role;

-- Links to the order's page that were given out before open nothing any more. Answers the version of the new ones.
create function app.renew_order_link(org uuid, this_order uuid) returns integer
    language plpgsql security definer set search_path = ''
    as $$
    declare
        renewed integer;
    begin
        perform app.require_role(org, 'staff');
        update public.orders set link_version = link_version + 1 where org_id = org and id = this_order
        returning link_version into renewed;
        if renewed is null then
            raise exception 'no such order' using errcode = 'P0002';
        end if;
        return renewed;
    end $$;
grant execute on function app.renew_order_link(uuid, uuid) to authenticated, service_role;
