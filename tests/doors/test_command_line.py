"""The command line as an operator meets it: a whole service on one machine, and one sentence when it can not start."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from tests.postgres_keeper import ROOT

_READY_WITHIN_SECONDS = 90.0
LOGIN = {"email": "organiser@example.com", "password": "greenroom"}


def _environment(folder: Path, **settings: str) -> dict[str, str]:
    return {**os.environ, "GREENROOM_DATA": str(folder), "PORT": "0", **settings}


def _run(folder: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "api", *arguments],
        cwd=ROOT,
        env=_environment(folder, **settings),
        capture_output=True,
        text=True,
        timeout=_READY_WITHIN_SECONDS,
    )


@contextmanager
def _served(folder: Path) -> Iterator[tuple[str, subprocess.Popen[str], list[str]]]:
    """A service started as `make run` does: its address, its process, and what it said."""
    process = subprocess.Popen(
        [sys.executable, "-m", "api", "serve"],
        cwd=ROOT,
        env=_environment(folder),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout
        said: list[str] = []
        until = time.monotonic() + _READY_WITHIN_SECONDS
        while time.monotonic() < until and not any("kept in" in line for line in said):
            line = process.stdout.readline()
            if not line:
                raise AssertionError(process.stderr.read() if process.stderr else "")
            said.append(line)
        yield next(line.split()[-1] for line in said if "runs on" in line), process, said
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()


def test_a_first_start_makes_a_demo_to_sign_in_to_and_a_second_one_keeps_everything(tmp_path: Path) -> None:
    with _served(tmp_path) as (url, process, said):
        assert any(LOGIN["email"] in line and LOGIN["password"] in line for line in said)
        events = _events(url)
        assert events
        assert httpx.get(f"{url}/api/copilotkit/info").status_code == 401
        assert httpx.get(f"{url}/api/copilotkit/info", headers=_signed_in(url)).status_code == 200
        health = httpx.get(f"{url}/healthz").json()
        assert (health["demo"], health["model"]["provider"]) == (True, "rules")
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0
        assert process.stderr
        assert process.stderr.read() == ""
    assert not _postgres_of(tmp_path)
    for secret in ("cursor-secret", "identity.json"):
        assert (tmp_path / secret).stat().st_mode & 0o077 == 0
    with _served(tmp_path) as (url, process, _):
        assert _events(url) == events
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 0
    assert not _postgres_of(tmp_path)


def test_a_port_that_is_taken_is_said_in_one_sentence_and_nothing_is_started(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        ended = _run(tmp_path / "data", "serve", PORT=port)
    assert ended.returncode == 1
    assert ended.stderr.count("\n") == 1
    assert f"Port {port} on 127.0.0.1 is taken" in ended.stderr
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"PORT": "eighty"}, "PORT: "),
        ({"GREENROOM_ENV": "production"}, "production runs on no embedded part: set SUPABASE_URL"),
        ({"SUPABASE_URL": "https://project.supabase.test"}, "Set both SUPABASE_URL and DATABASE_URL"),
        ({"HOST": "203.0.113.7"}, "203.0.113.7"),
    ],
)
def test_a_bad_setting_is_said_in_one_sentence(tmp_path: Path, settings: dict[str, str], told: str) -> None:
    ended = _run(tmp_path / "data", "serve", **settings)
    assert ended.returncode in (1, 2)
    assert told in ended.stderr
    assert "Traceback" not in ended.stderr
    assert ended.stderr.count("\n") == 1


def test_migrating_needs_to_be_told_which_database(tmp_path: Path) -> None:
    ended = _run(tmp_path, "migrate")
    assert (ended.returncode, ended.stderr.count("\n")) == (1, 1)
    assert "DATABASE_URL" in ended.stderr


def test_the_description_of_the_api_can_be_printed_without_a_database(tmp_path: Path) -> None:
    ended = _run(tmp_path, "openapi")
    assert "/api/events" in json.loads(ended.stdout)["paths"]


def _signed_in(url: str) -> dict[str, str]:
    session = httpx.post(f"{url}/api/auth/login", json=LOGIN).json()
    return {"Authorization": f"Bearer {session['access_token']}"}


def _events(url: str) -> list[str]:
    return [event["id"] for event in httpx.get(f"{url}/api/events", headers=_signed_in(url)).json()["items"]]


def _postgres_of(folder: Path) -> list[str]:
    """Command lines of servers still running on the folder."""
    found = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True).stdout
    return [line for line in found.splitlines() if str(folder) in line and "postgres" in line]
