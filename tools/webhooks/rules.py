"""What is decided about webhooks without a database: which news they get, when a delivery is tried again, when it has failed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Literal
from urllib.parse import urlsplit

from tools.context import Standing
from tools.errors import Conflict
from tools.webhooks.models import DisabledReason, Webhook, WebhookDelivery, WebhookKind

TOLD: Mapping[str, WebhookKind] = {
    "create_event": "event.created",
    "update_event": "event.updated",
    "publish_event": "event.published",
    "cancel_event": "event.cancelled",
    "postpone_event": "event.postponed",
    "delete_event": "event.deleted",
    "refund_event": "event.refund_started",
    "refund_run_done": "event.refunded",
    "create_venue": "venue.created",
    "update_venue": "venue.updated",
    "delete_venue": "venue.deleted",
    "book_venue": "booking.created",
    "update_booking": "booking.updated",
    "cancel_booking": "booking.cancelled",
    "create_ticket_type": "ticket_type.created",
    "update_ticket_type": "ticket_type.updated",
    "delete_ticket_type": "ticket_type.deleted",
    "create_quota": "quota.created",
    "update_quota": "quota.updated",
    "delete_quota": "quota.deleted",
    "create_promo_code": "promo_code.created",
    "update_promo_code": "promo_code.updated",
    "delete_promo_code": "promo_code.deleted",
    "create_vouchers": "vouchers.created",
    "hold_tickets": "hold.created",
    "extend_hold": "hold.extended",
    "release_hold": "hold.released",
    "sell_tickets": "order.created",
    "checkout": "order.created",
    "approve_order": "order.approved",
    "decline_order": "order.declined",
    "extend_order": "order.extended",
    "change_order": "order.changed",
    "record_payment": "order.payment_received",
    "payment_part_paid": "order.payment_received",
    "payment_retaken": "order.paid",
    "payment_paid": "order.paid",
    "payment_refunded": "order.refunded",
    "refund_order": "order.refunded",
    "refund_tickets": "order.refunded",
    "refund_done": "order.refund_sent",
    "refund_failed": "order.refund_failed",
    "refund_choice_offered": "order.refund_choice_offered",
    "choose_refund": "order.refund_chosen",
    "order_expired": "order.expired",
    "cancel_order": "order.cancelled",
    "order_ended": "order.cancelled",
    "rename_attendee": "ticket.renamed",
    "transfer_ticket": "ticket.transferred",
    "import_attendees": "attendees.imported",
    "check_in": "check_in.recorded",
    "check_in_order": "check_in.recorded",
    "upload_check_ins": "check_in.recorded",
    "undo_check_in": "check_in.undone",
    "create_check_in_list": "check_in_list.created",
    "update_check_in_list": "check_in_list.updated",
    "delete_check_in_list": "check_in_list.deleted",
    "open_waiting_list": "waiting_list.opened",
    "close_waiting_list": "waiting_list.closed",
    "add_to_waiting_list": "waiting_list.joined",
    "remove_from_waiting_list": "waiting_list.left",
    "waiting_list_closed": "waiting_list.left",
    "waiting_list_offered": "waiting_list.offered",
    "waiting_list_purchased": "waiting_list.purchased",
    "waiting_list_expired": "waiting_list.expired",
    "add_sponsor": "sponsor.added",
    "update_sponsor": "sponsor.updated",
    "remove_sponsor": "sponsor.removed",
    "record_payout": "payout.recorded",
    "void_payout": "payout.voided",
    "update_organization": "organization.updated",
}
"""Kind of a row in the outbox -> what a webhook calls it. What is not here is told to nobody outside."""

MOST_WEBHOOKS = 20
"""Of one organisation: each costs a delivery per piece of news."""
KEPT_DAYS = 30
"""How long the log of deliveries is kept."""
OLD_SECRET_FOR = timedelta(hours=24)
"""A rotated secret still signs for so long, beside the new one."""
TRIED_FOR = timedelta(days=3)
FIRST_WAIT, LONGEST_WAIT, GROWTH = 10.0, 8 * 3600.0, 4.0
"""Seconds. Ten, forty, a few minutes, then hours: about fifteen attempts in three days."""
LONGEST_QUIET = LONGEST_WAIT
"""A receiver that says when to come back is left alone for so long at most."""


class TooManyWebhooks(Conflict):
    code = "too_many_webhooks"
    title = "There are as many webhooks as there can be"
    default_remedy = "Delete one that is not needed, or let one receiver pass the news on."


class WebhookExists(Conflict):
    code = "webhook_exists"
    title = "This address is told already"
    constraints = ("webhooks_once_per_address",)
    default_remedy = "Change the webhook there is with update_webhook."


class WebhookInactive(Conflict):
    code = "webhook_inactive"
    title = "The webhook is switched off"
    default_remedy = "Switch it on with update_webhook first."


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of a delivery after an attempt. `wait`: seconds until the next one; None: there is none."""

    end: Literal["delivered", "waiting", "given_up"]
    wait: float | None = None
    disable: DisabledReason | None = None
    if_nothing_arrived: bool = False
    """Disable only a webhook that took nothing since the delivery was queued."""
    quiet: float | None = None
    """Seconds in which nothing at all is sent to the webhook."""


