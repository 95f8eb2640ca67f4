"""Opaque signed cursors: where a list goes on. A cursor of another list, or one changed by hand, is refused."""

from __future__ import annotations

import base64
import binascii
import hmac
import json
from collections.abc import Callable
from hashlib import sha256
from typing import Annotated, Any, Generic, TypeVar

from pydantic import BaseModel, Field

from tools.errors import InvalidInput
from tools.kit.inputs import Input

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
        self._secret = secret.encode()

    def seal(self, kind: str, position: list[Any]) -> str:
        body = json.dumps(position, separators=(",", ":"), default=str).encode()
        return base64.urlsafe_b64encode(self._signature(kind, body) + body).decode().rstrip("=")

    def unseal(self, kind: str, cursor: str) -> list[Any]:
        """Raises InvalidInput for anything `seal(kind, …)` did not make."""
        try:
            raw = base64.urlsafe_b64decode(cursor.encode() + b"=" * (-len(cursor) % 4))
        except (binascii.Error, UnicodeEncodeError, ValueError):
            raw = b""
        signature, body = raw[:16], raw[16:]
        if not body or not hmac.compare_digest(signature, self._signature(kind, body)):
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

    def _signature(self, kind: str, body: bytes) -> bytes:
        return hmac.new(self._secret, kind.encode() + b"\0" + body, sha256).digest()[:16]
