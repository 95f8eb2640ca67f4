"""Numbers and money in people's words."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent.reading import read_money, read_numbers
from tools.kit.money import format_money


@pytest.mark.parametrize(
    ("said", "amount", "currency"),
    [
        ("25 euros", 2500, "EUR"),
        ("€15", 1500, "EUR"),
        ("$19.99", 1999, "USD"),
        ("10,000 pounds", 1_000_000, "GBP"),
        ("CHF 120", 12000, "CHF"),
        ("EUR 1.250,00", 125000, "EUR"),
        ("3.000 euro", 300000, "EUR"),
        ("twenty-five quid", 2500, "GBP"),
        ("five grand", 500000, "EUR"),
        ("€2.5k", 250000, "EUR"),
        ("2000 yen", 2000, "JPY"),
        ("50 cents", 50, "EUR"),
        ("12 euros 50 cents", 1250, "EUR"),
        ("€12,-", 1200, "EUR"),
        ("vijfentwintig euro", 2500, "EUR"),
        ("10 000 euros", 1_000_000, "EUR"),
        ("1.250 Kuwaiti dinar", 1_250_000, "KWD"),
    ],
)
def test_money_is_read_in_minor_units_of_its_currency(said: str, amount: int, currency: str) -> None:
    (money,) = read_money(said, "EUR")
    assert (money.amount, money.currency) == (amount, currency)


def test_a_bare_dollar_is_the_organisations_own() -> None:
    assert read_money("$20", "CAD")[0].currency == "CAD"
    assert read_money("$20", "EUR")[0].currency == "USD"


def test_only_its_surroundings_make_a_bare_number_a_price() -> None:
    assert [m.amount for m in read_money("100 regular at 30 and 20 VIP for 90", "EUR")] == [3000, 9000]
    assert read_money("a venue for 300 people", "EUR") == []


def test_fractions_a_currency_does_not_have_are_no_amount() -> None:
    assert read_money("19.99 yen", "EUR") == []


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("a dozen", 12),
        ("half a dozen", 6),
        ("two dozen", 24),
        ("a hundred and fifty", 150),
        ("5k", 5000),
        ("10,000", 10000),
        ("a couple of", 2),
        ("12.50", Decimal("12.50")),
    ],
)
def test_numbers_are_read_in_digits_and_words(said: str, value: Decimal) -> None:
    assert [n.value for n in read_numbers(said)] == [value]


def test_the_first_one_is_no_number() -> None:
    assert read_numbers("book the first one") == []
    assert [n.value for n in read_numbers("book one")] == [1]


@given(st.integers(0, 10**9), st.sampled_from(["EUR", "USD", "GBP", "JPY"]))
@settings(max_examples=200, deadline=None)
def test_formatted_money_is_read_back(amount: int, currency: str) -> None:
    (money,) = read_money(format_money(amount, currency), "EUR")
    assert (money.amount, money.currency) == (amount, currency)


@given(st.integers(0, 10**9))
@settings(max_examples=100, deadline=None)
def test_a_grouped_number_is_read_back(number: int) -> None:
    assert [n.value for n in read_numbers(f"{number:,}")] == [number]


@given(st.text(max_size=300))
@settings(max_examples=200, deadline=None)
def test_no_text_breaks_the_readers(text: str) -> None:
    spans = [(n.start, n.end) for n in read_numbers(text)] + [(m.start, m.end) for m in read_money(text, "EUR")]
    assert all(0 <= start < end <= len(text) for start, end in spans)


@pytest.mark.parametrize("piece", ["\x00", "💶", "1,000 ", "9" * 50, "five hundred ", "€", "1.2"])
def test_a_megabyte_is_cut_and_not_chewed(piece: str) -> None:
    text = (piece * (1_000_000 // len(piece)))[:1_000_000]
    read_money(text, "EUR")
