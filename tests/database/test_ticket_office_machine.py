"""Whatever buyers, organisers, providers and clocks do in whatever order: the books agree after each step."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)

from tests.database.books import BROKEN
from tests.database.rules import Bench

PRICE = 1000
QUANTITIES = st.lists(st.integers(0, 3), min_size=2, max_size=2).filter(any)
"""How many of each of the two types."""


class TicketOffice(RuleBasedStateMachine):
    """Two types with a quota each and one that they share, a code for half the price, a voucher that keeps three places."""

    bench: Bench
    holds = Bundle("holds")
    orders = Bundle("orders")
    payments = Bundle("payments")
    refunds = Bundle("refunds")

    @initialize()
    def open(self) -> None:
        self.undo = self.bench.connection.transaction(force_rollback=True)
        self.undo.__enter__()
        self.ids = 0
        self.bench.do("update public.events set status = 'published' where id = %(events)s")
        made = [self.bench.ticket_type(PRICE, size) for size in (6, 7)]
        self.types = [ticket_type for ticket_type, _ in made]
        self.shared = uuid4()
        self.bench.quota(self.shared, "shared", 10, *self.types)
        self.quotas = [*(own for _, own in made), self.shared]
        self.half, self.voucher = uuid4(), uuid4()
        self.bench.do(
            "insert into public.promo_codes (id, org_id, event_id, code, kind, percent_basis_points, max_uses)"
            " values (%(c)s, %(org)s, %(events)s, 'HALF', 'discount', 5000, 5)", c=self.half)  # fmt: skip
        self.bench.do(
            "insert into public.promo_codes (id, org_id, event_id, code, kind, max_uses, blocks_ticket_type_id)"
            " values (%(c)s, %(org)s, %(events)s, 'SPEAKER', 'voucher', 3, %(t)s)", c=self.voucher, t=self.types[0])  # fmt: skip
        self.serial = 0
        self.known_broken = [id_ for _, id_ in self.bench.do(BROKEN, leave_out=[])]

    def teardown(self) -> None:
        if hasattr(self, "undo"):
            self.undo.__exit__(None, None, None)

    # What the counter serves

    @rule(target=holds, wanted=QUANTITIES, code=st.sampled_from([None, "half", "voucher"]))
    def hold(self, wanted: list[int], code: str | None) -> Any:
        hold = self.new_id()
        member = self.member("hold", hold, wanted, code) | {"seconds": 600}
        return hold if self.serve(member) is None else multiple()

    @rule(target=orders, wanted=QUANTITIES, code=st.sampled_from([None, "half", "voucher"]), paid=st.booleans())
    def sell(self, wanted: list[int], code: str | None, paid: bool) -> Any:
        order = self.new_id()
        member = self.member("order", order, wanted, code) | {"user": self.bench.owner, "expires_in": 900}
        refused = self.serve(member | ({"method": "cash"} if paid else {}))
        return order if refused is None else multiple()

    @rule(target=orders, hold=holds, wanted=QUANTITIES, code=st.sampled_from([None, "half", "voucher"]))
    def check_out(self, hold: UUID, wanted: list[int], code: str | None) -> Any:
        """Of what the hold keeps, of more, of less or of something else; in time or too late."""
        order = self.new_id()
        refused = self.serve(self.member("order", order, wanted, code) | {"hold": hold, "expires_in": 900})
        return order if refused is None else multiple()

    @rule(hold=holds)
    def extend(self, hold: UUID) -> None:
        self.attempt("select app.extend_hold(%(hold)s, 600, 3)", hold=hold)

    @rule(hold=holds)
    def release(self, hold: UUID) -> None:
        self.attempt("select app.release_hold(%(hold)s)", hold=hold)

    # What time does

    @rule(hold=holds, swept=st.booleans())
    def hold_runs_out(self, hold: UUID, swept: bool) -> None:
        self.bench.do(
            "update public.holds set expires_at = now() - interval '1 minute' where id = %(hold)s and status = 'active'",
            hold=hold,
        )
        if swept:
            self.bench.do("select app.expire()")

    @rule(order=orders, swept=st.booleans())
    def order_runs_out(self, order: UUID, swept: bool) -> None:
        self.bench.do(
            "update public.orders set expires_at = now() - interval '1 minute'"
            " where id = %(order)s and status = 'pending' and expires_at is not null", order=order)  # fmt: skip
        if swept:
            self.bench.do("select app.expire()")

    # What money does

    @rule(order=orders, amount=st.integers(1, 4 * PRICE))
    def record_payment(self, order: UUID, amount: int) -> None:
        self.attempt(
            "select app.record_payment(%(org)s, %(order)s, %(new)s, 'cash', %(amount)s)",
            order=order,
            amount=amount,
        )

    @rule(target=payments, order=orders)
    def start_payment(self, order: UUID) -> Any:
        """A new one, or the one under way."""
        try:
            with self.bench.connection.transaction():
                ((payment,),) = self.bench.do(
                    "select app.start_payment(%(org)s, %(order)s, %(new)s, 'sandbox')", order=order, new=self.new_id()
                )
        except psycopg.Error:
            return multiple()
        return payment

    @rule(payment=payments, again=st.booleans())
    def provider_has_the_money(self, payment: UUID, again: bool) -> None:
        self.serial += 1
        for event in [f"evt_{self.serial}"] * (2 if again else 1):
            self.as_service(
                "select app.confirm_payment(%(payment)s, 'sandbox', %(event)s, 'paid', p.amount, p.currency)"
                " from public.payments p where p.id = %(payment)s", payment=payment, event=event)  # fmt: skip

    @rule(payment=payments, status=st.sampled_from(["failed", "cancelled", "unknown", "pending"]))
    def provider_has_not(self, payment: UUID, status: str) -> None:
        self.as_service("select app.mark_payment(%(payment)s, %(status)s)", payment=payment, status=status)

    @rule(target=refunds)
    def send_refunds(self) -> Any:
        return multiple(
            *(
                id_
                for (id_,) in self.bench.do(
                    "select id from public.refunds where status = 'created' and org_id = %(org)s"
                )
            )
        )

    @rule(refund=consumes(refunds), status=st.sampled_from(["done", "failed", "pending"]))
    def refund_ends(self, refund: UUID, status: str) -> None:
        self.as_service("select app.mark_refund(%(refund)s, %(status)s)", refund=refund, status=status)

    # What the organiser does

    @rule(order=orders, amount=st.integers(0, 3 * PRICE), release=st.booleans(), keep=st.sampled_from([0, 0, 200]))
    def refund(self, order: UUID, amount: int, release: bool, keep: int) -> None:
        self.attempt(
            "select app.refund_order(%(org)s, %(order)s, %(new)s, %(amount)s, null, %(release)s, %(keep)s)",
            order=order, amount=amount, release=release, keep=keep)  # fmt: skip

    @rule(order=orders)
    def cancel(self, order: UUID) -> None:
        self.attempt("select app.cancel_order(%(org)s, %(order)s)", order=order)

    @rule(order=orders)
    def give_back_what_is_owed(self, order: UUID) -> None:
        self.attempt("select app.refund_surplus(%(org)s, %(order)s, %(new)s, null, null)", order=order)

    @rule(order=orders, back=st.integers(0, 2), more=QUANTITIES)
    def change(self, order: UUID, back: int, more: list[int]) -> None:
        """Some tickets of the first line go back, others are added."""
        self.attempt("select app.change_order(%(org)s, %(order)s, %(lines)s::jsonb)", order=order,
                     lines=json.dumps(self.reversal(order, back) + self.lines(more), default=str))  # fmt: skip

    @rule(which=st.integers(0, 2), size=st.integers(0, 14))
    def resize(self, which: int, size: int) -> None:
        self.attempt(
            "update public.quotas set size = %(size)s where id = %(quota)s", size=size, quota=self.quotas[which]
        )

    @rule(uses=st.integers(1, 6), active=st.booleans())
    def change_voucher(self, uses: int, active: bool) -> None:
        self.attempt(
            "update public.promo_codes set max_uses = %(uses)s, active = %(active)s where id = %(v)s",
            uses=uses,
            active=active,
            v=self.voucher,
        )

    @rule(which=st.integers(0, 1))
    def relink(self, which: int) -> None:
        """A type leaves the shared quota, or comes back with all it sold meanwhile."""
        link = {"q": self.shared, "t": self.types[which]}
        if not self.bench.do(
            "delete from public.quota_ticket_types where quota_id = %(q)s and ticket_type_id = %(t)s returning id",
            **link,
        ):
            self.attempt(
                "insert into public.quota_ticket_types (org_id, event_id, quota_id, ticket_type_id)"
                " values (%(org)s, %(events)s, %(q)s, %(t)s)",
                **link)  # fmt: skip

    @invariant()
    def the_books_agree(self) -> None:
        if hasattr(self, "known_broken"):
            assert self.bench.do(BROKEN, leave_out=self.known_broken) == []

    # How it is said to the database

    def member(self, act: str, id_: UUID, wanted: list[int], code: str | None) -> dict[str, Any]:
        uses = {"half": sum(wanted), "voucher": wanted[0], None: 0}[code]
        off = PRICE // 2 if code == "half" else 0
        promo = {"promo": self.half if code == "half" else self.voucher, "promo_uses": uses} if code and uses else {}
        return {
            "n": 0, "act": act, "org": self.bench.org_id, "event": self.bench.ids["events"], "id": id_, "channel": "public",
            "buyer_name": "Ann", "buyer_email": "ann@example.org", "currency": "EUR", "total": sum(wanted) * (PRICE - off),
            "discount": sum(wanted) * off, "fee": 0, "tax": 0, "payment": self.new_id(), "items": self.lines(wanted, off),
        } | promo  # fmt: skip

    def lines(self, wanted: list[int], off: int = 0) -> list[dict[str, Any]]:
        versions = dict(
            self.bench.do("select id, version from public.ticket_types where id = any(%(types)s)", types=self.types)
        )
        return [
            {
                "id": self.new_id(), "type": type_, "version": versions[type_], "quantity": quantity, "price": PRICE,
                "discount": quantity * off,
                "total": quantity * (PRICE - off), "tickets": [{"id": self.new_id(), "code": self.new_id().hex} for _ in range(quantity)],
            }
            for type_, quantity in zip(self.types, wanted, strict=True) if quantity
        ]  # fmt: skip

    def reversal(self, order: UUID, back: int) -> list[dict[str, Any]]:
        found = self.bench.do(
            "select i.id, i.ticket_type_id, i.discount_amount / i.quantity, array_agg(k.id::text) from public.order_items i"
            " join public.tickets k on k.order_item_id = i.id and k.status = 'valid'"
            " where i.order_id = %(order)s and i.quantity > 0 group by i.id limit 1", order=order)  # fmt: skip
        if not found or not back:
            return []
        line, type_, off, tickets = found[0]
        back = min(back, len(tickets))
        return [{
            "id": self.new_id(), "type": type_, "quantity": -back, "price": PRICE, "discount": -back * off, "total": -back * (PRICE - off),
            "reverses": line, "void": tickets[:back],
        }]  # fmt: skip

    def serve(self, member: dict[str, Any]) -> str | None:
        """The problem, None when it was served. The same places fit for the database as by the books."""
        try:
            with self.bench.connection.transaction():
                ((outcomes,),) = self.as_service(
                    "select app.serve(%(members)s::jsonb)", members=json.dumps([member], default=str)
                )
        except psycopg.Error as error:
            return error.diag.constraint_name or error.sqlstate
        problem: str | None = outcomes[0].get("problem")
        return problem

    def attempt(self, statement: str, **values: Any) -> str | None:
        return self.bench.attempt(statement, **values, new=self.new_id())

    def new_id(self) -> UUID:
        """The same ones in each run of the same steps: what is chosen by order of ids is chosen alike."""
        self.ids += 1
        return UUID(int=self.ids << 80, version=4)

    def as_service(self, statement: str, **values: Any) -> list[tuple[Any, ...]]:
        with self.bench.connection.transaction():
            claims = "select set_config('request.jwt.claims', %(claims)s, true)"
            self.bench.do(claims, claims=json.dumps({"role": "service_role"}))
            answer = self.bench.do(statement, **values)
            self.bench.do(claims, claims=json.dumps({"sub": str(self.bench.owner), "role": "authenticated"}))
        return answer

    def free(self) -> list[int]:
        return [size - held - sold for size, held, sold in map(self.bench.counters, self.quotas)]


def run(bench: Bench, runs: int, steps: int, sabotage: Callable[[Bench], None] | None = None) -> None:
    class Office(TicketOffice):
        pass

    Office.bench = bench
    if sabotage:
        sabotage(bench)
    run_state_machine_as_test(
        Office,
        settings=settings(
            max_examples=runs,
            stateful_step_count=steps,
            deadline=None,
            derandomize=True,
            print_blob=False,
            suppress_health_check=list(HealthCheck),
            # What was planted need not be made small.
            phases=[Phase.generate] if sabotage else list(Phase),
        ),
    )


@pytest.mark.parametrize(
    ("runs", "steps"), [(25, 30), pytest.param(300, 50, marks=[pytest.mark.long, pytest.mark.timeout(1800)])]
)
def test_the_books_agree_after_each_step(bench: Bench, runs: int, steps: int) -> None:
    run(bench, runs, steps)
    print(f"{runs} runs of {steps} steps: every rule held after each")


def test_a_ticket_office_that_forgets_to_count_is_noticed(bench: Bench) -> None:
    def forgetful(bench: Bench) -> None:
        (definition,) = bench.do("select pg_get_functiondef('app.let_go(uuid[],text,uuid[],text)'::regprocedure)")[0]
        assert "set held = q.held + s.held, sold = q.sold + s.sold" in definition
        bench.do(
            definition.replace("set held = q.held + s.held, sold = q.sold + s.sold", "set held = q.held").replace(
                "%", "%%"
            )
        )

    with pytest.raises(AssertionError, match="quota counts"):
        run(bench, 60, 30, forgetful)
