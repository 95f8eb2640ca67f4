"""Deliveries on their way: claimed in one transaction, posted outside of any, settled in another. A crash repeats one under its id."""

from __future__ import annotations

import random

import orjson
import structlog

from tools.context import Greenroom
from tools.store.database import Transaction
from tools.webhooks import repository, rules
from tools.webhooks.addresses import WebhookAddressRefused, destination
from tools.webhooks.posting import Answered, NotPosted, Poster
from tools.webhooks.repository import Due
from tools.webhooks.signing import secret_of, signed_headers

_log = structlog.get_logger("greenroom.webhooks")

ABREAST = 4
"""Deliveries of one webhook at a time: one receiver never takes up the whole worker."""


async def tell(tx: Transaction, news: list[int]) -> int:
    """Makes deliveries of rows of the outbox, in the transaction that marks them. Answers how many."""
    return await repository.fan_out(tx, news, rules.TOLD) if news else 0


async def claim(greenroom: Greenroom, at_most: int, lease_seconds: float) -> list[Due]:
    """Deliveries to attempt now; who dies with them leaves them to others once the lease has ended."""
    async with greenroom.database.session(None) as tx:
        return await repository.claim(tx, at_most, ABREAST, lease_seconds)


async def deliver(greenroom: Greenroom, poster: Poster, due: Due) -> None:
    """One attempt, and what becomes of the delivery and of its webhook."""
    try:
        answered, why = await _attempt(greenroom, poster, due)
    except (ValueError, TypeError, LookupError) as error:
        # What is stored can not be made a message: it has failed, and is not due again at once for ever.
        _log.error("delivery_not_sent", delivery=str(due.id), error=type(error).__qualname__)
        answered, why = None, "it can not be sent"
    status = answered.status if answered else None
    asked = rules.asked_for(answered.retry_after, due.now) if answered else None
    # Spreads attempts, keeps no secret.
    verdict = rules.verdict(status, due.attempts, due.queued_at, due.now, random.random(), asked)  # noqa: S311
    async with greenroom.database.session(None) as tx:
        if verdict.end == "delivered" and status is not None:
            await repository.mark_delivered(tx, due.id, status)
            return
        await repository.mark_failed(tx, due.id, status, why, verdict.wait, verdict.quiet)
        if verdict.disable is None:
            return
        if verdict.if_nothing_arrived and await repository.arrived_since(tx, due.webhook_id, due.queued_at):
            return
        await repository.disable(tx, due.webhook_id, verdict.disable, rules.told_disabled(due.url, verdict.disable))


async def forget_old(greenroom: Greenroom) -> int:
    async with greenroom.database.session(None) as tx:
        return await repository.forget_old(tx)


async def _attempt(greenroom: Greenroom, poster: Poster, due: Due) -> tuple[Answered | None, str]:
    """The answer, if one came, and in our own words why it is no success."""
    body = orjson.dumps(orjson.loads(due.payload))
    numbers = rules.numbers_signing(due.secret_number, due.secret_rotated_at, due.now)
    secrets = [secret_of(greenroom.signer, due.webhook_id, number) for number in numbers]
    headers = {"content-type": "application/json", "user-agent": "Greenroom-Webhooks/1"}
    headers |= signed_headers(secrets, due.id, due.now, body.decode())
    try:
        # Again, at each attempt: the address may have been written by another road than the operation.
        to = destination(due.url, loopback=greenroom.loopback_webhooks)
        answered = await poster.post(to, headers, body)
    except WebhookAddressRefused:
        return None, "the address is not allowed"
    except NotPosted as failure:
        return None, str(failure)
    return answered, f"answered {answered.status}"
