"""What happened becomes mail: once, and only when it was committed."""

from __future__ import annotations

import asyncio
from uuid import UUID

import psycopg
import pytest

from tests.office import Office
from tests.tools.mails.posting import BoxOffice, open_box_office, plain_order
from tools.mails.relaying import relay

BUSINESS, ROLLED_BACK = 100, 50


@pytest.fixture
async def box(office: Office) -> BoxOffice:
    return await open_box_office(office)


async def test_a_sale_paid_at_once_is_confirmed_with_tickets_and_a_calendar_entry(box: BoxOffice) -> None:
    await box.sell("Ann <ann@example.org>", payment_method="card")
    posted = await box.posted()
    assert box.mails() == [("order_confirmed", "ann@example.org", "sent")]
    (message,) = posted.messages
    assert [part.get_content_type() for part in message.iter_attachments()] == ["application/pdf", "text/calendar"]
    body = message.get_body(("plain",))
    assert body is not None
    assert "€25.00" in body.get_content()
    assert "/o/" in body.get_content()


async def test_an_open_order_is_asked_to_pay_and_confirmed_once_it_is_paid(box: BoxOffice) -> None:
    order = await box.sell()
    await box.posted()
    await box.office.do("record_payment", order=str(order), method="transfer")
    await box.posted()
    assert [kind for kind, *_ in box.mails()] == ["order_received", "order_confirmed"]


async def test_paid_before_the_relay_came_by_there_is_one_mail(box: BoxOffice) -> None:
    order = await box.sell()
    await box.office.do("record_payment", order=str(order), method="cash")
    await box.posted()
    assert box.mails() == [("order_confirmed", "ann@example.org", "sent")]


async def test_what_is_no_longer_so_when_its_turn_comes_is_not_said(box: BoxOffice) -> None:
    order = await box.sell()
    await box.relayed()
    await box.office.do("record_payment", order=str(order), method="cash")
    posted = await box.posted()
    assert sorted(box.mails()) == [
        ("order_confirmed", "ann@example.org", "sent"),
        ("order_received", "ann@example.org", "skipped"),
    ]
    assert len(posted.messages) == 1


async def test_without_an_address_there_is_no_mail_and_the_row_is_done_with(box: BoxOffice) -> None:
    await box.sell("Bob", payment_method="cash")
    await box.relayed()
    assert box.mails() == []
    assert box.office.sql("select count(*) from public.outbox where relayed_at is null") == [(0,)]


@pytest.mark.parametrize(
    ("happened", "status", "kind"),
    [
        ("order_expired", "expired", "order_expired"),
        ("cancel_order", "cancelled", "order_cancelled"),
        ("refund_order", "cancelled", "order_cancelled"),
        ("refund_order", "paid", "order_refunded"),
        ("refund_tickets", "paid", "order_refunded"),
        ("approve_order", "pending", "order_approved"),
        ("payment_part_paid", "pending", "payment_received"),
        ("payment_retaken", "paid", "order_confirmed"),
        ("order_ended", "cancelled", "event_cancelled"),
    ],
)
async def test_each_thing_that_happens_to_an_order_has_its_mail(
    box: BoxOffice, happened: str, status: str, kind: str
) -> None:
    box.happened(happened, plain_order(box, email="ann@example.org", status=status))
    await box.posted()
    assert box.mails() == [(kind, "ann@example.org", "sent")]


async def test_what_makes_no_mail_is_passed_over(box: BoxOffice) -> None:
    box.happened("somebody_else's_business", plain_order(box, email="ann@example.org"))
    await box.relayed()
    assert box.mails() == []


