"""What happens to payouts, in words of the trade."""

from __future__ import annotations

from uuid import UUID

from tools.context import Context
from tools.errors import InvalidInput, NotFound
from tools.kit.paging import Page
from tools.kit.versions import require_version
from tools.operation import Effect, Http, operation
from tools.payouts import repository, rules
from tools.payouts.models import ListPayouts, NamedPayout, Payout, RecordPayout


@operation(
    scope="finance:write",
    effect=Effect.money,
    http=(Http("POST", "/payouts", 201),),
    card="payout",
    errors=(rules.PayoutRecorded,),
    describe=rules.told_recorded,
    totals=rules.totals_of,
)
async def record_payout(ctx: Context, data: RecordPayout) -> Payout:
    """Record money that a payment provider sent to the bank.

    Use when the organiser says that a payout arrived, or takes the cash to the bank. It moves the amount and the provider's fee out of
    what the provider holds. One payout is recorded once per provider and reference.
    """
    rules.require_money(data)
    payout_id = ctx.ids.new_id()
    await repository.record(
        ctx.tx,
        ctx.org_id,
        {
            "id": payout_id,
            **data.model_dump(),
            "currency": data.currency or ctx.standing.currency,
            "arrived_on": data.arrived_on or ctx.now.astimezone(ctx.standing.zone).date(),
        },
    )
    return await _payout_of(ctx, payout_id)


@operation(
    scope="finance:write",
    effect=Effect.money,
    http=(Http("DELETE", "/payouts/{id}", target="payout", needs_version=True),),
    card="payout",
    errors=(rules.PayoutVoided,),
    describe=rules.told_voided,
    totals=rules.totals_of,
)
async def void_payout(ctx: Context, data: NamedPayout) -> Payout:
    """Void a payout that was recorded by mistake.

    It stays in the list, counts no more, and its reference may be recorded again.
    """
    await repository.lock(ctx.tx, ctx.org_id, data.payout)
    payout = await _payout_of(ctx, data.payout)
    require_version(ctx.caller.if_match, payout.version)
    if payout.voided_at is not None:
        raise rules.PayoutVoided()
    await repository.void(ctx.tx, ctx.org_id, payout.id)
    return await _payout_of(ctx, payout.id)


@operation(
    scope="finance:read",
    effect=Effect.read,
    http=(Http("GET", "/payouts/{id}", target="payout"),),
    card="payout",
)
async def get_payout(ctx: Context, data: NamedPayout) -> Payout:
    """Show one payout."""
    return await _payout_of(ctx, data.payout)


@operation(scope="finance:read", effect=Effect.read, http=(Http("GET", "/payouts"),), card="payouts")
async def list_payouts(ctx: Context, data: ListPayouts) -> Page[Payout]:
    """List payouts, the newest arrival first, also those that were voided."""
    if data.from_date and data.to_date and data.to_date < data.from_date:
        raise InvalidInput("to_date is before from_date.")
    after = ctx.greenroom.cursors.after("payouts", data.cursor)
    found = await repository.find(ctx.tx, ctx.org_id, data, after)
    return ctx.greenroom.cursors.page(
        Page[Payout], "payouts", found, data.limit, lambda last: [last.arrived_on, last.id]
    )


async def _payout_of(ctx: Context, payout_id: UUID) -> Payout:
    payout = await repository.get(ctx.tx, ctx.org_id, payout_id)
    if payout is None:
        raise NotFound.named("payout", str(payout_id))
    return payout
