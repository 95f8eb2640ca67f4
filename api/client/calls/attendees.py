"""Calls of attendees. Made by api/client_making.py of the API's description; not edited by hand."""

from __future__ import annotations

from typing import Unpack, cast

from api.client.connection import Calls, segment
from api.client.shapes.attendees import (
    GetTicketQuery,
    Import,
    ImportAttendees,
    ListAttendeesQuery,
    PageAttendee,
    RenameAttendeeBody,
    TicketDetail,
    TransferTicketBody,
)


class AttendeesCalls(Calls):
    """What `attendees` offers."""

    def list_attendees(self, **fields: Unpack[ListAttendeesQuery]) -> PageAttendee:
        """List who comes to an event, by name.

        Use to look somebody up, by a part of their name, by their whole e-mail address or by an order's number,
        or to see who has tickets of one type. Without a status: those who may come.

        Needs the scope `orders:read`.
        """
        return cast("PageAttendee", self._ask("GET", "/api/attendees", query=fields))

    def get_ticket(self, id: str, **fields: Unpack[GetTicketQuery]) -> TicketDetail:
        """Show one ticket: its code, who comes on it, and who had it before or has it now.

        Needs the scope `orders:read`.
        """
        return cast("TicketDetail", self._ask("GET", f"/api/attendees/{segment(id)}", query=fields))

    def rename_attendee(
        self, id: str, *, if_match: str = "*", idempotency_key: str | None = None, **fields: Unpack[RenameAttendeeBody]
    ) -> TicketDetail:
        """Correct the name or e-mail address on a ticket; its code stays as it is.

        Use for a misspelt name. When somebody else comes instead, use transfer_ticket: it makes the old ticket
        void.

        Needs the scope `orders:write`.
        """
        return cast(
            "TicketDetail",
            self._ask(
                "PATCH",
                f"/api/attendees/{segment(id)}",
                body=fields,
                if_match=if_match,
                keyed=True,
                key=idempotency_key,
            ),
        )

    def transfer_ticket(
        self, id: str, *, idempotency_key: str | None = None, **fields: Unpack[TransferTicketBody]
    ) -> TicketDetail:
        """Give a ticket to another person, also when the event is sold out.

        Use when somebody can not come and another person comes instead. The old ticket and its code become
        void, the new person gets a ticket with a new code, mailed when an address is given. No place moves, and
        no money.

        Needs the scope `orders:write`.
        """
        return cast(
            "TicketDetail",
            self._ask("POST", f"/api/attendees/{segment(id)}/transfer", body=fields, keyed=True, key=idempotency_key),
        )

    def import_attendees(self, *, idempotency_key: str | None = None, **fields: Unpack[ImportAttendees]) -> Import:
        """Import attendees from a CSV file: each line becomes an order of one ticket.

        Use when the organiser has a list from elsewhere. Takes places like any sale, at no price or at the
        price in the file, and mails nobody. A line whose e-mail (or name) has a ticket of that type already is
        skipped, so the same file can be sent twice. By default only tells what would be made and which lines
        fail; in a proposal say dry_run false, the proposal shows the same.

        Needs the scope `orders:write`.
        """
        return cast("Import", self._ask("POST", "/api/attendees/import", body=fields, keyed=True, key=idempotency_key))
