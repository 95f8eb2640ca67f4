"""The ticket office in Chromium: an unpaid order is found and paid, a ticket of another goes back less a fee."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.running import ROOT, running
from tests.e2e.test_starting import sign_in

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")


@pytest.mark.browser
@pytest.mark.timeout(240)
def test_an_organiser_takes_a_payment_and_gives_a_ticket_back(tmp_path: Path) -> None:
    assert CHROMIUM, "the browser story needs Chromium: sudo apt-get install chromium"
    with running(tmp_path / "data") as server:
        organiser = sign_in(server.url)

        def made(path: str, **values: Any) -> Any:
            answer = organiser.post(path, json=values)
            assert answer.status_code < 300, answer.text
            return answer.json()

        event = made("/api/events", name="Winter Stage", start_date="2031-02-12T20:00:00+01:00")["id"]
        made("/api/ticket-types", event=event, name="General", price_amount=2500, quantity=50)
        made(f"/api/events/{event}/publish")
        sale = {"event": event, "ticket_type": "General", "quantity": 2}
        unpaid = made("/api/orders", **sale, buyer="Bob <bob@example.com>")
        paid = made("/api/orders", **sale, buyer="Ann <ann@example.com>", payment_method="card")
        told = subprocess.run(
            ["node", "tests/office-story.mjs"],
            cwd=ROOT / "web",
            env=os.environ | {
                "BASE_URL": server.url, "ORDER": unpaid["number"], "PAID": paid["number"], "CHROMIUM": CHROMIUM,
                "SHOTS": str(tmp_path / "shots"),
            },
            capture_output=True, text=True, timeout=200, check=False,
        )  # fmt: skip
        after = {number: organiser.get(f"/api/orders/{number}").json() for number in (unpaid["number"], paid["number"])}
    steps = [json.loads(line) for line in told.stdout.splitlines() if line.startswith("{")]
    assert told.returncode == 0, f"{steps}\n{told.stderr}"
    assert [step["step"] for step in steps][-1] == "no-faults"
    assert (after[unpaid["number"]]["status"], after[unpaid["number"]]["owed_amount"]) == ("paid", 0)
    # One of two tickets of 25.00 goes back, 5.00 of it is kept.
    assert (after[paid["number"]]["refunded_amount"], after[paid["number"]]["owed_amount"]) == (2000, 0)
