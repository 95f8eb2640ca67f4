"""Calls of invitations. Made by api/client_making.py of the API's description; not edited by hand."""

from __future__ import annotations

from typing import Unpack, cast

from api.client.connection import Calls, segment
from api.client.shapes.invitations import (
    Invitation,
    InviteMember,
    ListInvitationsQuery,
    PageInvitation,
    ResendInvitationBody,
)


class InvitationsCalls(Calls):
    """What `invitations` offers."""

    def list_invitations(self, **fields: Unpack[ListInvitationsQuery]) -> PageInvitation:
        """List invitations, the newest first, with the links of the open ones.

        Needs the scope `members:write`.
        """
        return cast("PageInvitation", self._ask("GET", "/api/invitations", query=fields))

    def invite_member(self, *, idempotency_key: str | None = None, **fields: Unpack[InviteMember]) -> Invitation:
        """Invite somebody by e-mail address. The link is mailed to them, and the answer has it too.

        The link works for an account with that address only. Admins invite up to staff, owners also admins.

        Needs the scope `members:write`.
        """
        return cast("Invitation", self._ask("POST", "/api/invitations", body=fields, keyed=True, key=idempotency_key))

    def revoke_invitation(self, id: str, *, idempotency_key: str | None = None) -> Invitation:
        """Take an open invitation back; its link stops working at once.

        Needs the scope `members:write`.
        """
        return cast(
            "Invitation", self._ask("DELETE", f"/api/invitations/{segment(id)}", keyed=True, key=idempotency_key)
        )

    def resend_invitation(
        self, id: str, *, idempotency_key: str | None = None, **fields: Unpack[ResendInvitationBody]
    ) -> Invitation:
        """Mail an invitation again, also one that has expired. The link stays the same and is good for as many
        days from now.

        Needs the scope `members:write`.
        """
        return cast(
            "Invitation",
            self._ask("POST", f"/api/invitations/{segment(id)}/resend", body=fields, keyed=True, key=idempotency_key),
        )
