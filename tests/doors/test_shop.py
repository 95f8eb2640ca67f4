"""The shop through the wire: strangers without a token, their limits, and what nobody should send."""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.builders import Person, Service, make_event, make_ticket_type, serving
from tests.doors.test_bodies import NASTIES
from tests.postgres import ClonedDatabase

pytestmark = pytest.mark.asyncio(loop_scope="module")

JSON = {"Content-Type": "application/json"}
NOWHERE = "00000000-0000-4000-8000-000000000000"


async def on_sale(owner: Person, **ticket: Any) -> tuple[str, str]:
    """Ids of a published event and its ticket type."""
    event = await make_event(owner)
    made = await make_ticket_type(owner, event, **ticket)
    assert (await owner.client.post(f"/api/events/{event['id']}/publish")).status_code == 200
    return event["id"], made["id"]


def wish(event: str, ticket_type: str, quantity: Any = 1) -> dict[str, Any]:
    return {"event": event, "items": [{"ticket_type": ticket_type, "quantity": quantity}]}


BUYER = {"name": "Ann Buyer", "email": "ann@example.org", "payment": "transfer"}


async def test_a_stranger_buys_without_a_token(service: Service, owner: Person) -> None:
    event, ticket_type = await on_sale(owner)
    client = service.stranger
    assert event in [each["id"] for each in (await client.get("/api/public/events?limit=100")).json()["items"]]
    shown = (await client.get(f"/api/public/events/{event}")).json()
    assert [each["price_amount"] for each in shown["ticket_types"]] == [2500]
    made = await client.post("/api/public/holds", json=wish(event, ticket_type, 2))
    assert (made.status_code, made.headers["Cache-Control"]) == (201, "no-store")
    hold = f"/api/public/holds/{made.json()['id']}"
    assert (await client.post(f"{hold}/extend")).json()["extensions_left"] == 2
    assert (await client.get(hold)).json()["quote"]["total_amount"] == 5000
    order = await client.post(f"{hold}/checkout", json=BUYER | {"expected_total": 5000})
    assert order.status_code == 201, order.text
    repeated = await client.post(f"{hold}/checkout", json=BUYER | {"expected_total": 5000})
    assert repeated.json() == order.json()
    token = order.json()["page_url"].rsplit("/", 1)[1]
    status = await client.get(f"/api/public/orders/{token}")
    assert (status.json()["number"], status.json()["status"]) == (order.json()["number"], "pending")
    gone = await client.delete(hold)
    assert (gone.status_code, gone.json()["code"]) == (409, "hold_converted")


async def test_what_is_left_is_told_by_an_etag_while_it_stays_the_same(service: Service, owner: Person) -> None:
    event, _ = await on_sale(owner)
    place = f"/api/public/events/{event}/availability"
    first = await service.stranger.get(place)
    again = await service.stranger.get(place, headers={"If-None-Match": first.headers["ETag"]})
    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")


async def test_a_draft_an_unknown_and_a_forged_thing_are_not_there(service: Service, owner: Person) -> None:
    draft = await make_event(owner)
    client = service.stranger
    for place in (
        *(
            f"/api/public/events/{event}{rest}"
            for event in (draft["id"], NOWHERE, "x", "%00")
            for rest in ("", "/availability")
        ),
        f"/api/public/holds/{NOWHERE}",
        "/api/public/holds/x",
        "/api/public/orders/AAAA",
        "/api/public/orders/" + "A" * 64,
    ):
        answer = await client.get(place)
        assert answer.status_code in (404, 422), (place, answer.text)
        assert answer.json()["code"] in ("not_found", "no_such_hold", "invalid_input"), place
    ticket = await make_ticket_type(owner, draft)
    answer = await client.post("/api/public/holds", json=wish(draft["id"], ticket["id"]))
    assert answer.status_code == 404


async def test_somebody_elses_ticket_type_is_not_sold_here(service: Service, owner: Person) -> None:
    event, _ = await on_sale(owner)
    _, theirs = await on_sale(await service.make_person())
    for ticket_type in (theirs, NOWHERE, "General"):
        answer = await service.stranger.post("/api/public/holds", json=wish(event, ticket_type))
        assert (answer.status_code, answer.json()["code"]) == (404, "no_such_ticket_type")


@pytest.mark.parametrize(
    "quantity", [0, -1, 1001, 2**63, 1.5, "1", True, None, [], 10**400], ids=lambda value: str(value)[:8]
)
async def test_a_quantity_that_is_none_is_refused(service: Service, owner: Person, quantity: Any) -> None:
    event, ticket_type = await on_sale(owner)
    held = await service.count("holds")
    body = json.dumps(wish(event, ticket_type, quantity)).encode()
    answer = await service.stranger.post("/api/public/holds", content=body, headers=JSON)
    assert answer.status_code == 422, answer.text
    assert await service.count("holds") == held


@pytest.mark.parametrize("path", ["/api/public/holds", f"/api/public/holds/{NOWHERE}/checkout"])
@pytest.mark.parametrize(("body", "status"), [each[1:] for each in NASTIES], ids=[each[0] for each in NASTIES])
async def test_a_body_nobody_should_send_is_refused(service: Service, path: str, body: bytes, status: int) -> None:
    answer = await service.stranger.post(path, content=body, headers=JSON)
    assert answer.status_code == status, answer.text
    assert answer.headers["Content-Type"] == "application/problem+json"


