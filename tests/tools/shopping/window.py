"""A published event with tickets, and visitors who look, hold and buy; for tests of the shop. Holds no test."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from tests.office import Office
from tools.shop.operation import Visitor
from tools.shop.operations import SHOP

OPERATIONS = {operation.name: operation for operation in SHOP}
START, END = "2030-12-12T19:00:00+01:00", "2030-12-12T22:00:00+01:00"


@dataclass(frozen=True)
class Window:
    """The organiser's office, and what a stranger sees of it."""

    office: Office
    event_id: UUID
    types: dict[str, UUID]

    async def ask(self, name: str, /, *, peer: str = "203.0.113.7", **data: Any) -> Any:
        """Call an operation of the shop as a visitor from an address; answers its model."""
        operation = OPERATIONS[name]
        visitor = Visitor(peer=peer.ljust(16, "x"), request_id="test")
        return await operation(self.office.greenroom, visitor, operation.input.model_validate(data))

    async def hold(self, quantity: int = 1, name: str = "General", **more: Any) -> Any:
        items = [{"ticket_type": str(self.types[name]), "quantity": quantity}]
        return await self.ask("start_hold", event=str(self.event_id), items=items, **more)

    async def buy(self, hold: Any, **more: Any) -> Any:
        buyer = {"name": "Ann Buyer", "email": "ann@example.org", "payment": "transfer"}
        return await self.ask("checkout", hold=str(hold.id), **buyer | more)

    def counters(self, name: str = "General") -> tuple[int, int]:
        """(held, sold) of the type's tightest quota."""
        rows = self.office.sql(
            "select q.held, q.sold from public.quotas q join public.quota_ticket_types l on l.quota_id = q.id"
            " where l.ticket_type_id = %s order by q.size - q.held - q.sold limit 1",
            self.types[name],
        )
        return (int(rows[0][0]), int(rows[0][1]))

    def pass_time(self, minutes: int) -> None:
        """Everything that ends, ends that much earlier by the database's clock."""
        self.office.sql("update public.holds set expires_at = expires_at - make_interval(mins => %s)", minutes)
        self.office.sql("update public.orders set expires_at = expires_at - make_interval(mins => %s)", minutes)

    def drift(self) -> list[Any]:
        return self.office.sql("select * from app.quota_drift()")


async def open_window(
    office: Office, *, size: int = 100, price: int = 2500, published: bool = True, **event: Any
) -> Window:
    """An event with one type, General."""
    values = {"name": "Winter Gala", "start_date": START, "end_date": END} | event
    made = await office.do("create_event", **values)
    general = await office.do(
        "create_ticket_type", event=str(made.id), name="General", price_amount=price, quantity=size
    )
    if published:
        await office.do("publish_event", event=str(made.id))
    return Window(office, made.id, {"General": general.id})


def add_type(window: Window, name: str, *, size: int = 100, price: int = 2500, **columns: Any) -> Window:
    """One more type with a quota of its own, with whatever columns the test is about."""
    office, type_id, quota_id = window.office, uuid4(), uuid4()
    place = (office.org_id, window.event_id)
    named = ", ".join(["id", "org_id", "event_id", "name", "price_amount", "currency", *columns])
    marks = ", ".join(["%s"] * (6 + len(columns)))
    office.sql(
        f"insert into public.ticket_types ({named}) values ({marks})",
        type_id,
        *place,
        name,
        price,
        "EUR",
        *columns.values(),
    )
    office.sql(
        "insert into public.quotas (id, org_id, event_id, name, kind, size) values (%s, %s, %s, %s, 'ticket_type', %s)",
        quota_id, *place, name, size,
    )  # fmt: skip
    office.sql(
        "insert into public.quota_ticket_types (org_id, event_id, quota_id, ticket_type_id) values (%s, %s, %s, %s)",
        *place, quota_id, type_id,
    )  # fmt: skip
    return Window(office, window.event_id, {**window.types, name: type_id})


def add_code(window: Window, code: str, *types: str, kind: str = "discount", **columns: Any) -> None:
    office, code_id = window.office, uuid4()
    place = (office.org_id, window.event_id)
    named = ", ".join(["id", "org_id", "event_id", "code", "kind", *columns])
    marks = ", ".join(["%s"] * (5 + len(columns)))
    office.sql(
        f"insert into public.promo_codes ({named}) values ({marks})", code_id, *place, code, kind, *columns.values()
    )
    for name in types:
        office.sql(
            "insert into public.promo_code_ticket_types (org_id, event_id, promo_code_id, ticket_type_id) values (%s, %s, %s, %s)",
            *place, code_id, window.types[name],
        )  # fmt: skip
