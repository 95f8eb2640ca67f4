"""The worker in this process: it wakes, sends, tries again, takes over, and ends cleanly."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from email.message import EmailMessage

import procrastinate
import psycopg
import pytest
from procrastinate.schema import SchemaManager

from api.composition import MIGRATIONS
from api.worker.queue import Pace
from api.worker.running import working
from tests.office import open_office
from tests.postgres import ClonedDatabase
from tests.tools.mails.posting import BoxOffice, Outbox, mail_server, open_box_office, plain_order
from tools.mails.rendering import Letter, Story, render
from tools.mails.sending import Post
from tools.mails.transport import MailTransport, SmtpTransport

HURRY = Pace(
    relay=0.2, poll=0.1, upkeep=0.1, heartbeat=0.2, stalled=0.6, forgotten=0.5, restart=0.1, grace=2.0, retries=(0.05, 0.05), concurrency=4
)  # fmt: skip


@pytest.fixture
async def box(database: ClonedDatabase) -> AsyncIterator[BoxOffice]:
    async with open_office(database) as office:
        yield await open_box_office(office)


def post(transport: MailTransport) -> Post:
    return Post(transport, "tickets@example.net")


async def until(true: Callable[[], Awaitable[bool]], seconds: float = 15.0) -> None:
    async with asyncio.timeout(seconds):
        while not await true():
            await asyncio.sleep(0.02)


def expired(box: BoxOffice, email: str) -> None:
    box.happened("order_expired", plain_order(box, email=email, status="expired"))


async def test_a_committed_sale_wakes_the_worker_which_mails_it(box: BoxOffice, database: ClonedDatabase) -> None:
    outbox = Outbox()
    # So slow that only a wake-up explains it.
    async with working(database.dsn, box.office.greenroom, post(outbox), Pace(relay=600, upkeep=600)):
        await asyncio.sleep(0.5)
        await box.sell("Ann <ann@example.org>", payment_method="card")
        await until(lambda: _is(len(outbox.messages) == 1), 10)
    assert box.mails() == [("order_confirmed", "ann@example.org", "sent")]


async def test_without_a_wake_up_the_sweep_finds_it(box: BoxOffice, database: ClonedDatabase) -> None:
    box.office.sql("drop trigger announce on public.outbox")
    outbox = Outbox()
    async with working(database.dsn, box.office.greenroom, post(outbox), HURRY):
        await asyncio.sleep(0.3)
        expired(box, "ann@example.org")
        await until(lambda: _is(len(outbox.messages) == 1))


async def test_a_failing_server_is_tried_again_until_it_takes_the_mail(
    box: BoxOffice, database: ClonedDatabase
) -> None:
    async with mail_server() as server:
        server.answers = ["451 not now", "451 not now"]
        transport = SmtpTransport.at(f"smtp://127.0.0.1:{server.port}")
        async with working(database.dsn, box.office.greenroom, post(transport), HURRY):
            expired(box, "ann@example.org")
            await until(lambda: _is(len(server.accepted) == 1))
            await until(lambda: _is(box.mails()[0][2] == "sent"))
    assert box.office.sql("select attempts, failure from public.mails") == [(3, None)]


async def test_a_server_that_never_takes_it_leaves_a_failed_mail_that_says_why(
    box: BoxOffice, database: ClonedDatabase, caplog: pytest.LogCaptureFixture
) -> None:
    async with mail_server() as server:
        server.answers = ["451 not now"] * 10
        transport = SmtpTransport.at(f"smtp://127.0.0.1:{server.port}")
        async with working(database.dsn, box.office.greenroom, post(transport), HURRY):
            expired(box, "ann@example.org")
            await until(lambda: _is(bool(box.mails()) and box.mails()[0][2] == "failed"))
        assert server.accepted == []
    assert box.office.sql("select attempts, failure from public.mails") == [(3, "451 not now")]
    assert (await box.office.do("list_mails", status="failed")).items[0].failure == "451 not now"
    # What a server says may name a person: it stands on the mail, not in the log.
    assert "not now" not in caplog.text


async def test_a_mail_that_can_not_be_written_fails_alone(
    box: BoxOffice, database: ClonedDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaking(story: Story) -> Letter:
        if story.name == "Bug":
            raise ZeroDivisionError
        return render(story)

    monkeypatch.setattr("tools.mails.sending.render", breaking)
    outbox = Outbox()
    box.happened("order_expired", plain_order(box, email="bug@example.org", status="expired", name="Bug"))
    async with working(database.dsn, box.office.greenroom, post(outbox), HURRY):
        for number in range(5):
            expired(box, f"buyer{number}@example.org")
        await until(lambda: _is(sorted(status for *_, status in box.mails()) == ["failed"] + ["sent"] * 5))
    assert box.office.sql("select failure from public.mails where status = 'failed'") == [("ZeroDivisionError",)]


async def test_jobs_of_a_worker_that_died_are_done_by_another(box: BoxOffice, database: ClonedDatabase) -> None:
    expired(box, "ann@example.org")
    await box.relayed()
    box.office.sql(
        "with dead as (insert into jobs.procrastinate_workers (last_heartbeat) values (now() - interval '1 minute') returning id)"
        " update jobs.procrastinate_jobs j set status = 'doing', worker_id = dead.id from dead"
    )
    outbox = Outbox()
    async with working(database.dsn, box.office.greenroom, post(outbox), HURRY):
        await until(lambda: _is(len(outbox.messages) == 1))


async def test_a_mail_that_lost_its_job_gets_another(box: BoxOffice, database: ClonedDatabase) -> None:
    expired(box, "ann@example.org")
    await box.relayed()
    box.office.sql("delete from jobs.procrastinate_jobs")
    outbox = Outbox()
    async with working(database.dsn, box.office.greenroom, post(outbox), HURRY):
        await until(lambda: _is(len(outbox.messages) == 1))


async def test_the_worker_goes_on_when_its_connections_are_cut(box: BoxOffice, database: ClonedDatabase) -> None:
    outbox = Outbox()
    async with working(database.dsn, box.office.greenroom, post(outbox), HURRY):
        await asyncio.sleep(0.3)
        with psycopg.connect(database.admin_dsn, autocommit=True) as admin:
            admin.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database()"
                " and application_name like 'greenroom%'"
            )
        expired(box, "ann@example.org")
        await until(lambda: _is(len(outbox.messages) == 1), 30)


async def test_what_is_being_sent_is_finished_before_the_worker_ends(box: BoxOffice, database: ClonedDatabase) -> None:
    @dataclass
    class Slow:
        begun: asyncio.Event = field(default_factory=asyncio.Event)

        async def send(self, message: EmailMessage) -> None:
            self.begun.set()
            await asyncio.sleep(0.5)

    slow = Slow()
    async with working(database.dsn, box.office.greenroom, post(slow), HURRY):
        expired(box, "ann@example.org")
        await slow.begun.wait()
    assert box.mails() == [("order_expired", "ann@example.org", "sent")]
    assert box.office.sql("select count(*) from jobs.procrastinate_workers") == [(0,)]


async def test_what_takes_longer_than_the_grace_is_left_to_the_next_worker(
    box: BoxOffice, database: ClonedDatabase
) -> None:
    class Endless:
        begun = asyncio.Event()

        async def send(self, message: EmailMessage) -> None:
            self.begun.set()
            await asyncio.sleep(600)

    endless, outbox = Endless(), Outbox()
    short = Pace(relay=0.2, poll=0.1, upkeep=0.1, grace=0.2, retries=(0.05,))
    async with working(database.dsn, box.office.greenroom, post(endless), short):
        expired(box, "ann@example.org")
        await endless.begun.wait()
    assert box.mails() == [("order_expired", "ann@example.org", "queued")]
    async with working(database.dsn, box.office.greenroom, post(outbox), HURRY):
        await until(lambda: _is(len(outbox.messages) == 1))


def test_the_queues_schema_is_the_packages_own() -> None:
    migration = (MIGRATIONS / "20261123001200_mails_jobs.sql").read_text(encoding="utf-8")
    assert SchemaManager.get_schema() in migration
    assert f"procrastinate {procrastinate.__version__}" in migration


async def test_request_roles_do_not_reach_the_queue(database: ClonedDatabase) -> None:
    for role in ("anon", "authenticated"):
        with psycopg.connect(database.dsn, autocommit=True) as connection, connection.transaction():
            connection.execute(f"set local role {role}".encode())
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute("select from jobs.procrastinate_jobs")


async def _is(true: bool) -> bool:
    return true
