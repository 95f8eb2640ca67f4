"""What is decided about orders, without a database."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tools.context import Standing
from tools.errors import Conflict, InvalidInput
from tools.kit.money import format_money
from tools.operation import Total
from tools.orders.models import Order

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


class EventNotOnSale(Conflict):
    code = "event_not_on_sale"
    title = "No tickets are sold for this event any more"
    constraints = ("event_on_sale",)


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
    return order.total_amount - order.paid_amount


def refundable(order: Order) -> int:
    return order.paid_amount - order.refunded_amount


def require_open(order: Order) -> None:
    if order.status in ("expired", "cancelled"):
        raise OrderClosed(f"Order {order.number} is {order.status}.", details={"allowed_next_states": []})


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


def told_refunded(order: Order, standing: Standing) -> str:
    refunded = format_money(order.refunded_amount, order.currency, standing.locale)
    over = ", order cancelled" if order.status == "cancelled" else ""
    return f"Refund order {order.number} of {buyer_of(order)} ({order.event_name}): {refunded} back in all{over}"


def sold_total(order: Order) -> list[Total]:
    label = "Collected now" if order.paid_amount else "To be collected"
    return [Total(label=label, amount=order.total_amount, currency=order.currency)]


def refunded_total(order: Order) -> list[Total]:
    return [Total(label="Given back", amount=-order.refunded_amount, currency=order.currency)]
