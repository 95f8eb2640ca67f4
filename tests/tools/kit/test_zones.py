"""Zones: what a day is where the event is, also when the clock is changed."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from tests.postgres import ClonedDatabase
from tools.kit.zones import Timezone, day_bounds, known_zones, say_when

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


@pytest.mark.parametrize(
    ("day", "zone", "hours"),
    [
        (date(2030, 3, 31), "Europe/Amsterdam", 23),
        (date(2030, 10, 27), "Europe/Amsterdam", 25),
        (date(2030, 6, 1), "Europe/Amsterdam", 24),
        (date(2030, 4, 7), "Australia/Lord_Howe", 24.5),
        (date(2030, 6, 1), "Asia/Kathmandu", 24),
    ],
)
def test_a_day_is_as_long_as_it_is_there(day: date, zone: str, hours: float) -> None:
    start, end = day_bounds(day, day, ZoneInfo(zone))
    assert start is not None
    assert end is not None
    assert end.astimezone(UTC) - start.astimezone(UTC) == timedelta(hours=hours)


@given(day=st.dates(date(1971, 1, 1), date(2199, 1, 1)), zone=st.sampled_from(sorted(available_timezones())))
def test_days_follow_one_another_without_a_gap(day: date, zone: str) -> None:
    _, end = day_bounds(day, day, ZoneInfo(zone))
    start, _ = day_bounds(day + timedelta(days=1), None, ZoneInfo(zone))
    assert end == start


def test_an_open_side_stays_open_and_the_last_day_has_no_end() -> None:
    assert day_bounds(None, None, AMSTERDAM) == (None, None)
    assert day_bounds(date.min, date.max, AMSTERDAM)[1] is None


def test_a_time_is_told_in_the_events_own_zone() -> None:
    start = datetime(2026, 12, 12, 18, tzinfo=UTC)
    assert say_when(start, start + timedelta(hours=3), "Europe/Amsterdam") == "Sat 12 Dec 2026, 19:00–22:00"
    assert say_when(start, None, "Asia/Tokyo") == "Sun 13 Dec 2026, 03:00"
    assert (
        say_when(start, start + timedelta(hours=6), "Europe/Amsterdam") == "Sat 12 Dec 2026, 19:00 – Sun 13 Dec, 01:00"
    )


@pytest.mark.parametrize(
    "wrong",
    [
        "Amsterdam", "", "UTC+2", "FOO5", "EST5EDT4", "<script>+3", "<+03>-3", "posixrules", "right/UTC", " UTC", "UTC\n", "UTC\0",
        "../../etc/passwd", "europe/amsterdam", "x" * 101,
    ],
)  # fmt: skip
def test_a_zone_is_one_of_the_tz_database(wrong: str) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(Timezone).validate_python(wrong)


def test_every_zone_let_in_is_one_that_loads() -> None:
    assert [zone for zone in known_zones() if ZoneInfo(zone).key != zone] == []


def test_every_zone_let_in_is_one_the_database_knows(module_database: ClonedDatabase) -> None:
    let_in = sorted(known_zones())
    with psycopg.connect(module_database.admin_dsn) as connection:
        known = {name for (name,) in connection.execute("select name from pg_timezone_names")}
        unknown = [zone for zone in let_in if zone not in known]
    assert unknown == []
