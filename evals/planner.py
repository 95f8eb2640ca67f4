"""`python -m evals.planner [dataset ...]`: the offline planner on the organiser datasets, by its calls, without a database."""

from __future__ import annotations

import sys
import time

from embedded.planner.model import RulesPlanner
from evals.dataset import load, load_world
from evals.scoring import Score, score

DEFAULT = ("organiser-dev", "organiser-own", "organiser-blind")


def run(name: str) -> tuple[list[Score], float]:
    """Score every case of a dataset; the second value is milliseconds per turn once the patterns in use are compiled."""
    planner, world = RulesPlanner(), load_world()
    cases = load(name)
    conversations = [case.messages(world) for case in cases]
    for conversation in conversations:
        planner.answer(conversation)
    begun = time.perf_counter()
    answers = [planner.answer(conversation) for conversation in conversations]
    milliseconds = (time.perf_counter() - begun) * 1000 / len(cases)
    scores = [
        score(case, [(call["name"], call["args"]) for call in answer.tool_calls], str(answer.content))
        for case, answer in zip(cases, answers, strict=True)
    ]
    return scores, milliseconds


def report(name: str, scores: list[Score], milliseconds: float) -> str:
    """The failures, then one line of figures."""
    lines = []
    for one in scores:
        if not one.exact:
            lines.append(f"{'BAD WRITE' if one.bad_write else 'missed   '} {one.case.id:8} {one.case.text}")
            lines += [f"            did  {call} {given}" for call, given in one.calls] or [
                f"            said {one.said}"
            ]
            for accepted in one.case.accepts[:1]:
                lines += [f"            want {e.operation} {e.args}" for e in accepted] or [
                    f"            want a question {', '.join(one.case.ask)}"
                ]
    exact, bad = sum(s.exact for s in scores), sum(s.bad_write for s in scores)
    lines.append(
        f"{name}: exact {exact}/{len(scores)} = {exact / len(scores):.1%}, bad writes {bad},"
        f" {milliseconds:.2f} ms per turn"
    )
    return "\n".join(lines)


def main(names: list[str]) -> int:
    """Print the report; the exit code is 1 when anything was written that nobody asked for."""
    bad = 0
    for name in names or DEFAULT:
        scores, milliseconds = run(name)
        bad += sum(s.bad_write for s in scores)
        print(report(name, scores, milliseconds))
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
