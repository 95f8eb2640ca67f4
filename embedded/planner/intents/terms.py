"""The terms of an order to the ticket office: shares, limits, windows, types and their numbers; decides no intent."""

from __future__ import annotations

import re
from datetime import datetime, time
from typing import Any

from agent.reading.amounts import read_numbers
from agent.reading.moment import Moment
from embedded.planner.clauses import Clause, Step
from embedded.planner.memory import Memory
from embedded.planner.slots import type_name
from embedded.planner.utterance import TOKEN, whole
from embedded.planner.vocabulary import FRAGMENTS, word_list
from embedded.planner.words import listed

_LABEL = (
    r"\bfor\s+(?:the\s+|our\s+|all\s+)?(?P<label>(?!LENGTH|EVENT|WHEN|NUM|MONEY|<kind>\s+<ticket>)[a-z][\w-]*)"
    r"(?=\s+(?:on|of|for|in|at|with)\b|\s*[,.;]|\s*$)"
)
_ENDS = r"\b(?:until|till|to|through|by|before|ends?|ending|stops?|closes?|close|stop|end)\b[^.;]{0,12}$"
_LINE = r"(?P<n>(?:NUM|MONEY)_\d+)\s+(?P<t>[A-Za-z][\w'-]*(?:\s+birds?)?)(?!\s+(?:euros?|times|uses))"
_NO_TYPE = word_list("no_type")
_KEEP = (
    r"\b(?:keep(?:ing)?|kept|except|minus|less|but|all\s+but)\s+(?:for\s+)?(?:an?\s+|the\s+)?(?P<keep>MONEY)",
    r"(?P<keep>MONEY)\s+(?:fee|handling|administration)",
)


def given_of(step: Step) -> dict[str, Any]:
    given: dict[str, Any] = step.slots.setdefault("given", {})
    return given


def count_of(clause: Clause, cue: str) -> int | None:
    """The number a cue names as `n`, taken."""
    found = clause.search(cue)
    return whole(clause.at(found["n"]).value) if found else None


def money_of(clause: Clause, cues: tuple[str, ...], group: str) -> int | None:
    for cue in cues:
        if found := clause.search(cue):
            amount: int = clause.at(found[group]).value.amount
            return amount
    return None


def moment_of(clause: Clause, memory: Memory, *, ends: bool) -> str | None:
    """The last (or first) moment of a window as an instant: a day alone counts whole."""
    mention = clause.take("WHEN")
    if mention is None:
        return None
    found: Moment = mention.value
    if found.day is None:
        mention.used = False
        return None
    clock = found.time or (time(23, 59) if ends else time(0))
    return datetime.combine(found.day, clock, memory.world.zone).isoformat()


def take_window(clause: Clause, memory: Memory, step: Step, first: str, last: str) -> None:
    for mention in clause.mentions("WHEN"):
        before = clause.masked[: clause.masked.find(f"WHEN_{clause.utterance.mentions.index(mention)}")]
        ends = re.search(_ENDS, before, re.IGNORECASE) is not None
        if not mention.used and (moment := moment_of(clause, memory, ends=ends)):
            given_of(step)[last if ends else first] = moment


def types_of(clause: Clause) -> list[str]:
    """The usual kinds of ticket the message names, but those after `not`."""
    found = []
    for match in re.finditer(_kinds(), clause.masked, re.IGNORECASE):
        if not re.search(r"\b(?:not|except|without)\b[^,.;]*$", clause.masked[: match.start()], re.IGNORECASE):
            found.append(type_name(match["t"]))
    return list(dict.fromkeys(found))


def _kinds() -> str:
    return rf"\b(?P<t>{FRAGMENTS['kind']})\b"


def take_one_type(clause: Clause, step: Step, but: str = "") -> None:
    names = [name for name in types_of(clause) if name != type_name(but)]
    if len(names) > 1:
        step.doubts.append(f"Which ticket type do you mean: {listed(names, 'or')}?")
    elif names:
        step.slots["ticket_type"] = names[0]


def take_label(clause: Clause, step: Step) -> None:
    if (said := clause.search(_LABEL)) and said["label"].lower() not in (
        "free",
        "it",
        "them",
        "sale",
        "a",
        "an",
        "each",
    ):
        given_of(step)["label"] = said["label"]


def lines_of(clause: Clause) -> list[tuple[str, int, int]]:
    """Ticket types with their numbers, in order: name, quantity, place."""
    found = []
    for match in re.finditer(_LINE, clause.masked):
        mention = clause.utterance.mentions[int(match["n"].rsplit("_", 1)[1])]
        numbers = read_numbers(mention.text)
        quantity = numbers[0].whole if len(numbers) == 1 else None
        if match["t"].lower() not in _NO_TYPE and not TOKEN.fullmatch(match["t"]) and quantity:
            clause.at(match["n"])
            found.append((type_name(match["t"]), quantity, match.start()))
    return found


def take_discount(clause: Clause, step: Step) -> None:
    if share := clause.take("PERCENT"):
        digits = re.search(r"\d+(?:[.,]\d+)?", share.text)
        given_of(step)["percent_basis_points"] = round(float(digits[0].replace(",", ".")) * 100) if digits else None
    elif spoken := clause.search(r"(?P<n>NUM)\s+(?:percent|per\s+cent)\b"):
        given_of(step)["percent_basis_points"] = (whole(clause.at(spoken["n"]).value) or 0) * 100
    elif off := clause.search(r"(?P<m>MONEY)\s+(?:off|discount|cheaper|less)\b"):
        given_of(step)["off_amount"] = clause.at(off["m"]).value.amount


def take_order(clause: Clause, step: Step) -> None:
    if mention := clause.take("ORDER"):
        step.slots["order"] = mention.value


def take_kept(clause: Clause, step: Step) -> None:
    amount = money_of(clause, _KEEP, "keep")
    if amount is not None:
        given_of(step)["keep_amount"] = amount
