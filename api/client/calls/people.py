"""Calls of people. Made by api/client_making.py of the API's description; not edited by hand."""

from __future__ import annotations

from typing import Unpack, cast

from api.client.connection import Calls
from api.client.shapes.people import Erasure, ListErasuresQuery, NamedPerson, PageErasure, PersonExport


class PeopleCalls(Calls):
    """What `people` offers."""

    def export_person(self, *, idempotency_key: str | None = None, **fields: Unpack[NamedPerson]) -> PersonExport:
        """Show all that is held about a person: orders, tickets, payments, waiting list, mails and what was done
        with them.

        Use when somebody asks what you know about them. Who asked and how much was handed out stands in the
        audit, not whom it was about.

        Needs the scope `people:manage`.
        """
        return cast(
            "PersonExport", self._ask("POST", "/api/people/export", body=fields, keyed=True, key=idempotency_key)
        )

    def erase_person(self, *, idempotency_key: str | None = None, **fields: Unpack[NamedPerson]) -> Erasure:
        """Erase a person for good: a pseudonym stands where their name and address stood. Amounts, numbers and
        tickets stay.

        Use when somebody asks to be forgotten. It can not be taken back. Mails that wait are not sent any more,
        and the letters sent are gone; what the books need stays without the name. Other mentions, also in the
        chat, are gone through in the minutes after.

        Needs the scope `people:manage`.
        """
        return cast("Erasure", self._ask("POST", "/api/people/erase", body=fields, keyed=True, key=idempotency_key))

    def list_erasures(self, **fields: Unpack[ListErasuresQuery]) -> PageErasure:
        """List who was erased, by their pseudonyms, and whether all mentions have been gone through, newest first.

        With an address: whether and when the person behind it was erased, though nothing here says who that
        was.

        Needs the scope `people:manage`.
        """
        return cast("PageErasure", self._ask("GET", "/api/people/erasures", query=fields))
