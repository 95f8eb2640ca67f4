"""Questions about sales and about who did what."""

from __future__ import annotations

from tools.context import Context
from tools.errors import InvalidInput
from tools.events.resolve import event_of
from tools.kit.paging import Page
from tools.kit.zones import day_bounds
from tools.operation import Effect, Http, operation
from tools.reports import repository, rules
from tools.reports.models import AuditEntry, ListAudit, SalesQuestion, SalesReport


@operation(scope="reports:read", effect=Effect.read, http=(Http("GET", "/reports/sales"),), card="sales_report")
async def sales_report(ctx: Context, data: SalesQuestion) -> SalesReport:
    """Report what was sold, per event and ticket type, and what came of it in money.

    Use for "how many tickets did we sell", "how are sales", "sales of November". Days are days of ordering.
    """
    if data.from_date and data.to_date and data.to_date < data.from_date:
        raise InvalidInput("to_date is before from_date.")
    event = await event_of(ctx, data.event) if data.event else None
    since, before = day_bounds(data.from_date, data.to_date, ctx.standing.zone)
    lines = await repository.sales(ctx.tx, ctx.org_id, event_id=event.id if event else None, since=since, before=before)
    return SalesReport(
        from_date=data.from_date,
        to_date=data.to_date,
        event_id=event.id if event else None,
        event_name=event.name if event else None,
        lines=lines,
        totals=rules.totals_of(lines),
    )


@operation(scope="reports:read", effect=Effect.read, http=(Http("GET", "/audit"),), card="audit")
async def list_audit(ctx: Context, data: ListAudit) -> Page[AuditEntry]:
    """List who did what, newest first."""
    after = ctx.greenroom.cursors.after("audit", data.cursor)
    found = await repository.audit(ctx.tx, ctx.org_id, data.limit, after[0] if after else None)
    return ctx.greenroom.cursors.page(Page[AuditEntry], "audit", found, data.limit, lambda last: [last.id])
