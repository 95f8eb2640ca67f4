"""What people do with webhooks. None is a step of a proposal: where news goes is decided by a person, never by a model."""

from __future__ import annotations

from uuid import UUID

from tools.context import Caller, Context, Greenroom
from tools.errors import NotFound
from tools.kit.paging import Page
from tools.kit.versions import require_version
from tools.operation import Effect, Http, operation
from tools.webhooks import repository, rules
from tools.webhooks.addresses import WebhookAddressRefused, destination
from tools.webhooks.models import (
    CreateWebhook,
    ListWebhookDeliveries,
    ListWebhooks,
    NamedDelivery,
    NamedWebhook,
    UpdateWebhook,
    Webhook,
    WebhookDelivery,
    WebhookWithSecret,
)
from tools.webhooks.rules import TooManyWebhooks, WebhookExists, WebhookInactive
from tools.webhooks.signing import secret_of


async def _with_secret(greenroom: Greenroom, _: Caller, webhook: WebhookWithSecret) -> WebhookWithSecret:
    """Added after the commit: the answer that is kept for a repeat does not hold it."""
    secret = secret_of(greenroom.signer, webhook.id, webhook.secret_number)
    return webhook.model_copy(update={"secret": secret})


@operation(
    scope="integrations:write",
    effect=Effect.write,
    http=(Http("POST", "/webhooks", 201),),
    errors=(WebhookAddressRefused, WebhookExists, TooManyWebhooks),
    describe=rules.told_created,
    then=_with_secret,
    proposable=False,
)
async def create_webhook(ctx: Context, data: CreateWebhook) -> WebhookWithSecret:
    """Tell another program what happens, by a signed POST to its address.

    The answer holds the secret that checks the signatures; it is shown once. Messages carry ids and no personal data.
    """
    destination(data.url, loopback=ctx.greenroom.loopback_webhooks)
    if await repository.count(ctx.tx, ctx.org_id) >= rules.MOST_WEBHOOKS:
        raise TooManyWebhooks(f"An organisation has at most {rules.MOST_WEBHOOKS} webhooks.")
    new_id = ctx.ids.new_id()
    values = {
        "id": new_id,
        "url": data.url,
        "description": data.description or "",
        "kinds": sorted(set(data.kinds)),
    }
    await repository.create(ctx.tx, ctx.org_id, values)
    return WebhookWithSecret(**(await _webhook_of(ctx, new_id)).model_dump())


@operation(
    scope="integrations:write",
    effect=Effect.write,
    http=(
        Http("PATCH", "/webhooks/{id}", target="webhook", needs_version=True),
        Http("PUT", "/webhooks/{id}", target="webhook", needs_version=True),
    ),
    errors=(WebhookAddressRefused, WebhookExists),
    describe=rules.told_changed,
    proposable=False,
)
async def update_webhook(ctx: Context, data: UpdateWebhook) -> Webhook:
    """Change a webhook's address, what it is told of, or switch it off and on.

    Only what is given changes. What waits for a webhook that is switched off is given up.
    """
    webhook = await _webhook_to_change(ctx, data.webhook)
    given = {k: v for k, v in data.model_dump(exclude={"webhook"}).items() if v is not None}
    if data.url is not None:
        destination(data.url, loopback=ctx.greenroom.loopback_webhooks)
    if data.kinds is not None:
        given["kinds"] = sorted(set(data.kinds))
    if data.active is not None:
        given["disabled_reason"] = None
    await repository.update(ctx.tx, ctx.org_id, webhook.model_copy(update=given))
    return await _webhook_of(ctx, webhook.id)


@operation(
    scope="integrations:write",
    effect=Effect.write,
    http=(Http("DELETE", "/webhooks/{id}", target="webhook", needs_version=True),),
    describe=rules.told_deleted,
    proposable=False,
)
async def delete_webhook(ctx: Context, data: NamedWebhook) -> Webhook:
    """Delete a webhook with its deliveries. What was not delivered yet never is."""
    webhook = await _webhook_to_change(ctx, data.webhook)
    await repository.delete(ctx.tx, ctx.org_id, webhook.id)
    return webhook


