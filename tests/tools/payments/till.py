"""A till for tests: an organisation that sells online through the sandbox, buyers who pay, and the books of both sides. Holds no test."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import Any, LiteralString
from uuid import UUID, uuid4

import httpx
import psycopg
from psycopg_pool import AsyncConnectionPool
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route

from embedded.payments import SandboxSettings, create_payments_app, prepare_payments
from embedded.payments.courier import Courier
from embedded.payments.ledger import Ledger
from embedded.payments.settings import Knobs
from tests.office import Office, found_organization, open_greenroom
from tests.postgres import ClonedDatabase
from tools.context import Greenroom
from tools.payments.models import Payment
from tools.payments.operations import start_checkout_payment
from tools.payments.provider import EventNotVerified, PaymentProvider
from tools.payments.settling import take_news
from tools.payments.stripe_provider import StripeProvider

PATH = "/sandbox/payments"
URL = f"http://sandbox.test{PATH}"
KEY, HOOK_SECRET = "sk_sandbox_for_tests", "whsec_for_tests"
PRICE = 2500


@dataclass
class Till:
    """`heard` is every webhook that came, as it came."""

    office: Office
    provider: PaymentProvider
    sandbox: Starlette
    courier: Courier
    event_id: UUID
    type_id: UUID
    heard: list[tuple[bytes, dict[str, str]]] = field(default_factory=list)
    outcomes: Counter[str] = field(default_factory=Counter)

    def order(self, *, expires_in: float | None = None, status: str = "pending", quantity: int = 1) -> UUID:
        """A sale that nobody has paid yet; `expires_in` seconds from now by database time."""
        return self.orders(1, expires_in=expires_in, status=status, quantity=quantity)[0]

    def orders(
        self, count: int, *, expires_in: float | None = None, status: str = "pending", quantity: int = 1
    ) -> list[UUID]:
        ids = [uuid4() for _ in range(count)]
        self.named(
            """
            with o as (
                insert into public.orders
                    (id, org_id, event_id, number, buyer_name, buyer_email, status, currency, total_amount, expires_at)
                select id, %(org)s, %(event)s, nextval('app.order_numbers')::text, 'Ann', 'ann@example.org', %(status)s, 'EUR',
                    %(price)s * %(quantity)s, clock_timestamp() + make_interval(secs => %(expires)s)
                from unnest(%(ids)s::uuid[]) as id returning id
            ), i as (
                insert into public.order_items (org_id, order_id, ticket_type_id, quantity, price_amount, total_amount)
                select %(org)s, o.id, %(type)s, %(quantity)s, %(price)s, %(price)s * %(quantity)s from o returning id, order_id
            ), k as (
                insert into public.tickets (org_id, order_id, order_item_id, ticket_type_id, event_id, code)
                select %(org)s, i.order_id, i.id, %(type)s, %(event)s, gen_random_uuid()::text
                from i, generate_series(1, %(quantity)s)
            )
            update public.quotas q set sold = q.sold + %(quantity)s * (select count(*) from i)
            where %(status)s in ('pending', 'paid')
                and q.id in (select l.quota_id from public.quota_ticket_types l where l.ticket_type_id = %(type)s)
            """,
            {
                "org": self.office.org_id, "event": self.event_id, "type": self.type_id, "ids": ids, "status": status,
                "price": PRICE, "quantity": quantity, "expires": expires_in,
            },
        )  # fmt: skip
        return ids

    def named(self, query: LiteralString, values: dict[str, Any]) -> None:
        """As the superuser, with named values."""
        with psycopg.connect(self.office.admin_dsn, autocommit=True) as connection:
            connection.execute(query, values)

    async def start(self, order_id: UUID) -> Payment:
        return await start_checkout_payment(self.office.greenroom, order_id, return_url="http://shop.test/thanks")

    async def press(self, pay_url: str, how: str = "pay") -> httpx.Response:
        """What the buyer does on the pay page."""
        async with httpx.AsyncClient(transport=httpx.ASGITransport(self.sandbox)) as browser:
            return await browser.post(pay_url, data={"how": how})

    async def turn(self, **knobs: Any) -> None:
        ledger: Ledger = self.courier._ledger
        await ledger.turn(Knobs(**knobs))

    async def deliver(self) -> int:
        """The webhooks that wait, now; also those that were refused before."""
        self.office.sql("update sandbox.events set next_at = now() where delivered_at is null")
        return await self.courier.round(self.hook_client())

    def hook_client(self) -> httpx.AsyncClient:
        return httpx.AsyncClient(
            transport=httpx.ASGITransport(Starlette(routes=[Route("/hook", self._hear, methods=["POST"])]))
        )

    async def _hear(self, request: Request) -> Response:
        body, headers = await request.body(), dict(request.headers)
        self.heard.append((body, headers))
        try:
            news = self.provider.read_event(body, headers)
        except EventNotVerified:
            return Response(status_code=400)
        outcome = await take_news(self.office.greenroom, self.provider.name, news)
        self.outcomes[outcome] += 1
        return JSONResponse({"outcome": outcome})

    def pass_time(self, order_id: UUID) -> None:
        """The order's time to pay is over, and its places are free again."""
        self.office.sql(
            "update public.orders set expires_at = now() - interval '1 second' where id = %s and status = 'pending'",
            order_id,
        )
        self.office.sql("select app.expire()")

    def bill(self, order_id: UUID) -> dict[str, Any]:
        ((status, paid, refunded, owed, tickets),) = self.office.sql(
            "select o.status, o.paid_amount, o.refunded_amount, app.owed(o), (select count(*) from public.tickets k"
            " where k.order_id = o.id and k.status = 'valid') from public.orders o where o.id = %s",
            order_id,
        )
        return {"status": status, "paid": paid, "refunded": refunded, "owed": owed, "tickets": tickets}

    def charges(self) -> Counter[str]:
        """Times money was taken at the provider, per payment of ours."""
        rows = self.office.sql(
            "select s.reference, count(*) from sandbox.charges c join sandbox.sessions s on s.id = c.session_id group by 1"
        )
        return Counter({str(reference): count for reference, count in rows})

    def drift(self) -> list[Any]:
        """Where a quota's counters are not what the orders add up to."""
        return self.office.sql("select * from app.quota_drift(%s)", self.office.org_id)

    def balanced(self) -> None:
        """What our books say was taken and given back is what the provider's say, payment by payment."""
        rows = self.office.sql(
            """
            select p.id, p.amount, coalesce((select sum(c.amount) from sandbox.charges c join sandbox.sessions s on s.id = c.session_id
                    where s.reference = p.id::text), 0),
                coalesce((select sum(r.amount) from public.refunds r where r.payment_id = p.id and r.status = 'done'), 0),
                coalesce((select sum(b.amount) from sandbox.refunds b join sandbox.sessions s on s.intent = b.intent
                    where s.reference = p.id::text and b.status = 'succeeded'), 0)
            from public.payments p where p.status = 'confirmed' and p.provider = 'sandbox'
            """
        )
        for payment, amount, charged, refunded, given_back in rows:
            assert (amount, refunded) == (charged, given_back), payment
        assert self.drift() == []


