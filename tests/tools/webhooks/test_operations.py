"""What people do with webhooks: who may, what is shown once, and what no road around the operations opens."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from agent.offering import WITHHELD
from tests.office import found_organization
from tests.tools.webhooks.receiving import Newsroom, receiving
from tools.catalog import CATALOG
from tools.errors import Forbidden, NotFound
from tools.webhooks.delivering import forget_old

pytestmark = pytest.mark.asyncio(loop_scope="module")

OURS = [name for name, operation in CATALOG.items() if operation.run.__module__.startswith("tools.webhooks")]
URL = "https://crm.example.net/news"


def everything_stored(news: Newsroom) -> str:
    """All rows of all tables, as text."""
    tables = news.office.sql(
        "select table_schema || '.' || table_name from information_schema.tables"
        " where table_type = 'BASE TABLE' and table_schema in ('public', 'jobs')"
    )
    texts = " || ".join(f"(select coalesce(string_agg(t::text, ' '), '') from {table} t)" for (table,) in tables)
    return str(news.office.sql(f"select {texts}")[0][0])


async def test_a_secret_is_shown_once_and_stored_nowhere(news: Newsroom) -> None:
    made = await news.office.with_key(str(uuid4())).do("create_webhook", url=URL)
    rotated = await news.office.with_key(str(uuid4())).do("rotate_webhook_secret", webhook=made.id)
    assert made.secret.startswith("whsec_")
    assert rotated.secret.startswith("whsec_")
    assert rotated.secret != made.secret
    stored = everything_stored(news)
    assert str(made.id) in stored
    assert "whsec_" not in stored
    assert made.secret.removeprefix("whsec_") not in stored
    for name in ("get_webhook", "update_webhook", "delete_webhook"):
        assert "secret" not in (await news.office.do(name, webhook=made.id)).model_dump()


async def test_a_repeat_under_the_same_key_is_shown_the_same_secret(news: Newsroom) -> None:
    keyed = news.office.with_key(str(uuid4()))
    first = await keyed.do("create_webhook", url=URL)
    await news.office.do("rotate_webhook_secret", webhook=first.id)
    assert await keyed.do("create_webhook", url=URL) == first


async def test_staff_neither_sees_nor_makes_webhooks(news: Newsroom) -> None:
    hook = await news.hook(URL)
    staff = await news.office.colleague("staff")
    for name, data in (
        ("list_webhooks", {}),
        ("list_webhook_deliveries", {"webhook": hook.id}),
        ("create_webhook", {"url": "https://crm.example.net/staff"}),
    ):
        with pytest.raises(Forbidden):
            await staff.do(name, **data)


async def test_no_model_is_offered_a_webhook_and_no_proposal_takes_one() -> None:
    assert len(OURS) == 9
    assert [name for name in OURS if CATALOG[name].effect == "read" and name not in WITHHELD] == []
    assert [name for name in OURS if CATALOG[name].proposable] == []


async def test_lists_go_on_where_the_page_before_ended(news: Newsroom) -> None:
    made = [(await news.hook(f"https://crm.example.net/{number}")).id for number in range(3)]
    assert await _all(news, "list_webhooks") == made
    sent = [(await news.office.do("send_test_webhook", webhook=made[0])).id for _ in range(3)]
    assert await _all(news, "list_webhook_deliveries", webhook=made[0]) == sent[::-1]
    assert await _all(news, "list_webhook_deliveries", webhook=made[0], status="waiting") == sent[::-1]
    assert await _all(news, "list_webhook_deliveries", webhook=made[0], status="delivered") == []


async def _all(news: Newsroom, name: str, **data: Any) -> list[Any]:
    found, cursor = [], None
    while True:
        page = await news.office.do(name, limit=2, **data, **({"cursor": cursor} if cursor else {}))
        found += [item.id for item in page.items]
        if (cursor := page.next_cursor) is None:
            return found


async def test_another_organisations_delivery_is_not_there(news: Newsroom) -> None:
    hook = await news.hook(URL)
    delivery = await news.office.do("send_test_webhook", webhook=hook.id)
    rival = await found_organization(news.office.greenroom, news.office.admin_dsn)
    for name, data in (
        ("redeliver_webhook", {"delivery": delivery.id}),
        ("list_webhook_deliveries", {"webhook": hook.id}),
    ):
        with pytest.raises(NotFound):
            await rival.do(name, **data)


@pytest.mark.parametrize("call", ["app.redeliver_webhook(%s)", "app.ping_webhook(%s, gen_random_uuid())"])
async def test_the_functions_below_the_operations_ask_who_calls(news: Newsroom, call: str) -> None:
    hook = await news.hook(URL)
    delivery = await news.office.do("send_test_webhook", webhook=hook.id)
    rival = await found_organization(news.office.greenroom, news.office.admin_dsn)
    thing = delivery.id if "redeliver" in call else hook.id
    for person in (rival, await news.office.colleague("staff")):
        with psycopg.connect(news.office.admin_dsn) as connection:
            connection.execute(
                "select set_config('role', 'authenticated', true),"
                " set_config('request.jwt.claims', json_build_object('sub', %s::text, 'role', 'authenticated')::text, true)",
                (person.caller.user_id,),
            )
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(f"select {call}".encode(), (thing,))


async def test_an_address_written_past_the_operation_is_looked_at_before_it_is_used(news: Newsroom) -> None:
    strict = Newsroom(replace(news.office, greenroom=replace(news.office.greenroom, loopback_webhooks=False)))
    async with receiving() as receiver:
        hook = await strict.hook(URL)
        await strict.office.do("send_test_webhook", webhook=hook.id)
        strict.office.sql("update public.webhooks set url = %s where id = %s", receiver.url(), hook.id)
        assert await strict.posted() == 1
        assert receiver.messages == []
        assert strict.log()[0][-1] == "the address is not allowed"
        # The control: with this machine allowed the same row reaches it.
        news.due_now()
        await news.posted()
        assert len(receiver.messages) == 1


async def test_the_log_is_kept_for_thirty_days_and_what_waits_for_longer(news: Newsroom) -> None:
    hook = await news.hook(URL)
    ended, recent, waiting = [(await news.office.do("send_test_webhook", webhook=hook.id)).id for _ in range(3)]
    news.office.sql(
        "update public.webhook_deliveries set next_attempt_at = null, delivered_at = now() where id = any (%s)",
        [ended, recent],
    )
    news.office.sql(
        "update public.webhook_deliveries set created_at = now() - interval '31 days' where id = any (%s)",
        [ended, waiting],
    )
    assert await forget_old(news.office.greenroom) == 1
    assert {row[0] for row in news.office.sql("select id from public.webhook_deliveries")} == {recent, waiting}


async def test_switching_on_again_clears_the_reason_it_was_switched_off_for(news: Newsroom) -> None:
    hook = await news.hook(URL)
    news.office.sql("select app.disable_webhook(%s, 'failing', 'It took nothing')", hook.id)
    found = await news.office.do("get_webhook", webhook=hook.id)
    assert (found.active, found.disabled_reason) == (False, "failing")
    again = await news.office.do("update_webhook", webhook=hook.id, active=True)
    assert (again.active, again.disabled_reason, again.version) == (True, None, found.version + 1)
