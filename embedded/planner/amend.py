"""Changes to a proposal that still waits: the corrected whole list replaces it; pure, on calls."""

from __future__ import annotations

from typing import Any

from embedded.planner.memory import Call

_TARGET = {"update_event": "create_event", "update_ticket_type": "create_ticket_type", "update_sponsor": "add_sponsor"}
_KEY = {
    "update_event": ("event", "name"),
    "update_ticket_type": ("ticket_type", "name"),
    "update_sponsor": ("sponsor", "sponsor"),
}
_DROPS = {
    "remove_sponsor": ("add_sponsor", "sponsor", "sponsor"),
    "delete_ticket_type": ("create_ticket_type", "ticket_type", "name"),
    "cancel_booking": ("book_venue", "event", "event"),
}


def _same(one: Any, other: Any) -> bool:
    return str(one or "General").casefold() == str(other or "General").casefold()


def events_of(calls: list[Call]) -> set[str]:
    """The events a list of calls is about, in lower case."""
    return {
        str(given.get("event") or given.get("name")).casefold()
        for operation, given in calls
        if given.get("event") or operation == "create_event"
    }


def related(waiting: list[Call], new: list[Call]) -> bool:
    """Whether new calls belong to what waits: they are about one of its events, sponsors or ticket types."""
    events = events_of(waiting)
    sponsors = {str(given["sponsor"]).casefold() for _, given in waiting if given.get("sponsor")}
    for operation, given in new:
        if operation == "create_event":
            continue
        if str(given.get("event") or "").casefold() in events or (
            "sponsor" in given and str(given["sponsor"]).casefold() in sponsors
        ):
            return True
        if (
            operation == "update_ticket_type"
            and any(o == "create_ticket_type" and _same(g.get("name"), given.get("ticket_type")) for o, g in waiting)
            and "event" not in given
        ):
            return True
    return False


def amended(waiting: list[Call], new: list[Call]) -> list[Call]:
    """The waiting calls with the new ones worked in: changed in place, dropped, or added at the end."""
    calls: list[Call] = [(operation, dict(given)) for operation, given in waiting]
    for operation, given in new:
        if operation in _DROPS:
            target, key, field = _DROPS[operation]
            kept = [c for c in calls if not (c[0] == target and _same(c[1].get(field), given.get(key)))]
            if len(kept) < len(calls):
                calls = kept
                continue
        elif operation in _TARGET and _changed(calls, operation, given):
            continue
        elif operation in ("create_ticket_type", "add_sponsor", "book_venue"):
            key = {"create_ticket_type": "name", "add_sponsor": "sponsor", "book_venue": "event"}[operation]
            twin = next(
                (
                    c
                    for c in calls
                    if c[0] == operation
                    and _same(c[1].get(key), given.get(key))
                    and _same(c[1].get("event"), given.get("event"))
                ),
                None,
            )
            if twin:
                twin[1].update(given)
                continue
        calls.append((operation, dict(given)))
    return calls


def _changed(calls: list[Call], operation: str, given: dict[str, Any]) -> bool:
    """Work a change into the step that makes (or already changes) the thing; False when no waiting step does."""
    asked, named = _KEY[operation]
    wanted = given.get(asked)
    for target in (_TARGET[operation], operation):
        for name, present in calls:
            field = named if target != operation else asked
            if name != target or not _same(present.get(field), wanted):
                continue
            if (
                operation == "update_ticket_type"
                and given.get("event")
                and not _same(present.get("event"), given["event"])
            ):
                continue
            old = present.get("name")
            present.update(
                {k: v for k, v in given.items() if k not in (asked, "event") or (target == operation and k == asked)}
            )
            if operation == "update_event" and target == "create_event":
                _follow(calls, str(old), present)
            return True
    return False


def _follow(calls: list[Call], old: str, created: dict[str, Any]) -> None:
    """The other steps of a new event follow its name and its venue."""
    name = created["name"]
    for operation, given in calls:
        if _same(given.get("event"), old):
            given["event"] = name
        if operation == "book_venue" and _same(given.get("event"), name) and created.get("venue"):
            given["venue"] = created["venue"]
    if created.get("venue") and not any(o == "book_venue" and _same(g.get("event"), name) for o, g in calls):
        at = next(i for i, (o, g) in enumerate(calls) if o == "create_event" and g is created)
        calls.insert(at + 1, ("book_venue", {"event": name, "venue": created["venue"]}))
