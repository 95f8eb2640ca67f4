"""Shapes of invitations. Made by api/client_making.py of the API's description; not edited by hand."""

from typing import Annotated, Literal, NotRequired, TypedDict

from api.client.shapes.shared import MemberEvent


class Invitation(TypedDict):
    id: str
    email: str
    role: Literal["door", "viewer", "staff", "admin", "owner"]
    events: list[MemberEvent]
    status: Literal["open", "accepted", "revoked", "expired"]
    expires_at: str
    link: str | None
    mail_status: Annotated[
        Literal["queued", "sent", "failed", "skipped"] | None,
        "What became of its last mail; null until that is written, moments after inviting",
    ]
    version: int
    created_at: str


class InviteMember(TypedDict):
    email: Annotated[str, "An e-mail address"]
    role: NotRequired[Literal["door", "viewer", "staff", "admin"]]
    events: NotRequired[Annotated[list[str], "For role door: the events at whose doors they may scan, by name or id"]]
    days: NotRequired[Annotated[int, "How long the invitation is good"]]


class ListInvitationsQuery(TypedDict):
    limit: NotRequired[Annotated[int, "How many at most"]]
    cursor: NotRequired[Annotated[str | None, "`next_cursor` of the page before"]]
    status: NotRequired[Literal["open", "accepted", "revoked", "expired"] | None]


class PageInvitation(TypedDict):
    items: list[Invitation]
    next_cursor: str | None


class ResendInvitationBody(TypedDict):
    days: NotRequired[Annotated[int, "How long the invitation is good"]]
