"""Webhooks over REST: the secret in one answer, versions, refusals that say what to do, and nobody else's."""

from __future__ import annotations

import pytest

from tests.builders import Person, Service, key, version

pytestmark = pytest.mark.asyncio(loop_scope="module")

URL = "https://crm.example.net/news"


async def test_a_webhook_is_made_changed_tested_rotated_and_deleted(owner: Person) -> None:
    repeated = key()
    made = await owner.client.post("/api/webhooks", json={"url": URL, "kinds": ["order.paid"]}, headers=repeated)
    again = await owner.client.post("/api/webhooks", json={"url": URL, "kinds": ["order.paid"]}, headers=repeated)
    assert made.status_code == 201
    assert made.json() == again.json()
    assert made.json()["secret"].startswith("whsec_")
    place = f"/api/webhooks/{made.json()['id']}"
    shown = await owner.client.get(place)
    assert "secret" not in shown.json()
    assert shown.json()["kinds"] == ["order.paid"]
    assert (await owner.client.patch(place, json={"kinds": []})).status_code == 428
    changed = await owner.client.patch(place, json={"kinds": []}, headers=version(1))
    assert (changed.status_code, changed.json()["kinds"], changed.json()["version"]) == (200, [], 2)
    sent = await owner.client.post(f"{place}/test", json={}, headers=key())
    assert (sent.status_code, sent.json()["status"]) == (202, "waiting")
    log = (await owner.client.get(f"{place}/deliveries")).json()["items"]
    assert [delivery["id"] for delivery in log] == [sent.json()["id"]]
    redelivered = await owner.client.post(f"/api/webhook-deliveries/{log[0]['id']}/redeliver", json={}, headers=key())
    assert redelivered.status_code == 202
    rotated = await owner.client.post(f"{place}/rotate-secret", json={}, headers=key())
    assert rotated.json()["secret"] not in ("", made.json()["secret"])
    assert (await owner.client.delete(place, headers=version(3))).status_code == 200
    assert (await owner.client.get("/api/webhooks")).json()["items"] == []


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"url": "http://127.0.0.1:8000/"}, "webhook_address"),
        ({"url": "https://169.254.169.254/latest"}, "webhook_address"),
        ({"url": "https://crm.example.net/", "kinds": ["order.invented"]}, "invalid_input"),
        ({"url": "https://crm.example.net/", "secret": "whsec_mine"}, "invalid_input"),
        ({"url": "https://crm.example.net/", "active": "yes"}, "invalid_input"),
        ({"url": "https://crm.example.net/" + "x" * 1_000_000}, "too_large"),
        ({}, "invalid_input"),
    ],
)
async def test_what_is_refused_says_why_and_makes_nothing(owner: Person, body: dict[str, object], code: str) -> None:
    answer = await owner.client.post("/api/webhooks", json=body, headers=key())
    assert (answer.status_code in (413, 422), answer.json()["code"]) == (True, code)
    assert (await owner.client.get("/api/webhooks")).json()["items"] == []


async def test_staff_is_refused_and_a_stranger_finds_nothing(service: Service, owner: Person) -> None:
    made = (await owner.client.post("/api/webhooks", json={"url": URL}, headers=key())).json()
    stranger = await service.make_person("owner")
    for path in (f"/api/webhooks/{made['id']}", f"/api/webhooks/{made['id']}/deliveries"):
        assert (await stranger.client.get(path)).status_code == 404
    answer = await stranger.client.delete(f"/api/webhooks/{made['id']}", headers=version(1))
    assert answer.status_code == 404
    staff = await service.make_person("staff")
    assert (await staff.client.get("/api/webhooks")).status_code == 403
