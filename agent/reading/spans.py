"""Where in a text something was found, and how to read around it; knows no trade words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Protocol, TypeVar

MAX_READ = 20_000
"""Characters a reader looks at. Nobody types more to an assistant; a megabyte pasted in must not cost seconds."""


class Found(Protocol):
    """Anything with a place in the text: `text[start:end]` is what was read."""

    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...


F = TypeVar("F", bound=Found)


def clip(text: str) -> str:
    """The part of a text the readers look at."""
    return text[:MAX_READ]


def blank(text: str, spans: Iterable[Found]) -> str:
    """The text with every span replaced by an equally long run of `\\x00`, so that offsets stay true."""
    letters = list(text)
    for span in spans:
        letters[span.start : span.end] = "\x00" * (span.end - span.start)
    return "".join(letters)


def without_overlaps(found: Iterable[F]) -> list[F]:
    """The leftmost, then longest finds, in order; a find that overlaps a kept one is dropped."""
    kept: list[F] = []
    reached = -1
    for one in sorted(found, key=lambda f: (f.start, -f.end)):
        if one.start >= reached:
            kept.append(one)
            reached = one.end
    return kept


def overlaps(one: Found, others: Iterable[Found]) -> bool:
    """Whether a find shares a character with any of the others."""
    return any(one.start < other.end and other.start < one.end for other in others)


QUOTED = re.compile(
    r"\"([^\"\n]{1,120})\"|“([^”\n]{1,120})”|‘([^’\n]{1,120})’|(?<!\w)'([^'\n]{2,120})'(?!\w)|"
    r"«([^»\n]{1,120})»"
)
"""Words in quotation marks; an apostrophe inside a word does not open a quotation."""
