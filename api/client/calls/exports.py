"""Calls of exports. Made by api/client_making.py of the API's description; not edited by hand."""

from __future__ import annotations

from typing import Unpack, cast

from api.client.connection import Calls
from api.client.shapes.exports import ExportedFile, ExportQuery


class ExportsCalls(Calls):
    """What `exports` offers."""

    def export(self, **fields: Unpack[ExportQuery]) -> ExportedFile:
        """Offer a list as a file: orders, attendees, sales, the ledger, check-ins or payouts, as CSV or for a
        spreadsheet.

        Use when the organiser wants a list to keep, to print or to hand on. Answers where to download it, how
        many rows it has and the first of them. Money is in the unit people say, beside its currency; times are
        those of the event's place.

        Needs the scope `reports:read`.
        """
        return cast("ExportedFile", self._ask("GET", "/api/exports", query=fields))
