"""What is decided about orders, without a database."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tools.context import Standing
from tools.errors import Conflict, InvalidInput
from tools.kit.money import format_money
from tools.operation import Total
from tools.orders.models import ChangedOrder, Order, OrderStatus

_MAIL = re.compile(r"^[^@\s<>]+@[^@\s<>]+\.[^@\s<>.]+$")
_NAMED_MAIL = re.compile(r"^(?P<name>[^<>]*?)\s*<(?P<mail>[^<>]+)>$")


class OrderClosed(Conflict):
    code = "order_closed"
    title = "The order is closed"
    constraints = ("order_open",)


class OverPaid(Conflict):
    code = "over_paid"
    title = "That is more than is open"
    constraints = ("orders_paid_within_total",)


class RefundTooLarge(Conflict):
    code = "refund_exceeds_paid"
    title = "That is more than was paid"
    constraints = ("orders_refund_within_paid",)
    default_remedy = "Refund at most what was paid and not given back yet."


class OrderNotUnpaid(Conflict):
    code = "order_not_unpaid"
    title = "This is for orders that nothing was paid for"
    constraints = ("order_unpaid",)
    default_remedy = "Give the money back with refund_order."


class NothingToApprove(Conflict):
    code = "nothing_to_approve"
    title = "The order does not wait for a yes"
    constraints = ("order_waits_for_approval",)


class NothingWouldStay(Conflict):
    code = "nothing_would_stay"
    title = "The order would have no ticket any more"
    default_remedy = "End the order with refund_order, or with cancel_order when it is not paid."


@dataclass(frozen=True, slots=True)
class Buyer:
    name: str
    email: str | None


def read_buyer(text: str) -> Buyer:
    """A name, an e-mail, or both. Raises InvalidInput for something with an @ that is no address."""
    named = _NAMED_MAIL.match(text)
    name, mail = (named["name"].strip(' "'), named["mail"].strip()) if named else ("", text)
    if "@" not in mail:
        if named:
            raise InvalidInput(f"{mail!r} is not an e-mail address.")
        return Buyer(_short(text), None)
    if not _MAIL.match(mail) or len(mail) > 320:
        raise InvalidInput(f"{mail!r} is not an e-mail address.")
    return Buyer(_short(name), mail)


def _short(name: str) -> str:
    if len(name) > 200:
        raise InvalidInput("A buyer's name has 200 characters at most.")
    return name


def open_amount(order: Order) -> int:
    return max(order.owed_amount, 0)


def refundable(order: Order) -> int:
    return order.paid_amount - order.refunded_amount


def require_open(order: Order) -> None:
    if order.status in ("expired", "cancelled"):
        raise OrderClosed(f"Order {order.number} is {order.status}.", details={"allowed_next_states": []})


def owed_after_the_end(order: Order) -> bool:
    """Whether money that should have gone back is still with us: a refund failed."""
    return order.status in ("expired", "cancelled") and order.owed_amount < 0


def require_unpaid(order: Order, *states: OrderStatus) -> None:
    """Raises OrderNotUnpaid unless nothing was paid and the order is in one of these states."""
    if order.status not in states or refundable(order):
        raise OrderNotUnpaid(f"Order {order.number} is {order.status}.", details={"order_status": order.status})


def require_waiting(order: Order) -> None:
    if order.status != "pending" or not order.needs_approval:
        raise NothingToApprove(f"Order {order.number} is {order.status}.", details={"order_status": order.status})


def fee_of(keep_amount: int, worth: int, order: Order) -> int:
    """The fee that is kept of tickets worth so much: never more than what would go back without it."""
    return max(min(keep_amount, worth - open_amount(order), refundable(order)), 0)


def moved(before: Order, after: Order) -> ChangedOrder:
    """The order as it is now, with what this step moved."""
    return ChangedOrder(
        **{name: getattr(after, name) for name in Order.model_fields},
        given_back_amount=after.refunded_amount - before.refunded_amount,
        difference_amount=after.total_amount - before.total_amount,
    )


def buyer_of(order: Order) -> str:
    return order.buyer_name or order.buyer_email or ""


def told_sold(order: Order, standing: Standing) -> str:
    lines = ", ".join(f"{item.quantity} {item.ticket_type_name}" for item in order.items)
    total = format_money(order.total_amount, order.currency, standing.locale)
    paid = "paid" if order.status == "paid" else "payment open"
    return f"Sell {lines} for {order.event_name} to {buyer_of(order)}: {total}, {paid}"


def told_paid(order: Order, standing: Standing) -> str:
    paid = format_money(order.paid_amount, order.currency, standing.locale)
    total = format_money(order.total_amount, order.currency, standing.locale)
    return f"Record payment for order {order.number} of {buyer_of(order)}: {paid} of {total} paid"


def told_refunded(order: ChangedOrder, standing: Standing) -> str:
    back = format_money(order.given_back_amount, order.currency, standing.locale)
    kept = f", {format_money(order.kept_amount, order.currency, standing.locale)} kept" if order.kept_amount else ""
    over = ", order cancelled" if order.status == "cancelled" else ""
    return f"Refund order {order.number} of {buyer_of(order)} ({order.event_name}): {back} back{kept}{over}"


def told_taken_back(order: ChangedOrder, standing: Standing) -> str:
    back = format_money(order.given_back_amount, order.currency, standing.locale)
    over = "order cancelled" if order.status == "cancelled" else f"{_standing_tickets(order)} stay"
    return f"Take tickets of order {order.number} of {buyer_of(order)} back ({order.event_name}): {back} back, {over}"


def told_changed(order: ChangedOrder, standing: Standing) -> str:
    amount = format_money(abs(order.difference_amount), order.currency, standing.locale)
    difference = (
        f"{amount} {'more' if order.difference_amount > 0 else 'less'}" if order.difference_amount else "same price"
    )
    back = (
        f", {format_money(order.given_back_amount, order.currency, standing.locale)} back"
        if order.given_back_amount
        else ""
    )
    return f"Change order {order.number} of {buyer_of(order)} ({order.event_name}) to {_standing_tickets(order)}: {difference}{back}"


def _standing_tickets(order: Order) -> str:
    counts: dict[str, int] = {}
    for item in order.items:
        if item.kind == "ticket":
            counts[item.ticket_type_name] = counts.get(item.ticket_type_name, 0) + item.quantity
    return ", ".join(f"{quantity} {name}" for name, quantity in counts.items())


def told_ended(order: Order, _: Standing) -> str:
    return f"Cancel unpaid order {order.number} of {buyer_of(order)} ({order.event_name})"


def told_approved(order: Order, standing: Standing) -> str:
    total = format_money(order.total_amount, order.currency, standing.locale)
    return f"Approve order {order.number} of {buyer_of(order)} ({order.event_name}): {total}"


def told_declined(order: Order, _: Standing) -> str:
    return f"Decline order {order.number} of {buyer_of(order)} ({order.event_name})"


def told_extended(order: Order, standing: Standing) -> str:
    until = f"until {order.expires_at.astimezone(standing.zone):%d %b %Y %H:%M}" if order.expires_at else "without end"
    return f"Wait for payment of order {order.number} of {buyer_of(order)} ({order.event_name}) {until}"


def sold_total(order: Order) -> list[Total]:
    label = "Collected now" if order.paid_amount else "To be collected"
    return [Total(label=label, amount=order.total_amount, currency=order.currency)]


def refunded_total(order: ChangedOrder) -> list[Total]:
    return [Total(label="Given back", amount=-order.given_back_amount, currency=order.currency)]


def changed_total(order: ChangedOrder) -> list[Total]:
    back = [Total(label="Given back", amount=-order.given_back_amount, currency=order.currency)]
    return [
        Total(label="Difference", amount=order.difference_amount, currency=order.currency),
        *(back if order.given_back_amount else []),
    ]
