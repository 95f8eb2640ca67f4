"""What happens to promo codes and vouchers, in words of the trade."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from tools.context import Context, Greenroom
from tools.errors import InvalidInput
from tools.events.models import Event
from tools.events.resolve import event_id_of, event_of
from tools.events.rules import EventStateConflict, require_changeable
from tools.kit.paging import Page
from tools.operation import Effect, Http, operation
from tools.promo_codes import repository, rules
from tools.promo_codes.models import (
    CreatePromoCode,
    CreateVouchers,
    ListPromoCodes,
    NamedPromoCode,
    PromoCode,
    UpdatePromoCode,
    Vouchers,
)
from tools.promo_codes.resolve import promo_code_of, promo_code_to_change
from tools.tickets.models import TicketType
from tools.tickets.resolve import ticket_type_of
from tools.tickets.rules import TicketsSoldOut


@operation(
    scope="tickets:write",
    effect=Effect.write,
    http=(Http("POST", "/promo-codes", 201),),
    card="promo_code",
    undo="restore",
    errors=(rules.PromoCodeExists, rules.PromoCodeEffect, rules.PromoCodeWindow, EventStateConflict),
    describe=rules.told_created,
)
async def create_promo_code(ctx: Context, data: CreatePromoCode) -> PromoCode:
    """Add a promo code to an event: a percentage off, an amount off each ticket, a fixed price, or a key to hidden ticket types.

    Use for "20 % off for students with code STUDENT, 50 times at most". A use is one ticket. Without a discount it opens the
    hidden ticket types it names. For codes that keep places out of sale use create_vouchers.
    """
    event = await event_of(ctx, data.event)
    require_changeable(event)
    rules.require_window(data.valid_from, data.valid_until)
    types = await _types(ctx, data.ticket_types, event.id)
    values = data.model_dump(exclude={"event", "code", "label", "ticket_types", "currency"})
    values["kind"] = rules.kind_of(values, [each.id for each in types])
    currency = rules.currency_of(values, data.currency, event.currency)
    rules.require_types_in(currency, types)
    code_id = ctx.ids.new_id()
    await repository.create(
        ctx.tx,
        ctx.org_id,
        values
        | {
            "ids": [code_id],
            "codes": [data.code],
            "event_id": event.id,
            "label": data.label or "",
            "currency": currency,
            "blocks": None,
        },
    )
    made = await _promo_code(ctx, code_id)
    await repository.set_types(ctx.tx, ctx.org_id, made, [each.id for each in types])
    return await _promo_code(ctx, code_id)


@operation(
    scope="tickets:write",
    effect=Effect.write,
    http=(Http("POST", "/vouchers", 201),),
    card="vouchers",
    undo="restore",
    errors=(rules.PromoCodeEffect, rules.PromoCodeWindow, EventStateConflict, TicketsSoldOut),
    describe=rules.told_vouchers,
)
async def create_vouchers(ctx: Context, data: CreateVouchers) -> Vouchers:
    """Make random codes that each keep places of one ticket type out of sale for whoever has the code, and return them as a list.

    Use for "25 free codes for speakers, valid to 31 May": quantity 25 and price_amount 0. Without a discount they cost the usual
    price. What is not used by valid_until goes back on sale.
    """
    ticket_type = await ticket_type_of(ctx, data.ticket_type, data.event)
    event = await event_of(ctx, str(ticket_type.event_id))
    require_changeable(event)
    rules.require_window(data.valid_from, data.valid_until)
    values = data.model_dump(exclude={"event", "ticket_type", "quantity", "prefix", "label"})
    rules.kind_of(values, [ticket_type.id])
    ids = [ctx.ids.new_id() for _ in range(data.quantity)]
    codes = [rules.voucher_code(data.prefix, ctx.ids.new_id()) for _ in ids]
    label = data.label or ""
    currency = rules.currency_of(values, ticket_type.currency, ticket_type.currency)
    await repository.create(
        ctx.tx,
        ctx.org_id,
        values
        | {
            "ids": ids,
            "codes": codes,
            "kind": "voucher",
            "event_id": event.id,
            "label": label,
            "budget_amount": None,
            "max_per_buyer": None,
            "currency": currency,
            "blocks": ticket_type.id,
        },
    )
    return Vouchers(
        **data.model_dump(include={"percent_basis_points", "off_amount", "price_amount", "max_uses", "valid_until"}),
        id=ids[0],
        event_id=event.id,
        event_name=event.name,
        ticket_type_id=ticket_type.id,
        ticket_type_name=ticket_type.name,
        label=label,
        currency=currency,
        places=data.quantity * data.max_uses,
        codes=codes,
        csv=rules.csv_of(codes, ticket_type.name, data.max_uses, data.valid_until, label),
    )


@operation(
    scope="tickets:write",
    effect=Effect.write,
    http=(
        Http("PATCH", "/promo-codes/{id}", target="promo_code", needs_version=True),
        Http("PUT", "/promo-codes/{id}", target="promo_code", needs_version=True),
    ),
    card="promo_code",
    undo="restore",
    errors=(
        rules.NoSuchPromoCode,
        rules.PromoCodeExists,
        rules.PromoCodeEffect,
        rules.PromoCodeWindow,
        rules.PromoCodeBelowUse,
        TicketsSoldOut,
    ),
    describe=rules.told_changed,
)
async def update_promo_code(ctx: Context, data: UpdatePromoCode) -> PromoCode:
    """Change a promo code or voucher: its discount, limits, validity or ticket types; or stop it with active false.

    Only what is given changes; `clear` takes a limit away. A new discount replaces the old one. Orders already made keep theirs.
    A stopped voucher lets go of its places, an active one takes them again.
    """
    code = await promo_code_to_change(ctx, data.promo_code, data.event)
    event = await event_of(ctx, str(code.event_id))
    changed, types = await _changed(ctx, code, data, event)
    await repository.update(ctx.tx, ctx.org_id, changed)
    if types is not None:
        await repository.set_types(ctx.tx, ctx.org_id, code, [each.id for each in types])
    if not changed.active and data.active is None:
        ctx.warn(f"{changed.code} is stopped; set active to true to use it again.")
    return await _promo_code(ctx, code.id)


async def _changed(
    ctx: Context, code: PromoCode, data: UpdatePromoCode, event: Event
) -> tuple[PromoCode, list[TicketType] | None]:
    """The code as it would be, checked, and the types it is for when those change."""
    given = data.model_dump(exclude={"promo_code", "event", "ticket_types", "clear"}, exclude_none=True)
    values: dict[str, Any] = code.model_dump()
    if any(name in given for name in rules.EFFECTS):
        values |= dict.fromkeys(rules.EFFECTS)
    values |= dict.fromkeys(data.clear) | given
    types = None
    if data.ticket_types is not None or "ticket_types" in data.clear:
        types = await _types(ctx, data.ticket_types or [], event.id)
    for_types = [each.id for each in (code.ticket_types if types is None else types)]
    if code.kind == "voucher":
        if types is not None or "max_uses" in data.clear or values["budget_amount"] is not None:
            raise rules.PromoCodeEffect(
                "A voucher keeps so many places of one ticket type; those can not be taken away, and it has no budget.",
                remedy="Stop it with active false and make new vouchers.",
            )
        rules.kind_of(values, for_types)
    elif rules.kind_of(values, for_types) != code.kind:
        raise rules.PromoCodeEffect(
            "A promo code with a discount and one without are two kinds.", remedy="Delete it and add another."
        )
    values["currency"] = rules.currency_of(values, data.currency, code.currency or event.currency)
    changed = code.model_copy(update={name: values[name] for name in type(code).model_fields if name != "ticket_types"})
    rules.require_window(changed.valid_from, changed.valid_until)
    rules.require_room(changed)
    if types is None and changed.currency != code.currency:
        rules.require_types_in(
            changed.currency, [await ticket_type_of(ctx, str(t.id), None) for t in code.ticket_types]
        )
    rules.require_types_in(changed.currency, types or ())
    return changed, types


@operation(
    scope="tickets:write",
    effect=Effect.write,
    http=(Http("DELETE", "/promo-codes/{id}", target="promo_code", needs_version=True),),
    card="promo_code",
    undo="restore",
    errors=(rules.NoSuchPromoCode, rules.PromoCodeInUse),
    describe=rules.told_deleted,
)
async def delete_promo_code(ctx: Context, data: NamedPromoCode) -> PromoCode:
    """Delete a promo code or voucher that nobody used yet. The places a voucher keeps go back on sale."""
    code = await promo_code_to_change(ctx, data.promo_code, data.event)
    if await repository.is_used(ctx.tx, ctx.org_id, code.id):
        raise rules.PromoCodeInUse(f"{code.code} was used.", details={"uses": code.uses})
    await repository.delete(ctx.tx, ctx.org_id, code.id)
    return code


@operation(
    scope="events:read",
    effect=Effect.read,
    http=(Http("GET", "/promo-codes/{id}", target="promo_code"),),
    card="promo_code",
    errors=(rules.NoSuchPromoCode,),
)
async def get_promo_code(ctx: Context, data: NamedPromoCode) -> PromoCode:
    """Show one promo code or voucher: what it does, how often it was used, what it cost, what it keeps out of sale."""
    return await promo_code_of(ctx, data.promo_code, data.event)


@operation(scope="events:read", effect=Effect.read, http=(Http("GET", "/promo-codes"),), card="promo_codes")
async def list_promo_codes(ctx: Context, data: ListPromoCodes) -> Page[PromoCode]:
    """List promo codes and vouchers with their use, of one event or of all."""
    event_id = await event_id_of(ctx, data.event) if data.event else None
    after = ctx.greenroom.cursors.after("promo_codes", data.cursor)
    found = await repository.find(ctx.tx, ctx.org_id, data, event_id, after)
    return ctx.greenroom.cursors.page(
        Page[PromoCode], "promo_codes", found, data.limit, lambda last: [last.created_at, last.id]
    )


async def release_expired_vouchers(greenroom: Greenroom, at_most: int = 200) -> int:
    """Puts the unused places of vouchers that are over back on sale. Answers how many vouchers ended."""
    async with greenroom.database.session(None) as tx:
        return await repository.stop_expired(tx, at_most)


async def _promo_code(ctx: Context, code_id: UUID) -> PromoCode:
    return await promo_code_of(ctx, str(code_id), None)


async def _types(ctx: Context, references: Sequence[str], event_id: UUID) -> list[TicketType]:
    """Each once. Raises NotFound, Ambiguous, InvalidInput for a type of another event."""
    found: dict[UUID, TicketType] = {}
    for reference in references:
        ticket_type = await ticket_type_of(ctx, reference, str(event_id))
        if ticket_type.event_id != event_id:
            raise InvalidInput(f"{ticket_type.name} is a ticket type of {ticket_type.event_name}.")
        found[ticket_type.id] = ticket_type
    return list(found.values())
