"""What happens to proposals, in words of the trade."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from tools.context import Caller, Context, Greenroom, Standing
from tools.errors import NotFound
from tools.kit.paging import Page
from tools.kit.versions import require_version
from tools.operation import Effect, Http, enter, operation
from tools.proposals import repository, rules
from tools.proposals.applying import apply_approved, tell
from tools.proposals.models import (
    ApproveProposal,
    ListProposals,
    NamedProposal,
    Preview,
    Proposal,
    Propose,
    RejectProposal,
    Restored,
    RestoreStep,
    ReviseProposal,
    Step,
    UndoProposal,
)
from tools.proposals.repository import ProposalRow
from tools.proposals.showing import shown, values_to_show
from tools.proposals.steps import read_step, run_steps
from tools.threads.repository import find_thread


def _told_proposed(proposal: Proposal, _: Standing) -> str:
    return f"Propose: {proposal.title}"


def _told_decided(proposal: Proposal, _: Standing) -> str:
    return f"{proposal.status.capitalize()}: {proposal.title}"


@operation(
    scope="proposals:write",
    effect=Effect.write,
    http=(Http("POST", "/proposals", 201),),
    card="proposal",
    describe=_told_proposed,
    proposable=False,
)
async def propose(ctx: Context, data: Propose) -> Proposal:
    """Propose a list of operations and see exactly what they would change.

    The steps are run for real and rolled back: rows, totals, warnings and conflicts are exact. Nothing is written until a
    person approves the digest of what was shown, within 15 minutes.
    """
    if data.proposal_id and (earlier := await repository.get(ctx.tx, ctx.org_id, data.proposal_id)):
        return shown(earlier, ctx.greenroom.catalog)
    if data.thread_id and data.thread_id != ctx.caller.thread_id:
        await _require_own_thread(ctx, data.thread_id)
    if data.replaces:
        if (replaced := await repository.get(ctx.tx, ctx.org_id, data.replaces)) is not None:
            rules.require_may_change(ctx.caller, replaced.created_by, replaced.by_agent)
        await repository.reject(ctx.tx, ctx.org_id, data.replaces, ctx.caller.user_id, "Replaced by a newer proposal")
    return await _store(ctx, data, data.steps)


async def _require_own_thread(ctx: Context, thread_id: UUID) -> None:
    """Nobody puts a card into somebody else's conversation."""
    thread = await find_thread(ctx.tx, thread_id, ctx.caller.user_id)
    if thread is None or thread.org_id != ctx.org_id:
        raise NotFound.named("conversation", str(thread_id))


async def _store(
    ctx: Context, data: Propose, steps: Sequence[Step], *, undo_of: UUID | None = None, stays: Sequence[str] = ()
) -> Proposal:
    for step in steps:
        if step.operation not in ctx.greenroom.catalog or not ctx.greenroom.catalog[step.operation].proposable:
            read_step(ctx, step)
    proposal_id = data.proposal_id or ctx.ids.new_id()
    async with ctx.tx.savepoint(keep=False):
        outcome = await run_steps(ctx, proposal_id, steps, trace=False)
    outcome.preview.warnings.extend(stays)
    await repository.insert(
        ctx.tx,
        ctx.org_id,
        values_to_show(outcome, data.title, ctx.now)
        | {
            "id": proposal_id,
            "thread_id": data.thread_id or ctx.caller.thread_id,
            "run_id": data.run_id or ctx.caller.run_id,
            "by_agent": ctx.caller.agent,
            "created_by": ctx.caller.user_id,
            "undo_of": undo_of,
            "replaces": data.replaces,
        },
    )
    return await _proposal(ctx, proposal_id)


async def preview_steps(greenroom: Greenroom, caller: Caller, steps: Sequence[Step]) -> Preview:
    """What the steps would do, stored nowhere."""
    async with enter(greenroom, caller.without_key()) as (tx, standing):
        ctx = Context(greenroom, caller.without_key(), standing, tx)
        async with tx.savepoint(keep=False):
            outcome = await run_steps(ctx, ctx.ids.new_id(), steps, trace=False)
        return outcome.preview


