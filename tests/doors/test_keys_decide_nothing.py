"""Over REST and MCP: a key and a program propose, and neither decides, replaces nor rewrites what others proposed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import httpx
import pytest

from tests.builders import Person, Service, made
from tests.doors.listening import listening
from tests.doors.test_mcp import connected, refusal, said

pytestmark = pytest.mark.asyncio(loop_scope="module")

STEPS = [{"operation": "create_venue", "input": {"name": "Hall"}}]


@pytest.fixture
async def program(service: Service, owner: Person) -> Person:
    """A key of the owner's organisation, with the rights of an admin."""
    key = (await made(owner.client.post("/api/api-keys", json={"name": "Robot", "role": "admin"})))["key"]
    client = httpx.AsyncClient(
        transport=owner.client._transport, base_url=owner.client.base_url, headers={"Authorization": f"Bearer {key}"}
    )
    return replace(owner, token=key, client=client)


async def proposed(person: Person, **more: Any) -> dict[str, Any]:
    return await made(person.client.post("/api/proposals", json={"steps": STEPS} | more))


async def test_over_rest(service: Service, owner: Person, program: Person) -> None:
    of_person, of_key = await proposed(owner), await proposed(program)
    asked: list[tuple[str, str, dict[str, Any]]] = [
        ("POST", f"/api/proposals/{of_person['id']}/reject", {}),
        ("POST", f"/api/proposals/{of_key['id']}/reject", {}),
        ("POST", f"/api/proposals/{of_key['id']}/approve", {"digest": of_key["digest"]}),
        ("PATCH", f"/api/proposals/{of_person['id']}", {"steps": STEPS}),
        ("POST", "/api/proposals", {"steps": STEPS, "replaces": of_person["id"]}),
    ]
    for method, path, body in asked:
        headers = {"If-Match": f'"{of_person["version"]}"'} if method == "PATCH" else {}
        answer = await program.client.request(method, path, json=body, headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (403, "forbidden"), path
    for each in (of_person, of_key):
        assert (await owner.client.get(f"/api/proposals/{each['id']}")).json()["status"] == "proposed"
    own = await program.client.patch(
        f"/api/proposals/{of_key['id']}", json={"steps": STEPS}, headers={"If-Match": f'"{of_key["version"]}"'}
    )
    assert own.status_code == 200, own.text
    assert (await proposed(program, replaces=of_key["id"]))["replaces"] == of_key["id"]


async def test_over_mcp(service: Service, owner: Person, program: Person) -> None:
    of_person = await proposed(owner)
    wish = {"steps": STEPS, "replaces": of_person["id"]}
    async with listening(service) as origin:
        for who in (owner, program):
            async with connected(f"{origin}/mcp", who) as client:
                assert refusal(await client.call_tool("propose", wish))["code"] == "forbidden"
                card = said(await client.call_tool("propose", {"steps": STEPS}))
                again = await client.call_tool("propose", wish | {"replaces": card["proposal_id"]})
                assert said(again)["status"] == "proposed"
    assert (await owner.client.get(f"/api/proposals/{of_person['id']}")).json()["status"] == "proposed"
