"""What the people who run the platform do: look which organisations there are, stop one, let it go on. Not the business of any role."""

from __future__ import annotations

from uuid import UUID

from tools.context import Caller, Greenroom
from tools.organizations import repository
from tools.organizations.models import HostedOrganizations

MOST = 100


async def hosted_organizations(greenroom: Greenroom, caller: Caller, query: str | None) -> HostedOrganizations:
    """The newest first, at most MOST. Raises Forbidden for everybody else."""
    async with greenroom.database.session(caller.user_id) as tx:
        return HostedOrganizations(items=await repository.hosted(tx, query, MOST))


async def suspend_organization(greenroom: Greenroom, caller: Caller, organization: UUID, reason: str | None) -> None:
    """Its people may only read from now on and its shop is closed; `reason` None lets it go on.

    Raises Forbidden for everybody else, NotFound. Leaves a trace in the organisation's own audit.
    """
    async with greenroom.database.session(caller.user_id) as tx:
        await repository.suspend(tx, organization, reason)
