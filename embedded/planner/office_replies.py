"""One or two true sentences about what the ticket office answered; plans nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from embedded.planner.words import listed, money

MOST_ROWS = 8

_REASONS = {
    "unpaid": "unpaid",
    "part_paid": "paid in part",
    "overpaid": "paid too much",
    "payment_unknown": "with a payment whose end is not known",
    "refund_failed": "with a refund that failed",
    "refund_unknown": "with a refund whose end is not known",
}


def told(operation: str, result: dict[str, Any]) -> str | None:
    """What to say of one answer, or None when it needs no words of its own."""
    say = _TOLD.get(operation)
    return say(result) if say else None


def line(operation: str, row: dict[str, Any]) -> str | None:
    """One row of a list, or None when a row of its kind is told as any other."""
    say = _LINES.get(operation)
    return say(row) if say else None


def _availability(result: dict[str, Any]) -> str:
    types = result["items"][:MOST_ROWS]
    return " ".join(" ".join([one["sentence"], *one["remedies"][:1]]) for one in types) or "There are no tickets yet."


def _comparison(result: dict[str, Any]) -> str:
    one, other = result["event"], result["other"]
    parts = [f"{event['event_name']}: {_sold(event['totals'])}" for event in (one, other)]
    return f"At the same time before the start, {listed(parts)}."


def _sold(totals: list[dict[str, Any]]) -> str:
    said = [f"{total['tickets']} tickets, {money(total['net_amount'], total['currency'])} net" for total in totals]
    return listed(said) if said else "nothing sold"


def _file(result: dict[str, Any]) -> str:
    rows = result["rows"]
    return f"{result['file_name']} is ready with {rows} row{'' if rows == 1 else 's'}: {result['path']}."


def _to_settle(result: dict[str, Any]) -> str:
    totals = result["totals"]
    if not totals:
        return "Every order is settled."
    said = [
        f"{total['orders']} {_REASONS[total['reason']]} ({money(total['amount'], total['currency'])})"
        for total in totals
    ]
    numbers = listed([str(row["number"]) for row in result["items"][:MOST_ROWS]])
    return f"To settle: {listed(said)}." + (f" Orders {numbers}." if numbers else "")


def _grouped_sales(result: dict[str, Any]) -> str | None:
    groups = result.get("groups") or []
    said = [f"{one['key']}: {one['sold']}, {money(one['net_amount'], one['currency'])}" for one in groups[:MOST_ROWS]]
    more = f", and {len(groups) - MOST_ROWS} more" if len(groups) > MOST_ROWS else ""
    return f"Sold by {groups[0]['by'].replace('_', ' ')}: {'; '.join(said)}{more}." if said else None


def _check_in_list(row: dict[str, Any]) -> str:
    return f"{row['name']}: {row['inside']} inside, {row['entered']} of {row['expected']} came in"


def _hold(row: dict[str, Any]) -> str:
    what = listed([f"{item['quantity']} {item['ticket_type_name']}" for item in row["items"]])
    return f"{what} for {row['label'] or 'a buyer'} ({row['event_name']}, {row['status']})"


def _waiting(row: dict[str, Any]) -> str:
    return f"{row['name'] or row['email']} for {row['quantity']} {row['ticket_type_name']} ({row['status']})"


def _code(row: dict[str, Any]) -> str:
    used = f"{row['uses']} of {row['max_uses']}" if row.get("max_uses") else str(row["uses"])
    return f"{row['code']} ({row['status']}, used {used})"


_TOLD: dict[str, Callable[[dict[str, Any]], str | None]] = {
    "explain_availability": _availability,
    "compare_sales": _comparison,
    "export": _file,
    "orders_to_settle": _to_settle,
    "sales_report": _grouped_sales,
}
_LINES: dict[str, Callable[[dict[str, Any]], str]] = {
    "list_check_in_lists": _check_in_list,
    "list_holds": _hold,
    "list_waiting_list": _waiting,
    "list_promo_codes": _code,
}
