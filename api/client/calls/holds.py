"""Calls of holds. Made by api/client_making.py of the API's description; not edited by hand."""

from __future__ import annotations

from typing import Unpack, cast

from api.client.connection import Calls, segment
from api.client.shapes.holds import ExtendHoldBody, Hold, HoldTickets, ListHoldsQuery, PageHold
from api.client.shapes.shared import NamedHoldBody


class HoldsCalls(Calls):
    """What `holds` offers."""

    def list_holds(self, **fields: Unpack[ListHoldsQuery]) -> PageHold:
        """List what is held, newest first: by buyers at the shop, for the waiting list, by the organiser.

        Use for "who keeps the last tickets?".

        Needs the scope `orders:read`.
        """
        return cast("PageHold", self._ask("GET", "/api/holds", query=fields))

    def hold_tickets(self, *, idempotency_key: str | None = None, **fields: Unpack[HoldTickets]) -> Hold:
        """Keep tickets out of sale for a while, for somebody who is not ready to buy.

        Use for "keep ten seats for the press until Friday". They come back into sale by themselves when the
        time is over; release_hold gives them back at once.

        Needs the scope `orders:write`.
        """
        return cast("Hold", self._ask("POST", "/api/holds", body=fields, keyed=True, key=idempotency_key))

    def extend_hold(self, id: str, *, idempotency_key: str | None = None, **fields: Unpack[ExtendHoldBody]) -> Hold:
        """Keep the tickets of a hold for longer, counted from now. It never makes the time shorter.

        Needs the scope `orders:write`.
        """
        return cast(
            "Hold", self._ask("POST", f"/api/holds/{segment(id)}/extend", body=fields, keyed=True, key=idempotency_key)
        )

    def release_hold(self, id: str, *, idempotency_key: str | None = None, **fields: Unpack[NamedHoldBody]) -> Hold:
        """Give the tickets of a hold back into sale at once.

        Also for a buyer's hold at the shop: they are told that it has ended.

        Needs the scope `orders:write`.
        """
        return cast(
            "Hold", self._ask("POST", f"/api/holds/{segment(id)}/release", body=fields, keyed=True, key=idempotency_key)
        )

    def get_hold(self, id: str) -> Hold:
        """Show one hold: what it keeps, until when, and what became of it.

        Needs the scope `orders:read`.
        """
        return cast("Hold", self._ask("GET", f"/api/holds/{segment(id)}"))
