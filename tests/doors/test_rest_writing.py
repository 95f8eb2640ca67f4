"""Writing over REST: versions, replacing and changing, keys that make a repetition harmless, and other people's rows."""

from __future__ import annotations

import asyncio
from uuid import uuid4

import psycopg
import pytest

from tests.builders import START, Person, Service, key, make_event, make_ticket_type, make_venue, version

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.mark.parametrize(
    ("sent", "status", "code"),
    [
        (None, 428, "if_match_required"),
        ('"1"', 200, None),
        ('"1-0123456789abcdef"', 200, None),
        ("*", 200, None),
        ('"2"', 412, "version_mismatch"),
        ('"0"', 412, "version_mismatch"),
        ('W/"1"', 412, "version_mismatch"),
        ('"abc"', 412, "version_mismatch"),
        ('"99999999999999999999"', 412, "version_mismatch"),
        ("1", 400, "malformed_request"),
        ('"1", "2"', 400, "malformed_request"),
        ("", 400, "malformed_request"),
        ('"1', 400, "malformed_request"),
    ],
)
async def test_a_change_names_the_version_it_was_made_on(
    owner: Person, sent: str | None, status: int, code: str | None
) -> None:
    event = await make_event(owner)
    headers = {} if sent is None else {"If-Match": sent}
    answer = await owner.client.patch(f"/api/events/{event['id']}", json={"name": "Changed"}, headers=headers)
    assert (answer.status_code, answer.json().get("code")) == (status, code)
    now = (await owner.client.get(f"/api/events/{event['id']}")).json()
    assert (now["name"] == "Changed") == (status == 200)


async def test_put_and_delete_ask_for_the_version_as_well(owner: Person) -> None:
    venue = await make_venue(owner)
    place = f"/api/venues/{venue['id']}"
    assert (await owner.client.put(place, json={"name": "Other"})).status_code == 428
    assert (await owner.client.delete(place)).status_code == 428
    assert (await owner.client.delete(place, headers=version(7))).status_code == 412
    assert (await owner.client.delete(place, headers=version(1))).status_code == 200
    assert (await owner.client.get(place)).status_code == 404


async def test_of_two_changes_made_on_the_same_version_one_is_refused(owner: Person) -> None:
    event = await make_event(owner)
    changes = [
        owner.client.patch(f"/api/events/{event['id']}", json={"name": name}, headers=version(1)) for name in "abcdef"
    ]
    statuses = [answer.status_code for answer in await asyncio.gather(*changes)]
    assert sorted(statuses) == [200] + [412] * 5


async def test_patch_changes_what_it_names_and_put_replaces_the_rest(owner: Person) -> None:
    venue = await make_venue(owner, city="Utrecht", description="Brick", capacity=80)
    place = f"/api/venues/{venue['id']}"
    patched = (await owner.client.patch(place, json={"capacity": 90}, headers=version(1))).json()
    assert (patched["city"], patched["description"], patched["capacity"]) == ("Utrecht", "Brick", 90)
    replaced = await owner.client.put(place, json={"name": venue["name"], "city": "Delft"}, headers=version(2))
    body = replaced.json()
    assert (body["city"], body["description"], body["capacity"]) == ("Delft", "", None)
    assert replaced.headers["ETag"] == f'"{body["version"]}"'


async def test_a_field_that_the_address_fills_is_refused_in_the_body(owner: Person) -> None:
    event = await make_event(owner)
    other = await make_event(owner)
    answer = await owner.client.patch(
        f"/api/events/{event['id']}", json={"event": other["id"], "name": "x"}, headers=version(1)
    )
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/event")


async def test_a_hundred_repetitions_at_once_make_one_event(owner: Person, service: Service) -> None:
    headers, body = key(), {"name": "Once", "start_date": START}
    answers = await asyncio.gather(*(owner.client.post("/api/events", json=body, headers=headers) for _ in range(100)))
    statuses = {answer.status_code for answer in answers}
    assert statuses <= {201, 409}
    made = {answer.json()["id"] for answer in answers if answer.status_code == 201}
    assert len(made) == 1
    for answer in answers:
        if answer.status_code == 409:
            assert (answer.json()["code"], answer.headers["Retry-After"]) == ("busy", "1")
    rows = await service.sql("select count(*) from public.events where org_id = %s", owner.org_id)
    assert rows == [(1,)]
    again = await owner.client.post("/api/events", json=body, headers=headers)
    assert (again.status_code, again.json()["id"]) == (201, made.pop())


async def test_without_a_key_each_repetition_is_an_event_of_its_own(owner: Person, service: Service) -> None:
    for _ in range(3):
        await make_event(owner, name="Again")
    rows = await service.sql("select count(*) from public.events where org_id = %s", owner.org_id)
    assert rows == [(3,)]


async def test_a_key_used_again_for_something_else_is_refused(owner: Person) -> None:
    headers = key()
    first = await owner.client.post("/api/events", json={"name": "One", "start_date": START}, headers=headers)
    assert first.status_code == 201
    other_body = await owner.client.post("/api/events", json={"name": "Two", "start_date": START}, headers=headers)
    other_operation = await owner.client.post("/api/venues", json={"name": "One"}, headers=headers)
    for answer in (other_body, other_operation):
        assert (answer.status_code, answer.json()["code"]) == (422, "idempotency_key_reused")


async def test_the_same_key_of_another_person_is_another_key(service: Service) -> None:
    headers, body = key(), {"name": "Mine", "start_date": START}
    ada, bob = await service.make_person(), await service.make_person()
    first = await ada.client.post("/api/events", json=body, headers=headers)
    second = await bob.client.post("/api/events", json=body, headers=headers)
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json()["id"] != second.json()["id"]


