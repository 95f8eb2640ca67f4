"""Files of the conversation: what one that was sent along is to be used for. Reads whole messages."""

from __future__ import annotations

import re

from embedded.planner.clauses import Clause, Fill, Step
from embedded.planner.memory import Memory
from embedded.planner.slots import take_event, take_venue
from embedded.planner.words import listed
from embedded.planner.world import KnownFile

_LOGO = r"\blogo\b"
_CONTRACT = r"\bcontract\b"
_WHOSE = (
    r"\b(?:logo|contract)\s+(?:of|for|with)\s+(?:our\s+|the\s+)?(?:sponsor\s+)?(?P<who>QUOTE|(?-i:[A-Z])[\w&'’.+-]*(?:\s+(?-i:[A-Z&])[\w&'’.+-]*){0,4})",
    r"\b(?P<who>QUOTE|(?-i:[A-Z])[\w&.+-]*(?:\s+(?-i:[A-Z&])[\w&.+-]*){0,4})(?:['’]s)?\s+(?:new\s+)?(?:logo|contract)\b",
)
_OPENINGS = re.compile(r"^(?:Use|Make|Set|Take|Put|Attach|Add|Save|File|Keep|This|Here|That)\s+", re.IGNORECASE)


def attach_file(clause: Clause, memory: Memory) -> list[Step]:
    step = Step("attach_file")
    _take_file(clause, memory, step)
    take_event(clause, memory, step)
    if "event" not in step.slots and clause.has(rf"{_LOGO}|{_CONTRACT}"):
        step.doubts = [doubt for doubt in step.doubts if not doubt.startswith("I know no event")]
        take_venue(clause, memory, step)
        if "venue" not in step.slots and (whose := _sponsor(clause)):
            step.slots["sponsor"] = whose
            step.slots.pop("pointed", None)
    if step.slots.get("pointed") and not any(step.slots.get(owner) for owner in ("event", "sponsor", "venue")):
        # `Use this`: what is pointed at is the file.
        step.slots.pop("pointed")
        if memory.focus and not clause.has(rf"{_LOGO}|{_CONTRACT}"):
            step.slots["event"] = memory.focus
    return [step]


def _take_file(clause: Clause, memory: Memory, step: Step) -> None:
    """The file of the last message; without one the latest of the conversation. A picture where only a picture will do."""
    wanted = [file for file in memory.world.files if file.is_picture or clause.has(_CONTRACT)]
    latest = [file for file in wanted if file.is_latest] or wanted[-1:]
    named = [file for file in wanted if _is_named(file, clause)] or latest
    if len(named) == 1:
        step.slots["file"] = named[0].id
    elif named:
        # No question: the answer would come without the files it is about.
        step.doubts.append(f"Say which file, by its name: {listed([file.name for file in named], 'or')}.")


def _is_named(file: KnownFile, clause: Clause) -> bool:
    return file.name.casefold() in clause.utterance.text.casefold()


def _sponsor(clause: Clause) -> str | None:
    for cue in _WHOSE:
        if found := clause.search(cue):
            said = found["who"]
            name = str(clause.at(said).value) if said.startswith("QUOTE_") else clause.shown(said)
            return _OPENINGS.sub("", name).strip(" .,") or None
    return None


FILLS: dict[str, Fill] = {"attach_file": attach_file}
