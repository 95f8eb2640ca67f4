"""What is decided about quotas, without a database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from tools.context import Standing
from tools.errors import Conflict, InvalidInput
from tools.quotas.models import AvailabilityExplained, MayComeBack, Quota
from tools.tickets.models import QuotaRoom, TicketType


class QuotaTooSmall(Conflict):
    code = "quota_too_small"
    title = "More of these places are taken already"
    default_remedy = "Choose a size of at least what is taken, or free places first."


class QuotaNotShared(Conflict):
    code = "quota_not_shared"
    title = "This quota belongs to a ticket type or to the event"
    default_remedy = "Change the quantity with update_ticket_type, or the capacity with update_event."


class QuotaEmpty(InvalidInput):
    code = "quota_empty"
    title = "A quota counts at least one ticket type"
    default_remedy = "Delete it with delete_quota instead."


def require_shared(quota: Quota) -> None:
    """Raises QuotaNotShared: the others follow from what they belong to."""
    if quota.kind != "shared":
        raise QuotaNotShared(f"{quota.name} is the {quota.kind.replace('_', ' ')} quota of {quota.event_name}.")


def require_room(name: str, size: int, types: Sequence[TicketType]) -> None:
    """Raises QuotaTooSmall, naming how many are taken. The types' counters are locked."""
    taken = sum(each.sold + each.held for each in types)
    if size < taken:
        raise QuotaTooSmall(
            f"{taken:,} places of {name} are sold or held already; the size can not be {size:,}.",
            details={"taken": taken, "available": 0},
        )


def remedies(room: QuotaRoom, returns: Sequence[MayComeBack], standing: Standing) -> list[str]:
    """What would free places of a full quota, soonest first; nothing while there is room."""
    if room.free > 0:
        return []
    said = [_told_return(each, standing) for each in returns]
    match room.kind:
        case "ticket_type":
            said.append(f"Raise the quantity of {room.name} ({room.size:,} now) with update_ticket_type.")
        case "capacity":
            said.append(f"Raise the event's capacity ({room.size:,} now) with update_event.")
        case "shared":
            said.append(f"Raise the size of {room.name} ({room.size:,} now) with update_quota.")
    return said


def _told_return(each: MayComeBack, standing: Standing) -> str:
    many = each.count > 1
    match each.kind:
        case "holds":
            what, act = ("holds" if many else "hold"), ""
        case "unpaid_orders":
            what, act = ("unpaid orders" if many else "unpaid order"), "Cancel what will not be paid."
        case "vouchers":
            what, act = (
                ("voucher codes" if many else "voucher code"),
                "Stop what will not be used with update_promo_code.",
            )
    keep = "keep" if many else "keeps"
    end = f"; the first ends {_when(each.next_end, standing)}" if each.next_end else ""
    waiting = f"; {each.without_end:,} without an end" if each.without_end else ""
    return f"{each.count:,} {what} {keep} {each.places:,} places{end}{waiting}. {act}".strip()


def _when(moment: datetime, standing: Standing) -> str:
    if moment <= standing.now:
        return "any moment"
    return f"{moment.astimezone(standing.zone):%-d %b %Y, %H:%M}"


def told_created(quota: Quota, _: Standing) -> str:
    return f"Add quota {quota.name} of {quota.size:,} to {quota.event_name}, shared by {_types(quota)}"


def told_changed(quota: Quota, _: Standing) -> str:
    return f"Change quota {quota.name} of {quota.event_name} to {quota.size:,}, shared by {_types(quota)}"


def told_deleted(quota: Quota, _: Standing) -> str:
    return f"Delete quota {quota.name} of {quota.event_name}"


def _types(quota: Quota) -> str:
    return ", ".join(f"{each.name} ({each.currency})" for each in quota.ticket_types)


def in_order(explained: AvailabilityExplained) -> AvailabilityExplained:
    """What is sold out first: that is what was asked about."""
    return explained.model_copy(update={"items": sorted(explained.items, key=lambda each: each.available > 0)})
