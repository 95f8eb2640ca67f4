"""Numbers and money in people's words, with their place in the text; dates are read in `moments`, never here."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from agent.reading.numerals import word_numbers
from agent.reading.spans import clip, without_overlaps
from tools.kit.money import MAX_AMOUNT, exponent


@dataclass(frozen=True, slots=True)
class NumberMention:
    """A number as said: `10,000`, `5k`, `a dozen`, `12.50`."""

    start: int
    end: int
    value: Decimal

    @property
    def whole(self) -> int | None:
        """The number as a count, or None for a fraction."""
        return int(self.value) if self.value == self.value.to_integral_value() else None


@dataclass(frozen=True, slots=True)
class MoneyMention:
    """An amount of money. `amount` is in minor units of `currency`.

    `said` tells whether the person named the currency; otherwise it is the default one. `implied` marks a bare number
    that only its surroundings make an amount (`at 25`, `for 5000`, `30 each`).
    """

    start: int
    end: int
    amount: int
    currency: str
    said: bool
    implied: bool = False


SYMBOLS = {
    "€": "EUR",
    "$": "USD",
    "£": "GBP",
    "¥": "JPY",
    "₹": "INR",
    "zł": "PLN",
    "₺": "TRY",
    "₪": "ILS",
    "₩": "KRW",
    "us$": "USD",
    "a$": "AUD",
    "au$": "AUD",
    "c$": "CAD",
    "ca$": "CAD",
    "nz$": "NZD",
    "s$": "SGD",
    "hk$": "HKD",
    "r$": "BRL",
    "kč": "CZK",
    "fr.": "CHF",
    "sfr": "CHF",
}
CODES = [
    "EUR",
    "USD",
    "GBP",
    "CHF",
    "JPY",
    "SEK",
    "NOK",
    "DKK",
    "PLN",
    "CZK",
    "HUF",
    "CAD",
    "AUD",
    "NZD",
    "INR",
    "CNY",
    "BRL",
    "ZAR",
    "SGD",
    "HKD",
    "TRY",
    "KWD",
    "MXN",
    "ILS",
    "KRW",
    "RON",
    "ISK",
    "AED",
    "BHD",
]
WORDS = {
    "euro": "EUR",
    "euros": "EUR",
    "eur": "EUR",
    "eu": "EUR",
    "dollar": "USD",
    "dollars": "USD",
    "bucks": "USD",
    "us dollars": "USD",
    "usd": "USD",
    "american dollars": "USD",
    "pound": "GBP",
    "pounds": "GBP",
    "pounds sterling": "GBP",
    "quid": "GBP",
    "british pounds": "GBP",
    "swiss francs": "CHF",
    "swiss franc": "CHF",
    "francs": "CHF",
    "franken": "CHF",
    "yen": "JPY",
    "japanese yen": "JPY",
    "swedish kronor": "SEK",
    "swedish crowns": "SEK",
    "kronor": "SEK",
    "norwegian kroner": "NOK",
    "norwegian crowns": "NOK",
    "danish kroner": "DKK",
    "danish crowns": "DKK",
    "zloty": "PLN",
    "zlotys": "PLN",
    "zlotych": "PLN",
    "czech crowns": "CZK",
    "koruna": "CZK",
    "forint": "HUF",
    "forints": "HUF",
    "canadian dollars": "CAD",
    "australian dollars": "AUD",
    "new zealand dollars": "NZD",
    "rupees": "INR",
    "rupee": "INR",
    "yuan": "CNY",
    "renminbi": "CNY",
    "rmb": "CNY",
    "reais": "BRL",
    "rand": "ZAR",
    "singapore dollars": "SGD",
    "hong kong dollars": "HKD",
    "lira": "TRY",
    "turkish lira": "TRY",
    "kuwaiti dinar": "KWD",
    "kuwaiti dinars": "KWD",
    "mexican pesos": "MXN",
    "shekels": "ILS",
    "won": "KRW",
    "lei": "RON",
    "dirhams": "AED",
}
DOLLARS = {"USD", "AUD", "CAD", "NZD", "SGD", "HKD"}
CROWNS = {"SEK", "NOK", "DKK", "ISK"}
CENTS = {"cent": "EUR", "cents": "EUR", "pence": "GBP"}

_ALTERNATIVES = sorted([*SYMBOLS, *(code.lower() for code in CODES)], key=len, reverse=True)
_BEFORE = re.compile(r"(?<![^\W\d_])(" + "|".join(map(re.escape, _ALTERNATIVES)) + r"|kr\.?)\s{0,2}$", re.IGNORECASE)
_AFTER_WORDS = sorted(
    [*WORDS, *SYMBOLS, *(c.lower() for c in CODES), *CENTS, "kr", "kroner", "crowns"], key=len, reverse=True
)
_AFTER = re.compile(r"[\s-]{0,2}(" + "|".join(map(re.escape, _AFTER_WORDS)) + r")(?![^\W\d_])", re.IGNORECASE)
_CENTS_AFTER = re.compile(r"\s+(?:and\s+)?(\d{1,2})\s*(?:cents?|pence|p)\b", re.IGNORECASE)
_DASH_CENTS = re.compile(r",-{1,2}(?!\d)")

_DIGITS = re.compile(
    r"(?<![\w.,:/-])(?<!\d[-–])"
    r"(?P<digits>\d{1,3}(?:[.,'’\u00a0\u202f]\d{3})+(?:[.,]\d{1,2})?(?!\d)|\d{1,3}(?: "
    r"\d{3})+(?=\s?(?:euro|eur\b|€|dollar|pound|usd|gbp|chf))"
    r"|\d{1,15}(?:[.,]\d{1,3})?(?!\d))"
    r"(?:\s?(?P<scale>k|K)(?![^\W_])|\s+(?P<word>grand|thousand|hundred|dozen|million|"
    r"mln|mille|duizend|honderd)\b)?"
    r"(?![:/]\d)(?!-\d)(?!(?:st|nd|rd|th|e|de|ste)\b)(?!\s?%)"
    r"(?=[^\w]|x\b|$|[€$£]|[a-z]{2,3}\b|(?:people|persons|euros?|tickets?|pax)\b)",
    re.IGNORECASE,
)
_GLUED_DIGITS = re.compile(
    r"(?:(?<=[€$£¥₹])|(?<=EUR)|(?<=USD)|(?<=GBP)|(?<=CHF))"
    r"(?P<digits>\d{1,3}(?:[.,'’]\d{3})+(?:[.,]\d{1,2})?(?!\d)|\d{1,15}(?:[.,]\d{1,3})?(?!\d))(?:\s?(?P<scale>k)"
    r"(?![^\W_])|\s+(?P<word>grand|thousand|million)\b)?",
    re.IGNORECASE,
)
_TIMES = {
    "k": 1_000,
    "grand": 1_000,
    "thousand": 1_000,
    "mille": 1_000,
    "duizend": 1_000,
    "hundred": 100,
    "honderd": 100,
    "dozen": 12,
    "million": 1_000_000,
    "mln": 1_000_000,
}

THINGS = (
    r"(?:people|persons?|guests?|visitors?|attendees?|heads?|pax|folks?|seats?|tickets?|"
    r"places?|spots?|passes|pass|chairs?|pieces|pcs|stuks|"
    r"units|of\s+(?:them|those|these)|x\b|minutes?|mins?|hours?|days?|weeks?|months?|years?|"
    r"o'?clock|uur|am\b|pm\b|percent|events?|venues?|"
    r"sponsors?|types?|kinds?|kaartjes|kaarten|tickets|mensen|personen|gasten|plaatsen)"
)
_EACH = re.compile(
    r"\s*(?:each|apiece|a\s+(?:head|pop|piece|ticket|seat|person|go)|per\s+(?:head|person|"
    r"ticket|seat|piece|stuk|persoon|kaartje)|p\.?p\.?\b|"
    r"per\s+stuk|elk)\b",
    re.IGNORECASE,
)
_PRICED = re.compile(
    r"(?:@|\bat|\bfor|\bà|\bvoor|\bpric(?:e|ed|ing)(?:\s+(?:of|at|is|to|now|was|should\s+be|"
    r"will\s+be))*|\bcosts?(?:ing)?|\bworth|\bamount(?:\s+of)?|"
    r"\bpay(?:s|ing)?|\bpaid|\bgiv(?:es?|ing)(?:\s+us)?|\bcontribut(?:es?|ing)|\bdonat(?:es?|"
    r"ing)|\bchips?\s+in(?:\s+with)?|\bput(?:s|ting)?\s+(?:in|up)|"
    r"\bdown\s+to|\bup\s+to|\bgrand\s+total)\s*(?:about\s+|around\s+|just\s+|only\s+)?$",
    re.IGNORECASE,
)
_HOLDS = re.compile(r"\b(?:capacity|cap|attendance|holds?|room\s+for)\b[^.;,\d]{0,40}$", re.IGNORECASE)
_THING_NEXT = re.compile(r"\s*(?:[^\W\d_]+[\s-]+){0,2}?" + THINGS, re.IGNORECASE)
FREE = re.compile(
    r"\b(?:for\s+free|free\s+of\s+charge|free|gratis|at\s+no\s+(?:cost|charge)|complimentary)\b", re.IGNORECASE
)


def parse_decimal(digits: str) -> Decimal | None:
    """`1.234,50`, `1,234.50`, `3.000`, `12.50`, `12,5` -> the number meant; None when it is none."""
    digits = digits.replace("\u00a0", "").replace("\u202f", "").replace(" ", "").replace("'", "").replace("’", "")
    comma, point = digits.rfind(","), digits.rfind(".")
    if comma >= 0 and point >= 0:
        thousands = "," if point > comma else "."
        digits = digits.replace(thousands, "").replace(",", ".")
    elif comma >= 0 or point >= 0:
        mark = "," if comma >= 0 else "."
        groups = digits.split(mark)
        grouped = all(len(group) == 3 for group in groups[1:]) and groups[0] not in ("", "0")
        digits = "".join(groups) if grouped else digits.replace(",", ".")
    try:
        return Decimal(digits)
    except InvalidOperation:
        return None


def read_numbers(text: str) -> list[NumberMention]:
    """Every number, in digits or words, left to right; ordinals, percentages and clock times are left alone."""
    text = clip(text)
    found = [NumberMention(start, end, value) for start, end, value in word_numbers(text)]
    for pattern in (_DIGITS, _GLUED_DIGITS):
        for match in pattern.finditer(text):
            value = parse_decimal(match["digits"])
            if value is not None:
                scale = (match["scale"] or match["word"] or "").lower()
                found.append(NumberMention(match.start(), match.end(), value * _TIMES.get(scale, 1)))
    return without_overlaps(found)


def _currency(marker: str, default: str) -> str | None:
    """The ISO code a marker stands for; a bare `$` or `kr` is the organisation's own dollar or crown if it has one."""
    marker = marker.lower()
    if marker in ("$", "dollar", "dollars", "bucks") and default in DOLLARS:
        return default
    if marker in ("kr", "kr.", "kroner", "crowns"):
        return default if default in CROWNS else None
    if marker == "¥" and default == "CNY":
        return "CNY"
    return SYMBOLS.get(marker) or WORDS.get(marker) or (marker.upper() if marker.upper() in CODES else None)


