"""Any operation by its name, and what it would do before it does it."""

from __future__ import annotations

import pytest

from tests.builders import START, Person, Service, key, make_event

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_every_operation_is_listed_with_its_schemas_and_its_effect(service: Service) -> None:
    listed = (await service.stranger.get("/api/actions")).json()["items"]
    assert [each["name"] for each in listed] == list(service.parts.greenroom.catalog)
    by_name = {each["name"]: each for each in listed}
    assert by_name["sell_tickets"]["effect"] == "money"
    assert "quantity" in by_name["sell_tickets"]["input"]["properties"]
    assert not by_name["list_events"]["proposable"]


async def test_an_operation_called_by_name_answers_what_its_address_answers(owner: Person) -> None:
    event = await make_event(owner)
    by_name = await owner.client.post("/api/actions/get_event", json={"event": event["id"]})
    by_address = await owner.client.get(f"/api/events/{event['id']}")
    assert by_name.status_code == 200
    assert by_name.json() == by_address.json()


async def test_a_call_by_name_keeps_its_promise_about_keys(owner: Person) -> None:
    headers, body = key(), {"name": "By name", "start_date": START}
    first = await owner.client.post("/api/actions/create_event", json=body, headers=headers)
    second = await owner.client.post("/api/actions/create_event", json=body, headers=headers)
    assert first.json()["id"] == second.json()["id"]


async def test_a_preview_shows_the_rows_and_the_money_and_writes_nothing(owner: Person, service: Service) -> None:
    event = await make_event(owner, name="Gala")
    before = [
        await service.count(table) for table in ("ticket_types", "proposals", "audit", "outbox", "proposal_changes")
    ]
    body = {"event": event["id"], "name": "Balcony", "price_amount": 2500, "quantity": 10}
    answer = await owner.client.post("/api/actions/create_ticket_type?preview=true", json=body)
    preview = answer.json()
    assert (answer.status_code, preview["ok"]) == (200, True)
    assert {change["table"] for change in preview["steps"][0]["changes"]} >= {"ticket_types"}
    after = [
        await service.count(table) for table in ("ticket_types", "proposals", "audit", "outbox", "proposal_changes")
    ]
    assert after == before
    # The negative control: without preview the same call writes.
    assert (await owner.client.post("/api/actions/create_ticket_type", json=body)).status_code == 200
    assert await service.count("ticket_types") == before[0] + 1


async def test_a_preview_of_what_can_not_be_says_why(owner: Person) -> None:
    body = {"event": "Nowhere", "quantity": 1, "buyer": "Ada"}
    preview = (await owner.client.post("/api/actions/sell_tickets?preview=true", json=body)).json()
    assert (preview["ok"], preview["steps"][0]["error"]["code"]) == (False, "not_found")


async def test_what_changes_nothing_has_no_preview(owner: Person) -> None:
    answer = await owner.client.post("/api/actions/list_events?preview=true", json={})
    assert (answer.status_code, answer.json()["code"]) == (409, "nothing_to_preview")


async def test_an_operation_that_does_not_exist_is_not_found(owner: Person) -> None:
    for name in ("nothing", "__init__", "create_event%00", "a" * 300):
        answer = await owner.client.post(f"/api/actions/{name}", json={})
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


async def test_the_name_alone_gives_no_right(service: Service) -> None:
    owner = await service.make_person()
    viewer = await service.make_person("viewer", owner.org_id)
    body = {"name": "x", "start_date": START}
    for path in ("/api/actions/create_event", "/api/actions/create_event?preview=true"):
        answer = await viewer.client.post(path, json=body)
        text = answer.text
        assert answer.status_code == 403 or '"code":"forbidden"' in text
    assert (await owner.client.get("/api/events")).json()["items"] == []
