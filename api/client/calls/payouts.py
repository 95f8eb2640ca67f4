"""Calls of payouts. Made by api/client_making.py of the API's description; not edited by hand."""

from __future__ import annotations

from typing import Unpack, cast

from api.client.connection import Calls, segment
from api.client.shapes.payouts import ListPayoutsQuery, PagePayout, Payout, RecordPayout


class PayoutsCalls(Calls):
    """What `payouts` offers."""

    def list_payouts(self, **fields: Unpack[ListPayoutsQuery]) -> PagePayout:
        """List payouts, the newest arrival first, also those that were voided.

        Needs the scope `finance:read`.
        """
        return cast("PagePayout", self._ask("GET", "/api/payouts", query=fields))

    def record_payout(self, *, idempotency_key: str | None = None, **fields: Unpack[RecordPayout]) -> Payout:
        """Record money that a payment provider sent to the bank.

        Use when the organiser says that a payout arrived, or takes the cash to the bank. It moves the amount
        and the provider's fee out of what the provider holds. One payout is recorded once per provider and
        reference.

        Needs the scope `finance:write`.
        """
        return cast("Payout", self._ask("POST", "/api/payouts", body=fields, keyed=True, key=idempotency_key))

    def get_payout(self, id: str) -> Payout:
        """Show one payout.

        Needs the scope `finance:read`.
        """
        return cast("Payout", self._ask("GET", f"/api/payouts/{segment(id)}"))

    def void_payout(self, id: str, *, if_match: str = "*", idempotency_key: str | None = None) -> Payout:
        """Void a payout that was recorded by mistake.

        It stays in the list, counts no more, and its reference may be recorded again.

        Needs the scope `finance:write`.
        """
        return cast(
            "Payout",
            self._ask("DELETE", f"/api/payouts/{segment(id)}", if_match=if_match, keyed=True, key=idempotency_key),
        )
