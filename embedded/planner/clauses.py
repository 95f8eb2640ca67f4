"""A clause of a message, and the step read from it; intents fill steps, nothing here knows a single operation's words."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from embedded.planner.memory import Memory
from embedded.planner.utterance import TOKEN, Mention, Utterance
from embedded.planner.vocabulary import pattern

MAX_CLAUSE = 500
"""Characters of a clause the cues look at: their cost grows faster than the text, and nobody says one thing at such length."""


@dataclass(slots=True)
class Clause:
    """One thing said: `masked` without its courtesies, and whether it was a question or a correction of the turn before."""

    masked: str
    utterance: Utterance
    question: bool = False
    correction: bool = False
    conditional: bool = False
    """Whether its sentence says `if`: what happens only then is not to be done now."""
    before: str = ""
    """What stood in front of the courtesies, for negations (`don't`)."""

    def has(self, cue: str) -> bool:
        """Whether a cue is in the clause."""
        return pattern(cue).search(self.masked, 0, MAX_CLAUSE) is not None

    def search(self, cue: str) -> re.Match[str] | None:
        """The first place a cue is in the clause."""
        return pattern(cue).search(self.masked, 0, MAX_CLAUSE)

    def mentions(self, *kinds: str) -> list[Mention]:
        """The mentions of these kinds, in order."""
        return [self.utterance.mentions[int(m.group(2))] for m in TOKEN.finditer(self.masked) if m.group(1) in kinds]

    def take(self, *kinds: str) -> Mention | None:
        """The first mention of these kinds nobody has used, marked as used."""
        for mention in self.mentions(*kinds):
            if not mention.used:
                mention.used = True
                return mention
        return None

    def at(self, token: str) -> Mention:
        """The mention behind a token such as `NUM_3`, marked as used."""
        mention = self.utterance.mentions[int(token.rsplit("_", 1)[1])]
        mention.used = True
        return mention

    def shown(self, masked: str) -> str:
        """A piece of the clause in the person's words; its mentions count as used."""
        for match in TOKEN.finditer(masked):
            self.utterance.mentions[int(match.group(2))].used = True
        return self.utterance.shown(masked)


@dataclass(slots=True)
class Step:
    """One operation with what was said of it. `doubts` are questions that must be answered before anything happens."""

    operation: str
    slots: dict[str, Any] = field(default_factory=dict)
    doubts: list[str] = field(default_factory=list)
    header: bool = False
    """`Add two ticket types to the gala:` announces steps and is none itself."""


Fill = Callable[[Clause, Memory], list[Step]]


@dataclass(frozen=True, slots=True)
class Intent:
    """What a clause may ask for: cues with their weight (0-10), what rules it out, and how its slots are read."""

    operation: str
    cues: tuple[tuple[str, int], ...]
    fill: Fill
    blocked_by: tuple[str, ...] = ()

    def score(self, clause: Clause) -> int:
        """The weight of the strongest cue in the clause, 0 when something rules the intent out."""
        best = 0
        for cue, weight in self.cues:
            if weight > best and clause.has(cue):
                best = weight
        return 0 if best and any(clause.has(block) for block in self.blocked_by) else best


ENOUGH = 4
"""The weight from which a clause counts as asking for something."""


def best_intent(clause: Clause, intents: Sequence[Intent]) -> tuple[Intent | None, int]:
    """The intent with the strongest cue; the earlier one wins a tie."""
    best: Intent | None = None
    weight = ENOUGH - 1
    for intent in intents:
        score = intent.score(clause)
        if score > weight:
            best, weight = intent, score
    return best, weight if best else 0
