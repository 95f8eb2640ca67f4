"""Asking the database what it refuses, as the superuser: a rule that holds for him holds for everybody."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import psycopg

from tests.database.world import Connection, World


@dataclass(frozen=True)
class Bench:
    """One organisation's rows to try rules on. `refusal` undoes what it tries, `do` keeps it."""

    connection: Connection
    org_id: UUID
    owner: UUID
    ids: dict[str, Any]

    def do(self, statement: str, **values: Any) -> list[tuple[Any, ...]]:
        cursor = self.connection.execute(statement.encode(), {"org": self.org_id, **self.ids, **values})
        return cursor.fetchall() if cursor.description else []

    def refusal(self, statement: str, **values: Any) -> str | None:
        """The constraint that refuses the statement, its SQLSTATE when it has no name, None when it is let through."""
        try:
            with self.connection.transaction(force_rollback=True):
                self.do(statement, **values)
                self.connection.execute("set constraints all immediate")
        except psycopg.Error as error:
            return error.diag.constraint_name or error.sqlstate
        return None

    def attempt(self, statement: str, **values: Any) -> str | None:
        """Like `refusal`, but what is let through stays."""
        try:
            with self.connection.transaction():
                self.do(statement, **values)
        except psycopg.Error as error:
            return error.diag.constraint_name or error.sqlstate
        return None

    def sell(
        self, ticket_type: Any, quantity: int, method: str | None = "cash", **changes: Any
    ) -> tuple[UUID, str | None]:
        """The new order's id, and the problem or constraint that refused the sale. `changes` are of its line."""
        order = uuid4()
        member = self.member(order, ticket_type, quantity, method, changes)
        try:
            with self.connection.transaction():
                ((outcomes,),) = self.do(
                    "select app.serve(%(members)s::jsonb)", members=json.dumps([member], default=str)
                )
        except psycopg.Error as error:
            return order, error.diag.constraint_name or error.sqlstate
        return order, outcomes[0].get("problem")

    def member(
        self, order: UUID, ticket_type: Any, quantity: int, method: str | None, changes: dict[str, Any]
    ) -> dict[str, Any]:
        ((price, version),) = self.do(
            "select price_amount, version from public.ticket_types where id = %(type)s", type=ticket_type
        )
        line = {
            "id": uuid4(), "type": ticket_type, "version": version, "quantity": quantity, "price": price,
            "total": quantity * price, "tickets": [{"id": uuid4(), "code": uuid4().hex} for _ in range(quantity)], **changes,
        }  # fmt: skip
        return {
            "n": 0, "act": "order", "user": self.owner, "org": self.org_id, "event": self.ids["events"], "id": order,
            "channel": "office", "buyer_name": "Ann", "currency": "EUR", "total": quantity * price, "discount": 0, "fee": 0,
            "tax": 0, "payment": uuid4(), "items": [line],
        } | ({"method": method} if method else {})  # fmt: skip

    def counters(self, quota: Any) -> tuple[int, int, int]:
        """(size, held, sold)"""
        ((size, held, sold),) = self.do("select size, held, sold from public.quotas where id = %(quota)s", quota=quota)
        return size, held, sold

    def ticket_type(self, price: int, size: int, *quotas: Any) -> tuple[UUID, UUID]:
        """A type with a quota of its own, counting against `quotas` as well: (type, its quota)."""
        made, own = uuid4(), uuid4()
        self.do(
            "insert into public.ticket_types (id, org_id, event_id, name, price_amount, currency)"
            " values (%(type)s, %(org)s, %(events)s, %(name)s, %(price)s, 'EUR')",
            type=made,
            name=made.hex,
            price=price,
        )
        self.quota(own, "ticket_type", size, made)
        for quota in quotas:
            self.link(quota, made)
        return made, own

    def quota(self, quota: UUID, kind: str, size: int, *types: UUID) -> None:
        self.do(
            "insert into public.quotas (id, org_id, event_id, name, kind, size)"
            " values (%(quota)s, %(org)s, %(events)s, 'Q', %(kind)s, %(size)s)",
            quota=quota,
            kind=kind,
            size=size,
        )
        for ticket_type in types:
            self.link(quota, ticket_type)

    def link(self, quota: Any, ticket_type: Any) -> None:
        self.do(
            "insert into public.quota_ticket_types (org_id, event_id, quota_id, ticket_type_id)"
            " values (%(org)s, %(events)s, %(quota)s, %(type)s)",
            quota=quota,
            type=ticket_type,
        )


def bench_of(world: World) -> Bench:
    """The bench of `home`, its owner signed in."""
    owner = world.people["owner"]
    world.connection.execute(
        "select set_config('request.jwt.claims', %s, true)", (json.dumps({"sub": str(owner), "role": "authenticated"}),)
    )
    ids = {table: row.get("id") for table, row in world.rows["home"].items()}
    return Bench(world.connection, world.places["home"], owner, ids)
