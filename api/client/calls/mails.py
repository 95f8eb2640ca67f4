"""Calls of mails. Made by api/client_making.py of the API's description; not edited by hand."""

from __future__ import annotations

from typing import Unpack, cast

from api.client.connection import Calls, segment
from api.client.shapes.mails import ListMailsQuery, Mail, PageMailSummary


class MailsCalls(Calls):
    """What `mails` offers."""

    def list_mails(self, **fields: Unpack[ListMailsQuery]) -> PageMailSummary:
        """List the mails to buyers, newest first, with what became of each.

        Use when somebody asks whether a mail went out, or which ones failed.

        Needs the scope `mails:read`.
        """
        return cast("PageMailSummary", self._ask("GET", "/api/mails", query=fields))

    def get_mail(self, id: str) -> Mail:
        """Show one mail with its text.

        Needs the scope `mails:read`.
        """
        return cast("Mail", self._ask("GET", f"/api/mails/{segment(id)}"))
