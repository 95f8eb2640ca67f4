"""Secrets of webhooks and the headers they sign, as Standard Webhooks 1.0 has it (standardwebhooks.com). Keeps no secret."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from standardwebhooks import Webhook as Signature

from tools.kit.signing import Signer

SECRET_BYTES = 32


def secret_of(signer: Signer, webhook_id: UUID, number: int) -> str:
    """The webhook's secret of that number, made of the service's own: a stolen copy of the database signs nothing."""
    made = signer.signature("webhook", f"{webhook_id}/{number}".encode(), size=SECRET_BYTES)
    return f"whsec_{base64.b64encode(made).decode()}"


def signed_headers(secrets: Iterable[str], message_id: UUID, at: datetime, body: str) -> dict[str, str]:
    """The three headers, with a signature by each secret. `at` is in UTC: receivers refuse what is older than minutes."""
    signatures = [Signature(secret).sign(str(message_id), at, body) for secret in secrets]
    return {
        "webhook-id": str(message_id),
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": " ".join(signatures),
    }
