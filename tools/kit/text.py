"""Text as people type it: trimmed, without characters Postgres can not keep or a page can not show."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, AwareDatetime, BeforeValidator, Field, StringConstraints

_BIDI_AND_INVISIBLE = {chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200B, 0xFEFF)}


_DATED = re.compile(r"\d{4}-\d\d-\d\d")
_ADDRESS = re.compile(r"([^\s@<>,;:\"'()\[\]]+)@([^\s@<>,;:\"'()\[\]]+)")


def address_hint(address: str | None) -> str:
    """Enough of an e-mail address to ask "is that you?", not enough to write to it."""
    if not address:
        return ""
    local, _, domain = address.partition("@")
    return f"{local[:2]}…@{domain}" if len(local) > 2 else f"…@{domain}"


def with_hints(text: str) -> str:
    """The sentence with each e-mail address in it as a hint: what is kept for years, and read by many, tells no addresses."""
    return _ADDRESS.sub(lambda found: address_hint(found.group()), text) if "@" in text else text


def _storable(value: str) -> str:
    if value.isprintable():  # Nearly all text, decided in C: neither category below is printable.
        return value
    for character in value:
        category = unicodedata.category(character)
        if category == "Cs":
            raise ValueError("has half of a character (a lone surrogate)")
        if category == "Cc" and character not in "\n\r\t":
            raise ValueError("has a control character")
    return value


def _one_line(value: str) -> str:
    if value.isprintable():  # None of what is refused here is.
        return value
    if any(character in "\n\r\t" for character in value):
        raise ValueError("must be one line")
    if any(character in _BIDI_AND_INVISIBLE for character in value):
        raise ValueError("has an invisible or direction-changing character")
    return value


def _text_only(value: Any) -> Any:
    # Python's JSON reader lets lone surrogates through; refuse them before any encoder meets them.
    if isinstance(value, str):
        _storable(value)
    return value


Line = Annotated[
    str,
    # The constraints stand next to `str`, so that the length is that of the trimmed text.
    StringConstraints(strip_whitespace=True, min_length=1, max_length=255),
    BeforeValidator(_text_only),
    AfterValidator(_one_line),
]
"""One line of 1..255 characters: a name, a city, a level."""

Prose = Annotated[str, StringConstraints(strip_whitespace=True, max_length=10_000), BeforeValidator(_text_only)]
"""Free text of up to 10,000 characters, may be empty."""

Reference = Annotated[Line, Field(description="Name or id")]
"""What names another thing: its name, its number or its id."""


def _written_out(value: Any) -> Any:
    # A number would be read as seconds since 1970, or thousandths of them, whichever it looks like.
    if isinstance(value, date) or (isinstance(value, str) and _DATED.match(value)):
        return value
    raise ValueError("must begin with a date such as 2026-12-12")


def _bare(value: Any) -> Any:
    if isinstance(value, str) and len(value) != len("2026-12-12"):
        raise ValueError("must be a date such as 2026-12-12, without a time")
    return value


Instant = Annotated[
    AwareDatetime,
    BeforeValidator(_written_out),
    Field(description="RFC 3339 with an offset, e.g. 2026-12-12T19:00:00+01:00"),
]
"""A moment; a naive time is refused, and so is a number."""

Day = Annotated[date, BeforeValidator(_bare), BeforeValidator(_written_out)]
"""A day, in whichever zone the field says."""
