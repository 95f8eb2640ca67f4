"""An organisation with one of everything, made by its owner through operations; what most tests of operations start from."""

from __future__ import annotations

from dataclasses import dataclass, replace
from types import SimpleNamespace
from typing import Any

from tests.office import Office, found_organization
from tools.context import Greenroom
from tools.mails.relaying import relay

START, END = "2030-12-12T19:00:00+01:00", "2030-12-12T22:00:00+01:00"

_WRITTEN = (
    "organizations", "memberships", "venues", "spaces", "events", "bookings", "ticket_types", "quotas", "quota_ticket_types",
    "bundle_items", "promo_codes", "promo_code_ticket_types", "check_in_lists", "check_in_list_ticket_types", "check_ins",
    "orders", "order_items", "tickets", "payments", "refunds", "holds", "hold_items",
    "sponsors", "sponsorships", "proposals", "audit", "outbox",
    "idempotency_keys", "payouts", "refund_runs", "refund_run_orders", "refund_choices", "waiting_lists", "waiting_list_entries",
    "mails", "files", "file_removals", "ticket_papers", "invitations", "api_keys", "door_staff", "webhooks", "webhook_deliveries",
)  # fmt: skip


@dataclass(frozen=True)
class Shop:
    """The owner's office, somebody else's, and what the first one trades in. Spare things have nothing hanging on them."""

    office: Office
    rival: Office
    venue: Any
    spare_venue: Any
    event: Any
    spare_event: Any
    booking: Any
    ticket_type: Any
    spare_ticket_type: Any
    quota: Any
    promo_code: Any
    open_order: Any
    paid_order: Any
    sponsorship: Any
    check_in_list: Any
    spare_check_in_list: Any
    check_in: Any
    payout: Any
    online_payment: Any
    hold: Any
    entry: Any
    mail: Any
    file: Any
    colleague: Any
    invitation: Any
    api_key: Any
    webhook: Any
    delivery: Any

    async def do(self, name: str, /, **data: Any) -> Any:
        return await self.office.do(name, **data)

    def seen_as(self, version: int | None) -> Office:
        """The owner, who saw this version."""
        return replace(self.office, caller=replace(self.office.caller, if_match=version))

    def stored(self) -> dict[str, str]:
        """A fingerprint per table of what both organisations have."""
        parts = " union all ".join(
            f"select '{table}', md5(coalesce(string_agg(t::text, ',' order by t::text), '')) from public.{table} t"
            f" where t.{'id' if table == 'organizations' else 'org_id'} = any (%s)"
            for table in _WRITTEN
        )
        both = [self.office.org_id, self.rival.org_id]
        return {str(table): str(print_) for table, print_ in self.office.sql(parts, *[both] * len(_WRITTEN))}

    def trace(self, operation: str | None = None) -> tuple[int, int]:
        """How many audit entries and messages to listeners both organisations have, of one operation or of all."""
        both = [self.office.org_id, self.rival.org_id]
        ((entries, messages),) = self.office.sql(
            "select (select count(*) from public.audit where org_id = any (%s) and operation = coalesce(%s, operation)),"
            " (select count(*) from public.outbox where org_id = any (%s) and kind = coalesce(%s, kind))",
            both,
            operation,
            both,
            operation,
        )
        return entries, messages

    async def emptied(self) -> Shop:
        """The same shop, where nobody waits and nothing is held: only its two orders keep places."""
        await self.do("release_hold", hold=str(self.hold.id))
        self.office.sql("delete from public.waiting_list_entries where org_id = %s", self.office.org_id)
        self.office.sql("delete from public.waiting_lists where org_id = %s", self.office.org_id)
        return self


