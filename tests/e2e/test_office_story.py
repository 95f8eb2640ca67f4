"""The office in Chromium: an unpaid order is paid and a ticket goes back; a colleague is invited, joins, and may do what they may."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from PIL import Image

from tests.e2e.running import ROOT, Running, running
from tests.e2e.test_starting import sign_in

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
COLLEAGUE = "kim@example.com"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("office") / "data") as server:
        yield server


def told(script: str, shots: Path, **environment: str) -> list[dict[str, Any]]:
    """The steps of a story, all of which went well."""
    assert CHROMIUM, "the browser story needs Chromium: sudo apt-get install chromium"
    story = subprocess.run(
        ["node", f"tests/{script}.mjs"],
        cwd=ROOT / "web",
        env=os.environ | environment | {"CHROMIUM": CHROMIUM, "SHOTS": str(shots)},
        capture_output=True, text=True, timeout=200, check=False,
    )  # fmt: skip
    steps: list[dict[str, Any]] = [json.loads(line) for line in story.stdout.splitlines() if line.startswith("{")]
    assert story.returncode == 0, f"{steps}\n{story.stderr}"
    assert steps[-1]["step"] == "no-faults"
    return steps


@pytest.mark.browser
@pytest.mark.timeout(240)
def test_an_organiser_takes_a_payment_and_gives_a_ticket_back(server: Running, tmp_path: Path) -> None:
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
    told("office-story", tmp_path / "shots", BASE_URL=server.url, ORDER=unpaid["number"], PAID=paid["number"])
    after = {number: organiser.get(f"/api/orders/{number}").json() for number in (unpaid["number"], paid["number"])}
    assert (after[unpaid["number"]]["status"], after[unpaid["number"]]["owed_amount"]) == ("paid", 0)
    # One of two tickets of 25.00 goes back, 5.00 of it is kept.
    assert (after[paid["number"]]["refunded_amount"], after[paid["number"]]["owed_amount"]) == (2000, 0)


@pytest.mark.browser
@pytest.mark.timeout(240)
def test_a_colleague_joins_by_an_invitation_and_is_offered_no_office_work(server: Running, tmp_path: Path) -> None:
    steps = told("belonging-story", tmp_path / "shots", BASE_URL=server.url, INVITED=COLLEAGUE)
    key = next(step["key"] for step in steps if step["step"] == "key")
    organiser = sign_in(server.url)
    members = [member["email"] for member in organiser.get("/api/members").json()["items"]]
    (invitation,) = organiser.get("/api/invitations").json()["items"]
    with_key = httpx.get(f"{server.url}/api/events", headers={"Authorization": f"Bearer {key}"})
    # Joined and removed again: what is left is the invitation that was accepted.
    assert members == ["organiser@example.com"]
    assert (invitation["status"], invitation["link"]) == ("accepted", None)
    assert with_key.status_code == 200


@pytest.mark.long
@pytest.mark.browser
@pytest.mark.timeout(240)
def test_links_lead_where_they_are_meant_to_and_the_office_is_handed_over(tmp_path: Path) -> None:
    with running(tmp_path / "data") as server:
        organiser = sign_in(server.url)

        def made(path: str, **values: Any) -> Any:
            answer = organiser.post(path, json=values)
            assert answer.status_code < 300, answer.text
            return answer.json()

        event = organiser.get("/api/events").json()["items"][0]["id"]
        door = made("/api/invitations", email="door@example.com", role="door", events=[event])
        joined(server.url, made("/api/invitations", email="heir@example.com", role="admin"), name="Alex")
        second = made("/api/auth/organizations", name="Second Stage")["id"]
        organiser.headers["Greenroom-Organization"] = second
        wish = [{"operation": "create_venue", "input": {"name": "Attic"}}]
        named, unnamed = (f"{server.url}/?proposal={made('/api/proposals', steps=wish)['id']}" for _ in range(2))
        picture = tmp_path / "poster.png"
        Image.new("RGB", (600, 800), (29, 107, 80)).save(picture)
        told(
            "links-story", tmp_path / "shots", BASE_URL=server.url, MAILS=str(server.folder / "mail"), DOOR=door["link"],
            NAMED=f"{named}&organization={second}", UNNAMED=unnamed, HEIR="Alex", FILE=str(picture),
        )  # fmt: skip
        venues = organiser.get("/api/venues").json()["items"]
        del organiser.headers["Greenroom-Organization"]
        roles = {member["email"]: member["role"] for member in organiser.get("/api/members").json()["items"]}
        files = organiser.get("/api/files").json()["items"]
        (webhook,) = organiser.get("/api/webhooks").json()["items"]
    assert [venue["name"] for venue in venues] == ["Attic"]
    assert roles == {"organiser@example.com": "admin", "heir@example.com": "owner", "door@example.com": "door"}
    # What was sent along belongs to its conversation; the poster is deleted.
    assert [(file["kind"], file["thread_id"] is not None) for file in files] == [("attachment", True)]
    assert (webhook["active"], webhook["disabled_reason"]) == (False, None)


def joined(url: str, invitation: dict[str, Any], name: str) -> None:
    account = {"email": invitation["email"], "password": "a long enough password", "name": name}
    session = httpx.post(f"{url}/api/auth/signup", json=account).json()
    token = invitation["link"].partition("invitation=")[2]
    accepted = httpx.post(
        f"{url}/api/auth/invitations/{token}", headers={"Authorization": f"Bearer {session['access_token']}"}
    )
    assert accepted.status_code == 200, accepted.text
