"""One or two true sentences about what the tools answered; plans nothing."""

from __future__ import annotations

from typing import Any

from embedded.planner import office_replies as office
from embedded.planner.memory import Call, Memory
from embedded.planner.words import listed, moment_words, money
from embedded.planner.world import instant

Answered = list[tuple[Call, dict[str, Any]]]


def reply(answered: Answered, memory: Memory) -> str:
    """What to say once every tool of the turn has answered."""
    sentences: list[str] = []
    told: set[str] = set()
    for (operation, given), result in answered:
        if isinstance(result.get("error"), dict):
            sentences.append(_error(result["error"]))
        elif isinstance(result.get("proposal"), dict):
            proposal = result["proposal"]
            key = str(proposal.get("id"))
            if key not in told:
                told.add(key)
                sentences.append(_proposal(proposal, memory))
        elif "proposal_id" in result:
            continue  # a further step of the proposal told above
        elif result.get("text") is not None and len(result) == 1:
            sentences.append(str(result["text"])[:300])
        else:
            sentences.append(_result(operation, given, result, memory))
    return " ".join(dict.fromkeys(s for s in sentences if s)) or "Done."


def kept(names: tuple[str, ...]) -> str:
    """About files that came with a message: that they are there, and that nobody here reads them."""
    return f"I keep {listed([f'“{name}”' for name in names])} with this conversation; I cannot read what is in a file."


def _error(error: dict[str, Any]) -> str:
    message = str(error.get("message") or error.get("detail") or error.get("code") or "it was refused").rstrip(".")
    remedy = str(error.get("remedy") or "").strip()
    return f"That did not work: {message}. {remedy}".strip()


def _proposal(proposal: dict[str, Any], memory: Memory) -> str:
    status = str(proposal.get("status") or "proposed")
    preview = proposal.get("preview") or {}
    shown = preview.get("steps") or [] if isinstance(preview, dict) else []
    undoes = bool(proposal.get("undo_of"))
    broken = next((s for s in shown if isinstance(s, dict) and s.get("ok") is False), None)
    if status == "proposed":
        if broken is not None:
            error = broken.get("error")
            return _error(
                error
                if isinstance(error, dict)
                else {"message": str(error or broken.get("summary") or "one step cannot be done")}
            )
        if undoes:
            return "The card shows what would be taken back; nothing is written until you approve."
        count = len(proposal.get("steps") or [])
        days = [
            moment_words(m)
            for s in proposal.get("steps") or []
            if isinstance(s, dict) and (m := instant((s.get("input") or {}).get("start_date"), memory.world.zone))
        ]
        when = f" It starts on {days[0]}." if len(days) == 1 else ""
        return (
            f"I propose {count} step{'s' if count != 1 else ''} on the card; nothing is written "
            f"until you approve.{when}"
        )
    if status in ("applied", "approved"):
        done = "Undone" if undoes else "Done"
        done = done if status == "applied" else "Approved, and being carried out"
        carried_out = [
            str(s["summary"]).rstrip(".").removeprefix("Take back: ")
            for s in shown
            if isinstance(s, dict) and s.get("ok") and s.get("summary")
        ]
        if len(carried_out) > 1:
            return f"{done}: all {len(carried_out)} steps."
        return f"{done}: {carried_out[0]}." if carried_out else f"{done}."
    reasons = {
        "rejected": "You rejected it, so nothing has been changed.",
        "expired": "The proposal expired, so nothing has been changed. Ask again to get a new one.",
        "stale": "Things have changed since the preview, so nothing has been written. Ask again to see a fresh one.",
        "undone": "It has been undone.",
    }
    failure = proposal.get("failure")
    why = failure.get("message") if isinstance(failure, dict) else failure
    return reasons.get(status) or f"It failed and nothing has been changed{f': {why}' if why else ''}."


