"""Inputs made up from the JSON schema of an operation: good ones, edges, and nonsense, with names that exist mixed in."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from tests.tools.shop import END, START, Shop
from tools.catalog import CATALOG

Values = st.SearchStrategy[Any]

NONSENSE: tuple[Any, ...] = (
    "",
    " ",
    "a\x00b",
    "\ud800",
    "\u202ex",
    "x" * 300,
    -1,
    0,
    1,
    2**31,
    2**63,
    10**400,
    1.5,
    True,
    None,
    [],
    {},
    "é" * 40,
)
ODD_TEXT = (
    "%",
    "_",
    "'; drop table events; --",
    "\\",
    "İ",
    "ß",
    "ﬁ",
    "🎷",
    "null",
    "a" * 255,
    "{}",
    "--",
    "$1",
    "%s",
    "%(org)s",
    "'",
)
INSTANTS = (
    START, END, "1971-01-01T00:00:00Z", "2199-12-31T23:59:59Z", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z",
    "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "2030-03-31T02:30:00+01:00", "2028-02-29T12:00:00Z",
)  # fmt: skip
DAYS = ("0001-01-01", "9999-12-31", "2030-12-12", "2028-02-29", "1970-01-01")
ZONES = ("Europe/Amsterdam", "UTC", "Asia/Kathmandu", "Pacific/Kiritimati", "EST5EDT")
CURRENCIES = ("EUR", "JPY", "KWD", "USD")


def inputs(name: str, shop: Shop) -> st.SearchStrategy[dict[str, Any]]:
    """Every required field, any of the others, each mostly of its kind and now and then nonsense."""
    schema = CATALOG[name].input.model_json_schema()
    required = set(schema.get("required", ()))
    fields = {field: _mostly(_of(field, kind, schema, shop)) for field, kind in schema["properties"].items()}
    return st.fixed_dictionaries(
        {field: values for field, values in fields.items() if field in required},
        optional={field: values for field, values in fields.items() if field not in required},
    )


def _mostly(good: Values) -> Values:
    """Nonsense one time in ten."""
    return st.integers(0, 9).flatmap(lambda die: st.sampled_from(NONSENSE) if die == 0 else good)


def _of(field: str, kind: dict[str, Any], whole: dict[str, Any], shop: Shop) -> Values:
    if "$ref" in kind:
        return _of(field, whole["$defs"][kind["$ref"].rsplit("/", 1)[1]], whole, shop)
    if "anyOf" in kind:
        return st.one_of([_of(field, one, whole, shop) for one in kind["anyOf"]])
    if "enum" in kind:
        return st.sampled_from(kind["enum"])
    match kind.get("type"):
        case "integer":
            return _integers(kind.get("minimum", 0), kind.get("maximum", 2**62))
        case "boolean":
            return st.booleans()
        case "array":
            return st.lists(_of(field.removesuffix("s"), kind["items"], whole, shop), max_size=3)
        case "object":
            fields = {name: _of(name, of_it, whole, shop) for name, of_it in kind["properties"].items()}
            return st.fixed_dictionaries({}, optional=fields)
        case "null":
            return st.none()
        case "string":
            return _strings(field, kind, shop)
        case other:
            raise AssertionError(f"an input has a field of type {other}")


def _integers(least: int, most: int) -> Values:
    return st.one_of(st.integers(least, min(most, 200)), st.sampled_from((least, most, least - 1, most + 1)))


def _strings(field: str, kind: dict[str, Any], shop: Shop) -> Values:
    if kind.get("format") == "date-time":
        moments = st.datetimes(datetime(1960, 1, 1), datetime(2210, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
        near = st.integers(-500, 500).map(lambda hours: datetime.fromisoformat(START) + timedelta(hours=hours))
        return st.one_of(st.sampled_from(INSTANTS), st.one_of(moments, near).map(datetime.isoformat))
    if kind.get("format") == "date":
        return st.one_of(st.sampled_from(DAYS), st.dates(date(2025, 1, 1), date(2035, 1, 1)).map(date.isoformat))
    if field == "timezone":
        return st.sampled_from(ZONES)
    if field == "currency":
        return st.sampled_from(CURRENCIES)
    if field == "code":
        return st.one_of(st.sampled_from(("SPRING", "student", "A-1_b")), st.text(max_size=40))
    if field == "email":
        return st.one_of(st.sampled_from(("IVY@example.org", "joe@example.org")), st.emails(), st.text(max_size=40))
    names = [*_names(field, shop), *ODD_TEXT]
    return st.one_of(st.sampled_from(names), st.sampled_from(names[:4]), st.text(max_size=40))


def _names(field: str, shop: Shop) -> list[str]:
    """What the field may name, by id, by name, misspelt, and somebody else's."""
    things = {
        "event": [shop.event, shop.spare_event],
        "venue": [shop.venue, shop.spare_venue],
        "ticket_type": [shop.ticket_type, shop.spare_ticket_type],
        "booking": [shop.booking],
        "order": [shop.open_order, shop.paid_order],
        "hold": [shop.hold],
        "sponsor": [shop.sponsorship],
        "file": [shop.file],
        "payout": [shop.payout],
        "payment": [shop.online_payment],
        "other": [shop.spare_event, shop.event],
        "quota": [shop.quota],
        "check_in_list": [shop.check_in_list, shop.spare_check_in_list],
        "check_in": [shop.check_in],
        "ticket": [*shop.open_order.tickets, *shop.paid_order.tickets],
        "promo_code": [shop.promo_code],
        "entry": [shop.entry],
        "member": [shop.colleague],
        "invitation": [shop.invitation],
        "api_key": [shop.api_key],
        "webhook": [shop.webhook],
        "delivery": [shop.delivery],
    }.get("ticket_type" if field.endswith("ticket_type") else field, [])
    named = [getattr(thing, "name", None) or getattr(thing, "number", None) or "Yamaha" for thing in things]
    return [*(str(thing.id) for thing in things), *named, *(name[:-1] for name in named), str(shop.rival.org_id)]
