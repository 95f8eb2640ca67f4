"""Opaque signed cursors: where a list goes on. A cursor of another list, or one changed by hand, is refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Annotated, Any, Generic, TypeVar

from pydantic import BaseModel, Field

from tools.errors import InvalidInput
from tools.kit.inputs import Input
from tools.kit.signing import Signer

Item = TypeVar("Item", bound=BaseModel)

Limit = Annotated[int, Field(ge=1, le=100, description="How many at most")]
Cursor = Annotated[str, Field(max_length=1000, description="`next_cursor` of the page before")]


class Page(BaseModel, Generic[Item]):
    items: list[Item]
    next_cursor: str | None = None


class Paging(Input):
    """The two fields every list input has."""

    limit: Limit = 50
    cursor: Cursor | None = None


class CursorSigner:
    """Signs positions with the service's secret. A position is a short JSON list, e.g. the sort key and the id of the last row."""

    def __init__(self, secret: str) -> None:
        self.signer = Signer(secret)

    def seal(self, kind: str, position: list[Any]) -> str:
        body = json.dumps(position, separators=(",", ":"), default=str).encode()
        return self.signer.seal(f"cursor/{kind}", body)

    def unseal(self, kind: str, cursor: str) -> list[Any]:
        """Raises InvalidInput for anything `seal(kind, …)` did not make."""
        body = self.signer.unseal(f"cursor/{kind}", cursor)
        if body is None:
            raise InvalidInput("This cursor is not one of this list.", remedy="Start again without a cursor.")
        position: list[Any] = json.loads(body)
        return position

    def after(self, kind: str, cursor: str | None) -> list[Any] | None:
        """The position a list goes on from; None at its beginning."""
        return self.unseal(kind, cursor) if cursor else None

    def page(
        self, of: type[Page[Item]], kind: str, found: list[Item], limit: int, position: Callable[[Item], list[Any]]
    ) -> Page[Item]:
        """The first `limit` of what was found, and where to go on when one more was found than that."""
        more = len(found) > limit
        return of(items=found[:limit], next_cursor=self.seal(kind, position(found[limit - 1])) if more else None)
