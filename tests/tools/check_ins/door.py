"""An event with tickets sold and a list to scan them by, laid down in a few statements so that thousands cost nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, LiteralString
from uuid import UUID, uuid4

import psycopg

from tests.office import Office


@dataclass(frozen=True)
class Door:
    """What a steward works with. `tickets` are the ids of one type's tickets in the order of their numbers."""

    office: Office
    event: UUID
    types: dict[str, UUID]
    list_id: UUID
    tickets: list[UUID]
    codes: list[str]
    orders: list[UUID]

    async def scan(self, ticket: UUID | int, kind: str = "entry", **more: Any) -> Any:
        """One scan by ticket id, or by the place of the ticket."""
        ticket_id = self.tickets[ticket] if isinstance(ticket, int) else ticket
        return await self.do("check_in", ticket=ticket_id, kind=kind, **more)

    async def read(self, code: str, **more: Any) -> Any:
        return await self.do("check_in", code=code, **more)

    async def do(self, name: str, /, **data: Any) -> Any:
        """An operation on this door's list."""
        return await self.office.do(name, check_in_list=str(self.list_id), **data)

    def at(self, office: Office) -> Door:
        """The same door with somebody else at it."""
        return replace(self, office=office)

    def by(self, list_id: UUID) -> Door:
        return replace(self, list_id=list_id)

    def state(self, ticket: int) -> str:
        ((status,),) = self.office.sql("select status from public.tickets where id = %s", self.tickets[ticket])
        return str(status)

    def history(self) -> list[tuple[Any, ...]]:
        """What is stored of all scans, in the order of their nonces."""
        return self.office.sql(
            "select nonce, ticket_id, kind, outcome, reason, told from public.check_ins where list_id = %s order by nonce",
            self.list_id,
        )


async def open_door(
    office: Office, *, parties: int = 3, party: int = 2, event_name: str = "Gala", **rules: Any
) -> Door:
    """An event with `parties` orders of `party` tickets each, all of the type General, and one list of every type."""
    event, types = uuid4(), {"General": uuid4(), "VIP": uuid4()}
    orders = [uuid4() for _ in range(parties)]
    values = {
        "org": office.org_id, "event": event, "event_name": event_name, "orders": orders, "party": party,
        "types": list(types.values()), "names": list(types), "type": types["General"],
    }  # fmt: skip
    with psycopg.connect(office.admin_dsn, autocommit=True) as connection:
        for statement in _EVENT:
            connection.execute(statement, values)
        found = connection.execute(_TICKETS, values).fetchall()
    created = await office.do("create_check_in_list", event=str(event), name="Main door", **rules)
    return Door(office, event, types, created.id, [row[0] for row in found], [row[1] for row in found], orders)


_EVENT: tuple[LiteralString, ...] = (
    "insert into public.events (id, org_id, name, start_date, end_date, timezone, currency, status) values (%(event)s, %(org)s,"
    " %(event_name)s, '2030-12-12 19:00+01', '2030-12-12 23:00+01', 'Europe/Amsterdam', 'EUR', 'published')",
    "insert into public.ticket_types (id, org_id, event_id, name, price_amount, currency)"
    " select t.id, %(org)s, %(event)s, t.name, 1000, 'EUR' from unnest(%(types)s::uuid[], %(names)s::text[]) as t (id, name)",
    "insert into public.quotas (org_id, event_id, name, kind, size)"
    " select %(org)s, %(event)s, name, 'ticket_type', 100000 from unnest(%(names)s::text[]) as t (name)",
    """
    with party as (
        insert into public.orders (id, org_id, event_id, number, buyer_name, buyer_email, status, currency, total_amount, paid_amount)
        select o.id, %(org)s, %(event)s, nextval('app.order_numbers')::text, 'Buyer ' || o.n, 'buyer' || o.n || '@example.org',
            'paid', 'EUR', 1000 * %(party)s, 1000 * %(party)s
        from unnest(%(orders)s::uuid[]) with ordinality as o (id, n) returning id, buyer_name, buyer_email
    ), line as (
        insert into public.order_items (id, org_id, order_id, ticket_type_id, quantity, price_amount, total_amount)
        select gen_random_uuid(), %(org)s, p.id, %(type)s, %(party)s, 1000, 1000 * %(party)s from party p returning id, order_id
    )
    insert into public.tickets (org_id, order_id, order_item_id, ticket_type_id, event_id, code, attendee_name, attendee_email)
    select %(org)s, l.order_id, l.id, %(type)s, %(event)s, left(replace(gen_random_uuid()::text, '-', ''), 20),
        'Guest ' || g || ' of ' || p.buyer_name, p.buyer_email
    from line l join party p on p.id = l.order_id, generate_series(1, %(party)s) g
    """,
    "insert into public.payments (org_id, order_id, method, status, amount, currency, confirmed_at)"
    " select o.org_id, o.id, 'card', 'confirmed', o.paid_amount, 'EUR', now() from public.orders o where o.event_id = %(event)s",
    # Last: linking counts what was sold.
    "insert into public.quota_ticket_types (org_id, event_id, quota_id, ticket_type_id) select q.org_id, q.event_id, q.id, t.id"
    " from public.quotas q join public.ticket_types t on t.event_id = q.event_id and t.name = q.name where q.event_id = %(event)s",
)
_TICKETS: LiteralString = (
    "select k.id, k.code from public.tickets k join unnest(%(orders)s::uuid[]) with ordinality as o (id, n) on o.id = k.order_id"
    " order by o.n, k.attendee_name, k.id"
)
