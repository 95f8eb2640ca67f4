"""What an order costs, line by line: pure integer arithmetic in minor units. docs/pricing.md has the rules with worked tables."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol
from uuid import UUID

from tools.promo_codes.models import Discount

__all__ = ["Billed", "Discount", "Line", "Offer", "Priced", "Reversal", "price", "take_back"]

WHOLE = 10_000
"""Basis points in the whole: 1900 is 19 %."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A ticket type at one version, as far as prices care."""

    id: UUID
    event_id: UUID
    name: str
    kind: Literal["ticket", "add_on", "bundle"]
    version: int
    price_amount: int
    currency: str
    fee_amount: int
    fee_basis_points: int
    tax_basis_points: int
    tax_included: bool
    needs_approval: bool
    parts: tuple[tuple[UUID, int], ...] = ()
    """Of a bundle: (ticket type id, how many per bundle)."""


@dataclass(frozen=True, slots=True)
class Line:
    """One order item; all amounts but the price are for the whole line."""

    offer: Offer
    quantity: int
    price_amount: int
    discount_amount: int
    fee_amount: int
    tax_amount: int
    tax_basis_points: int
    tax_included: bool
    total_amount: int
    part_of: int | None = None
    """Index of the bundle's line."""


@dataclass(frozen=True, slots=True)
class Priced:
    lines: tuple[Line, ...]
    discount_amount: int
    fee_amount: int
    tax_amount: int
    total_amount: int
    promo_uses: int
    needs_approval: bool


