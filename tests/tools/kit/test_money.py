"""Money: minor units by currency, told the way people write it, and no two amounts told alike."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from tools.kit.money import KNOWN_CURRENCIES, MAX_AMOUNT, Amount, Currency, exponent, format_money, major

amounts = st.integers(-MAX_AMOUNT, MAX_AMOUNT)
currencies = st.sampled_from(sorted(KNOWN_CURRENCIES))


@pytest.mark.parametrize(
    ("amount", "currency", "locale", "told"),
    [
        (2500, "EUR", "en", "€25.00"),
        (2500, "JPY", "en", "¥2,500"),
        (2500, "KWD", "en", "KWD2.500"),
        (0, "EUR", "en", "€0.00"),
        (5, "EUR", "en", "€0.05"),
        (-2500, "EUR", "en", "-€25.00"),
        (123456789, "EUR", "nl", "€\xa01.234.567,89"),
        (2500, "EUR", "de-DE", "25,00\xa0€"),
        (MAX_AMOUNT, "USD", "en", "$10,000,000,000.00"),
    ],
)
def test_an_amount_is_told_as_people_write_it(amount: int, currency: str, locale: str, told: str) -> None:
    assert format_money(amount, currency, locale) == told


@pytest.mark.parametrize(
    ("currency", "digits"), [("EUR", 2), ("USD", 2), ("JPY", 0), ("KRW", 0), ("KWD", 3), ("BHD", 3)]
)
def test_a_currency_has_the_digits_it_has(currency: str, digits: int) -> None:
    assert exponent(currency) == digits


@given(amount=amounts, currency=currencies)
def test_no_minor_unit_is_lost_on_the_way_to_the_number_people_say(amount: int, currency: str) -> None:
    assert major(amount, currency) * 10 ** exponent(currency) == amount
    assert isinstance(major(amount, currency), Decimal)


@settings(max_examples=200)
@given(one=amounts, other=amounts, currency=currencies)
def test_two_amounts_are_never_told_alike(one: int, other: int, currency: str) -> None:
    assert (format_money(one, currency) == format_money(other, currency)) == (one == other)


def test_currencies_are_those_in_use() -> None:
    assert {"EUR", "USD", "GBP", "JPY", "KWD", "CHF"} <= KNOWN_CURRENCIES
    assert not {"DEM", "XXX", "XTS", "EURO", "eur"} & KNOWN_CURRENCIES


@pytest.mark.parametrize("wrong", [-1, MAX_AMOUNT + 1, 10**400, 1.0, "1", True, None])
def test_an_amount_is_a_whole_number_in_range(wrong: object) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(Amount).validate_python(wrong)


@pytest.mark.parametrize("wrong", ["eur", "EURO", "XXX", "", "EUR\n", "ЕUR"])
def test_a_currency_is_a_code_in_use(wrong: str) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(Currency).validate_python(wrong)
