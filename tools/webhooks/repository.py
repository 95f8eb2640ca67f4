"""SQL of webhooks: who is told, what waits for them, and what became of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, LiteralString
from uuid import UUID

from tools.store.database import Transaction
from tools.webhooks.models import DisabledReason, ListWebhookDeliveries, ListWebhooks, Webhook, WebhookDelivery
from tools.webhooks.rules import KEPT_DAYS

_WEBHOOK: LiteralString = """
    select w.id, w.url, w.description, w.kinds, w.active, w.disabled_reason, w.secret_number, w.secret_rotated_at, w.version,
        w.created_at
    from public.webhooks w
"""

_DELIVERY: LiteralString = """
    select d.id, d.webhook_id, d.kind, d.payload, d.attempts, d.next_attempt_at, d.last_status, d.last_error, d.delivered_at,
        d.given_up_at, d.created_at,
        case when d.delivered_at is not null then 'delivered' when d.given_up_at is not null then 'given_up' else 'waiting' end as status
    from public.webhook_deliveries d
"""


async def get(tx: Transaction, org: UUID, webhook_id: UUID) -> Webhook | None:
    return await tx.fetch_one(
        _WEBHOOK + "where w.org_id = %(org)s and w.id = %(id)s", {"org": org, "id": webhook_id}, row=Webhook
    )


async def lock(tx: Transaction, org: UUID, webhook_id: UUID) -> None:
    """Nobody else changes this webhook until the transaction ends."""
    await tx.execute(
        "select from public.webhooks where org_id = %(org)s and id = %(id)s for update", {"org": org, "id": webhook_id}
    )


async def count(tx: Transaction, org: UUID) -> int:
    return int(await tx.fetch_value("select count(*) from public.webhooks where org_id = %(org)s", {"org": org}))


async def create(tx: Transaction, org: UUID, values: Mapping[str, Any]) -> None:
    await tx.execute(
        """
        insert into public.webhooks (id, org_id, url, description, kinds)
        values (%(id)s, %(org)s, %(url)s, %(description)s, %(kinds)s)
        """,
        {"org": org, **values},
    )


async def update(tx: Transaction, org: UUID, webhook: Webhook) -> None:
    await tx.execute(
        """
        update public.webhooks set url = %(url)s, description = %(description)s, kinds = %(kinds)s, active = %(active)s,
            disabled_reason = %(disabled_reason)s
        where org_id = %(org)s and id = %(id)s
        """,
        {"org": org, **webhook.model_dump()},
    )


async def rotate(tx: Transaction, org: UUID, webhook_id: UUID) -> None:
    await tx.execute(
        "update public.webhooks set secret_number = secret_number + 1, secret_rotated_at = now()"
        " where org_id = %(org)s and id = %(id)s",
        {"org": org, "id": webhook_id},
    )


async def delete(tx: Transaction, org: UUID, webhook_id: UUID) -> None:
    await tx.execute(
        "delete from public.webhooks where org_id = %(org)s and id = %(id)s", {"org": org, "id": webhook_id}
    )


async def find(tx: Transaction, org: UUID, wanted: ListWebhooks, after: list[Any] | None) -> list[Webhook]:
    """The oldest first; one more than the limit when there is a next page."""
    return await tx.fetch_all(
        _WEBHOOK
        + """
        where w.org_id = %(org)s and (%(active)s::boolean is null or w.active = %(active)s)
            and (%(after_at)s::timestamptz is null or (w.created_at, w.id) > (%(after_at)s, %(after_id)s::uuid))
        order by w.created_at, w.id limit %(more)s
        """,
        {
            "org": org,
            "active": wanted.active,
            "after_at": after[0] if after else None,
            "after_id": after[1] if after else None,
            "more": wanted.limit + 1,
        },
        row=Webhook,
    )


async def get_delivery(tx: Transaction, org: UUID, delivery_id: UUID) -> WebhookDelivery | None:
    return await tx.fetch_one(
        _DELIVERY + "where d.org_id = %(org)s and d.id = %(id)s", {"org": org, "id": delivery_id}, row=WebhookDelivery
    )


async def find_deliveries(
    tx: Transaction, org: UUID, wanted: ListWebhookDeliveries, after: list[Any] | None
) -> list[WebhookDelivery]:
    """The newest first; one more than the limit when there is a next page."""
    return await tx.fetch_all(
        _DELIVERY
        + """
        where d.org_id = %(org)s and d.webhook_id = %(webhook)s
            and (%(status)s::text is null or case %(status)s when 'delivered' then d.delivered_at is not null
                when 'given_up' then d.given_up_at is not null else d.next_attempt_at is not null end)
            and (%(after_at)s::timestamptz is null or (d.created_at, d.id) < (%(after_at)s, %(after_id)s::uuid))
        order by d.created_at desc, d.id desc limit %(more)s
        """,
        {
            "org": org,
            "webhook": wanted.webhook,
            "status": wanted.status,
            "after_at": after[0] if after else None,
            "after_id": after[1] if after else None,
            "more": wanted.limit + 1,
        },
        row=WebhookDelivery,
    )


async def ping(tx: Transaction, webhook_id: UUID, delivery_id: UUID) -> None:
    await tx.fetch_value(
        "select app.ping_webhook(%(webhook)s, %(delivery)s)", {"webhook": webhook_id, "delivery": delivery_id}
    )


async def redeliver(tx: Transaction, delivery_id: UUID) -> None:
    await tx.fetch_value("select app.redeliver_webhook(%(delivery)s)", {"delivery": delivery_id})


async def fan_out(tx: Transaction, news: list[int], told: Mapping[str, str]) -> int:
    """A delivery of each of these rows of the outbox for every webhook that asked for it. Answers how many were made."""
    return await tx.execute(
        """
        insert into public.webhook_deliveries (org_id, webhook_id, outbox_id, kind, payload)
        select n.org_id, w.id, n.id, t.value, jsonb_build_object(
            'type', t.value, 'timestamp', app.rfc3339(n.created_at),
            'data', jsonb_build_object('id', n.subject_id, 'event_id', n.event_id, 'organization_id', n.org_id))
        from public.outbox n
        join jsonb_each_text(%(told)s::jsonb) as t on t.key = n.kind
        join public.webhooks w on w.org_id = n.org_id and w.active and (w.kinds = '{}' or t.value = any (w.kinds))
        where n.id = any (%(news)s)
        on conflict (webhook_id, outbox_id) do nothing
        """,
        {"news": news, "told": json.dumps(dict(told))},
    )


@dataclass(frozen=True, slots=True)
class Due:
    """A delivery that is being attempted, with what its webhook is now."""

    id: UUID
    webhook_id: UUID
    kind: str
    payload: str
    """JSON, not read yet: what can not be read stops its own delivery alone."""
    attempts: int
    queued_at: datetime
    url: str
    secret_number: int
    secret_rotated_at: datetime | None
    now: datetime


_CLAIM: LiteralString = """
    with recursive waiting as (
        -- From one webhook to the next along the index: those for which nothing waits cost nothing.
        (select d.webhook_id from public.webhook_deliveries d where d.next_attempt_at is not null order by d.webhook_id limit 1)
        union all
        select (select d.webhook_id from public.webhook_deliveries d
            where d.next_attempt_at is not null and d.webhook_id > w.webhook_id order by d.webhook_id limit 1)
        from waiting w where w.webhook_id is not null
    ),
    due as (
        select d.id from waiting w
        join public.webhooks h on h.id = w.webhook_id and h.active
        join public.organizations g on g.id = h.org_id and g.suspended_at is null
        cross join lateral (
            select d.id, d.next_attempt_at from public.webhook_deliveries d
            where d.webhook_id = w.webhook_id and d.next_attempt_at <= now()
            order by d.next_attempt_at
            limit greatest(0,
                case when exists (
                    select from public.webhook_deliveries q where q.webhook_id = w.webhook_id and q.quiet_until > now())
                then 0 when exists (
                    select from public.webhook_deliveries f
                    where f.webhook_id = w.webhook_id and f.next_attempt_at is not null and f.last_error is not null)
                then 1 else %(abreast)s end
                - (select count(*) from public.webhook_deliveries c
                    where c.webhook_id = w.webhook_id and c.claimed_until > now()))
            for update skip locked
        ) d
        order by d.next_attempt_at limit %(at_most)s
    )
    update public.webhook_deliveries d
    set attempts = least(d.attempts, 99999) + 1, claimed_until = now() + make_interval(secs => %(lease)s),
        next_attempt_at = now() + make_interval(secs => %(lease)s)
    from due, public.webhooks w
    where d.id = due.id and w.org_id = d.org_id and w.id = d.webhook_id
    returning d.id, d.webhook_id, d.kind, d.payload::text as payload, d.attempts, d.queued_at,
        w.url, w.secret_number, w.secret_rotated_at, now() as now
