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
    "10000-01-01T00:00:00Z", "2030-12-12", True, "2030-12-12T19:00:00+99:00", [], 0, "0", 1_735_689_600, "1735689600", 1735689600.5,
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
DAY: tuple[Any, ...] = (
    "yesterday", "2030-02-30", "", "2030-12-12T19:00:00", "2030-12-12T00:00:00Z", "10000-01-01", [], 0, "0", 1_735_689_600, "1735689600",
)  # fmt: skip
LIMIT: tuple[Any, ...] = (0, -1, 101, 10**400, "many", 1.5, [])
CURSOR: tuple[Any, ...] = ("x" * 1001, 5, [])

FLAG: tuple[Any, ...] = (1, 0, "yes", "true", [], 1.0)
LIMITED: tuple[Any, ...] = (0, -1, 10**400, 2.0, "2", True, [])
SHARE: tuple[Any, ...] = (-1, 10_001, 10**400, 19.0, "1900", True, [])
CODE: tuple[Any, ...] = (
    "", "AB", "x" * 41, "has space", "half \ud800", "NUL\x00", "-DASH", "É-TUDIANT", "ＦＵＬＬ", "A\nB", 5, True, [], "=1+1",
)  # fmt: skip
NAMES: tuple[Any, ...] = (
    "General",
    [""],
    ["a\x00b"],
    ["half \ud800"],
    [5],
    [None],
    ["General"] * 51,
    {"a": 1},
    5,
    True,
)
LIMITS: tuple[Any, ...] = ("sales_end", ["name"], [""], ["price_amount"], [5], ["version"] * 2, 5, {})

MAIL: tuple[Any, ...] = (
    *LINE, "ann", "ann@", "@example.org", "ann@example", "a@b@c.de", "a@b.de,c@d.ef", "Ann <a@b.de>", "a@b..de", "a b@c.de",
    "x" * 312 + "@example.org",
)  # fmt: skip
SCANS: tuple[Any, ...] = (
    "scan", [], [{}], [{"nonce": "offline-1"}], [{"nonce": "offline-1", "scanned_at": "2026-01-01T19:00:00Z"}],
    [{"nonce": "offline-1", "scanned_at": "2026-01-01T19:00:00", "code": "x"}], [{"nonce": "1", "scanned_at": "2026-01-01T19:00:00Z"}],
    [{"nonce": "offline-1", "scanned_at": "2026-01-01T19:00:00Z", "code": "a\x00"}],
    [{"nonce": "offline-1", "scanned_at": "2026-01-01T19:00:00Z", "code": "x", "outcome": "accepted"}],
    [{"nonce": "offline-1", "scanned_at": "2026-01-01T19:00:00Z", "code": "x"}] * 1001, 5, {"a": 1},
)  # fmt: skip

ORDER_LINES: tuple[Any, ...] = (
    "VIP", [{}], [{"ticket_type": "VIP"}], [{"ticket_type": "VIP", "quantity": 0}], [{"ticket_type": "VIP", "quantity": 1001}],
    [{"ticket_type": "a\x00b", "quantity": 1}], [{"ticket_type": "VIP", "quantity": 1, "price_amount": 0}],
    [{"ticket_type": "VIP", "quantity": 1}] * 21, 5, {},
)  # fmt: skip

