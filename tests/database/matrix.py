"""Who may do what to whose row: the declared table, and the attempts that hold the database to it."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any, Literal
from uuid import uuid4

import psycopg
from psycopg import sql

from tests.database.world import KEEPERS, RESIDENTS, ROLES, World

Verb = Literal["select", "insert", "update", "delete"]
Right = frozenset[str]

VERBS: tuple[Verb, ...] = ("select", "insert", "update", "delete")
RANK = {"door": 0, "viewer": 1, "staff": 2, "admin": 3, "owner": 4}

NOBODY: Right = frozenset()
DOOR: Right = frozenset({"door"})
"""Also who scans at the door of the row's event."""
MEMBER: Right = frozenset({"viewer"})
STAFF: Right = frozenset({"staff"})
ADMIN: Right = frozenset({"admin"})
OWNER: Right = frozenset({"owner"})
KEEPER: Right = frozenset({"keeper"})
"""Only the person whose row it is."""

_TRADE = (MEMBER, STAFF, STAFF, STAFF)
_LEDGER = (MEMBER, NOBODY, NOBODY, NOBODY)
_TRADE_AT_THE_DOOR = (DOOR, STAFF, STAFF, STAFF)
_LEDGER_AT_THE_DOOR = (DOOR, NOBODY, NOBODY, NOBODY)
_OF_ADMINS = (ADMIN, NOBODY, NOBODY, NOBODY)

RIGHTS: dict[str, tuple[Right, Right, Right, Right]] = {
    # table: who may select, insert, update, delete: the least role in the row's organisation, or the row's keeper.
    "organizations": (DOOR, NOBODY, OWNER, NOBODY),
    "users": (STAFF | KEEPER, NOBODY, KEEPER, NOBODY),
    "memberships": (STAFF | KEEPER, NOBODY, NOBODY, NOBODY),
    "platform_admins": (KEEPER, NOBODY, NOBODY, NOBODY),
    "invitations": _OF_ADMINS,
    "api_keys": _OF_ADMINS,
    "door_staff": (STAFF | KEEPER, NOBODY, NOBODY, NOBODY),
    "venues": _TRADE,
    "spaces": _TRADE,
    "events": _TRADE_AT_THE_DOOR,
    "bookings": _TRADE,
    "ticket_types": _TRADE_AT_THE_DOOR,
    "quotas": _TRADE,
    "quota_ticket_types": _TRADE,
    "bundle_items": _TRADE,
    "promo_codes": _TRADE,
    "promo_code_ticket_types": _TRADE,
    "check_in_lists": _TRADE_AT_THE_DOOR,
    "check_in_list_ticket_types": _TRADE_AT_THE_DOOR,
    "sponsors": _TRADE,
    "sponsorships": _TRADE,
    "orders": _LEDGER,
    "order_items": _LEDGER,
    "tickets": _LEDGER,
    "check_ins": _LEDGER_AT_THE_DOOR,
    "payments": _LEDGER,
    "refunds": _LEDGER,
    "payouts": (ADMIN, ADMIN, ADMIN, NOBODY),
    "holds": _LEDGER,
    "hold_items": _LEDGER,
    "refund_runs": _LEDGER,
    "refund_run_orders": _LEDGER,
    "refund_choices": _LEDGER,
    "waiting_lists": _TRADE,
    "waiting_list_entries": (MEMBER, STAFF, NOBODY, NOBODY),
    "shop_holds": (NOBODY, NOBODY, NOBODY, NOBODY),
    "files": (STAFF, STAFF, STAFF, STAFF),
    "file_removals": (NOBODY, NOBODY, NOBODY, NOBODY),
    "ticket_papers": (NOBODY, NOBODY, NOBODY, NOBODY),
    "payment_events": _LEDGER,
    "mails": (STAFF, NOBODY, NOBODY, NOBODY),
    "webhooks": (ADMIN, ADMIN, ADMIN, ADMIN),
    "webhook_deliveries": (ADMIN, NOBODY, NOBODY, NOBODY),
    "erasures": (ADMIN, NOBODY, NOBODY, NOBODY),
    "audit": _LEDGER,
    "audit_redactions": _LEDGER,
    "outbox": _LEDGER,
    "proposal_changes": _LEDGER,
    "proposals": (MEMBER, STAFF, STAFF, NOBODY),
    "idempotency_keys": (KEEPER, DOOR, NOBODY, NOBODY),
    "threads": (KEEPER, MEMBER, KEEPER, KEEPER),
    "runs": (KEEPER, KEEPER, KEEPER, KEEPER),
}

