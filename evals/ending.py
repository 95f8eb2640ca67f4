"""What the database says in the end, without ids, times of writing and counters of the machine: two stages can be compared."""

from __future__ import annotations

import json
from datetime import datetime
from hashlib import sha256
from typing import Any

from evals.stage import Stage
from tools.catalog import CATALOG
from tools.operation import Effect

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
    "promo_codes",
    "promo_code_ticket_types",
    "holds",
    "hold_items",
    "check_in_lists",
    "check_in_list_ticket_types",
    "refund_runs",
    "refund_choices",
    "waiting_lists",
    "waiting_list_entries",
    "payouts",
    "files",
)
EXTERNAL = frozenset(name for name, operation in CATALOG.items() if operation.effect is Effect.external)
FORGOTTEN = frozenset(
    {
        "created_at",
        "updated_at",
        "version",
        "org_id",
        "during",
        "number",
        "expires_at",
        "deadline",
        "fingerprint",
        "started_by",
        "label",
        "created_by",
    }
)
"""Not part of what happened. Order numbers follow previews, so they are not either. Free text is judged by its presence."""
LOOSE = frozenset({"description", "cancel_reason", "reason"})
MOMENTS = frozenset({"paid_at", "confirmed_at", "done_at", "cancelled_at", "finished_at", "decided_at"})
"""When the machine wrote it down: that it happened counts, the instant does not."""
_UNTOLD = ("blocks_ticket_type_id", "order_id")
"""A row with one of these has a code nobody chose: a voucher's, a ticket's."""


_NAMED_BY_OWNER = (
    "bookings", "orders", "order_items", "sponsorships", "tickets", "holds", "promo_codes", "check_in_lists", "payments", "refunds",
    "waiting_lists", "refund_runs",
)  # fmt: skip


def ending(stage: Stage) -> dict[str, list[str]]:
    """Table -> its rows as sorted JSON, every id replaced by what it stands for."""
    rows = {table: [row[0] for row in stage.sql(f"select to_jsonb(t) from public.{table} t")] for table in TABLES}
    names = _names(rows)
    # What is only mailed changes no other row.
    rows["outbox"] = [
        row[0] for row in stage.sql("select to_jsonb(t) from public.outbox t where kind = any(%s)", list(EXTERNAL))
    ]
    return {
        table: sorted(json.dumps(_plain(row, names), sort_keys=True) for row in found) for table, found in rows.items()
    }


def fingerprint(state: dict[str, list[str]]) -> str:
    return sha256(json.dumps(state, sort_keys=True).encode()).hexdigest()


def _names(rows: dict[str, list[dict[str, Any]]]) -> dict[str, str]:
    """id -> a name for it that is the same on another stage. Rows without a name are told by what they belong to."""
    names = {row["id"]: f"{table}:{row['name']}" for table, found in rows.items() for row in found if "name" in row}
    for table in _NAMED_BY_OWNER:
        for row in rows[table]:
            owner = names.get(row.get("order_id") or row.get("event_id"), "")
            names[row["id"]] = f"{table} of {owner} {row.get('buyer_name', '')}{row.get('buyer_email') or ''}"
    return names


def _plain(row: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    plain: dict[str, Any] = {}
    for field, value in row.items():
        if field in FORGOTTEN or field == "id":
            continue
        if field == "code" and any(row.get(kind) for kind in _UNTOLD):
            continue
        if field in LOOSE or field in MOMENTS:
            plain[field] = bool(value)
        else:
            plain[field] = names.get(value, value) if isinstance(value, str) else value
    if row.get("expires_at") and row.get("created_at"):
        lasts = datetime.fromisoformat(row["expires_at"]) - datetime.fromisoformat(row["created_at"])
        plain["lasts"] = round(lasts.total_seconds() / 60)
    return plain
