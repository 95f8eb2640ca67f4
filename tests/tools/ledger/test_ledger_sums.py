"""The books: whatever happens to an order, its entries sum to zero and say what it owes; a row that was tampered with is found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from hypothesis import given, settings

from tests.postgres import ClonedDatabase
from tests.tools.ledger.lives import LINES, PATHS, Connection, Life, Line, open_books

DRIFT = "select problem, expected, found from app.ledger_drift(%s)"
ACCOUNTS = "select account, sum(amount)::bigint from public.ledger where org_id = %s group by account"


@pytest.fixture(scope="module")
def connection(module_database: ClonedDatabase) -> Iterator[Connection]:
    with psycopg.connect(module_database.admin_dsn) as opened:
        yield opened
        opened.rollback()


@pytest.fixture
def life(connection: Connection) -> Iterator[Life]:
    with connection.transaction(force_rollback=True):
        yield open_books(connection)


def drift(life: Life) -> list[tuple[Any, ...]]:
    return life.connection.execute(DRIFT, [life.org]).fetchall()


def accounts(life: Life) -> dict[str, int]:
    return dict(life.connection.execute(ACCOUNTS, [life.org]).fetchall())  # type: ignore[arg-type]


def hold(life: Life) -> None:
    """What must be true of the books after any step, worked out without them."""
    assert drift(life) == []
    found = accounts(life)
    assert sum(found.values()) == 0
    total, credited, paid, back, status = (
        life.bill(each) for each in ("total_amount", "credited_amount", "paid_amount", "refunded_amount", "status")
    )
    assert sum(amount for account, amount in found.items() if account.startswith("cash:")) == paid - back
    if status in ("pending", "paid"):
        assert found.get("receivable", 0) == total - credited - paid + back
        assert -found.get("tax", 0) == life.bill("tax_amount")
        assert "retained" not in found
    else:
        assert not any(found.get(account) for account in ("revenue", "fees", "tax", "goodwill"))
        assert found.get("receivable", 0) + found.get("retained", 0) == back - paid


def lives(connection: Connection, examples: int) -> Counter[str]:
    """Random lives; answers how often each step was done."""
    done: Counter[str] = Counter()

    @settings(max_examples=examples, derandomize=True, deadline=None, database=None)
    @given(lines=LINES, path=PATHS, paid=LINES)
    def live(lines: list[Line], path: list[tuple[str, int]], paid: list[Line]) -> None:
        with connection.transaction(force_rollback=True):
            life = open_books(connection)
            life.sell(lines, "card" if len(paid) == 1 else None)
            hold(life)
            for name, choice in path:
                life.step(name, choice)
                hold(life)
            done.update(life.done)

    live()
    return done


def test_the_books_balance_through_any_life_of_an_order(connection: Connection) -> None:
    done = lives(connection, 50)
    assert len(done) == 11, done


@pytest.mark.long
@pytest.mark.timeout(600)
def test_the_books_balance_through_very_many_lives(connection: Connection) -> None:
    lives(connection, 1000)


def test_a_line_is_booked_as_revenue_fee_and_tax(life: Life) -> None:
    """Two at 25.00 with a fee of 1.00 and 21 % contained in both; one at 10.00 less 1.00 with 9 % on top."""
    life.sell([Line(2, 2500, fee=100, rate=2100), Line(1, 1000, off=100, rate=900, included=False)], None)
    # 5200 contain 902 of tax, 35 of it in the fee of 200; 900 get 81 on top.
    assert accounts(life) == {"receivable": 5200 + 981, "revenue": -(5000 - 867) - 900, "fees": -165, "tax": -902 - 81}


def test_what_was_kept_of_a_cancelled_order_is_not_revenue(life: Life) -> None:
    life.sell([Line(2, 2500, rate=2100)], "card")
    life.value("select app.refund_order(%s, %s, %s, 0, 'ill', true, 500)", life.org, life.order, uuid4())
    assert {k: v for k, v in accounts(life).items() if v} == {"cash:manual": 500, "retained": -500}


def test_what_a_failed_refund_should_have_given_back_stays_owed(life: Life) -> None:
    life.sell([Line(1, 2500)], None)
    life.step("start", 0)
    life.step("confirm", 0)
    life.step("cancel", 2)
    life.step("refund_ends", 1)
    hold(life)
    assert {k: v for k, v in accounts(life).items() if v} == {
        "cash:sandbox": 2500,
        "receivable": -2250,
        "retained": -250,
    }


def test_a_payout_moves_money_from_the_provider_to_the_bank(life: Life) -> None:
    life.sell([Line(1, 2500)], "card")
    life.connection.execute(
        "insert into public.payouts (org_id, provider, reference, amount, fee_amount, currency, arrived_on)"
        " values (%s, 'manual', 'deposit 1', 2400, 100, 'EUR', '2029-12-01')", [life.org],
    )  # fmt: skip
    found = accounts(life)
    assert (found["bank"], found["provider_fees"], found["cash:manual"]) == (2400, 100, 0)
    assert sum(found.values()) == 0
    life.connection.execute("update public.payouts set voided_at = now()")
    assert accounts(life)["cash:manual"] == 2500


TAMPERED = {
    "a payment": ("update public.payments set amount = amount + 1 where order_id = %s", {"owed", "paid"}),
    "what was paid": ("update public.orders set paid_amount = paid_amount - 1 where id = %s", {"owed", "paid", "state"}),
    "the total": ("update public.orders set total_amount = total_amount + 1 where id = %s", {"owed", "total", "state"}),
    "a goodwill": ("update public.orders set credited_amount = credited_amount - 1 where id = %s", {"state"}),
    "a refund": ("update public.refunds set amount = amount - 1 where order_id = %s", {"owed", "refunded", "payment_refunded"}),
    "a tax": ("update public.order_items set tax_amount = tax_amount + 1 where order_id = %s", {"tax"}),
    "a line past its check": (
        "update public.order_items set total_amount = total_amount + 1 where order_id = %s", {"entries", "owed", "total"},
    ),
    "a currency": ("update public.payments set currency = 'JPY' where order_id = %s", {"owed"}),
}  # fmt: skip


@pytest.mark.parametrize("what", TAMPERED)
def test_one_amount_changed_behind_the_functions_is_found(life: Life, what: str) -> None:
    """The control of the checks above: they do find a row that is wrong."""
    statement, problems = TAMPERED[what]
    life.sell([Line(1, 2500, rate=2100)], "card")
    life.step("give", 1)
    hold(life)
    life.connection.execute("alter table public.order_items drop constraint order_items_total")
    life.value(statement, life.order)
    assert {problem for problem, _, _ in drift(life)} == problems
