"""The buyer's story in Chromium: the shop as it is built, the provider's own pay page, the order's own page; and what it weighs."""

from __future__ import annotations

import gzip
import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.e2e.running import ROOT, running
from tests.e2e.test_starting import sign_in
from tests.tools.files.hostile import picture

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
BUILT = ROOT / "web" / "dist"
HEAVIEST = 100_000
"""Bytes over the wire before a buyer sees the tickets: about a second on a slow phone connection."""


def put_on_sale(organiser: httpx.Client) -> str:
    def made(path: str, **values: Any) -> Any:
        answer = organiser.post(path, json=values)
        assert answer.status_code < 300, answer.text
        return answer.json()

    event = made("/api/events", name="Summer Stage", start_date="2031-06-11T16:00:00+02:00")["id"]
    made("/api/ticket-types", event=event, name="Weekend", price_amount=12_900, quantity=50, fee_amount=250)
    poster = {"kind": "event_poster", "name": "stage.png", "event": event}
    assert organiser.post("/api/uploads", params=poster, content=picture("PNG", 1200, 700)).status_code == 201
    made("/api/promo-codes", event=event, code="QUAY20", percent_basis_points=2000, label="For neighbours")
    made(f"/api/events/{event}/publish")
    return str(event)


@pytest.mark.browser
@pytest.mark.timeout(240)
def test_a_buyer_chooses_pays_and_sees_the_tickets(tmp_path: Path) -> None:
    assert CHROMIUM, "the browser story needs Chromium: sudo apt-get install chromium"
    with running(tmp_path / "data") as server:
        organiser = sign_in(server.url)
        event = put_on_sale(organiser)
        told = subprocess.run(
            ["node", "tests/shop-story.mjs"],
            cwd=ROOT / "web",
            env=os.environ | {
                "BASE_URL": server.url, "EVENT": event, "CODE": "QUAY20", "TYPE": "Weekend", "CHROMIUM": CHROMIUM,
                "SHOTS": str(tmp_path / "shots"),
            },
            capture_output=True, text=True, timeout=200, check=False,
        )  # fmt: skip
        (order,) = organiser.get("/api/orders", params={"event": event}).json()["items"]
    steps = [json.loads(line) for line in told.stdout.splitlines() if line.startswith("{")]
    assert told.returncode == 0, f"{steps}\n{told.stderr}"
    assert [step["step"] for step in steps][-1] == "own-page"
    # (129.00 less a fifth, and 2.50) twice, paid once although the page was reloaded on the way.
    assert (order["status"], order["total_amount"], order["paid_amount"]) == ("paid", 21_140, 21_140)


def test_the_shop_weighs_less_than_a_hundred_kilobytes() -> None:
    page = (BUILT / "shop.html").read_text()
    weights = {"shop.html": len(gzip.compress(page.encode()))}
    pending = re.findall(r'(?:src|href)="/(assets/[^"]+)"', page)
    assert any(name.endswith(".css") for name in pending)
    while pending:
        name = pending.pop()
        if name in weights:
            continue
        text = (BUILT / name).read_text()
        weights[name] = len(gzip.compress(text.encode()))
        # What a script imports without being asked is loaded with it.
        pending += [f"assets/{found}" for found in re.findall(r'(?:from|import)\s*"\./([^"]+\.js)"', text)]
    print(f"the shop: {sum(weights.values()):,} bytes, {weights}")
    assert sum(weights.values()) < HEAVIEST
    assert "copilot" not in page.lower()
