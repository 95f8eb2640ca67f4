"""Coming, going and being stopped, over the wire; keys as bearers."""

from __future__ import annotations

import asyncio
from uuid import uuid4

import pytest
import pytest_asyncio

from tests.builders import PASSWORD, Person, Service, make_event, make_ticket_type
from tools.shop.reading import SHOWN_SECONDS

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(loop_scope="module")
async def rival(service: Service) -> Person:
    return await service.make_person("owner")


def bearer(key: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {key}"}


async def test_a_key_is_a_bearer_of_rest_and_not_of_the_chat(owner: Person, service: Service) -> None:
    made = (await owner.client.post("/api/api-keys", json={"name": "Website", "role": "viewer"})).json()
    assert made["key"].startswith("gr_")
    listed = await owner.client.get("/api/events", headers=bearer(made["key"]))
    assert listed.status_code == 200
    write = await owner.client.post(
        "/api/events", json={"name": "No", "start_date": "2030-01-01T10:00:00Z"}, headers=bearer(made["key"])
    )
    assert (write.status_code, write.json()["code"]) == (403, "forbidden")
    chat = await owner.client.post("/api/copilotkit/agent/organizer/run", json={}, headers=bearer(made["key"]))
    assert chat.status_code in (403, 404)
    foreign = await owner.client.get(
        "/api/events", headers=bearer(made["key"]) | {"Greenroom-Organization": "00000000-0000-4000-8000-000000000000"}
    )
    assert foreign.status_code == 403


async def test_a_key_that_is_not_ours_is_401_and_counts_against_the_address(owner: Person) -> None:
    answers = [
        await owner.client.get("/api/events", headers=bearer(text)) for text in ("gr_", "gr_" + "A" * 66, "gr_x y")
    ]
    assert {answer.status_code for answer in answers} == {401}
    assert all('"stranger"' in answer.headers["ratelimit"] for answer in answers)


async def test_who_was_invited_accepts_over_the_wire(owner: Person, rival: Person, service: Service) -> None:
    ((address,),) = await service.sql("select email from auth.users where id = %s", rival.user_id)
    invited = (await owner.client.post("/api/invitations", json={"email": address, "role": "viewer"})).json()
    token = invited["link"].partition("invitation=")[2]
    path = f"/api/auth/invitations/{token}"
    assert (await rival.client.get(path)).json()["role"] == "viewer"
    assert (await owner.client.post(path)).status_code == 404
    joined = await rival.client.post(path)
    assert joined.json()["organization_id"] == str(owner.org_id)
    there = {"Greenroom-Organization": str(owner.org_id)}
    assert (await rival.client.get("/api/organization", headers=there)).json()["role"] == "viewer"
    leave = f"/api/auth/organizations/{owner.org_id}/leave"
    assert (await rival.client.post(leave)).status_code == 204
    assert (await rival.client.get("/api/organization", headers=there)).status_code == 403
    assert (await rival.client.post(leave)).status_code == 404
    last = await owner.client.post(leave)
    assert (last.status_code, last.json()["code"]) == (409, "last_owner")


async def test_who_signs_up_to_join_comes_with_their_name_and_without_an_organisation_of_their_own(
    owner: Person, service: Service
) -> None:
    email = f"kim-{uuid4()}@example.org"
    invited = (await owner.client.post("/api/invitations", json={"email": email, "role": "staff"})).json()
    account = {"email": email, "password": PASSWORD, "name": "Kim"}
    signed_up = await service.stranger.post("/api/auth/signup", json=account)
    newcomer = service.client(signed_up.json()["access_token"])
    assert (await newcomer.get("/api/auth/me")).json()["organizations"] == []
    token = invited["link"].partition("invitation=")[2]
    assert (await newcomer.post(f"/api/auth/invitations/{token}")).status_code == 200
    listed = (await owner.client.get("/api/members")).json()["items"]
    assert {(member["name"], member["role"]) for member in listed} >= {("Kim", "staff")}


async def test_somebody_founds_a_further_organisation_and_works_in_both(owner: Person) -> None:
    refused = await owner.client.post("/api/auth/organizations", json={"name": "Nowhere", "timezone": "Mars/Base"})
    assert (refused.status_code, refused.json()["code"]) == (422, "invalid_input")
    made = await owner.client.post("/api/auth/organizations", json={"name": "Second Stage", "currency": "SEK"})
    assert (made.status_code, made.json()["role"], made.json()["currency"]) == (201, "owner", "SEK")
    there = {"Greenroom-Organization": made.json()["id"]}
    assert (await owner.client.get("/api/organization", headers=there)).json()["name"] == "Second Stage"
    me = (await owner.client.get("/api/auth/me")).json()
    assert me["organization"]["id"] == str(owner.org_id)
    assert [each["name"] for each in me["organizations"]][1:] == ["Second Stage"]
    key = (await owner.client.post("/api/api-keys", json={"name": "Founder", "role": "admin"})).json()["key"]
    by_key = await owner.client.post("/api/auth/organizations", json={"name": "A key's"}, headers=bearer(key))
    assert by_key.status_code == 403


async def test_the_platform_stops_an_organisation_and_lets_it_go_on(
    owner: Person, rival: Person, service: Service
) -> None:
    event = await make_event(owner)
    path = f"/api/platform/organizations/{owner.org_id}"
    assert (await rival.client.get("/api/platform/organizations")).status_code == 403
    assert (await rival.client.post(f"{path}/suspend", json={"reason": "Fraud"})).status_code == 403
    await service.sql("insert into public.platform_admins (user_id) values (%s)", rival.user_id)
    assert (await owner.client.post(f"/api/events/{event['id']}/publish")).status_code == 200
    public = f"/api/public/events/{event['id']}"
    assert (await rival.client.get(public)).status_code == 200
    assert (await rival.client.post(f"{path}/suspend", json={"reason": "Fraud"})).status_code == 204
    assert (await owner.client.get("/api/events")).status_code == 200
    refused = await owner.client.post("/api/events", json={"name": "No", "start_date": "2030-01-01T10:00:00Z"})
    assert (refused.status_code, refused.json()["reason"]) == (403, "suspended")
    me = (await owner.client.get("/api/auth/me")).json()
    assert (me["organization"]["suspended_reason"], "events:write" in me["scopes"]) == ("Fraud", False)
    listed = (await rival.client.get("/api/platform/organizations", params={"query": str(owner.org_id)})).json()[
        "items"
    ]
    assert [item["suspended_reason"] for item in listed] == ["Fraud"]
    assert (await rival.client.post(f"{path}/resume")).status_code == 204
    await make_event(owner)
    told = await service.sql(
        "select operation from public.audit where org_id = %s and actor_id = %s", owner.org_id, rival.user_id
    )
    assert {"suspend_organization", "resume_organization"} <= {operation for (operation,) in told}
    await service.sql("delete from public.platform_admins where user_id = %s", rival.user_id)


async def test_the_shop_of_a_stopped_organisation_is_closed(owner: Person, service: Service) -> None:
    event = await make_event(owner)
    ticket_type = await make_ticket_type(owner, event)
    await owner.client.post(f"/api/events/{event['id']}/publish")
    await service.sql(
        "update public.organizations set suspended_at = now(), suspended_reason = 'Fraud' where id = %s", owner.org_id
    )
    public = f"/api/public/events/{event['id']}"
    wish = {"event": event["id"], "items": [{"ticket_type": ticket_type["id"], "quantity": 1}]}
    assert (await service.stranger.get(public)).status_code == 404
    assert (await service.stranger.post("/api/public/holds", json=wish)).status_code == 404
    await service.sql(
        "update public.organizations set suspended_at = null, suspended_reason = null where id = %s", owner.org_id
    )
    await asyncio.sleep(SHOWN_SECONDS)
    assert (await service.stranger.post("/api/public/holds", json=wish)).status_code == 201
