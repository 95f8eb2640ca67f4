"""Rows of the sandbox as the objects Stripe answers and sends: only what a client of Checkout reads."""

from __future__ import annotations

from datetime import datetime
from typing import Any

API_VERSION = "2025-09-30.clover"


def session_shape(row: dict[str, Any], url: str) -> dict[str, Any]:
    """A Checkout session; `url` is where the pay page lives."""
    return {
        "id": row["id"],
        "object": "checkout.session",
        "amount_subtotal": row["amount"],
        "amount_total": row["amount"],
        "currency": row["currency"],
        "mode": "payment",
        "status": row["status"],
        "payment_status": row["payment_status"],
        "payment_intent": row["intent"] if row["status"] == "complete" else None,
        "client_reference_id": row["reference"],
        "customer_email": row["email"],
        "metadata": row["metadata"],
        "created": _seconds(row["created"]),
        "expires_at": _seconds(row["expires_at"]),
        "success_url": row["success_url"],
        "cancel_url": row["cancel_url"],
        "url": f"{url}/pay/{row['id']}" if row["status"] == "open" else None,
        "livemode": False,
    }


def intent_shape(row: dict[str, Any]) -> dict[str, Any]:
    """The payment intent behind a session."""
    paid = row["payment_status"] == "paid"
    return {
        "id": row["intent"],
        "object": "payment_intent",
        "amount": row["amount"],
        "amount_received": row["amount"] if paid else 0,
        "currency": row["currency"],
        "status": "succeeded" if paid else "processing" if row["status"] == "complete" else "requires_payment_method",
        "metadata": row["metadata"],
        "created": _seconds(row["created"]),
        "livemode": False,
    }


def refund_shape(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": row["id"],
        "object": "refund",
        "amount": row["amount"],
        "currency": row["currency"],
        "payment_intent": row["intent"],
        "status": row["status"],
        "failure_reason": row["failure_reason"],
        "metadata": row["metadata"],
        "created": _seconds(row["created"]),
    }


def list_shape(path: str, found: list[dict[str, Any]], *, more: bool) -> dict[str, Any]:
    return {"object": "list", "url": path, "has_more": more, "data": found}


def event_shape(row: dict[str, Any]) -> dict[str, Any]:
    """A webhook's body; the object is as it was when the event happened."""
    return {
        "id": row["id"],
        "object": "event",
        "api_version": API_VERSION,
        "created": _seconds(row["created"]),
        "type": row["type"],
        "livemode": False,
        "pending_webhooks": 1,
        "request": {"id": None, "idempotency_key": None},
        "data": {"object": row["object"]},
    }


def _seconds(moment: datetime) -> int:
    return int(moment.timestamp())
