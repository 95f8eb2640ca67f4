"""Sums of a report, without a database."""

from __future__ import annotations

from collections.abc import Sequence

from tools.reports.models import SalesLine, SalesTotal


def totals_of(lines: Sequence[SalesLine]) -> list[SalesTotal]:
    """One total per currency, in the order the currencies appear; amounts of different currencies are never added."""
    totals: dict[str, SalesTotal] = {}
    for line in lines:
        total = totals.setdefault(
            line.currency, SalesTotal(currency=line.currency, sold=0, gross_amount=0, refunded_amount=0, net_amount=0)
        )
        total.sold += line.sold
        total.gross_amount += line.gross_amount
        total.refunded_amount += line.refunded_amount
        total.net_amount += line.net_amount
    return list(totals.values())
