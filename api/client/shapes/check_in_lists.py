"""Shapes of check_in_lists. Made by api/client_making.py of the API's description; not edited by hand."""

from typing import Annotated, Literal, NotRequired, TypedDict

from api.client.shapes.shared import CheckIn


class TypeCount(TypedDict):
    ticket_type_id: str
    name: str
    expected: int
    entered: int
    inside: int


class CheckInList(TypedDict):
    id: str
    event_id: str
    event_name: str
    name: str
    every_type: bool
    ticket_types: list[str]
    reentry: bool
    opens_at: str | None
    closes_at: str | None
    expected: int
    entered: int
    inside: int
    by_type: list[TypeCount]
    version: int
    created_at: str


class CheckInOrderBody(TypedDict):
    event: NotRequired[Annotated[str | None, "Needed when the list is given by name and several events have one"]]
    order: Annotated[str, "Order number or id"]
    kind: NotRequired[Literal["entry", "exit"]]
    nonce: NotRequired[Annotated[str | None, "The client's own name for this scan; sent again, it is the same scan"]]
    device: NotRequired[Annotated[str | None, "Where it was scanned, e.g. Gate 2"]]
    force: NotRequired[Annotated[bool, "Let in whatever stands against it; for admins, and it is recorded"]]


class CreateCheckInList(TypedDict):
    event: Annotated[str, "Name or id"]
    name: str
    ticket_types: NotRequired[
        Annotated[list[str] | None, "Types of the event by name or id; an empty list: every type"]
    ]
    reentry: NotRequired[Annotated[bool, "Whether who went out may come in again"]]
    opens_at: NotRequired[Annotated[str | None, "RFC 3339 with an offset, e.g. 2026-12-12T19:00:00+01:00"]]
    closes_at: NotRequired[Annotated[str | None, "RFC 3339 with an offset, e.g. 2026-12-12T19:00:00+01:00"]]


class DeleteCheckInListQuery(TypedDict):
    event: NotRequired[Annotated[str | None, "Needed when the list is given by name and several events have one"]]


class DoorGuest(TypedDict):
    ticket_id: str
    attendee_name: str
    email_hint: str
    ticket_type: str
    order_number: str
    on_list: bool
    barred: (
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
    inside: bool
    entered_at: str | None
    check_in_id: Annotated[str | None, "The last accepted scan on this list, to undo it"]


class DoorGuests(TypedDict):
    items: list[DoorGuest]


class DownloadCheckInListQuery(TypedDict):
    event: NotRequired[Annotated[str | None, "Needed when the list is given by name and several events have one"]]
    cursor: NotRequired[Annotated[str | None, "`cursor` of the last answer"]]
    limit: NotRequired[Annotated[int, "How many tickets at most"]]


class GetCheckInListQuery(TypedDict):
    event: NotRequired[Annotated[str | None, "Needed when the list is given by name and several events have one"]]


class ListCheckInListsQuery(TypedDict):
    limit: NotRequired[Annotated[int, "How many at most"]]
    cursor: NotRequired[Annotated[str | None, "`next_cursor` of the page before"]]
    event: NotRequired[Annotated[str | None, "Name or id"]]


class MakeCheckInBody(TypedDict):
    event: NotRequired[Annotated[str | None, "Needed when the list is given by name and several events have one"]]
    code: NotRequired[Annotated[str | None, "What the scanner read: the QR's text, or the ticket's code"]]
    ticket: NotRequired[Annotated[str | None, "The ticket's id, where a person was found by name"]]
    kind: NotRequired[Literal["entry", "exit"]]
    nonce: NotRequired[Annotated[str | None, "The client's own name for this scan; sent again, it is the same scan"]]
    device: NotRequired[Annotated[str | None, "Where it was scanned, e.g. Gate 2"]]
    force: NotRequired[Annotated[bool, "Let in whatever stands against it; for admins, and it is recorded"]]


class OfflineTicket(TypedDict):
    ticket_id: str
    code_hash: Annotated[str, "SHA-256 of the ticket's code, in hex"]
    attendee_name: str
    ticket_type: str
    order_number: str
    barred: (
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
    inside: bool
    entered_at: str | None


class OfflineList(TypedDict):
    check_in_list_id: str
    name: str
    reentry: bool
    opens_at: str | None
    closes_at: str | None
    fresh: bool
    items: list[OfflineTicket]
    cursor: str
    more: bool


class OfflineScan(TypedDict):
    code: NotRequired[Annotated[str | None, "What the scanner read: the QR's text, or the ticket's code"]]
    ticket: NotRequired[Annotated[str | None, "The ticket's id, where a person was found by name"]]
    nonce: Annotated[str, "The client's own name for this scan; sent again, it is the same scan"]
    scanned_at: Annotated[str, "RFC 3339 with an offset, e.g. 2026-12-12T19:00:00+01:00"]
    kind: NotRequired[Literal["entry", "exit"]]
    let_in: NotRequired[Annotated[bool | None, "What the device said at the door; left out where nobody decided there"]]
    force: NotRequired[Annotated[bool, "Let in whatever stands against it; for admins, and it is recorded"]]


class OrderCheckIn(TypedDict):
    id: str
    event_id: str
    number: str
    accepted: int
    refused: int
    check_ins: list[CheckIn]


class PageCheckInList(TypedDict):
    items: list[CheckInList]
    next_cursor: str | None


class SearchAttendeesAtDoorQuery(TypedDict):
    event: NotRequired[Annotated[str | None, "Needed when the list is given by name and several events have one"]]
    query: Annotated[str, "Part of a name or address, an order number, or the end of a ticket's code"]
    limit: NotRequired[Annotated[int, "How many at most"]]


class UpdateCheckInListBody(TypedDict):
    event: NotRequired[Annotated[str | None, "Needed when the list is given by name and several events have one"]]
    name: NotRequired[str | None]
    ticket_types: NotRequired[
        Annotated[list[str] | None, "Types of the event by name or id; an empty list: every type"]
    ]
    reentry: NotRequired[bool | None]
    opens_at: NotRequired[Annotated[str | None, "Null: no limit any more"]]
    closes_at: NotRequired[Annotated[str | None, "Null: no limit any more"]]


class Uploaded(TypedDict):
    nonce: str
    check_in: CheckIn | None
    problem: Literal["nonce_reused"] | None


class Upload(TypedDict):
    id: str
    event_id: str
    scans: list[Uploaded]
    changed: list[CheckIn]
    conflicts: int


class UploadCheckInsBody(TypedDict):
    event: NotRequired[Annotated[str | None, "Needed when the list is given by name and several events have one"]]
    device: NotRequired[Annotated[str | None, "Where it was scanned, e.g. Gate 2"]]
    scans: list[OfflineScan]
