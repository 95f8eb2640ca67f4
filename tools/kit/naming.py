"""Which thing a name means: exactly, then as people shorten and misspell names. Never guesses between two."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from rapidfuzz import fuzz

from tools.errors import Ambiguous, NotFound

# Below this two names are different things; "wintr gala" is 95 to "Winter Gala", "Summer Gala" 73.
CLOSE_ENOUGH = 84
# A runner-up nearer than this to the best makes it a question.
CLEAR_LEAD = 6


@dataclass(frozen=True, slots=True)
class Candidate:
    """A thing that may be meant. `hint` tells equals apart when asking; `current` things win over past ones."""

    id: UUID
    name: str
    hint: str = ""
    current: bool = True


def pick(noun: str, reference: str, candidates: Sequence[Candidate]) -> UUID:
    """The one candidate the reference means. Raises NotFound, or Ambiguous naming the candidates."""
    wanted = _bare(reference)
    exact = [c for c in candidates if _bare(c.name) == wanted]
    words = set(wanted.split())
    shortened = [c for c in candidates if words and words <= set(_bare(c.name).split())]
    for matches in (exact, shortened):
        current = [c for c in matches if c.current] or matches
        fitting = [c for c in current if c.name.casefold() == reference.casefold()] or current
        if len(fitting) == 1:
            return fitting[0].id
        if fitting:
            raise Ambiguous.between(noun + "s", reference, [_label(c) for c in fitting])
    return _closest(noun, reference, wanted, candidates)


def _closest(noun: str, reference: str, wanted: str, candidates: Sequence[Candidate]) -> UUID:
    scored = sorted(((fuzz.ratio(wanted, _bare(c.name)), c) for c in candidates), key=lambda pair: -pair[0])
    best = [pair for pair in scored if pair[0] >= CLOSE_ENOUGH]
    if not best:
        raise NotFound.named(noun, reference)
    rivals = [c for score, c in best if best[0][0] - score < CLEAR_LEAD]
    rivals = [c for c in rivals if c.current] or rivals
    if len(rivals) > 1:
        raise Ambiguous.between(noun + "s", reference, [_label(c) for c in rivals])
    return rivals[0].id


def _bare(name: str) -> str:
    plain = " ".join(re.sub(r"[^\w\s]", " ", name.casefold()).split())
    # A name without a letter or a digit is told from others by its signs.
    return re.sub(r"^(the|de|het|a|an)\s+", "", plain) or name.casefold()


def _label(candidate: Candidate) -> str:
    return f"{candidate.name} ({candidate.hint})" if candidate.hint else candidate.name
