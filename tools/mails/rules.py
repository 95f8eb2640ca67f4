"""Which mail follows from what happened, in which language, and what may stand in it; without a database."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any, Literal
from uuid import UUID

from tools.mails.models import MailKind, OfficeKind

LANGUAGES = ("en", "nl", "de", "fr", "sv")
"""One file of sentences each, in `templates/`."""

OrderStatus = Literal["pending", "paid", "expired", "cancelled"]
About = Literal["order", "ticket", "entry", "buyers", "invitation", "admins"]
"""An order, a ticket, an entry of the waiting list, everybody who bought for an event, somebody invited, or who runs the organisation."""
AnyKind = MailKind | OfficeKind


@dataclass(frozen=True, slots=True)
class Route:
    """What a row of the outbox is about, and the mails that follow, by the state its order has by then."""

    about: About
    by_status: Mapping[OrderStatus, tuple[MailKind, ...]] = field(default_factory=dict)
    always: tuple[AnyKind, ...] = ()
    again: bool = False
    """The mail is wanted also when the same one went out before."""

    def kinds(self, status: OrderStatus | None) -> tuple[AnyKind, ...]:
        return self.always + (self.by_status.get(status, ()) if status else ())


_PLACED = Route("order", {"paid": ("order_confirmed",), "pending": ("order_received",)})
_PAID = Route("order", {"paid": ("order_confirmed",), "pending": ("payment_received",)})
_GIVEN_BACK = Route(
    "order",
    {"cancelled": ("order_cancelled",), "paid": ("order_refunded",), "pending": ("order_refunded",)},
)

ROUTES: Mapping[str, Route] = {
    "sell_tickets": _PLACED,
    "checkout": _PLACED,
    "approve_order": Route("order", {"paid": ("order_confirmed",), "pending": ("order_approved",)}),
    "record_payment": _PAID,
    "payment_paid": _PAID,
    "payment_part_paid": _PAID,
    "payment_retaken": _PAID,
    # More than was owed came in: what was not confirmed yet is, and the rest went back.
    "payment_refunded": Route(
        "order",
        {
            "paid": ("order_confirmed", "order_refunded"),
            "expired": ("order_refunded",),
            "cancelled": ("order_refunded",),
        },
    ),
    "refund_order": _GIVEN_BACK,
    "refund_tickets": _GIVEN_BACK,
    "cancel_order": Route("order", {"cancelled": ("order_cancelled",)}),
    "order_expired": Route("order", {"expired": ("order_expired",)}),
    "extend_order": Route("order", {"pending": ("order_received",)}),
    "choose_refund": Route("order", {"cancelled": ("order_cancelled",)}),
    "change_order": Route("order", {"paid": ("order_confirmed",), "pending": ("order_received",)}, again=True),
    "decline_order": Route("order", {"cancelled": ("order_cancelled",)}),
    "refund_choice_offered": Route("order", {"paid": ("choice_offered",), "pending": ("choice_offered",)}),
    "order_ended": Route("order", {"cancelled": ("event_cancelled",)}),
    "send_tickets": Route("order", {"paid": ("order_confirmed",)}, again=True),
    "transfer_ticket": Route("ticket", always=("ticket_transferred",)),
    "waiting_list_offered": Route("entry", always=("place_offered",)),
    "waiting_list_closed": Route("entry", always=("event_cancelled",)),
    "cancel_event": Route("buyers", always=("event_cancelled",)),
    "postpone_event": Route("buyers", always=("event_postponed",)),
    "invite_member": Route("invitation", always=("invited",)),
    "resend_invitation": Route("invitation", always=("invited",)),
    "webhook_disabled": Route("admins", always=("webhook_switched_off",)),
}
"""Kind of a row in the outbox -> the mails it makes. What is not here makes none."""


@dataclass(frozen=True, slots=True)
class News:
    """A row of the outbox that was not relayed yet, with the order, the ticket or the entry it is about.

    `facts` is what a mail may need of the entry or the choice: whose name, until when, which hold.
    """

    id: int
    org_id: UUID
    kind: str
    event_id: UUID | None
    created_at: datetime
    order_id: UUID | None
    order_status: OrderStatus | None
    paid_at: datetime | None
    buyer_email: str | None
    locale: str | None
    organization_locale: str
    ticket_id: UUID | None
    attendee_email: str | None
    entry_email: str | None
    entry_locale: str | None
    invitation_id: UUID | None
    invited_email: str | None
    facts: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class Buyer:
    """One of those a whole event's mail goes to."""

    email: str
    locale: str
    order_id: UUID


@dataclass(frozen=True, slots=True)
class Admin:
    """One of those who hear how the organisation is set up."""

    email: str
    user_id: UUID


@dataclass(frozen=True, slots=True)
class NewMail:
    org_id: UUID
    event_id: UUID | None
    order_id: UUID | None
    ticket_id: UUID | None
    invitation_id: UUID | None
    kind: AnyKind
    recipient: str
    locale: str
    dedupe_key: str
    facts: dict[str, Any]


