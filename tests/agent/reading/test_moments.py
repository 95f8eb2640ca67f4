"""Days, times and ranges in people's words, read from one fixed Monday."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent.reading import MAX_READ, Moment, read_moments

ZONE = ZoneInfo("Europe/Amsterdam")
NOW = datetime(2026, 11, 23, 10, tzinfo=ZONE)


def only(text: str, **how: bool) -> Moment:
    found = read_moments(text, NOW, ZONE, **how)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("said", "day", "clock"),
    [
        ("12 December 7pm", date(2026, 12, 12), time(19)),
        ("half past seven in the evening on Friday", date(2026, 11, 27), time(19, 30)),
        ("the day after tomorrow at noon", date(2026, 11, 25), time(12)),
        ("Friday 4 December at 18:00", date(2026, 12, 4), time(18)),
        ("the 16th of January at ten in the morning", date(2027, 1, 16), time(10)),
        ("12 december om half acht 's avonds", date(2026, 12, 12), time(19, 30)),
        ("tomorrow night at half eight", date(2026, 11, 24), time(20, 30)),
        ("Saturday 19 December, 9 in the evening", date(2026, 12, 19), time(21)),
        ("03/04/2027 at 10am", date(2027, 4, 3), time(10)),
        ("the last Friday of January, 7:30pm", date(2027, 1, 29), time(19, 30)),
    ],
)
def test_a_day_and_a_time_side_by_side_are_one_moment(said: str, day: date, clock: time) -> None:
    moment = only(said)
    assert (moment.day, moment.time, moment.loose) == (day, clock, False)


@pytest.mark.parametrize(
    ("said", "first", "last"),
    [
        ("in December", date(2026, 12, 1), date(2026, 12, 31)),
        ("next week", date(2026, 11, 30), date(2026, 12, 6)),
        ("this weekend", date(2026, 11, 28), date(2026, 11, 29)),
        ("from 1 to 15 January", date(2027, 1, 1), date(2027, 1, 15)),
        ("between 3 December and 10 January", date(2026, 12, 3), date(2027, 1, 10)),
        ("the first week of December", date(2026, 12, 1), date(2026, 12, 7)),
        ("last week of February", date(2027, 2, 22), date(2027, 2, 28)),
        ("first weekend of December", date(2026, 12, 5), date(2026, 12, 6)),
        ("between christmas and new year", date(2026, 12, 26), date(2026, 12, 31)),
    ],
)
def test_a_stretch_of_days_has_both_its_ends(said: str, first: date, last: date) -> None:
    moment = only(said)
    assert (moment.day, moment.end_day) == (first, last)


def test_a_month_without_a_year_lies_ahead_in_plans_and_behind_in_reports() -> None:
    assert only("in October").day == date(2027, 10, 1)
    assert only("in October", past=True).day == date(2026, 10, 1)


def test_month_first_locales_read_the_slashes_the_other_way() -> None:
    assert only("03/04/2027").day == date(2027, 4, 3)
    assert only("03/04/2027", month_first=True).day == date(2027, 3, 4)


def test_an_hour_without_am_or_pm_is_marked_loose() -> None:
    assert only("starts at 8").loose
    assert not only("starts at 8pm").loose


def test_a_weekday_that_is_not_that_date_is_in_doubt() -> None:
    assert only("Friday 19 December").doubt == "clash"
    assert only("Saturday 19 December").doubt == ""


def test_the_instant_carries_the_offset_of_its_own_day() -> None:
    summer, winter = only("5 June 2027 8pm").at(ZONE), only("5 December 8pm").at(ZONE)
    assert summer is not None
    assert winter is not None
    assert (summer.isoformat(), winter.isoformat()) == ("2027-06-05T20:00:00+02:00", "2026-12-05T20:00:00+01:00")


def test_the_price_of_a_ticket_is_no_time_of_day() -> None:
    assert read_moments("150 tickets at 25", NOW, ZONE) == []
    assert read_moments("sell Jan 3 tickets", NOW, ZONE) == []


@given(st.dates(date(2026, 11, 24), date(2029, 12, 31)), st.times().map(lambda t: t.replace(second=0, microsecond=0)))
@settings(max_examples=150, deadline=None)
def test_a_written_out_moment_is_read_back(day: date, clock: time) -> None:
    moment = only(f"{day:%A} {day.day} {day:%B %Y} at {clock:%H:%M}")
    assert (moment.day, moment.time, moment.doubt) == (day, clock, "")


@given(st.text(max_size=300))
@settings(max_examples=200, deadline=None)
def test_no_text_breaks_the_reader_and_spans_lie_in_it(text: str) -> None:
    for moment in read_moments(text, NOW, ZONE):
        assert 0 <= moment.start < moment.end <= len(text)


@pytest.mark.parametrize("piece", ["\x00", "🎷", "12 December 7pm ", "9" * 50, "31/31/31 ", "half past ", "aaaa "])
def test_a_megabyte_is_cut_and_not_chewed(piece: str) -> None:
    text = (piece * (1_000_000 // len(piece)))[:1_000_000]
    assert all(m.end <= MAX_READ for m in read_moments(text, NOW, ZONE))


@pytest.mark.parametrize("said", ["6 Feb 2027, 10:00-13:00", "6 Feb 2027, 10am-1pm", "6 Feb 2027 10:00 - 13:00"])
def test_two_times_with_a_dash_between_them_are_a_start_and_an_end(said: str) -> None:
    moment = only(said)
    assert (moment.day, moment.time, moment.end_time) == (date(2027, 2, 6), time(10), time(13))
