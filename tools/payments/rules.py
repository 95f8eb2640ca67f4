"""What is decided about payments, without a database and without a provider."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from tools.context import Standing
from tools.errors import Conflict
from tools.kit.money import exponent, format_money
from tools.operation import Total
from tools.payments.models import Payment, PaymentStatus, RefundStatus
from tools.payments.provider import FoundPayment, FoundRefund, Refused

OPEN: frozenset[PaymentStatus] = frozenset({"created", "pending", "unknown"})

SESSION_HOURS = 23
"""Providers allow 30 minutes to 24 hours from the first call. Ours is the same whenever asked again, and an order that ends
earlier has its session ended by us."""

# Stripe counts in minor units of its own in some currencies: docs.stripe.com/currencies, "zero-decimal" and "special cases".
_STRIPE_WHOLE = frozenset(
    {"BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA", "PYG", "RWF", "VND", "VUV", "XAF", "XOF", "XPF"}
)
_STRIPE_THOUSANDTHS = frozenset({"BHD", "JOD", "KWD", "OMR", "TND"})


class OnlinePaymentsOff(Conflict):
    code = "online_payments_off"
    title = "Online payments are not set up"
    default_remedy = "Record the payment by hand, or ask the operator to connect a payment provider."


class NothingToPay(Conflict):
    code = "nothing_to_pay"
    title = "This order can not be paid now"
    constraints = ("order_payable",)
    default_remedy = "Look at the order: it may be paid already, have expired, or wait for approval."


class PaymentSettled(Conflict):
    code = "payment_settled"
    title = "It is known what became of this payment"


@dataclass(frozen=True, slots=True)
class Confirm:
    """The money is there."""

    amount: int
    currency: str


@dataclass(frozen=True, slots=True)
class Mark:
    status: PaymentStatus
    why: str | None = None


def payment_step(found: FoundPayment) -> Confirm | Mark:
    """What the provider's state of a payment means for ours."""
    match found.state:
        case "paid":
            return Confirm(found.amount, found.currency)
        case "open" | "processing":
            return Mark("pending")
        case "expired":
            return Mark("cancelled", "The page to pay on has expired.")
        case "failed":
            return Mark("failed", "The payment did not go through.")


def refund_status(found: FoundRefund) -> RefundStatus:
    return found.state


def session_ends(created_at: datetime) -> datetime:
    """When the provider's page expires, whoever asks when."""
    return created_at + timedelta(hours=SESSION_HOURS)


def to_stripe(amount: int, currency: str) -> int:
    """Our minor units -> Stripe's. Raises Refused for an amount that Stripe can not say."""
    scaled, rest = divmod(amount * int(10 ** _stripe_digits(currency)), int(10 ** exponent(currency)))
    if rest or (currency in _STRIPE_THOUSANDTHS and scaled % 10):
        raise Refused(f"The payment provider can not take this amount in {currency}: it is too finely divided.")
    return scaled


def from_stripe(amount: int, currency: str) -> int:
    """Stripe's minor units -> ours."""
    return amount * int(10 ** exponent(currency)) // int(10 ** _stripe_digits(currency))


def _stripe_digits(currency: str) -> Literal[0, 2, 3]:
    return 0 if currency in _STRIPE_WHOLE else 3 if currency in _STRIPE_THOUSANDTHS else 2


def told_requested(payment: Payment, standing: Standing) -> str:
    return f"Ask for {_money(payment, standing)} online for order {payment.order_number}"


def told_settled(payment: Payment, standing: Standing) -> str:
    return f"Find out what became of the payment of {_money(payment, standing)} for order {payment.order_number}"


def told_given_up(payment: Payment, standing: Standing) -> str:
    return f"Close the payment of {_money(payment, standing)} for order {payment.order_number}, unless it is paid"


def require_unsettled(payment: Payment) -> None:
    if payment.status not in OPEN:
        raise PaymentSettled(f"This payment is {payment.status}.", details={"allowed_next_states": []})


def asked_total(payment: Payment) -> list[Total]:
    return [Total(label="To be paid online", amount=payment.amount, currency=payment.currency)]


def _money(payment: Payment, standing: Standing) -> str:
    return format_money(payment.amount, payment.currency, standing.locale)
