"""Who is put out is out: at the next call of every door, also of those that remember for a moment where somebody stood."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import Any
from uuid import uuid4

import pytest
import pytest_asyncio

from tests.builders import Person, Service, make_event, make_ticket_type
from tests.postgres import ClonedDatabase
from tests.proof.house import open_house
from tests.proof.wire import Answer, Asked, ask
from tests.tools.files.hostile import picture
from tools.context import Standing
from tools.operation import STANDING_SECONDS

pytestmark = pytest.mark.asyncio(loop_scope="module")


@dataclass(frozen=True)
class Visit:
    """Somebody at work: what they sell, and the conversation they are in."""

    service: Service
    owner: Person
    person: Person
    sale: dict[str, Any]
    thread: str

    async def ask(self, method: str, path: str, body: Any = None) -> Answer:
        headers = {"Authorization": f"Bearer {self.person.token}"}
        return await ask(self.service.app, Asked(method, path, {}, body, headers))

    async def say(self, text: str) -> Answer:
        message = {"id": str(uuid4()), "role": "user", "content": text}
        body = {
            "threadId": self.thread,
            "runId": str(uuid4()),
            "messages": [message],
            "state": {},
            "tools": [],
            "context": [],
        }
        return await self.ask("POST", "/api/copilotkit/agent/default/run", body | {"forwardedProps": {}})

    async def connect(self) -> Answer:
        body = {"threadId": self.thread, "runId": str(uuid4())}
        return await self.ask("POST", "/api/copilotkit/agent/default/connect", body)

    async def upload(self) -> Answer:
        query = {"kind": "event_poster", "name": "poster.png", "event": self.sale["event"]}
        headers = {"Authorization": f"Bearer {self.person.token}", "Content-Type": "image/png"}
        return await ask(self.service.app, Asked("POST", "/api/uploads", query, picture("PNG"), headers))

    async def tool(self, tool: str, /, **arguments: Any) -> Answer:
        """One tool call over MCP."""
        call = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": tool, "arguments": arguments}}
        headers = {
            "Authorization": f"Bearer {self.person.token}", "Accept": "application/json, text/event-stream",
            "MCP-Protocol-Version": "2025-06-18",
        }  # fmt: skip
        return await ask(self.service.app, Asked("POST", "/mcp", {}, call, headers))

    async def change(self, statement: str) -> None:
        await self.service.sql(statement, self.person.user_id, self.person.org_id)


Call = Callable[[Visit], Awaitable[Answer]]
PROPOSED = {"steps": [{"operation": "create_venue", "input": {"name": "X"}}]}
LET_IN: dict[str, Call] = {
    "reads over REST": lambda visit: visit.ask("GET", "/api/events"),
    "writes over REST": lambda visit: visit.ask("POST", "/api/venues", {"name": f"Venue {uuid4()}"}),
    "sells by id, where a standing is remembered": lambda visit: visit.ask("POST", "/api/orders", visit.sale),
    "calls by name": lambda visit: visit.ask("POST", "/api/actions/list_events", {}),
    "proposes": lambda visit: visit.ask("POST", "/api/proposals", PROPOSED),
    "downloads": lambda visit: visit.ask("GET", "/api/exports/orders.csv"),
    "uploads": lambda visit: visit.upload(),
    "calls a tool over MCP": lambda visit: visit.tool("list_events"),
    "proposes over MCP": lambda visit: visit.tool("create_venue", name=f"Venue {uuid4()}"),
    "speaks to the copilot": lambda visit: visit.say("Which events do we have?"),
    "joins the conversation again": lambda visit: visit.connect(),
    "reads what was said": lambda visit: visit.ask("GET", f"/api/copilotkit/threads/{visit.thread}/messages"),
    "lists conversations": lambda visit: visit.ask("GET", "/api/copilotkit/threads"),
}
OF_A_KEY = (
    "reads over REST", "writes over REST", "sells by id, where a standing is remembered", "calls by name", "downloads", "uploads",
    "calls a tool over MCP", "proposes over MCP",
)  # fmt: skip
OUT = (401, 403, 404)
AT_ONCE_SECONDS = 1.0


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def house(module_database: ClonedDatabase, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Service]:
    async with open_house(module_database, tmp_path_factory.mktemp("house")) as service:
        yield service


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def at_work(house: Service) -> Visit:
    """Somebody who has been through every door."""
    visit = await visiting(house, "staff")
    await _in(visit)
    return visit


async def visiting(service: Service, role: str) -> Visit:
    owner = await service.make_person()
    event = await make_event(owner, capacity=100)
    kind = await make_ticket_type(owner, event)
    person = await service.make_person(role, owner.org_id)
    sale = {"event": event["id"], "ticket_type": kind["id"], "quantity": 1, "buyer": "Ann"}
    return Visit(service, owner, person, sale, str(uuid4()))


def refused(answer: Answer) -> bool:
    """In words of HTTP, of MCP, of a stream that ends in an error, or by a conversation that is not there."""
    return answer.status in OUT or (answer.status == 200 and ("not a member" in answer.text or not answer.text))


async def _in(visit: Visit) -> None:
    """Everything once, in an order in which the conversation is there before it is read."""
    for name, call in LET_IN.items():
        answer = await call(visit)
        assert answer.status < 300, (name, answer.status, answer.text[:300])
        assert not refused(answer), (name, answer.text[:300])


@pytest.mark.parametrize("name", LET_IN)
async def test_who_is_put_out_is_refused_by_every_door_at_once(house: Service, at_work: Visit, name: str) -> None:
    orders = await house.count("orders")
    await at_work.change("delete from public.memberships where user_id = %s and org_id = %s")
    put_out_at = time.monotonic()
    answer = await LET_IN[name](at_work)
    took = time.monotonic() - put_out_at
    assert refused(answer), (answer.status, answer.text[:300])
    # Before anything remembered could have run out by itself.
    assert took < AT_ONCE_SECONDS < STANDING_SECONDS
    assert await house.count("orders") == orders
    await at_work.change("insert into public.memberships (user_id, org_id, role) values (%s, %s, 'staff')")


async def test_a_key_that_is_revoked_or_too_old_opens_no_door(house: Service) -> None:
    for ended in ("revoked_at = now()", "expires_at = now()"):
        visit = await visiting(house, "staff")
        answer = await visit.owner.client.post("/api/api-keys", json={"name": "Till", "role": "staff"})
        made = answer.json()
        visit = replace(visit, person=replace(visit.person, token=made["key"]))
        for name in OF_A_KEY:
            answer = await LET_IN[name](visit)
            assert answer.status < 300, (name, answer.text[:300])
            assert not refused(answer), (name, answer.text[:300])
        await house.sql(f"update public.api_keys set {ended} where id = %s", made["id"])
        for name in OF_A_KEY:
            asked_at = time.monotonic()
            assert refused(await LET_IN[name](visit)), (ended, name)
            assert time.monotonic() - asked_at < AT_ONCE_SECONDS


async def test_who_is_taken_off_a_door_scans_there_no_more(house: Service) -> None:
    visit = await visiting(house, "door")
    event = visit.sale["event"]
    found = (await visit.owner.client.post("/api/check-in-lists", json={"event": event, "name": "Main"})).json()
    listed = f"/api/check-in-lists/{found['id']}"
    put = "insert into public.door_staff (user_id, org_id, event_id) values (%s, %s, '{}')"
    await visit.change(put.format(event))
    assert (await visit.ask("GET", listed)).status == 200
    await visit.change("delete from public.door_staff where user_id = %s and org_id = %s")
    assert (await visit.ask("GET", listed)).status == 404


async def test_who_may_only_look_from_now_on_sells_and_changes_nothing_more(house: Service) -> None:
    visit = await visiting(house, "staff")
    await _in(visit)
    orders = await house.count("orders")
    await visit.change("update public.memberships set role = 'viewer' where user_id = %s and org_id = %s")
    assert (await LET_IN["reads over REST"](visit)).status == 200
    for name in ("writes over REST", "sells by id, where a standing is remembered", "proposes"):
        answer = await LET_IN[name](visit)
        assert answer.status == 403, (name, answer.text)
    assert await house.count("orders") == orders


async def test_a_service_that_believed_what_it_remembers_would_let_them_in(
    house: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: a standing kept from call to call, and a session that is not the caller's."""
    visit = await visiting(house, "staff")
    ((now,),) = await house.sql("select now()")
    remembered = Standing(visit.person.org_id, "staff", "Kept", "Europe/Amsterdam", "EUR", "en", False, now)

    @asynccontextmanager
    async def careless(greenroom: Any, _caller: Any) -> AsyncIterator[Any]:
        async with greenroom.database.session(None) as tx:
            yield tx, remembered

    await visit.change("delete from public.memberships where user_id = %s and org_id = %s")
    assert refused(await LET_IN["reads over REST"](visit))
    monkeypatch.setattr("tools.operation.enter", careless)
    assert (await LET_IN["reads over REST"](visit)).status == 200
