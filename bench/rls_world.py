"""The rows for bench/rls.py, by plain SQL and without triggers: what is measured only reads."""

from __future__ import annotations

from typing import Any, LiteralString
from uuid import UUID, uuid4

import psycopg

_FILL: tuple[LiteralString, ...] = (
    "insert into public.organizations (id, name)"
    " select gen_random_uuid(), 'Organisation ' || n from generate_series(1, %(organizations)s) n",
    "insert into auth.users (id, email) values (%(user)s, 'bench@example.org')",
    "insert into public.users (id, email) values (%(user)s, 'bench@example.org')",
    "create temporary table places as select id as org_id, row_number() over () as n from public.organizations",
    "insert into public.memberships (user_id, org_id, role) select %(user)s, org_id, 'owner' from places where n = 7",
    "insert into public.venues (id, org_id, name, city, timezone)"
    " select gen_random_uuid(), org_id, 'Venue ' || k, 'Utrecht', 'UTC' from places, generate_series(1, 5) k",
    "insert into public.events (id, org_id, name, start_date, end_date, timezone, currency, status)"
    " select gen_random_uuid(), p.org_id, 'Gala ' || k, s.at, s.at + interval '3 hours', 'UTC', 'EUR', 'published'"
    " from generate_series(1, %(events)s) k join places p on p.n = k %% %(organizations)s + 1,"
    " lateral (select now() + k * interval '5 minutes' as at) s",
    "insert into public.ticket_types (id, org_id, event_id, name, price_amount, currency)"
    " select gen_random_uuid(), org_id, id, 'General', 1000, 'EUR' from public.events",
    "insert into public.quotas (id, org_id, event_id, name, kind, size)"
    " select gen_random_uuid(), org_id, id, 'General', 'ticket_type', 100 from public.events",
    "insert into public.quota_ticket_types (id, org_id, event_id, quota_id, ticket_type_id)"
    " select gen_random_uuid(), t.org_id, t.event_id, q.id, t.id from public.ticket_types t join public.quotas q using (org_id, event_id)",
    "insert into public.orders (id, org_id, event_id, number, buyer_name, status, currency, total_amount, paid_amount)"
    " select gen_random_uuid(), e.org_id, e.id, 'A' || e.k, 'Ann', 'paid', 'EUR', 2000, 2000"
    " from (select org_id, id, row_number() over (partition by org_id order by id) as k from public.events) e",
    "insert into public.order_items (id, org_id, order_id, ticket_type_id, quantity, price_amount, total_amount)"
    " select gen_random_uuid(), o.org_id, o.id, t.id, 2, 1000, 2000"
    " from public.orders o join public.ticket_types t on (t.org_id, t.event_id) = (o.org_id, o.event_id)",
    "insert into public.tickets (id, org_id, order_id, order_item_id, ticket_type_id, event_id, code)"
    " select gen_random_uuid(), i.org_id, i.order_id, i.id, i.ticket_type_id, o.event_id, gen_random_uuid()::text"
    " from public.order_items i join public.orders o on (o.org_id, o.id) = (i.org_id, i.order_id), generate_series(1, 2)",
    "insert into public.payments (id, org_id, order_id, method, status, amount, currency)"
    " select gen_random_uuid(), org_id, id, 'card', 'confirmed', 2000, 'EUR' from public.orders",
    "insert into public.sponsors (id, org_id, name) select gen_random_uuid(), org_id, 'Yamaha' from places",
    "insert into public.sponsorships (id, org_id, event_id, sponsor_id, level, amount, currency)"
    " select gen_random_uuid(), e.org_id, e.id, s.id, 'gold', 1000, 'EUR' from public.events e join public.sponsors s using (org_id)",
)


def fill(owner: psycopg.Connection[Any], events: int, organizations: int) -> dict[str, UUID]:
    """Answers the `user` who owns one of the organisations, and something of each kind in it."""
    user = uuid4()
    owner.execute("set session_replication_role = replica")
    for statement in _FILL:
        owner.execute(statement, {"user": user, "events": events, "organizations": organizations})
    owner.execute("set session_replication_role = origin")
    owner.execute("vacuum analyze")
    found = owner.execute(
        """
        select m.user_id as user, e.id as event, t.id as ticket_type, o.id as order,
            (select v.id from public.venues v where v.org_id = m.org_id limit 1) as venue
        from public.memberships m join public.events e using (org_id)
        join public.ticket_types t on t.event_id = e.id join public.orders o on o.event_id = e.id limit 1
        """
    )
    assert found.description is not None
    names = [column.name for column in found.description]
    row = found.fetchone()
    assert row is not None
    return dict(zip(names, row, strict=True))
