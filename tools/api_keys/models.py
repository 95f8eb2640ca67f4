"""Words of the wire for API keys."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field

from tools.kit.inputs import Input
from tools.kit.paging import Paging
from tools.kit.text import Instant, Line

KeyRole = Literal["viewer", "staff", "admin"]


class ApiKey(BaseModel):
    """`scopes` null: all that the role has. `key` is there once, when it was made."""

    id: UUID
    name: str
    role: KeyRole
    scopes: list[str] | None
    expires_at: datetime | None
    last_used_at: datetime | None
    revoked_at: datetime | None
    key: str | None
    version: int
    created_at: datetime


class CreateApiKey(Input):
    name: Annotated[Line, Field(max_length=200, description="What it is for, e.g. the website")]
    role: KeyRole = "viewer"
    scopes: Annotated[list[Line], Field(min_length=1, max_length=50)] | None = Field(
        None, description="Only these of the role's scopes, e.g. events:read; all of them when left out"
    )
    expires_at: Instant | None = Field(None, description="RFC 3339 with an offset; never when left out")


class NamedApiKey(Input):
    api_key: UUID


class ListApiKeys(Paging):
    pass
