"""Questions to the books."""

from __future__ import annotations

from tools.context import Context
from tools.errors import InvalidInput
from tools.events.resolve import event_of
from tools.kit.paging import Page
from tools.kit.zones import day_bounds
from tools.ledger import repository, rules
from tools.ledger.models import CheckLedger, LedgerCheck, LedgerEntry, LedgerQuestion, LedgerReport, ListLedger
from tools.operation import Effect, Http, operation
from tools.orders.resolve import order_of


@operation(scope="finance:read", effect=Effect.read, http=(Http("GET", "/reports/ledger"),), card="ledger_report")
async def ledger_report(ctx: Context, data: LedgerQuestion) -> LedgerReport:
    """Report the balance of every account of the books, per currency, for an event or a period.

    Use for "what do buyers still owe us", "how much does the payment provider hold", "how much tax did we take". Accounts: receivable
    (buyers owe it; below zero we owe it), cash:… (held by the provider; cash:manual by hand), bank, provider_fees, revenue and fees
    (without tax), tax, goodwill (let go of the price), retained (kept of orders that ended). All accounts of a currency sum to zero.
    """
    if data.from_date and data.to_date and data.to_date < data.from_date:
        raise InvalidInput("to_date is before from_date.")
    event = await event_of(ctx, data.event) if data.event else None
    since, before = day_bounds(data.from_date, data.to_date, ctx.standing.zone)
    balances = await repository.balances(
        ctx.tx, ctx.org_id, event_id=event.id if event else None, since=since, before=before
    )
    return LedgerReport(
        from_date=data.from_date,
        to_date=data.to_date,
        event_id=event.id if event else None,
        event_name=event.name if event else None,
        balances=balances,
        unbalanced=rules.unbalanced(balances),
    )


@operation(scope="finance:read", effect=Effect.read, http=(Http("GET", "/ledger"),), card="ledger")
async def list_ledger(ctx: Context, data: ListLedger) -> Page[LedgerEntry]:
    """List the entries behind the balances, oldest first, of an event, an order, an account or a period."""
    if data.from_date and data.to_date and data.to_date < data.from_date:
        raise InvalidInput("to_date is before from_date.")
    event = await event_of(ctx, data.event) if data.event else None
    order_id = (await order_of(ctx, data.order)).id if data.order else None
    since, before = day_bounds(data.from_date, data.to_date, ctx.standing.zone)
    after = ctx.greenroom.cursors.after("ledger", data.cursor)
    found = await repository.entries(
        ctx.tx,
        ctx.org_id,
        data,
        event_id=event.id if event else None,
        order_id=order_id,
        since=since,
        before=before,
        after=after,
    )
    return ctx.greenroom.cursors.page(
        Page[LedgerEntry],
        "ledger",
        found,
        data.limit,
        lambda last: [last.at, last.transaction_id, last.kind, last.source_id, last.entry],
    )


@operation(scope="finance:read", effect=Effect.read, http=(Http("GET", "/ledger/check"),), card="ledger_check")
async def check_ledger(ctx: Context, data: CheckLedger) -> LedgerCheck:
    """Check that the books hold: every transaction sums to zero, and every order owes what its rows say.

    Use when somebody doubts a sum, or before an audit. An answer without problems means that no stored amount contradicts another.
    """
    event_id = (await event_of(ctx, data.event)).id if data.event else None
    return LedgerCheck(
        orders=await repository.orders(ctx.tx, ctx.org_id, event_id),
        problems=await repository.drift(ctx.tx, ctx.org_id, event_id),
    )
