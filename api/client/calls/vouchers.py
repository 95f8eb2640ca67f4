"""Calls of vouchers. Made by api/client_making.py of the API's description; not edited by hand."""

from __future__ import annotations

from typing import Unpack, cast

from api.client.connection import Calls
from api.client.shapes.vouchers import CreateVouchers, Vouchers


class VouchersCalls(Calls):
    """What `vouchers` offers."""

    def create_vouchers(self, *, idempotency_key: str | None = None, **fields: Unpack[CreateVouchers]) -> Vouchers:
        """Make random codes that each keep places of one ticket type out of sale for whoever has the code, and
        return them as a list.

        Use for "25 free codes for speakers, valid to 31 May": quantity 25 and price_amount 0. Without a
        discount they cost the usual price. What is not used by valid_until goes back on sale.

        Needs the scope `tickets:write`.
        """
        return cast("Vouchers", self._ask("POST", "/api/vouchers", body=fields, keyed=True, key=idempotency_key))
