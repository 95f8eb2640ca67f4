"""What the database says in the end, without ids, times of writing and counters of the machine: two stages can be compared."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any

from evals.stage import Stage

TABLES = (
    "venues",
    "spaces",
    "events",
    "bookings",
    "ticket_types",
    "quotas",
    "quota_ticket_types",
    "orders",
    "order_items",
    "tickets",
    "payments",
    "refunds",
    "sponsors",
    "sponsorships",
)
FORGOTTEN = frozenset({"created_at", "updated_at", "version", "code", "org_id", "during", "number"})
"""Not part of what happened. Order numbers follow previews, so they are not either. Free text is judged by its presence."""
LOOSE = frozenset({"description", "cancel_reason", "reason"})


def ending(stage: Stage) -> dict[str, list[str]]:
    """Table -> its rows as sorted JSON, every id replaced by what it stands for."""
    rows = {table: [row[0] for row in stage.sql(f"select to_jsonb(t) from public.{table} t")] for table in TABLES}
    names = _names(rows)
    return {
        table: sorted(json.dumps(_plain(row, names), sort_keys=True) for row in found) for table, found in rows.items()
    }


def fingerprint(state: dict[str, list[str]]) -> str:
    return sha256(json.dumps(state, sort_keys=True).encode()).hexdigest()


def _names(rows: dict[str, list[dict[str, Any]]]) -> dict[str, str]:
    """id -> a name for it that is the same on another stage. Rows without a name are told by what they belong to."""
    names = {row["id"]: f"{table}:{row['name']}" for table, found in rows.items() for row in found if "name" in row}
    for table in ("bookings", "orders", "order_items", "sponsorships", "tickets"):
        for row in rows[table]:
            owner = names.get(row.get("order_id") or row.get("event_id"), "")
            names[row["id"]] = f"{table} of {owner} {row.get('buyer_name', '')}{row.get('buyer_email') or ''}"
    return names


def _plain(row: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    plain: dict[str, Any] = {}
    for field, value in row.items():
        if field in FORGOTTEN or field == "id":
            continue
        if field in LOOSE:
            plain[field] = bool(value)
        else:
            plain[field] = names.get(value, value) if isinstance(value, str) else value
    return plain