async def test_a_body_of_a_megabyte_is_refused_unread(service: Service) -> None:
    for path in ("/api/public/holds", f"/api/public/holds/{NOWHERE}/checkout"):
        answer = await service.stranger.post(path, content=b" " * 1_000_000, headers=JSON)
        assert (answer.status_code, answer.json()["code"]) == (413, "too_large")


@pytest.mark.parametrize(
    "fields",
    [
        {"email": "nobody"},
        {"email": "a@b"},
        {"email": "a\x00@example.org"},
        {"email": "ann@example.org\nBcc: all@example.org"},
        {"name": ""},
        {"name": "\ud800"},
        {"name": "x" * 201},
        {"name": "Ann\u202egnp"},
        {"billing_address": "x" * 2001},
        {"locale": "../../etc"},
        {"expected_total": -1},
        {"expected_total": 10**400},
        {"payment": "cash"},
        {"attendees": [{"name": ""}]},
        {"attendees": [{"name": "A"}] * 1001},
        {"org_id": NOWHERE},
    ],
    ids=lambda fields: next(iter(fields)),
)
async def test_a_checkout_that_makes_no_sense_leaves_the_hold_as_it_is(
    service: Service, owner: Person, fields: dict[str, Any]
) -> None:
    event, ticket_type = await on_sale(owner)
    client = service.client(peer="198.51.100.20")
    hold = (await client.post("/api/public/holds", json=wish(event, ticket_type))).json()
    body = json.dumps(BUYER | fields).encode()
    answer = await client.post(f"/api/public/holds/{hold['id']}/checkout", content=body, headers=JSON)
    assert answer.status_code == 422, answer.text
    assert (await client.get(f"/api/public/holds/{hold['id']}")).json()["status"] == "active"


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    path=st.sampled_from(
        [
            "events/{}",
            "events/{}/availability",
            "holds/{}",
            "orders/{}",
            "events/{}?promo_code={}",
            "events?cursor={}{}",
        ]
    ),
    text=st.text(min_size=1, max_size=30),
)
async def test_no_address_whatever_makes_the_shop_fail(service: Service, path: str, text: str) -> None:
    quoted = "".join(f"%{byte:02X}" for byte in text.encode(errors="replace"))
    answer = await service.stranger.get(f"/api/public/{path.format(quoted, quoted)}")
    assert answer.status_code < 500, answer.text


async def limited(database: ClonedDatabase, folder: Any, calls: int, **headers: str) -> list[int]:
    """Statuses of so many tries to hold, of a service that allows 60 requests a minute."""
    async with serving(database, folder, requests_per_minute=60) as service:
        person = await service.make_person()
        event, ticket_type = await on_sale(person)
        client = service.client(peer="198.51.100.30")
        statuses = []
        for number in range(calls):
            forged = {name: value.format(number=number) for name, value in headers.items()}
            answer = await client.post("/api/public/holds", json=wish(event, ticket_type), headers=forged)
            statuses.append(answer.status_code)
        other = await service.client(peer="198.51.100.31").post("/api/public/holds", json=wish(event, ticket_type))
        assert other.status_code == 201
        assert "RateLimit" in other.headers
    return statuses


async def test_holds_are_counted_per_address_in_a_moving_window_and_a_forged_address_gains_nothing(
    database: ClonedDatabase, tmp_path: Any
) -> None:
    forged = {"X-Forwarded-For": "10.1.{number}.1", "Forwarded": "for=10.2.{number}.1", "X-Real-IP": "10.3.{number}.1"}
    statuses = await limited(database, tmp_path, 40, **forged)
    # Twelve a minute are let through: five for nothing, the others are asked for work.
    assert [status for status in statuses if status != 429] == [201] * 5 + [428] * 7
    assert statuses[12:] == [429] * 28


async def test_promo_codes_are_guessed_slowly(database: ClonedDatabase, tmp_path: Any) -> None:
    async with serving(database, tmp_path, requests_per_minute=60) as service:
        event, _ = await on_sale(await service.make_person())
        client = service.client(peer="198.51.100.32")
        told = [(await client.get(f"/api/public/events/{event}?promo_code=GUESS{n}")).status_code for n in range(6)]
        assert told == [404, 404, 404, 429, 429, 429]
        assert (await client.get(f"/api/public/events/{event}")).status_code == 200


async def test_no_address_of_a_visitor_is_stored(service: Service, owner: Person) -> None:
    event, ticket_type = await on_sale(owner)
    peer = "198.51.100.77"
    assert (await service.client(peer=peer).post("/api/public/holds", json=wish(event, ticket_type))).status_code == 201
    ((stored,),) = await service.sql("select peer from public.shop_holds where event_id = %s", event)
    assert peer not in stored
    assert len(stored) == 32


async def test_the_shop_is_described_without_a_token(service: Service) -> None:
    paths = (await service.stranger.get("/openapi.json")).json()["paths"]
    described = {path: methods for path, methods in paths.items() if path.startswith("/api/public/")}
    assert len(described) >= 7
    for methods in described.values():
        for operation in methods.values():
            assert "security" not in operation
            assert "429" in operation["responses"]


async def test_another_method_is_told_which_ones_there_are(service: Service) -> None:
    answer = await service.stranger.put(f"/api/public/holds/{uuid4()}", json={})
    assert (answer.status_code, answer.headers["Allow"]) == (405, "DELETE, GET, HEAD")
    assert (await service.stranger.head("/api/public/events")).status_code == 200
