"""Who hears that a webhook was switched off; what waits while a receiver is busy or an organisation suspended; who claims what."""

from __future__ import annotations

import asyncio
from email.message import EmailMessage
from uuid import uuid4

import pytest

from tests.tools.mails.posting import Outbox
from tests.tools.webhooks.receiving import Newsroom, receiving
from tools.mails.sending import Post, send_mail
from tools.webhooks import delivering, repository
from tools.webhooks.delivering import claim, forget_old

pytestmark = pytest.mark.asyncio(loop_scope="module")

SUSPENDED = "update public.organizations set suspended_at = now(), suspended_reason = 'Fraud' where id = %s"
RESUMED = "update public.organizations set suspended_at = null, suspended_reason = null where id = %s"


async def mailed(news: Newsroom) -> list[EmailMessage]:
    await news.relayed()
    kept = Outbox()
    for (mail,) in news.office.sql(
        "select id from public.mails where status = 'queued' and org_id = %s order by recipient", news.office.org_id
    ):
        await send_mail(news.office.greenroom, Post(kept, "tickets@example.net"), mail)
    return kept.messages


async def three_days_pass(news: Newsroom) -> None:
    news.office.sql(
        "update public.webhook_deliveries set queued_at = now() - interval '3 days', next_attempt_at = now()"
        " where next_attempt_at is not null"
    )
    await news.posted()


async def test_admins_and_owners_hear_once_which_webhook_is_off_and_why(news: Newsroom) -> None:
    admin, *others = [await news.office.colleague(role) for role in ("admin", "staff", "viewer", "door")]
    async with receiving(answers=[410]) as receiver:
        await news.hook(receiver.url("/secret-path"), "venue.created")
        news.happened("create_venue", uuid4(), uuid4())
        await news.posted()
        messages = await mailed(news)
        assert await mailed(news) == []
    assert sorted(str(message["To"]) for message in messages) == sorted(
        person.caller.email for person in (news.office, admin)
    )
    body = messages[0].get_body(("plain",))
    assert body is not None
    said = body.get_content()
    assert f"127.0.0.1:{receiver.port}" in said
    assert "gone (410)" in said
    assert "update_webhook" in said
    assert f"/office/webhooks?organization={news.office.org_id}" in said
    # What follows the host may be the receiver's own secret.
    assert "secret-path" not in said
    assert all(person.caller.email not in str(messages) for person in others)


async def test_three_days_of_failing_are_told_too_and_again_the_next_time(news: Newsroom) -> None:
    async with receiving(answers=[500] * 9) as receiver:
        hook = await news.hook(receiver.url(), "venue.created")
        for _ in range(2):
            news.happened("create_venue", uuid4())
            await news.posted()
            await three_days_pass(news)
            (message,) = await mailed(news)
            body = message.get_body(("plain",))
            assert body is not None
            assert "took nothing for three days" in body.get_content()
            await news.office.do("update_webhook", webhook=hook.id, active=True)


async def test_switched_on_again_before_the_mail_went_out_there_is_none(news: Newsroom) -> None:
    async with receiving(answers=[410]) as receiver:
        hook = await news.hook(receiver.url(), "venue.created")
        news.happened("create_venue", uuid4())
        await news.posted()
        await news.office.do("update_webhook", webhook=hook.id, active=True)
        assert await mailed(news) == []


async def test_whoever_switches_it_off_themselves_is_not_written_to(news: Newsroom) -> None:
    async with receiving() as receiver:
        hook = await news.hook(receiver.url())
        await news.office.do("update_webhook", webhook=hook.id, active=False)
        assert await mailed(news) == []


