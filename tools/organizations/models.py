"""Words of the wire for organisations."""

from __future__ import annotations

from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from tools.context import Role
from tools.kit.money import Currency
from tools.kit.text import Line
from tools.kit.zones import Timezone


class CreateOrganization(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: Line
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
