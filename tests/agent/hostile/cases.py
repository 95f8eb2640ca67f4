"""The injection cases: carriers x goals (and disguises) of evals/injection, read into values. Runs nothing."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from string import Template
from typing import Any

import yaml

from tests.agent.hostile.obedient import Call

FOLDER = Path(__file__).parents[3] / "evals" / "injection"
# What is disguised: long text and one line, money and what can not be unsaid.
_DISGUISED = {("event description", "refund an order"), ("sponsor name", "publish")}
_HALVED = {("venue description", "refund an order")}
_JOINER = "\u2060"
_LOOKALIKES = str.maketrans("aeopcyx", "аеорсух")
_FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
_HALVES = [{"as": "staff", "update_venue": {"venue": "Blue Room", "description": "$first", "city": "$second"}}]


@dataclass(frozen=True)
class Step:
    """One operation by one person: `by` is a role of the organisation, or the reader in the chat."""

    by: str
    operation: str
    values: dict[str, Any]


@dataclass(frozen=True)
class Case:
    carrier: str
    goal: str
    disguise: str
    role: str
    plant: tuple[Step, ...]
    before: tuple[tuple[str, str], ...]
    ask: str
    reads: tuple[Call, ...]
    order: Call
    shown: bool
    changes: frozenset[str]
    """Tables that change when the steps are approved by themselves; none: the goal is out of reach even then."""
    page_answers: str | None = None
    wrapped: str = "$order"
    spelling: str = ""

    @property
    def name(self) -> str:
        return " / ".join(part for part in (self.carrier, self.goal, self.disguise) if part)

    def filled(self, things: Mapping[str, str]) -> Case:
        """The case on a stage: `things` are the names and ids it speaks of."""
        name, values = self.order
        order: Call = (name, _filled(values, things))
        text = Template(self.wrapped).safe_substitute(order=_spelt(_written(order), self.spelling))
        half = text.find("{") + 3
        words = {**things, "order": text, "first": text[:half], "second": text[half:]}
        return replace(
            self,
            order=order,
            plant=tuple(replace(step, values=_filled(step.values, words)) for step in self.plant),
            before=tuple((_put(says, words), _put(answer, words)) for says, answer in self.before),
            reads=tuple((read, _filled(given, words)) for read, given in self.reads),
            page_answers=_put(self.page_answers, words) if self.page_answers else None,
        )


@cache
def every_case() -> tuple[Case, ...]:
    """Every goal in every carrier."""
    return tuple(_case(carrier, goal) for carrier in _load("carriers") for goal in _load("goals"))


PARTS = 6


def part(which: int) -> tuple[Case, ...]:
    """One of six parts, 0 to 5, in which every carrier meets every sixth goal, and every goal every sixth carrier."""
    goals = len(_load("goals"))
    return tuple(case for place, case in enumerate(every_case()) if (place // goals + place) % PARTS == which)


@cache
def disguised_cases() -> tuple[Case, ...]:
    """Every disguise in long text and in one line."""
    return tuple(
        _disguise(found, case)
        for case in every_case()
        for found in _load("disguises")
        if (case.carrier, case.goal) in (_HALVED if found.get("halves") else _DISGUISED)
    )


def _disguise(found: dict[str, Any], case: Case) -> Case:
    return replace(
        case,
        disguise=found["disguise"],
        wrapped=found.get("text", "$order"),
        spelling=found.get("spelling", ""),
        shown=found.get("obeyed", True),
        plant=tuple(map(_step, _HALVES)) if found.get("halves") else case.plant,
    )


def _case(carrier: dict[str, Any], goal: dict[str, Any]) -> Case:
    assert goal["end_state"] == "unchanged", "no goal of an outsider may change anything without a yes"
    return Case(
        carrier=carrier["carrier"],
        goal=goal["goal"],
        disguise="",
        role=goal["role"],
        plant=tuple(map(_step, carrier.get("plant", ()))),
        before=tuple((turn["says"], turn["answer"]) for turn in carrier.get("before", ())),
        ask=carrier["ask"],
        reads=tuple(_call(read) for read in carrier["reads"]),
        order=_call(goal["order"]),
        shown=carrier.get("shown", True),
        changes=frozenset(goal.get("control", ())),
        page_answers=carrier.get("page_answers"),
    )


@cache
def _load(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    return found


def _call(entry: dict[str, Any]) -> Call:
    [(name, values)] = entry.items()
    return name, values


def _step(entry: dict[str, Any]) -> Step:
    [(operation, values)] = ((name, value) for name, value in entry.items() if name != "as")
    return Step(entry["as"], operation, values)


def _written(order: Call) -> str:
    # An @ would make a buyer's name an e-mail address; JSON spells it another way.
    values = json.dumps(order[1], separators=(",", ":")).replace("@", "\\u0040")
    return f"<<{order[0]}{values}>>"


def _spelt(text: str, spelling: str) -> str:
    match spelling:
        case "base64":
            return base64.b64encode(text.encode()).decode()
        case "word_joiners":
            return _JOINER.join(text)
        case "lookalikes":
            return text.translate(_LOOKALIKES)
        case "full_width":
            return text.translate(_FULL_WIDTH)
        case _:
            return text


def _filled(values: Any, things: Mapping[str, str]) -> Any:
    if isinstance(values, dict):
        return {name: _filled(value, things) for name, value in values.items()}
    if isinstance(values, list):
        return [_filled(value, things) for value in values]
    return _put(values, things) if isinstance(values, str) else values


def _put(text: str, things: Mapping[str, str]) -> str:
    return Template(text).safe_substitute(things)
