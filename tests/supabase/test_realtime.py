"""Where the platform broadcasts, each message is broadcast once to its organisation's channel, and no broadcast undoes a sale."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.office import Office, open_office
from tests.postgres import ClonedDatabase

KEEPER = f"keeper_of_triggers_{os.getpid()}"

_SEND = (
    "create function realtime.send(payload jsonb, event text, topic text, private boolean default true) returns void"
)
_BROADCASTS = """
create table realtime.sent (payload jsonb, event text, topic text, private boolean);
{send} language plpgsql as $$ begin insert into realtime.sent values (payload, event, topic, private); end $$
"""
_FAILS = """
{send} language plpgsql as $$ begin raise exception 'no partition for today'; end $$
"""
_CLOSED = "{send} language sql as 'select'; revoke all on schema realtime from public"


@pytest_asyncio.fixture
async def office(database: ClonedDatabase) -> AsyncIterator[Office]:
    async with open_office(database) as opened:
        opened.sql("create schema realtime")
        yield opened


async def _sell(office: Office, times: int) -> list[str]:
    event = await office.do("create_event", name="Gala", start_date="2030-12-12T19:00:00+01:00")
    made = await office.do("create_ticket_type", event=str(event.id), name="Stalls", price_amount=1000, quantity=100)
    sale = {"event": str(event.id), "ticket_type": str(made.id), "quantity": 1, "payment_method": "card"}
    return [
        str((await office.do("sell_tickets", **sale, buyer=f"Ann <ann{turn}@example.org>")).id) for turn in range(times)
    ]


async def test_each_message_is_broadcast_once_to_the_private_channel_of_its_organisation(office: Office) -> None:
    _platform(office, _BROADCASTS)
    orders = await _sell(office, 3)
    sent = office.sql(
        "select event, topic, private, (payload ->> 'id')::bigint, payload ->> 'kind', payload ->> 'subject_id'"
        " from realtime.sent order by 4"
    )
    stored = office.sql(
        "select kind, 'org:' || org_id, true, id, kind, subject_id::text from public.outbox order by id"
    )
    assert sent == stored
    sold = [subject for kind, *_, subject in sent if kind == "sell_tickets"]
    assert sold == orders


@pytest.mark.parametrize("platform", [_FAILS, _CLOSED], ids=["it fails", "it is closed to us"])
async def test_a_broadcast_that_fails_undoes_no_sale(office: Office, platform: str) -> None:
    _platform(office, platform)
    if platform is _CLOSED:
        # The trigger's owner is no superuser there.
        office.sql(f"create role {KEEPER} nologin bypassrls")
        office.sql(f"grant create on schema app to {KEEPER}")
        office.sql(f"alter function app.announce() owner to {KEEPER}")
    try:
        assert len(await _sell(office, 2)) == 2
        assert office.count("tickets") == 2
        assert office.sql("select count(*) from public.outbox where kind = 'sell_tickets'") == [(2,)]
    finally:
        if platform is _CLOSED:
            office.sql(f"drop owned by {KEEPER} cascade")
            office.sql(f"drop role {KEEPER}")


async def test_control_unguarded_it_would(office: Office) -> None:
    _platform(office, _FAILS)
    (definition,) = office.sql("select pg_get_functiondef('app.announce()'::regprocedure)")[0]
    guarded = "exception when others then\n                raise warning 'not broadcast: %', sqlerrm;"
    assert definition.count(guarded) == 1
    office.sql(definition.replace(guarded, "").replace("%", "%%"))
    with pytest.raises(Exception, match="no partition for today"):
        await _sell(office, 1)
    assert office.count("tickets") == 0


def _platform(office: Office, text: str) -> None:
    for statement in text.format(send=_SEND).split(";\n"):
        office.sql(statement)
