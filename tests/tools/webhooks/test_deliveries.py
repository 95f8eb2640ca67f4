"""Deliveries over a real connection: what the receiver can check, and what becomes of each by what it answers."""

from __future__ import annotations

import asyncio
import json
import time
from uuid import uuid4

import pytest
from standardwebhooks import WebhookVerificationError

from tests.tools.webhooks.receiving import Newsroom, receiving
from tools.errors import Conflict
from tools.webhooks.delivering import ABREAST, claim
from tools.webhooks.posting import Poster

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_what_happened_is_told_with_ids_alone_under_a_signature_of_the_standard(news: Newsroom) -> None:
    async with receiving() as receiver:
        hook = await news.hook(receiver.url("/in?from=greenroom"), "venue.created")
        venue = await news.office.do("create_venue", name="Secret Garden", city="Delft", address="Behind the church")
        assert await news.posted() == 1
    (message,) = receiver.messages
    said = message.checked(hook.secret)
    assert said.pop("timestamp").endswith("Z")
    assert said == {
        "type": "venue.created",
        "data": {"id": str(venue.id), "event_id": None, "organization_id": str(news.office.org_id)},
    }
    assert b"Garden" not in message.body
    assert message.path == "/in?from=greenroom"
    assert message.headers["content-type"] == "application/json"
    assert message.headers["host"] == f"127.0.0.1:{receiver.port}"
    assert news.log() == [("venue.created", "delivered", 1, 204, None)]


async def test_a_changed_body_a_changed_time_and_another_secret_are_not_checked_out(news: Newsroom) -> None:
    async with receiving() as receiver:
        hook = await news.hook(receiver.url(), "venue.created")
        other = await news.hook(receiver.url("/other"), "venue.deleted")
        await news.office.do("create_venue", name="Hall")
        await news.posted()
    (message,) = receiver.messages
    message.checked(hook.secret)
    later = str(int(message.headers["webhook-timestamp"]) + 1)
    for body, headers, secret in (
        (message.body.replace(b"venue", b"event"), message.headers, hook.secret),
        (message.body, {**message.headers, "webhook-timestamp": later}, hook.secret),
        (message.body, {**message.headers, "webhook-id": str(uuid4())}, hook.secret),
        (message.body, message.headers, other.secret),
    ):
        with pytest.raises(WebhookVerificationError):
            type(message)(message.path, headers, body).checked(secret)


async def test_each_webhook_gets_what_it_asked_for_and_nobody_elses(news: Newsroom) -> None:
    async with receiving() as receiver:
        await news.hook(receiver.url("/all"))
        await news.hook(receiver.url("/venues"), "venue.created", "venue.deleted")
        off = await news.hook(receiver.url("/off"))
        await news.office.do("update_webhook", webhook=off.id, active=False)
        await news.office.do("create_venue", name="Hall")
        news.happened("propose", uuid4())
        elsewhere = (await news.office.colleague("owner")).sql(
            "insert into public.organizations (name) values ('Red Note') returning id"
        )[0][0]
        news.office.sql("insert into public.outbox (org_id, kind) values (%s, 'create_venue')", elsewhere)
        await news.posted()
    assert sorted(message.path for message in receiver.messages) == ["/all", "/venues"]


async def test_a_row_that_is_rolled_back_is_never_told(news: Newsroom) -> None:
    async with receiving() as receiver:
        await news.hook(receiver.url())
        with pytest.raises(Conflict):
            await news.office.do("create_webhook", url=receiver.url())
        await news.posted()
    assert receiver.messages == []


async def test_an_error_is_tried_again_under_the_same_id_with_a_fresh_time(news: Newsroom) -> None:
    async with receiving(answers=[500, 302, 200]) as receiver:
        hook = await news.hook(receiver.url(), "venue.created")
        await news.office.do("create_venue", name="Hall")
        await news.posted()
        assert news.log() == [("venue.created", "waiting", 1, 500, "answered 500")]
        ((wait,),) = news.office.sql(
            "select extract(epoch from next_attempt_at - now())::float from public.webhook_deliveries"
        )
        assert 7 < wait < 13
        news.due_now()
        await news.posted()
        news.due_now()
        await news.posted()
    assert news.log() == [("venue.created", "delivered", 3, 200, None)]
    assert len({message.id for message in receiver.messages}) == 1
    assert len({message.body for message in receiver.messages}) == 1
    assert all(message.checked(hook.secret) for message in receiver.messages)


