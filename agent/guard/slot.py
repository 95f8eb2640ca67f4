"""What becomes of one argument, and a call while it is read again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final


@dataclass(frozen=True, slots=True)
class Asked:
    """Instead of a value: what the person must be asked."""

    question: str


class Missing:
    """Instead of a value: nobody said one."""


MISSING: Final = Missing()
Slot = Any
"""A value that may go on, MISSING or an `Asked`."""


@dataclass(slots=True)
class Draft:
    """One call: `given` by the model, `values` as re-read so far, `questions` that stand in its way."""

    id: str
    operation: str
    given: dict[str, Any]
    values: dict[str, Any] = field(default_factory=dict)
    questions: list[str] = field(default_factory=list)
    currency: str | None = None
    """The currency the person named with its amount."""
    source: object = None
    """The message its price was said in: its number of tickets is most likely said there too."""
    card: Mapping[str, Any] = field(default_factory=dict)
    """Its arguments on the card that waits, where this call is a step of it again."""
    likes: list[Draft] = field(default_factory=list)
    """All calls of the same operation in this answer, in order, itself included."""

    def stands(self, slot: str) -> bool:
        """Whether an argument is as on the waiting card."""
        return slot in self.card and self.given.get(slot) == self.card[slot]

    @property
    def unchanged(self) -> bool:
        """Whether this is a step of the waiting card as it stands there."""
        return bool(self.card) and dict(self.given) == dict(self.card)

    @property
    def place(self) -> int:
        """Its place among the calls of the same operation."""
        return next((place for place, other in enumerate(self.likes) if other is self), 0)
