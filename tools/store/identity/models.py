"""Supabase's shapes of a person and a session, as far as Greenroom uses them. No behaviour."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel, Field


class User(BaseModel):
    """A person known to the identity server."""

    id: UUID
    email: str | None = None
    role: str | None = None
    email_confirmed_at: datetime | None = None
    last_sign_in_at: datetime | None = None
    created_at: datetime
    app_metadata: dict[str, Any] = Field(default_factory=dict, description="Set by the secret key only.")
    user_metadata: dict[str, Any] = Field(default_factory=dict, description="The person's own; never authorise on it.")


class Session(BaseModel):
    """A signed-in session. Both tokens are secrets: they belong in the answer and nowhere else."""

    access_token: str = Field(repr=False)
    refresh_token: str = Field(repr=False, description="Good for one exchange.")
    token_type: str = "bearer"  # noqa: S105
    expires_in: int = Field(description="Seconds the access token lives from when it was issued.")
    expires_at: int = Field(description="Unix seconds at which the access token expires.")
    user: User


class Registration(BaseModel):
    """A new account; `session` is null where the address has to be confirmed first."""

    user: User
    session: Session | None = None
