"""What becomes of one argument, and a call while it is read again."""

from __future__ import annotations

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
    likes: list[Draft] = field(default_factory=list)
    """All calls of the same operation in this answer, in order, itself included."""

    @property
    def place(self) -> int:
        """Its place among the calls of the same operation."""
        return next((place for place, other in enumerate(self.likes) if other is self), 0)
