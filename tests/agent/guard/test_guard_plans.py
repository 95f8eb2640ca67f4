"""Right calls pass unchanged; a model that errs on purpose gets almost nothing past the guard, and everything without it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from random import Random

import pytest
from langchain_core.messages import AIMessage

from agent.calls import PassThrough
from embedded.planner.model import RulesPlanner
from evals.dataset import Case, load
from tests.agent.guard.bad_model import MUTATIONS
from tests.agent.guard.conversations import MADE, TOLD, check_case, made_of, right_plans, wrong_writes

DEV = load("organiser-dev")
OWN = load("organiser-own")
MOST_THROUGH = 0.02


def same(case: Case, made: list[MADE]) -> bool:
    """Unchanged, but for a currency that nobody said and that is the organisation's own anyway."""
    checked = check_case(case, made)
    wanted = [(name, dict(arguments)) for name, arguments in made]
    for (_, before), (_, after) in zip(wanted, made_of(checked), strict=False):
        if before.get("currency") == TOLD.currency and "currency" not in after:
            del before["currency"]
    return made_of(checked) == wanted


@pytest.mark.parametrize("case", DEV, ids=lambda case: case.id)
def test_every_right_plan_of_the_dataset_passes_unchanged(case: Case) -> None:
    assert all(same(case, plan) for plan in right_plans(case))


@pytest.mark.parametrize("case", DEV, ids=lambda case: case.id)
def test_the_rules_planners_right_calls_pass_unchanged(case: Case) -> None:
    answer = RulesPlanner().answer(case.messages(TOLD))
    assert isinstance(answer, AIMessage)
    made = [(call["name"], call["args"]) for call in answer.tool_calls]
    assert wrong_writes(case, made) or same(case, made)


def mutants(cases: list[Case], seed: int) -> Iterator[tuple[str, Case, list[MADE]]]:
    for case in cases:
        plans: list[list[MADE]] = []
        for plan in right_plans(case):
            if plan not in plans[:2]:
                plans.append(plan)
        for plan in plans[:2] or [[]]:
            for kind, mutate in MUTATIONS.items():
                for mutant in mutate(Random(f"{seed}/{case.id}/{kind}"), case, plan):
                    if wrong_writes(case, mutant):
                        yield kind, case, mutant


@pytest.mark.parametrize("seed", [1, 2])
def test_a_model_that_errs_gets_almost_nothing_past_the_guard(seed: int) -> None:
    tried: Counter[str] = Counter()
    through: Counter[str] = Counter()
    for kind, case, mutant in mutants(DEV, seed):
        tried[kind] += 1
        through[kind] += bool(wrong_writes(case, made_of(check_case(case, mutant))))
    assert tried.total() >= 500
    assert min(tried[kind] for kind in MUTATIONS) > 0
    assert through.total() < MOST_THROUGH * tried.total(), through


def test_most_mutants_of_other_conversations_stop_too() -> None:
    tried = [(case, mutant) for _, case, mutant in mutants(OWN[::4], seed=3)]
    through = [mutant for case, mutant in tried if wrong_writes(case, made_of(check_case(case, mutant)))]
    assert len(tried) >= 500
    assert len(through) < MOST_THROUGH * len(tried), through


def test_without_the_guard_every_mutant_goes_through() -> None:
    assert all(
        wrong_writes(case, made_of(check_case(case, mutant, PassThrough()))) for _, case, mutant in mutants(DEV, seed=1)
    )
