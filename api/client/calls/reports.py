"""Calls of reports. Made by api/client_making.py of the API's description; not edited by hand."""

from __future__ import annotations

from typing import Unpack, cast

from api.client.connection import Calls
from api.client.shapes.reports import (
    CompareSalesQuery,
    LedgerReport,
    LedgerReportQuery,
    OrdersToSettleQuery,
    SalesComparison,
    SalesReport,
    SalesReportQuery,
    SettlePage,
)


class ReportsCalls(Calls):
    """What `reports` offers."""

    def ledger_report(self, **fields: Unpack[LedgerReportQuery]) -> LedgerReport:
        """Report the balance of every account of the books, per currency, for an event or a period.

        Use for "what do buyers still owe us", "how much does the payment provider hold", "how much tax did we
        take". Accounts: receivable (buyers owe it; below zero we owe it), cash:… (held by the provider;
        cash:manual by hand), bank, provider_fees, revenue and fees (without tax), tax, goodwill (let go of the
        price), retained (kept of orders that ended). All accounts of a currency sum to zero.

        Needs the scope `finance:read`.
        """
        return cast("LedgerReport", self._ask("GET", "/api/reports/ledger", query=fields))

    def sales_report(self, **fields: Unpack[SalesReportQuery]) -> SalesReport:
        """Report what was sold, per event and ticket type, and what came of it in money.

        Use for "how many tickets did we sell", "how are sales", "sales of November", "sales per day", "which
        promo code sells". Days are days of ordering. With group_by also by day, by channel or by promo code.
        Currencies are never added up.

        Needs the scope `reports:read`.
        """
        return cast("SalesReport", self._ask("GET", "/api/reports/sales", query=fields))

    def compare_sales(self, **fields: Unpack[CompareSalesQuery]) -> SalesComparison:
        """Compare how an event sells with another one at the same time before its start.

        Use for "how are we doing against last year", "are we ahead of the spring concert at this point".
        Tickets and money by ticket type; who came and who did not, once an event is over.

        Needs the scope `reports:read`.
        """
        return cast("SalesComparison", self._ask("GET", "/api/reports/comparison", query=fields))

    def orders_to_settle(self, **fields: Unpack[OrdersToSettleQuery]) -> SettlePage:
        """List the orders whose money is not right yet: unpaid, part paid, paid too much, unknown, or with a
        refund that failed.

        Use for "who has not paid", "who paid too much", "which refunds went wrong", "is there money we do not
        know about". Oldest first, with the sums over all of them.

        Needs the scope `reports:read`.
        """
        return cast("SettlePage", self._ask("GET", "/api/reports/to-settle", query=fields))
