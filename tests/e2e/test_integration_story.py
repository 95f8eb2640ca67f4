"""An integration proposes over MCP; the person follows its link in Chromium and approves; the integration sees it done."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import httpx2
import pytest
from mcp import Client
from mcp.client.streamable_http import streamable_http_client

from tests.e2e.running import ROOT, running
from tests.e2e.test_starting import sign_in

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
EVENT = {"name": "Proposed over MCP", "start_date": "2031-02-12T20:00:00+01:00"}


async def told(url: str, token: str, tool: str, arguments: dict[str, Any]) -> dict[str, Any]:
    async with (
        httpx2.AsyncClient(headers={"Authorization": f"Bearer {token}"}, timeout=60) as http,
        Client(streamable_http_client(f"{url}/mcp", http_client=http)) as client,
    ):
        answer = await client.call_tool(tool, arguments)
    assert not answer.is_error, answer
    found: dict[str, Any] = answer.structured_content
    return found


@pytest.mark.long
@pytest.mark.browser
@pytest.mark.timeout(240)
def test_what_an_integration_proposes_a_person_approves_in_the_page(tmp_path: Path) -> None:
    assert CHROMIUM, "the browser story needs Chromium: sudo apt-get install chromium"
    with running(tmp_path / "data") as server:
        organiser = sign_in(server.url)
        key = organiser.post("/api/api-keys", json={"name": "A colleague's agent", "role": "staff"})
        assert key.status_code == 201, key.text
        token = key.json()["key"]
        card = asyncio.run(told(server.url, token, "create_event", EVENT))
        before = organiser.get("/api/events", params={"query": EVENT["name"]}).json()["items"]
        story = subprocess.run(
            ["node", "tests/approval-story.mjs"],
            cwd=ROOT / "web",
            env=os.environ | {"LINK": card["approve_at"], "CHROMIUM": CHROMIUM, "SHOTS": str(tmp_path / "shots")},
            capture_output=True, text=True, timeout=200, check=False,
        )  # fmt: skip
        became = asyncio.run(told(server.url, token, "get_proposal", {"proposal": card["proposal_id"]}))
        after = organiser.get("/api/events", params={"query": EVENT["name"]}).json()["items"]
    steps = [json.loads(line) for line in story.stdout.splitlines() if line.startswith("{")]
    assert story.returncode == 0, f"{steps}\n{story.stderr}"
    assert [step["ok"] for step in steps] == [True] * 3
    assert became["status"] == "applied"
    assert (len(before), len(after)) == (0, 1)
