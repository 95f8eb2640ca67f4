"""Shapes of people. Made by api/client_making.py of the API's description; not edited by hand."""

from typing import Annotated, NotRequired, TypedDict


class Erasure(TypedDict):
    id: str
    pseudonym: Annotated[str, "What stands now where the person stood"]
    orders: int
    tickets: int
    waiting_list_entries: int
    mails: int
    mentions: Annotated[int, "Other rows in which the person was named, so far"]
    conversations: Annotated[int, "Threads of the chat that named the person and were deleted, so far"]
    finished_at: Annotated[str | None, "Null while mentions and conversations are still looked for"]
    version: int
    created_at: str


class HeldCheckIn(TypedDict):
    ticket_id: str
    event_name: str
    list_name: str
    kind: str
    outcome: str
    scanned_at: str


class HeldMail(TypedDict):
    kind: str
    recipient: str
    subject: str | None
    body: str | None
    status: str
    sent_at: str | None
    created_at: str


class HeldNote(TypedDict):
    at: str
    operation: str
    summary: str


class HeldOrder(TypedDict):
    id: str
    number: str
    event_name: str
    status: str
    channel: str
    buyer_name: str
    buyer_email: str | None
    billing_address: str
    locale: str
    currency: str
    total_amount: int
    paid_amount: int
    refunded_amount: int
    created_at: str


class HeldPayment(TypedDict):
    order_number: str
    provider: str
    method: str
    status: str
    amount: int
    currency: str
    created_at: str


class HeldPlace(TypedDict):
    event_name: str
    ticket_type_name: str
    quantity: int
    name: str
    email: str
    status: str
    created_at: str


class HeldRefund(TypedDict):
    order_number: str
    status: str
    reason: str | None
    amount: int
    currency: str
    created_at: str


class HeldTicket(TypedDict):
    id: str
    order_number: str
    event_name: str
    ticket_type_name: str
    attendee_name: str
    attendee_email: str | None
    status: str
    created_at: str


class ListErasuresQuery(TypedDict):
    limit: NotRequired[Annotated[int, "How many at most"]]
    cursor: NotRequired[Annotated[str | None, "`next_cursor` of the page before"]]
    email: NotRequired[Annotated[str | None, "Whether this person was erased"]]


class NamedPerson(TypedDict):
    email: Annotated[str, "The person's address, as they gave it"]


class PageErasure(TypedDict):
    items: list[Erasure]
    next_cursor: str | None


class PersonExport(TypedDict):
    email: str
    names: list[str]
    made_at: str
    orders: list[HeldOrder]
    tickets: list[HeldTicket]
    check_ins: list[HeldCheckIn]
    payments: list[HeldPayment]
    refunds: list[HeldRefund]
    waiting_list: list[HeldPlace]
    mails: list[HeldMail]
    audit: list[HeldNote]
