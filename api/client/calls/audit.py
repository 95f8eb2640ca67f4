"""Calls of audit. Made by api/client_making.py of the API's description; not edited by hand."""

from __future__ import annotations

from typing import Unpack, cast

from api.client.connection import Calls
from api.client.shapes.audit import ListAuditQuery, PageAuditEntry


class AuditCalls(Calls):
    """What `audit` offers."""

    def list_audit(self, **fields: Unpack[ListAuditQuery]) -> PageAuditEntry:
        """List who did what, newest first.

        Needs the scope `reports:read`.
        """
        return cast("PageAuditEntry", self._ask("GET", "/api/audit", query=fields))
