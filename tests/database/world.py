"""Two organisations with one row in every table, and the people who try their hands on them. Only SQL, no operation."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, LiteralString
from uuid import UUID, uuid4

import psycopg

Connection = psycopg.Connection[tuple[Any, ...]]

ROLES: dict[str, dict[str, str]] = {
    "anon": {},
    "homeless": {},
    "viewer": {"home": "viewer"},
    "staff": {"home": "staff"},
    "admin": {"home": "admin"},
    "owner": {"home": "owner"},
    "doorman": {"home": "door"},
    "robot": {"home": "staff"},
    "rival": {"away": "owner"},
    "both": {"home": "staff", "away": "viewer"},
    "mover": {"home": "staff", "away": "staff"},
}
"""Person -> role in each of the two organisations. `anon` is not signed in; `robot` is an API key."""

KEEPERS = {"home": "mover", "away": "rival"}
"""Whose the private rows (threads, runs, keys) of an organisation are."""

RESIDENTS = {"home": "staff", "away": "rival"}
"""Whose rows of users and platform_admins stand for the place: somebody who belongs to no other."""

_ROWS: dict[str, LiteralString] = {
    "venues": "insert into public.venues (id, org_id, name, timezone) values (%(id)s, %(org)s, 'Blue Room', 'UTC')",
    "spaces": "insert into public.spaces (id, org_id, venue_id, name) values (%(id)s, %(org)s, %(venues)s, 'Hall')",
    "events": "insert into public.events (id, org_id, name, start_date, end_date, timezone, currency)"
    " values (%(id)s, %(org)s, 'Gala', '2030-01-01 19:00Z', '2030-01-01 22:00Z', 'UTC', 'EUR')",
    "bookings": "insert into public.bookings (id, org_id, event_id, space_id, start_date, end_date)"
    " values (%(id)s, %(org)s, %(events)s, %(spaces)s, '2030-01-01 19:00Z', '2030-01-01 22:00Z')",
    "ticket_types": "insert into public.ticket_types (id, org_id, event_id, name, price_amount, currency)"
    " values (%(id)s, %(org)s, %(events)s, 'General', 1000, 'EUR')",
    "quotas": "insert into public.quotas (id, org_id, event_id, name, kind, size)"
    " values (%(id)s, %(org)s, %(events)s, 'General', 'ticket_type', 10)",
    "quota_ticket_types": "insert into public.quota_ticket_types (id, org_id, event_id, quota_id, ticket_type_id)"
    " values (%(id)s, %(org)s, %(events)s, %(quotas)s, %(ticket_types)s)",
    "bundle_items": "with bundle as (insert into public.ticket_types (org_id, event_id, name, kind, price_amount, currency)"
    " values (%(org)s, %(events)s, 'Duo', 'bundle', 1500, 'EUR') returning id)"
    " insert into public.bundle_items (id, org_id, event_id, bundle_id, ticket_type_id, quantity)"
    " select %(id)s, %(org)s, %(events)s, bundle.id, %(ticket_types)s, 2 from bundle",
    "promo_codes": "insert into public.promo_codes (id, org_id, event_id, code, kind, percent_basis_points)"
    " values (%(id)s, %(org)s, %(events)s, 'STUDENT', 'discount', 1000)",
    "promo_code_ticket_types": "insert into public.promo_code_ticket_types (id, org_id, event_id, promo_code_id, ticket_type_id)"
    " values (%(id)s, %(org)s, %(events)s, %(promo_codes)s, %(ticket_types)s)",
    "orders": "insert into public.orders (id, org_id, event_id, number, buyer_name, status, currency, total_amount, paid_amount)"
    " values (%(id)s, %(org)s, %(events)s, '1', 'Ann', 'paid', 'EUR', 1000, 1000)",
    "order_items": "insert into public.order_items (id, org_id, order_id, ticket_type_id, quantity, price_amount, total_amount)"
    " values (%(id)s, %(org)s, %(orders)s, %(ticket_types)s, 1, 1000, 1000)",
    "tickets": "insert into public.tickets (id, org_id, order_id, order_item_id, ticket_type_id, event_id, code)"
    " values (%(id)s, %(org)s, %(orders)s, %(order_items)s, %(ticket_types)s, %(events)s, %(id)s::text)",
    "check_in_lists": "insert into public.check_in_lists (id, org_id, event_id, name) values (%(id)s, %(org)s, %(events)s, 'Door')",
    "check_in_list_ticket_types": "insert into public.check_in_list_ticket_types (id, org_id, event_id, list_id, ticket_type_id)"
    " values (%(id)s, %(org)s, %(events)s, %(check_in_lists)s, %(ticket_types)s)",
    "check_ins": "insert into public.check_ins (id, org_id, event_id, list_id, ticket_id, kind, nonce, scanned_at, reentry, outcome)"
    " values (%(id)s, %(org)s, %(events)s, %(check_in_lists)s, %(tickets)s, 'entry', %(id)s::text, now(), true, 'accepted')",
    "payments": "insert into public.payments (id, org_id, order_id, method, status, amount, currency)"
    " values (%(id)s, %(org)s, %(orders)s, 'cash', 'confirmed', 1000, 'EUR')",
    "refunds": "insert into public.refunds (id, org_id, order_id, amount, currency)"
    " values (%(id)s, %(org)s, %(orders)s, 0, 'EUR')",
    "holds": "insert into public.holds (id, org_id, event_id, expires_at)"
    " values (%(id)s, %(org)s, %(events)s, now() + interval '1 hour')",
    "refund_runs": "insert into public.refund_runs (id, org_id, event_id, keep_amount, reason)"
    " values (%(id)s, %(org)s, %(events)s, 0, 'Storm')",
    "refund_run_orders": "insert into public.refund_run_orders (id, org_id, run_id, order_id, currency, paid_amount, kept_amount,"
    " refund_amount, tickets, methods) values (%(id)s, %(org)s, %(refund_runs)s, %(orders)s, 'EUR', 1000, 0, 1000, 1, '[]')",
    "refund_choices": "insert into public.refund_choices (id, org_id, event_id, order_id, options, deadline)"
    " values (%(id)s, %(org)s, %(events)s, %(orders)s, array['refund', 'keep'], now() + interval '1 day')",
    "waiting_lists": "insert into public.waiting_lists (id, org_id, event_id) values (%(id)s, %(org)s, %(events)s)",
    "waiting_list_entries": "insert into public.waiting_list_entries (id, org_id, event_id, ticket_type_id, quantity, email)"
    " values (%(id)s, %(org)s, %(events)s, %(ticket_types)s, 1, 'wim@example.org')",
    "hold_items": "insert into public.hold_items (id, org_id, event_id, hold_id, ticket_type_id, quantity)"
    " values (%(id)s, %(org)s, %(events)s, %(holds)s, %(ticket_types)s, 1)",
    "shop_holds": "insert into public.shop_holds (id, org_id, event_id, peer, places)"
    " values (%(id)s, %(org)s, %(events)s, repeat('a', 32), 1)",
    "payment_events": "insert into public.payment_events (id, org_id, provider, event_id, kind, payment_id, outcome)"
    " values (%(id)s, %(org)s, 'sandbox', %(id)s::text, 'paid', %(payments)s, 'paid')",
    "payouts": "insert into public.payouts (id, org_id, provider, reference, amount, currency, arrived_on)"
    " values (%(id)s, %(org)s, 'stripe', 'po_1', 1000, 'EUR', '2030-01-02')",
    "mails": "insert into public.mails (id, org_id, event_id, order_id, kind, recipient, locale, dedupe_key)"
    " values (%(id)s, %(org)s, %(events)s, %(orders)s, 'order_confirmed', 'ann@example.org', 'en', %(id)s::text)",
    "webhooks": "insert into public.webhooks (id, org_id, url) values (%(id)s, %(org)s, 'https://crm.example.net/' || %(id)s)",
    "webhook_deliveries": "insert into public.webhook_deliveries (id, org_id, webhook_id, kind, payload)"
    " values (%(id)s, %(org)s, %(webhooks)s, 'event.created', '{}')",
    "sponsors": "insert into public.sponsors (id, org_id, name) values (%(id)s, %(org)s, 'Yamaha')",
    "sponsorships": "insert into public.sponsorships (id, org_id, event_id, sponsor_id, level, amount, currency)"
    " values (%(id)s, %(org)s, %(events)s, %(sponsors)s, 'gold', 1000, 'EUR')",
    "proposals": "insert into public.proposals (id, org_id, steps, preview, digest, created_by, expires_at)"
    " values (%(id)s, %(org)s, '[]', '{}', repeat('0', 64), %(keeper)s, now() + interval '1 hour')",
    "proposal_changes": "insert into public.proposal_changes (org_id, proposal_id, step, table_name, action, row_id)"
    " values (%(org)s, %(proposals)s, 0, 'events', 'insert', %(id)s)",
    "audit": "insert into public.audit (org_id, actor_kind, operation, effect, subject_id)"
    " values (%(org)s, 'person', 'create_event', 'write', %(id)s)",
    "erasures": "insert into public.erasures (id, org_id, pseudonym, terms) values (%(id)s, %(org)s, 'erased-000000000001', 'sealed')",
    "audit_redactions": "insert into public.audit_redactions (id, org_id, erasure_id, audit_id)"
    " select %(id)s, %(org)s, %(erasures)s, a.id from public.audit a where a.org_id = %(org)s limit 1",
    "outbox": "insert into public.outbox (org_id, kind, subject_id) values (%(org)s, 'create_event', %(id)s)",
    "idempotency_keys": "insert into public.idempotency_keys (user_id, key, operation, request_hash, response, org_id)"
    " values (%(keeper)s, %(id)s::text, 'create_event', '', '{}', %(org)s)",
    "invitations": "insert into public.invitations (id, org_id, email, role, invited_by, expires_at)"
    " values (%(id)s, %(org)s, 'new@example.org', 'staff', %(keeper)s, now() + interval '1 day')",
    "api_keys": "insert into public.api_keys (id, org_id, name, role, digest, created_by)"
    " values (%(id)s, %(org)s, 'Website', 'viewer', repeat('0', 64), %(keeper)s)",
    "door_staff": "insert into public.door_staff (id, org_id, event_id, user_id) values (%(id)s, %(org)s, %(events)s, %(keeper)s)",
    # A contract: the kind that viewers do not see.
    "files": "insert into public.files (id, org_id, kind, event_id, name, media_type, bytes, sha256, path, state, created_by)"
    " values (%(id)s, %(org)s, 'contract', %(events)s, 'c.pdf', 'application/pdf', 1, repeat('0', 64), %(id)s::text, 'ready', %(keeper)s)",
    "file_removals": "insert into public.file_removals (id, org_id, paths) values (%(id)s, %(org)s, '{a}')",
    "ticket_papers": "insert into public.ticket_papers (id, org_id, order_id, printed, path)"
    " values (%(id)s, %(org)s, %(orders)s, repeat('0', 64), %(id)s::text)",
    "threads": "insert into public.threads (id, org_id, user_id) values (%(id)s, %(org)s, %(keeper)s)",
    "runs": "insert into public.runs (id, org_id, thread_id, user_id, input, status, holder, lease_until)"
    " values (%(id)s, %(org)s, %(threads)s, %(keeper)s, '{}', 'finished', 'test', now())",
}
"""One row of each table that belongs to an organisation, parents first. A table's own id is the parameter of its name."""


