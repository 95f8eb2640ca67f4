"""What the page of an order says, in the organisation's language. Pure: from the order to HTML."""

from __future__ import annotations

import json
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from babel.dates import format_date, format_time
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from tools.attendees.codes import ticket_payload
from tools.attendees.documents.models import OrderPapers, PaperLine, PaperTicket
from tools.attendees.documents.qr import qr_svg
from tools.attendees.documents.words import locale_of, when
from tools.cancellations.models import RefundChoice
from tools.context import Greenroom
from tools.kit.money import format_money

_FOLDER = Path(__file__).parent / "templates"
_WORDS: dict[str, dict[str, str]] = json.loads((_FOLDER / "order_words.json").read_text())
_PAGES = Environment(
    loader=FileSystemLoader(_FOLDER), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
)
_MOST_CODES = 30
"""Tickets shown with their code; a whole school's are in the PDF."""
_NOTICES = {
    "name": ("good", "The name is corrected."),
    "transfer": ("good", "The ticket is theirs now, and on its way by mail."),
    "choice": ("good", "Your choice is noted."),
    "check": ("bad", "Please check what you typed."),
    "changed": ("bad", "That is not possible any more: something changed meanwhile."),
    "not_now": ("bad", "The payment can not be started just now. Please try again in a minute."),
}
_GONE = {"transferred": "given to somebody else", "cancelled": "cancelled"}
_OPTIONS = {
    "refund": ("Your money back", "This is final."),
    "keep": ("Keep the tickets", "They stay valid for the new date."),
    "donate": ("Give the money to the organiser", "A donation: nothing comes back."),
    "credit": ("A credit for later", "For another event of this organiser."),
}


class _Speech:
    """Words, moments and money as this order's buyer reads them."""

    def __init__(self, papers: OrderPapers) -> None:
        self._papers = papers
        self._words = _WORDS.get(_language(papers.locale), {})

    def __call__(self, text: str, **values: object) -> str:
        return self._words.get(text, text).format(**values)

    def money(self, amount: int) -> str:
        return format_money(amount, self._papers.currency, str(locale_of(self._papers.locale)))

    def day(self, moment: datetime) -> str:
        return format_date(moment.astimezone(self._papers.zone), "long", locale=locale_of(self._papers.locale))

    def moment(self, moment: datetime) -> str:
        there = moment.astimezone(self._papers.zone)
        hour = format_time(there, "short", locale=locale_of(self._papers.locale))
        return f"{self.day(moment)}, {hour} ({there.tzname()})"


def order_page(
    greenroom: Greenroom,
    papers: OrderPapers,
    choice: RefundChoice | None,
    *,
    base: str,
    stylesheet: str,
    payable: bool,
    waits: bool,
    notice: str | None,
) -> str:
    """`waits`: the buyer comes back from paying. `notice`: a key of _NOTICES; others say nothing."""
    t = _Speech(papers)
    day, hours = when(papers)
    unpaid = papers.status == "pending" and not papers.needs_approval and papers.open_amount > 0
    alive = papers.expires_at is None or papers.expires_at > papers.now
    kind, text = _NOTICES.get(notice or "", (None, ""))
    valid = papers.valid_tickets
    return _PAGES.get_template("order.html").render(
        t=t,
        lang=_language(papers.locale),
        base=base,
        stylesheet=stylesheet,
        order=papers,
        day=day,
        hours=hours,
        place=", ".join(filter(None, (papers.venue_name, papers.venue_address))),
        notice={"kind": kind, "text": t(text)} if kind else None,
        state=_state(papers, t, waits=waits and unpaid),
        look_again=waits and unpaid,
        pay_amount=t.money(papers.open_amount) if unpaid and payable and alive and not waits else None,
        choice=_choice(papers, choice, t) if choice else None,
        tickets=[_ticket(greenroom, papers, ticket) for ticket in valid[:_MOST_CODES]],
        more_tickets=max(0, len(valid) - _MOST_CODES),
        gone=[_gone(ticket, t) for ticket in papers.tickets if ticket.status in _GONE],
        lines=[_line(line, t) for line in papers.lines],
        sums=_sums(papers, t),
        ordered=t("Ordered on {date}", date=t.day(papers.created_at)),
    )


def message_page(stylesheet: str, locale: str, title: str, text: str, onward: str | None = None) -> str:
    """One sentence, and where to go on when there is something."""
    words = _WORDS.get(_language(locale), {})
    return _PAGES.get_template("order_message.html").render(
        lang=_language(locale),
        stylesheet=stylesheet,
        title=words.get(title, title),
        text=words.get(text, text),
        onward=onward,
        link=words.get("Open the payment page", "Open the payment page"),
    )


