"""What is shown of a shop and what it costs, without a database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, LiteralString
from uuid import UUID

from tools.counter.models import Shelf
from tools.counter.pricing import Discount, Offer, Priced, price
from tools.counter.refusals import MixedCurrencies, NoSuchTicketType, refusal
from tools.errors import AppError, Conflict
from tools.kit.ids import as_uuid
from tools.kit.pictures import poster_version, width_asking_for
from tools.promo_codes.rules import NoSuchPromoCode
from tools.shop.models import (
    BundlePart,
    HoldLine,
    KeptHold,
    Payment,
    PosterCopy,
    PublicCode,
    PublicEvent,
    PublicPoster,
    PublicTicketType,
    Quote,
    QuoteLine,
    Sales,
    Stall,
    TypeAvailability,
)
from tools.tickets.rules import TicketsSoldOut

HOLD_SECONDS = 15 * 60
EXTENSIONS = 3
ONLINE_SECONDS = 30 * 60
"""How long an order that is paid online keeps its places: longer than a card form needs, shorter than a provider's session."""
TRANSFER_SECONDS = 7 * 24 * 3600
"""A bank transfer over a weekend and a holiday."""
MOST_SHOWN = 10
"""More than this is left: how many is the organiser's affair."""

Wanted = tuple[tuple[UUID, int], ...]


class PriceChanged(Conflict):
    code = "price_changed"
    title = "The price is another one now"
    default_remedy = "Show the buyer the new price and check out with it."


class PaymentNeeded(Conflict):
    code = "payment_needed"
    title = "This order costs something"
    default_remedy = "Pay online or by transfer."


def wanted_of(items: Sequence[HoldLine]) -> Wanted:
    """How many of each type, a type named twice added up. Raises NoSuchTicketType for what is no id."""
    added: dict[UUID, int] = {}
    for line in items:
        type_id = as_uuid(line.ticket_type)
        if type_id is None:
            raise NoSuchTicketType()
        added[type_id] = added.get(type_id, 0) + line.quantity
    return tuple(added.items())


def bought_of(kept: KeptHold) -> Wanted:
    """What the buyer asked for: a hold also keeps what bundles are made of."""
    left = dict(kept.items)
    for offered in kept.types:
        bundles = kept.items.get(UUID(offered["id"]), 0)
        for part, each in offered["parts"]:
            part_id = UUID(part)
            left[part_id] = left.get(part_id, 0) - each * bundles
    ordered = [UUID(offered["id"]) for offered in kept.types]
    return tuple((type_id, left[type_id]) for type_id in ordered if left.get(type_id, 0) > 0)


def in_order(wanted: Wanted, stall: Stall) -> Wanted:
    """As the shop lists the types, so that a hold reads the same whenever it is read."""
    many = dict(wanted)
    return tuple((type_id, many[type_id]) for offered in stall.types if (type_id := UUID(offered["id"])) in many)


def shelf_of(stall: Stall) -> Shelf:
    """The stall as the counter knows it; it has only what this buyer may have, and parts of that."""
    event_id = UUID(stall.event["id"])
    return Shelf(
        org_id=stall.org_id,
        event_id=event_id,
        event_name=stall.event["name"],
        offers={UUID(offered["id"]): _offer(event_id, offered) for offered in stall.types},
        free={},
    )


def discount_of(code: Mapping[str, Any] | None) -> Discount | None:
    if code is None:
        return None
    return Discount(
        code_id=UUID(code["id"]),
        percent_basis_points=code["percent_basis_points"],
        off_amount=code["off_amount"],
        price_amount=code["price_amount"],
        ticket_type_ids=frozenset(UUID(type_id) for type_id in code["types"]),
        uses_left=code["uses_left"],
        budget_left=code["budget_left"],
        currency=code["currency"],
    )


def require_code(stall: Stall, asked: str | None) -> None:
    """Raises NoSuchPromoCode, PromoCodeNotValid, PromoCodeUsedUp."""
    if asked is None:
        return
    if stall.code is None:
        raise NoSuchPromoCode("This promo code is not one of this event.")
    if stall.code["problem"]:
        raise refusal(stall.code["problem"], {})


def require_shown(stall: Stall, wanted: Wanted) -> None:
    """Raises NoSuchTicketType, MixedCurrencies."""
    shown = {UUID(offered["id"]): offered for offered in stall.types if offered.get("shown", True)}
    if any(type_id not in shown for type_id, _ in wanted):
        raise NoSuchTicketType()
    if len({shown[type_id]["currency"] for type_id, _ in wanted}) > 1:
        raise MixedCurrencies()


def told_to_buyer(error: AppError) -> AppError:
    """The counter's refusal in words for a buyer, without the counters that the organiser would see."""
    details = {name: value for name, value in error.details.items() if name not in ("quota", "wanted", "order")}
    if isinstance(details.get("available"), int):
        details["available"] = max(0, min(details["available"], MOST_SHOWN))
    if isinstance(error, TicketsSoldOut):
        left = details.get("available", 0)
        message = f"Only {left} left." if left else "There are no tickets left of this kind right now."
        remedy = "Take fewer." if left else "Look again in a few minutes: tickets that others do not pay for come back."
        return TicketsSoldOut(message, remedy=remedy, details=details)
    told = type(error)(error.message, remedy=error.remedy, details=details, retry_after=error.retry_after)
    return told


