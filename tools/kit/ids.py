"""Ids: random for a direct call, derived for a step of a proposal, so that what was shown is what will be."""

from __future__ import annotations

import secrets
from typing import Protocol
from uuid import UUID, uuid4, uuid5


class IdSource(Protocol):
    def new_id(self) -> UUID: ...
    def new_code(self) -> str: ...


class RandomIds:
    def new_id(self) -> UUID:
        return uuid4()

    def new_code(self) -> str:
        """A ticket's secret: 120 random bits."""
        return secrets.token_urlsafe(15)


class DerivedIds:
    """The n-th id of step `step` of a proposal is the same in the preview and in the end. Codes stay random: a card shows none."""

    def __init__(self, proposal: UUID, step: int) -> None:
        self._proposal = proposal
        self._step = step
        self._count = 0

    def new_id(self) -> UUID:
        self._count += 1
        return uuid5(self._proposal, f"{self._step}/{self._count}")

    def new_code(self) -> str:
        return secrets.token_urlsafe(15)


def as_uuid(reference: str) -> UUID | None:
    """The id a reference is, or None when it is a name."""
    try:
        return UUID(reference) if len(reference) == 36 else None
    except ValueError:
        return None