@dataclass
class Street:
    """One service and one sandbox over one database, for the tills of several tests, one after the other."""

    greenroom: Greenroom
    provider: StripeProvider
    sandbox: Starlette
    courier: Courier
    admin_dsn: str

    async def open(self, *, places: int = 1000) -> Till:
        """A till of a new organisation, with nothing left over from the one before."""
        with psycopg.connect(self.admin_dsn, autocommit=True) as connection:
            connection.execute(_CLEAN)
        office = await found_organization(self.greenroom, self.admin_dsn)
        event = await office.do("create_event", name="Night <of> Lights", start_date="2030-12-12T19:00:00+01:00")
        made = await office.do("create_ticket_type", event=str(event.id), price_amount=PRICE, quantity=places)
        await office.do("publish_event", event=str(event.id))
        return Till(office, self.provider, self.sandbox, self.courier, event.id, made.id)


@asynccontextmanager
async def open_street(database: ClonedDatabase, *, pool_size: int = 10) -> AsyncIterator[Street]:
    prepare_payments(database.admin_dsn)
    settings = SandboxSettings(url=URL, api_key=KEY, webhook_secret=HOOK_SECRET, hook_url="http://greenroom.test/hook")
    pool: Any = AsyncConnectionPool(
        database.admin_dsn, min_size=1, max_size=6, open=False, timeout=20, kwargs={"autocommit": True}
    )
    sandbox = create_payments_app(pool, settings)
    mounted = Starlette(routes=[Mount(PATH, sandbox)])
    provider = StripeProvider(
        "sandbox", KEY, HOOK_SECRET, api_base=URL, transport=httpx.ASGITransport(mounted), timeout_seconds=5
    )
    async with pool, open_greenroom(database, pool_size=pool_size) as bare, provider:
        yield Street(replace(bare, payments=provider), provider, mounted, sandbox.state.courier, database.admin_dsn)


_CLEAN = b"""
    delete from public.payment_events;
    delete from public.refunds;
    delete from public.payments;
    delete from sandbox.events;
    delete from sandbox.answers;
    delete from sandbox.charges;
    delete from sandbox.refunds;
    delete from sandbox.sessions;
    update sandbox.knobs set value = '{}';
"""