@operation(
    scope="proposals:write",
    effect=Effect.write,
    http=(Http("PATCH", "/proposals/{id}", target="proposal", needs_version=True),),
    card="proposal",
    errors=(rules.ProposalDecided,),
    describe=_told_proposed,
    proposable=False,
)
async def revise_proposal(ctx: Context, data: ReviseProposal) -> Proposal:
    """Edit or untick steps of a waiting proposal and see what would change now. The digest changes with it."""
    row = await repository.lock(ctx.tx, ctx.org_id, data.proposal)
    if row is None:
        raise NotFound.named("proposal", str(data.proposal))
    rules.require_may_change(ctx.caller, row.created_by, row.by_agent)
    require_version(ctx.caller.if_match, row.version)
    if row.status != "expired":
        rules.require_open(shown(row, ctx.greenroom.catalog))
    for step in data.steps:
        if step.operation not in ctx.greenroom.catalog or not ctx.greenroom.catalog[step.operation].proposable:
            read_step(ctx, step)
    async with ctx.tx.savepoint(keep=False):
        outcome = await run_steps(ctx, row.id, data.steps, trace=False)
    await repository.show_anew(ctx.tx, ctx.org_id, row.id, values_to_show(outcome, None, ctx.now))
    return await _proposal(ctx, row.id)


@operation(
    scope="proposals:write",
    effect=Effect.write,
    http=(Http("POST", "/proposals/{id}/approve", target="proposal"),),
    card="proposal",
    errors=(
        rules.ProposalDecided,
        rules.ProposalExpired,
        rules.ProposalChanged,
        rules.ProposalBlocked,
        rules.ProposalStale,
    ),
    describe=_told_decided,
    then=apply_approved,
    proposable=False,
)
async def approve_proposal(ctx: Context, data: ApproveProposal) -> Proposal:
    """Say yes to exactly what a proposal shows, and have it done: all steps or none.

    Needs the scopes of its steps. When the world changed so that the result would differ, nothing is written and a fresh
    preview is shown.
    """
    ctx.require_person()
    proposal = await _proposal(ctx, data.proposal)
    rules.require_open(proposal)
    if proposal.digest != data.digest:
        raise rules.ProposalChanged(details={"revision": proposal.revision})
    if not proposal.preview.ok:
        raise rules.ProposalBlocked(" ".join(proposal.preview.conflicts) or None)
    for step in proposal.steps:
        if step.enabled:
            ctx.require(rules.operation_of(step, ctx.greenroom.catalog).scope)
    if not await repository.approve(ctx.tx, ctx.org_id, data.proposal, data.digest, ctx.caller.user_id):
        now = await _proposal(ctx, data.proposal)
        rules.require_open(now)
        raise rules.ProposalChanged(details={"revision": now.revision})
    return await _proposal(ctx, data.proposal)


async def _told_listeners(greenroom: Greenroom, caller: Caller, proposal: Proposal) -> Proposal:
    await tell(greenroom, caller, proposal)
    return proposal


@operation(
    scope="proposals:write",
    effect=Effect.write,
    http=(Http("POST", "/proposals/{id}/reject", target="proposal"),),
    card="proposal",
    errors=(rules.ProposalDecided, rules.ProposalExpired),
    describe=_told_decided,
    then=_told_listeners,
    proposable=False,
)
async def reject_proposal(ctx: Context, data: RejectProposal) -> Proposal:
    """Say no to a proposal. Nothing is written but the no."""
    ctx.require_person()
    rules.require_open(await _proposal(ctx, data.proposal))
    if not await repository.reject(ctx.tx, ctx.org_id, data.proposal, ctx.caller.user_id, data.reason):
        rules.require_open(await _proposal(ctx, data.proposal))
    return await _proposal(ctx, data.proposal)


