"""How somebody new comes in: invited by an admin, accepted by the person the address belongs to."""

from __future__ import annotations

from uuid import UUID

from tools.context import Caller, Context, Greenroom
from tools.errors import NotFound
from tools.kit.paging import Page
from tools.members import repository, rules
from tools.members.links import invitation_link
from tools.members.models import (
    Invitation,
    InvitationOffer,
    InviteMember,
    ListInvitations,
    NamedInvitation,
    ResendInvitation,
)
from tools.members.operations import events_of
from tools.operation import Effect, Http, operation


@operation(
    scope="members:write",
    effect=Effect.external,
    http=(Http("POST", "/invitations", 201),),
    card="invitation",
    errors=(rules.MemberAlready, rules.InvitedAlready, rules.TooManyInvitations),
    describe=rules.told_invited,
    proposable=False,
)
async def invite_member(ctx: Context, data: InviteMember) -> Invitation:
    """Invite somebody by e-mail address. The link is mailed to them, and the answer has it too.

    The link works for an account with that address only. Admins invite up to staff, owners also admins.
    """
    ctx.require_person()
    rules.require_doors(data.role, data.events)
    new_id = ctx.ids.new_id()
    events = await events_of(ctx, data.events)
    await repository.invite(ctx.tx, ctx.org_id, new_id, data.email, data.role, events, data.days)
    return await _invitation_of(ctx, new_id)


@operation(
    scope="members:write",
    effect=Effect.external,
    http=(Http("DELETE", "/invitations/{id}", target="invitation"),),
    card="invitation",
    errors=(rules.InvitationClosed,),
    describe=rules.told_revoked,
    proposable=False,
)
async def revoke_invitation(ctx: Context, data: NamedInvitation) -> Invitation:
    """Take an open invitation back; its link stops working at once."""
    ctx.require_person()
    await repository.revoke(ctx.tx, ctx.org_id, data.invitation)
    return await _invitation_of(ctx, data.invitation)


@operation(
    scope="members:write",
    effect=Effect.external,
    http=(Http("POST", "/invitations/{id}/resend", target="invitation"),),
    card="invitation",
    errors=(rules.InvitationClosed, rules.TooManyInvitations),
    describe=rules.told_resent,
    proposable=False,
)
async def resend_invitation(ctx: Context, data: ResendInvitation) -> Invitation:
    """Mail an invitation again, also one that has expired. The link stays the same and is good for as many days from now."""
    ctx.require_person()
    await repository.resend(ctx.tx, ctx.org_id, data.invitation, data.days)
    return await _invitation_of(ctx, data.invitation)


@operation(scope="members:write", effect=Effect.read, http=(Http("GET", "/invitations"),), card="invitations")
async def list_invitations(ctx: Context, data: ListInvitations) -> Page[Invitation]:
    """List invitations, the newest first, with the links of the open ones."""
    after = ctx.greenroom.cursors.after("invitations", data.cursor)
    found = await repository.find_invitations(ctx.tx, ctx.org_id, data, after)
    linked = [_linked(ctx.greenroom, each) for each in found]
    return ctx.greenroom.cursors.page(
        Page[Invitation], "invitations", linked, data.limit, lambda last: [last.created_at, last.id]
    )


async def look_at_invitation(greenroom: Greenroom, token: str) -> InvitationOffer:
    """What the link offers. Raises NotFound for a link that is not ours or no longer open."""
    invitation = rules.invitation_of(greenroom.signer, token)
    if invitation is not None:
        async with greenroom.database.session(None) as tx:
            if offer := await repository.offer_of(tx, invitation):
                return offer
    raise NotFound("This invitation is not open.", remedy="Ask for a new one.")


async def is_invited(greenroom: Greenroom, email: str) -> bool:
    """Whether an invitation to this address is open anywhere."""
    async with greenroom.database.session(None) as tx:
        return await repository.is_invited(tx, email)


async def accept_invitation(greenroom: Greenroom, caller: Caller, token: str, name: str) -> UUID:
    """Make the caller a member; answers the organisation. Raises NotFound for a link made for somebody else, InvitationClosed."""
    invitation = rules.invitation_of(greenroom.signer, token)
    if invitation is None:
        raise NotFound("This invitation is not open.", remedy="Ask for a new one.")
    async with greenroom.database.session(caller.user_id) as tx:
        return await repository.accept(tx, invitation, name)


async def _invitation_of(ctx: Context, invitation: UUID) -> Invitation:
    found = await repository.get_invitation(ctx.tx, ctx.org_id, invitation)
    if found is None:
        raise NotFound.named("invitation", str(invitation))
    return _linked(ctx.greenroom, found)


def _linked(greenroom: Greenroom, invitation: Invitation) -> Invitation:
    if invitation.status != "open":
        return invitation
    return invitation.model_copy(update={"link": invitation_link(greenroom, invitation.id)})
