"""Money as integer minor units beside an ISO 4217 code; never a float. Formatting happens at the edge."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import Annotated

from babel.core import get_global
from babel.numbers import format_currency, get_currency_precision
from pydantic import AfterValidator, Field

MAX_AMOUNT = 10**12
"""Ten thousand million in a two-digit currency: above any ticket, sponsorship or order, below what 64 bits can sum."""

KNOWN_CURRENCIES = frozenset(
    code
    for tenders in get_global("territory_currencies").values()
    for code, _since, until, is_tender in tenders
    if until is None and is_tender
)
"""Legal tender somewhere today, by CLDR."""


def _known_currency(code: str) -> str:
    if code not in KNOWN_CURRENCIES:
        raise ValueError(f"{code!r} is not an ISO 4217 currency")
    return code


Currency = Annotated[
    str,
    Field(pattern=r"^[A-Z]{3}$", description="ISO 4217 code, e.g. EUR"),
    AfterValidator(_known_currency),
]
Amount = Annotated[
    int, Field(ge=0, le=MAX_AMOUNT, strict=True, description="Minor units of the currency: 25 euros is 2500")
]


def exponent(currency: str) -> int:
    """Digits after the point as CLDR counts them: 2 for EUR, 0 for JPY, 3 for KWD."""
    return get_currency_precision(currency)


def major(amount: int, currency: str) -> Decimal:
    """Minor units -> the number people say: 2500 EUR -> 25.00."""
    return Decimal(amount).scaleb(-exponent(currency))


@lru_cache(maxsize=4096)
def format_money(amount: int, currency: str, locale: str = "en") -> str:
    """`2500, EUR` -> `€25.00`, for cards and sentences."""
    return format_currency(major(amount, currency), currency, locale=locale.replace("-", "_"))
