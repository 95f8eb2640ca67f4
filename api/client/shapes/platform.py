"""Shapes of platform. Made by api/client_making.py of the API's description; not edited by hand."""

from typing import Annotated, NotRequired, TypedDict


class HostedOrganization(TypedDict):
    id: str
    name: str
    members: int
    events: int
    suspended_at: str | None
    suspended_reason: str | None
    created_at: str


class HostedOrganizations(TypedDict):
    items: list[HostedOrganization]


class ListHostedOrganizationsQuery(TypedDict):
    query: NotRequired[Annotated[str | None, "Part of the name, or an id"]]


class SuspendOrganization(TypedDict):
    reason: Annotated[str, "What its people are told"]
