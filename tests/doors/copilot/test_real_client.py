"""The page's own AG-UI client reads our streams without a complaint."""

from __future__ import annotations

import asyncio
import json
import shutil
from pathlib import Path

from tests.agent.victim import organiser
from tests.doors.copilot.visitor import open_door, visit
from tests.office import Office
from tests.postgres import ClonedDatabase

SCRIPT = Path(__file__).with_name("client.mjs")


async def test_the_pages_client_understands_a_turn_and_its_question(office: Office, database: ClonedDatabase) -> None:
    node = shutil.which("node")
    assert node, "Node 20 or newer is needed, and `npm install` in web/"
    async with open_door(office, database, organiser()) as door, visit(door, office) as [visitor]:
        address = str(visitor.client.base_url).removesuffix("/api/copilotkit/")
        client = await asyncio.create_subprocess_exec(
            node, str(SCRIPT), address, str(office.caller.user_id), visitor.thread, stdout=asyncio.subprocess.PIPE
        )
        out, _ = await client.communicate()
    assert client.returncode == 0
    told = json.loads(out)
    assert told["failures"] == []
    assert [message["role"] for message in told["messages"]] == ["user", "assistant", "tool"]
    assert told["messages"][1]["content"] == "I set it up."
    assert told["messages"][1]["toolCalls"][0]["function"]["name"] == "create_event"
    assert json.loads(told["messages"][2]["content"])["proposal"]["status"] == "proposed"
    assert len(told["asked"]) == len(told["still"]) == 1
    assert told["state"]["waiting"] == json.loads(told["messages"][2]["content"])["proposal"]["id"]