@dataclass(frozen=True)
class World:
    connection: Connection
    people: dict[str, UUID]
    places: dict[str, UUID]
    rows: dict[str, dict[str, dict[str, Any]]]
    """Place -> table -> the seeded row, as JSON."""

    @contextmanager
    def acting(self, person: str) -> Iterator[Connection]:
        """Statements as this person; undone at the end. Everybody claims, in what users may edit themselves, to own `home`."""
        with self.connection.transaction(force_rollback=True):
            role = "anon" if person == "anon" else "authenticated"
            self.connection.execute(
                "select set_config('role', %s, true), set_config('request.jwt.claims', %s, true)",
                (role, self.claims_of(person)),
            )
            yield self.connection

    def claims_of(self, person: str) -> str:
        claims: dict[str, Any] = {
            "role": "anon" if person == "anon" else "authenticated",
            "user_metadata": {"org_id": str(self.places["home"]), "role": "owner"},
        }
        if person != "anon":
            claims["sub"] = str(self.people[person])
        return json.dumps(claims)


def build_world(connection: Connection) -> World:
    """Seeds through the superuser's connection and leaves it in a transaction that nobody has to commit."""
    people = {person: uuid4() for person in ROLES if person != "anon"}
    places = {"home": uuid4(), "away": uuid4()}
    for person, user_id in people.items():
        mail = f"{person}@example.org"
        connection.execute("insert into auth.users (id, email) values (%s, %s)", (user_id, mail))
        connection.execute("insert into public.users (id, email) values (%s, %s)", (user_id, mail))
    for place, org_id in places.items():
        connection.execute("insert into public.organizations (id, name) values (%s, %s)", (org_id, place))
    for person, memberships in ROLES.items():
        for place, role in memberships.items():
            if person == "robot":
                connection.execute(
                    "insert into public.api_keys (id, org_id, name, role, digest, created_by)"
                    " values (%s, %s, 'Robot', %s, repeat('1', 64), %s)",
                    (people[person], places[place], role, people["admin"]),
                )
                continue
            connection.execute(
                "insert into public.memberships (user_id, org_id, role) values (%s, %s, %s)",
                (people[person], places[place], role),
            )
    rows = {place: _fill(connection, org_id, people[KEEPERS[place]]) for place, org_id in places.items()}
    connection.execute(
        "insert into public.door_staff (org_id, event_id, user_id) values (%s, %s, %s)",
        (places["home"], rows["home"]["events"]["id"], people["doorman"]),
    )
    for place, person in RESIDENTS.items():
        rows[place]["users"] = _row(connection, "public.users where id = %s", people[person])
        connection.execute("insert into public.platform_admins (user_id) values (%s)", (people[person],))
        rows[place]["platform_admins"] = _row(connection, "public.platform_admins where user_id = %s", people[person])
    return World(connection, people, places, rows)


def _fill(connection: Connection, org_id: UUID, keeper: UUID) -> dict[str, dict[str, Any]]:
    ids: dict[str, Any] = {"org": org_id, "keeper": keeper}
    for table, statement in _ROWS.items():
        ids[table] = uuid4()
        connection.execute(statement, {**ids, "id": ids[table]})
    rows = {table: _row(connection, f"public.{table} where org_id = %s", org_id) for table in _ROWS}
    rows["organizations"] = _row(connection, "public.organizations where id = %s", org_id)
    rows["memberships"] = _row(connection, "public.memberships where (org_id, user_id) = (%s, %s)", org_id, keeper)
    return rows


def _row(connection: Connection, place: str, *key: Any) -> dict[str, Any]:
    table = place.split(" ", 1)[0]
    found = connection.execute(f"select to_jsonb({table.removeprefix('public.')}) from {place}".encode(), key)
    row = found.fetchone()
    assert row is not None, place
    return dict(row[0])