class Billed(Protocol):
    """An order item that may be taken back: a `Line`, or its row."""

    @property
    def quantity(self) -> int: ...
    @property
    def price_amount(self) -> int: ...
    @property
    def discount_amount(self) -> int: ...
    @property
    def fee_amount(self) -> int: ...
    @property
    def tax_amount(self) -> int: ...
    @property
    def tax_included(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Reversal:
    """The order item that takes tickets of a line back: signs as its row has them, so all but the price are 0 or less."""

    quantity: int
    price_amount: int
    discount_amount: int
    fee_amount: int
    tax_amount: int
    total_amount: int


def price(wanted: Sequence[tuple[Offer, int]], discount: Discount | None, offers: Mapping[UUID, Offer]) -> Priced:
    """Prices `wanted`, all in one currency. `offers` has at least the parts of the bundles wanted."""
    merged: dict[UUID, tuple[Offer, int]] = {}
    for offer, quantity in wanted:
        merged[offer.id] = (offer, merged[offer.id][1] + quantity if offer.id in merged else quantity)
    reduced = _reduced(list(merged.values()), discount) if discount else {}
    lines: list[Line] = []
    for offer, quantity in merged.values():
        with_code, off = reduced.get(offer.id, (0, 0))
        shares = [(with_code, off), (quantity - with_code, 0)] if off else [(quantity, 0)]
        for share, share_off in shares:
            if share:
                lines.append(_line(offer, share, share_off))
                lines.extend(_parts(offer, share, len(lines) - 1, offers))
    return Priced(
        lines=tuple(lines),
        discount_amount=sum(line.discount_amount for line in lines),
        fee_amount=sum(line.fee_amount for line in lines),
        tax_amount=sum(line.tax_amount for line in lines),
        total_amount=sum(line.total_amount for line in lines),
        promo_uses=sum(uses for uses, _ in reduced.values()),
        needs_approval=any(line.offer.needs_approval for line in lines),
    )


def take_back(line: Billed, quantity: int, already_taken: int) -> Reversal:
    """Takes `quantity` more tickets of a line back, `already_taken` went before: all reversals of a line sum to it exactly."""
    if quantity < 1 or already_taken < 0 or already_taken + quantity > line.quantity:
        raise ValueError(f"{quantity} after {already_taken} can not be taken back of {line.quantity}")

    def share(amount: int) -> int:
        upto = already_taken + quantity
        return _rounded(amount * upto, line.quantity) - _rounded(amount * already_taken, line.quantity)

    discount, fee, tax = share(line.discount_amount), share(line.fee_amount), share(line.tax_amount)
    total = quantity * line.price_amount - discount + fee + (0 if line.tax_included else tax)
    return Reversal(-quantity, line.price_amount, -discount, -fee, -tax, -total)


def discount_of_tickets(discount: Discount, list_price: int, quantity: int) -> int:
    """What the code takes off so many tickets, its limits aside; never more than they cost."""
    if discount.percent_basis_points is not None:
        return _rounded(list_price * quantity * discount.percent_basis_points, WHOLE)
    if discount.off_amount is not None:
        return min(discount.off_amount, list_price) * quantity
    if discount.price_amount is not None:
        return max(list_price - discount.price_amount, 0) * quantity
    return 0


def _reduced(wanted: list[tuple[Offer, int]], discount: Discount) -> dict[UUID, tuple[int, int]]:
    """Per type: how many tickets use the code, and what it takes off them. The most reduced tickets come first, so that a code
    which does not reach all is worth the most and the order of the basket does not matter."""
    uses_left, budget_left = discount.uses_left, discount.budget_left
    reduced: dict[UUID, tuple[int, int]] = {}
    for offer, quantity in sorted(
        wanted, key=lambda each: (-discount_of_tickets(discount, each[0].price_amount, WHOLE), each[0].id)
    ):
        named = offer.id in discount.ticket_type_ids
        if (discount.ticket_type_ids and not named) or discount.currency not in (None, offer.currency):
            continue
        if not discount.has_effect:
            # A key opens all or nothing: what it has no uses for is refused at the counter, not sold without it.
            reduced[offer.id] = (quantity, 0)
            continue
        uses = quantity if uses_left is None else min(quantity, uses_left)
        off = discount_of_tickets(discount, offer.price_amount, uses)
        if budget_left is not None and off > budget_left:
            uses = bisect_left(
                range(uses), budget_left, key=lambda n: discount_of_tickets(discount, offer.price_amount, n)
            )
            off = budget_left
        if not off and not named:
            continue
        reduced[offer.id] = (uses, off)
        uses_left = None if uses_left is None else uses_left - uses
        budget_left = None if budget_left is None else budget_left - off
    return reduced


def _line(offer: Offer, quantity: int, discount: int) -> Line:
    net = quantity * offer.price_amount - discount
    # What costs nothing carries no fee.
    fee = quantity * offer.fee_amount + _rounded(net * offer.fee_basis_points, WHOLE) if net else 0
    gross = net + fee
    if offer.tax_included:
        tax = _rounded(gross * offer.tax_basis_points, WHOLE + offer.tax_basis_points)
    else:
        tax = _rounded(gross * offer.tax_basis_points, WHOLE)
    return Line(
        offer=offer,
        quantity=quantity,
        price_amount=offer.price_amount,
        discount_amount=discount,
        fee_amount=fee,
        tax_amount=tax,
        tax_basis_points=offer.tax_basis_points,
        tax_included=offer.tax_included,
        total_amount=gross if offer.tax_included else gross + tax,
    )


def _parts(bundle: Offer, quantity: int, index: int, offers: Mapping[UUID, Offer]) -> list[Line]:
    """What a bundle is made of, at no price of its own: fee and tax are the bundle's."""
    return [
        Line(
            offer=offers[part_id],
            quantity=quantity * per_bundle,
            price_amount=0,
            discount_amount=0,
            fee_amount=0,
            tax_amount=0,
            tax_basis_points=0,
            tax_included=True,
            total_amount=0,
            part_of=index,
        )
        for part_id, per_bundle in bundle.parts
    ]


def _rounded(numerator: int, denominator: int) -> int:
    """To the nearest whole minor unit, halves away from zero."""
    half_up = (2 * abs(numerator) + denominator) // (2 * denominator)
    return half_up if numerator >= 0 else -half_up
