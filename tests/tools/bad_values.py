"""What no field of an input may let through, by the kind of the field."""

from __future__ import annotations

from datetime import datetime
from typing import Any

LINE: tuple[Any, ...] = (
    "", "   ", "a\x00b", "half \ud800", "two\nlines", "turned \u202egnp.exe", "hidden\u200b", "bell\x07", "x" * 300, 5, True, None,
    ["a"], {"a": 1},
)  # fmt: skip
PROSE: tuple[Any, ...] = ("a\x00b", "half \udfff", "bell\x07", "x" * 10_001, 5, True, ["a"])
INSTANT: tuple[Any, ...] = (
    "2030-12-12T19:00:00", datetime(2030, 12, 12, 19), "tomorrow", "", "2030-13-01T00:00:00Z", "2030-02-30T00:00:00Z",  # noqa: DTZ001
    "10000-01-01T00:00:00Z", "2030-12-12", True, "2030-12-12T19:00:00+99:00", [],
)  # fmt: skip
AMOUNT: tuple[Any, ...] = (
    -1,
    10**13,
    10**400,
    -(10**400),
    25.0,
    25.5,
    "2500",
    True,
    False,
    float("nan"),
    float("inf"),
    [1],
)
QUANTITY: tuple[Any, ...] = (-1, 10**9, 10**400, 2.0, "2", True, [])
CURRENCY: tuple[Any, ...] = ("eur", "EURO", "XYZ", "", "€", "E\x00R", 978, True)
TIMEZONE: tuple[Any, ...] = (
    "Amsterdam",
    "Mars/Olympus",
    "UTC+25",
    "",
    "../../etc/passwd",
    "Europe/\x00",
    "x" * 200,
    1,
    "FOO5",
)
ID: tuple[Any, ...] = ("1", "", "not-an-id", 5, "\x00", True, "g" * 32)
DAY: tuple[Any, ...] = ("yesterday", "2030-02-30", "", "2030-12-12T19:00:00", "10000-01-01", [])
LIMIT: tuple[Any, ...] = (0, -1, 101, 10**400, "many", 1.5, [])
CURSOR: tuple[Any, ...] = ("x" * 1001, 5, [])

KINDS: dict[str, tuple[Any, ...]] = {
    "name": LINE, "event": LINE, "venue": LINE, "space": LINE, "ticket_type": LINE, "sponsor": LINE, "order": LINE, "buyer": LINE,
    "level": (*LINE, "x" * 51), "query": LINE, "description": PROSE, "reason": (*PROSE, "x" * 1001),
    "city": LINE, "address": (*PROSE, "x" * 501),
    "start_date": INSTANT, "end_date": INSTANT, "free_from": INSTANT, "free_until": INSTANT, "from_date": DAY, "to_date": DAY,
    "price_amount": AMOUNT, "amount": AMOUNT, "quantity": QUANTITY, "capacity": (*QUANTITY, 0), "min_capacity": (*QUANTITY, 0),
    "setup_minutes": QUANTITY, "teardown_minutes": QUANTITY, "currency": CURRENCY, "timezone": TIMEZONE, "booking": ID,
    "status": ("unknown", "", 5, "a\x00"), "payment_method": ("bitcoin", "", 5), "method": ("bitcoin", "", 5, None),
    "locale": ("e", "english please", "en\x00", 5, "x" * 30), "auto_apply": ("perhaps", 2, []),
    "limit": LIMIT, "cursor": CURSOR,
}  # fmt: skip
"""Field name -> values that must be refused wherever the field occurs."""

UNLIKE: dict[tuple[str, str], tuple[Any, ...]] = {
    ("create_venue", "city"): PROSE,
    ("update_venue", "city"): PROSE,
}
"""(operation, field) -> where the kind differs from the field's usual one."""
