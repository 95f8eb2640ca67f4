"""Words of the wire for proposals."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, Field

from tools.kit.inputs import Input
from tools.kit.paging import Paging
from tools.kit.text import Line, Prose
from tools.operation import Effect, Total

Status = Literal["proposed", "approved", "applied", "undone", "rejected", "expired", "stale", "failed"]
Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$", description="`digest` of the proposal as it was shown")]


class Step(Input):
    """One operation with its arguments. A step that is not enabled is kept on the card and not run."""

    operation: Annotated[str, Field(min_length=1, max_length=100)]
    input: dict[str, Any]
    enabled: bool = True


Steps = Annotated[list[Step], Field(min_length=1, max_length=25)]


class Propose(Input):
    steps: Steps
    title: Line | None = None
    thread_id: UUID | None = None
    run_id: Annotated[str, Field(max_length=200)] | None = None
    proposal_id: UUID | None = Field(
        None, description="Chosen by the caller: proposing again under the same id answers the first"
    )
    replaces: UUID | None = Field(None, description="A waiting proposal that this one takes the place of")


class ReviseProposal(Input):
    proposal: UUID
    steps: Steps


class ApproveProposal(Input):
    proposal: UUID
    digest: Digest


class NamedProposal(Input):
    proposal: UUID


class RejectProposal(NamedProposal):
    reason: Annotated[Prose, Field(max_length=1000)] | None = None


class UndoProposal(Input):
    proposal: UUID | None = Field(None, description="The last one applied in this conversation when left out")


class RestoreStep(Input):
    proposal: UUID
    step: Annotated[int, Field(ge=0, le=100)]


class Restored(BaseModel):
    id: UUID
    step: int
    summary: str
    rows: int


class ListProposals(Paging):
    status: Status | None = None
    thread_id: UUID | None = None


class FieldChange(BaseModel):
    name: str
    before: Any
    after: Any


class RowChange(BaseModel):
    table: str
    action: Literal["insert", "update", "delete"]
    id: UUID
    label: str
    fields: list[FieldChange]


class PreviewStep(BaseModel):
    """What one step would do (or did). `ok` is None for a step that is not enabled."""

    index: int
    operation: str
    ok: bool | None
    summary: str
    result: dict[str, Any] | None = None
    changes: list[RowChange] = []
    warnings: list[str] = []
    error: dict[str, Any] | None = None


class Preview(BaseModel):
    ok: bool
    steps: list[PreviewStep]
    totals: list[Total]
    warnings: list[str]
    conflicts: list[str]


class ShownStep(Step):
    index: int
    effect: Effect


class Proposal(BaseModel):
    id: UUID
    title: str
    status: Status
    steps: list[ShownStep]
    preview: Preview
    digest: str
    revision: int
    version: int
    thread_id: UUID | None
    run_id: str | None
    by_agent: bool
    created_by: UUID
    created_at: datetime
    expires_at: datetime
    decided_by: UUID | None
    decided_at: datetime | None
    applied_at: datetime | None
    undo_of: UUID | None
    undone_by: UUID | None
    replaces: UUID | None
    can_undo: bool
    failure: dict[str, Any] | None
