"""Fifty people and secrets go through every door, and none of them is in what operators read: logs, metrics and traces."""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path
from urllib.parse import unquote_plus

from tests.postgres import ClonedDatabase
from tests.privacy.holdings import places_of
from tests.privacy.singing import CONTROL

ROOT = Path(__file__).parents[2]


async def test_no_canary_sings_in_logs_metrics_or_traces(database: ClonedDatabase, tmp_path: Path) -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.privacy.singing", str(tmp_path), database.dsn, database.admin_dsn,
        cwd=ROOT, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    printed = (await process.communicate())[0].decode()
    assert process.returncode == 0, printed[-2000:]
    canaries, metrics = json.loads((tmp_path / "canaries").read_text()), (tmp_path / "metrics").read_text()
    assert len(canaries) >= 50

    assert CONTROL in printed, "control: what a library logs is seen here"
    assert '"event":"request"' in printed, "control: and what the service logs"
    assert "_total" in metrics
    traces = (tmp_path / "traces").read_text()
    assert "/api/orders" in traces, "control: requests are traced"
    for where in (printed, metrics, traces):
        assert [canary for canary in canaries if canary.lower() in unquote_plus(where).lower() + where.lower()] == []

    kept = places_of(database.admin_dsn, canaries)
    assert "public.orders.buyer_name" in kept, "control: what is not sealed (decision 0019) is found in a copy"
    assert places_of(database.admin_dsn, [canary for canary in canaries if "@" in canary]) == set()
    assert (
        kept & {"public.orders.billing_address", "public.mails.body", "public.mails.html", "public.erasures.terms"}
        == set()
    )
