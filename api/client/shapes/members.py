"""Shapes of members. Made by api/client_making.py of the API's description; not edited by hand."""

from typing import Annotated, Literal, NotRequired, TypedDict

from api.client.shapes.shared import MemberEvent


class ChangeMemberBody(TypedDict):
    role: Literal["door", "viewer", "staff", "admin", "owner"]
    events: NotRequired[Annotated[list[str], "For role door: the events at whose doors they may scan, by name or id"]]


class ListMembersQuery(TypedDict):
    limit: NotRequired[Annotated[int, "How many at most"]]
    cursor: NotRequired[Annotated[str | None, "`next_cursor` of the page before"]]
    role: NotRequired[Literal["door", "viewer", "staff", "admin", "owner"] | None]


class Member(TypedDict):
    id: str
    name: str
    email: str
    role: Literal["door", "viewer", "staff", "admin", "owner"]
    events: list[MemberEvent]
    since: str


class NamedMemberBody(TypedDict):
    pass


class PageMember(TypedDict):
    items: list[Member]
    next_cursor: str | None
