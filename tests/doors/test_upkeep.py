"""What the service does by itself every few seconds."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from api import app as application
from tests.builders import Person, Service, key, make_event, serving
from tests.postgres import ClonedDatabase
from tools.errors import Upstream

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def _sweep(service: Service) -> None:
    for sweep in service.parts.sweeps:
        await sweep()


async def test_the_audit_is_sealed_and_each_seal_leans_on_the_one_before(owner: Person, service: Service) -> None:
    for _ in range(3):
        await make_event(owner)
    await service.sql("update public.audit set at = at - interval '1 minute' where org_id = %s", owner.org_id)
    await _sweep(service)
    seals = await service.sql("select seal from public.audit where org_id = %s order by id", owner.org_id)
    assert len({seal for (seal,) in seals}) == 3
    assert all(seal is not None for (seal,) in seals)


async def test_answers_are_kept_for_repetitions_for_three_days(owner: Person, service: Service) -> None:
    headers, body = key(), {"name": "Kept", "start_date": "2030-01-01T10:00:00Z"}
    first = (await owner.client.post("/api/events", json=body, headers=headers)).json()["id"]
    await service.sql("update public.idempotency_keys set created_at = now() - interval '71 hours'")
    await _sweep(service)
    assert (await owner.client.post("/api/events", json=body, headers=headers)).json()["id"] == first
    await service.sql("update public.idempotency_keys set created_at = now() - interval '73 hours'")
    await _sweep(service)
    assert (await owner.client.post("/api/events", json=body, headers=headers)).json()["id"] != first


async def test_messages_are_forgotten_a_week_after_they_were_passed_on_and_never_before(
    owner: Person, service: Service
) -> None:
    made = [str((await make_event(owner))["id"]) for _ in range(3)]
    for event, passed_on in zip(made, ("8 days", "6 days", None), strict=True):
        await service.sql(
            "update public.outbox set relayed_at = now() - %s::interval where subject_id = %s", passed_on, event
        )
    await _sweep(service)
    kept = await service.sql("select subject_id::text from public.outbox where org_id = %s", owner.org_id)
    assert {event for (event,) in kept} & set(made) == set(made[1:])


async def test_a_sweep_that_fails_ends_neither_the_others_nor_the_next_ones(
    module_database: ClonedDatabase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(application, "SWEEP_SECONDS", 0.01)
    swept = asyncio.Event()
    turns: list[str] = []

    async def unreachable() -> None:
        turns.append("unreachable")
        raise Upstream()

    async def broken() -> None:
        turns.append("broken")
        raise RuntimeError("one bad row")

    async def sound() -> None:
        turns.append("sound")
        if len(turns) >= 6:
            swept.set()

    async with serving(module_database, tmp_path, sweeps=(unreachable, broken, sound)):
        await asyncio.wait_for(swept.wait(), 10)
    assert turns[:6] == ["unreachable", "broken", "sound"] * 2
