"""Calls of public. Made by api/client_making.py of the API's description; not edited by hand."""

from __future__ import annotations

from typing import Unpack, cast

from api.client.connection import Calls, segment
from api.client.shapes.public import (
    Availability,
    BrowseEventsQuery,
    CheckOutBody,
    HoldTicketsAsVisitor,
    PagePublicEvent,
    PublicEventDetail,
    PublicHold,
    PublicOrder,
    SeeEventQuery,
)
from api.client.shapes.shared import NamedHoldBody


class PublicCalls(Calls):
    """What `public` offers."""

    def browse_events(self, **fields: Unpack[BrowseEventsQuery]) -> PagePublicEvent:
        """List the published events that are not over, soonest first.

        Of all organisers, or of one.
        """
        return cast("PagePublicEvent", self._ask("GET", "/api/public/events", query=fields))

    def see_event(self, id: str, **fields: Unpack[SeeEventQuery]) -> PublicEventDetail:
        """Show a published event with its tickets, as a buyer pays them.

        With a promo code: at its prices, and with what it opens.
        """
        return cast("PublicEventDetail", self._ask("GET", f"/api/public/events/{segment(id)}", query=fields))

    def see_availability(self, id: str) -> Availability:
        """Show how much is left of each ticket type, up to ten, at most two seconds old.

        Made to be asked often: it answers 304 to the ETag it gave before. Only a hold says for sure.
        """
        return cast("Availability", self._ask("GET", f"/api/public/events/{segment(id)}/availability"))

    def start_hold(self, **fields: Unpack[HoldTicketsAsVisitor]) -> PublicHold:
        """Keep tickets for fifteen minutes, so that nobody else takes them while you decide.

        Whoever knows the hold's id can check out with it. Choose the id yourself, and a repeated call finds the
        hold it made.
        """
        return cast("PublicHold", self._ask("POST", "/api/public/holds", body=fields))

    def see_hold(self, id: str) -> PublicHold:
        """Show a hold: until when it keeps what, and what that costs to the cent."""
        return cast("PublicHold", self._ask("GET", f"/api/public/holds/{segment(id)}"))

    def give_up_hold(self, id: str) -> PublicHold:
        """Give the tickets of a hold back at once. A hold that has ended stays as it is."""
        return cast("PublicHold", self._ask("DELETE", f"/api/public/holds/{segment(id)}"))

    def prolong_hold(self, id: str, **fields: Unpack[NamedHoldBody]) -> PublicHold:
        """Keep the tickets of a hold for fifteen minutes from now; three times at most."""
        return cast("PublicHold", self._ask("POST", f"/api/public/holds/{segment(id)}/extend", body=fields))

    def checkout(self, id: str, **fields: Unpack[CheckOutBody]) -> PublicOrder:
        """Turn a hold into an order and say where to pay.

        What costs nothing is paid at once. An online order keeps its places for thirty minutes, a bank transfer
        for seven days. The same call again answers the same order.
        """
        return cast("PublicOrder", self._ask("POST", f"/api/public/holds/{segment(id)}/checkout", body=fields))

    def order_status(self, token: str) -> PublicOrder:
        """Show whether an order is paid, to whoever has its link."""
        return cast("PublicOrder", self._ask("GET", f"/api/public/orders/{segment(token)}"))
