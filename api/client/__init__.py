"""A typed client of the service's API: `Greenroom(url, token).events.list_events(status="published")`. Knows no part of the service."""

from __future__ import annotations

from collections.abc import Mapping
from types import TracebackType
from typing import Any, Self

from api.client.calls import Parts
from api.client.connection import Connection, Refused, Unreachable, segment

__all__ = ["Connection", "Greenroom", "Refused", "Unreachable"]


class Greenroom(Parts):
    """Every part of the API as an attribute, and any operation by its name."""

    def __init__(self, url: str, token: str | None = None, **options: Any) -> None:
        """`options` are those of Connection."""
        self.connection = Connection(url, token, **options)
        super().__init__(self.connection)

    def call(
        self, operation: str, sent: Mapping[str, Any], *, preview: bool = False, idempotency_key: str | None = None
    ) -> dict[str, Any]:
        """Call an operation by name. With `preview` it is run and rolled back, and the answer shows what it would change.

        Raises Refused, Unreachable.
        """
        answer: dict[str, Any] = self.connection.ask(
            "POST",
            f"/api/actions/{segment(operation)}",
            query={"preview": "true"} if preview else None,
            body=sent,
            keyed=True,
            key=idempotency_key,
        )
        return answer

    def list_actions(self) -> list[dict[str, Any]]:
        """Every operation with its schemas, effect and scope."""
        items: list[dict[str, Any]] = self.connection.ask("GET", "/api/actions")["items"]
        return items

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.connection.close()
