"""One good call of every operation: its input and the least role that may make it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.tools.shop import START, Shop
from tools.catalog import CATALOG
from tools.context import Role


@dataclass(frozen=True)
class Case:
    """`data` names what it works on by id, the thing itself first, so that another organisation can be given the same ids."""

    least: Role
    data: Callable[[Shop], dict[str, Any]]


def of(field: str, thing: str, **more: Any) -> Callable[[Shop], dict[str, Any]]:
    """An input whose `field` is the id of the shop's `thing`."""
    return lambda shop: {field: str(getattr(shop, thing).id), **more}


def waiting_order(shop: Shop, *, untouched: bool = True) -> str:
    """The shop's open order, made to wait for the organiser's yes as one of the public shop does; once, while it is `untouched`."""
    shop.office.sql(
        "update public.orders set needs_approval = true where id = %s and not needs_approval and (version = 1 or not %s)",
        shop.open_order.id,
        untouched,
    )
    return str(shop.open_order.id)


def refunded_event(shop: Shop) -> str:
    """The shop's event, with a refund of all its orders under way that had none to refund."""
    shop.office.sql(
        "insert into public.refund_runs (id, org_id, event_id, keep_amount) values (%s, %s, %s, 0) on conflict do nothing",
        shop.event.id, shop.office.org_id, shop.event.id,
    )  # fmt: skip
    return str(shop.event.id)


def a_ticket(**more: Any) -> Callable[[Shop], dict[str, Any]]:
    """An input whose `ticket` is a paid one that nobody used yet."""
    return lambda shop: {"ticket": str(shop.paid_order.tickets[0].id), **more}