async def test_while_the_first_request_is_in_flight_its_repetition_is_told_to_wait(
    owner: Person, service: Service
) -> None:
    headers = key()
    place = f"{owner.user_id}/{headers['Idempotency-Key']}"
    body = {"name": "Slow", "start_date": START}
    async with await psycopg.AsyncConnection.connect(service.database.admin_dsn) as first:
        await first.execute("select pg_advisory_xact_lock(hashtextextended(%s, 7235002))", (place,))
        waiting = await owner.client.post("/api/events", json=body, headers=headers)
        assert (waiting.status_code, waiting.json()["retryable"], waiting.headers["Retry-After"]) == (409, True, "1")
    assert (await owner.client.post("/api/events", json=body, headers=headers)).status_code == 201


async def test_a_refused_request_leaves_its_key_unused(owner: Person) -> None:
    headers = key()
    refused = await owner.client.post(
        "/api/ticket-types", json={"event": "Nowhere", "price_amount": 1, "quantity": 1}, headers=headers
    )
    assert refused.status_code == 404
    assert (await owner.client.post("/api/venues", json={"name": "Free again"}, headers=headers)).status_code == 201


@pytest.mark.parametrize("sent", ["", "a" * 256, "tab\tin", "ümlaut".encode("latin-1").decode("latin-1")])
async def test_a_key_that_is_no_key_is_refused(owner: Person, sent: str) -> None:
    headers = {"Idempotency-Key": sent.encode("latin-1")}
    answer = await owner.client.post("/api/venues", json={"name": "x"}, headers=headers)  # type: ignore[arg-type]
    assert (answer.status_code, answer.json()["code"]) == (400, "malformed_request")


async def test_what_belongs_to_another_organisation_is_not_there_and_stays_as_it_is(service: Service) -> None:
    ada, eve = await service.make_person(), await service.make_person()
    event, venue = await make_event(ada), await make_venue(ada)
    ticket_type = await make_ticket_type(ada, event)
    before = await _everything(service, ada)
    attempts = [
        eve.client.get(f"/api/events/{event['id']}"),
        eve.client.patch(f"/api/events/{event['id']}", json={"name": "x"}, headers=version(1)),
        eve.client.put(f"/api/events/{event['id']}", json={"name": "x", "start_date": START}, headers=version(1)),
        eve.client.delete(f"/api/events/{event['id']}", headers=version(1)),
        eve.client.post(f"/api/events/{event['id']}/publish"),
        eve.client.get(f"/api/venues/{venue['id']}"),
        eve.client.delete(f"/api/venues/{venue['id']}", headers=version(1)),
        eve.client.get(f"/api/ticket-types/{ticket_type['id']}"),
        eve.client.patch(f"/api/ticket-types/{ticket_type['id']}", json={"price_amount": 0}, headers=version(1)),
        eve.client.post("/api/ticket-types", json={"event": event["id"], "price_amount": 1, "quantity": 1}),
        eve.client.post("/api/orders", json={"event": event["id"], "quantity": 1, "buyer": "Eve"}),
        eve.client.post("/api/bookings", json={"event": event["id"], "venue": venue["id"]}),
        eve.client.post("/api/sponsors", json={"event": event["id"], "sponsor": "E", "level": "gold", "amount": 1}),
        eve.client.post("/api/events", json={"name": "x", "start_date": START, "venue": venue["id"]}),
        eve.client.post("/api/actions/publish_event", json={"event": event["id"]}),
    ]
    for attempt in attempts:
        answer = await attempt
        assert answer.status_code == 404, f"{answer.request.method} {answer.request.url} {answer.text}"
        assert event["name"] not in answer.text
    assert await _everything(service, ada) == before
    # The negative control: the owner is let in by the same calls.
    assert (await ada.client.get(f"/api/events/{event['id']}")).status_code == 200


async def test_an_organisation_one_does_not_belong_to_is_refused(service: Service) -> None:
    ada, eve = await service.make_person(), await service.make_person()
    for named in (str(ada.org_id), str(uuid4()), "nonsense", "' or true --"):
        answer = await eve.client.get("/api/events", headers={"Greenroom-Organization": named})
        assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")
    own = await eve.client.get("/api/events", headers={"Greenroom-Organization": str(eve.org_id)})
    assert own.status_code == 200


async def test_a_viewer_reads_and_does_not_write(service: Service) -> None:
    owner = await service.make_person()
    viewer = await service.make_person("viewer", owner.org_id)
    event = await make_event(owner)
    assert (await viewer.client.get(f"/api/events/{event['id']}")).status_code == 200
    answer = await viewer.client.post("/api/events", json={"name": "x", "start_date": START})
    assert (answer.status_code, answer.json()["needed_scope"]) == (403, "events:write")


async def test_a_membership_that_ended_counts_no_more_at_the_next_request(service: Service) -> None:
    owner = await service.make_person()
    staff = await service.make_person("staff", owner.org_id)
    assert (await staff.client.get("/api/events")).status_code == 200
    await service.sql("delete from public.memberships where user_id = %s", staff.user_id)
    answer = await staff.client.get("/api/events")
    assert (answer.status_code, answer.json()["reason"]) == (403, "no_organization")


async def _everything(service: Service, person: Person) -> list[object]:
    tables = ("events", "venues", "ticket_types", "orders", "bookings", "sponsorships", "audit", "outbox")
    return [
        await service.sql(f"select to_jsonb(t) from public.{table} t where org_id = %s order by id", person.org_id)
        for table in tables
    ]
