"""Shapes of mails. Made by api/client_making.py of the API's description; not edited by hand."""

from typing import Annotated, Literal, NotRequired, TypedDict


class ListMailsQuery(TypedDict):
    limit: NotRequired[Annotated[int, "How many at most"]]
    cursor: NotRequired[Annotated[str | None, "`next_cursor` of the page before"]]
    event: NotRequired[Annotated[str | None, "Name or id"]]
    order: NotRequired[Annotated[str | None, "Order number or id"]]
    recipient: NotRequired[Annotated[str | None, "The whole address"]]
    kind: NotRequired[
        Literal[
            "order_confirmed",
            "order_received",
            "order_approved",
            "payment_received",
            "order_expired",
            "order_cancelled",
            "order_refunded",
            "place_offered",
            "event_cancelled",
            "event_postponed",
            "choice_offered",
            "ticket_transferred",
        ]
        | None
    ]
    status: NotRequired[Literal["queued", "sent", "failed", "skipped"] | None]


class Mail(TypedDict):
    id: str
    kind: Literal[
        "order_confirmed",
        "order_received",
        "order_approved",
        "payment_received",
        "order_expired",
        "order_cancelled",
        "order_refunded",
        "place_offered",
        "event_cancelled",
        "event_postponed",
        "choice_offered",
        "ticket_transferred",
    ]
    recipient: str
    subject: Annotated[str | None, "Null until it is written, just before the first attempt"]
    status: Literal["queued", "sent", "failed", "skipped"]
    attempts: int
    failure: Annotated[str | None, "Why the last attempt failed, or why it was not sent"]
    order_id: str | None
    order_number: str | None
    event_id: str | None
    locale: str
    sent_at: str | None
    version: int
    created_at: str
    body: Annotated[str | None, "The text as it was sent; null before, and again when it is forgotten"]


class MailSummary(TypedDict):
    id: str
    kind: Literal[
        "order_confirmed",
        "order_received",
        "order_approved",
        "payment_received",
        "order_expired",
        "order_cancelled",
        "order_refunded",
        "place_offered",
        "event_cancelled",
        "event_postponed",
        "choice_offered",
        "ticket_transferred",
    ]
    recipient: str
    subject: Annotated[str | None, "Null until it is written, just before the first attempt"]
    status: Literal["queued", "sent", "failed", "skipped"]
    attempts: int
    failure: Annotated[str | None, "Why the last attempt failed, or why it was not sent"]
    order_id: str | None
    order_number: str | None
    event_id: str | None
    locale: str
    sent_at: str | None
    version: int
    created_at: str


class PageMailSummary(TypedDict):
    items: list[MailSummary]
    next_cursor: str | None
