"""What a person does with organisations: found one, list one's own, change its settings. None is a step of a proposal."""

from __future__ import annotations

from uuid import uuid4

from tools.context import Caller, Context, Greenroom, Standing
from tools.kit.versions import require_version
from tools.operation import Effect, Http, enter, operation
from tools.organizations import repository
from tools.organizations.models import CreateOrganization, Organization, OwnOrganization, UpdateOrganization


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


async def standing_of_key(greenroom: Greenroom, caller: Caller) -> tuple[Organization, frozenset[str]]:
    """The organisation a key acts for, and what it may do there. Raises Forbidden for one that ended a moment ago."""
    async with enter(greenroom, caller) as (tx, standing):
        return await repository.get(tx, standing.org_id, standing.role), standing.scopes


def _told_changed(organization: Organization, _: Standing) -> str:
    return f"Change the settings of {organization.name}"


@operation(scope="events:read", effect=Effect.read, http=(Http("GET", "/organization"),), card="organization")
async def get_organization(ctx: Context, data: OwnOrganization) -> Organization:
    """Show the organisation's settings: zone, currency, language, whether reversible steps apply without asking."""
    return await _own(ctx)


@operation(
    scope="organization:write",
    effect=Effect.write,
    http=(Http("PATCH", "/organization", needs_version=True),),
    card="organization",
    describe=_told_changed,
    proposable=False,
)
async def update_organization(ctx: Context, data: UpdateOrganization) -> Organization:
    """Change the organisation's settings. Owners only; never a step of a proposal, so no model can loosen its own rules."""
    await repository.lock(ctx.tx, ctx.org_id)
    organization = await _own(ctx)
    require_version(ctx.caller.if_match, organization.version)
    given = {name: value for name, value in data.model_dump().items() if value is not None}
    await repository.update(ctx.tx, organization.model_copy(update=given))
    return await _own(ctx)


async def _own(ctx: Context) -> Organization:
    return await repository.get(ctx.tx, ctx.org_id, ctx.standing.role)