@operation(
    scope="proposals:write",
    effect=Effect.write,
    http=(Http("POST", "/proposals/{id}/undo", 201, target="proposal"),),
    card="proposal",
    errors=(rules.NothingToUndo,),
    describe=_told_proposed,
    proposable=False,
)
async def undo_proposal(ctx: Context, data: UndoProposal) -> Proposal:
    """Propose to take back what a proposal did: rows are put back as they were, sales are refunded.

    Use for "undo that". It answers a new proposal that shows what would change; what can not be undone is named.
    """
    ctx.require_person()
    target = await _to_undo(ctx, data.proposal)
    if (waiting := await repository.open_undo(ctx.tx, ctx.org_id, target.id)) is not None:
        return shown(waiting, ctx.greenroom.catalog)
    if not target.can_undo:
        raise rules.NothingToUndo(f"The proposal is {target.status}; it can not be undone.")
    steps, stays = rules.undo_steps(target, ctx.greenroom.catalog)
    wish = Propose(steps=[*steps], title=f"Undo: {target.title}"[:255], thread_id=target.thread_id)
    return await _store(ctx, wish, steps, undo_of=target.id, stays=stays)


async def _to_undo(ctx: Context, proposal_id: UUID | None) -> Proposal:
    if proposal_id is not None:
        return await _proposal(ctx, proposal_id)
    thread = ctx.caller.thread_id
    row = await repository.last_applied(ctx.tx, ctx.org_id, thread) if thread else None
    if row is None:
        raise rules.NothingToUndo("Nothing was done in this conversation that could be undone.")
    return shown(row, ctx.greenroom.catalog)


def _told_restored(restored: Restored, _: Standing) -> str:
    return f"Take back: {restored.summary}"


@operation(
    scope="proposals:write", effect=Effect.write, undo="restore", errors=(rules.ChangedSince,), describe=_told_restored
)
async def restore_step(ctx: Context, data: RestoreStep) -> Restored:
    """Put back what one step of an applied proposal changed. A row that was changed since is refused, not overwritten."""
    source = await _proposal(ctx, data.proposal)
    if source.status not in ("applied", "undone") or data.step >= len(source.steps):
        raise rules.NothingToUndo()
    restores = ctx.greenroom.catalog.get(source.steps[data.step].operation)
    if restores is None:
        raise rules.NothingToUndo()
    ctx.require(restores.scope)
    rows = await repository.restore(ctx.tx, ctx.org_id, data.proposal, data.step)
    return Restored(id=data.proposal, step=data.step, summary=source.preview.steps[data.step].summary, rows=rows)


@operation(
    scope="proposals:read",
    effect=Effect.read,
    http=(Http("GET", "/proposals/{id}", target="proposal"),),
    card="proposal",
)
async def get_proposal(ctx: Context, data: NamedProposal) -> Proposal:
    """Show one proposal: its steps, what they would change or changed, and its state."""
    return await _proposal(ctx, data.proposal)


@operation(scope="proposals:read", effect=Effect.read, http=(Http("GET", "/proposals"),), card="proposals")
async def list_proposals(ctx: Context, data: ListProposals) -> Page[Proposal]:
    """List proposals, newest first, by status or conversation."""
    after = ctx.greenroom.cursors.after("proposals", data.cursor)
    found = await repository.find(ctx.tx, ctx.org_id, data, after)
    items = [shown(row, ctx.greenroom.catalog) for row in found]
    return ctx.greenroom.cursors.page(
        Page[Proposal], "proposals", items, data.limit, lambda last: [last.created_at, last.id]
    )


async def _proposal(ctx: Context, proposal_id: UUID) -> Proposal:
    row: ProposalRow | None = await repository.get(ctx.tx, ctx.org_id, proposal_id)
    if row is None:
        raise NotFound.named("proposal", str(proposal_id))
    return shown(row, ctx.greenroom.catalog)
