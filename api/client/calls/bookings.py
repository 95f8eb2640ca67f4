"""Calls of bookings. Made by api/client_making.py of the API's description; not edited by hand."""

from __future__ import annotations

from typing import Unpack, cast

from api.client.connection import Calls, segment
from api.client.shapes.bookings import (
    Booking,
    BookVenue,
    CancelBookingQuery,
    ListBookingsQuery,
    PageBooking,
    UpdateBookingBody,
)


class BookingsCalls(Calls):
    """What `bookings` offers."""

    def list_bookings(self, **fields: Unpack[ListBookingsQuery]) -> PageBooking:
        """List bookings by event, venue or day, earliest first.

        Needs the scope `venues:read`.
        """
        return cast("PageBooking", self._ask("GET", "/api/bookings", query=fields))

    def book_venue(self, *, idempotency_key: str | None = None, **fields: Unpack[BookVenue]) -> Booking:
        """Book a venue for an event, for the event's own times unless others are given.

        Use when a place should be reserved. Two bookings of one space can not overlap, set-up and tear-down
        included.

        Needs the scope `venues:write`.
        """
        return cast("Booking", self._ask("POST", "/api/bookings", body=fields, keyed=True, key=idempotency_key))

    def get_booking(self, id: str) -> Booking:
        """Show one booking.

        Needs the scope `venues:read`.
        """
        return cast("Booking", self._ask("GET", f"/api/bookings/{segment(id)}"))

    def replace_booking(
        self, id: str, *, if_match: str = "*", idempotency_key: str | None = None, **fields: Unpack[UpdateBookingBody]
    ) -> Booking:
        """Change a booking's space, times, set-up or tear-down.

        Needs the scope `venues:write`.
        """
        return cast(
            "Booking",
            self._ask(
                "PUT", f"/api/bookings/{segment(id)}", body=fields, if_match=if_match, keyed=True, key=idempotency_key
            ),
        )

    def update_booking(
        self, id: str, *, if_match: str = "*", idempotency_key: str | None = None, **fields: Unpack[UpdateBookingBody]
    ) -> Booking:
        """Change a booking's space, times, set-up or tear-down.

        Needs the scope `venues:write`.
        """
        return cast(
            "Booking",
            self._ask(
                "PATCH", f"/api/bookings/{segment(id)}", body=fields, if_match=if_match, keyed=True, key=idempotency_key
            ),
        )

    def cancel_booking(
        self, id: str, *, if_match: str = "*", idempotency_key: str | None = None, **fields: Unpack[CancelBookingQuery]
    ) -> Booking:
        """Cancel a booking, so that the space is free again.

        Use with the booking's id, or with the event (and the venue when it has several).

        Needs the scope `venues:write`.
        """
        return cast(
            "Booking",
            self._ask(
                "DELETE",
                f"/api/bookings/{segment(id)}",
                query=fields,
                if_match=if_match,
                keyed=True,
                key=idempotency_key,
            ),
        )
