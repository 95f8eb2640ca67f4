"""Calls of members. Made by api/client_making.py of the API's description; not edited by hand."""

from __future__ import annotations

from typing import Unpack, cast

from api.client.connection import Calls, segment
from api.client.shapes.members import ChangeMemberBody, ListMembersQuery, Member, NamedMemberBody, PageMember


class MembersCalls(Calls):
    """What `members` offers."""

    def list_members(self, **fields: Unpack[ListMembersQuery]) -> PageMember:
        """List who belongs to the organisation, with their roles; of door staff also the events.

        Needs the scope `members:read`.
        """
        return cast("PageMember", self._ask("GET", "/api/members", query=fields))

    def change_member(
        self, id: str, *, idempotency_key: str | None = None, **fields: Unpack[ChangeMemberBody]
    ) -> Member:
        """Change a member's role. Admins change what is below them, owners everybody.

        Role door only scans tickets, at the events named.

        Needs the scope `members:write`.
        """
        return cast(
            "Member", self._ask("PATCH", f"/api/members/{segment(id)}", body=fields, keyed=True, key=idempotency_key)
        )

    def remove_member(self, id: str, *, idempotency_key: str | None = None) -> Member:
        """Remove somebody from the organisation. What they did stays; what they may do ends at once.

        Needs the scope `members:write`.
        """
        return cast("Member", self._ask("DELETE", f"/api/members/{segment(id)}", keyed=True, key=idempotency_key))

    def transfer_ownership(
        self, id: str, *, idempotency_key: str | None = None, **fields: Unpack[NamedMemberBody]
    ) -> Member:
        """Hand the organisation over to another member. You stay as an admin.

        Needs the scope `organization:transfer`.
        """
        return cast(
            "Member",
            self._ask(
                "POST", f"/api/members/{segment(id)}/transfer_ownership", body=fields, keyed=True, key=idempotency_key
            ),
        )