def mails_of(news: News) -> list[NewMail]:
    """The mails of a row about one order, ticket or entry; none when nobody gave an address."""
    route = ROUTES[news.kind]
    recipient, locale = {
        "ticket": (news.attendee_email, news.locale),
        "entry": (news.entry_email, news.entry_locale),
        "invitation": (news.invited_email, None),
    }.get(route.about, (news.buyer_email, news.locale))
    if recipient is None or not is_address(recipient):
        return []
    return [
        _mail(news, kind, recipient, locale, _key(news, kind, again=route.again), news.order_id)
        for kind in route.kinds(news.order_status)
    ]


def mails_to(news: News, buyers: list[Buyer]) -> list[NewMail]:
    """The mails of a row that many buyers are told of."""
    return [
        _mail(news, kind, buyer.email, buyer.locale, f"{kind}/{news.id}/{buyer.order_id}", buyer.order_id)
        for kind in ROUTES[news.kind].always
        for buyer in buyers
        if is_address(buyer.email)
    ]


def mails_to_admins(news: News, admins: list[Admin]) -> list[NewMail]:
    """The mails of a row about how the organisation is set up."""
    return [
        _mail(news, kind, admin.email, None, f"{kind}/{news.id}/{admin.user_id}", None)
        for kind in ROUTES[news.kind].always
        for admin in admins
        if is_address(admin.email)
    ]


def _mail(news: News, kind: AnyKind, recipient: str, locale: str | None, key: str, order_id: UUID | None) -> NewMail:
    return NewMail(
        org_id=news.org_id,
        event_id=news.event_id,
        order_id=order_id,
        ticket_id=news.ticket_id,
        invitation_id=news.invitation_id,
        kind=kind,
        recipient=recipient,
        locale=chosen_locale(locale, news.organization_locale),
        dedupe_key=key,
        facts=news.facts or {},
    )


def _key(news: News, kind: AnyKind, *, again: bool) -> str:
    """One per thing that happened. An order is confirmed once per payment, however many rows tell of it."""
    if kind == "order_confirmed" and news.paid_at is not None and not again:
        return f"{kind}/{news.order_id}/{news.paid_at.isoformat()}"
    return f"{kind}/{news.id}"


WITH_TICKETS: frozenset[AnyKind] = frozenset({"order_confirmed", "ticket_transferred"})
"""Mails that tickets and an entry for the calendar are attached to."""

_SPEAKS_OF: Mapping[AnyKind, OrderStatus] = {
    "order_confirmed": "paid",
    "order_received": "pending",
    "order_approved": "pending",
    "payment_received": "pending",
    "order_expired": "expired",
}


def outdated(
    kind: AnyKind, status: OrderStatus | None, until: datetime | None, now: datetime, *, withdrawn: bool = False
) -> str | None:
    """Why the mail would say what is no longer so; None when it still holds. Another mail tells what came after."""
    if withdrawn:
        return "it is no longer so"
    expected = _SPEAKS_OF.get(kind)
    if expected is not None and status != expected:
        return f"the order is {status} by now"
    if until is not None and until <= now:
        return "the time for it is over"
    return None


_ADDRESS = re.compile(r"[^\s@<>,;:\"()\[\]\\]+@[^\s@<>,;:\"()\[\]\\]+")


def is_address(text: str) -> bool:
    """Something a mail can be sent to: no space, no control character, no second address."""
    return bool(len(text) <= 320 and _ADDRESS.fullmatch(text) and plain(text) == text)


def chosen_locale(*wanted: str | None) -> str:
    """The first locale that we have sentences for; English otherwise."""
    return next((locale for locale in wanted if locale and language_of(locale) in LANGUAGES), "en")


def language_of(locale: str) -> str:
    return re.split(r"[_-]", locale, maxsplit=1)[0].lower()


def message_id(dedupe_key: str, domain: str) -> str:
    """The same for each attempt, so that whoever gets a mail twice can tell."""
    return f"<{sha256(dedupe_key.encode()).hexdigest()[:40]}@{domain}>"


_BREAKS = {"Cc", "Cs", "Zl", "Zp"}
_DIRECTION_AND_INVISIBLE = {chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200B, 0xFEFF)}


def plain(text: str, limit: int = 200) -> str:
    """One line for a header or a sentence: no control, direction-changing or invisible character, at most `limit` long."""
    kept = (" " if char in _DIRECTION_AND_INVISIBLE or unicodedata.category(char) in _BREAKS else char for char in text)
    return " ".join("".join(kept).split())[:limit]


_LINK = re.compile(r"://|www\.|@|\b[\w-]+\.[a-z]{2,}\b", re.IGNORECASE)


def greetable(name: str) -> str:
    """A stranger's name as far as our mail may say it: a "name" that advertises an address is left out."""
    cleaned = plain(name, 80)
    return "" if _LINK.search(cleaned) else cleaned


OURS = "Greenroom"


def signed_by(kind: AnyKind, organization: str) -> str:
    """In whose name the mail goes out. A stranger who was invited knows the organisation by nothing but what it calls itself."""
    return greetable(organization) or OURS if kind == "invited" else plain(organization)
