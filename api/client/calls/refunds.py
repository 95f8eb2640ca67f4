"""Calls of refunds. Made by api/client_making.py of the API's description; not edited by hand."""

from __future__ import annotations

from typing import Unpack, cast

from api.client.connection import Calls
from api.client.shapes.refunds import ListRefundsQuery, PageRefund


class RefundsCalls(Calls):
    """What `refunds` offers."""

    def list_refunds(self, **fields: Unpack[ListRefundsQuery]) -> PageRefund:
        """List refunds by order or status, newest first.

        Use status failed for money that the provider could not give back: it is still here, and owed.

        Needs the scope `orders:read`.
        """
        return cast("PageRefund", self._ask("GET", "/api/refunds", query=fields))
