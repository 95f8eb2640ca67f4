"""Brings the sandbox's webhooks to their door, signed as Stripe signs, again and again until it says yes."""

from __future__ import annotations

import asyncio
import hmac
import json
import random
import time
from contextlib import suppress
from datetime import timedelta
from hashlib import sha256
from typing import Any

import httpx
import psycopg
import structlog

from embedded.payments.ledger import Ledger
from embedded.payments.settings import SandboxSettings
from embedded.payments.shapes import event_shape

_AT_ONCE = 50
# Whoever died while delivering keeps an event no longer than this.
_LEASE = timedelta(seconds=30)
_KEPT = timedelta(days=3)
_log = structlog.get_logger("sandbox.payments")


class Courier:
    """One per process; several processes share the round through the database."""

    def __init__(self, ledger: Ledger, settings: SandboxSettings) -> None:
        self._ledger = ledger
        self._settings = settings
        self._news = asyncio.Event()

    def wake(self) -> None:
        """Something happened: look at once."""
        self._news.set()

    async def run(self) -> None:
        """For ever: what is due, then a pause until there is news."""
        async with httpx.AsyncClient(transport=self._settings.transport, timeout=10) as client:
            while True:
                # A database that is away (its restart) comes back; the books are in it.
                with suppress(psycopg.OperationalError):
                    await self.round(client)
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._news.wait(), self._settings.look_seconds)
                self._news.clear()

    async def round(self, client: httpx.AsyncClient) -> int:
        """Settles what is due and delivers what waits. Answers how many deliveries were taken."""
        async with self._ledger.page() as page:
            await page.settle_due()
            knobs = await page.knobs()
        taken = 0
        while knobs.send_webhooks and (due := await self._take()):
            deliveries = [event for event in due for _ in range(knobs.copies)]
            if knobs.shuffle:
                random.shuffle(deliveries)
            answers = await asyncio.gather(*(self._deliver(client, event) for event in deliveries))
            welcome = {event["id"] for event, status in zip(deliveries, answers, strict=True) if 200 <= status < 300}
            await self._note(due, welcome)
            taken += len(deliveries)
        return taken

    async def _take(self) -> list[dict[str, Any]]:
        async with self._ledger.page() as page:
            return await page.run(
                """
                update sandbox.events e set next_at = clock_timestamp() + %s, attempts = e.attempts + 1
                where e.id in (select d.id from sandbox.events d
                    where d.delivered_at is null and d.next_at <= clock_timestamp() and d.created > clock_timestamp() - %s
                    order by d.created limit %s for update skip locked)
                returning e.*
                """,
                _LEASE,
                _KEPT,
                _AT_ONCE,
            )

    async def _note(self, due: list[dict[str, Any]], welcome: set[str]) -> None:
        waits = self._settings.retry_seconds
        async with self._ledger.page() as page:
            for event in due:
                if event["id"] in welcome:
                    await page.run(
                        "update sandbox.events set delivered_at = clock_timestamp() where id = %s", event["id"]
                    )
                    continue
                wait = waits[min(event["attempts"], len(waits)) - 1]
                await page.run(
                    "update sandbox.events set next_at = clock_timestamp() + %s where id = %s",
                    timedelta(seconds=wait),
                    event["id"],
                )

    async def _deliver(self, client: httpx.AsyncClient, event: dict[str, Any]) -> int:
        body = json.dumps(event_shape(event), indent=2).encode()
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "Stripe-Signature": signature(body, self._settings.webhook_secret),
        }
        try:
            answer = await client.post(self._settings.hook_url, content=body, headers=headers)
        except httpx.HTTPError as error:
            _log.info("webhook_not_delivered", event_id=event["id"], error=type(error).__name__)
            return 0
        return answer.status_code


def signature(body: bytes, secret: str, at: int | None = None) -> str:
    """The `Stripe-Signature` header of a body: HMAC-SHA256 over the time and the body."""
    moment = int(time.time()) if at is None else at
    mac = hmac.new(secret.encode(), f"{moment}.".encode() + body, sha256).hexdigest()
    return f"t={moment},v1={mac}"
