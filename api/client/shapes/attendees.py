"""Shapes of attendees. Made by api/client_making.py of the API's description; not edited by hand."""

from typing import Annotated, Literal, NotRequired, TypedDict


class Attendee(TypedDict):
    id: str
    attendee_name: str
    attendee_email: str | None
    status: Literal["valid", "checked_in", "cancelled", "transferred"]
    event_id: str
    event_name: str
    ticket_type_id: str
    ticket_type_name: str
    order_id: str
    order_number: str
    order_status: str
    transferred_from: str | None
    version: int
    created_at: str


class FailedRow(TypedDict):
    row: int
    reason: str
    text: Annotated[str, "The line as it was read, cut to 200 characters"]


class GetTicketQuery(TypedDict):
    event: NotRequired[Annotated[str | None, "Needed when the ticket is named by its attendee"]]


class ImportedRow(TypedDict):
    row: int
    name: str
    email: str | None
    ticket_type_name: str
    price_amount: int
    order_number: Annotated[str | None, "None in a dry run"]


class SkippedRow(TypedDict):
    row: int
    name: str
    reason: str


class Import(TypedDict):
    id: str
    event_id: str
    event_name: str
    dry_run: bool
    rows: int
    made: int
    skipped: int
    failed: int
    total_amount: int
    currency: str
    columns: Annotated[dict[str, str], "What was read from which column of the file"]
    ignored_columns: list[str]
    made_rows: Annotated[list[ImportedRow], "The first 100"]
    skipped_rows: Annotated[list[SkippedRow], "The first 100"]
    failed_rows: Annotated[list[FailedRow], "The first 1,000"]


class ImportAttendees(TypedDict):
    event: Annotated[str, "Name or id"]
    csv: NotRequired[
        Annotated[
            str | None,
            "A header line, then one attendee per line. Columns in any order: name (or first and last name), e-mail, ticket type, price",
        ]
    ]
    csv_base64: NotRequired[Annotated[str | None, "The same as a file's bytes, where its encoding is not known"]]
    ticket_type: NotRequired[Annotated[str | None, "For lines that name none"]]
    payment_method: NotRequired[
        Annotated[Literal["cash", "transfer", "card", "invoice"] | None, "How the prices in the file were paid"]
    ]
    dry_run: NotRequired[Annotated[bool, "Only tell what would be made"]]
    all_or_nothing: NotRequired[Annotated[bool, "Make none when one line fails"]]


class ListAttendeesQuery(TypedDict):
    limit: NotRequired[Annotated[int, "How many at most"]]
    cursor: NotRequired[Annotated[str | None, "`next_cursor` of the page before"]]
    event: Annotated[str, "Name or id"]
    ticket_type: NotRequired[Annotated[str | None, "Name or id"]]
    status: NotRequired[
        Annotated[
            Literal["valid", "checked_in", "cancelled", "transferred"] | None,
            "Left out: those who may come, valid and checked_in",
        ]
    ]
    query: NotRequired[
        Annotated[str | None, "A part of the attendee's or buyer's name, a whole e-mail address, or an order number"]
    ]


class PageAttendee(TypedDict):
    items: list[Attendee]
    next_cursor: str | None


class RenameAttendeeBody(TypedDict):
    event: NotRequired[Annotated[str | None, "Needed when the ticket is named by its attendee"]]
    name: str
    email: NotRequired[Annotated[str | None, "Left out: the address stays"]]


class TicketDetail(TypedDict):
    id: str
    attendee_name: str
    attendee_email: str | None
    status: Literal["valid", "checked_in", "cancelled", "transferred"]
    event_id: str
    event_name: str
    ticket_type_id: str
    ticket_type_name: str
    order_id: str
    order_number: str
    order_status: str
    transferred_from: str | None
    version: int
    created_at: str
    code: str
    transferred_to: str | None


class TransferTicketBody(TypedDict):
    event: NotRequired[Annotated[str | None, "Needed when the ticket is named by its attendee"]]
    name: Annotated[str, "Who comes instead"]
    email: NotRequired[Annotated[str | None, "Where the new ticket is sent"]]
