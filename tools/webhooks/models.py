"""Words of the wire for webhooks and their deliveries."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, Field, StrictBool, StringConstraints

from tools.kit.inputs import Input
from tools.kit.paging import Paging
from tools.kit.text import Line

WebhookKind = Literal[
    "event.created", "event.updated", "event.published", "event.cancelled", "event.postponed", "event.deleted",
    "event.refund_started", "event.refunded",
    "venue.created", "venue.updated", "venue.deleted",
    "booking.created", "booking.updated", "booking.cancelled",
    "ticket_type.created", "ticket_type.updated", "ticket_type.deleted",
    "quota.created", "quota.updated", "quota.deleted",
    "promo_code.created", "promo_code.updated", "promo_code.deleted", "vouchers.created",
    "hold.created", "hold.extended", "hold.released",
    "order.created", "order.approved", "order.declined", "order.extended", "order.changed", "order.paid", "order.payment_received",
    "order.refunded", "order.refund_sent", "order.refund_failed", "order.refund_choice_offered", "order.refund_chosen",
    "order.expired", "order.cancelled",
    "ticket.renamed", "ticket.transferred", "attendees.imported",
    "check_in.recorded", "check_in.undone", "check_in_list.created", "check_in_list.updated", "check_in_list.deleted",
    "waiting_list.opened", "waiting_list.closed", "waiting_list.joined", "waiting_list.left", "waiting_list.offered",
    "waiting_list.purchased", "waiting_list.expired",
    "sponsor.added", "sponsor.updated", "sponsor.removed",
    "payout.recorded", "payout.voided",
    "organization.updated",
]  # fmt: skip
DisabledReason = Literal["gone", "failing"]
DeliveryStatus = Literal["waiting", "delivered", "given_up"]

Address = Annotated[
    str,
    StringConstraints(strip_whitespace=True, max_length=2000, pattern=r"^[!-~]+$"),
    Field(description="https address of the receiver, on port 443 or 8443, with a public host name"),
]
Kinds = Annotated[list[WebhookKind], Field(max_length=200, description="What it is told of; empty: everything")]


class Webhook(BaseModel):
    id: UUID
    url: str
    description: str
    kinds: list[str] = Field(description="What it is told of; empty: everything")
    active: bool
    disabled_reason: DisabledReason | None = Field(
        description="Why it was switched off by itself: its receiver answered 410 (gone), or took nothing for three days"
    )
    secret_number: int = Field(description="Counts up each time the secret is rotated")
    secret_rotated_at: datetime | None
    version: int
    created_at: datetime


class WebhookWithSecret(Webhook):
    secret: str | None = Field(None, description="whsec_…: checks the signatures. Shown in this answer and never again")


class WebhookDelivery(BaseModel):
    id: UUID = Field(description="The `webhook-id` its receiver sees, the same at each attempt")
    webhook_id: UUID
    kind: str
    payload: dict[str, Any]
    status: DeliveryStatus
    attempts: int
    next_attempt_at: datetime | None
    last_status: int | None = Field(description="HTTP status of the last answer")
    last_error: str | None
    delivered_at: datetime | None
    given_up_at: datetime | None
    created_at: datetime


class CreateWebhook(Input):
    url: Address
    description: Line | None = Field(None, description="What it is for, e.g. the CRM")
    kinds: Kinds = Field([], description="What it is told of; empty: everything")


class NamedWebhook(Input):
    webhook: UUID


class UpdateWebhook(NamedWebhook):
    url: Address | None = None
    description: Line | None = None
    kinds: Kinds | None = None
    active: StrictBool | None = Field(None, description="False: it is told nothing until it is switched on again")


class ListWebhooks(Paging):
    active: StrictBool | None = None


class ListWebhookDeliveries(Paging):
    webhook: UUID
    status: DeliveryStatus | None = None


class NamedDelivery(Input):
    delivery: UUID
