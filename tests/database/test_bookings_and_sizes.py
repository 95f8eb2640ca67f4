"""A space is nobody else's while it is booked, set-up and tear-down included, and never holds more than it can."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.database.rules import Bench

NOON = datetime(2032, 5, 1, 12, tzinfo=UTC)
INSERT = """
    insert into public.bookings (org_id, event_id, space_id, start_date, end_date, setup_minutes, teardown_minutes, status)
    values (%(org)s, %(events)s, %(spaces)s, %(start)s, %(end)s, %(setup)s, %(teardown)s, %(status)s)
"""
Span = tuple[int, int, int, int]
"""Start (minutes after noon), length, set-up and tear-down, in minutes."""

spans = st.tuples(st.integers(0, 400), st.integers(1, 120), st.integers(0, 60), st.integers(0, 60))


def book(bench: Bench, span: Span, status: str = "confirmed") -> str | None:
    start, length, setup, teardown = span
    return bench.attempt(
        INSERT,
        start=NOON + timedelta(minutes=start),
        end=NOON + timedelta(minutes=start + length),
        setup=setup,
        teardown=teardown,
        status=status,
    )


def overlap(one: Span, other: Span) -> bool:
    def ends(span: Span) -> tuple[int, int]:
        start, length, setup, teardown = span
        return start - setup, start + length + teardown

    (a, b), (c, d) = ends(one), ends(other)
    return a < d and c < b


@settings(
    max_examples=150, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(wanted=st.lists(spans, min_size=2, max_size=8))
def test_exactly_the_bookings_that_overlap_are_refused(bench: Bench, wanted: list[Span]) -> None:
    with bench.connection.transaction(force_rollback=True):
        stored: list[Span] = []
        for span in wanted:
            refused = book(bench, span)
            assert refused == ("bookings_no_overlap" if any(overlap(span, other) for other in stored) else None)
            if refused is None:
                stored.append(span)


def test_one_may_begin_the_minute_the_other_is_cleared_away(bench: Bench) -> None:
    assert book(bench, (0, 60, 0, 30)) is None
    assert book(bench, (119, 60, 30, 0)) == "bookings_no_overlap"
    assert book(bench, (120, 60, 30, 0)) is None


def test_a_cancelled_booking_takes_no_room_and_can_not_come_back_into_a_taken_one(bench: Bench) -> None:
    assert book(bench, (0, 60, 0, 0), "cancelled") is None
    assert book(bench, (30, 60, 0, 0)) is None
    revive = "update public.bookings set status = 'confirmed' where start_date = %(start)s and org_id = %(org)s"
    assert bench.refusal(revive, start=NOON) == "bookings_no_overlap"


def test_another_space_is_another_matter(bench: Bench) -> None:
    assert book(bench, (0, 60, 0, 0)) is None
    ((second,),) = bench.do(
        "insert into public.spaces (org_id, venue_id, name) values (%(org)s, %(venues)s, 'Cellar') returning id"
    )
    bench.ids["spaces"] = second
    assert book(bench, (0, 60, 0, 0)) is None


def test_moving_a_booking_into_a_taken_time_is_refused(bench: Bench) -> None:
    assert book(bench, (0, 60, 0, 0)) is None
    assert book(bench, (100, 60, 0, 0)) is None
    stretch = "update public.bookings set setup_minutes = 41 where start_date = %(start)s and org_id = %(org)s"
    assert bench.refusal(stretch, start=NOON + timedelta(minutes=100)) == "bookings_no_overlap"


def test_more_people_than_the_space_holds_are_refused_whichever_side_changes(bench: Bench) -> None:
    space = "update public.spaces set capacity = %(size)s where id = %(spaces)s"
    event = "update public.events set capacity = %(size)s where id = %(events)s"
    bench.do(space, size=100)
    assert bench.refusal(event, size=101) == "event_fits_space"
    bench.do(event, size=100)
    assert bench.refusal(space, size=99) == "event_fits_space"
    assert bench.refusal(space, size=None) is None
    bench.do("update public.bookings set status = 'cancelled' where id = %(bookings)s")
    bench.do(space, size=99)
    revive = "update public.bookings set status = 'confirmed' where id = %(bookings)s"
    assert bench.refusal(revive) == "event_fits_space"
    assert book(bench, (0, 60, 0, 0)) == "event_fits_space"
    bench.do(event, size=99)
    assert book(bench, (0, 60, 0, 0)) is None
