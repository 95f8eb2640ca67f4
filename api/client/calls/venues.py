"""Calls of venues. Made by api/client_making.py of the API's description; not edited by hand."""

from __future__ import annotations

from typing import Unpack, cast

from api.client.connection import Calls, segment
from api.client.shapes.venues import CreateVenue, FindVenuesQuery, PageVenue, UpdateVenueBody, Venue


class VenuesCalls(Calls):
    """What `venues` offers."""

    def find_venues(self, **fields: Unpack[FindVenuesQuery]) -> PageVenue:
        """Find venues by city, size, name or free time.

        Use when the organiser looks for a place, or asks what venues there are.

        Needs the scope `venues:read`.
        """
        return cast("PageVenue", self._ask("GET", "/api/venues", query=fields))

    def create_venue(self, *, idempotency_key: str | None = None, **fields: Unpack[CreateVenue]) -> Venue:
        """Add a venue.

        Use when the organiser names a place that is not listed yet. It gets one space, the whole venue, that
        can be booked.

        Needs the scope `venues:write`.
        """
        return cast("Venue", self._ask("POST", "/api/venues", body=fields, keyed=True, key=idempotency_key))

    def get_venue(self, id: str) -> Venue:
        """Show one venue with its spaces.

        Needs the scope `venues:read`.
        """
        return cast("Venue", self._ask("GET", f"/api/venues/{segment(id)}"))

    def replace_venue(
        self, id: str, *, if_match: str = "*", idempotency_key: str | None = None, **fields: Unpack[UpdateVenueBody]
    ) -> Venue:
        """Change a venue's name, place, capacity, zone or description.

        Only what is given changes.

        Needs the scope `venues:write`.
        """
        return cast(
            "Venue",
            self._ask(
                "PUT", f"/api/venues/{segment(id)}", body=fields, if_match=if_match, keyed=True, key=idempotency_key
            ),
        )

    def update_venue(
        self, id: str, *, if_match: str = "*", idempotency_key: str | None = None, **fields: Unpack[UpdateVenueBody]
    ) -> Venue:
        """Change a venue's name, place, capacity, zone or description.

        Only what is given changes.

        Needs the scope `venues:write`.
        """
        return cast(
            "Venue",
            self._ask(
                "PATCH", f"/api/venues/{segment(id)}", body=fields, if_match=if_match, keyed=True, key=idempotency_key
            ),
        )

    def delete_venue(self, id: str, *, if_match: str = "*", idempotency_key: str | None = None) -> Venue:
        """Delete a venue that no event and no booking uses.

        Needs the scope `venues:write`.
        """
        return cast(
            "Venue",
            self._ask("DELETE", f"/api/venues/{segment(id)}", if_match=if_match, keyed=True, key=idempotency_key),
        )