"""


async def claim(tx: Transaction, at_most: int, abreast: int, lease_seconds: float) -> list[Due]:
    """Deliveries whose time has come, the longest due first, counted as attempted and nobody else's until the lease ends.

    None of a webhook that asked for quiet, or of an organisation that is suspended.

    Of one webhook at most `abreast` are under way, and one alone while the last one of it failed.
    """
    return await tx.fetch_all(
        _CLAIM,
        {"at_most": at_most, "abreast": abreast, "lease": lease_seconds},
        row=Due,
    )


async def mark_delivered(tx: Transaction, delivery_id: UUID, status: int) -> None:
    await tx.execute(
        """
        update public.webhook_deliveries set delivered_at = now(), given_up_at = null, next_attempt_at = null, claimed_until = null,
            last_status = %(status)s, last_error = null, quiet_until = null
        where id = %(id)s and delivered_at is null
        """,
        {"id": delivery_id, "status": status},
    )


async def mark_failed(
    tx: Transaction, delivery_id: UUID, status: int | None, why: str, wait: float | None, quiet: float | None
) -> None:
    """`wait`: seconds until it is tried again; None: never. `quiet`: for so long the webhook is told nothing else either."""
    await tx.execute(
        """
        update public.webhook_deliveries set last_status = %(status)s, last_error = %(why)s, claimed_until = null,
            next_attempt_at = now() + make_interval(secs => %(wait)s),
            given_up_at = case when %(wait)s::double precision is null then now() end,
            quiet_until = now() + make_interval(secs => %(quiet)s)
        where id = %(id)s and next_attempt_at is not null
        """,
        {"id": delivery_id, "status": status, "why": why, "wait": wait, "quiet": quiet},
    )


async def arrived_since(tx: Transaction, webhook_id: UUID, since: datetime) -> bool:
    """Whether the webhook took anything since then."""
    return bool(
        await tx.fetch_value(
            "select exists (select from public.webhooks w join public.webhook_deliveries d on d.org_id = w.org_id and d.webhook_id = w.id"
            " where w.id = %(webhook)s and d.delivered_at >= %(since)s)",
            {"webhook": webhook_id, "since": since},
        )
    )


async def disable(tx: Transaction, webhook_id: UUID, why: DisabledReason, line: str) -> None:
    await tx.fetch_value(
        "select app.disable_webhook(%(webhook)s, %(why)s, %(line)s)", {"webhook": webhook_id, "why": why, "line": line}
    )


async def forget_old(tx: Transaction, at_most: int = 5000) -> int:
    """Deliveries older than the log is kept, that ended or wait for an organisation that is suspended. Answers how many."""
    return await tx.execute(
        """
        delete from public.webhook_deliveries where id in (
            select d.id from public.webhook_deliveries d
            where d.created_at < now() - make_interval(days => %(days)s) and (d.next_attempt_at is null or exists (
                select from public.organizations g where g.id = d.org_id and g.suspended_at is not null))
            order by d.created_at limit %(at_most)s)
        """,
        {"days": KEPT_DAYS, "at_most": at_most},
    )
