"""Links that invite: whoever follows one has to be who it was sent to as well."""

from __future__ import annotations

from uuid import UUID

from tools.context import Greenroom
from tools.members.rules import invitation_token


def invitation_link(greenroom: Greenroom, invitation: UUID) -> str:
    """The address at which the invitation is accepted; the same for as long as it stands."""
    return f"{greenroom.public_url}/?invitation={invitation_token(greenroom.signer, invitation)}"
