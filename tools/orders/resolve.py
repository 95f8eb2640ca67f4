"""From a number or an id to the order, inside the caller's transaction."""

from __future__ import annotations

from tools.context import Context
from tools.errors import NotFound
from tools.kit.ids import as_uuid
from tools.orders import repository
from tools.orders.models import Order


async def order_of(ctx: Context, reference: str) -> Order:
    """By id or by number. Raises NotFound."""
    order_id = as_uuid(reference)
    if order_id:
        order = await repository.get(ctx.tx, ctx.org_id, order_id)
    else:
        order = await repository.by_number(ctx.tx, ctx.org_id, reference.lstrip("#").strip().upper())
    if order is None:
        raise NotFound.named("order", reference)
    return order


async def order_to_change(ctx: Context, reference: str) -> Order:
    """The order, nobody else's to change until the transaction ends. Raises NotFound."""
    named = await order_of(ctx, reference)
    await repository.lock(ctx.tx, ctx.org_id, named.id)
    return await order_of(ctx, str(named.id))
