"""Words of the wire for organisations."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from tools.context import Role
from tools.kit.inputs import Input
from tools.kit.money import Currency
from tools.kit.text import Line
from tools.kit.zones import Timezone

Name = Annotated[Line, Field(max_length=200)]


class CreateOrganization(Input):
    name: Name
    timezone: Timezone = "Europe/Amsterdam"
    currency: Currency = "EUR"
    locale: str = Field("en", pattern=r"^[a-z]{2,3}([_-][A-Za-z0-9]{2,8})*$", max_length=20)


class Organization(BaseModel):
    id: UUID
    name: str
    role: Role
    timezone: str
    currency: str
    locale: str
    auto_apply: bool
    suspended_reason: str | None = Field(
        None, description="Why the people who run the service stopped it; null while it may be changed"
    )
    version: int


class UpdateOrganization(Input):
    name: Name | None = None
    timezone: Timezone | None = None
    currency: Currency | None = None
    locale: str | None = Field(None, pattern=r"^[a-z]{2,3}([_-][A-Za-z0-9]{2,8})*$", max_length=20)
    auto_apply: bool | None = Field(
        None, description="Reversible steps the copilot proposes apply without asking; money and publishing always ask"
    )


class OwnOrganization(Input):
    """No argument: it is the caller's own."""


class HostedOrganization(BaseModel):
    """An organisation as the people who run the platform see it: that it is there, how large, and whether it is stopped."""

    id: UUID
    name: str
    members: int
    events: int
    suspended_at: datetime | None
    suspended_reason: str | None
    created_at: datetime


class HostedOrganizations(BaseModel):
    items: list[HostedOrganization]


class FindOrganizations(Input):
    query: Line | None = Field(None, description="Part of the name, or an id")


class SuspendOrganization(Input):
    reason: Line = Field(description="What its people are told")