@operation(
    scope="integrations:write",
    effect=Effect.write,
    http=(Http("POST", "/webhooks/{id}/rotate-secret", target="webhook"),),
    describe=rules.told_rotated,
    then=_with_secret,
    proposable=False,
)
async def rotate_webhook_secret(ctx: Context, data: NamedWebhook) -> WebhookWithSecret:
    """Give a webhook a new secret. For 24 hours messages are signed by the old one too.

    The answer holds the new secret; it is shown once.
    """
    webhook = await _webhook_to_change(ctx, data.webhook)
    await repository.rotate(ctx.tx, ctx.org_id, webhook.id)
    return WebhookWithSecret(**(await _webhook_of(ctx, webhook.id)).model_dump())


@operation(
    scope="integrations:write",
    effect=Effect.external,
    http=(Http("POST", "/webhooks/{id}/test", 202, target="webhook"),),
    errors=(WebhookInactive,),
    describe=rules.told_tested,
    proposable=False,
)
async def send_test_webhook(ctx: Context, data: NamedWebhook) -> WebhookDelivery:
    """Send a test message to a webhook. What came of it stands among its deliveries."""
    webhook = await _webhook_to_change(ctx, data.webhook)
    if not webhook.active:
        raise WebhookInactive()
    new_id = ctx.ids.new_id()
    await repository.ping(ctx.tx, webhook.id, new_id)
    return await _delivery_of(ctx, new_id)


@operation(scope="integrations:read", effect=Effect.read, http=(Http("GET", "/webhooks/{id}", target="webhook"),))
async def get_webhook(ctx: Context, data: NamedWebhook) -> Webhook:
    """Show one webhook, without its secret."""
    return await _webhook_of(ctx, data.webhook)


@operation(scope="integrations:read", effect=Effect.read, http=(Http("GET", "/webhooks"),))
async def list_webhooks(ctx: Context, data: ListWebhooks) -> Page[Webhook]:
    """List who is told what happens, and which of them were switched off."""
    after = ctx.greenroom.cursors.after("webhooks", data.cursor)
    found = await repository.find(ctx.tx, ctx.org_id, data, after)
    return ctx.greenroom.cursors.page(
        Page[Webhook], "webhooks", found, data.limit, lambda last: [last.created_at, last.id]
    )


@operation(
    scope="integrations:read",
    effect=Effect.read,
    http=(Http("GET", "/webhooks/{id}/deliveries", target="webhook"),),
)
async def list_webhook_deliveries(ctx: Context, data: ListWebhookDeliveries) -> Page[WebhookDelivery]:
    """List what a webhook was sent in the last 30 days, newest first, with what became of each."""
    await _webhook_of(ctx, data.webhook)
    after = ctx.greenroom.cursors.after("webhook_deliveries", data.cursor)
    found = await repository.find_deliveries(ctx.tx, ctx.org_id, data, after)
    return ctx.greenroom.cursors.page(
        Page[WebhookDelivery], "webhook_deliveries", found, data.limit, lambda last: [last.created_at, last.id]
    )


@operation(
    scope="integrations:write",
    effect=Effect.external,
    http=(Http("POST", "/webhook-deliveries/{id}/redeliver", 202, target="delivery"),),
    errors=(WebhookInactive,),
    describe=rules.told_again,
    proposable=False,
)
async def redeliver_webhook(ctx: Context, data: NamedDelivery) -> WebhookDelivery:
    """Send a delivery again, under the id it had, and try for another three days."""
    delivery = await _delivery_of(ctx, data.delivery)
    if not (await _webhook_to_change(ctx, delivery.webhook_id)).active:
        raise WebhookInactive()
    await repository.redeliver(ctx.tx, delivery.id)
    return await _delivery_of(ctx, delivery.id)


async def _webhook_of(ctx: Context, webhook_id: UUID) -> Webhook:
    webhook = await repository.get(ctx.tx, ctx.org_id, webhook_id)
    if webhook is None:
        raise NotFound.named("webhook", str(webhook_id))
    return webhook


async def _webhook_to_change(ctx: Context, webhook_id: UUID) -> Webhook:
    """The webhook, nobody else's to change until the transaction ends. Raises PreconditionFailed besides."""
    await repository.lock(ctx.tx, ctx.org_id, webhook_id)
    webhook = await _webhook_of(ctx, webhook_id)
    require_version(ctx.caller.if_match, webhook.version)
    return webhook


async def _delivery_of(ctx: Context, delivery_id: UUID) -> WebhookDelivery:
    delivery = await repository.get_delivery(ctx.tx, ctx.org_id, delivery_id)
    if delivery is None:
        raise NotFound.named("delivery", str(delivery_id))
    return delivery
