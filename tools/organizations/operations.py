"""What a person does with organisations before standing in one: found it, list one's own. Not steps of a proposal."""

from __future__ import annotations

from uuid import uuid4

from tools.context import Caller, Greenroom
from tools.organizations import repository
from tools.organizations.models import CreateOrganization, Organization


async def create_organization(
    greenroom: Greenroom, caller: Caller, data: CreateOrganization, *, name: str = ""
) -> Organization:
    """Found an organisation; the caller becomes its owner. `name` is the person's own name."""
    new_id = uuid4()
    async with greenroom.database.session(caller.user_id) as tx:
        await repository.create(tx, new_id, data, email=caller.email, name=name)
        return next(organization for organization in await repository.mine(tx) if organization.id == new_id)


async def list_organizations(greenroom: Greenroom, caller: Caller) -> list[Organization]:
    """The caller's organisations, the one used by default first."""
    async with greenroom.database.session(caller.user_id) as tx:
        return await repository.mine(tx)
