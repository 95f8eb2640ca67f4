"""From what is asked for to what app.serve takes: prices, ids and codes. Pure but for the ids it is given."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from tools.counter.models import Attendee, Reservation, RungUp, Sale, Shelf, Trace
from tools.counter.pricing import Line, Offer, price
from tools.counter.refusals import NoSuchTicketType
from tools.kit.ids import IdSource
from tools.kit.sealing import Place, Sealer
from tools.kit.text import with_hints
from tools.store.addresses import ATTENDEE, BUYER, index_address, seal_address
from tools.store.documents import answer_place, seal_document


def ring_up(sale: Sale, shelf: Shelf, ids: IdSource) -> RungUp:
    """Prices and ids of a sale. Raises NoSuchTicketType for a type that is not on the shelf."""
    priced = price(_offers(sale.wanted, shelf), sale.discount, shelf.offers)
    order_id = ids.new_id()
    item_ids = tuple(ids.new_id() for _ in priced.lines)
    return RungUp(
        order_id=order_id,
        payment_id=ids.new_id(),
        sale=sale,
        priced=priced,
        item_ids=item_ids,
        tickets=tuple(tuple((ids.new_id(), ids.new_code()) for _ in range(_tickets(line))) for line in priced.lines),
        shelf=shelf,
    )


def order_member(rung: RungUp, trace: Trace | None, answer: dict[str, Any] | None, fields: Sealer) -> dict[str, Any]:
    """The member of app.serve that makes this order. `answer` is what a repeat of the key is told, but for the number."""
    sale, priced, org = rung.sale, rung.priced, rung.shelf.org_id
    buyer = index_address(fields, org, sale.buyer_email)
    place = Place("orders", "billing_address", org, rung.order_id)
    member: dict[str, Any] = {
        "act": "order", "org": org, "event": sale.event_id, "id": rung.order_id, "payment": rung.payment_id,
        "channel": sale.channel, "buyer_name": sale.buyer_name, "locale": sale.locale,
        "buyer_email": seal_address(fields, BUYER, org, rung.order_id, sale.buyer_email),
        "buyer_index": buyer,
        "billing_address": fields.seal(place, sale.billing_address), "currency": priced.lines[0].offer.currency,
        "total": priced.total_amount, "discount": priced.discount_amount, "fee": priced.fee_amount, "tax": priced.tax_amount,
        "needs_approval": priced.needs_approval and sale.user_id is None, "expires_in": sale.expires_in,
        "items": list(_items(rung, fields, buyer)),
    }  # fmt: skip
    if sale.user_id is None:
        # A limit per buyer also counts what they bought before addresses were sealed.
        member["buyer_address"] = sale.buyer_email
    if sale.paid_by is not None:
        member["method"] = sale.paid_by
    if sale.hold_id is not None:
        member["hold"] = sale.hold_id
    if sale.user_id is not None:
        member["user"] = sale.user_id
    if sale.discount is not None:
        member |= {"promo": sale.discount.code_id, "promo_uses": priced.promo_uses}
    if trace is not None:
        member["trace"] = {
            "kind": trace.kind, "operation": trace.operation, "effect": trace.effect, "summary": with_hints(trace.summary),
            "thread": trace.thread_id, "request": trace.request_id,
        }  # fmt: skip
        if trace.idempotency_key is not None:
            kept = None if sale.user_id is None else answer_place(org, sale.user_id, trace.idempotency_key)
            member |= {"key": trace.idempotency_key, "request": trace.request_hash}
            member["answer"] = seal_document(fields, kept, answer) if kept else answer
    return member


def hold_member(reservation: Reservation, shelf: Shelf, ids: IdSource) -> dict[str, Any]:
    """The member of app.serve that makes this hold, with the parts of bundles held too. Raises NoSuchTicketType."""
    priced = price(_offers(reservation.wanted, shelf), reservation.discount, shelf.offers)
    places: dict[UUID, int] = {}
    direct: set[UUID] = set()
    for line in priced.lines:
        places[line.offer.id] = places.get(line.offer.id, 0) + line.quantity
        if line.part_of is None:
            direct.add(line.offer.id)
    member: dict[str, Any] = {
        "act": "hold", "org": shelf.org_id, "event": reservation.event_id, "id": reservation.hold_id,
        "purpose": reservation.purpose, "seconds": reservation.seconds,
        "items": [
            {"id": ids.new_id(), "type": type_id, "version": shelf.offers[type_id].version, "quantity": quantity}
            | ({} if type_id in direct else {"part_of": reservation.hold_id})
            for type_id, quantity in places.items()
        ],
    }  # fmt: skip
    if reservation.user_id is not None:
        member["user"] = reservation.user_id
    if reservation.discount is not None:
        member |= {"promo": reservation.discount.code_id, "promo_uses": priced.promo_uses}
    return member


def _offers(wanted: tuple[tuple[UUID, int], ...], shelf: Shelf) -> list[tuple[Offer, int]]:
    missing = [type_id for type_id, _ in wanted if type_id not in shelf.offers]
    if missing or not wanted:
        raise NoSuchTicketType()
    return [(shelf.offers[type_id], quantity) for type_id, quantity in wanted]


def _items(rung: RungUp, fields: Sealer, buyer: str | None) -> Iterator[dict[str, Any]]:
    sale, org = rung.sale, rung.shelf.org_id
    attendees = iter(sale.attendees)

    def made(ticket: tuple[UUID, str], attendee: Attendee | None) -> dict[str, Any]:
        own = attendee.email if attendee else None
        address, index = (own, index_address(fields, org, own)) if own else (sale.buyer_email, buyer)
        named = {"id": ticket[0], "code": ticket[1]} | ({"name": attendee.name} if attendee else {})
        if address:
            named |= {"email": seal_address(fields, ATTENDEE, org, ticket[0], address), "index": index}
        return named

    for item_id, line, tickets in zip(rung.item_ids, rung.priced.lines, rung.tickets, strict=True):
        item = {
            "id": item_id, "type": line.offer.id, "version": line.offer.version, "quantity": line.quantity,
            "price": line.price_amount, "discount": line.discount_amount, "fee": line.fee_amount, "tax": line.tax_amount,
            "tax_basis_points": line.tax_basis_points, "tax_included": line.tax_included, "total": line.total_amount,
            "tickets": [made(ticket, next(attendees, None)) for ticket in tickets],
        }  # fmt: skip
        if line.part_of is not None:
            item["part_of"] = rung.item_ids[line.part_of]
        yield item


def _tickets(line: Line) -> int:
    return 0 if line.offer.kind == "bundle" else line.quantity
