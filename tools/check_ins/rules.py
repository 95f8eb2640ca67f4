"""What is decided about check-ins without a database: words for an outcome, and what a list is called."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from tools.check_ins.models import CheckIn, CheckInList, OrderCheckIn, Upload
from tools.context import Standing
from tools.errors import Conflict, IdempotencyMismatch

# A transaction that began before a download read the list may commit after it: what changed is asked for from this much earlier.
OVERLAP = timedelta(seconds=30)


class CheckInListExists(Conflict):
    code = "check_in_list_exists"
    title = "The event has a check-in list of that name"
    constraints = ("check_in_lists_name_key",)
    default_remedy = "Change the existing one with update_check_in_list, or choose another name."


class CheckInListInUse(Conflict):
    code = "check_in_list_in_use"
    title = "There are scans on this list"
    constraints = ("check_ins_of_list",)
    default_remedy = "Close it with update_check_in_list (closes_at) instead; its scans stay on record."


class ListNeverOpen(Conflict):
    code = "check_in_list_never_open"
    title = "The list would close before it opens"
    constraints = ("check_in_lists_window",)


class NothingToUndo(Conflict):
    code = "check_in_nothing_to_undo"
    title = "This scan let nobody in or out, or was undone already"
    constraints = ("check_in_undoable",)
    default_remedy = "Search the attendee on the list to see the last scan that counts."


class NonceReused(IdempotencyMismatch):
    code = "check_in_nonce_reused"
    title = "This nonce belongs to another scan"
    default_remedy = "Make a new nonce for each scan."


class OrderNotOnList(Conflict):
    code = "order_not_on_list"
    title = "No ticket of this order is on the list"
    default_remedy = "Look at the order; its tickets may be void, or belong to another list."


_SAYS = {
    "unknown_code": "Not a ticket of ours",
    "forged_ticket": "A forged ticket: it was not made here",
    "wrong_event": "A ticket for another event",
    "wrong_list": "{ticket_type} is not on this list",
    "unpaid": "Order {order_number} is not paid",
    "order_needs_approval": "Order {order_number} waits for approval",
    "cancelled": "This ticket was cancelled",
    "transferred": "This ticket went to somebody else; the new ticket counts",
    "event_cancelled": "The event is cancelled",
    "already_in": "Already in since {previous}",
    "no_reentry": "Went out at {previous}; no way back in on this list",
    "not_in": "Not inside, so can not go out",
    "not_open_yet": "This list is not open yet",
    "closed": "This list is closed",
    "sent_away": "Sent away by the device",
}


def message(row: dict[str, Any], timezone: str) -> str:
    """What the person at the door reads out, in the event's own time."""
    if row["undone_at"] is not None:
        return "Undone"
    said = "Welcome" if row["kind"] == "entry" else "Goodbye"
    reason = row["reason"]
    if reason is None:
        return said
    because = _SAYS[reason].format(
        ticket_type=row["ticket_type"], order_number=row["order_number"], previous=_previous(row, timezone)
    )
    if row["outcome"] == "accepted":
        return f"{said}, by the supervisor. {because}"
    return f"Was let in, but: {because}" if row["conflict"] else because


def _previous(row: dict[str, Any], timezone: str) -> str:
    at: datetime | None = row["previous_at"]
    if at is None:
        return "an earlier scan"
    local, scanned = at.astimezone(ZoneInfo(timezone)), row["scanned_at"].astimezone(ZoneInfo(timezone))
    clock = f"{local:%H:%M}" if local.date() == scanned.date() else f"{local:%d %b %H:%M}"
    return f"{clock} ({row['previous_device']})" if row["previous_device"] else clock


def nonce_of(party: str, ticket: UUID) -> str:
    """The nonce of one ticket within a whole order's."""
    return f"{party}/{ticket.hex[:18]}"


@dataclass(frozen=True, slots=True)
class Download:
    """How far a device's download has come: all tickets that changed after `since`, in the order of ids, up to `after`."""

    changed: str
    began: datetime
    since: datetime | None = None
    after: UUID | None = None

    @classmethod
    def going_on(cls, position: list[Any] | None, changed: str, now: datetime) -> Download:
        """From a cursor's position. A list that changed since (types, times, the event's state) is downloaded anew."""
        if position is None or position[0] != changed:
            return cls(changed, now)
        began, since, after = position[1:]
        return cls(
            changed,
            datetime.fromisoformat(began) if began else now,
            datetime.fromisoformat(since) if since else None,
            UUID(after) if after else None,
        )

    def next(self, last: UUID | None) -> list[Any]:
        """The position after a page that ended with `last`; None: there are no more."""
        if last is not None:
            return [self.changed, self.began.isoformat(), self.since and self.since.isoformat(), str(last)]
        return [self.changed, None, (self.began - OVERLAP).isoformat(), None]


def told_list_created(door: CheckInList, _: Standing) -> str:
    return f"Add the check-in list {door.name} to {door.event_name} for {_admits(door)}"


def told_list_changed(door: CheckInList, _: Standing) -> str:
    return f"Change the check-in list {door.name} of {door.event_name}: {_admits(door)}"


def told_list_deleted(door: CheckInList, _: Standing) -> str:
    return f"Delete the check-in list {door.name} of {door.event_name}"


def _admits(door: CheckInList) -> str:
    types = "every ticket type" if door.every_type else ", ".join(door.ticket_types) or "no ticket type"
    return types if door.reentry else f"{types}, one entry each"


def told_scan(scan: CheckIn, _: Standing) -> str:
    who = scan.attendee_name or "a ticket"
    what = "Check in" if scan.kind == "entry" else "Check out"
    if scan.outcome == "refused":
        return f"{what} {who} on {scan.check_in_list_name}: refused, {scan.reason}"
    return f"{what} {who} on {scan.check_in_list_name}" + (f", forced although {scan.reason}" if scan.reason else "")


def told_undone(scan: CheckIn, _: Standing) -> str:
    return f"Undo the {scan.kind} of {scan.attendee_name or 'a ticket'} on {scan.check_in_list_name}"


def told_order(party: OrderCheckIn, _: Standing) -> str:
    return f"Check in order {party.number}: {party.accepted} accepted, {party.refused} refused"


def told_upload(upload: Upload, _: Standing) -> str:
    return f"Take in {len(upload.scans)} scans made offline, {upload.conflicts} in conflict"
