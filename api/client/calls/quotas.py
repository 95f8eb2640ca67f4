"""Calls of quotas. Made by api/client_making.py of the API's description; not edited by hand."""

from __future__ import annotations

from typing import Unpack, cast

from api.client.connection import Calls, segment
from api.client.shapes.quotas import (
    CreateQuota,
    DeleteQuotaQuery,
    GetQuotaQuery,
    ListQuotasQuery,
    PageQuota,
    Quota,
    UpdateQuotaBody,
)


class QuotasCalls(Calls):
    """What `quotas` offers."""

    def list_quotas(self, **fields: Unpack[ListQuotasQuery]) -> PageQuota:
        """List quotas in numbers, of one event or of all: those of ticket types, of the event's capacity, and
        shared ones.

        Needs the scope `events:read`.
        """
        return cast("PageQuota", self._ask("GET", "/api/quotas", query=fields))

    def create_quota(self, *, idempotency_key: str | None = None, **fields: Unpack[CreateQuota]) -> Quota:
        """Let several ticket types of an event share one number of places.

        Use for "Early bird and Regular together at most 200", or one name in two currencies. What is sold of
        them already counts.

        Needs the scope `tickets:write`.
        """
        return cast("Quota", self._ask("POST", "/api/quotas", body=fields, keyed=True, key=idempotency_key))

    def get_quota(self, id: str, **fields: Unpack[GetQuotaQuery]) -> Quota:
        """Show one quota in numbers: its size, what is sold, unpaid, on hold, kept for vouchers and free, and what
        it counts.

        Needs the scope `events:read`.
        """
        return cast("Quota", self._ask("GET", f"/api/quotas/{segment(id)}", query=fields))

    def replace_quota(
        self, id: str, *, if_match: str = "*", idempotency_key: str | None = None, **fields: Unpack[UpdateQuotaBody]
    ) -> Quota:
        """Rename a shared quota, make it larger or smaller, or let ticket types join or leave it.

        It can not become smaller than what is taken: sold, in unpaid orders, on hold or kept for vouchers.

        Needs the scope `tickets:write`.
        """
        return cast(
            "Quota",
            self._ask(
                "PUT", f"/api/quotas/{segment(id)}", body=fields, if_match=if_match, keyed=True, key=idempotency_key
            ),
        )

    def update_quota(
        self, id: str, *, if_match: str = "*", idempotency_key: str | None = None, **fields: Unpack[UpdateQuotaBody]
    ) -> Quota:
        """Rename a shared quota, make it larger or smaller, or let ticket types join or leave it.

        It can not become smaller than what is taken: sold, in unpaid orders, on hold or kept for vouchers.

        Needs the scope `tickets:write`.
        """
        return cast(
            "Quota",
            self._ask(
                "PATCH", f"/api/quotas/{segment(id)}", body=fields, if_match=if_match, keyed=True, key=idempotency_key
            ),
        )

    def delete_quota(
        self, id: str, *, if_match: str = "*", idempotency_key: str | None = None, **fields: Unpack[DeleteQuotaQuery]
    ) -> Quota:
        """Delete a shared quota; its ticket types keep their own quantities. What is sold stays sold.

        Needs the scope `tickets:write`.
        """
        return cast(
            "Quota",
            self._ask(
                "DELETE", f"/api/quotas/{segment(id)}", query=fields, if_match=if_match, keyed=True, key=idempotency_key
            ),
        )
