"""An organisation the platform stopped, at every door: it is read, and nothing else; and all of it goes on once it may (decision 0012)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import httpx
import pytest

from tests.builders import START, Person, Service, key, made, make_event, make_ticket_type
from tools.mails.relaying import relay
from tools.operation import _standings
from tools.shop.reading import _stalls
from tools.webhooks.delivering import claim

pytestmark = pytest.mark.asyncio(loop_scope="module")

BUYER = {"name": "Ann Buyer", "email": "ann@example.org", "payment": "transfer"}


@dataclass(frozen=True)
class House:
    """An organisation with something at every door."""

    owner: Person
    admin: Person
    program: httpx.AsyncClient
    stranger: httpx.AsyncClient
    event: str
    ticket_type: str
    check_in_list: str
    ticket: str
    order_page: str

    async def held(self) -> str:
        wish = {"event": self.event, "items": [{"ticket_type": self.ticket_type, "quantity": 1}]}
        return str((await made(self.stranger.post("/api/public/holds", json=wish)))["id"])


@dataclass(frozen=True)
class Door:
    """One call. `usual`: its status while all is well; `stopped`: while the organisation is suspended."""

    name: str
    call: Callable[[House], Awaitable[httpx.Response]]
    usual: int
    stopped: int


def tool(name: str, /, **arguments: Any) -> dict[str, Any]:
    return {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": name, "arguments": arguments}}


def proposing(by: Callable[[House], httpx.AsyncClient]) -> Callable[[House], Awaitable[httpx.Response]]:
    step = {"operation": "create_event", "input": {"name": "Proposed", "start_date": START}}
    return lambda house: by(house).post("/api/proposals", json={"steps": [step]})


def sale(house: House) -> dict[str, Any]:
    return {"event": house.event, "ticket_type": house.ticket_type, "quantity": 1, "buyer": "Bob"}


def new_event() -> dict[str, Any]:
    return {"name": f"Made {uuid4()}", "start_date": START}


def upload(house: House) -> Awaitable[httpx.Response]:
    path = f"/api/uploads?kind=contract&name=a.pdf&event={house.event}"
    return house.owner.client.post(path, content=b"%PDF-1.7\n%%EOF")


def scan(house: House) -> Awaitable[httpx.Response]:
    path, scanned = (
        f"/api/check-in-lists/{house.check_in_list}/check-ins",
        {"ticket": house.ticket, "nonce": str(uuid4())},
    )
    return house.owner.client.post(path, json=scanned)


DOORS = (
    Door("REST reads", lambda h: h.owner.client.get("/api/events"), 200, 200),
    Door("REST reads orders", lambda h: h.admin.client.get("/api/orders"), 200, 200),
    Door("an export", lambda h: h.owner.client.get("/api/exports/attendees.csv", params={"event": h.event}), 200, 200),
    Door("who am I", lambda h: h.owner.client.get("/api/auth/me"), 200, 200),
    Door("REST writes", lambda h: h.owner.client.post("/api/events", json=new_event()), 201, 403),
    Door("a sale by id", lambda h: h.owner.client.post("/api/orders", json=sale(h), headers=key()), 201, 403),
    Door("actions", lambda h: h.owner.client.post("/api/actions/create_event", json=new_event()), 200, 403),
    Door("a proposal", proposing(lambda h: h.owner.client), 201, 403),
    Door("an invitation", lambda h: h.owner.client.post("/api/invitations", json={"email": f"{uuid4()}@example.org"}), 201, 403),
    Door("a new key", lambda h: h.owner.client.post("/api/api-keys", json={"name": str(uuid4()), "role": "viewer"}), 201, 403),
    Door("a webhook", lambda h: h.owner.client.post("/api/webhooks", json={"url": f"https://{uuid4()}.example.net/"}), 201, 403),
    Door("settings", lambda h: h.owner.client.patch("/api/organization", json={"name": "Other"}, headers={"If-Match": "*"}), 200, 403),
    Door("an upload", upload, 201, 403),
    Door("a scan", scan, 201, 403),
    Door("a key reads", lambda h: h.program.get("/api/events"), 200, 200),
    Door("a key says who it is", lambda h: h.program.get("/api/auth/me"), 200, 200),
    Door("a key writes", lambda h: h.program.post("/api/events", json=new_event()), 201, 403),
    Door("a key proposes", proposing(lambda h: h.program), 201, 403),
    Door("the shop shows", lambda h: h.stranger.get(f"/api/public/events/{h.event}"), 200, 404),
    Door("what was bought stays", lambda h: h.stranger.get(f"/api/public/orders/{h.order_page}"), 200, 200),
)  # fmt: skip


async def furnished(service: Service, owner: Person) -> House:
    admin = await service.make_person("admin", owner.org_id)
    event = await make_event(owner)
    ticket_type = await make_ticket_type(owner, event)
    assert (await owner.client.post(f"/api/events/{event['id']}/publish")).status_code == 200
    door = await made(owner.client.post("/api/check-in-lists", json={"event": event["id"], "name": "Door"}))
    program = await made(owner.client.post("/api/api-keys", json={"name": "Program", "role": "staff"}))
    sold = {
        "event": event["id"],
        "ticket_type": ticket_type["id"],
        "quantity": 1,
        "buyer": "Ann",
        "payment_method": "cash",
    }
    order = await made(owner.client.post("/api/orders", json=sold, headers=key()))
    house = House(
        owner, admin, service.client(program["key"]), service.stranger, event["id"], ticket_type["id"], door["id"],
        order["tickets"][0]["id"], "",
    )  # fmt: skip
    bought = await made(house.stranger.post(f"/api/public/holds/{await house.held()}/checkout", json=BUYER))
    return House(**{**vars(house), "order_page": bought["page_url"].rsplit("/", 1)[1]})


async def stop(service: Service, owner: Person, reason: str | None) -> None:
    """As the platform's people do."""
    await service.sql(
        "update public.organizations set suspended_reason = %s, suspended_at = case when %s then now() end where id = %s",
        reason, reason is not None, owner.org_id,
    )  # fmt: skip


