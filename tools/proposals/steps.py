"""Running a proposal's steps for real inside one transaction; whether it is kept is the caller's decision."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ValidationError

from tools.context import Context
from tools.errors import AppError, InvalidInput
from tools.kit.ids import DerivedIds
from tools.operation import AnyOperation, Total
from tools.proposals import repository, rules
from tools.proposals.models import Preview, PreviewStep, Step
from tools.store.database import Serialization


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the steps did: the preview to show, the digest that binds it, the steps with canonical arguments."""

    preview: Preview
    digest: str
    steps: list[Step]


def read_step(ctx: Context, step: Step) -> tuple[AnyOperation, BaseModel]:
    """The operation a step names, and its input. Raises InvalidInput."""
    operation = ctx.greenroom.catalog.get(step.operation)
    if operation is None or not operation.proposable:
        raise InvalidInput(f"{step.operation!r} is not an operation that can be proposed.")
    try:
        return operation, operation.input.model_validate(step.input)
    except ValidationError as error:
        raise invalid_step(step.operation, error) from error


def invalid_step(name: str, error: ValidationError) -> InvalidInput:
    """The first problems in words, without echoing what was sent."""
    problems = [
        {"pointer": "/" + "/".join(str(part) for part in problem["loc"]), "message": problem["msg"]}
        for problem in error.errors(include_url=False, include_input=False, include_context=False)[:10]
    ]
    first = problems[0]
    return InvalidInput(f"{name}: {first['pointer'].lstrip('/')}: {first['message']}", details={"errors": problems})


async def run_steps(ctx: Context, proposal_id: UUID, steps: Sequence[Step], *, trace: bool) -> Outcome:
    """Runs the enabled steps in order, each in a savepoint, and captures every row they change.

    A failing step does not end the run, so that a card shows all conflicts; `preview.ok` is False then and the caller must
    not keep anything.
    """
    shown: list[PreviewStep] = []
    changes: list[list[dict[str, Any]]] = []
    totals: list[Total] = []
    canonical: list[Step] = []
    for index, step in enumerate(steps):
        if not step.enabled:
            shown.append(PreviewStep(index=index, operation=step.operation, ok=None, summary="Left out"))
            canonical.append(step)
            continue
        try:
            operation, data = read_step(ctx, step)
            canonical.append(step.model_copy(update={"input": data.model_dump(mode="json", exclude_unset=True)}))
            done, rows, worth = await _run_one(ctx, proposal_id, index, operation, data, trace=trace)
        except Serialization:
            raise
        except AppError as error:
            shown.append(_failed(index, step, error))
            canonical.extend([step] if len(canonical) == index else [])
            continue
        shown.append(done)
        changes.append(rows)
        totals.extend(worth)
    await repository.end_steps(ctx.tx)
    errors = [step.error["code"] for step in shown if step.error]
    preview = Preview(
        ok=not errors and any(step.ok for step in shown),
        steps=shown,
        totals=_summed(totals),
        warnings=[warning for step in shown for warning in step.warnings],
        conflicts=[step.error["detail"] for step in shown if step.error],
    )
    return Outcome(preview, rules.digest_of(proposal_id, canonical, changes, errors), canonical)


async def _run_one(
    ctx: Context, proposal_id: UUID, index: int, operation: AnyOperation, data: BaseModel, *, trace: bool
) -> tuple[PreviewStep, list[dict[str, Any]], list[Total]]:
    step_ctx = ctx.for_step(proposal_id, DerivedIds(proposal_id, index))
    async with ctx.tx.savepoint():
        await repository.begin_step(ctx.tx, proposal_id, index)
        result = await operation.run_step(step_ctx, data, trace=trace)
    rows = await repository.changes_of(ctx.tx, ctx.org_id, proposal_id, index)
    shown = PreviewStep(
        index=index,
        operation=operation.name,
        ok=True,
        summary=operation.sentence(result, ctx.standing),
        result=rules.without_secrets(result.model_dump(mode="json")),
        changes=[rules.shown_change(row) for row in rows],
        warnings=step_ctx.warnings,
    )
    return shown, rows, operation.totals(result) if operation.totals else []


def _failed(index: int, step: Step, error: AppError) -> PreviewStep:
    return PreviewStep(
        index=index,
        operation=step.operation,
        ok=False,
        summary=step.operation.replace("_", " ").capitalize(),
        error=error.to_problem(),
    )


def _summed(totals: Sequence[Total]) -> list[Total]:
    """One line per label and currency, in the order they appear."""
    sums: dict[tuple[str, str], Total] = {}
    for total in totals:
        known = sums.setdefault(
            (total.label, total.currency), Total(label=total.label, amount=0, currency=total.currency)
        )
        known.amount += total.amount
    return list(sums.values())