def _language(locale: str) -> str:
    return locale.replace("-", "_").split("_")[0]


def _state(papers: OrderPapers, t: _Speech, *, waits: bool) -> dict[str, str]:
    """What the buyer should know first."""
    back = papers.refunded_amount and t("{amount} goes back to you.", amount=t.money(papers.refunded_amount))
    if papers.status == "cancelled":
        return {"kind": "bad", "title": t("This order was cancelled"), "text": back or ""}
    if papers.event_status == "cancelled":
        return {"kind": "bad", "title": t("The event is cancelled"), "text": papers.cancel_reason or ""}
    if papers.status == "expired":
        text = t("It was not paid in time and its places were released.")
        return {"kind": "bad", "title": t("This order has expired"), "text": back or text}
    if waits:
        title = t("We are waiting for your payment to be confirmed")
        return {"kind": "warn", "title": title, "text": t("This page looks again by itself.")}
    if papers.status == "pending" and papers.needs_approval:
        return {"kind": "warn", "title": t("The organiser looks at your order"), "text": t("You will hear by mail.")}
    if papers.status == "pending":
        text = t("Your tickets appear here once {amount} is paid.", amount=t.money(papers.open_amount))
        if papers.expires_at:
            text += " " + t("Kept for you until {when}.", when=t.moment(papers.expires_at))
        return {"kind": "warn", "title": t("Not paid yet"), "text": text}
    if papers.is_over:
        text = t("Thank you for coming. Your receipt is below.")
        return {"kind": "plain", "title": t("The event is over"), "text": text}
    return {"kind": "good", "title": t("Your tickets are ready"), "text": t("Show the code at the entrance.")}


def _ticket(greenroom: Greenroom, papers: OrderPapers, ticket: PaperTicket) -> dict[str, Any]:
    shown = not papers.is_over
    return {
        "id": ticket.id,
        "attendee_name": ticket.attendee_name,
        "ticket_type_name": ticket.ticket_type_name,
        "code": ticket.code,
        "used": ticket.status == "checked_in",
        "qr": Markup(_drawn(ticket_payload(greenroom, ticket.code))) if shown else None,  # noqa: S704 - squares of our own drawing
        "may_change": shown and ticket.status == "valid",
    }


@lru_cache(maxsize=4096)
def _drawn(payload: str) -> str:
    return qr_svg(payload)


def _choice(papers: OrderPapers, choice: RefundChoice, t: _Speech) -> dict[str, Any]:
    options = []
    for value in choice.options:
        title, text = _OPTIONS[value]
        said = t(text)
        if value == "refund" and choice.keep_amount:
            said = t("{amount} is kept by the organiser. This is final.", amount=t.money(choice.keep_amount))
        options.append({"value": value, "title": t(title), "text": said, "chosen": value == choice.choice})
    return {
        "open": choice.state not in ("over", "refund")
        and choice.deadline > papers.now
        and papers.status in ("pending", "paid"),
        "until": t("You can decide until {when}.", when=t.moment(choice.deadline)),
        "options": options,
    }


def _gone(ticket: PaperTicket, t: _Speech) -> dict[str, Any]:
    why = t(_GONE[ticket.status])
    return {"attendee_name": ticket.attendee_name, "ticket_type_name": ticket.ticket_type_name, "why": why}


def _line(line: PaperLine, t: _Speech) -> dict[str, Any]:
    label = line.label or t("Fees")
    return {
        "label": label if line.quantity == 1 else f"{line.quantity} × {label}",
        "amount": t.money(line.total_amount) if line.part_of is None else "",
        "part": line.part_of is not None,
    }


def _sums(papers: OrderPapers, t: _Speech) -> list[dict[str, Any]]:
    """The total and what came and went; lines of nothing are left out, but for the total."""
    sums = [
        ("Total", papers.total_amount, True),
        ("Of which tax", papers.tax_amount, False),
        ("Credited", -papers.credited_amount, False),
        ("Paid", papers.paid_amount, False),
        ("Given back", -papers.refunded_amount, False),
        ("Still open", papers.open_amount if papers.status == "pending" else 0, True),
    ]
    return [
        {"label": t(label), "amount": t.money(amount), "strong": strong}
        for label, amount, strong in sums
        if amount or label == "Total"
    ]
