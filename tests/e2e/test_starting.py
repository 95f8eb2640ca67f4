"""Starting as a new user does: one command, kept data, nothing left behind, recovery by itself."""

from __future__ import annotations

import signal
import subprocess
from pathlib import Path

import httpx

from tests.e2e.running import Running, running

LOGIN = {"email": "organiser@example.com", "password": "greenroom"}


def sign_in(url: str) -> httpx.Client:
    answer = httpx.post(f"{url}/api/auth/login", json=LOGIN)
    assert answer.status_code == 200, answer.text
    return httpx.Client(base_url=url, headers={"Authorization": f"Bearer {answer.json()['access_token']}"})


def postmasters(folder: Path) -> list[str]:
    listed = subprocess.run(["pgrep", "-f", str(folder)], capture_output=True, text=True, check=False)
    return listed.stdout.split()


def test_the_second_start_is_quick_keeps_its_data_and_sigterm_stops_everything(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    with running(folder) as server:
        client = sign_in(server.url)
        made = client.post("/api/venues", json={"name": "The Attic"})
        assert made.status_code == 201
        assert server.end() == 0
        assert postmasters(folder) == []
        seconds = server.start()
        assert seconds < 5
        names = [venue["name"] for venue in sign_in(server.url).get("/api/venues").json()["items"]]
        assert names == ["Blue Room", "Grand Hall", "Harbour Stage", "Loft 21", "The Attic"]


def test_after_kill_nine_the_next_start_recovers_by_itself(tmp_path: Path) -> None:
    server = Running(tmp_path / "data")
    server.start()
    try:
        client = sign_in(server.url)
        acknowledged = [client.post("/api/venues", json={"name": f"Attic {n}"}).json()["id"] for n in range(5)]
        server.end(signal.SIGKILL)
        server.start()
        found = {venue["id"] for venue in sign_in(server.url).get("/api/venues").json()["items"]}
        assert set(acknowledged) <= found
    finally:
        server.end()


def test_a_taken_port_is_said_in_one_sentence(tmp_path: Path) -> None:
    with running(tmp_path / "one") as first:
        second = Running(tmp_path / "two", port=first.port)
        try:
            second.start()
        except AssertionError as stopped:
            said = str(stopped).strip().splitlines()
            assert str(first.port) in said[0]
            assert "Traceback" not in str(stopped)
        else:
            raise AssertionError("two servers on one port")
