"""A delivery that can not be read or sent fails alone; the others go out."""

from __future__ import annotations

from uuid import uuid4

import psycopg
import pytest

from tests.tools.webhooks.receiving import Newsroom, receiving
from tools.webhooks import repository
from tools.webhooks.delivering import claim

pytestmark = pytest.mark.asyncio(loop_scope="module")

TOO_DEEP = f"""update public.webhook_deliveries set payload = ('{"[" * 1500}{"]" * 1500}')::jsonb where kind = 'venue.created'"""


async def poisoned(news: Newsroom, url: str) -> None:
    await news.hook(url, "venue.created")
    await news.hook(f"{url}/victim", "venue.deleted")
    news.happened("create_venue", uuid4())
    news.happened("delete_venue", uuid4())
    await news.relayed()
    news.office.sql(TOO_DEEP)


async def test_it_fails_in_words_and_what_stands_beside_it_arrives(news: Newsroom) -> None:
    async with receiving() as receiver:
        await poisoned(news, receiver.url("/in"))
        assert await news.posted() == 2
    assert [message.path for message in receiver.messages] == ["/in/victim"]
    assert news.log() == [
        ("venue.created", "waiting", 1, None, "it can not be sent"),
        ("venue.deleted", "delivered", 1, 204, None),
    ]


async def test_read_while_it_is_claimed_it_would_stop_all(news: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    async with receiving() as receiver:
        await poisoned(news, receiver.url("/in"))
        monkeypatch.setattr(repository, "_CLAIM", repository._CLAIM.replace("d.payload::text as payload", "d.payload"))
        with pytest.raises((ValueError, psycopg.Error)):
            await claim(news.office.greenroom, 100, 30)
    news.office.sql("delete from public.webhook_deliveries")
