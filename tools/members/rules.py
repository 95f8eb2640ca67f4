"""What is decided about members, and how it is told."""

from __future__ import annotations

from uuid import UUID

from tools.context import Role, Standing
from tools.errors import Conflict, InvalidInput, RateLimited
from tools.kit.signing import Signer
from tools.members.models import Doors, Invitation, Member

_PURPOSE = "invitation"


class LastOwner(Conflict):
    code = "last_owner"
    title = "An organisation keeps an owner"
    constraints = ("last_owner",)
    default_remedy = "Transfer the ownership to somebody else first."


class MemberAlready(Conflict):
    code = "member_already"
    title = "Somebody with this address is a member already"
    constraints = ("member_already",)
    default_remedy = "Change the member's role instead."


class InvitedAlready(Conflict):
    code = "invited_already"
    title = "An invitation to this address is open"
    constraints = ("invitations_open_key",)
    default_remedy = "Send it again with resend_invitation, or revoke it first."


class InvitationClosed(Conflict):
    code = "invitation_closed"
    title = "The invitation is no longer open"
    constraints = ("invitation_open",)
    default_remedy = "Ask for a new one."


class TooManyInvitations(RateLimited):
    code = "too_many_invitations"
    title = "An organisation sends fifty invitations a day, and each three times"
    # Not by itself: tomorrow is no time to wait for.
    retryable = False
    constraints = ("invitations_a_day",)
    default_remedy = "Give the link to them yourself, or go on tomorrow."


def require_doors(role: Role, events: Doors) -> None:
    """Raises InvalidInput unless exactly somebody at the door has events."""
    if (role == "door") != bool(events):
        raise InvalidInput(
            "Name the events at whose doors they may scan." if role == "door" else "Only role door goes with events."
        )


def require_grantable(was: Role, role: Role) -> None:
    """Raises InvalidInput for a way to ownership that is not its transfer."""
    if role == "owner" and was != "owner":
        raise InvalidInput("Ownership is handed over.", remedy="Use transfer_ownership.")


def invitation_token(signer: Signer, invitation: UUID) -> str:
    return signer.seal(_PURPOSE, invitation.bytes)


def invitation_of(signer: Signer, token: str) -> UUID | None:
    """None for what we did not sign."""
    body = signer.unseal(_PURPOSE, token)
    return UUID(bytes=body) if body is not None and len(body) == 16 else None


def told_changed(member: Member, _: Standing) -> str:
    doors = f" for {', '.join(event.name for event in member.events)}" if member.events else ""
    return f"Make {member.name or member.email} {member.role}{doors}"


def told_removed(member: Member, _: Standing) -> str:
    return f"Remove {member.name or member.email} from the organisation"


def told_transferred(member: Member, _: Standing) -> str:
    return f"Make {member.name or member.email} the owner"


def told_invited(invitation: Invitation, _: Standing) -> str:
    return f"Invite {invitation.email} as {invitation.role}"


def told_resent(invitation: Invitation, _: Standing) -> str:
    return f"Send the invitation of {invitation.email} again"


def told_revoked(invitation: Invitation, _: Standing) -> str:
    return f"Take back the invitation of {invitation.email}"
