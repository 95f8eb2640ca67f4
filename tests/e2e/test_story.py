"""The organiser's story in Chromium, on the page as it is built and the service as it is started."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.e2e.running import ROOT, running

JAZZ_NIGHT = "Create a jazz night on 12 December 7pm at the Blue Room, 150 tickets at 25 euros, then add Yamaha as gold sponsor for 5000"
CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")


@pytest.mark.browser
@pytest.mark.timeout(240)
def test_an_organiser_chats_edits_approves_reloads_and_undoes(tmp_path: Path) -> None:
    assert CHROMIUM, "the browser story needs Chromium: sudo apt-get install chromium"
    with running(tmp_path / "data") as server:
        told = subprocess.run(
            ["node", "tests/story.mjs"],
            cwd=ROOT / "web",
            env=os.environ | {"BASE_URL": server.url, "CHROMIUM": CHROMIUM, "SHOTS": str(tmp_path / "shots"), "FIRST_REQUEST": JAZZ_NIGHT},
            capture_output=True, text=True, timeout=200, check=False,
        )  # fmt: skip
    steps = [json.loads(line) for line in told.stdout.splitlines() if line.startswith("{")]
    assert told.returncode == 0, f"{steps}\n{told.stderr}"
    assert len(steps) > 5
    assert all(step["ok"] for step in steps)
