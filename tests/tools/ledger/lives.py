"""Orders and what may happen to them, straight through the functions of the database; what the books are held against."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

import psycopg
from hypothesis import strategies as st

Connection = psycopg.Connection[tuple[Any, ...]]


@dataclass(frozen=True)
class Line:
    """What one line of an order is priced at. `off` per ticket; `rate` in basis points."""

    quantity: int
    price: int
    off: int = 0
    fee: int = 0
    rate: int = 0
    included: bool = True

    def sums(self, quantity: int) -> dict[str, Any]:
        """The line's money for so many of its tickets, also a negative number of them."""
        discount, fee = self.off * quantity, self.fee * quantity
        base = quantity * self.price - discount + fee
        tax = round(base * self.rate / (10_000 + self.rate if self.included else 10_000))
        return {
            "price": self.price, "discount": discount, "fee": fee, "tax": tax, "tax_basis_points": self.rate,
            "tax_included": self.included, "total": base + (0 if self.included else tax),
        }  # fmt: skip


LINES = st.lists(
    st.builds(
        lambda quantity, price, off, fee, rate, included: Line(quantity, price, min(off, price), fee, rate, included),
        st.integers(1, 3), st.sampled_from((0, 1, 333, 2500, 9999)), st.sampled_from((0, 0, 100, 777)),
        st.sampled_from((0, 0, 50, 199)), st.sampled_from((0, 700, 1900, 2100)), st.booleans(),
    ),
    min_size=1, max_size=3,
)  # fmt: skip


@dataclass
class Life:
    """One order under way. A step the database refuses leaves everything as it was."""

    connection: Connection
    org: UUID
    event: UUID
    seller: UUID
    ticket_types: list[UUID]
    currency: str = "EUR"
    order: UUID = field(default_factory=uuid4)
    lines: dict[UUID, tuple[Line, UUID]] = field(default_factory=dict)
    done: list[str] = field(default_factory=list)

    def sell(self, lines: list[Line], method: str | None) -> None:
        items = []
        for line, ticket_type in zip(lines, self.ticket_types, strict=False):
            self.value("update public.ticket_types set price_amount = %s where id = %s", line.price, ticket_type)
            item = {"id": str(uuid4()), "type": str(ticket_type), "quantity": line.quantity, **line.sums(line.quantity)}
            item["version"] = self.value("select version from public.ticket_types where id = %s", ticket_type)
            item["tickets"] = [{"id": str(uuid4()), "code": uuid4().hex} for _ in range(line.quantity)]
            self.lines[UUID(str(item["id"]))] = (line, ticket_type)
            items.append(item)
        member = {
            "n": 0, "act": "order", "id": str(self.order), "org": str(self.org), "event": str(self.event),
            "user": str(self.seller), "buyer_name": "Ann", "buyer_email": "ann@example.org", "currency": self.currency,
            "channel": "office", "items": items, "expires_in": 600,
            **{name: sum(int(item[name]) for item in items) for name in ("total", "discount", "fee", "tax")},
            **({"method": method, "payment": str(uuid4())} if method else {}),
        }  # fmt: skip
        (outcome,) = self.value("select app.serve(%s::jsonb)", json.dumps([member]))
        assert "problem" not in outcome, outcome

    def step(self, name: str, choice: int) -> None:
        try:
            with self.connection.transaction():
                STEPS[name](self, choice)
        except (psycopg.errors.CheckViolation, psycopg.errors.NoDataFound):
            return
        self.done.append(name)

    def value(self, query: str, *params: Any) -> Any:
        cursor = self.connection.execute(query, params)  # type: ignore[arg-type]
        row = cursor.fetchone() if cursor.description else None
        return row[0] if row else None

    def bill(self, column: str) -> Any:
        return self.value(f"select {column} from public.orders where id = %s", self.order)