def quoted(wanted: Wanted, stall: Stall) -> Priced:
    shelf = shelf_of(stall)
    return price([(shelf.offers[type_id], many) for type_id, many in wanted], discount_of(stall.code), shelf.offers)


def quote_of(priced: Priced) -> Quote:
    lines = [
        QuoteLine(
            ticket_type_id=line.offer.id,
            name=line.offer.name,
            quantity=line.quantity,
            discount_amount=line.discount_amount,
            fee_amount=line.fee_amount,
            tax_amount=line.tax_amount,
            total_amount=line.total_amount,
            parts=[
                BundlePart(name=part.offer.name, quantity=part.quantity)
                for part in priced.lines
                if part.part_of == index
            ],
        )
        for index, line in enumerate(priced.lines)
        if line.part_of is None
    ]
    return Quote(
        lines=lines,
        currency=priced.lines[0].offer.currency,
        discount_amount=priced.discount_amount,
        fee_amount=priced.fee_amount,
        tax_amount=priced.tax_amount,
        total_amount=priced.total_amount,
        needs_approval=priced.needs_approval,
    )


def payments_for(quote: Quote, *, online: bool) -> list[Payment]:
    if quote.total_amount == 0:
        return ["none"]
    return ["online", "transfer"] if online else ["transfer"]


def event_of(org_id: UUID, words: Mapping[str, Any]) -> PublicEvent:
    shown = {name: words[name] for name in words if name not in ("currency", "poster")}
    return PublicEvent(organization_id=org_id, poster=_poster(words), **shown)


def _poster(words: Mapping[str, Any]) -> PublicPoster | None:
    kept = words["poster"]
    if kept is None or not kept["variants"]:
        return None
    address = f"/api/public/events/{words['id']}/poster?version={poster_version(kept['id'])}&width="
    copies = [
        PosterCopy(
            url=f"{address}{width_asking_for(copy['width'])}",
            width=copy["width"],
            height=copy["height"],
        )
        for copy in sorted(kept["variants"], key=lambda copy: int(copy["width"]))
    ]
    # What stands on it is not known; that it is of this event is, in every language.
    return PublicPoster(alt=words["name"], width=kept["width"], height=kept["height"], copies=copies)


def code_of(code: Mapping[str, Any] | None) -> PublicCode | None:
    return PublicCode(code=code["code"], kind=code["kind"], label=code["label"]) if code else None


def types_of(stall: Stall) -> list[PublicTicketType]:
    shelf, discount = shelf_of(stall), discount_of(stall.code)
    names = {offer.id: offer.name for offer in shelf.offers.values()}
    return [
        _shown(offered, shelf, discount, names, sales_of(stall, offered)) for offered in stall.types if offered["shown"]
    ]


def availability_of(stall: Stall) -> list[TypeAvailability]:
    return [
        TypeAvailability(
            ticket_type_id=offered["id"],
            availability=offered["level"],
            available=offered["left"],
            sales=sales_of(stall, offered),
        )
        for offered in stall.types
        if offered["shown"]
    ]


def sales_of(stall: Stall, offered: Mapping[str, Any]) -> Sales:
    opens, closes = offered["sales_start"], offered["sales_end"]
    if _past(stall.event["end_date"], stall.now) or (closes and _past(closes, stall.now)):
        return "closed"
    return "not_open" if opens and not _past(opens, stall.now) else "open"


def places(wanted: Wanted, shelf: Shelf) -> int:
    """How many places so much takes: a bundle as many as it is made of."""
    return sum(many * (sum(each for _, each in shelf.offers[type_id].parts) or 1) for type_id, many in wanted)


def _shown(
    offered: Mapping[str, Any], shelf: Shelf, discount: Discount | None, names: Mapping[UUID, str], sales: Sales
) -> PublicTicketType:
    offer = shelf.offers[UUID(offered["id"])]
    full = price([(offer, 1)], None, shelf.offers)
    # What the code still reaches is for the whole order; one ticket shows what it does.
    now = price([(offer, 1)], discount and replace(discount, uses_left=None), shelf.offers)
    same: Iterable[LiteralString] = (
        "id", "name", "description", "kind", "currency", "sales_start", "sales_end", "min_per_order", "max_per_order",
        "max_per_buyer", "needs_approval",
    )  # fmt: skip
    return PublicTicketType(
        **{name: offered[name] for name in same},
        price_amount=now.total_amount,
        full_price_amount=full.total_amount if full.total_amount != now.total_amount else None,
        fee_amount=now.fee_amount,
        tax_amount=now.tax_amount,
        availability=offered["level"],
        available=offered["left"],
        sales=sales,
        parts=[BundlePart(name=names[part], quantity=each) for part, each in offer.parts],
    )


def _offer(event_id: UUID, offered: Mapping[str, Any]) -> Offer:
    same: Iterable[LiteralString] = (
        "name", "kind", "version", "price_amount", "currency", "fee_amount", "fee_basis_points", "tax_basis_points", "tax_included",
        "needs_approval",
    )  # fmt: skip
    return Offer(
        id=UUID(offered["id"]),
        event_id=event_id,
        parts=tuple((UUID(part), each) for part, each in offered["parts"]),
        **{name: offered[name] for name in same},
    )


def _past(moment: str, now: datetime) -> bool:
    return datetime.fromisoformat(moment) <= now