async def test_410_switches_the_webhook_off_at_once_and_gives_up_what_waits(news: Newsroom) -> None:
    async with receiving(answers=[500, 410]) as receiver:
        hook = await news.hook(receiver.url(), "venue.created")
        for name in ("Hall", "Loft"):
            await news.office.do("create_venue", name=name)
            await news.posted()
        await news.office.do("create_venue", name="Barn")
        await news.posted()
        found = await news.office.do("get_webhook", webhook=hook.id)
        assert (found.active, found.disabled_reason) == (False, "gone")
        assert [(end, status) for _, end, _, status, _ in news.log()] == [("given_up", 500), ("given_up", 410)]
        assert len(receiver.messages) == 2
        (entry,) = (await news.office.do("list_audit", limit=1)).items
        assert (entry.operation, entry.actor_kind) == ("create_venue", "person")
        assert "it answered 410" in str(news.office.sql("select summary from public.audit where actor_kind = 'job'"))
        again = await news.office.do("update_webhook", webhook=hook.id, active=True)
        assert (again.active, again.disabled_reason) == (True, None)


async def test_three_days_of_failing_switch_it_off_unless_something_arrived(news: Newsroom) -> None:
    async with receiving(answers=[200, 500, 500]) as receiver:
        hook = await news.hook(receiver.url(), "venue.created")
        for name in ("Hall", "Loft"):
            await news.office.do("create_venue", name=name)
            await news.posted()
        news.office.sql(
            "update public.webhook_deliveries set queued_at = now() - interval '3 days', next_attempt_at = now()"
            " where next_attempt_at is not null"
        )
        await news.posted()
        assert (await news.office.do("get_webhook", webhook=hook.id)).active
        news.office.sql(
            "update public.webhook_deliveries set delivered_at = now() - interval '4 days' where last_error is null"
        )
        receiver.answers = [503, 503]
        await news.office.do("create_venue", name="Barn")
        await news.posted()
        news.office.sql(
            "update public.webhook_deliveries set queued_at = now() - interval '3 days', next_attempt_at = now()"
            " where next_attempt_at is not null"
        )
        await news.posted()
        found = await news.office.do("get_webhook", webhook=hook.id)
    assert (found.active, found.disabled_reason) == (False, "failing")
    assert [end for _, end, *_ in news.log()] == ["delivered", "given_up", "given_up"]


async def test_a_worker_that_died_leaves_the_delivery_to_others_under_the_same_id(news: Newsroom) -> None:
    async with receiving() as receiver:
        await news.hook(receiver.url(), "venue.created")
        await news.office.do("create_venue", name="Hall")
        await news.posted()
        # As a kill after the post and before the mark leaves it, once its lease has ended.
        news.office.sql(
            "update public.webhook_deliveries set delivered_at = null, next_attempt_at = now(), last_status = null"
        )
        await news.posted()
    assert len(receiver.messages) == 2
    assert len({message.id for message in receiver.messages}) == 1


async def test_what_one_worker_claimed_is_nobody_elses_until_its_lease_ends(news: Newsroom) -> None:
    async with receiving() as receiver:
        await news.hook(receiver.url(), "venue.created")
        await news.office.do("create_venue", name="Hall")
        await news.relayed()
        greenroom = news.office.greenroom
        claims = await asyncio.gather(*(claim(greenroom, 10, 30) for _ in range(4)))
        assert sum(map(len, claims)) == 1
        assert await claim(greenroom, 10, 30) == []
        news.office.sql("update public.webhook_deliveries set next_attempt_at = now(), claimed_until = now()")
        assert len(await claim(greenroom, 10, 30)) == 1