KINDS: dict[str, tuple[Any, ...]] = {
    "check_in_list": LINE, "opens_at": INSTANT, "closes_at": INSTANT, "reentry": FLAG, "force": FLAG, "ticket": ID, "check_in": ID,
    "nonce": (*LINE, "short", "x" * 81), "device": (*LINE, "x" * 101), "scans": SCANS,
    "kind": ("voucher", "", 5, "a\x00", [], True), "hidden": FLAG, "needs_approval": FLAG, "tax_included": FLAG, "active": FLAG,
    "parts": (
        "VIP", [{}], [{"ticket_type": ""}], [{"ticket_type": "VIP", "quantity": 0}], [{"ticket_type": "VIP", "quantity": 101}],
        [{"ticket_type": "VIP", "price": 1}], [{"ticket_type": "a\x00b"}], [{"ticket_type": "VIP"}] * 21, [["VIP", 1]], 5,
    ),
    "sales_start": INSTANT, "sales_end": INSTANT, "valid_from": INSTANT, "valid_until": INSTANT,
    "also": ORDER_LINES, "billing_address": (*PROSE, "x" * 2001),
    "min_per_order": (*LIMITED, 1001), "max_per_order": (*LIMITED, 1001), "max_per_buyer": (*LIMITED, 100_001),
    "max_uses": (*LIMITED, 1_000_001), "fee_amount": AMOUNT, "fee_basis_points": SHARE, "tax_basis_points": SHARE,
    "percent_basis_points": (*SHARE, 0), "off_amount": (*AMOUNT, 0), "budget_amount": (*AMOUNT, 0), "code": CODE,
    "prefix": ("", "x" * 21, "a b", "a\x00", "-", "é", 5), "label": LINE, "size": QUANTITY, "quota": LINE, "promo_code": LINE,
    "ticket_types": NAMES, "add_ticket_types": NAMES, "remove_ticket_types": NAMES, "clear": LIMITS,
    "name": LINE, "event": LINE, "venue": LINE, "space": LINE, "ticket_type": LINE, "sponsor": LINE, "order": LINE, "buyer": LINE,
    "level": (*LINE, "x" * 51), "query": LINE, "description": PROSE, "reason": (*PROSE, "x" * 1001),
    "city": LINE, "address": (*PROSE, "x" * 501),
    "start_date": INSTANT, "end_date": INSTANT, "free_from": INSTANT, "free_until": INSTANT, "from_date": DAY, "to_date": DAY,
    "price_amount": AMOUNT, "amount": AMOUNT, "quantity": QUANTITY, "capacity": (*QUANTITY, 0), "min_capacity": (*QUANTITY, 0),
    "setup_minutes": QUANTITY, "teardown_minutes": QUANTITY, "currency": CURRENCY, "timezone": TIMEZONE, "booking": ID,
    "status": ("unknown", "", 5, "a\x00"), "payment_method": ("bitcoin", "", 5), "method": ("bitcoin", "", 5, None),
    "locale": ("e", "english please", "en\x00", 5, "x" * 30), "auto_apply": ("perhaps", 2, []),
    "provider": ("paypal", "", 5, "a\x00", []), "reference": LINE, "arrived_on": (*DAY, "1969-12-31", "2200-01-01"),
    "payout": ID, "payment": ID,
    "other": LINE, "days_before": (-1, 3651, 10**400, "many", 1.5, []), "group_by": ("week", "", 5, []),
    "account": ("petty cash", "", 5, []), "format": ("pdf", "", 5, "a\x00", []), "bom": ("perhaps", 2, []),
    "hold": LINE, "minutes": (*QUANTITY, 0), "days": (*QUANTITY, 0), "purpose": ("theft", "", 5, "a\x00", []),
    "keep_amount": AMOUNT, "refund_difference": FLAG, "owed": ("much", "", 5, "a\x00", []), "expires_at": INSTANT,
    "expires_in_hours": (*QUANTITY, 0, 2161), "remove": ORDER_LINES, "add": ORDER_LINES,
    "buyers": ("refund", "", 5, "a\x00", [], True), "choose_until": INSTANT, "deadline": INSTANT, "refund_days": (*QUANTITY, 366),
    "options": ("refund", [], ["refund", "money"], [""], [5], ["refund"] * 5, 5, {}), "state": ("maybe", "", 5, "a\x00", []),
    "auto_offer": FLAG, "offer_hours": (*QUANTITY, 0, 721), "hours": (*QUANTITY, 0, 721), "places": (*QUANTITY, 0), "entry": ID,
    "mail": ID, "recipient": LINE, "file": ID, "thread": ID,
    "dry_run": FLAG, "email": (*LINE, "x" * 321), "attendee": LINE, "tickets": ("ticket", ["1"], [""], [5], [None], ["a\x00"], 5, {}),
    "csv": ("", "a\x00b", "half \udfff", "bell\x07", "x" * 1_000_001, 5, True, ["a"]),
    "csv_base64": ("", "not base64!", "a\x00", "=", "é", "A" * 1_400_000, 5, True), "all_or_nothing": FLAG,
    "webhook": ID, "delivery": ID,
    "url": ("", "   ", "https://a b.de", "a\x00b", "half \ud800", "https://é.de", "two\nlines", "x" * 2001, 5, True, ["a"], {"a": 1}),
    "kinds": ("order.created", ["order.invented"], [""], [5], [None], ["a\x00"], ["order.created"] * 201, 5, {}),
    "member": ID, "invitation": ID, "api_key": ID, "role": ("boss", "", "Owner", 5, True, ["staff"], {"a": 1}, "staff\x00"),
    "events": NAMES, "scopes": ("events:read", [], [""], [5], ["a\x00b"], ["x"] * 51, 5, {}),
    "limit": LIMIT, "cursor": CURSOR,
}  # fmt: skip
"""Field name -> values that must be refused wherever the field occurs."""

UNLIKE: dict[tuple[str, str], tuple[Any, ...]] = {
    ("create_venue", "city"): PROSE,
    ("update_venue", "city"): PROSE,
    ("check_in", "code"): LINE,
    ("list_files", "kind"): ("poster", "", 5, "a\x00", [], True),
    ("list_payments", "status"): ("paid", "", 5, "a\x00"),
    ("list_refunds", "status"): ("paid", "", 5, "a\x00"),
    ("list_orders", "needs_approval"): ("perhaps", 2, []),
    ("get_ticket", "ticket"): LINE,
    ("rename_attendee", "ticket"): LINE,
    ("transfer_ticket", "ticket"): LINE,
    ("rename_attendee", "name"): (*LINE, "x" * 201),
    ("transfer_ticket", "name"): (*LINE, "x" * 201),
    ("rename_attendee", "email"): MAIL,
    ("transfer_ticket", "email"): MAIL,
    ("export_person", "email"): MAIL,
    ("list_erasures", "email"): MAIL,
    ("erase_person", "email"): MAIL,
    ("search_attendees_at_door", "query"): (*LINE, "x", "x" * 101),
    ("download_check_in_list", "limit"): (0, -1, 2001, 10**400, "many", 1.5, []),
    ("orders_to_settle", "reason"): ("late", "", 5, []),
    ("create_vouchers", "quantity"): (*LIMITED, 501),
    ("create_vouchers", "max_uses"): (*LIMITED, 1001),
}
"""(operation, field) -> where the kind differs from the field's usual one."""
