"""Money and counters: no sequence of sales, payments, refunds and changes brings them out of step with the books."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.database.rules import Bench

PRICE = 250
PAY = "select app.record_payment(%(org)s, %(order)s, gen_random_uuid(), 'cash', %(amount)s)"
REFUND = "select app.refund_order(%(org)s, %(order)s, gen_random_uuid(), %(amount)s, null, %(release)s)"

LEDGER = """
    select o.id from public.orders o where o.org_id = %(org)s and o.id <> %(orders)s and (
        o.total_amount <> (select sum(i.total_amount) from public.order_items i where i.order_id = o.id)
        or o.paid_amount <> coalesce((select sum(p.amount) from public.payments p where p.order_id = o.id), 0)
        or o.refunded_amount <> coalesce((select sum(r.amount) from public.refunds r where r.order_id = o.id), 0)
        or (select count(*) from public.tickets k where k.order_id = o.id and k.status = 'valid')
            <> case when o.status in ('pending', 'paid')
                then (select sum(i.quantity) from public.order_items i where i.order_id = o.id) else 0 end)
"""
COUNTERS = """
    select q.id from public.quotas q where q.org_id = %(org)s and q.id <> %(quotas)s and q.sold <> coalesce((
        select sum(i.quantity) from public.quota_ticket_types l
        join public.order_items i on i.ticket_type_id = l.ticket_type_id
        join public.orders o on o.id = i.order_id and o.status in ('pending', 'paid')
        where l.quota_id = q.id), 0)
