"""What the database does by itself: pgbench scripts over the function that sells, and the same function without a quota check."""

from __future__ import annotations

from typing import Any

import psycopg

BENCH_SQL = """
create schema bench;
-- A member of app.serve as the operation sends it: one paid ticket, with trace, key and the answer to keep.
create function bench.member(n integer, seller uuid, of_event uuid, of_type uuid) returns jsonb
    language sql volatile set search_path = ''
    as $$
        select jsonb_build_object(
            'n', n, 'act', 'order', 'user', seller, 'org', t.org_id, 'event', of_event, 'id', i.order_id, 'payment', gen_random_uuid(),
            'channel', 'office', 'buyer_name', 'Buyer', 'buyer_email', 'buyer@example.org', 'locale', 'en', 'billing_address', '',
            'currency', 'EUR', 'total', 2500, 'discount', 0, 'fee', 0, 'tax', 0, 'needs_approval', false, 'expires_in', null,
            'method', 'card', 'items', i.items, 'key', i.key, 'request', repeat('0', 64),
            'trace', jsonb_build_object('kind', 'person', 'operation', 'sell_tickets', 'effect', 'money', 'summary',
                'Sell 1 Block 0 for Stadium to Buyer: EUR 25.00, paid', 'thread', null, 'request', i.key),
            'answer', jsonb_build_object('id', i.order_id, 'event_id', of_event, 'event_name', 'Stadium', 'buyer_name', 'Buyer',
                'buyer_email', 'buyer@example.org', 'currency', 'EUR', 'total_amount', 2500, 'paid_amount', 2500, 'items', i.items))
        from public.ticket_types t, lateral (
            select gen_random_uuid() as order_id, gen_random_uuid()::text as key, jsonb_build_array(jsonb_build_object(
                'id', gen_random_uuid(), 'type', of_type, 'version', t.version, 'quantity', 1, 'price', 2500, 'discount', 0, 'fee', 0,
                'tax', 0, 'tax_basis_points', 0, 'tax_included', true, 'total', 2500, 'tickets', jsonb_build_array(jsonb_build_object(
                    'id', gen_random_uuid(), 'code', replace(gen_random_uuid()::text, '-', ''))))) as items) i
        where t.id = of_type
    $$;
"""

_LOCK = "order by q.id for update) q;"
_COUNT = "update public.quotas q set held = q.held"


def without_quotas(connection: psycopg.Connection[Any]) -> bytes:
    """bench.serve: app.serve that neither locks nor counts a quota. What is left is the price of writing an order down."""
    ((text,),) = connection.execute("select pg_get_functiondef('app.serve(jsonb)'::regprocedure)").fetchall()
    if text.count(_LOCK) != 1 or text.count(_COUNT) != 1:
        raise SystemExit("app.serve no longer reads as this bench expects")
    start = text.index(_COUNT)
    end = text.index(";", start) + 1
    changed = text[:start] + text[end:]
    return bytes(
        changed.replace(_LOCK, "order by q.id) q;").replace("FUNCTION app.serve(", "FUNCTION bench.serve("), "utf-8"
    )


def scripts(seller: str, event: str, ticket_type: str, uncounted: str) -> dict[str, str]:
    """pgbench scripts by name: `one` order a call, the commit `floor`, and a `batch` of 64 orders a call."""
    arguments = f"'{seller}', '{event}', '{ticket_type}'"
    return {
        "one": f"select app.serve(jsonb_build_array(bench.member(0, {arguments})));\n",
        "floor": f"select bench.serve(jsonb_build_array(bench.member(0, '{seller}', '{event}', '{uncounted}')));\n",
        "batch": f"select app.serve((select jsonb_agg(bench.member(n, {arguments})) from generate_series(0, 63) n));\n",
    }
