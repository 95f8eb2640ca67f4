"""From what somebody typed to the promo code, inside the caller's transaction."""

from __future__ import annotations

from uuid import UUID

from tools.context import Context
from tools.errors import Ambiguous
from tools.events.resolve import event_id_of
from tools.kit.ids import as_uuid
from tools.kit.versions import require_version
from tools.promo_codes import repository
from tools.promo_codes.models import Discount, PromoCode
from tools.promo_codes.rules import NoSuchPromoCode, discount_from, normal
from tools.store.database import Transaction


async def discount_of(
    tx: Transaction, org_id: UUID, event_id: UUID, code: str, hold_id: UUID | None = None
) -> Discount:
    """What a code does to the prices of an event. `hold_id`: the buyer's hold, whose uses of the code count as theirs.

    Raises NoSuchPromoCode, PromoCodeNotValid, PromoCodeUsedUp. Whether it still holds when it is sold, app.serve says.
    """
    typed = normal(code)
    row = await repository.discount_row(tx, org_id, event_id, typed, hold_id) if typed else None
    if row is None:
        raise NoSuchPromoCode()
    return discount_from(row)


async def promo_code_of(ctx: Context, reference: str, event: str | None) -> PromoCode:
    """Raises NoSuchPromoCode and Ambiguous."""
    code_id = as_uuid(reference)
    if code_id is None:
        event_id = await event_id_of(ctx, event) if event else None
        typed = normal(reference)
        found = await repository.with_code(ctx.tx, ctx.org_id, event_id, typed) if typed else []
        current = [each for each in found if each.current] or found
        if len(current) > 1:
            raise Ambiguous.between("promo codes", reference, [f"{each.name} ({each.hint})" for each in current])
        code_id = current[0].id if current else None
    code = await repository.get(ctx.tx, ctx.org_id, code_id) if code_id else None
    if code is None:
        raise NoSuchPromoCode(
            f"There is no promo code {reference!r}.", remedy="List what there is with list_promo_codes."
        )
    return code


async def promo_code_to_change(ctx: Context, reference: str, event: str | None) -> PromoCode:
    """The code, nobody else's to change or use until the transaction ends. Raises PreconditionFailed besides."""
    named = await promo_code_of(ctx, reference, event)
    await repository.lock(ctx.tx, ctx.org_id, named.id)
    code = await promo_code_of(ctx, str(named.id), None)
    require_version(ctx.caller.if_match, code.version)
    return code