def _result(operation: str, given: dict[str, Any], result: dict[str, Any], memory: Memory) -> str:
    told = office.told(operation, result)
    if told is not None:
        return told
    if operation == "sales_report" or "totals" in result:
        return _sales(result, given)
    if operation == "get_order":
        paid = money(result.get("total_amount"), result.get("currency"))
        return (
            f"Order {result.get('number')}: {result.get('buyer_name') or result.get('buyer_email') or 'no buyer named'},"
            f" {paid}, {result.get('status')}."
        )
    if operation == "get_event":
        start = instant(result.get("start_date"), memory.world.zone)
        place = f" at {result['venue_name']}" if result.get("venue_name") else ""
        return (
            f"{result.get('name')} is on {moment_words(start)}{place} ({result.get('status')})."
            if start
            else f"{result.get('name')} ({result.get('status')})."
        )
    rows = next(
        (result[k] for k in ("items", "venues", "events", "orders", "sponsors") if isinstance(result.get(k), list)),
        None,
    )
    if rows is not None:
        return _rows(operation, given, [row for row in rows if isinstance(row, dict)], memory)
    name = result.get("name")
    if operation == "get_venue" and name:
        place = f" in {result['city']}" if result.get("city") else ""
        return f"{name}{place} holds {result['capacity']} people." if result.get("capacity") else f"{name}{place}."
    return f"Here is {name}." if name else "Here it is."


def _sales(result: dict[str, Any], given: dict[str, Any]) -> str:
    totals = [t for t in result.get("totals") or [] if isinstance(t, dict)]
    about = (
        f" for {result.get('event_name') or given.get('event')}"
        if result.get("event_name") or given.get("event")
        else ""
    )
    if not totals or not any(t.get("sold") for t in totals):
        return (
            f"No tickets sold{about} in that time."
            if given.get("from_date") or given.get("to_date")
            else f"No tickets sold{about} yet."
        )
    parts = [f"{t.get('sold')} tickets, {money(t.get('net_amount'), t.get('currency'))} net" for t in totals]
    return f"Sold{about}: {listed(parts)}."


def _row(operation: str, row: dict[str, Any], memory: Memory) -> str:
    name = str(row.get("name") or row.get("sponsor_name") or row.get("number") or "")
    if operation == "list_events":
        start = instant(row.get("start_date"), memory.world.zone)
        return f"{name} ({moment_words(start)})" if start else name
    if operation == "find_venues":
        return f"{name} ({row['capacity']})" if row.get("capacity") else name
    if operation == "list_orders":
        buyer = row.get("buyer_name") or row.get("buyer_email") or "-"
        return f"order {name}: {buyer}, {money(row.get('total_amount'), row.get('currency'))}, {row.get('status')}"
    if operation == "list_ticket_types":
        left = f", {row['available']} left" if row.get("available") is not None else ""
        return f"{name} at {money(row.get('price_amount'), row.get('currency'))}{left}"
    if operation == "list_bookings":
        start = instant(row.get("start_date"), memory.world.zone)
        return f"{row.get('venue_name')} for {row.get('event_name')}{f' ({moment_words(start)})' if start else ''}"
    if (line := office.line(operation, row)) is not None:
        return line
    if operation == "list_sponsors":
        return f"{name} ({row.get('level')}, {money(row.get('amount'), row.get('currency'))})"
    return name


def _rows(operation: str, given: dict[str, Any], rows: list[dict[str, Any]], memory: Memory) -> str:
    nouns = {
        "list_events": ("event", "events"),
        "find_venues": ("venue", "venues"),
        "list_orders": ("order", "orders"),
        "list_ticket_types": ("ticket type", "ticket types"),
        "list_sponsors": ("sponsor", "sponsors"),
        "list_bookings": ("booking", "bookings"),
        "list_promo_codes": ("promo code", "promo codes"),
        "list_holds": ("hold", "holds"),
        "list_waiting_list": ("entry on the waiting list", "entries on the waiting list"),
        "list_check_in_lists": ("check-in list", "check-in lists"),
    }
    one, many = nouns.get(operation, ("result", "results"))
    if not rows:
        return f"I found no {many} for that."
    shown = listed([_row(operation, row, memory) for row in rows[:8]])
    more = f", and {len(rows) - 8} more" if len(rows) > 8 else ""
    return f"{len(rows)} {one if len(rows) == 1 else many}: {shown}{more}."