def _pay(life: Life, choice: int) -> None:
    open_ = life.value("select app.owed(o) from public.orders o where id = %s", life.order)
    life.value(
        "select app.record_payment(%s, %s, %s, 'cash', %s)",
        life.org,
        life.order,
        uuid4(),
        max(1, open_ // (choice + 1)),
    )


def _start(life: Life, _: int) -> None:
    life.value("select app.start_payment(%s, %s, %s, 'sandbox')", life.org, life.order, uuid4())


def _confirm(life: Life, choice: int) -> None:
    """The provider has it: what was asked for, more or less; perhaps long after the order ended."""
    row = life.connection.execute(
        "select id, amount from public.payments where order_id = %s and provider = 'sandbox' and status <> 'confirmed' limit 1",
        [life.order],
    ).fetchone()
    if row:
        got = max(1, row[1] + (0, 0, 300, -7)[choice % 4])
        life.value(
            "select app.confirm_payment(%s, 'sandbox', %s, 'paid', %s, %s)", row[0], uuid4().hex, got, life.currency
        )


def _give(life: Life, choice: int) -> None:
    life.value(
        "select app.refund_order(%s, %s, %s, %s, 'sorry', false)", life.org, life.order, uuid4(), 1 + choice * 97
    )


def _cancel(life: Life, choice: int) -> None:
    life.value(
        "select app.refund_order(%s, %s, %s, 0, 'snow', true, %s)",
        life.org,
        life.order,
        uuid4(),
        (0, 0, 250)[choice % 3],
    )


def _drop(life: Life, _: int) -> None:
    life.value("select app.cancel_order(%s, %s)", life.org, life.order)


def _expire(life: Life, _: int) -> None:
    life.value("update public.orders set expires_at = now() - interval '1 minute' where id = %s and status = 'pending'"
        " and expires_at is not null", life.order)  # fmt: skip
    life.value("select app.expire(%s)", life.event)


def _take_back(life: Life, choice: int) -> None:
    line_id = list(life.lines)[choice % len(life.lines)]
    line, ticket_type = life.lines[line_id]
    void = life.value(
        "select id from public.tickets where order_item_id = %s and status in ('valid', 'checked_in') limit 1", line_id
    )
    if void:
        back = {
            "id": str(uuid4()),
            "type": str(ticket_type),
            "quantity": -1,
            "reverses": str(line_id),
            "void": [str(void)],
        }
        kept = {
            "id": str(uuid4()), "kind": "fee", "label": "Change", "quantity": 1, "price": 250, "tax": 40,
            "tax_basis_points": 1900, "tax_included": True, "total": 250,
        }  # fmt: skip
        lines = [{**back, **line.sums(-1)}, *([kept] if choice % 2 else [])]
        life.value("select app.change_order(%s, %s, %s::jsonb)", life.org, life.order, json.dumps(lines))


def _add(life: Life, choice: int) -> None:
    line, ticket_type = Line(1, 1234, 0, choice, 2100, choice % 2 == 0), life.ticket_types[choice % 3]
    new = {
        "id": str(uuid4()),
        "type": str(ticket_type),
        "quantity": 1,
        "tickets": [{"id": str(uuid4()), "code": uuid4().hex}],
    }
    life.value(
        "select app.change_order(%s, %s, %s::jsonb)", life.org, life.order, json.dumps([{**new, **line.sums(1)}])
    )
    life.lines[UUID(str(new["id"]))] = (line, ticket_type)


def _surplus(life: Life, _: int) -> None:
    life.value("select app.refund_surplus(%s, %s, %s, null, 'change')", life.org, life.order, uuid4())


def _refund_ends(life: Life, choice: int) -> None:
    refund = life.value("select id from public.refunds where order_id = %s and status = 'created' limit 1", life.order)
    if refund:
        life.value("select app.mark_refund(%s, %s)", refund, ("done", "failed")[choice % 2])


STEPS: dict[str, Callable[[Life, int], None]] = {
    "pay": _pay, "start": _start, "confirm": _confirm, "give": _give, "cancel": _cancel, "drop": _drop, "expire": _expire,
    "take_back": _take_back, "add": _add, "surplus": _surplus, "refund_ends": _refund_ends,
}  # fmt: skip
PATHS = st.lists(st.tuples(st.sampled_from(sorted(STEPS)), st.integers(0, 3)), min_size=1, max_size=9)


def open_books(connection: Connection) -> Life:
    """An organisation with an event and three ticket types, and an order nobody made yet. The connection acts for the service."""
    org, event, seller = uuid4(), uuid4(), uuid4()
    run = connection.execute
    run("select set_config('request.jwt.claims', '{\"role\": \"service_role\"}', true)")
    run("insert into auth.users (id, email) values (%s, %s)", [seller, f"{seller}@example.org"])
    run("insert into public.users (id, email) values (%s, %s)", [seller, f"{seller}@example.org"])
    run("insert into public.organizations (id, name) values (%s, 'Blue Note')", [org])
    run("insert into public.memberships (user_id, org_id, role) values (%s, %s, 'owner')", [seller, org])
    run(
        "insert into public.events (id, org_id, name, start_date, end_date, timezone, currency, status)"
        " values (%s, %s, 'Gala', '2030-01-01 19:00Z', '2030-01-01 22:00Z', 'UTC', 'EUR', 'published')",
        [event, org],
    )
    types = [uuid4() for _ in range(3)]
    for number, ticket_type in enumerate(types):
        quota = uuid4()
        run(
            "insert into public.ticket_types (id, org_id, event_id, name, price_amount, currency)"
            " values (%s, %s, %s, %s, 1000, 'EUR')", [ticket_type, org, event, f"Type {number}"],
        )  # fmt: skip
        run(
            "insert into public.quotas (id, org_id, event_id, name, kind, size) values (%s, %s, %s, 'Q', 'ticket_type', 1000)",
            [quota, org, event],
        )
        run(
            "insert into public.quota_ticket_types (org_id, event_id, quota_id, ticket_type_id) values (%s, %s, %s, %s)",
            [org, event, quota, ticket_type],
        )
    return Life(connection, org, event, seller, types)
