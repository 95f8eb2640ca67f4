"""Calls of payments. Made by api/client_making.py of the API's description; not edited by hand."""

from __future__ import annotations

from typing import Unpack, cast

from api.client.connection import Calls, segment
from api.client.shapes.payments import ListPaymentsQuery, NamedPaymentBody, PagePayment
from api.client.shapes.shared import Payment


class PaymentsCalls(Calls):
    """What `payments` offers."""

    def settle_payment(
        self, id: str, *, idempotency_key: str | None = None, **fields: Unpack[NamedPaymentBody]
    ) -> Payment:
        """Find out now, from the payment provider, what became of an open or unknown payment.

        Use when somebody waits for a payment that is unknown. Takes the money when it is there and closes the
        payment when it is not.

        Needs the scope `orders:write`.
        """
        return cast(
            "Payment",
            self._ask("POST", f"/api/payments/{segment(id)}/settle", body=fields, keyed=True, key=idempotency_key),
        )

    def give_up_payment(
        self, id: str, *, idempotency_key: str | None = None, **fields: Unpack[NamedPaymentBody]
    ) -> Payment:
        """Close an open or unknown payment: its page is closed, and it counts as failed if nobody can say what
        became of it.

        Use when a payment stays unknown, or the buyer should pay in another way. The provider is asked once
        more first. Money that still comes is still taken: for the order, or given back.

        Needs the scope `orders:write`.
        """
        return cast(
            "Payment",
            self._ask("POST", f"/api/payments/{segment(id)}/give-up", body=fields, keyed=True, key=idempotency_key),
        )

    def list_payments(self, **fields: Unpack[ListPaymentsQuery]) -> PagePayment:
        """List payments by order or status, newest first.

        Use status unknown for those of which nobody knows yet whether the buyer paid.

        Needs the scope `orders:read`.
        """
        return cast("PagePayment", self._ask("GET", "/api/payments", query=fields))
