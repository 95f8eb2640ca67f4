"""Calls of promo_codes. Made by api/client_making.py of the API's description; not edited by hand."""

from __future__ import annotations

from typing import Unpack, cast

from api.client.connection import Calls, segment
from api.client.shapes.promo_codes import (
    CreatePromoCode,
    DeletePromoCodeQuery,
    GetPromoCodeQuery,
    ListPromoCodesQuery,
    PagePromoCode,
    PromoCode,
    UpdatePromoCodeBody,
)


class PromoCodesCalls(Calls):
    """What `promo_codes` offers."""

    def list_promo_codes(self, **fields: Unpack[ListPromoCodesQuery]) -> PagePromoCode:
        """List promo codes and vouchers with their use, of one event or of all.

        Needs the scope `events:read`.
        """
        return cast("PagePromoCode", self._ask("GET", "/api/promo-codes", query=fields))

    def create_promo_code(self, *, idempotency_key: str | None = None, **fields: Unpack[CreatePromoCode]) -> PromoCode:
        """Add a promo code to an event: a percentage off, an amount off each ticket, a fixed price, or a key to
        hidden ticket types.

        Use for "20 % off for students with code STUDENT, 50 times at most". A use is one ticket. Without a
        discount it opens the hidden ticket types it names. For codes that keep places out of sale use
        create_vouchers.

        Needs the scope `tickets:write`.
        """
        return cast("PromoCode", self._ask("POST", "/api/promo-codes", body=fields, keyed=True, key=idempotency_key))

    def get_promo_code(self, id: str, **fields: Unpack[GetPromoCodeQuery]) -> PromoCode:
        """Show one promo code or voucher: what it does, how often it was used, what it cost, what it keeps out of
        sale.

        Needs the scope `events:read`.
        """
        return cast("PromoCode", self._ask("GET", f"/api/promo-codes/{segment(id)}", query=fields))

    def replace_promo_code(
        self, id: str, *, if_match: str = "*", idempotency_key: str | None = None, **fields: Unpack[UpdatePromoCodeBody]
    ) -> PromoCode:
        """Change a promo code or voucher: its discount, limits, validity or ticket types; or stop it with active
        false.

        Only what is given changes; `clear` takes a limit away. A new discount replaces the old one. Orders
        already made keep theirs. A stopped voucher lets go of its places, an active one takes them again.

        Needs the scope `tickets:write`.
        """
        return cast(
            "PromoCode",
            self._ask(
                "PUT",
                f"/api/promo-codes/{segment(id)}",
                body=fields,
                if_match=if_match,
                keyed=True,
                key=idempotency_key,
            ),
        )

    def update_promo_code(
        self, id: str, *, if_match: str = "*", idempotency_key: str | None = None, **fields: Unpack[UpdatePromoCodeBody]
    ) -> PromoCode:
        """Change a promo code or voucher: its discount, limits, validity or ticket types; or stop it with active
        false.

        Only what is given changes; `clear` takes a limit away. A new discount replaces the old one. Orders
        already made keep theirs. A stopped voucher lets go of its places, an active one takes them again.

        Needs the scope `tickets:write`.
        """
        return cast(
            "PromoCode",
            self._ask(
                "PATCH",
                f"/api/promo-codes/{segment(id)}",
                body=fields,
                if_match=if_match,
                keyed=True,
                key=idempotency_key,
            ),
        )

    def delete_promo_code(
        self,
        id: str,
        *,
        if_match: str = "*",
        idempotency_key: str | None = None,
        **fields: Unpack[DeletePromoCodeQuery],
    ) -> PromoCode:
        """Delete a promo code or voucher that nobody used yet. The places a voucher keeps go back on sale.

        Needs the scope `tickets:write`.
        """
        return cast(
            "PromoCode",
            self._ask(
                "DELETE",
                f"/api/promo-codes/{segment(id)}",
                query=fields,
                if_match=if_match,
                keyed=True,
                key=idempotency_key,
            ),
        )
