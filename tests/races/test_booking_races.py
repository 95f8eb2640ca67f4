"""One space, several who want it at once: one gets it, and it never holds more than it can."""

from __future__ import annotations

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import psycopg

from tests.database.world import World, build_world
from tests.office import Office, open_office
from tests.postgres import ClonedDatabase
from tests.races.crowd import START, outcomes, persistently

WANTING = 8
UNGUARDED_FIT = """
    create or replace function app.check_event_fits() returns trigger language plpgsql set search_path = '' as $$
    begin
        if exists (
            select from public.bookings b
            join public.events e on e.id = b.event_id join public.spaces s on s.id = b.space_id
            where b.status = 'confirmed' and e.capacity > s.capacity) then
            raise exception 'too large' using errcode = '23514', constraint = 'event_fits_space';
        end if;
        return null;
    end $$
"""


async def book_all_at_once(office: Office, number: int) -> Counter[str]:
    venue = await office.do("create_venue", name=f"Room {number}")
    events = [await office.do("create_event", name=f"Night {number}-{n}", start_date=START) for n in range(WANTING)]
    return await outcomes(
        persistently(office, "book_venue", event=str(event.id), venue=str(venue.id)) for event in events
    )


async def test_of_eight_who_book_a_space_at_once_one_has_it(database: ClonedDatabase) -> None:
    async with open_office(database, pool_size=WANTING) as office:
        for number in range(20):
            assert await book_all_at_once(office, number) == {"done": 1, "venue_already_booked": WANTING - 1}
        assert office.count("bookings") == 20
    print(f"20 rounds x {WANTING} bookings of one space: 20 booked")


async def test_without_the_constraint_a_space_is_booked_twice(database: ClonedDatabase) -> None:
    async with open_office(database, pool_size=WANTING) as office:
        office.sql("alter table public.bookings drop constraint bookings_no_overlap")
        booked = [(await book_all_at_once(office, number))["done"] for number in range(20)]
    print(f"20 rounds x {WANTING} bookings of one space, unguarded: {sum(booked)} booked")
    assert max(booked) > 1


def shrink_while_booking(database: ClonedDatabase) -> str | None:
    """One books a space for 100 people while another makes it smaller. The constraint that refused the second, or None."""
    with psycopg.connect(database.admin_dsn) as first, psycopg.connect(database.admin_dsn) as second:
        world: World = build_world(first)
        home = {table: row.get("id") for table, row in world.rows["home"].items()}
        first.execute("update public.bookings set status = 'cancelled'")
        first.execute("update public.events set capacity = 100")
        first.execute("update public.spaces set capacity = 150")
        first.commit()
        first.execute("update public.bookings set status = 'confirmed' where id = %(bookings)s", home)
        under_way = threading.Event()

        def shrink() -> str | None:
            under_way.set()
            try:
                second.execute("update public.spaces set capacity = 50 where id = %(spaces)s", home)
                second.commit()
            except psycopg.errors.CheckViolation as refused:
                return refused.diag.constraint_name
            return None

        with ThreadPoolExecutor(1) as pool:
            answer = pool.submit(shrink)
            under_way.wait()
            _until_waiting_or_done(database, answer.done)
            first.commit()
            return answer.result()


def _until_waiting_or_done(database: ClonedDatabase, done: object) -> None:
    with psycopg.connect(database.admin_dsn, autocommit=True) as watcher:
        while not done():  # type: ignore[operator]
            waiting = watcher.execute(
                "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"
            ).fetchone()
            if waiting is not None:
                return


def test_a_space_is_not_made_too_small_while_it_is_being_booked(database: ClonedDatabase) -> None:
    assert shrink_while_booking(database) == "event_fits_space"


def test_without_the_lock_both_go_through_and_the_event_does_not_fit(database: ClonedDatabase) -> None:
    with psycopg.connect(database.admin_dsn, autocommit=True) as connection:
        connection.execute(UNGUARDED_FIT)
        assert shrink_while_booking(database) is None
        misfits = connection.execute("""
            select count(*) from public.bookings b join public.events e on e.id = b.event_id
            join public.spaces s on s.id = b.space_id where b.status = 'confirmed' and e.capacity > s.capacity
        """).fetchone()
        assert misfits == (1,)
