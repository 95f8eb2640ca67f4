"""Scores a plan by its calls: exact, and whether it writes what nobody asked for; the database's end state is scored elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import product
from typing import Any

from rapidfuzz import fuzz

from evals.dataset import MOMENTS, Case, Expected
from tools.catalog import CATALOG
from tools.operation import Effect

ALIKE = 60
"""Percent of likeness from which a free text (a reason) counts as the one meant."""

PlannedCall = tuple[str, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Score:
    """How one case went."""

    case: Case
    exact: bool
    bad_write: bool
    calls: tuple[PlannedCall, ...]
    said: str


def is_read(operation: str) -> bool:
    """Whether an operation changes nothing."""
    return operation in CATALOG and CATALOG[operation].effect is Effect.read


def _same(name: str, given: Any, allowed: tuple[Any, ...], *, loose: bool) -> bool:
    for value in allowed:
        if loose and isinstance(value, str) and fuzz.token_set_ratio(str(given).lower(), value.lower()) >= ALIKE:
            return True
        if name in MOMENTS and isinstance(value, str):
            if len(value) == 10:
                continue  # a date alone cannot be told to our operations
            try:
                if datetime.fromisoformat(str(given)) == datetime.fromisoformat(value):
                    return True
            except ValueError:
                continue
        elif isinstance(value, str) and isinstance(given, str):
            if value.casefold() == given.casefold():
                return True
        elif _folded(value) == _folded(given):
            return True
    return False


def _folded(value: Any) -> Any:
    """Lists and their lines without the difference of upper and lower case in names."""
    if isinstance(value, list):
        return [_folded(one) for one in value]
    if isinstance(value, dict):
        return {key: _folded(one) for key, one in value.items()}
    return value.casefold() if isinstance(value, str) else value


def matches(call: PlannedCall, expected: Expected) -> bool:
    """Whether a call is the expected one: nothing required left out, nothing wrong, nothing extra."""
    operation, given = call
    if operation != expected.operation:
        return False
    required = set(expected.args) - expected.optional - expected.loose
    if not required <= set(given):
        return False
    return all(
        name in expected.args and _same(name, value, expected.args[name], loose=name in expected.loose)
        for name, value in given.items()
    )


def plans(plan: Sequence[Expected]) -> list[list[Expected]]:
    """Every form of a plan, with and without its optional calls."""
    forms = product(*[[[e], []] if e.may_be_absent else [[e]] for e in plan])
    return [[e for part in form for e in part] for form in forms]


def score(case: Case, calls: Sequence[PlannedCall], said: str) -> Score:
    """Score one case. A bad write is a write call that no accepted plan contains exactly."""
    exact = any(
        len(plan) == len(calls) and all(matches(call, expected) for call, expected in zip(calls, plan, strict=True))
        for accepted in case.accepts
        for plan in plans(accepted)
    )
    exact = exact and (bool(calls) or bool(said))
    wanted = [expected for accepted in case.accepts for expected in accepted]
    bad = any(not is_read(call[0]) and not any(matches(call, expected) for expected in wanted) for call in calls)
    return Score(case, exact, bad, tuple(calls), said)
