"""Shapes of proposals. Made by api/client_making.py of the API's description; not edited by hand."""

from typing import Annotated, Any, Literal, NotRequired, TypedDict


class ApproveProposalBody(TypedDict):
    digest: Annotated[str, "`digest` of the proposal as it was shown"]


Effect = Literal["read", "write", "money", "external"]


class FieldChange(TypedDict):
    name: str
    before: Any
    after: Any


class ListProposalsQuery(TypedDict):
    limit: NotRequired[Annotated[int, "How many at most"]]
    cursor: NotRequired[Annotated[str | None, "`next_cursor` of the page before"]]
    status: NotRequired[
        Literal["proposed", "approved", "applied", "undone", "rejected", "expired", "stale", "failed"] | None
    ]
    thread_id: NotRequired[str | None]


class ShownStep(TypedDict):
    operation: str
    input: dict[str, Any]
    enabled: bool
    index: int
    effect: Effect


class RowChange(TypedDict):
    table: str
    action: Literal["insert", "update", "delete"]
    id: str
    label: str
    fields: list[FieldChange]


class PreviewStep(TypedDict):
    index: int
    operation: str
    ok: bool | None
    summary: str
    result: dict[str, Any] | None
    changes: list[RowChange]
    warnings: list[str]
    error: dict[str, Any] | None


class Total(TypedDict):
    label: str
    amount: int
    currency: str


class Preview(TypedDict):
    ok: bool
    steps: list[PreviewStep]
    totals: list[Total]
    warnings: list[str]
    conflicts: list[str]


class Proposal(TypedDict):
    id: str
    title: str
    status: Literal["proposed", "approved", "applied", "undone", "rejected", "expired", "stale", "failed"]
    steps: list[ShownStep]
    preview: Preview
    digest: str
    revision: int
    version: int
    thread_id: str | None
    run_id: str | None
    by_agent: bool
    created_by: str
    created_at: str
    expires_at: str
    decided_by: str | None
    decided_at: str | None
    applied_at: str | None
    undo_of: str | None
    undone_by: str | None
    replaces: str | None
    can_undo: bool
    failure: dict[str, Any] | None


class PageProposal(TypedDict):
    items: list[Proposal]
    next_cursor: str | None


class Step(TypedDict):
    operation: str
    input: dict[str, Any]
    enabled: NotRequired[bool]


class Propose(TypedDict):
    steps: list[Step]
    title: NotRequired[str | None]
    thread_id: NotRequired[str | None]
    run_id: NotRequired[str | None]
    proposal_id: NotRequired[
        Annotated[str | None, "Chosen by the caller: proposing again under the same id answers the first"]
    ]
    replaces: NotRequired[Annotated[str | None, "A waiting proposal that this one takes the place of"]]


class RejectProposalBody(TypedDict):
    reason: NotRequired[str | None]


class ReviseProposalBody(TypedDict):
    steps: list[Step]


class UndoProposalBody(TypedDict):
    pass
