"""Questions about sales, about what is still to be settled, and about who did what."""

from __future__ import annotations

from datetime import datetime

from tools.context import Context
from tools.errors import InvalidInput
from tools.events.models import Event
from tools.events.resolve import event_of
from tools.kit.paging import Page
from tools.kit.zones import day_bounds
from tools.operation import Effect, Http, operation
from tools.reports import repository, rules
from tools.reports.models import (
    AuditEntry,
    ComparedEvent,
    CompareSales,
    ListAudit,
    OrdersToSettle,
    SalesComparison,
    SalesQuestion,
    SalesReport,
    SettlePage,
)


@operation(scope="reports:read", effect=Effect.read, http=(Http("GET", "/reports/sales"),), card="sales_report")
async def sales_report(ctx: Context, data: SalesQuestion) -> SalesReport:
    """Report what was sold, per event and ticket type, and what came of it in money.

    Use for "how many tickets did we sell", "how are sales", "sales of November", "sales per day", "which promo code sells". Days are
    days of ordering. With group_by also by day, by channel or by promo code. Currencies are never added up.
    """
    if data.from_date and data.to_date and data.to_date < data.from_date:
        raise InvalidInput("to_date is before from_date.")
    event = await event_of(ctx, data.event) if data.event else None
    event_id = event.id if event else None
    since, before = day_bounds(data.from_date, data.to_date, ctx.standing.zone)
    lines = await repository.sales(ctx.tx, ctx.org_id, event_id=event_id, since=since, before=before)
    groups = []
    if data.group_by:
        groups = await repository.grouped_sales(
            ctx.tx,
            ctx.org_id,
            data.group_by,
            event_id=event_id,
            since=since,
            before=before,
            zone=ctx.standing.timezone,
        )
    return SalesReport(
        from_date=data.from_date,
        to_date=data.to_date,
        event_id=event_id,
        event_name=event.name if event else None,
        lines=lines,
        groups=groups,
        totals=rules.totals_of(lines),
    )


@operation(
    scope="reports:read", effect=Effect.read, http=(Http("GET", "/reports/comparison"),), card="sales_comparison"
)
async def compare_sales(ctx: Context, data: CompareSales) -> SalesComparison:
    """Compare how an event sells with another one at the same time before its start.

    Use for "how are we doing against last year", "are we ahead of the spring concert at this point". Tickets and money by ticket type;
    who came and who did not, once an event is over.
    """
    event, other = await event_of(ctx, data.event), await event_of(ctx, data.other)
    as_of, other_as_of = rules.moments(event.start_date, other.start_date, ctx.now, data.days_before)
    first, second = await _standing_of(ctx, event, as_of), await _standing_of(ctx, other, other_as_of)
    return SalesComparison(event=first, other=second, differences=rules.differences(first, second))


@operation(scope="reports:read", effect=Effect.read, http=(Http("GET", "/reports/to-settle"),), card="orders_to_settle")
async def orders_to_settle(ctx: Context, data: OrdersToSettle) -> SettlePage:
    """List the orders whose money is not right yet: unpaid, part paid, paid too much, unknown, or with a refund that failed.

    Use for "who has not paid", "who paid too much", "which refunds went wrong", "is there money we do not know about". Oldest first,
    with the sums over all of them.
    """
    event = await event_of(ctx, data.event) if data.event else None
    event_id = event.id if event else None
    after = ctx.greenroom.cursors.after("to-settle", data.cursor)
    found = await repository.to_settle(ctx.tx, ctx.org_id, data, event_id, after)
    more = len(found) > data.limit
    last = found[data.limit - 1] if more else None
    return SettlePage(
        totals=await repository.settle_totals(ctx.tx, ctx.org_id, data.reason, event_id),
        items=found[: data.limit],
        next_cursor=ctx.greenroom.cursors.seal("to-settle", [last.created_at, last.id]) if last else None,
    )


@operation(scope="reports:read", effect=Effect.read, http=(Http("GET", "/audit"),), card="audit")
async def list_audit(ctx: Context, data: ListAudit) -> Page[AuditEntry]:
    """List who did what, newest first."""
    after = ctx.greenroom.cursors.after("audit", data.cursor)
    found = await repository.audit(ctx.tx, ctx.org_id, data.limit, after[0] if after else None)
    return ctx.greenroom.cursors.page(Page[AuditEntry], "audit", found, data.limit, lambda last: [last.id])


async def _standing_of(ctx: Context, event: Event, as_of: datetime) -> ComparedEvent:
    types = await repository.sales_as_of(ctx.tx, ctx.org_id, event.id, as_of)
    came = await repository.attendance(ctx.tx, ctx.org_id, event.id) if event.end_date < ctx.now else None
    return ComparedEvent(
        event_id=event.id,
        event_name=event.name,
        start_date=event.start_date,
        as_of=as_of,
        types=types,
        totals=rules.compared_totals(types),
        admitted=came[0] if came else None,
        no_shows=came[1] if came else None,
    )
