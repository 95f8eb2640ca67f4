"""Calls of waiting_list. Made by api/client_making.py of the API's description; not edited by hand."""

from __future__ import annotations

from typing import Unpack, cast

from api.client.connection import Calls, segment
from api.client.shapes.shared import WaitingEntry
from api.client.shapes.waiting_list import AddToWaitingList, ListWaitingListQuery, PageWaitingEntry


class WaitingListCalls(Calls):
    """What `waiting_list` offers."""

    def list_waiting_list(self, **fields: Unpack[ListWaitingListQuery]) -> PageWaitingEntry:
        """List who waits for tickets, first in line first, with their position and what became of offers.

        Needs the scope `orders:read`.
        """
        return cast("PageWaitingEntry", self._ask("GET", "/api/waiting_list", query=fields))

    def add_to_waiting_list(
        self, *, idempotency_key: str | None = None, **fields: Unpack[AddToWaitingList]
    ) -> WaitingEntry:
        """Put somebody at the end of an event's waiting list, also when the list is not open to the public.

        Needs the scope `orders:write`.
        """
        return cast(
            "WaitingEntry", self._ask("POST", "/api/waiting_list", body=fields, keyed=True, key=idempotency_key)
        )

    def remove_from_waiting_list(self, id: str, *, idempotency_key: str | None = None) -> WaitingEntry:
        """Take somebody off the waiting list. Places that were offered to them are free again.

        Needs the scope `orders:write`.
        """
        return cast(
            "WaitingEntry", self._ask("DELETE", f"/api/waiting_list/{segment(id)}", keyed=True, key=idempotency_key)
        )
