"""What happens to members, in words of the trade. None is a step of a proposal: who belongs here is decided by a person, directly."""

from __future__ import annotations

from uuid import UUID

from tools.context import Caller, Context, Greenroom
from tools.errors import NotFound
from tools.events.resolve import event_of
from tools.kit.paging import Page
from tools.members import repository, rules
from tools.members.models import ChangeMember, Doors, ListMembers, Member, NamedMember
from tools.operation import Effect, Http, operation


@operation(scope="members:read", effect=Effect.read, http=(Http("GET", "/members"),), card="members")
async def list_members(ctx: Context, data: ListMembers) -> Page[Member]:
    """List who belongs to the organisation, with their roles; of door staff also the events."""
    after = ctx.greenroom.cursors.after("members", data.cursor)
    found = await repository.find(ctx.tx, ctx.org_id, data, after)
    return ctx.greenroom.cursors.page(Page[Member], "members", found, data.limit, lambda last: [last.since, last.id])


@operation(
    scope="members:write",
    effect=Effect.external,
    http=(Http("PATCH", "/members/{id}", target="member"),),
    card="member",
    errors=(rules.LastOwner,),
    describe=rules.told_changed,
    proposable=False,
)
async def change_member(ctx: Context, data: ChangeMember) -> Member:
    """Change a member's role. Admins change what is below them, owners everybody.

    Role door only scans tickets, at the events named.
    """
    ctx.require_person()
    rules.require_doors(data.role, data.events)
    rules.require_grantable((await _member_of(ctx, data.member)).role, data.role)
    await repository.change(ctx.tx, ctx.org_id, data.member, data.role, await events_of(ctx, data.events))
    return await _member_of(ctx, data.member)


@operation(
    scope="members:write",
    effect=Effect.external,
    http=(Http("DELETE", "/members/{id}", target="member"),),
    card="member",
    errors=(rules.LastOwner,),
    describe=rules.told_removed,
    proposable=False,
)
async def remove_member(ctx: Context, data: NamedMember) -> Member:
    """Remove somebody from the organisation. What they did stays; what they may do ends at once."""
    ctx.require_person()
    member = await _member_of(ctx, data.member)
    await repository.remove(ctx.tx, ctx.org_id, data.member)
    return member


@operation(
    scope="organization:transfer",
    effect=Effect.external,
    http=(Http("POST", "/members/{id}/transfer_ownership", target="member"),),
    card="member",
    describe=rules.told_transferred,
    proposable=False,
)
async def transfer_ownership(ctx: Context, data: NamedMember) -> Member:
    """Hand the organisation over to another member. You stay as an admin."""
    ctx.require_person()
    await repository.transfer(ctx.tx, ctx.org_id, data.member)
    return await _member_of(ctx, data.member)


async def leave_organization(greenroom: Greenroom, caller: Caller, organization: UUID) -> None:
    """The caller goes. Raises LastOwner, and NotFound where they do not belong."""
    async with greenroom.database.session(caller.user_id) as tx:
        await repository.leave(tx, organization)


async def events_of(ctx: Context, references: Doors) -> list[UUID]:
    """Raises NotFound, Ambiguous."""
    return [(await event_of(ctx, reference)).id for reference in references]


async def _member_of(ctx: Context, member: UUID) -> Member:
    found = await repository.get(ctx.tx, ctx.org_id, member)
    if found is None:
        raise NotFound.named("member", str(member))
    return found