"""


@dataclass
class Books:
    """What the database should say, kept in Python."""

    types: list[UUID]
    quotas: dict[UUID, tuple[int, set[UUID]]]
    orders: dict[UUID, dict[str, Any]] = field(default_factory=dict)

    def sold(self, quota: UUID) -> int:
        _, members = self.quotas[quota]
        return sum(o["quantity"] for o in self.orders.values() if o["open"] and o["type"] in members)

    def has_room(self, ticket_type: UUID, quantity: int) -> bool:
        return all(
            self.sold(quota) + quantity <= size
            for quota, (size, members) in self.quotas.items()
            if ticket_type in members
        )


steps = st.lists(
    st.one_of(
        st.tuples(st.just("sell"), st.integers(0, 2), st.integers(1, 6), st.booleans()),
        st.tuples(st.just("pay"), st.integers(0, 20), st.integers(0, 4 * PRICE), st.booleans()),
        st.tuples(st.just("refund"), st.integers(0, 20), st.integers(-5, 4 * PRICE), st.booleans()),
        st.tuples(st.just("resize"), st.integers(0, 3), st.integers(0, 14), st.booleans()),
        st.tuples(st.just("link"), st.integers(0, 2), st.integers(0, 0), st.booleans()),
    ),
    max_size=25,
)


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=steps)
def test_whatever_happens_the_books_agree(bench: Bench, steps: list[tuple[str, int, int, bool]]) -> None:
    with bench.connection.transaction(force_rollback=True):
        shared = uuid4()
        made = [bench.ticket_type(PRICE, size) for size in (5, 8, 8)]
        bench.quota(shared, "shared", 10)
        books = Books([t for t, _ in made], {own: (size, {t}) for (t, own), size in zip(made, (5, 8, 8), strict=True)})
        books.quotas[shared] = (10, set())
        for verb, which, amount, flag in steps:
            STEPS[verb](bench, books, which, amount, flag)
        assert bench.do(LEDGER) == []
        assert bench.do(COUNTERS) == []
        for quota, (size, _) in books.quotas.items():
            assert bench.counters(quota) == (size, 0, books.sold(quota))


def _sell(bench: Bench, books: Books, which: int, quantity: int, paid: bool) -> None:
    ticket_type = books.types[which]
    order, refused = bench.sell(ticket_type, quantity, "cash" if paid else None)
    assert (refused is None) == books.has_room(ticket_type, quantity)
    assert refused in (None, "quotas_never_oversold")
    if refused is None:
        total = quantity * PRICE
        books.orders[order] = {
            "type": ticket_type, "quantity": quantity, "open": True, "total": total, "paid": total if paid else 0, "back": 0
        }  # fmt: skip


def _pay(bench: Bench, books: Books, which: int, amount: int, _: bool) -> None:
    if not books.orders:
        return
    order, bill = list(books.orders.items())[which % len(books.orders)]
    refused = bench.attempt(PAY, order=order, amount=amount)
    fits = bill["open"] and bill["paid"] + amount <= bill["total"]
    assert (refused is None) == fits
    if fits:
        bill["paid"] += amount


def _refund(bench: Bench, books: Books, which: int, amount: int, release: bool) -> None:
    if not books.orders:
        return
    order, bill = list(books.orders.items())[which % len(books.orders)]
    refused = bench.attempt(REFUND, order=order, amount=amount, release=release)
    fits = bill["open"] and amount >= 0 and (release or bill["back"] + amount <= bill["paid"])
    assert (refused is None) == fits
    if fits:
        bill["back"] = bill["paid"] if release else bill["back"] + amount
        bill["open"] = not release


def _resize(bench: Bench, books: Books, which: int, size: int, _: bool) -> None:
    quota = list(books.quotas)[which]
    refused = bench.attempt("update public.quotas set size = %(size)s where id = %(q)s", size=size, q=quota)
    assert refused == (None if books.sold(quota) <= size else "quotas_never_oversold")
    if refused is None:
        books.quotas[quota] = (size, books.quotas[quota][1])


def _link(bench: Bench, books: Books, which: int, _: int, linked: bool) -> None:
    """A type joins or leaves the shared quota; what it sold comes and goes with it."""
    quota, ticket_type = list(books.quotas)[3], books.types[which]
    size, members = books.quotas[quota]
    if linked == (ticket_type in members):
        return
    if not linked:
        bench.do(
            "delete from public.quota_ticket_types where quota_id = %(q)s and ticket_type_id = %(t)s",
            q=quota,
            t=ticket_type,
        )
        members.remove(ticket_type)
        return
    refused = bench.attempt(
        "insert into public.quota_ticket_types (org_id, event_id, quota_id, ticket_type_id)"
        " values (%(org)s, %(events)s, %(q)s, %(t)s)",
        q=quota,
        t=ticket_type,
    )
    members.add(ticket_type)
    if books.sold(quota) > size:
        members.remove(ticket_type)
        assert refused == "quotas_never_oversold"
    else:
        assert refused is None


STEPS = {"sell": _sell, "pay": _pay, "refund": _refund, "resize": _resize, "link": _link}


def test_a_quota_linked_after_the_sale_counts_what_was_sold(bench: Bench) -> None:
    ticket_type, own = bench.ticket_type(PRICE, 10)
    assert bench.sell(ticket_type, 4)[1] is None
    capacity = uuid4()
    bench.quota(capacity, "capacity", 6, ticket_type)
    assert bench.counters(capacity) == (6, 0, 4)
    assert bench.sell(ticket_type, 3)[1] == "quotas_never_oversold"
    assert bench.sell(ticket_type, 2)[1] is None
    assert (bench.counters(own), bench.counters(capacity)) == ((10, 0, 6), (6, 0, 6))


def test_each_ticket_of_a_sale_has_an_id_and_a_code(bench: Bench) -> None:
    ticket_type, own = bench.ticket_type(PRICE, 10)
    assert bench.sell(ticket_type, 2, tickets=[])[1] == "22023"
    assert bench.sell(ticket_type, 2, tickets=[{"id": uuid4(), "code": uuid4().hex}])[1] == "22023"
    assert bench.sell(ticket_type, 0)[1] is not None
    assert bench.counters(own) == (10, 0, 0)


def test_a_ticket_type_without_a_quota_is_not_sold(bench: Bench) -> None:
    ticket_type, own = bench.ticket_type(PRICE, 10)
    bench.do("delete from public.quotas where id = %(own)s", own=own)
    assert bench.sell(ticket_type, 1)[1] == "ticket_type_without_quota"


def test_nothing_is_sold_for_an_event_that_is_over(bench: Bench) -> None:
    ticket_type, own = bench.ticket_type(PRICE, 10)
    bench.do("update public.events set status = 'cancelled' where id = %(events)s")
    assert bench.sell(ticket_type, 1)[1] == "event_on_sale"
    assert bench.counters(own) == (10, 0, 0)


def test_a_cancelled_order_takes_no_money_and_is_not_refunded_twice(bench: Bench) -> None:
    ticket_type, own = bench.ticket_type(PRICE, 10)
    order, _ = bench.sell(ticket_type, 3)
    assert bench.attempt(REFUND, order=order, amount=0, release=True) is None
    assert bench.attempt(REFUND, order=order, amount=0, release=True) == "order_open"
    assert bench.attempt(PAY, order=order, amount=1) == "order_open"
    assert bench.do("select status, paid_amount, refunded_amount from public.orders where id = %(o)s", o=order) == [
        ("cancelled", 3 * PRICE, 3 * PRICE)
    ]
    assert bench.counters(own) == (10, 0, 0)


def test_an_order_that_does_not_exist_is_neither_paid_nor_refunded(bench: Bench) -> None:
    assert bench.attempt(PAY, order=uuid4(), amount=1) == "P0002"
    assert bench.attempt(REFUND, order=uuid4(), amount=1, release=False) == "P0002"
