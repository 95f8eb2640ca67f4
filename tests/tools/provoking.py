"""What provokes an error: what to do first, and the call. The tables are in provocations.py and provocations_selling.py."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.tools.cases import of, refunded_event, waiting_order
from tests.tools.shop import END, START, Shop
from tools.errors import AppError

Data = Callable[[Shop], dict[str, Any]]
Call = tuple[str, Data]


@dataclass(frozen=True)
class Provocation:
    operation: str
    error: type[AppError]
    data: Data
    first: tuple[Call, ...] = ()
    says: tuple[str, ...] = ()
    """Members the problem must have besides its code."""
    offline: bool = False
    """Where no payment provider is connected."""


CANCELLED = ("cancel_event", of("event", "event", buyers="decide_later"))
RUNNING = ("get_event_refund", lambda shop: {"event": refunded_event(shop)})
SWITCHED_OFF = ("update_webhook", of("webhook", "webhook", active=False))
TWENTY = ("list_webhooks", lambda shop: twenty_webhooks(shop))
WAITING = ("get_order", lambda shop: {"order": waiting_order(shop, untouched=False)})
OVER = ("refund_order", of("order", "paid_order"))
EXPIRED = ("get_order", lambda shop: {"order": expired_order(shop)})
DOLLARS = ("create_ticket_type", of("event", "event", name="Dollars", price_amount=100, currency="USD", quantity=5))


def expired_order(shop: Shop) -> str:
    """The shop's open order, after its time to pay has run out."""
    shop.office.sql(
        "update public.orders set expires_at = now() - interval '1 second' where id = %s", shop.open_order.id
    )
    shop.office.sql("select app.expire(%s)", shop.event.id)
    return str(shop.open_order.id)


def twenty_webhooks(shop: Shop) -> dict[str, Any]:
    """An input that asks for nothing, after the organisation got as many webhooks as it may have."""
    shop.office.sql(
        "insert into public.webhooks (org_id, url) select %s, 'https://many.example.net/' || n from generate_series(2, 20) n",
        shop.office.org_id,
    )
    return {}


def accepted_invitation(shop: Shop) -> dict[str, Any]:
    """An input that asks for nothing, after somebody accepted the shop's invitation."""
    shop.office.sql(
        "update public.invitations set accepted_at = now(), accepted_by = %s where id = %s",
        shop.colleague.id,
        shop.invitation.id,
    )
    return {}


def many_invited(shop: Shop) -> dict[str, Any]:
    """An input that asks for nothing, after the organisation invited as many as it may in a day."""
    shop.office.sql(
        "insert into public.invitations (id, org_id, email, role, invited_by, expires_at, revoked_at)"
        " select gen_random_uuid(), %s, 'many' || n || '@example.net', 'viewer', gen_random_uuid(), now(), now()"
        " from generate_series(2, 50) n",
        shop.office.org_id,
    )
    return {}


def taking(quantity: int, ticket_type: str) -> list[dict[str, Any]]:
    return [{"ticket_type": ticket_type, "quantity": quantity}]


LATER = {"start_date": "2031-06-01T19:00:00+01:00", "end_date": "2031-06-01T22:00:00+01:00"}
BOOKED_LATER = ("book_venue", lambda shop: {"event": str(shop.spare_event.id), "venue": str(shop.venue.id), **LATER})
SALE: Data = lambda shop: {  # noqa: E731 - a table of inputs
    "event": str(shop.event.id), "ticket_type": str(shop.ticket_type.id), "quantity": 99, "buyer": "Dee"
}  # fmt: skip
PARTY: Data = lambda shop: {  # noqa: E731 - a table of inputs
    "check_in_list": str(shop.check_in_list.id), "order": str(shop.paid_order.id)
}  # fmt: skip
NEXT = ("allowed_next_states",)
SETTLED: Data = lambda shop: {  # noqa: E731 - a table of inputs
    "payment": str(shop.office.sql("select id from public.payments where order_id = %s", shop.paid_order.id)[0][0])
}
BACKWARDS = {"sales_start": END, "sales_end": START}
VALID_BACKWARDS = {"valid_from": END, "valid_until": START}
STUDENTS: Call = ("sell_tickets", lambda shop: {**SALE(shop), "quantity": 2, "promo_code": "STUDENT"})


def voucher_of(shop: Shop) -> str:
    ((code,),) = shop.office.sql(
        "select code from public.promo_codes where org_id = %s and kind = 'voucher'", shop.office.org_id
    )
    return str(code)


FEW: Data = lambda shop: {**SALE(shop), "quantity": 2}  # noqa: E731 - a table of inputs


def uncounted(shop: Shop) -> dict[str, Any]:
    """The event, after nobody says any more how many of the type there are."""
    shop.office.sql("delete from public.quota_ticket_types where ticket_type_id = %s", shop.ticket_type.id)
    return {"event": str(shop.event.id)}
