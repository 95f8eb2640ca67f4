"""Shapes of shared. Made by api/client_making.py of the API's description; not edited by hand."""

from typing import Annotated, Any, Literal, TypedDict


class CheckIn(TypedDict):
    id: str
    event_id: str
    check_in_list_id: str
    check_in_list_name: str
    nonce: str
    kind: Literal["entry", "exit"]
    outcome: Literal["accepted", "refused"]
    reason: (
        Literal[
            "unknown_code",
            "forged_ticket",
            "wrong_event",
            "wrong_list",
            "unpaid",
            "order_needs_approval",
            "cancelled",
            "transferred",
            "event_cancelled",
            "already_in",
            "no_reentry",
            "not_in",
            "not_open_yet",
            "closed",
            "sent_away",
        ]
        | None
    )
    message: str
    forced: bool
    conflict: Annotated[bool, "The person was let in, and by all that is known now should not have been"]
    repeated: Annotated[bool, "This scan was told before; nothing new happened"]
    ticket_id: str | None
    ticket_type: str | None
    attendee_name: str | None
    order_number: str | None
    scanned_at: str
    device: str
    previous_at: Annotated[str | None, "When the ticket's last accepted scan on this list was"]
    previous_device: str | None
    undone_at: str | None


class MemberEvent(TypedDict):
    id: str
    name: str


class NamedHoldBody(TypedDict):
    pass


class Organization(TypedDict):
    id: str
    name: str
    role: Literal["door", "viewer", "staff", "admin", "owner"]
    timezone: str
    currency: str
    locale: str
    auto_apply: bool
    suspended_reason: Annotated[
        str | None, "Why the people who run the service stopped it; null while it may be changed"
    ]
    version: int


class Payment(TypedDict):
    id: str
    order_id: str
    order_number: str
    event_id: str
    provider: Literal["manual", "sandbox", "stripe"]
    method: Literal["cash", "transfer", "card", "invoice", "online"]
    status: Literal["created", "pending", "confirmed", "failed", "cancelled", "unknown"]
    amount: int
    currency: str
    refunded_amount: int
    pay_url: str | None
    failure: str | None
    created_at: str
    confirmed_at: str | None


class QuotaRoom(TypedDict):
    id: str
    name: str
    kind: Literal["ticket_type", "capacity", "shared"]
    size: int
    sold: int
    unpaid: int
    on_hold: int
    kept_by_vouchers: int
    free: int


class WaitingEntry(TypedDict):
    id: str
    event_id: str
    event_name: str
    ticket_type_id: str
    ticket_type_name: str
    quantity: int
    name: str
    email: str
    status: Literal["waiting", "offered", "purchased", "expired", "cancelled"]
    position: Annotated[int | None, "1 is next among those who wait for the same tickets; None for who does not wait"]
    offer_expires_at: str | None
    order_number: str | None
    version: int
    created_at: str


class WebhookDelivery(TypedDict):
    id: Annotated[str, "The `webhook-id` its receiver sees, the same at each attempt"]
    webhook_id: str
    kind: str
    payload: dict[str, Any]
    status: Literal["waiting", "delivered", "given_up"]
    attempts: int
    next_attempt_at: str | None
    last_status: Annotated[int | None, "HTTP status of the last answer"]
    last_error: str | None
    delivered_at: str | None
    given_up_at: str | None
    created_at: str
