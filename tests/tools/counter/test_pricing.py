"""Prices: what the document says, and what holds for any basket."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.counter.pricing import Discount, Line, Offer, Priced, price, take_back

DOCUMENT = (Path(__file__).parents[3] / "docs" / "pricing.md").read_text()
EVENT, CODE = UUID(int=1), UUID(int=2)


def offer(number: int = 10, **given_: Any) -> Offer:
    usual: dict[str, Any] = {
        "id": UUID(int=number), "event_id": EVENT, "name": f"Type {number}", "kind": "ticket", "version": 1,
        "price_amount": 2500, "currency": "EUR", "fee_amount": 0, "fee_basis_points": 0, "tax_basis_points": 0,
        "tax_included": True, "needs_approval": False,
    }  # fmt: skip
    return Offer(**usual | given_)


def code(**given_: Any) -> Discount:
    usual: dict[str, Any] = {
        "code_id": CODE, "percent_basis_points": None, "off_amount": None, "price_amount": None,
        "ticket_type_ids": frozenset(), "uses_left": None, "budget_left": None,
    }  # fmt: skip
    return Discount(**usual | given_)


# What the document says.


def tables() -> list[list[dict[str, str]]]:
    """Each table of the document as rows of column -> cell."""
    found = []
    for block in re.findall(r"(?:^\|.*\n)+", DOCUMENT, re.MULTILINE):
        head, _, *rows = ([cell.strip() for cell in line.strip("|\n ").split("|")] for line in block.splitlines())
        found.append([dict(zip(head, row, strict=True)) for row in rows])
    return found


PRICED_ROWS = [row for table in tables() if "total" in table[0] for row in table]
TAKEN_ROWS = next(table for table in tables() if "taken back" in table[0])


def basis_points(text: str) -> int:
    found = re.match(r"([\d.]+) %", text)
    return round(float(found[1]) * 100) if found else 0


def written_code(text: str | None) -> Discount | None:
    if text is None:
        return None
    effect, *limits = text.split(", ")
    number = int(re.findall(r"\d+", effect)[0])
    limited = {("uses_left" if "uses" in each else "budget_left"): int(each.split()[0]) for each in limits}
    if "%" in effect:
        return code(percent_basis_points=basis_points(effect), **limited)
    return code(**{"price_amount" if effect.startswith("at") else "off_amount": number}, **limited)


@pytest.mark.parametrize("row", PRICED_ROWS, ids=lambda row: " ".join(row.values()))
def test_the_tables_of_the_document_are_what_the_code_does(row: dict[str, str]) -> None:
    sold = offer(
        currency=row["currency"],
        price_amount=int(row["price"]),
        fee_amount=int(row["fee each"]),
        fee_basis_points=basis_points(row["fee share"]),
        tax_basis_points=basis_points(row["tax"]),
        tax_included="added" not in row["tax"],
    )
    priced = price([(sold, int(row["tickets"]))], written_code(row.get("code")), {})
    said = tuple(int(row[name]) for name in ("discount", "fee", "tax amount", "total"))
    assert (priced.discount_amount, priced.fee_amount, priced.tax_amount, priced.total_amount) == said
    if "lines" in row:
        assert [line.quantity for line in priced.lines] == [int(part) for part in row["lines"].split(" + ")]
        assert priced.promo_uses == int(row["uses"])


def test_the_document_has_the_tables_that_are_read() -> None:
    assert len(PRICED_ROWS) >= 30
    assert {row["currency"] for row in PRICED_ROWS} >= {"EUR", "JPY", "KWD"}


def test_the_document_takes_back_as_the_code_does() -> None:
    quantity = int(TAKEN_ROWS[0]["of"])
    discount, fee, tax = (int(each) for each in TAKEN_ROWS[0]["amounts (discount, fee, tax)"].split(", "))
    line = Line(offer(), quantity, 2500, discount, fee, tax, 0, True, 0)
    for already, row in enumerate(TAKEN_ROWS):
        taken = take_back(line, 1, already)
        assert [-taken.discount_amount, -taken.fee_amount, -taken.tax_amount] == [
            int(row[name]) for name in ("discount", "fee", "tax")
        ]


# Codes and bundles.


def test_a_code_for_some_types_leaves_the_others_alone() -> None:
    priced = price(
        [(offer(10), 1), (offer(11), 1)],
        code(percent_basis_points=5000, ticket_type_ids=frozenset({UUID(int=11)})),
        {},
    )
    assert [line.discount_amount for line in priced.lines] == [0, 1250]


def test_amounts_of_a_code_leave_another_currency_alone() -> None:
    euros, dollars = offer(10), offer(11, currency="USD")
    for sold, off in ((euros, 500), (dollars, 0)):
        priced = price([(sold, 1)], code(off_amount=500, currency="EUR"), {})
        assert (priced.discount_amount, priced.promo_uses) == (off, 1 if off else 0)


def test_a_limited_code_goes_where_it_is_worth_the_most() -> None:
    cheap, dear = offer(10, price_amount=1000), offer(11, price_amount=9000)
    priced = price([(cheap, 2), (dear, 1)], code(percent_basis_points=5000, uses_left=2), {})
    assert [(line.quantity, line.discount_amount) for line in priced.lines] == [(1, 500), (1, 0), (1, 4500)]


def test_a_key_is_used_by_all_it_opens_even_beyond_its_uses_so_that_the_counter_refuses() -> None:
    key = code(ticket_type_ids=frozenset({UUID(int=10)}), uses_left=2)
    priced = price([(offer(10), 5), (offer(11), 1)], key, {})
    assert (priced.promo_uses, len(priced.lines), priced.discount_amount) == (5, 2, 0)


def test_a_voucher_that_makes_nothing_cheaper_is_used_nevertheless() -> None:
    voucher = code(price_amount=9000, ticket_type_ids=frozenset({UUID(int=10)}), uses_left=1)
    priced = price([(offer(10), 1)], voucher, {})
    assert (priced.promo_uses, priced.total_amount) == (1, 2500)


def test_a_code_for_all_types_is_not_used_up_by_what_is_free() -> None:
    priced = price([(offer(10, price_amount=0), 3), (offer(11), 1)], code(percent_basis_points=1000), {})
    assert priced.promo_uses == 1


def test_a_bundle_is_its_line_and_lines_of_what_it_is_made_of() -> None:
    person, parking = offer(10, price_amount=4000, needs_approval=True), offer(11, price_amount=1500, kind="add_on")
    duo = offer(12, kind="bundle", price_amount=7000, parts=((person.id, 2), (parking.id, 1)), tax_basis_points=900)
    priced = price([(duo, 3)], code(percent_basis_points=1000, uses_left=1), {person.id: person, parking.id: parking})
    assert [(line.offer.id.int, line.quantity, line.total_amount, line.part_of) for line in priced.lines] == [
        (12, 1, 6300, None), (10, 2, 0, 0), (11, 1, 0, 0), (12, 2, 14000, None), (10, 4, 0, 3), (11, 2, 0, 3),
    ]  # fmt: skip
    assert priced.needs_approval
    assert priced.promo_uses == 1


def test_more_than_there_is_can_not_be_taken_back() -> None:
    (line,) = price([(offer(), 3)], None, {}).lines
    for quantity, already in ((0, 0), (1, 3), (4, 0), (1, -1)):
        with pytest.raises(ValueError, match="can not be taken back"):
            take_back(line, quantity, already)


# What holds for any basket.

AMOUNTS = st.one_of(st.integers(0, 50), st.integers(0, 100_000), st.just(10**12))
SHARES = st.one_of(st.integers(0, 10_000), st.sampled_from((700, 900, 1900, 2100)))
LIMITS = st.none() | st.integers(0, 30)


@st.composite
def baskets(draw: st.DrawFn) -> tuple[list[tuple[Offer, int]], Discount | None, dict[UUID, Offer]]:
    offers = [
        offer(
            10 + n,
            price_amount=draw(AMOUNTS),
            fee_amount=draw(AMOUNTS),
            fee_basis_points=draw(SHARES),
            tax_basis_points=draw(SHARES),
            tax_included=draw(st.booleans()),
        )
        for n in range(draw(st.integers(1, 4)))
    ]
    if len(offers) > 2 and draw(st.booleans()):
        parts = ((offers[0].id, draw(st.integers(1, 3))), (offers[1].id, 1))
        offers[2] = replace(offers[2], kind="bundle", parts=parts)
    wanted = [(draw(st.sampled_from(offers)), draw(st.integers(1, 12))) for _ in range(draw(st.integers(1, 5)))]
    effect = draw(st.sampled_from(("percent_basis_points", "off_amount", "price_amount", None, "no code")))
    if effect == "no code":
        return wanted, None, {each.id: each for each in offers}
    worth = {} if effect is None else {effect: draw(st.integers(1, 10_000) if "percent" in effect else AMOUNTS)}
    return (
        wanted,
        code(
            **worth,
            ticket_type_ids=frozenset(draw(st.sets(st.sampled_from([each.id for each in offers])))),
            uses_left=draw(LIMITS),
            budget_left=draw(st.none() | AMOUNTS),
        ),
        {each.id: each for each in offers},
    )


Basket = tuple[list[tuple[Offer, int]], Discount | None, dict[UUID, Offer]]


def bill(priced: Priced) -> Counter[tuple[Any, ...]]:
    return Counter(
        (line.offer.id, line.quantity, line.discount_amount, line.fee_amount, line.tax_amount, line.total_amount)
        for line in priced.lines
    )


@given(baskets())
def test_sums_hold_and_nothing_is_negative(basket: Basket) -> None:
    wanted, discount, offers = basket
    priced = price(wanted, discount, offers)
    for line in priced.lines:
        assert min(line.discount_amount, line.fee_amount, line.tax_amount, line.total_amount) >= 0 < line.quantity
        assert line.discount_amount <= line.quantity * line.price_amount
        on_top = 0 if line.tax_included else line.tax_amount
        net = line.quantity * line.price_amount - line.discount_amount + line.fee_amount
        assert line.total_amount == net + on_top
        assert line.part_of is None or (line.price_amount, line.total_amount) == (0, 0)
        assert line.part_of is None or priced.lines[line.part_of].offer.kind == "bundle"
    assert priced.total_amount == sum(line.total_amount for line in priced.lines)
    assert priced.discount_amount == sum(line.discount_amount for line in priced.lines)
    assert priced.fee_amount == sum(line.fee_amount for line in priced.lines)
    assert priced.tax_amount == sum(line.tax_amount for line in priced.lines)


@given(baskets())
def test_everything_wanted_is_on_the_bill_at_its_list_price(basket: Basket) -> None:
    wanted, discount, offers = basket
    asked, billed = Counter[UUID](), Counter[UUID]()
    for each, quantity in wanted:
        asked[each.id] += quantity
        for part, per_bundle in each.parts:
            asked[part] += quantity * per_bundle
    for line in price(wanted, discount, offers).lines:
        billed[line.offer.id] += line.quantity
        assert line.part_of is not None or line.price_amount == line.offer.price_amount
    assert asked == billed


@given(baskets())
def test_a_code_keeps_its_limits(basket: Basket) -> None:
    wanted, discount, offers = basket
    priced = price(wanted, discount, offers)
    if discount is None:
        assert (priced.promo_uses, priced.discount_amount) == (0, 0)
        return
    assert discount.budget_left is None or priced.discount_amount <= discount.budget_left
    assert discount.uses_left is None or not discount.has_effect or priced.promo_uses <= discount.uses_left
    reduced = [line for line in priced.lines if line.discount_amount]
    assert all(not discount.ticket_type_ids or line.offer.id in discount.ticket_type_ids for line in reduced)
    assert sum(line.quantity for line in reduced) <= priced.promo_uses


@given(baskets())
def test_included_tax_and_net_make_the_gross_to_half_a_unit(basket: Basket) -> None:
    for line in price(*basket).lines:
        rate, tax = line.tax_basis_points, line.tax_amount
        if line.tax_included:
            net = line.total_amount - tax
            assert abs(2 * (net * rate - tax * 10_000)) <= 10_000 + rate
        else:
            net = line.total_amount - tax
            assert abs(2 * (net * rate - tax * 10_000)) <= 10_000


@given(baskets(), st.randoms(use_true_random=False))
def test_the_order_of_the_basket_does_not_matter(basket: Basket, random: Any) -> None:
    wanted, discount, offers = basket
    shuffled = random.sample(wanted, len(wanted))
    one, other = price(wanted, discount, offers), price(shuffled, discount, offers)
    assert bill(one) == bill(other)
    assert (one.total_amount, one.promo_uses) == (other.total_amount, other.promo_uses)


@given(baskets(), st.data())
def test_whatever_the_portions_what_is_taken_back_sums_to_the_line(basket: Basket, data: st.DataObject) -> None:
    for line in price(*basket).lines:
        already, sums = 0, Counter[str]()
        while already < line.quantity:
            portion = data.draw(st.integers(1, line.quantity - already))
            taken = take_back(line, portion, already)
            already += portion
            assert taken.quantity == -portion
            assert max(taken.discount_amount, taken.fee_amount, taken.tax_amount, taken.total_amount) <= 0
            on_top = 0 if line.tax_included else taken.tax_amount
            assert (
                taken.total_amount
                == taken.quantity * taken.price_amount - taken.discount_amount + taken.fee_amount + on_top
            )
            for name in ("discount_amount", "fee_amount", "tax_amount", "total_amount"):
                sums[name] += getattr(taken, name)
        assert all(-sums[name] == getattr(line, name) for name in sums)
