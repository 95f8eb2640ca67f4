"""Calls of auth. Made by api/client_making.py of the API's description; not edited by hand."""

from __future__ import annotations

from typing import Unpack, cast

from api.client.connection import Calls, segment
from api.client.shapes.auth import (
    ApiAuthMailProof,
    CreateOrganization,
    InvitationOffer,
    Joined,
    LogIn,
    MailTo,
    Me,
    NewPassword,
    Refresh,
    Session,
    SignUp,
)
from api.client.shapes.shared import Organization


class AuthCalls(Calls):
    """What `auth` offers."""

    def sign_up(self, **fields: Unpack[SignUp]) -> Session:
        """Make an account with an organisation of its own, and sign in."""
        return cast("Session", self._ask("POST", "/api/auth/signup", body=fields))

    def log_in(self, **fields: Unpack[LogIn]) -> Session:
        """Sign in with e-mail and password."""
        return cast("Session", self._ask("POST", "/api/auth/login", body=fields))

    def refresh(self, **fields: Unpack[Refresh]) -> Session:
        """Exchange a refresh token for a new session; each is good once."""
        return cast("Session", self._ask("POST", "/api/auth/refresh", body=fields))

    def log_out(self) -> None:
        """End this session."""
        self._ask("POST", "/api/auth/logout")

    def me(self) -> Me:
        """Who is signed in, in which organisation, and what they may do there. A key answers for itself."""
        return cast("Me", self._ask("GET", "/api/auth/me"))

    def recover(self, **fields: Unpack[MailTo]) -> None:
        """Mail a link to choose a new password; whether there is an account is not told."""
        self._ask("POST", "/api/auth/recover", body=fields)

    def confirm_again(self, **fields: Unpack[MailTo]) -> None:
        """Mail the confirmation of a new account once more; whether there is one is not told."""
        self._ask("POST", "/api/auth/confirm", body=fields)

    def verify(self, **fields: Unpack[ApiAuthMailProof]) -> Session:
        """Sign in with the link or the code of a mail; it is good once."""
        return cast("Session", self._ask("POST", "/api/auth/verify", body=fields))

    def set_password(self, **fields: Unpack[NewPassword]) -> None:
        """Choose a new password; every other session ends."""
        self._ask("POST", "/api/auth/password", body=fields)

    def found_organization(self, **fields: Unpack[CreateOrganization]) -> Organization:
        """Found an organisation; whoever is signed in becomes its owner."""
        return cast("Organization", self._ask("POST", "/api/auth/organizations", body=fields))

    def leave_organization(self, id: str) -> None:
        """Leave an organisation; its last owner hands it over first."""
        self._ask("POST", f"/api/auth/organizations/{segment(id)}/leave")

    def look_at_invitation(self, token: str) -> InvitationOffer:
        """Show what an invitation offers, to whoever has its link."""
        return cast("InvitationOffer", self._ask("GET", f"/api/auth/invitations/{segment(token)}"))

    def accept_invitation(self, token: str) -> Joined:
        """Accept an invitation; the signed-in person's address has to be the invited one."""
        return cast("Joined", self._ask("POST", f"/api/auth/invitations/{segment(token)}"))
