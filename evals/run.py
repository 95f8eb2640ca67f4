"""`python -m evals.run [dataset ...]`: the model and the guard on the organisers' utterances, scored by the database's end state.

A case is exact when its reads are the expected ones and its writes, proposed and approved, leave the database as the
reference does. A bad write is a change that no accepted plan makes. Without OPENAI_* settings the model is the rules planner.
"""

from __future__ import annotations

import asyncio
import json
import sys
from dataclasses import dataclass
from pathlib import Path

from agent.guard import GroundingGuard
from embedded import planner as rules
from embedded.planner.model import RulesPlanner
from evals.dataset import MOMENTS, Case, Expected, World, load, load_world
from evals.ending import ending, fingerprint
from evals.scoring import PlannedCall, is_read, matches, plans
from evals.stage import Theatre, open_theatre
from evals.task import Played, act_out, answer, surroundings

# The planner carries its measured coverage: README and /healthz tell it, and a drop below it fails here.
COVERAGE = Path(rules.__file__ or "").parent / "coverage.json"
DATASETS = ("organiser-dev", "organiser-own", "organiser-office")


@dataclass(frozen=True, slots=True)
class Result:
    case: Case
    played: Played
    exact: bool
    bad_write: bool


async def play(theatre: Theatre, world: World, case: Case, played: Played) -> Result:
    """Acts the calls out on one stage and each acceptable plan on another, and compares how they end."""
    around = surroundings(case, world)
    async with theatre.stage(world, case) as stage:
        untouched = fingerprint(ending(stage))
        refused = await act_out(stage, around, played.calls)
        reached = fingerprint(ending(stage))
    forms = [plan for accepted in case.accepts for plan in plans(accepted)]
    reads_right = any(_reads_match(played.calls, plan) for plan in forms)
    acceptable = {untouched} if any(not plan for plan in forms) else set()
    for plan in forms:
        async with theatre.stage(world, case) as stage:
            if await act_out(stage, around, _reference(plan, played.calls)) is None:
                acceptable.add(fingerprint(ending(stage)))
    spoke = bool(played.calls) or bool(played.said)
    done = Played(played.calls, played.said, refused)
    return Result(case, done, reads_right and spoke and reached in acceptable, reached not in acceptable | {untouched})


def _reads_match(calls: tuple[PlannedCall, ...], plan: list[Expected]) -> bool:
    made = [call for call in calls if is_read(call[0])]
    wanted = [expected for expected in plan if is_read(expected.operation)]
    return len(made) == len(wanted) and all(
        matches(call, expected) for call, expected in zip(made, wanted, strict=True)
    )


def _reference(plan: list[Expected], calls: tuple[PlannedCall, ...]) -> list[PlannedCall]:
    """The plan as calls. Where it leaves a choice, what was chosen is taken if it is allowed, else the first that is."""
    reference: list[PlannedCall] = []
    for place, expected in enumerate(plan):
        same = [given for name, given in calls if name == expected.operation]
        earlier = sum(1 for other in plan[:place] if other.operation == expected.operation)
        chosen = same[earlier] if earlier < len(same) else {}
        arguments = {}
        for name, allowed in expected.args.items():
            usable = [value for value in allowed if not (name in MOMENTS and len(str(value)) == 10)]
            if name in chosen and matches((expected.operation, {name: chosen[name]}), _only(expected, name)):
                arguments[name] = chosen[name]
            elif usable and name not in expected.optional:
                arguments[name] = usable[0]
        reference.append((expected.operation, arguments))
    return reference


def _only(expected: Expected, name: str) -> Expected:
    return Expected(expected.operation, {name: expected.args[name]}, frozenset(), expected.loose)


async def run(name: str, theatre: Theatre) -> list[Result]:
    world, model, guard = load_world(), RulesPlanner(), GroundingGuard()
    return [await play(theatre, world, case, await answer(model, guard, case, world)) for case in load(name)]


def figures(results: list[Result]) -> dict[str, int]:
    return {
        "cases": len(results),
        "exact": sum(result.exact for result in results),
        "bad_writes": sum(result.bad_write for result in results),
        "do_nothing": sum(any(not plan for plan in result.case.accepts) for result in results),
    }


def report(name: str, results: list[Result]) -> str:
    lines = [
        f"{'BAD WRITE' if result.bad_write else 'missed   '} {result.case.id:8} {result.case.text}\n"
        f"            did {list(result.played.calls)} said {result.played.said!r} refused {result.played.refused!r}"
        for result in results
        if not result.exact
    ]
    told = figures(results)
    share = told["exact"] / told["cases"]
    lines.append(
        f"{name}: {told['exact']}/{told['cases']} = {share:.1%} exact by end state, {told['bad_writes']} bad writes"
        f" (doing nothing: {told['do_nothing']}/{told['cases']})"
    )
    return "\n".join(lines)


def fallen(name: str, told: dict[str, int], before: dict[str, int] | None) -> str | None:
    """What fell below the committed coverage, in words."""
    if before is None:
        return None
    if told["bad_writes"] > before["bad_writes"]:
        return f"{name}: {told['bad_writes']} bad writes, {before['bad_writes']} before"
    if told["exact"] * before["cases"] < before["exact"] * told["cases"]:
        return f"{name}: {told['exact']}/{told['cases']} exact, {before['exact']}/{before['cases']} before"
    return None


def main(arguments: list[str]) -> int:
    """Prints the report. 1 when a figure fell below the committed one; `--accept` commits to the new figures."""
    names = [name for name in arguments if not name.startswith("--")] or list(DATASETS)
    known: dict[str, dict[str, int]] = json.loads(COVERAGE.read_text()) if COVERAGE.exists() else {}
    worse = []
    with open_theatre() as theatre:
        for name in names:
            results = asyncio.run(run(name, theatre))
            print(report(name, results))
            worse.append(fallen(name, figures(results), known.get(name)))
            known[name] = figures(results)
    if "--accept" in arguments:
        COVERAGE.write_text(json.dumps(known, indent=2) + "\n")
    fell = [line for line in worse if line]
    print("\n".join(fell))
    return 1 if fell else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