CASES: dict[str, Case] = {
    "create_event": Case(
        "staff", lambda shop: {"name": "New Year", "start_date": START, "venue": str(shop.venue.id), "capacity": 100}
    ),
    "update_event": Case("staff", of("event", "event", name="Winter Ball", capacity=120)),
    "publish_event": Case("staff", of("event", "event")),
    "cancel_event": Case("staff", of("event", "event", reason="Snow", buyers="decide_later")),
    "postpone_event": Case("admin", of("event", "event", start_date="2031-01-12T19:00:00+01:00", reason="Snow")),
    "refund_event": Case("admin", of("event", "event", keep_amount=200, dry_run=False)),
    "get_event_refund": Case("viewer", lambda shop: {"event": refunded_event(shop)}),
    "offer_refund_choice": Case("admin", of("event", "event", options=["refund", "donate"])),
    "list_mails": Case("staff", of("event", "event", kind="order_received")),
    "export_person": Case("admin", lambda _: {"email": "ann@example.org"}),
    "erase_person": Case("admin", lambda _: {"email": "ann@example.org"}),
    "list_erasures": Case("admin", lambda _: {}),
    "get_mail": Case("staff", of("mail", "mail")),
    "create_webhook": Case("admin", lambda _: {"description": "CRM", "url": "https://hooks.example.net/in"}),
    "update_webhook": Case("admin", of("webhook", "webhook", kinds=["order.created", "order.paid"])),
    "delete_webhook": Case("admin", of("webhook", "webhook")),
    "rotate_webhook_secret": Case("admin", of("webhook", "webhook")),
    "send_test_webhook": Case("admin", of("webhook", "webhook")),
    "redeliver_webhook": Case("admin", of("delivery", "delivery")),
    "get_webhook": Case("admin", of("webhook", "webhook")),
    "list_webhooks": Case("admin", lambda _: {}),
    "list_webhook_deliveries": Case("admin", of("webhook", "webhook", status="waiting")),
    "list_refund_choices": Case("viewer", of("event", "event", state="open")),
    "delete_event": Case("staff", of("event", "spare_event")),
    "get_event": Case("viewer", of("event", "event")),
    "list_events": Case("viewer", of("venue", "venue")),
    "create_venue": Case("staff", lambda _: {"name": "Loft", "city": "Delft", "capacity": 40}),
    "update_venue": Case("staff", of("venue", "venue", city="Haarlem")),
    "delete_venue": Case("staff", of("venue", "spare_venue")),
    "get_venue": Case("viewer", of("venue", "venue")),
    "find_venues": Case("viewer", lambda _: {}),
    "book_venue": Case("staff", lambda shop: {"event": str(shop.spare_event.id), "venue": str(shop.spare_venue.id)}),
    "update_booking": Case("staff", of("booking", "booking", setup_minutes=30)),
    "cancel_booking": Case("staff", of("booking", "booking")),
    "get_booking": Case("viewer", of("booking", "booking")),
    "list_bookings": Case("viewer", of("event", "event")),
    "create_ticket_type": Case("staff", of("event", "event", name="Balcony", price_amount=1500, quantity=20)),
    "update_ticket_type": Case("staff", of("ticket_type", "ticket_type", quantity=90)),
    "delete_ticket_type": Case("staff", of("ticket_type", "spare_ticket_type")),
    "get_ticket_type": Case("viewer", of("ticket_type", "ticket_type")),
    "list_ticket_types": Case("viewer", of("event", "event")),
    "create_quota": Case(
        "staff",
        lambda shop: {"event": str(shop.event.id), "name": "Floor", "size": 60, "ticket_types": [str(shop.ticket_type.id)]},
    ),
    "update_quota": Case("staff", of("quota", "quota", size=80)),
    "delete_quota": Case("staff", of("quota", "quota")),
    "get_quota": Case("viewer", of("quota", "quota")),
    "list_quotas": Case("viewer", of("event", "event")),
    "explain_availability": Case("viewer", of("event", "event")),
    "create_promo_code": Case("staff", of("event", "event", code="EARLY", off_amount=500)),
    "create_vouchers": Case("staff", of("ticket_type", "ticket_type", quantity=3, price_amount=0)),
    "update_promo_code": Case("staff", of("promo_code", "promo_code", max_uses=60)),
    "delete_promo_code": Case("staff", of("promo_code", "promo_code")),
    "get_promo_code": Case("viewer", of("promo_code", "promo_code")),
    "list_promo_codes": Case("viewer", of("event", "event")),
    "hold_tickets": Case(
        "staff",
        lambda shop: {
            "event": str(shop.event.id), "ticket_type": str(shop.ticket_type.id), "quantity": 4, "label": "Band", "days": 3,
        },
    ),
    "extend_hold": Case("staff", of("hold", "hold", minutes=5000)),
    "release_hold": Case("staff", of("hold", "hold")),
    "get_hold": Case("viewer", of("hold", "hold")),
    "list_holds": Case("viewer", of("event", "event")),
    "sell_tickets": Case(
        "staff",
        lambda shop: {
            "event": str(shop.event.id), "ticket_type": str(shop.ticket_type.id), "quantity": 3, "buyer": "Cas",
            "payment_method": "cash",
        },
    ),
    "record_payment": Case("staff", of("order", "open_order", method="transfer")),
    "refund_order": Case("admin", of("order", "paid_order")),
    "request_payment": Case("staff", of("order", "open_order")),
    "settle_payment": Case("staff", of("payment", "online_payment")),
    "give_up_payment": Case("staff", of("payment", "online_payment")),
    "list_payments": Case("viewer", of("order", "open_order")),
    "list_refunds": Case("viewer", of("order", "paid_order")),
    "refund_tickets": Case("admin", of("order", "paid_order", ticket_type="General", quantity=1, keep_amount=100)),
    "change_order": Case(
        "staff",
        lambda shop: {
            "order": str(shop.paid_order.id),
            "remove": [{"ticket_type": str(shop.ticket_type.id), "quantity": 1}],
            "add": [{"ticket_type": str(shop.spare_ticket_type.id), "quantity": 1}],
        },
    ),
    "cancel_order": Case("staff", of("order", "open_order")),
    "approve_order": Case("staff", lambda shop: {"order": waiting_order(shop)}),
    "decline_order": Case("staff", lambda shop: {"order": waiting_order(shop)}),
    "extend_order": Case("staff", of("order", "open_order")),
    "open_waiting_list": Case("staff", of("event", "event", auto_offer=True, offer_hours=48)),
    "close_waiting_list": Case("staff", of("event", "event")),
    "add_to_waiting_list": Case(
        "staff", of("event", "event", ticket_type="General", quantity=2, name="Xan", email="xan@example.org")
    ),
    "list_waiting_list": Case("viewer", of("event", "event")),
    "offer_places": Case("staff", of("event", "event", places=6, hours=24)),
    "remove_from_waiting_list": Case("staff", of("entry", "entry")),
    "get_order": Case("viewer", of("order", "open_order")),
    "list_orders": Case("viewer", of("event", "event")),
    "create_check_in_list": Case(
        "staff", lambda shop: {"event": str(shop.event.id), "name": "Side door", "ticket_types": [str(shop.ticket_type.id)]}
    ),
    "update_check_in_list": Case("staff", of("check_in_list", "check_in_list", name="Front door", reentry=False)),
    "delete_check_in_list": Case("staff", of("check_in_list", "spare_check_in_list")),
    "get_check_in_list": Case("door", of("check_in_list", "check_in_list")),
    "list_check_in_lists": Case("door", of("event", "event")),
    "check_in": Case(
        "door",
        lambda shop: {"check_in_list": str(shop.check_in_list.id), "code": shop.paid_order.tickets[0].code, "device": "Gate 1"},
    ),
    "check_in_order": Case(
        "door", lambda shop: {"check_in_list": str(shop.check_in_list.id), "order": str(shop.paid_order.id)}
    ),
    "upload_check_ins": Case(
        "door",
        lambda shop: {
            "check_in_list": str(shop.check_in_list.id),
            "scans": [
                {"nonce": f"offline-{n}", "scanned_at": "2026-01-01T19:00:00Z", "ticket": str(ticket.id), "let_in": True}
                for n, ticket in enumerate(shop.paid_order.tickets)
            ],
        },
    ),
    "undo_check_in": Case("door", of("check_in", "check_in")),
    "search_attendees_at_door": Case("door", of("check_in_list", "check_in_list", query="bob")),
    "download_check_in_list": Case("door", of("check_in_list", "check_in_list")),
    "list_attendees": Case("viewer", of("event", "event", query="bob")),
    "get_ticket": Case("viewer", a_ticket()),
    "rename_attendee": Case("staff", a_ticket(name="Bobby")),
    "transfer_ticket": Case("staff", a_ticket(name="Eve", email="eve@example.org")),
    "send_tickets": Case("staff", of("order", "paid_order")),
    "get_order_link": Case("staff", of("order", "paid_order")),
    "renew_order_link": Case("staff", of("order", "paid_order")),
    "import_attendees": Case(
        "staff",
        of("event", "event", csv="name,email,type\nGus,gus@example.org,General\nHal,nowhere,VIP\n", dry_run=False),
    ),
    "add_sponsor": Case("staff", of("event", "event", sponsor="Steinway", level="Silver", amount=100_000)),
    "update_sponsor": Case("staff", of("sponsor", "sponsorship", amount=600_000)),
    "remove_sponsor": Case("staff", of("sponsor", "sponsorship")),
    "get_sponsor": Case("viewer", of("sponsor", "sponsorship")),
    "list_sponsors": Case("viewer", of("event", "event")),
    "get_file": Case("viewer", of("file", "file")),
    "list_files": Case("viewer", of("event", "event", kind="event_poster")),
    "delete_file": Case("staff", of("file", "file")),
    "attach_file": Case("staff", lambda shop: {"file": str(shop.file.id), "event": str(shop.spare_event.id)}),
    "record_payout": Case(
        "admin", lambda _: {"reference": "po_1", "provider": "stripe", "amount": 4800, "fee_amount": 200}
    ),
    "void_payout": Case("admin", of("payout", "payout")),
    "get_payout": Case("admin", of("payout", "payout")),
    "list_payouts": Case("admin", lambda _: {}),
    "ledger_report": Case("admin", of("event", "event")),
    "list_ledger": Case("admin", of("event", "event")),
    "check_ledger": Case("admin", of("event", "event")),
    "sales_report": Case("viewer", of("event", "event")),
    "compare_sales": Case("viewer", lambda shop: {"event": str(shop.event.id), "other": str(shop.spare_event.id)}),
    "orders_to_settle": Case("viewer", of("event", "event")),
    "export": Case("viewer", of("event", "event", kind="attendees")),
    "list_audit": Case("viewer", lambda _: {}),
    "get_organization": Case("viewer", lambda _: {}),
    "list_members": Case("staff", lambda _: {}),
    "change_member": Case("admin", of("member", "colleague", role="viewer")),
    "remove_member": Case("admin", of("member", "colleague")),
    "transfer_ownership": Case("owner", of("member", "colleague")),
    "invite_member": Case("admin", lambda _: {"email": "new@example.org", "role": "staff"}),
    "revoke_invitation": Case("admin", of("invitation", "invitation")),
    "resend_invitation": Case("admin", of("invitation", "invitation")),
    "list_invitations": Case("admin", lambda _: {}),
    "create_api_key": Case("admin", lambda _: {"name": "Website", "role": "staff", "scopes": ["events:read"]}),
    "revoke_api_key": Case("admin", of("api_key", "api_key")),
    "list_api_keys": Case("admin", lambda _: {}),
    "update_organization": Case("owner", lambda _: {"name": "Bluer Note Events"}),
}  # fmt: skip

TRADE = {
    name: operation for name, operation in CATALOG.items() if not operation.run.__module__.startswith("tools.proposals")
}
"""The operations tested one by one here; proposals have tests of their own."""

TRACED = frozenset({"export_person"})
"""Reads that stand in the audit: what they hand out is a person's."""
READS = [name for name in CASES if CATALOG[name].effect == "read"]
WRITES = [name for name in CASES if name not in READS]
VERSIONED = [name for name in WRITES if any(http.needs_version for http in CATALOG[name].http)]
EMPTY_FOR_STRANGERS = {
    "list_bookings", "list_refund_choices", "list_waiting_list", "list_ticket_types", "list_quotas", "list_promo_codes",
    "list_holds", "list_orders", "list_sponsors", "list_check_in_lists", "list_attendees", "list_mails", "list_erasures", "list_files",
}  # fmt: skip
"""Lists that answer nothing about an id that is not there, rather than NotFound."""
