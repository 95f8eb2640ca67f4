"""Calls of sponsors. Made by api/client_making.py of the API's description; not edited by hand."""

from __future__ import annotations

from typing import Unpack, cast

from api.client.connection import Calls, segment
from api.client.shapes.sponsors import (
    AddSponsor,
    GetSponsorQuery,
    ListSponsorsQuery,
    PageSponsorship,
    RemoveSponsorQuery,
    Sponsorship,
    UpdateSponsorBody,
)


class SponsorsCalls(Calls):
    """What `sponsors` offers."""

    def list_sponsors(self, **fields: Unpack[ListSponsorsQuery]) -> PageSponsorship:
        """List sponsors and what they agreed, of one event or of all.

        Needs the scope `sponsors:read`.
        """
        return cast("PageSponsorship", self._ask("GET", "/api/sponsors", query=fields))

    def add_sponsor(self, *, idempotency_key: str | None = None, **fields: Unpack[AddSponsor]) -> Sponsorship:
        """Add a sponsor to an event with a level and an amount.

        Use when the organiser says who sponsors an event, at which level and for how much. The money is agreed,
        not yet received.

        Needs the scope `sponsors:write`.
        """
        return cast("Sponsorship", self._ask("POST", "/api/sponsors", body=fields, keyed=True, key=idempotency_key))

    def get_sponsor(self, id: str, **fields: Unpack[GetSponsorQuery]) -> Sponsorship:
        """Show what one sponsor agreed for an event.

        Needs the scope `sponsors:read`.
        """
        return cast("Sponsorship", self._ask("GET", f"/api/sponsors/{segment(id)}", query=fields))

    def replace_sponsor(
        self, id: str, *, if_match: str = "*", idempotency_key: str | None = None, **fields: Unpack[UpdateSponsorBody]
    ) -> Sponsorship:
        """Change a sponsor's level, amount or status on an event.

        Only what is given changes. Statuses: enquiry, agreed, invoiced, paid, declined.

        Needs the scope `sponsors:write`.
        """
        return cast(
            "Sponsorship",
            self._ask(
                "PUT", f"/api/sponsors/{segment(id)}", body=fields, if_match=if_match, keyed=True, key=idempotency_key
            ),
        )

    def update_sponsor(
        self, id: str, *, if_match: str = "*", idempotency_key: str | None = None, **fields: Unpack[UpdateSponsorBody]
    ) -> Sponsorship:
        """Change a sponsor's level, amount or status on an event.

        Only what is given changes. Statuses: enquiry, agreed, invoiced, paid, declined.

        Needs the scope `sponsors:write`.
        """
        return cast(
            "Sponsorship",
            self._ask(
                "PATCH", f"/api/sponsors/{segment(id)}", body=fields, if_match=if_match, keyed=True, key=idempotency_key
            ),
        )

    def remove_sponsor(
        self, id: str, *, if_match: str = "*", idempotency_key: str | None = None, **fields: Unpack[RemoveSponsorQuery]
    ) -> Sponsorship:
        """Take a sponsor off an event.

        Needs the scope `sponsors:write`.
        """
        return cast(
            "Sponsorship",
            self._ask(
                "DELETE",
                f"/api/sponsors/{segment(id)}",
                query=fields,
                if_match=if_match,
                keyed=True,
                key=idempotency_key,
            ),
        )
