"""An organisation with one of everything, made by its owner through operations; what most tests of operations start from."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from tests.office import Office, found_organization
from tools.context import Greenroom

START, END = "2030-12-12T19:00:00+01:00", "2030-12-12T22:00:00+01:00"

_WRITTEN = (
    "organizations", "memberships", "venues", "spaces", "events", "bookings", "ticket_types", "quotas", "quota_ticket_types",
    "orders", "order_items", "tickets", "payments", "refunds", "holds", "sponsors", "sponsorships", "proposals", "audit", "outbox",
    "idempotency_keys",
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
    open_order: Any
    paid_order: Any
    sponsorship: Any

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

    def trace(self) -> tuple[int, int]:
        """How many audit entries and messages to listeners both organisations have."""
        both = [self.office.org_id, self.rival.org_id]
        ((entries, messages),) = self.office.sql(
            "select (select count(*) from public.audit where org_id = any (%s)),"
            " (select count(*) from public.outbox where org_id = any (%s))",
            both,
            both,
        )
        return entries, messages


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
    sale = {"event": str(event.id), "ticket_type": str(ticket_type.id), "quantity": 2}
    open_order = await do("sell_tickets", **sale, buyer="Ann <ann@example.org>")
    paid_order = await do("sell_tickets", **sale, buyer="Bob", payment_method="card")
    sponsorship = await do("add_sponsor", event=str(event.id), sponsor="Yamaha", level="gold", amount=500_000)
    return Shop(
        office, rival, venue, spare_venue, await do("get_event", event=str(event.id)), spare_event, booking, ticket_type, spare,
        open_order, paid_order, sponsorship,
    )  # fmt: skip
