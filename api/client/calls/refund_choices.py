"""Calls of refund_choices. Made by api/client_making.py of the API's description; not edited by hand."""

from __future__ import annotations

from typing import Unpack, cast

from api.client.connection import Calls
from api.client.shapes.refund_choices import ListRefundChoicesQuery, PageRefundChoice


class RefundChoicesCalls(Calls):
    """What `refund_choices` offers."""

    def list_refund_choices(self, **fields: Unpack[ListRefundChoicesQuery]) -> PageRefundChoice:
        """List what buyers of a cancelled or postponed event chose, or have not chosen yet, oldest first.

        Needs the scope `orders:read`.
        """
        return cast("PageRefundChoice", self._ask("GET", "/api/refund_choices", query=fields))
