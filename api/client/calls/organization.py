"""Calls of organization. Made by api/client_making.py of the API's description; not edited by hand."""

from __future__ import annotations

from typing import Unpack, cast

from api.client.connection import Calls
from api.client.shapes.organization import UpdateOrganization
from api.client.shapes.shared import Organization


class OrganizationCalls(Calls):
    """What `organization` offers."""

    def get_organization(self) -> Organization:
        """Show the organisation's settings: zone, currency, language, whether reversible steps apply without
        asking.

        Needs the scope `events:read`.
        """
        return cast("Organization", self._ask("GET", "/api/organization"))

    def update_organization(
        self, *, if_match: str = "*", idempotency_key: str | None = None, **fields: Unpack[UpdateOrganization]
    ) -> Organization:
        """Change the organisation's settings. Owners only; never a step of a proposal, so no model can loosen its
        own rules.

        Needs the scope `organization:write`.
        """
        return cast(
            "Organization",
            self._ask("PATCH", "/api/organization", body=fields, if_match=if_match, keyed=True, key=idempotency_key),
        )
