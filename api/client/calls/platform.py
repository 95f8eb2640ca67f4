"""Calls of platform. Made by api/client_making.py of the API's description; not edited by hand."""

from __future__ import annotations

from typing import Unpack, cast

from api.client.connection import Calls, segment
from api.client.shapes.platform import HostedOrganizations, ListHostedOrganizationsQuery, SuspendOrganization


class PlatformCalls(Calls):
    """What `platform` offers."""

    def list_hosted_organizations(self, **fields: Unpack[ListHostedOrganizationsQuery]) -> HostedOrganizations:
        """List the organisations on this platform, the newest first."""
        return cast("HostedOrganizations", self._ask("GET", "/api/platform/organizations", query=fields))

    def suspend_organization(self, id: str, **fields: Unpack[SuspendOrganization]) -> None:
        """Stop an organisation: its people may read, nobody writes, its shop is closed."""
        self._ask("POST", f"/api/platform/organizations/{segment(id)}/suspend", body=fields)

    def resume_organization(self, id: str) -> None:
        """Let a stopped organisation go on."""
        self._ask("POST", f"/api/platform/organizations/{segment(id)}/resume")
