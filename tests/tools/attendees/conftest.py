"""An event that sells, for the tests of attendees."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest_asyncio

from tests.office import Office, found_organization
from tests.postgres import ClonedDatabase
from tools.context import Greenroom
from tools.store.addresses import ATTENDEE

START, END = "2030-12-12T19:00:00+01:00", "2030-12-12T22:00:00+01:00"


@dataclass(frozen=True)
class Gala:
    """An event with two types of ticket: five General at 25 euros, two VIP at 90."""

    office: Office
    event: Any
    general: Any
    vip: Any

    async def do(self, name: str, /, **data: Any) -> Any:
        return await self.office.do(name, **data)

    async def sell(self, quantity: int = 1, buyer: str = "Ann Lee <ann@example.org>", **more: Any) -> Any:
        """A paid order of General tickets."""
        sale = {"ticket_type": str(self.general.id), "payment_method": "card"} | more
        return await self.do("sell_tickets", event=str(self.event.id), quantity=quantity, buyer=buyer, **sale)

    async def bring(self, csv: str, **more: Any) -> Any:
        """Import this file, for real."""
        return await self.do("import_attendees", event=str(self.event.id), csv=csv, **{"dry_run": False} | more)

    def tickets(self) -> list[tuple[Any, ...]]:
        return [
            (name, stored and self.office.address(ATTENDEE, ticket, stored), status)
            for ticket, name, stored, status in self.office.sql(
                "select id, attendee_name, attendee_email, status from public.tickets where event_id = %s order by attendee_name, status",
                self.event.id,
            )
        ]

    def prints(self) -> dict[str, str]:
        """A fingerprint of every table, the traces included."""
        tables = self.office.sql("select table_name from information_schema.tables where table_schema = 'public'")
        parts = " union all ".join(
            f"select '{table}', md5(coalesce(string_agg(t::text, ',' order by t::text), '')) from public.{table} t"
            for (table,) in tables
        )
        return {str(table): str(print_) for table, print_ in self.office.sql(parts)}


async def open_gala(office: Office) -> Gala:
    venue = await office.do("create_venue", name="Blue Room", city="Amsterdam", capacity=150)
    event = await office.do("create_event", name="Winter Gala", start_date=START, end_date=END, venue=str(venue.id))
    general = await office.do("create_ticket_type", event=str(event.id), name="General", price_amount=2500, quantity=5)
    vip = await office.do("create_ticket_type", event=str(event.id), name="VIP", price_amount=9000, quantity=2)
    await office.do("publish_event", event=str(event.id))
    return Gala(office, event, general, vip)


@pytest_asyncio.fixture(loop_scope="module")
async def gala(greenroom: Greenroom, module_database: ClonedDatabase) -> Gala:
    """A gala of its own for each test, in the module's database."""
    return await open_gala(await found_organization(greenroom, module_database.admin_dsn))
