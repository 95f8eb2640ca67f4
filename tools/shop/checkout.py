"""From a hold to an order, once however often it is asked, and to the page where it is paid."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from tools.attendees.links import order_link, order_of_token
from tools.context import Greenroom
from tools.counter.counter import counter_of
from tools.counter.models import Attendee, Sale, Trace
from tools.counter.refusals import HoldConverted, HoldEnded, NoSuchHold, OfferChanged, TooManyPerBuyer
from tools.counter.ringing import ring_up
from tools.errors import AppError, InvalidInput, NotFound
from tools.kit.ids import RandomIds
from tools.operation import Http
from tools.payments.operations import start_checkout_payment
from tools.payments.rules import NothingToPay, OnlinePaymentsOff
from tools.shop import repository, rules
from tools.shop.holding import REREADINGS, TAKING, kept_hold
from tools.shop.models import (
    CheckOut,
    KeptHold,
    NamedPublicOrder,
    PublicOrder,
    PublicOrderLine,
    Quote,
)
from tools.shop.operation import Visitor, shop_operation
from tools.shop.repository import OrderRow


@dataclass(frozen=True, slots=True)
class _Bill:
    """What the buyer is to pay, and the sale that says so."""

    sale: Sale
    quote: Quote
    kept: KeptHold


@shop_operation(
    http=Http("POST", "/public/holds/{id}/checkout", 201, target="hold"),
    pace="hold",
    errors=(
        *TAKING, NoSuchHold, HoldConverted, HoldEnded, TooManyPerBuyer, rules.PriceChanged, rules.PaymentNeeded,
        OnlinePaymentsOff,
    ),
)  # fmt: skip
async def checkout(greenroom: Greenroom, visitor: Visitor, data: CheckOut) -> PublicOrder:
    """Turn a hold into an order and say where to pay.

    What costs nothing is paid at once. An online order keeps its places for thirty minutes, a bank transfer for seven days. The
    same call again answers the same order.
    """
    order_id = await _ordered(greenroom, visitor, data)
    async with greenroom.database.session(None) as tx:
        row = await repository.order_of(tx, order_id)
    assert row is not None, "it was just made or found"
    payable = row.status == "pending" and row.due_amount > 0 and not row.needs_approval
    pay_url = None
    if payable and data.payment == "online":
        pay_url = row.pay_url or await _payment_page(greenroom, row)
    return _told(greenroom, row, pay_url)


@shop_operation(http=Http("GET", "/public/orders/{token}", target="order"), pace="read", errors=(NotFound,))
async def order_status(greenroom: Greenroom, visitor: Visitor, data: NamedPublicOrder) -> PublicOrder:
    """Show whether an order is paid, to whoever has its link."""
    opened = order_of_token(greenroom, data.order)
    row = None
    if opened is not None:
        async with greenroom.database.session(None) as tx:
            row = await repository.order_of(tx, opened.order_id)
    if row is None or opened is None or row.link_version != opened.version:
        raise NotFound("This link leads to no order.", remedy="Open the newest link you were sent.")
    return _told(greenroom, row, row.pay_url)


async def _ordered(greenroom: Greenroom, visitor: Visitor, data: CheckOut) -> UUID:
    for _ in range(REREADINGS):
        bill = _bill(greenroom, data, await kept_hold(greenroom, data.hold))
        rung = ring_up(bill.sale, rules.shelf_of(bill.kept), RandomIds())
        try:
            served = await counter_of(greenroom).order(rung, _trace(data, bill, visitor))
        except HoldConverted as already:
            return await _order_of_repeat(greenroom, data, already)
        except OfferChanged:
            continue
        except AppError as refused:
            raise rules.told_to_buyer(refused) from refused
        assert served.id is not None, "a stranger's order has no key to be found by"
        return served.id
    raise OfferChanged()


def _bill(greenroom: Greenroom, data: CheckOut, kept: KeptHold) -> _Bill:
    """Raises HoldEnded for one given up, PriceChanged, PaymentNeeded, OnlinePaymentsOff, InvalidInput for too many attendees."""
    if kept.status == "released":
        raise HoldEnded()
    wanted = rules.bought_of(kept)
    priced = rules.quoted(wanted, kept)
    quote = rules.quote_of(priced)
    # An order that exists already keeps the price it was made at.
    if kept.status != "converted":
        if data.expected_total not in (None, quote.total_amount):
            raise rules.PriceChanged(details={"quote": quote.model_dump(mode="json")})
        if quote.total_amount > 0 and data.payment == "none":
            raise rules.PaymentNeeded()
        if quote.total_amount > 0 and data.payment == "online" and greenroom.payments is None:
            raise OnlinePaymentsOff()
    tickets = sum(line.quantity for line in priced.lines if line.offer.kind != "bundle")
    if len(data.attendees) > tickets:
        raise InvalidInput(f"The order has {tickets} tickets, and {len(data.attendees)} names were given.")
    expires_in = rules.TRANSFER_SECONDS if data.payment == "transfer" else rules.ONLINE_SECONDS
    sale = Sale(
        event_id=UUID(kept.event["id"]),
        wanted=wanted,
        buyer_name=data.name,
        buyer_email=data.email,
        user_id=None,
        channel="waiting_list" if kept.purpose == "waiting_list" else "public",
        # Who waits for the organiser's yes pays after it.
        expires_in=None if quote.needs_approval else expires_in,
        hold_id=kept.id,
        discount=rules.discount_of(kept.code),
        locale=data.locale or kept.event["locale"],
        billing_address=data.billing_address,
        attendees=tuple(Attendee(each.name, each.email) for each in data.attendees),
        expected_total=data.expected_total,
    )
    return _Bill(sale, quote, kept)


def _trace(data: CheckOut, bill: _Bill, visitor: Visitor) -> Trace:
    what = ", ".join(f"{line.quantity} × {line.name}" for line in bill.quote.lines)
    summary = f"{data.name} ordered {what} for {bill.kept.event['name']} at the shop"
    return Trace(kind="buyer", operation=checkout.name, effect="money", summary=summary, request_id=visitor.request_id)


async def _order_of_repeat(greenroom: Greenroom, data: CheckOut, already: HoldConverted) -> UUID:
    """The order the hold became, for the one who made it: a hold's id is also seen by the organiser's people."""
    order_id = UUID(already.details["order"])
    async with greenroom.database.session(None) as tx:
        row = await repository.order_of(tx, order_id)
    if row is None or (row.buyer_email or "").lower() != data.email.lower():
        raise HoldConverted(remedy="Open the link in the mail we sent about the order.")
    return order_id


async def _payment_page(greenroom: Greenroom, row: OrderRow) -> str | None:
    """None while the provider does not answer: the order stands, the same call asks again, and so does the reconcile job."""
    back = order_link(greenroom, row.id, row.link_version)
    try:
        payment = await start_checkout_payment(greenroom, row.id, return_url=back)
    except NothingToPay:
        # Paid, or expired, since it was read.
        return None
    return payment.pay_url


def _told(greenroom: Greenroom, row: OrderRow, pay_url: str | None) -> PublicOrder:
    return PublicOrder(
        number=row.number,
        status=row.status,
        needs_approval=row.needs_approval,
        event=rules.event_of(row.org_id, row.event),
        lines=[PublicOrderLine(**line) for line in row.lines],
        currency=row.currency,
        total_amount=row.total_amount,
        due_amount=row.due_amount,
        expires_at=row.expires_at if row.status == "pending" else None,
        page_url=order_link(greenroom, row.id, row.link_version),
        pay_url=pay_url,
    )