async def told(house: House) -> dict[str, int]:
    return {door.name: (await door.call(house)).status_code for door in DOORS}


async def test_it_is_read_at_every_door_and_nothing_else_until_it_may_go_on(service: Service, owner: Person) -> None:
    house = await furnished(service, owner)
    held = await house.held()
    waiting = await made(proposing(lambda h: h.owner.client)(house))
    usual, stopped = ({door.name: getattr(door, at) for door in DOORS} for at in ("usual", "stopped"))
    assert await told(house) == usual
    await stop(service, owner, "Fraud")
    # What the shop shows is kept for two seconds.
    _stalls.clear()
    before = await counted(service, owner)
    assert await told(house) == stopped
    yes = {"digest": waiting["digest"]}
    refused = await owner.client.post(f"/api/proposals/{waiting['id']}/approve", json=yes)
    assert (refused.status_code, refused.json()["reason"]) == (403, "suspended")
    wish = {"event": house.event, "items": [{"ticket_type": house.ticket_type, "quantity": 1}]}
    assert (await house.stranger.post("/api/public/holds", json=wish)).status_code == 404
    assert (await house.stranger.post(f"/api/public/holds/{held}/checkout", json=BUYER)).status_code in (403, 404, 409)
    assert await counted(service, owner) == before
    # The control: what was refused was refused for this alone.
    await stop(service, owner, None)
    _stalls.clear()
    assert await told(house) == usual
    assert (await owner.client.post(f"/api/proposals/{waiting['id']}/approve", json=yes)).json()["status"] == "applied"
    assert (await house.stranger.post(f"/api/public/holds/{held}/checkout", json=BUYER)).status_code == 201


async def counted(service: Service, owner: Person) -> list[tuple[Any, ...]]:
    """What is there, but for the audit: an export is noted in it, which is a read."""
    tables = ("events", "orders", "holds", "proposals", "check_ins", "files", "invitations", "api_keys", "webhooks")
    counts = ", ".join(f"(select count(*) from public.{table} where org_id = %s)" for table in tables)
    return await service.sql(f"select {counts}", *[owner.org_id] * len(tables))


@pytest.mark.parametrize("by_key", [False, True])
async def test_over_mcp_it_is_read_and_nothing_is_proposed(service: Service, owner: Person, by_key: bool) -> None:
    house = await furnished(service, owner)
    client = house.program if by_key else owner.client

    async def called(name: str, /, **arguments: Any) -> dict[str, Any]:
        headers = {"Accept": "application/json, text/event-stream"}
        answer = await client.post("/mcp", json=tool(name, **arguments), headers=headers)
        assert answer.status_code == 200, answer.text
        body: dict[str, Any] = answer.json()["result"]
        return body

    # Where the caller stands is remembered for seconds from here on; what may be written is not.
    assert not (await called("list_events"))["isError"]
    await stop(service, owner, "Fraud")
    assert not (await called("list_events"))["isError"]
    refused = await called("create_event", name="Over MCP", start_date=START)
    assert refused["structuredContent"]["error"]["code"] == "forbidden"
    assert (await service.sql("select count(*) from public.proposals where org_id = %s", owner.org_id)) == [(0,)]
    await stop(service, owner, None)
    _standings.clear()
    assert not (await called("create_event", name="Over MCP", start_date=START))["isError"]


async def test_its_webhooks_wait(service: Service, owner: Person) -> None:
    await made(owner.client.post("/api/webhooks", json={"url": "https://crm.example.net/", "kinds": ["event.created"]}))
    await make_event(owner)
    await stop(service, owner, "Fraud")
    greenroom = service.parts.greenroom
    while await relay(greenroom):
        pass
    mine = "select count(*) from public.webhook_deliveries where org_id = %s and attempts > 0"
    await claim(greenroom, 100, 30)
    assert await service.sql(mine, owner.org_id) == [(0,)]
    await stop(service, owner, None)
    await claim(greenroom, 100, 30)
    assert await service.sql(mine, owner.org_id) == [(1,)]
