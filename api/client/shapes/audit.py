"""Shapes of audit. Made by api/client_making.py of the API's description; not edited by hand."""

from typing import Annotated, Literal, NotRequired, TypedDict


class AuditEntry(TypedDict):
    id: int
    at: str
    actor_id: str | None
    actor_name: str | None
    actor_kind: Literal["person", "agent", "key", "job", "buyer"]
    operation: str
    effect: str
    subject_id: str | None
    summary: str
    proposal_id: str | None
    thread_id: str | None


class ListAuditQuery(TypedDict):
    limit: NotRequired[Annotated[int, "How many at most"]]
    cursor: NotRequired[Annotated[str | None, "`next_cursor` of the page before"]]


class PageAuditEntry(TypedDict):
    items: list[AuditEntry]
    next_cursor: str | None
