"""Shapes of webhooks. Made by api/client_making.py of the API's description; not edited by hand."""

from typing import Annotated, Literal, NotRequired, TypedDict

from api.client.shapes.shared import WebhookDelivery


class CreateWebhook(TypedDict):
    url: Annotated[str, "https address of the receiver, on port 443 or 8443, with a public host name"]
    description: NotRequired[Annotated[str | None, "What it is for, e.g. the CRM"]]
    kinds: NotRequired[
        Annotated[
            list[
                Literal[
                    "event.created",
                    "event.updated",
                    "event.published",
                    "event.cancelled",
                    "event.postponed",
                    "event.deleted",
                    "event.refund_started",
                    "event.refunded",
                    "venue.created",
                    "venue.updated",
                    "venue.deleted",
                    "booking.created",
                    "booking.updated",
                    "booking.cancelled",
                    "ticket_type.created",
                    "ticket_type.updated",
                    "ticket_type.deleted",
                    "quota.created",
                    "quota.updated",
                    "quota.deleted",
                    "promo_code.created",
                    "promo_code.updated",
                    "promo_code.deleted",
                    "vouchers.created",
                    "hold.created",
                    "hold.extended",
                    "hold.released",
                    "order.created",
                    "order.approved",
                    "order.declined",
                    "order.extended",
                    "order.changed",
                    "order.paid",
                    "order.payment_received",
                    "order.refunded",
                    "order.refund_sent",
                    "order.refund_failed",
                    "order.refund_choice_offered",
                    "order.refund_chosen",
                    "order.expired",
                    "order.cancelled",
                    "ticket.renamed",
                    "ticket.transferred",
                    "attendees.imported",
                    "check_in.recorded",
                    "check_in.undone",
                    "check_in_list.created",
                    "check_in_list.updated",
                    "check_in_list.deleted",
                    "waiting_list.opened",
                    "waiting_list.closed",
                    "waiting_list.joined",
                    "waiting_list.left",
                    "waiting_list.offered",
                    "waiting_list.purchased",
                    "waiting_list.expired",
                    "sponsor.added",
                    "sponsor.updated",
                    "sponsor.removed",
                    "payout.recorded",
                    "payout.voided",
                    "organization.updated",
                ]
            ],
            "What it is told of; empty: everything",
        ]
    ]


class ListWebhookDeliveriesQuery(TypedDict):
    limit: NotRequired[Annotated[int, "How many at most"]]
    cursor: NotRequired[Annotated[str | None, "`next_cursor` of the page before"]]
    status: NotRequired[Literal["waiting", "delivered", "given_up"] | None]


class ListWebhooksQuery(TypedDict):
    limit: NotRequired[Annotated[int, "How many at most"]]
    cursor: NotRequired[Annotated[str | None, "`next_cursor` of the page before"]]
    active: NotRequired[bool | None]


class NamedWebhookBody(TypedDict):
    pass


class Webhook(TypedDict):
    id: str
    url: str
    description: str
    kinds: Annotated[list[str], "What it is told of; empty: everything"]
    active: bool
    disabled_reason: Annotated[
        Literal["gone", "failing"] | None,
        "Why it was switched off by itself: its receiver answered 410 (gone), or took nothing for three days",
    ]
    secret_number: Annotated[int, "Counts up each time the secret is rotated"]
    secret_rotated_at: str | None
    version: int
    created_at: str


class PageWebhook(TypedDict):
    items: list[Webhook]
    next_cursor: str | None


class PageWebhookDelivery(TypedDict):
    items: list[WebhookDelivery]
    next_cursor: str | None


class UpdateWebhookBody(TypedDict):
    url: NotRequired[
        Annotated[str | None, "https address of the receiver, on port 443 or 8443, with a public host name"]
    ]
    description: NotRequired[str | None]
    kinds: NotRequired[
        Annotated[
            list[
                Literal[
                    "event.created",
                    "event.updated",
                    "event.published",
                    "event.cancelled",
                    "event.postponed",
                    "event.deleted",
                    "event.refund_started",
                    "event.refunded",
                    "venue.created",
                    "venue.updated",
                    "venue.deleted",
                    "booking.created",
                    "booking.updated",
                    "booking.cancelled",
                    "ticket_type.created",
                    "ticket_type.updated",
                    "ticket_type.deleted",
                    "quota.created",
                    "quota.updated",
                    "quota.deleted",
                    "promo_code.created",
                    "promo_code.updated",
                    "promo_code.deleted",
                    "vouchers.created",
                    "hold.created",
                    "hold.extended",
                    "hold.released",
                    "order.created",
                    "order.approved",
                    "order.declined",
                    "order.extended",
                    "order.changed",
                    "order.paid",
                    "order.payment_received",
                    "order.refunded",
                    "order.refund_sent",
                    "order.refund_failed",
                    "order.refund_choice_offered",
                    "order.refund_chosen",
                    "order.expired",
                    "order.cancelled",
                    "ticket.renamed",
                    "ticket.transferred",
                    "attendees.imported",
                    "check_in.recorded",
                    "check_in.undone",
                    "check_in_list.created",
                    "check_in_list.updated",
                    "check_in_list.deleted",
                    "waiting_list.opened",
                    "waiting_list.closed",
                    "waiting_list.joined",
                    "waiting_list.left",
                    "waiting_list.offered",
                    "waiting_list.purchased",
                    "waiting_list.expired",
                    "sponsor.added",
                    "sponsor.updated",
                    "sponsor.removed",
                    "payout.recorded",
                    "payout.voided",
                    "organization.updated",
                ]
            ]
            | None,
            "What it is told of; empty: everything",
        ]
    ]
    active: NotRequired[Annotated[bool | None, "False: it is told nothing until it is switched on again"]]


class WebhookWithSecret(TypedDict):
    id: str
    url: str
    description: str
    kinds: Annotated[list[str], "What it is told of; empty: everything"]
    active: bool
    disabled_reason: Annotated[
        Literal["gone", "failing"] | None,
        "Why it was switched off by itself: its receiver answered 410 (gone), or took nothing for three days",
    ]
    secret_number: Annotated[int, "Counts up each time the secret is rotated"]
    secret_rotated_at: str | None
    version: int
    created_at: str
    secret: Annotated[str | None, "whsec_…: checks the signatures. Shown in this answer and never again"]
