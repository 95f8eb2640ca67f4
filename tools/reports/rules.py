"""Sums of a report, without a database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

from tools.reports.models import ComparedEvent, ComparedTotal, ComparedType, Difference, SalesLine, SalesTotal

_COUNTS = ("sold", "refunded")
_AMOUNTS = ("gross_amount", "refunded_amount", "net_amount", "discount_amount", "fee_amount", "tax_amount")


def totals_of(lines: Sequence[SalesLine]) -> list[SalesTotal]:
    """One total per currency, in the order the currencies appear; amounts of different currencies are never added.

    A bundle is money; its tickets are those of what it is made of.
    """
    totals: dict[str, Counter[str]] = {}
    for line in lines:
        total = totals.setdefault(line.currency, Counter())
        for name in _AMOUNTS if line.kind == "bundle" else (*_COUNTS, *_AMOUNTS):
            total[name] += getattr(line, name)
    return [
        SalesTotal(currency=currency, **{name: total[name] for name in (*_COUNTS, *_AMOUNTS)})
        for currency, total in totals.items()
    ]


def moments(
    start: datetime, other_start: datetime, now: datetime, days_before: int | None
) -> tuple[datetime, datetime]:
    """Until when each of two events is looked at: the same time before their starts, never past now."""
    before = timedelta(days=days_before) if days_before is not None else max(start - now, timedelta())
    return min(start - before, now), min(other_start - before, now)


def compared_totals(types: Sequence[ComparedType]) -> list[ComparedTotal]:
    totals: dict[str, ComparedTotal] = {}
    for line in types:
        total = totals.setdefault(line.currency, ComparedTotal(currency=line.currency, tickets=0, net_amount=0))
        total.tickets += 0 if line.kind == "bundle" else line.tickets
        total.net_amount += line.net_amount
    return list(totals.values())


def differences(event: ComparedEvent, other: ComparedEvent) -> list[Difference]:
    """The first less the second: the totals, then each name of a ticket type, told apart by currency only."""
    found: dict[tuple[str | None, str], Difference] = {}
    for compared, sign in ((event, 1), (other, -1)):
        rows = [(None, each) for each in compared.totals] + [(each.ticket_type_name, each) for each in compared.types]
        for name, line in rows:
            difference = found.setdefault(
                (name.lower() if name else None, line.currency),
                Difference(ticket_type_name=name, currency=line.currency, tickets=0, net_amount=0),
            )
            difference.tickets += sign * line.tickets
            difference.net_amount += sign * line.net_amount
    return sorted(found.values(), key=lambda each: (each.ticket_type_name or "", each.currency))