def verdict(
    status: int | None, attempts: int, queued_at: datetime, now: datetime, chance: float, asked: float | None = None
) -> Verdict:
    """`attempts` with this one; `chance` in 0..1 spreads what failed together, so that it does not come back together.

    `asked`: the seconds a receiver named that is busy. It may ask for later than we would come, not for sooner.
    """
    if status is not None and 200 <= status < 300:
        return Verdict("delivered")
    if status == 410:
        return Verdict("given_up", disable="gone")
    wait = min(FIRST_WAIT * GROWTH ** min(attempts - 1, 10), LONGEST_WAIT) * (0.8 + 0.4 * chance)
    if now + timedelta(seconds=wait) > queued_at + TRIED_FOR:
        return Verdict("given_up", disable="failing", if_nothing_arrived=True)
    if status in (429, 503) and asked is not None:
        quiet = min(max(asked, 0.0), LONGEST_QUIET)
        return Verdict("waiting", wait=max(wait, quiet), quiet=quiet)
    return Verdict("waiting", wait=wait)


def asked_for(retry_after: str | None, now: datetime) -> float | None:
    """The seconds a Retry-After header asks for, in either of its forms; None for what is neither."""
    said = (retry_after or "").strip()
    if said.isascii() and said.isdigit():
        return float(said[:9])
    try:
        moment = parsedate_to_datetime(said[:50])
    except (ValueError, OverflowError):
        return None
    return (moment.replace(tzinfo=moment.tzinfo or UTC) - now).total_seconds()


def numbers_signing(number: int, rotated_at: datetime | None, now: datetime) -> tuple[int, ...]:
    """The secrets that sign now, the newest first."""
    if number > 1 and rotated_at is not None and now < rotated_at + OLD_SECRET_FOR:
        return number, number - 1
    return (number,)


def _host(webhook: Webhook) -> str:
    """All an audit needs: what follows the host may be a receiver's own secret."""
    return urlsplit(webhook.url).hostname or "its receiver"


def told_created(webhook: Webhook, _: Standing) -> str:
    return f"Tell {_host(webhook)} what happens"


def told_changed(webhook: Webhook, _: Standing) -> str:
    return f"Change the webhook to {_host(webhook)}{'' if webhook.active else ', switched off'}"


def told_deleted(webhook: Webhook, _: Standing) -> str:
    return f"Delete the webhook to {_host(webhook)}"


def told_rotated(webhook: Webhook, _: Standing) -> str:
    return f"Give the webhook to {_host(webhook)} a new secret; the old one is good for 24 hours more"


def told_tested(_: WebhookDelivery, __: Standing) -> str:
    return "Send a test to a webhook"


def told_again(delivery: WebhookDelivery, _: Standing) -> str:
    return f"Send {delivery.kind} to its webhook again"


def told_disabled(url: str, why: DisabledReason) -> str:
    host = urlsplit(url).hostname or "its receiver"
    reasons = {"gone": "it answered 410", "failing": "it took nothing for three days"}
    return f"Switch the webhook to {host} off: {reasons[why]}"