async def open_shop(greenroom: Greenroom, admin_dsn: str) -> Shop:
    office = await found_organization(greenroom, admin_dsn)
    rival = await found_organization(greenroom, admin_dsn, name="Red Note Events")
    do = office.do
    venue = await do("create_venue", name="Blue Room", city="Amsterdam", capacity=150)
    spare_venue = await do("create_venue", name="Boat House", city="Utrecht", capacity=80)
    event = await do("create_event", name="Winter Gala", start_date=START, end_date=END, venue=str(venue.id))
    spare_event = await do("create_event", name="Garden Fair", start_date=START, end_date=END)
    booking = await do("book_venue", event=str(event.id), venue=str(venue.id))
    ticket_type = await do("create_ticket_type", event=str(event.id), price_amount=2500, quantity=100)
    spare = await do("create_ticket_type", event=str(event.id), name="VIP", price_amount=9000, quantity=10)
    quota = await do("create_quota", event=str(event.id), name="Hall", size=1000, ticket_types=[str(ticket_type.id)])
    promo_code = await do(
        "create_promo_code", event=str(event.id), code="STUDENT", percent_basis_points=2000, max_uses=50
    )
    payout = await do("record_payout", provider="stripe", reference="po_0", amount=100, arrived_on="2025-01-01")
    sale = {"event": str(event.id), "ticket_type": str(ticket_type.id), "quantity": 2}
    open_order = await do("sell_tickets", **sale, buyer="Ann <ann@example.org>")
    paid_order = await do("sell_tickets", **sale, buyer="Bob <bob@example.org>", payment_method="card")
    sponsorship = await do("add_sponsor", event=str(event.id), sponsor="Yamaha", level="gold", amount=500_000)
    door = await do("create_check_in_list", event=str(event.id), name="Main door")
    spare_door = await do("create_check_in_list", event=str(event.id), name="Backstage")
    check_in = await do(
        "check_in", check_in_list=str(door.id), ticket=paid_order.tickets[-1].id, nonce="the-first-scan"
    )
    hold = await do("hold_tickets", event=str(event.id), ticket_type="General", quantity=1, label="Press")
    await do("open_waiting_list", event=str(event.id))
    entry = await do("add_to_waiting_list", event=str(event.id), ticket_type="VIP", email="wim@example.org", name="Wim")
    webhook = await do("create_webhook", url="https://crm.example.net/news", kinds=["payout.voided"])
    delivery = await do("send_test_webhook", webhook=webhook.id)
    return Shop(
        office, rival, venue, spare_venue, await do("get_event", event=str(event.id)), spare_event, booking, ticket_type, spare,
        quota, promo_code, open_order, paid_order, sponsorship, door, spare_door, check_in, payout,
        _unknown_payment(office, open_order.id),
        hold=hold, entry=entry, mail=await _first_mail(office), file=_poster(office, event.id),
        colleague=SimpleNamespace(id=(await office.colleague("staff")).caller.user_id),
        invitation=await do("invite_member", email="ivy@example.org", role="viewer"),
        api_key=await do("create_api_key", name="Till", role="staff"),
        webhook=webhook, delivery=delivery,
    )  # fmt: skip


async def _first_mail(office: Office) -> Any:
    while await relay(office.greenroom):
        pass
    return (await office.do("list_mails", limit=1)).items[0]


def _poster(office: Office, event_id: Any) -> SimpleNamespace:
    """The event's poster, of which only the row is there."""
    ((file_id,),) = office.sql(
        "insert into public.files (org_id, kind, event_id, name, media_type, bytes, sha256, path, state, created_by)"
        " values (%s, 'event_poster', %s, 'poster.png', 'image/png', 1, repeat('0', 64), gen_random_uuid()::text, 'ready', %s)"
        " returning id",
        office.org_id, event_id, office.caller.user_id,
    )  # fmt: skip
    return SimpleNamespace(id=file_id)


def _unknown_payment(office: Office, order_id: Any) -> SimpleNamespace:
    """An online payment of the order's whole amount, of which nobody knows what became."""
    ((payment_id,),) = office.sql(
        "insert into public.payments (org_id, order_id, provider, method, status, amount, currency, attempts)"
        " select org_id, id, 'sandbox', 'online', 'unknown', total_amount, currency, 1 from public.orders where id = %s returning id",
        order_id,
    )
    return SimpleNamespace(id=payment_id)
