"""The service in a process of its own, given canaries at every door: `python -m tests.privacy.singing FOLDER DSN ADMIN_DSN`. Holds no test.

What it prints is what its operators would read; the canaries, the metrics and the spans are left in FOLDER.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import sys
from itertools import count
from pathlib import Path
from typing import Any

from opentelemetry import trace
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from api.logs import configure_logging
from tests.agent.scripted import Reply, ScriptedModel
from tests.builders import Person, Service, make_event, make_ticket_type, serving
from tests.doors.copilot.visitor import open_door, visit
from tests.office import found_organization
from tests.postgres import ClonedDatabase

CONTROL = "canary-control@canary.example"
KINDS = {
    "email": "canary-{}@canary.example",
    "phone": "+31 20 555 77{:02}",
    "token": "eyJjYW5hcnkiOjF9.eyJjYW5hcnktc3ViIjoxfQ.canary{}",
    "card": "4242 4242 4242 70{:02}",
    "key": "gr_canary_secret_{}",
}


class Canaries:
    """Gives out values that stand nowhere else, and remembers them."""

    def __init__(self) -> None:
        self._numbers = count(10)
        self.given: list[str] = []

    def __call__(self, kind: str) -> str:
        value = KINDS[kind].format(next(self._numbers))
        self.given.append(value)
        return value


async def go_through_the_doors(service: Service, owner: Person, canary: Canaries) -> None:
    """What works, what is refused and what is nonsense, over REST, at the shop, at the sign-in and at the hooks."""
    event = await make_event(owner)
    kind = await make_ticket_type(owner, event)
    await owner.client.post(f"/api/events/{event['id']}/publish")
    sale = {"event": event["id"], "ticket_type": kind["id"], "quantity": 1}

    async def sell(**more: Any) -> Any:
        buyer = f"Canary <{canary('email')}>"
        return await owner.client.post("/api/orders", json=sale | {"buyer": buyer} | more)

    for _ in range(3):
        assert (await sell(billing_address=f"call {canary('phone')}, card {canary('card')}")).status_code == 201
    assert (await sell(quantity=1_000)).status_code == 409
    assert (await sell(quantity=-1, billing_address=canary("card"))).status_code == 422
    assert (await sell(**{canary("key"): 1})).status_code == 422
    waiting = sale | {"email": canary("email"), "name": canary("phone")}
    assert (await owner.client.post("/api/waiting_list", json=waiting)).status_code == 201
    person = {"email": next(given for given in canary.given if "@" in given)}
    held = await owner.client.post("/api/people/export", json=person)
    assert held.json()["orders"], held.text
    for path in ("export", "erase", "export.zip"):
        await owner.client.post(f"/api/people/{path}", json={"email": canary("email")})
    erased = await owner.client.post("/api/people/erase", json=person)
    assert erased.status_code == 200, erased.text

    stranger = service.stranger
    hold = await stranger.post(
        "/api/public/holds", json={"event": event["id"], "items": [{"ticket_type": kind["id"], "quantity": 1}]}
    )
    bought = {
        "name": canary("phone"),
        "email": canary("email"),
        "payment": "transfer",
        "billing_address": canary("card"),
    }
    checkout = f"/api/public/holds/{hold.json()['id']}/checkout"
    assert (await stranger.post(checkout, json=bought)).status_code == 201
    await stranger.post(checkout, json=bought | {"email": canary("email")})
    await stranger.get(f"/api/public/orders/{canary('token')}")
    await stranger.get("/api/nowhere", params={"email": canary("email"), "card": canary("card")})

    for secret in ("token", "key", "token", "key"):
        answer = await stranger.get("/api/events", headers={"Authorization": f"Bearer {canary(secret)}"})
        assert answer.status_code == 401
    for path in ("login", "signup", "refresh"):
        sent = {"email": canary("email"), "password": canary("key"), "refresh_token": canary("token")}
        await stranger.post(f"/api/auth/{path}", json=sent)
    for provider in ("stripe", "sandbox"):
        body = f'{{"id": "{canary("key")}", "email": "{canary("email")}"}}'
        await stranger.post(
            f"/api/hooks/payments/{provider}", content=body, headers={"Stripe-Signature": canary("key")}
        )
    for action in ("sell_tickets", "erase_person", "no_such_operation"):
        await owner.client.post(f"/api/actions/{action}", json={"email": canary("email"), "buyer": canary("phone")})
    for broken in ('{"email": "' + canary("email"), "[" + canary("card")):
        await owner.client.post("/api/orders", content=broken, headers={"Content-Type": "application/json"})


async def talk(service: Service, database: ClonedDatabase, canary: Canaries) -> None:
    """A turn that works, one with a model that fails over what it was told."""
    office = await found_organization(service.parts.greenroom, database.admin_dsn)

    def answer(messages: list[Any]) -> Reply:
        if "fail" in str(messages[-1].content):
            raise RuntimeError(f"could not read {messages[-1].content}")
        return Reply(f"I heard {canary.given[-1]}.")

    async with open_door(office, database, ScriptedModel(answer)) as door, visit(door, office) as [visitor]:
        for kind in KINDS:
            await visitor.say(f"Remember {canary(kind)}")
            await visitor.say(f"Please fail over {canary(kind)}")


async def sing(folder: Path, database: ClonedDatabase, spans: InMemorySpanExporter) -> None:
    canary = Canaries()
    async with serving(database, folder) as service:
        owner = await service.make_person("owner")
        await go_through_the_doors(service, owner, canary)
        await talk(service, database, canary)
        for sweep in service.parts.sweeps:
            await sweep()
        (folder / "metrics").write_text((await service.stranger.get("/metrics")).text)
    (folder / "traces").write_text("\n".join(span.to_json() for span in spans.get_finished_spans()))
    (folder / "canaries").write_text(json.dumps(canary.given))
    logging.getLogger("somebody.elses").warning("control: %s", CONTROL)


if __name__ == "__main__":
    spans = InMemorySpanExporter()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(spans))
    trace.set_tracer_provider(provider)
    # As an operator does who wants to be told of spans.
    os.environ["OTEL_SERVICE_NAME"] = "greenroom"
    configure_logging(quiet=False)
    logging.getLogger().setLevel(logging.DEBUG)
    asyncio.run(sing(Path(sys.argv[1]), ClonedDatabase("", sys.argv[2], sys.argv[3]), spans))