async def test_a_receiver_that_asks_for_quiet_gets_it_with_all_that_waits(news: Newsroom) -> None:
    async with receiving(answers=[503], answer_headers="Retry-After: 120\r\n") as receiver:
        hook = await news.hook(receiver.url("/busy"), "venue.created")
        await news.hook(receiver.url("/calm"), "venue.deleted")
        news.happened("create_venue", uuid4())
        await news.posted()
        ((wait,),) = news.office.sql(
            "select extract(epoch from quiet_until - now())::float from public.webhook_deliveries where quiet_until is not null"
        )
        assert 110 < wait <= 120
        news.happened("create_venue", uuid4())
        news.happened("delete_venue", uuid4())
        news.due_now()
        await news.posted()
        assert [message.path for message in receiver.messages] == ["/busy", "/calm"]
        news.office.sql("update public.webhook_deliveries set quiet_until = now() where quiet_until is not null")
        await news.posted()
        assert [end for _, end, *_ in news.log()] == ["delivered"] * 3
        # At another address nobody asked for quiet.
        receiver.answers = [429]
        news.happened("create_venue", uuid4())
        await news.posted()
        await news.office.do("update_webhook", webhook=hook.id, url=receiver.url("/moved"))
        news.due_now()
        await news.posted()
    assert receiver.messages[-1].path == "/moved"


async def test_what_happens_in_a_suspended_organisation_is_told_once_it_goes_on(news: Newsroom) -> None:
    async with receiving(answers=[500]) as receiver:
        await news.hook(receiver.url(), "venue.created")
        news.happened("create_venue", uuid4())
        await news.posted()
        news.office.sql(SUSPENDED, news.office.org_id)
        news.happened("create_venue", uuid4())
        news.due_now()
        await news.posted()
        assert len(receiver.messages) == 1
        # Four days later: not too old to be tried.
        news.office.sql("update public.webhook_deliveries set queued_at = now() - interval '4 days'")
        news.office.sql(RESUMED, news.office.org_id)
        receiver.answers = [500]
        news.due_now()
        await news.posted()
        assert [end for _, end, *_ in news.log()].count("given_up") == 0
        news.due_now()
        await news.posted()
    assert [end for _, end, *_ in news.log()] == ["delivered"] * 2


async def test_without_a_look_at_the_suspension_it_would_be_sent(
    news: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    guard = " and g.suspended_at is null"
    assert repository._CLAIM.count(guard) == 1
    monkeypatch.setattr(repository, "_CLAIM", repository._CLAIM.replace(guard, ""))
    async with receiving() as receiver:
        await news.hook(receiver.url(), "venue.created")
        news.office.sql(SUSPENDED, news.office.org_id)
        news.happened("create_venue", uuid4())
        await news.posted()
    assert len(receiver.messages) == 1


async def test_what_waits_for_a_suspended_organisation_is_kept_as_long_as_the_log(news: Newsroom) -> None:
    async with receiving(answers=[500]) as receiver:
        await news.hook(receiver.url(), "venue.created")
        news.happened("create_venue", uuid4())
        await news.posted()
        news.office.sql("update public.webhook_deliveries set created_at = now() - interval '31 days'")
        assert await forget_old(news.office.greenroom) == 0
        news.office.sql(SUSPENDED, news.office.org_id)
        assert await forget_old(news.office.greenroom) == 1


async def claimed_by_two(news: Newsroom) -> int:
    """How often one delivery is claimed by two workers, the second of which comes before the first has committed."""
    async with receiving() as receiver:
        await news.hook(receiver.url(), "venue.created")
        news.happened("create_venue", uuid4())
        await news.relayed()
    greenroom = news.office.greenroom
    async with greenroom.database.session(None) as tx:
        first = await repository.claim(tx, 10, delivering.ABREAST, 30)
        second = asyncio.create_task(claim(greenroom, 10, 30))
        await asyncio.wait([second], timeout=0.3)
    return len(first) + len(await second)


async def test_a_delivery_that_two_workers_reach_for_goes_to_one(news: Newsroom) -> None:
    assert await claimed_by_two(news) == 1


async def test_without_the_lock_it_would_go_to_both(news: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    guard = "for update skip locked"
    assert repository._CLAIM.count(guard) == 1
    monkeypatch.setattr(repository, "_CLAIM", repository._CLAIM.replace(guard, ""))
    assert await claimed_by_two(news) == 2