async def test_all_live_buyers_of_a_moved_event_are_told_also_when_they_are_many(
    box: BoxOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tools.mails.relaying.BUYERS_AT_ONCE", 3)
    for number in range(7):
        plain_order(box, email=f"buyer{number}@example.org")
    plain_order(box, email="gone@example.org", status="cancelled")
    box.happened("postpone_event", box.event)
    await box.relayed()
    assert sorted(box.mails()) == [("event_postponed", f"buyer{number}@example.org", "queued") for number in range(7)]


async def test_a_ticket_that_changed_hands_goes_to_the_new_holder_without_the_order(box: BoxOffice) -> None:
    order = await box.sell("Ann <ann@example.org>", payment_method="card")
    await box.posted()
    ((ticket,),) = box.office.sql("select id from public.tickets where order_id = %s", order)
    await box.office.do("transfer_ticket", ticket=str(ticket), name="Cleo", email="cleo@example.org")
    (message,) = (await box.posted()).messages
    assert message["To"] == "cleo@example.org"
    assert [part.get_content_type() for part in message.iter_attachments()] == ["application/pdf", "text/calendar"]
    assert "/o/" not in message.as_string()


async def test_a_place_offered_to_the_waiting_list_is_mailed_in_the_language_of_who_waits(box: BoxOffice) -> None:
    hold = box.office.sql(
        "insert into public.holds (org_id, event_id, purpose, expires_at) values (%s, %s, 'waiting_list', now() + interval '1 day')"
        " returning id",
        box.office.org_id, box.event,
    )[0][0]  # fmt: skip
    ((entry,),) = box.office.sql(
        "insert into public.waiting_list_entries (org_id, event_id, ticket_type_id, quantity, name, email, locale, status, hold_id)"
        " values (%s, %s, %s, 1, 'Cleo', 'cleo@example.org', 'nl', 'offered', %s) returning id",
        box.office.org_id, box.event, box.ticket_type, hold,
    )  # fmt: skip
    box.happened("waiting_list_offered", entry)
    (message,) = (await box.posted()).messages
    body = message.get_body(("plain",))
    assert body is not None
    assert "Beste Cleo" in body.get_content()
    assert f"/e/{box.event}?hold={hold}" in body.get_content()


async def test_half_of_a_hundred_transactions_rolled_back_leave_exactly_the_committed_ones_mailed(
    box: BoxOffice,
) -> None:
    orders = [plain_order(box, email=f"buyer{number}@example.org") for number in range(BUSINESS)]
    stop = asyncio.Event()

    async def relaying() -> None:
        while not stop.is_set():
            await relay(box.office.greenroom)
            await asyncio.sleep(0)

    async def transaction(number: int) -> None:
        async with await psycopg.AsyncConnection.connect(box.office.admin_dsn) as connection:
            await _note(connection, box, orders[number])
            await asyncio.sleep(0.001 * (number % 7))
            await (connection.rollback if number < ROLLED_BACK else connection.commit)()

    relays = [asyncio.create_task(relaying()) for _ in range(3)]
    for start in range(0, BUSINESS, 20):
        await asyncio.gather(*(transaction((number * 37) % BUSINESS) for number in range(start, start + 20)))
    stop.set()
    await asyncio.gather(*relays)
    await box.relayed()
    expected = sorted(("order_confirmed", f"buyer{number}@example.org", "queued") for number in range(50, 100))
    assert sorted(box.mails()) == expected
    jobs = box.office.sql("select (args ->> 'mail')::uuid from jobs.procrastinate_jobs order by 1")
    assert jobs == box.office.sql("select id from public.mails order by 1")


async def test_a_relay_that_went_by_the_highest_id_would_lose_what_commits_late(box: BoxOffice) -> None:
    early, late = (plain_order(box, email=f"{name}@example.org") for name in ("early", "late"))
    async with await psycopg.AsyncConnection.connect(box.office.admin_dsn) as slow:
        await _note(slow, box, late)
        box.happened("sell_tickets", early)
        await box.relayed()
        ((seen,),) = box.office.sql("select max(id) from public.outbox where relayed_at is not null")
        await slow.commit()
    # The negative control: a position says that nothing came.
    assert box.office.sql("select count(*) from public.outbox where id > %s", seen) == [(0,)]
    await box.relayed()
    assert sorted(recipient for _, recipient, _ in box.mails()) == ["early@example.org", "late@example.org"]


async def test_one_statement_wakes_listeners_once_however_many_rows_it_writes(box: BoxOffice) -> None:
    async with await psycopg.AsyncConnection.connect(box.office.admin_dsn, autocommit=True) as listener:
        await listener.execute("listen outbox")
        box.office.sql(
            "insert into public.outbox (org_id, kind) select %s, 'sell_tickets' from generate_series(1, 50)",
            box.office.org_id,
        )
        heard = [notice async for notice in listener.notifies(timeout=0.3)]
    assert len(heard) == 1


async def test_where_the_platform_broadcasts_each_row_is_broadcast(box: BoxOffice) -> None:
    box.office.sql("create schema realtime")
    box.office.sql("create table realtime.sent (payload jsonb, event text, topic text)")
    box.office.sql(
        "create function realtime.send(payload jsonb, event text, topic text, private boolean default true) returns void"
        " language sql as $$ insert into realtime.sent values ($1, $2, $3) $$"
    )
    box.office.sql(
        "insert into public.outbox (org_id, kind) select %s, 'cancel_order' from generate_series(1, 3)",
        box.office.org_id,
    )
    topic = f"org:{box.office.org_id}"
    assert box.office.sql("select event, topic from realtime.sent") == [("cancel_order", topic)] * 3


async def _note(connection: psycopg.AsyncConnection[tuple[object, ...]], box: BoxOffice, order: UUID) -> None:
    await connection.execute(
        "insert into public.outbox (org_id, kind, subject_id, event_id) values (%s, 'sell_tickets', %s, %s)",
        (box.office.org_id, order, box.event),
    )
