"""Words of the wire for members and invitations."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field, StringConstraints

from tools.context import Role
from tools.kit.inputs import Input
from tools.kit.paging import Paging
from tools.kit.text import Reference

Email = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True, to_lower=True, min_length=3, max_length=320, pattern=r"^[!-?A-~]+@[!-?A-~]+$"
    ),
    Field(description="An e-mail address"),
]
Granted = Literal["door", "viewer", "staff", "admin"]
"""What may be given to somebody; ownership is handed over."""
Doors = Annotated[
    list[Reference],
    Field(max_length=50, description="For role door: the events at whose doors they may scan, by name or id"),
]


class MemberEvent(BaseModel):
    id: UUID
    name: str


class Member(BaseModel):
    """`id` is the person's. `events` are those of somebody at the door."""

    id: UUID
    name: str
    email: str
    role: Role
    events: list[MemberEvent]
    since: datetime


class ListMembers(Paging):
    role: Role | None = None


class NamedMember(Input):
    member: UUID = Field(description="The person's id, from list_members")


class ChangeMember(NamedMember):
    role: Role
    events: Doors = Field(default_factory=list)


class Invitation(BaseModel):
    """`link` is mailed to the address, and shown to whoever may invite; it works for that address only."""

    id: UUID
    email: str
    role: Role
    events: list[MemberEvent]
    status: Literal["open", "accepted", "revoked", "expired"]
    expires_at: datetime
    link: str | None
    mail_status: Literal["queued", "sent", "failed", "skipped"] | None = Field(
        None, description="What became of its last mail; null until that is written, moments after inviting"
    )
    version: int
    created_at: datetime


Days = Annotated[int, Field(strict=True, ge=1, le=90, description="How long the invitation is good")]


class InviteMember(Input):
    email: Email
    role: Granted = "staff"
    events: Doors = Field(default_factory=list)
    days: Days = 14


class NamedInvitation(Input):
    invitation: UUID


class ResendInvitation(NamedInvitation):
    days: Days = 14


class ListInvitations(Paging):
    status: Literal["open", "accepted", "revoked", "expired"] | None = None


class InvitationOffer(BaseModel):
    """What a link holds, for whoever opens it."""

    organization: str
    email: str
    role: Role
    expires_at: datetime
