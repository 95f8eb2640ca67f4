"""What is decided about cancelled and postponed events, without a database, and how cards tell it."""

from __future__ import annotations

from datetime import datetime, timedelta

from tools.cancellations.models import (
    CancelEvent,
    CancelledEvent,
    Choice,
    OfferedChoices,
    PostponedEvent,
    RefundRun,
)
from tools.context import Standing
from tools.errors import Conflict, InvalidInput, MissingValue, NotFound
from tools.events.rules import told
from tools.kit.money import format_money
from tools.operation import Total

TIME_TO_CHOOSE = timedelta(days=14)
_LONGEST = timedelta(days=366)

AFTER_CANCELLING: tuple[Choice, ...] = ("refund", "donate", "credit")
AFTER_POSTPONING: tuple[Choice, ...] = ("refund", "keep")


class NothingToRefund(Conflict):
    code = "nothing_to_refund"
    title = "Nobody has an order for this event that could be refunded"


class RefundUnderWay(Conflict):
    code = "refund_under_way"
    title = "The event's orders are being refunded right now"
    constraints = ("refund_runs_one_at_a_time",)
    default_remedy = "Wait until it is done; get_event_refund tells how far it is."


class NobodyToAsk(Conflict):
    code = "nobody_to_ask"
    title = "Nobody paid for this who did not get their money back already"


class NothingOffered(NotFound):
    code = "no_refund_choice"
    title = "Nothing was offered for this order"
    constraints = ("no_refund_choice",)


class ChoiceOver(Conflict):
    code = "refund_choice_over"
    title = "The time to choose is over"
    constraints = ("refund_choice_over",)


class ChoiceFinal(Conflict):
    code = "refund_choice_final"
    title = "The money was given back already"
    constraints = ("refund_choice_final",)


class NotAnOption(InvalidInput):
    code = "refund_choice_options"
    title = "This was not offered"
    constraints = ("refund_choice_options",)


def require_choice(data: CancelEvent, paid_orders: int) -> None:
    """Whoever cancels says what those who paid get. Raises MissingValue, InvalidInput."""
    if paid_orders and data.buyers is None:
        raise MissingValue(
            f"{paid_orders} {'order was' if paid_orders == 1 else 'orders were'} paid. What do their buyers get?",
            remedy="Say in `buyers`: refund_all (their money, but for keep_amount), let_choose (the refund, or to leave the"
            " money), or decide_later.",
            details={"paid_orders": paid_orders},
        )
    if data.choose_until is not None and data.buyers != "let_choose":
        raise InvalidInput("choose_until goes with buyers: let_choose.")
    if data.keep_amount and data.buyers not in ("refund_all", "let_choose"):
        raise InvalidInput("keep_amount goes with a refund: buyers refund_all or let_choose.")


def deadline_of(said: datetime | None, now: datetime) -> datetime:
    """Raises InvalidInput for one in the past, or so far that nobody means it."""
    deadline = said or now + TIME_TO_CHOOSE
    if not now < deadline <= now + _LONGEST:
        raise InvalidInput("The last moment to choose is after now, and within a year.")
    return deadline


def sums(run: RefundRun, standing: Standing) -> str:
    """`€120.00 and $40.00`"""
    if not run.amounts:
        return "nothing"
    return " and ".join(format_money(each.refund_amount, each.currency, standing.locale) for each in run.amounts)


def told_refunded(run: RefundRun, standing: Standing) -> str:
    kept = [format_money(each.kept_amount, each.currency, standing.locale) for each in run.amounts if each.kept_amount]
    keeps = f", {' and '.join(kept)} kept" if kept else ""
    orders = sum(each.orders for each in run.amounts)
    verb = "Look at a refund of" if run.dry_run else "Refund"
    return f"{verb} {orders} orders of {run.event_name}: {sums(run, standing)} back{keeps}"


def told_cancelled(event: CancelledEvent, standing: Standing) -> str:
    text = f"Cancel {told(event)}"
    if event.refunds is not None:
        return f"{text}, and refund {sum(each.orders for each in event.refunds.amounts)} orders: {sums(event.refunds, standing)} back"
    return f"{text}, and let {event.choices_offered} buyers choose" if event.choices_offered else text


def told_postponed(event: PostponedEvent, _: Standing) -> str:
    asked = f", {event.choices_offered} buyers may ask for a refund" if event.choices_offered else ""
    return f"Postpone to {told(event)}{asked}"


def told_offered(offered: OfferedChoices, standing: Standing) -> str:
    until = f"{offered.deadline.astimezone(standing.zone):%d %b %Y %H:%M}"
    return f"Let {offered.asked} buyers of {offered.event_name} choose until {until}: {', '.join(offered.options)}"


def refunded_total(run: RefundRun) -> list[Total]:
    back = [Total(label="Given back", amount=-each.refund_amount, currency=each.currency) for each in run.amounts]
    kept = [
        Total(label="Kept", amount=each.kept_amount, currency=each.currency) for each in run.amounts if each.kept_amount
    ]
    return back + kept


def cancelled_total(event: CancelledEvent) -> list[Total]:
    return refunded_total(event.refunds) if event.refunds else []
