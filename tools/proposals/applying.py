"""Applying what was approved: one transaction, all steps or none; what a crash left is applied by the sweep."""

from __future__ import annotations

from uuid import UUID

import structlog

from tools.context import Caller, Context, Greenroom
from tools.errors import AppError, Bug, Busy, Forbidden, Upstream
from tools.operation import ATTEMPTS, enter
from tools.proposals import repository, rules
from tools.proposals.models import Proposal
from tools.proposals.repository import Approved
from tools.proposals.showing import shown, values_to_show
from tools.proposals.steps import Outcome, run_steps
from tools.store.database import Serialization

_log = structlog.get_logger("greenroom.proposals")
_MALFORMED = (ValueError, TypeError, LookupError, AttributeError)
_UNREADABLE = Bug("What was approved can not be read any more.", remedy="Propose it anew.")


class _WorldMoved(Exception):
    """Rolls the steps back: they would not do what was approved."""


async def apply_approved(greenroom: Greenroom, caller: Caller, proposal: Proposal) -> Proposal:
    """Applies the proposal as the caller, who approved it, and tells the listeners.

    Raises ProposalStale when the result would differ from what was approved: nothing is written and a fresh preview is
    stored. Does nothing when it is applied already.
    """
    try:
        applied = await _apply(greenroom, caller, proposal.id)
    except _WorldMoved:
        stale = await _show_stale(greenroom, caller, proposal.id)
        raise rules.ProposalStale(details={"proposal": stale.model_dump(mode="json")}) from None
    except Forbidden as error:
        await mark_failed(greenroom, proposal.id, error)
        raise
    await tell(greenroom, caller, applied)
    return applied


async def _apply(greenroom: Greenroom, caller: Caller, proposal_id: UUID) -> Proposal:
    for attempt in range(1, ATTEMPTS + 1):
        try:
            return await _apply_once(greenroom, caller, proposal_id)
        except Serialization:
            if attempt == ATTEMPTS:
                raise
    raise AssertionError("the loop returns or raises")


async def _apply_once(greenroom: Greenroom, caller: Caller, proposal_id: UUID) -> Proposal:
    async with enter(greenroom, caller.without_key()) as (tx, standing):
        ctx = Context(greenroom, caller.without_key(), standing, tx)
        row = await repository.lock(tx, ctx.org_id, proposal_id)
        if row is None:
            raise Forbidden()
        if row.status != "approved":
            return shown(row, greenroom.catalog)
        for step in row.steps:
            if step.enabled:
                ctx.require(rules.operation_of(step, greenroom.catalog).scope)
        outcome: Outcome = await run_steps(ctx, row.id, row.steps, trace=True)
        if not outcome.preview.ok or outcome.digest != row.digest:
            raise _WorldMoved
        await repository.mark_applied(tx, ctx.org_id, row.id, outcome.preview)
        if row.undo_of:
            await repository.mark_undone(tx, ctx.org_id, row.undo_of, row.id)
        after = await repository.get(tx, ctx.org_id, row.id)
        assert after is not None
        return shown(after, greenroom.catalog)


async def _show_stale(greenroom: Greenroom, caller: Caller, proposal_id: UUID) -> Proposal:
    async with enter(greenroom, caller.without_key()) as (tx, standing):
        ctx = Context(greenroom, caller.without_key(), standing, tx)
        row = await repository.lock(tx, ctx.org_id, proposal_id)
        assert row is not None
        if row.status == "approved":
            async with tx.savepoint(keep=False):
                outcome = await run_steps(ctx, row.id, row.steps, trace=False)
            values = values_to_show(outcome, row.title, ctx.now) | {"status": "stale"}
            await repository.show_anew(tx, ctx.org_id, row.id, values)
            row = await repository.get(tx, ctx.org_id, proposal_id)
            assert row is not None
        return shown(row, greenroom.catalog)


async def mark_failed(greenroom: Greenroom, proposal_id: UUID, error: AppError) -> None:
    """What was approved and can not be done (the approver lost the right, the steps can not be read) is over, and says why."""
    async with greenroom.database.session(None) as tx:
        await repository.mark_failed(tx, proposal_id, error.to_problem())


async def tell(greenroom: Greenroom, caller: Caller, proposal: Proposal) -> None:
    for listener in greenroom.listeners:
        await listener(caller, proposal)


async def sweep(greenroom: Greenroom) -> int:
    """Expires what is over and applies what a crash left approved, each as its approver. Answers how many were applied."""
    async with greenroom.database.session(None) as tx:
        await repository.expire(tx)
        waiting = await repository.left_approved(tx, 50)
    return sum([await _recover(greenroom, left) for left in waiting])


async def _recover(greenroom: Greenroom, left: Approved) -> bool:
    """Whether it is applied. What can not be done any more is failed, so that it keeps nobody's behind it waiting."""
    caller = Caller(user_id=left.decided_by, organization=str(left.org_id), request_id="sweep")
    try:
        return await _apply_left(greenroom, caller, left.id)
    except Upstream:
        raise
    except (Busy, Serialization):
        # Somebody is at it, or at what it changes: the next sweep finds it again.
        return False
    except (AppError, *_MALFORMED) as error:
        # An older version stored it, or a key is gone that sealed it.
        failure = error if isinstance(error, AppError) and not isinstance(error, Bug) else _UNREADABLE
        _log.warning("proposal_failed", proposal=str(left.id), error=type(error).__qualname__)
    await mark_failed(greenroom, left.id, failure)
    return False


async def _apply_left(greenroom: Greenroom, caller: Caller, proposal_id: UUID) -> bool:
    try:
        proposal = await _apply(greenroom, caller, proposal_id)
    except _WorldMoved:
        await _show_stale(greenroom, caller, proposal_id)
        return False
    await tell(greenroom, caller, proposal)
    return True
