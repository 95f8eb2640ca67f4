"""Calls of webhooks. Made by api/client_making.py of the API's description; not edited by hand."""

from __future__ import annotations

from typing import Unpack, cast

from api.client.connection import Calls, segment
from api.client.shapes.shared import WebhookDelivery
from api.client.shapes.webhooks import (
    CreateWebhook,
    ListWebhookDeliveriesQuery,
    ListWebhooksQuery,
    NamedWebhookBody,
    PageWebhook,
    PageWebhookDelivery,
    UpdateWebhookBody,
    Webhook,
    WebhookWithSecret,
)


class WebhooksCalls(Calls):
    """What `webhooks` offers."""

    def list_webhooks(self, **fields: Unpack[ListWebhooksQuery]) -> PageWebhook:
        """List who is told what happens, and which of them were switched off.

        Needs the scope `integrations:read`.
        """
        return cast("PageWebhook", self._ask("GET", "/api/webhooks", query=fields))

    def create_webhook(
        self, *, idempotency_key: str | None = None, **fields: Unpack[CreateWebhook]
    ) -> WebhookWithSecret:
        """Tell another program what happens, by a signed POST to its address.

        The answer holds the secret that checks the signatures; it is shown once. Messages carry ids and no
        personal data.

        Needs the scope `integrations:write`.
        """
        return cast(
            "WebhookWithSecret", self._ask("POST", "/api/webhooks", body=fields, keyed=True, key=idempotency_key)
        )

    def get_webhook(self, id: str) -> Webhook:
        """Show one webhook, without its secret.

        Needs the scope `integrations:read`.
        """
        return cast("Webhook", self._ask("GET", f"/api/webhooks/{segment(id)}"))

    def replace_webhook(
        self, id: str, *, if_match: str = "*", idempotency_key: str | None = None, **fields: Unpack[UpdateWebhookBody]
    ) -> Webhook:
        """Change a webhook's address, what it is told of, or switch it off and on.

        Only what is given changes. What waits for a webhook that is switched off is given up.

        Needs the scope `integrations:write`.
        """
        return cast(
            "Webhook",
            self._ask(
                "PUT", f"/api/webhooks/{segment(id)}", body=fields, if_match=if_match, keyed=True, key=idempotency_key
            ),
        )

    def update_webhook(
        self, id: str, *, if_match: str = "*", idempotency_key: str | None = None, **fields: Unpack[UpdateWebhookBody]
    ) -> Webhook:
        """Change a webhook's address, what it is told of, or switch it off and on.

        Only what is given changes. What waits for a webhook that is switched off is given up.

        Needs the scope `integrations:write`.
        """
        return cast(
            "Webhook",
            self._ask(
                "PATCH", f"/api/webhooks/{segment(id)}", body=fields, if_match=if_match, keyed=True, key=idempotency_key
            ),
        )

    def delete_webhook(self, id: str, *, if_match: str = "*", idempotency_key: str | None = None) -> Webhook:
        """Delete a webhook with its deliveries. What was not delivered yet never is.

        Needs the scope `integrations:write`.
        """
        return cast(
            "Webhook",
            self._ask("DELETE", f"/api/webhooks/{segment(id)}", if_match=if_match, keyed=True, key=idempotency_key),
        )

    def rotate_webhook_secret(
        self, id: str, *, idempotency_key: str | None = None, **fields: Unpack[NamedWebhookBody]
    ) -> WebhookWithSecret:
        """Give a webhook a new secret. For 24 hours messages are signed by the old one too.

        The answer holds the new secret; it is shown once.

        Needs the scope `integrations:write`.
        """
        return cast(
            "WebhookWithSecret",
            self._ask(
                "POST", f"/api/webhooks/{segment(id)}/rotate-secret", body=fields, keyed=True, key=idempotency_key
            ),
        )

    def send_test_webhook(
        self, id: str, *, idempotency_key: str | None = None, **fields: Unpack[NamedWebhookBody]
    ) -> WebhookDelivery:
        """Send a test message to a webhook. What came of it stands among its deliveries.

        Needs the scope `integrations:write`.
        """
        return cast(
            "WebhookDelivery",
            self._ask("POST", f"/api/webhooks/{segment(id)}/test", body=fields, keyed=True, key=idempotency_key),
        )

    def list_webhook_deliveries(self, id: str, **fields: Unpack[ListWebhookDeliveriesQuery]) -> PageWebhookDelivery:
        """List what a webhook was sent in the last 30 days, newest first, with what became of each.

        Needs the scope `integrations:read`.
        """
        return cast("PageWebhookDelivery", self._ask("GET", f"/api/webhooks/{segment(id)}/deliveries", query=fields))
