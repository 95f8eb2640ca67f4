"""Approvals survive kill -9 of the server: each is applied exactly once, none that was acknowledged is lost."""

from __future__ import annotations

import asyncio
import random
from pathlib import Path
from typing import Any

import httpx
import psycopg
import pytest

from tests.builders import serving
from tests.chaos.victim import Victim
from tests.postgres import ClonedDatabase


async def _approve_until_decided(client: httpx.AsyncClient, proposal: dict[str, Any], acknowledged: set[str]) -> None:
    """As a page would: on a dropped connection it asks again, until the proposal is applied or said to be decided."""
    for _ in range(2000):
        try:
            answer = await client.post(f"/api/proposals/{proposal['id']}/approve", json={"digest": proposal["digest"]})
        except httpx.TransportError:
            await asyncio.sleep(0.05)
            continue
        if answer.status_code == 200:
            acknowledged.add(proposal["id"])
            return
        if answer.status_code == 409 and answer.json()["code"] == "proposal_already_decided":
            return
        assert answer.status_code >= 500, answer.text
        await asyncio.sleep(0.05)
    raise AssertionError("never decided")


@pytest.mark.timeout(240)
@pytest.mark.parametrize(("approvals", "kills"), [(30, 2), pytest.param(200, 10, marks=pytest.mark.long)])
async def test_approvals_under_kills_are_each_applied_once(
    database: ClonedDatabase, tmp_path: Path, approvals: int, kills: int
) -> None:
    async with serving(database, tmp_path) as service:
        person = await service.make_person("owner")
        made = await asyncio.gather(*(_propose(person.client, number) for number in range(approvals)))
    victim = Victim(database, tmp_path)
    acknowledged: set[str] = set()
    await victim.start()
    queue = list(made)

    async def approver() -> None:
        async with httpx.AsyncClient(
            base_url=victim.url, headers={"Authorization": f"Bearer {person.token}"}
        ) as client:
            while queue:
                await _approve_until_decided(client, queue.pop(), acknowledged)

    approvers = [asyncio.create_task(approver()) for _ in range(4)]
    killed = 0
    try:
        while killed < kills:
            before = len(queue)
            while before - len(queue) < approvals // (kills + 1) and queue:
                await asyncio.sleep(0.002)
            await asyncio.sleep(random.uniform(0, 0.02))
            victim.kill()
            killed += 1
            await victim.start()
        await asyncio.gather(*approvers)
        await _all_settled(database)
    finally:
        victim.end()
    with psycopg.connect(database.admin_dsn) as connection:
        statuses = connection.execute("select status, count(*) from public.proposals group by status").fetchall()
        venues = connection.execute("select name, count(*) from public.venues group by name").fetchall()
        applied = {
            str(row[0]) for row in connection.execute("select id from public.proposals where status = 'applied'")
        }
    assert statuses == [("applied", approvals)]
    assert sorted(venues) == sorted((f"Venue {number}", 1) for number in range(approvals))
    assert acknowledged <= applied
    print(
        f"{approvals} approvals, {killed} kills: {len(applied)} applied once, {len(acknowledged)} acknowledged, 0 lost"
    )


async def _propose(client: httpx.AsyncClient, number: int) -> dict[str, Any]:
    steps = [{"operation": "create_venue", "input": {"name": f"Venue {number}"}}]
    answer = await client.post("/api/proposals", json={"steps": steps})
    assert answer.status_code == 201, answer.text
    proposal: dict[str, Any] = answer.json()
    return proposal


async def _all_settled(database: ClonedDatabase) -> None:
    """The sweep applies within seconds what a kill left between approval and application."""
    async with await psycopg.AsyncConnection.connect(database.admin_dsn, autocommit=True) as connection:
        for _ in range(400):
            cursor = await connection.execute("select count(*) from public.proposals where status <> 'applied'")
            if await cursor.fetchone() == (0,):
                return
            await asyncio.sleep(0.05)
