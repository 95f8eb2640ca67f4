"""Calls of ledger. Made by api/client_making.py of the API's description; not edited by hand."""

from __future__ import annotations

from typing import Unpack, cast

from api.client.connection import Calls
from api.client.shapes.ledger import CheckLedgerQuery, LedgerCheck, ListLedgerQuery, PageLedgerEntry


class LedgerCalls(Calls):
    """What `ledger` offers."""

    def list_ledger(self, **fields: Unpack[ListLedgerQuery]) -> PageLedgerEntry:
        """List the entries behind the balances, oldest first, of an event, an order, an account or a period.

        Needs the scope `finance:read`.
        """
        return cast("PageLedgerEntry", self._ask("GET", "/api/ledger", query=fields))

    def check_ledger(self, **fields: Unpack[CheckLedgerQuery]) -> LedgerCheck:
        """Check that the books hold: every transaction sums to zero, and every order owes what its rows say.

        Use when somebody doubts a sum, or before an audit. An answer without problems means that no stored
        amount contradicts another.

        Needs the scope `finance:read`.
        """
        return cast("LedgerCheck", self._ask("GET", "/api/ledger/check", query=fields))