def to_minor(value: Decimal, currency: str) -> int | None:
    """Major units -> minor units: 19.99 EUR -> 1999; None when it does not come out whole or is out of range."""
    minor = value.scaleb(exponent(currency))
    if minor != minor.to_integral_value() or not 0 <= minor <= MAX_AMOUNT:
        return None
    return int(minor)


def read_money(text: str, default_currency: str) -> list[MoneyMention]:
    """Every amount of money, left to right: with a named currency, and bare numbers used as a price."""
    text = clip(text)
    found: list[MoneyMention] = []
    for number in read_numbers(text):
        mention = _named(text, number, default_currency) or _implied(text, number, default_currency)
        if mention:
            found.append(mention)
    for match in FREE.finditer(text):
        if (
            re.match(
                r"\s+(?:on|at|in|from|for|date|dates|slot|between|this|next|venue|room|drinks?|food)\b",
                text[match.end() :],
                re.IGNORECASE,
            )
            is None
        ):
            found.append(MoneyMention(match.start(), match.end(), 0, default_currency, said=False))
    return without_overlaps(found)


def _named(text: str, number: NumberMention, default: str) -> MoneyMention | None:
    start, end, value = number.start, number.end, number.value
    before = _BEFORE.search(text[max(0, start - 8) : start])
    after = _AFTER.match(text[end : end + 24])
    if before:
        marker, start = before.group(1), start - len(before.group())
        dashes = _DASH_CENTS.match(text[end : end + 3])
        end += dashes.end() if dashes else 0
    elif after:
        marker, end = after.group(1), end + after.end()
    else:
        return None
    if marker.lower() in CENTS:
        currency, value = (default, value / 100)
    else:
        found = _currency(marker, default)
        if found is None:
            return None
        currency = found
        cents = _CENTS_AFTER.match(text[end : end + 20])
        if cents:
            value, end = value + Decimal(cents.group(1)) / 100, end + cents.end()
    amount = to_minor(value, currency)
    return None if amount is None else MoneyMention(start, end, amount, currency, said=marker.lower() not in CENTS)


def _implied(text: str, number: NumberMention, default: str) -> MoneyMention | None:
    """A bare number that its neighbours make a price: `at 25`, `for 5000`, `30 each`, `5 grand`."""
    amount = to_minor(number.value, default)
    if amount is None:
        return None
    after = text[number.end : number.end + 40]
    grand = text[number.start : number.end].lower().endswith("grand")
    each = _EACH.match(after)
    priced = _PRICED.search(text[max(0, number.start - 40) : number.start])
    holds = _HOLDS.search(text[max(0, number.start - 60) : number.start])
    if grand or each or (priced and not holds and not _THING_NEXT.match(after)):
        return MoneyMention(number.start, number.end, amount, default, said=False, implied=not grand)
    return None
