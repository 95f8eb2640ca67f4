"""From a name or an id to the quota, inside the caller's transaction."""

from __future__ import annotations

from tools.context import Context
from tools.errors import NotFound
from tools.events.resolve import event_id_of
from tools.kit.ids import as_uuid
from tools.kit.naming import pick
from tools.quotas import repository
from tools.quotas.models import Quota


async def quota_of(ctx: Context, reference: str, event: str | None) -> Quota:
    """Raises NotFound and Ambiguous."""
    quota_id = as_uuid(reference)
    if quota_id is None:
        event_id = await event_id_of(ctx, event) if event else None
        quota_id = pick("quota", reference, await repository.named(ctx.tx, ctx.org_id, event_id))
    found = await repository.get(ctx.tx, ctx.org_id, quota_id)
    if found is None:
        raise NotFound.named("quota", reference)
    return found