_UPDATED = {
    "bookings": "setup_minutes",
    "quota_ticket_types": "created_at",
    "bundle_items": "quantity",
    "promo_codes": "label",
    "promo_code_ticket_types": "created_at",
    "order_items": "quantity",
    "orders": "buyer_name",
    "tickets": "attendee_name",
    "check_ins": "device",
    "check_in_list_ticket_types": "created_at",
    "payments": "amount",
    "refunds": "amount",
    "payouts": "voided_at",
    "holds": "purpose",
    "hold_items": "quantity",
    "refund_runs": "reason",
    "refund_run_orders": "why",
    "refund_choices": "choice",
    "waiting_lists": "is_open",
    "shop_holds": "places",
    "file_removals": "created_at",
    "ticket_papers": "created_at",
    "payment_events": "outcome",
    "mails": "failure",
    "webhooks": "description",
    "webhook_deliveries": "kind",
    "audit": "summary",
    "erasures": "mentions",
    "audit_redactions": "created_at",
    "outbox": "kind",
    "proposals": "title",
    "proposal_changes": "action",
    "idempotency_keys": "operation",
    "sponsorships": "amount",
    "memberships": "role",
    "invitations": "role",
    "door_staff": "created_at",
    "platform_admins": "created_at",
    "runs": "model",
}
"""The column an update writes (as it is), where it is not `name`."""

_INSERTED = {
    "waiting_list_entries": ("id", "org_id", "event_id", "ticket_type_id", "quantity", "name", "email", "locale"),
    "quotas": ("id", "org_id", "event_id", "name", "kind", "size"),
    "promo_codes": ("id", "org_id", "event_id", "code", "kind", "percent_basis_points"),
}
"""The columns an insert names, where it is not all: counters are nobody's to write."""


def allowed(person: str, table: str, verb: Verb, place: str) -> bool:
    """What the declared table says of one cell."""
    right = RIGHTS[table][VERBS.index(verb)]
    keepers = RESIDENTS if table in ("users", "platform_admins") else KEEPERS
    if "keeper" in right and person == keepers[place]:
        return True
    held = ROLES[person].get(place)
    return held is not None and any(RANK[held] >= RANK[least] for least in right - {"keeper"})


def red_cells(world: World, tables: Collection[str] = tuple(RIGHTS)) -> list[str]:
    """Every cell in which the database says something else than the declared table."""
    return [
        f"{person} {verb} {place}.{table}: {'refused' if wanted else 'done'}"
        for person in ROLES
        for table in tables
        for place in world.places
        for verb in VERBS
        if (wanted := allowed(person, table, verb, place)) != _can(world, person, table, verb, place)
    ]


def cells() -> int:
    return len(ROLES) * len(RIGHTS) * len(VERBS) * 2


def _can(world: World, person: str, table: str, verb: Verb, place: str) -> bool:
    statement, values = _attempt(world, person, table, verb, place)
    with world.acting(person) as connection:
        try:
            return connection.execute(statement, values).rowcount > 0
        except psycopg.errors.InsufficientPrivilege:
            return False
        except psycopg.errors.ForeignKeyViolation:
            # It got as far as the rows that lean on it: the right was there.
            return verb == "delete"
        except psycopg.errors.UniqueViolation:
            return verb == "insert"


def _attempt(world: World, person: str, table: str, verb: Verb, place: str) -> tuple[sql.Composed, dict[str, Any]]:
    row = world.rows[place][table]
    key: dict[str, Any] = {name: row[name] for name in ("id", "seq", "user_id", "key", "org_id") if name in row}
    target = sql.SQL("public.{}").format(sql.Identifier(table))
    where = sql.SQL(" and ").join(
        sql.SQL("{} = {}").format(sql.Identifier(name), sql.Placeholder(name)) for name in key
    )
    if verb == "insert":
        return _insertion(world, person, table, row)
    if verb == "update":
        column = sql.Identifier(_UPDATED.get(table, "name"))
        return sql.SQL("update {} set {} = {} where {}").format(target, column, column, where), key
    lead = {"select": sql.SQL("select from {} where {}"), "delete": sql.SQL("delete from {} where {}")}[verb]
    return lead.format(target, where), key


def _insertion(world: World, person: str, table: str, row: dict[str, Any]) -> tuple[sql.Composed, dict[str, Any]]:
    """A second row like the seeded one, made by this person in their own name."""
    fresh: dict[str, Any] = {**row, **_second(row)}
    for author in ("created_by", "user_id"):
        if author in row and person in world.people:
            fresh[author] = str(world.people[person])
    names = _INSERTED.get(table) or [
        name for name in fresh if name not in ("during", "seq") and not _counted(table, name)
    ]
    columns = sql.SQL(", ").join(map(sql.Identifier, names))
    target = sql.SQL("public.{}").format(sql.Identifier(table))
    statement = sql.SQL("insert into {} ({}) select {} from jsonb_populate_record(null::{}, %(row)s::jsonb)")
    return statement.format(target, columns, columns, target), {"row": json.dumps(fresh)}


def _second(row: dict[str, Any]) -> dict[str, Any]:
    later = {"start_date": "2031-01-01 19:00Z", "end_date": "2031-01-01 22:00Z"}
    unique = {name: str(uuid4()).upper() for name in ("id", "key", "code") if name in row}
    named = {"name": f"Second {uuid4()}"} if "name" in row else {}
    times = {name: value for name, value in later.items() if name in row}
    return unique | named | times | ({"number": "2"} if "number" in row else {})


def _counted(table: str, name: str) -> bool:
    return name == "id" and table in ("audit", "outbox")
