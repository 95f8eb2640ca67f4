"""Calls of webhook_deliveries. Made by api/client_making.py of the API's description; not edited by hand."""

from __future__ import annotations

from typing import Unpack, cast

from api.client.connection import Calls, segment
from api.client.shapes.shared import WebhookDelivery
from api.client.shapes.webhook_deliveries import NamedDeliveryBody


class WebhookDeliveriesCalls(Calls):
    """What `webhook_deliveries` offers."""

    def redeliver_webhook(
        self, id: str, *, idempotency_key: str | None = None, **fields: Unpack[NamedDeliveryBody]
    ) -> WebhookDelivery:
        """Send a delivery again, under the id it had, and try for another three days.

        Needs the scope `integrations:write`.
        """
        return cast(
            "WebhookDelivery",
            self._ask(
                "POST", f"/api/webhook-deliveries/{segment(id)}/redeliver", body=fields, keyed=True, key=idempotency_key
            ),
        )
