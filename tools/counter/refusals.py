"""Why the counter says no: one error per `problem` of app.serve. Decides nothing."""

from __future__ import annotations

from typing import Any

from tools.errors import CONSTRAINTS, AppError, Busy, Conflict, Forbidden, IdempotencyMismatch, InvalidInput, NotFound
from tools.promo_codes.rules import NoSuchPromoCode, PromoCodeNotValid, PromoCodeUsedUp
from tools.tickets.rules import TicketsSoldOut


class EventNotOnSale(Conflict):
    code = "event_not_on_sale"
    title = "No tickets are sold for this event any more"
    constraints = ("event_on_sale",)


class SalesNotOpen(Conflict):
    code = "sales_not_open"
    title = "Sales have not begun"
    constraints = ("sales_not_open",)


class SalesClosed(Conflict):
    code = "sales_closed"
    title = "Sales have ended"
    constraints = ("sales_closed",)


class TooFewPerOrder(Conflict):
    code = "order_minimum"
    title = "More tickets of this type are needed in one order"
    constraints = ("order_minimum",)


class TooManyPerOrder(Conflict):
    code = "order_maximum"
    title = "Fewer tickets of this type are sold in one order"
    constraints = ("order_maximum",)


class TooManyPerBuyer(Conflict):
    code = "buyer_maximum"
    title = "One buyer can not have that many tickets of this type"
    constraints = ("buyer_maximum",)


class AddOnAlone(Conflict):
    code = "add_on_alone"
    title = "An add-on is sold together with a ticket only"
    constraints = ("add_on_alone",)


class MixedCurrencies(InvalidInput):
    code = "order_currency"
    title = "One order has one currency"
    constraints = ("order_currency",)


class OfferChanged(Conflict):
    code = "offer_changed"
    title = "The ticket type was changed this moment"
    retryable = True
    constraints = ("offer_changed",)
    default_remedy = "Read it again and repeat the call."


class NoQuota(Conflict):
    code = "ticket_type_without_quota"
    title = "Nobody said how many of these tickets there are"
    constraints = ("ticket_type_without_quota",)
    default_remedy = "Add the ticket type to a quota."


class NoSuchTicketType(NotFound):
    code = "no_such_ticket_type"
    title = "The event has no such ticket type on sale"
    constraints = ("no_such_ticket_type",)


class NoSuchHold(NotFound):
    code = "no_such_hold"
    title = "There is no such hold"
    constraints = ("no_such_hold",)


class HoldExists(Conflict):
    code = "hold_exists"
    title = "A hold of that id exists"
    constraints = ("hold_exists", "holds_pkey")


class HoldConverted(Conflict):
    code = "hold_converted"
    title = "The hold became an order already"
    constraints = ("hold_converted", "orders_hold_once")


class HoldHasCode(Conflict):
    code = "hold_code"
    title = "The hold was made with a promo code"
    constraints = ("hold_code",)
    default_remedy = "Use the same code, or release the hold and hold the tickets anew."


class HoldEnded(Conflict):
    code = "hold_ended"
    title = "The hold has ended"
    constraints = ("hold_ended",)
    default_remedy = "Hold the tickets anew."


class HoldExtendedEnough(Conflict):
    code = "hold_extended_enough"
    title = "The hold can not be extended any more"
    constraints = ("hold_extended_enough",)


SELLING: tuple[type[AppError], ...] = (
    TicketsSoldOut, EventNotOnSale, MixedCurrencies, NoQuota, NoSuchPromoCode, PromoCodeNotValid, PromoCodeUsedUp,
)  # fmt: skip
"""What the organiser's own desk may hear."""

_GENERAL: dict[str, type[AppError]] = {
    "forbidden": Forbidden,
    "idempotency_key_reused": IdempotencyMismatch,
    "busy": Busy,
}


def refusal(problem: str, detail: dict[str, Any]) -> AppError:
    """The error a problem of app.serve means. KeyError for one that is not known: a bug."""
    known = _GENERAL.get(problem) or CONSTRAINTS[problem]
    return known(details=detail, retry_after=1 if known is Busy else None)