async def test_of_one_webhook_only_a_few_are_under_way_and_one_alone_once_it_failed(news: Newsroom) -> None:
    async with receiving() as receiver:
        await news.hook(receiver.url("/busy"), "venue.created")
        await news.hook(receiver.url("/calm"), "venue.deleted")
        news.happened("create_venue", *(uuid4() for _ in range(10)))
        news.happened("delete_venue", uuid4())
        await news.relayed()
        greenroom = news.office.greenroom
        first = await claim(greenroom, 100, 30)
        assert sorted(due.kind for due in first) == ["venue.created"] * ABREAST + ["venue.deleted"]
        assert await claim(greenroom, 100, 30) == []
        news.office.sql(
            "update public.webhook_deliveries set claimed_until = null, last_error = 'could not connect' where claimed_until is not null"
        )
        assert [due.kind for due in await claim(greenroom, 100, 30)] == ["venue.created"]


async def test_a_receiver_that_does_not_answer_is_left_after_the_time(news: Newsroom) -> None:
    async with receiving(slow_seconds=5) as receiver:
        await news.hook(receiver.url(), "venue.created")
        await news.office.do("create_venue", name="Hall")
        begun = time.monotonic()
        await news.posted(Poster(timeout_seconds=0.3))
    assert time.monotonic() - begun < 3
    assert news.log() == [("venue.created", "waiting", 1, None, "no answer within 0.3 seconds")]


async def test_an_answer_without_end_costs_nothing_and_nobody_listening_is_said(news: Newsroom) -> None:
    async with receiving(answer_body=b"x" * 5_000_000) as receiver:
        await news.hook(receiver.url(), "venue.created")
        await news.office.do("create_venue", name="Hall")
        await news.posted()
        assert [end for _, end, *_ in news.log()] == ["delivered"]
    await news.office.do("create_venue", name="Loft")
    await news.posted()
    assert news.log()[1] == ("venue.created", "waiting", 1, None, "could not connect")


async def test_a_redirect_is_an_error_and_is_not_followed(news: Newsroom) -> None:
    async with receiving() as inside, receiving(answers=[307], answer_headers="") as receiver:
        receiver.answer_headers = f"location: {inside.url('/metadata')}\r\n"
        await news.hook(receiver.url(), "venue.created")
        await news.office.do("create_venue", name="Hall")
        await news.posted()
    assert inside.messages == []
    assert news.log() == [("venue.created", "waiting", 1, 307, "answered 307")]


async def test_a_rotated_secret_signs_beside_the_new_one_for_a_day(news: Newsroom) -> None:
    async with receiving() as receiver:
        hook = await news.hook(receiver.url(), "venue.created")
        rotated = await news.office.do("rotate_webhook_secret", webhook=hook.id)
        assert rotated.secret != hook.secret
        await news.office.do("create_venue", name="Hall")
        await news.posted()
        assert receiver.messages[0].checked(hook.secret) == receiver.messages[0].checked(rotated.secret)
        news.office.sql("update public.webhooks set secret_rotated_at = now() - interval '24 hours'")
        await news.office.do("create_venue", name="Loft")
        await news.posted()
    receiver.messages[1].checked(rotated.secret)
    with pytest.raises(WebhookVerificationError):
        receiver.messages[1].checked(hook.secret)


async def test_redelivering_sends_the_same_message_again(news: Newsroom) -> None:
    async with receiving() as receiver:
        hook = await news.hook(receiver.url(), "venue.created")
        await news.office.do("create_venue", name="Hall")
        await news.posted()
        (delivery,) = (await news.office.do("list_webhook_deliveries", webhook=hook.id, status="delivered")).items
        again = await news.office.do("redeliver_webhook", delivery=delivery.id)
        assert (again.id, again.status, again.attempts) == (delivery.id, "waiting", 0)
        await news.posted()
    first, second = receiver.messages
    assert (first.id, first.body) == (second.id, second.body)
    assert first.id == str(delivery.id)
    assert json.loads(first.body) == delivery.payload


async def test_a_test_message_goes_out_whatever_was_asked_for(news: Newsroom) -> None:
    async with receiving() as receiver:
        hook = await news.hook(receiver.url(), "venue.created")
        sent = await news.office.do("send_test_webhook", webhook=hook.id)
        await news.posted()
    assert receiver.messages[0].checked(hook.secret)["type"] == "webhook.test"
    assert receiver.messages[0].id == str(sent.id)
