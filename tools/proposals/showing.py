"""A proposal's row as the wire shows it, and an outcome as the row keeps it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from tools.operation import AnyOperation
from tools.proposals import rules
from tools.proposals.models import Proposal, ShownStep
from tools.proposals.repository import ProposalRow
from tools.proposals.steps import Outcome


def shown(row: ProposalRow, catalog: Mapping[str, AnyOperation]) -> Proposal:
    steps = [
        ShownStep(index=index, effect=rules.effect_of(step, catalog), **step.model_dump())
        for index, step in enumerate(row.steps)
    ]
    return Proposal(
        **row.model_dump(exclude={"steps"}),
        steps=steps,
        can_undo=rules.can_undo(row.status, row.steps, catalog),
    )


def values_to_show(outcome: Outcome, title: str | None, now: datetime) -> dict[str, Any]:
    return {
        "status": "proposed",
        "title": title or rules.title_of(outcome.preview),
        "steps": [step.model_dump(mode="json") for step in outcome.steps],
        "preview": outcome.preview.model_dump(mode="json"),
        "digest": outcome.digest,
        "expires_at": now + rules.LIFETIME,
    }
