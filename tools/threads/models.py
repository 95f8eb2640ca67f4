"""What a thread and a run look like, and the inputs of the thread operations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import BaseModel, Field

from tools.kit.paging import Page, Paging
from tools.kit.text import Line

RunStatus = Literal["running", "finished", "failed", "stopped"]


class Thread(BaseModel):
    """One conversation of one person. `waiting` is the proposal its last turn asked about."""

    id: UUID
    org_id: UUID
    user_id: UUID
    agent_id: str
    name: str
    archived: bool
    tainted: bool
    waiting: UUID | None
    last_run_at: datetime | None
    version: int
    created_at: datetime
    updated_at: datetime


class ThreadPage(Page[Thread]):
    pass


class ListThreads(Paging):
    agent_id: str = Field("default", max_length=100)
    include_archived: bool = False


class ThreadRef(BaseModel):
    thread: UUID


class ChangeThread(BaseModel):
    thread: UUID
    name: Line | None = None
    archived: bool | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """One turn. `input` is what the person said or answered, from which a run cut off by a crash is run again; None: it can not be read."""

    id: UUID
    org_id: UUID
    thread_id: UUID
    user_id: UUID
    client_run_id: str
    input: dict[str, Any] | None
    status: RunStatus
    holder: str
    attempts: int


@dataclass(frozen=True, slots=True)
class Claim:
    """What asking for a run gave. No `org_id`: the thread is not the caller's. No `run_id`: another run holds the thread."""

    org_id: UUID | None
    run_id: UUID | None


@dataclass(frozen=True, slots=True)
class DecidedWait:
    """A thread whose proposal was decided while it waited."""

    thread_id: UUID
    org_id: UUID
    user_id: UUID
    proposal_id: UUID


@dataclass(frozen=True, slots=True)
class Closing:
    """How a run ended, for its row. Tokens are those of this run's model calls."""

    status: RunStatus
    waiting: UUID | None = None
    tainted: bool = False
    model: str = ""
    prompt_version: str = ""
    input_tokens: int = 0
    output_tokens: int = 0
    error_id: str | None = None


@dataclass(frozen=True, slots=True)
class World:
    """What the copilot knows before it is asked: the organisation, its next and recent events, its venues. JSON-ready rows."""

    organization: dict[str, Any]
    events: list[dict[str, Any]]
    venues: list[dict[str, Any]]
    now: datetime
    timezone: str
    currency: str
    locale: str
    auto_apply: bool
