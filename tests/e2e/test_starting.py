"""Starting as a new user does: one command, kept data, nothing left behind, recovery by itself."""

from __future__ import annotations

import signal
import socket
import subprocess
from pathlib import Path

import httpx
import pytest

from tests.e2e.running import NotStarted, Running, running

LOGIN = {"email": "organiser@example.com", "password": "greenroom"}


def sign_in(url: str) -> httpx.Client:
    answer = httpx.post(f"{url}/api/auth/login", json=LOGIN)
    assert answer.status_code == 200, answer.text
    return httpx.Client(base_url=url, headers={"Authorization": f"Bearer {answer.json()['access_token']}"})


def postmasters(folder: Path) -> list[str]:
    listed = subprocess.run(["pgrep", "-f", str(folder)], capture_output=True, text=True, check=False)
    return listed.stdout.split()


def test_the_second_start_keeps_its_data_and_sigterm_stops_everything(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    with running(folder) as server:
        client = sign_in(server.url)
        made = client.post("/api/venues", json={"name": "The Attic"})
        assert made.status_code == 201
        assert server.end() == 0
        assert postmasters(folder) == []
        seconds = server.start()
        print(f"the second start took {seconds:.1f} s")
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
    with socket.create_server(("127.0.0.1", 0)) as taken:
        server = Running(tmp_path / "data", port=taken.getsockname()[1])
        with pytest.raises(NotStarted) as refused:
            server.start()
    said = str(refused.value).strip()
    assert str(server.port) in said
    assert len(said.splitlines()) == 1
    assert server.process is not None
    assert server.process.returncode == 1
