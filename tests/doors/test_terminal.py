"""The command line over real HTTP: signing in, calling, proposing, files, and what it answers when something is wrong."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import logging
import stat
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import pytest_asyncio
import structlog
from PIL import Image
from rich.console import Console

from api import VERSION
from api.client import Connection, Greenroom, Refused, Unreachable
from api.client.calls import PARTS
from api.terminal import files, keeping, showing
from api.terminal.app import MISUSED, NO_ANSWER, REFUSED, SIGN_IN, main
from api.terminal.commands import BY_HAND, LEFT_OUT, names_of, operation_of
from tests.builders import PASSWORD, START, Person, Service, make_event, make_ticket_type
from tests.doors.listening import listening
from tests.e2e.running import ROOT
from tools.catalog import CATALOG

pytestmark = pytest.mark.asyncio(loop_scope="module")


@dataclass(frozen=True)
class Said:
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Typed = Callable[..., Awaitable[Said]]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def origin(service: Service) -> AsyncIterator[str]:
    # The service runs in this process; what it logs would stand between what the command line prints.
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    async with listening(service) as url:
        yield url
    structlog.reset_defaults()


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("COLUMNS", "200")


@pytest.fixture
def typed(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Typed:
    """Types a command; `piped` stands on its standard input."""

    async def type_it(*arguments: str, piped: str = "") -> Said:
        monkeypatch.setattr(sys, "stdin", io.StringIO(piped))
        capsys.readouterr()
        code = await asyncio.to_thread(main, arguments)
        said = capsys.readouterr()
        return Said(code, said.out, said.err)

    return type_it


@pytest.fixture
def at_home(origin: str, owner: Person) -> Person:
    """The owner, signed in at the command line."""
    keeping.save(keeping.SignIn(origin, owner.token, email=owner.email))
    return owner


class TestSigningIn:
    async def test_a_sign_in_is_kept_for_its_owner_alone_renewed_when_it_ends_and_forgotten(
        self, service: Service, origin: str, typed: Typed
    ) -> None:
        email = f"{uuid4()}@example.org"
        await service.stranger.post("/api/auth/signup", json={"email": email, "password": PASSWORD})
        signed = await typed("--url", origin, "login", "--email", email, piped=f"{PASSWORD}\n")
        assert signed.code == 0, signed.err
        kept = keeping.load()
        assert kept is not None
        assert PASSWORD not in signed.out + signed.err + (keeping.folder() / "sign-in.json").read_text()
        assert stat.S_IMODE((keeping.folder() / "sign-in.json").stat().st_mode) == 0o600
        assert stat.S_IMODE(keeping.folder().stat().st_mode) == 0o700
        assert kept.token not in repr(kept)

        keeping.save(keeping.SignIn(origin, "no longer taken", kept.refresh_token, email))
        me = await typed("--json", "whoami")
        assert me.json["user"]["email"] == email
        renewed = keeping.load()
        assert renewed is not None
        assert renewed.refresh_token != kept.refresh_token
        assert (await typed("events", "list")).code == 0

        assert (await typed("logout")).code == 0
        assert keeping.load() is None
        assert (await typed("events", "list")).code == SIGN_IN

    async def test_who_is_not_signed_in_or_no_longer_is_told_to(self, origin: str, typed: Typed) -> None:
        assert "greenroom login" in (await typed("events", "list")).err
        assert f"greenroom --url {origin} login" in (await typed("--url", origin, "events", "list")).err
        assert "3 sign in first" in " ".join((await typed("--help")).out.split())
        keeping.save(keeping.SignIn(origin, "forged", "forged too"))
        refused = await typed("events", "list")
        assert refused.code == SIGN_IN
        wrong = await typed("--url", origin, "login", "--email", "nobody@example.org", piped="guess\n")
        assert wrong.code in (REFUSED, SIGN_IN)
        assert (await typed("--url", origin, "login", "--key", piped="gr_forged\n")).code == SIGN_IN

    async def test_a_key_signs_in_and_may_what_it_may(self, origin: str, owner: Person, typed: Typed) -> None:
        made = (await owner.client.post("/api/api-keys", json={"name": "Scripts", "role": "viewer"})).json()
        assert (await typed("--url", origin, "login", "--key", piped=f"{made['key']}\n")).code == 0
        assert (await typed("events", "list")).code == 0
        assert "API key" in (await typed("whoami")).out
        refused = await typed("events", "create", "--name", "No", "--start-date", START)
        assert (refused.code, "forbidden" in refused.err) == (REFUSED, True)

    async def test_a_key_of_the_environment_counts_before_what_is_kept(
        self, origin: str, owner: Person, typed: Typed, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        keeping.save(keeping.SignIn(origin, "forged"))
        monkeypatch.setenv("GREENROOM_API_KEY", owner.token)
        assert (await typed("events", "list")).code == 0

    async def test_a_token_is_sent_to_the_service_it_is_of_and_no_other(
        self, origin: str, owner: Person, typed: Typed
    ) -> None:
        keeping.save(keeping.SignIn("http://127.0.0.1:9", owner.token))
        assert (await typed("--url", origin, "events", "list")).code == SIGN_IN


class TestCalling:
    async def test_every_operation_with_an_address_has_a_command(self) -> None:
        offered = {
            method
            for part, calls in PARTS.items()
            if part not in LEFT_OUT
            for method in map(operation_of, names_of(part, calls))
        }
        assert {each.name for each in CATALOG.values() if each.http} - {"export"} <= offered | BY_HAND | {"export"}
        for part, calls in PARTS.items():
            names = list(names_of(part, calls).values())
            assert len(names) == len(set(names)), part

    async def test_events_are_made_and_listed_as_a_table_and_as_json(self, at_home: Person, typed: Typed) -> None:
        made = await typed("events", "create", "--name", "Typed [red]night", "--start-date", START)
        assert made.code == 0, made.err
        assert "Typed [red]night" in made.out
        table = await typed("events", "list")
        assert "Typed [red]night" in table.out
        listed = await typed("events", "list", "--status", "draft", "--limit", "5", "--json")
        assert [each["name"] for each in listed.json["items"]] == ["Typed [red]night"]
        same = await typed("call", "get_event", "--json", json.dumps({"event": "Typed [red]night"}))
        assert same.json["id"] == listed.json["items"][0]["id"]
        changed = await typed("events", "update", same.json["id"], "--capacity", "80", "--json")
        assert changed.json["capacity"] == 80

    async def test_what_moves_money_is_not_done_unasked(self, at_home: Person, typed: Typed) -> None:
        event = await make_event(at_home)
        await make_ticket_type(at_home, event)
        asked = ("orders", "sell-tickets", "--event", event["id"], "--quantity", "2", "--buyer", "Ada")
        refused = await typed(*asked)
        assert refused.code == MISUSED
        assert "--yes" in refused.err
        assert (await typed("orders", "list", "--json")).json["items"] == []
        sold = await typed(*asked, "--yes", "--idempotency-key", "once")
        again = await typed(*asked, "--yes", "--idempotency-key", "once")
        assert "50.00 EUR" in sold.out
        assert again.code == 0
        assert len((await typed("orders", "list", "--json")).json["items"]) == 1

    async def test_a_refusal_shows_what_to_do_and_ends_with_its_code(self, at_home: Person, typed: Typed) -> None:
        refused = await typed("events", "publish", str(uuid4()), "--yes")
        assert refused.code == REFUSED
        assert "not_found" in refused.err
        assert "What to do" in refused.err
        assert refused.out == ""

    async def test_a_name_can_neither_control_the_terminal_nor_be_markup(self) -> None:
        assert showing.plain("Quiet\u202enight\x1b[31m [red]").plain == "Quiet\ufffdnight\ufffd[31m [red]"

    @pytest.mark.parametrize(
        "arguments",
        [
            ("call", "get_event", "--json", "{"),
            ("call", "get_event", "--json", "[]"),
            ("call", "get_event", "--json", "@/nowhere/at/all"),
            ("events", "list", "--limit", "many"),
            ("events", "list", "--status", "none of them"),
            ("events", "nonsense"),
            (
                "orders",
                "sell-tickets",
                "--event",
                "x",
                "--quantity",
                "1",
                "--buyer",
                "y",
                "--also",
                "not json",
                "--yes",
            ),
        ],
    )
    async def test_what_can_not_be_meant_is_misused(
        self, at_home: Person, typed: Typed, arguments: tuple[str, ...]
    ) -> None:
        assert (await typed(*arguments)).code == MISUSED

    async def test_a_service_that_does_not_answer_is_said_so(self, typed: Typed) -> None:
        keeping.save(keeping.SignIn("http://127.0.0.1:9", "token"))
        assert (await typed("events", "list")).code == NO_ANSWER


class TestProposals:
    async def test_what_is_proposed_is_done_when_it_is_approved(self, at_home: Person, typed: Typed) -> None:
        wish = json.dumps({"name": "Proposed", "start_date": START})
        shown = await typed("preview", "create_event", "--json", wish)
        assert "Proposed" in shown.out
        proposed = await typed("--json", "propose", "create_event", "--json", wish)
        number = proposed.json["id"]
        assert (await typed("events", "list", "--json")).json["items"] == []
        assert (await typed("approve", number)).code == MISUSED
        approved = await typed("--json", "approve", number, "--yes")
        assert approved.json["status"] == "applied"
        assert len((await typed("events", "list", "--json")).json["items"]) == 1
        back = await typed("--json", "undo", number)
        assert (await typed("--json", "reject", back.json["id"], "--reason", "It stays")).json["status"] == "rejected"
        card = await typed("proposals", "get", number)
        assert "applied" in card.out


class TestFiles:
    async def test_attendees_are_imported_in_pieces_and_once(
        self, at_home: Person, typed: Typed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(files, "LINES_AT_ONCE", 3)
        event = await make_event(at_home)
        await make_ticket_type(at_home, event, name="Standard")
        sheet = tmp_path / "guests.csv"
        lines = [f'"Guest\n{number}",guest{number}@example.org,Standard' for number in range(7)]
        sheet.write_text("\n".join(["name,email,ticket type", *lines, "No type,x@example.org,Nowhere"]))
        asked = ("--json", "attendees", "import", str(sheet), "--event", event["id"])
        tried = await typed(*asked)
        assert tried.json["would_import"] == 7, tried.err
        assert (await typed("attendees", "list", "--event", event["id"], "--json")).json["items"] == []
        done = await typed(*asked, "--yes")
        assert done.code == REFUSED
        assert (done.json["imported"], len(done.json["failed"])) == (7, 1)
        again = await typed(*asked, "--yes")
        assert (again.json["imported"], again.json["skipped"]) == (0, 7)

    async def test_a_picture_is_uploaded_from_a_file(self, at_home: Person, typed: Typed, tmp_path: Path) -> None:
        event = await make_event(at_home)
        poster = tmp_path / "poster.png"
        with Image.new("RGB", (600, 400), "teal") as picture:
            picture.save(poster)
        asked = ("files", "upload", str(poster), "--kind", "event_poster", "--event", event["id"])
        made = await typed(*asked, "--json")
        assert made.code == 0, made.err
        assert (made.json["name"], made.json["kind"]) == ("poster.png", "event_poster")
        poster.write_text("not a picture")
        assert (await typed(*asked)).code == REFUSED
        poster.unlink()
        assert (await typed(*asked)).code == MISUSED

    async def test_a_list_is_downloaded_whole_or_not_at_all(
        self, at_home: Person, typed: Typed, tmp_path: Path
    ) -> None:
        await make_event(at_home)
        target = tmp_path / "orders.csv"
        assert (await typed("exports", "download", "orders", "--to", str(target))).code == 0
        assert next(csv.reader(io.StringIO(target.read_text())))[0].lstrip("\ufeff") == "number"
        refused = await typed(
            "exports", "download", "sales", "--event", str(uuid4()), "--to", str(tmp_path / "none.csv")
        )
        assert refused.code == REFUSED
        assert sorted(each.name for each in tmp_path.iterdir() if each.is_file()) == ["orders.csv"]


class TestClient:
    async def test_its_calls_are_what_the_service_answers(self, origin: str, owner: Person) -> None:
        def use() -> None:
            with Greenroom(origin, owner.token) as client:
                event = client.events.create_event(name="By the client", start_date=START)
                assert client.events.get_event(event["id"])["name"] == "By the client"
                renamed = client.events.update_event(event["id"], if_match=str(event["version"]), name="Renamed")
                with pytest.raises(Refused) as stale:
                    client.events.update_event(event["id"], if_match=str(event["version"]), name="Too late")
                assert stale.value.code == "version_mismatch"
                assert stale.value.remedy
                assert [each["id"] for each in client.events.list_events(status="draft")["items"]] == [renamed["id"]]
                client.events.delete_event(event["id"])
                with pytest.raises(Refused) as gone:
                    client.events.get_event("../../healthz")
                assert gone.value.status == 404

        await asyncio.to_thread(use)

    async def test_a_lost_answer_is_asked_for_again_under_the_same_key(self, monkeypatch: pytest.MonkeyPatch) -> None:
        import httpx

        keys: list[str] = []

        def answer(request: httpx.Request) -> httpx.Response:
            keys.append(request.headers.get("idempotency-key", ""))
            if len(keys) == 1:
                raise httpx.ReadError("cut")
            if len(keys) == 2:
                busy = {"code": "busy", "retryable": True, "detail": "in flight"}
                return httpx.Response(409, json=busy, headers={"retry-after": "0"})
            contents.append(request.read())
            return httpx.Response(201, json={"id": "1"})

        contents: list[bytes] = []
        transport = httpx.MockTransport(answer)
        assert Connection("http://service", "t", transport=transport).ask("POST", "/x", body={}, keyed=True) == {
            "id": "1"
        }
        assert len(set(keys)) == 1
        keys.clear()
        pieces = [b"of a ", b"file"]
        Connection("http://service", "t", transport=transport).ask("POST", "/x", content=pieces, keyed=True)
        assert (len(set(keys)), contents[-1]) == (1, b"of a file")
        keys.clear()
        with pytest.raises(Unreachable):
            Connection("http://service", "t", transport=transport).ask("POST", "/x", body={})
        assert len(keys) == 1

    async def test_a_table_has_the_columns_there_is_room_for(self) -> None:
        row = {
            "id": str(uuid4()),
            "name": "Winter Gala",
            "start_date": START,
            "status": "published",
            "venue_name": "Grand Hall",
        }
        for width, last in ((76, "start date"), (200, "venue name")):
            console = Console(file=io.StringIO(), width=width)
            showing.show(console, {"items": [row], "next_cursor": None}, as_json=False)
            title = console.file.getvalue().strip().splitlines()[0]  # type: ignore[attr-defined]
            assert title.rstrip().endswith(last), title

    async def test_a_thing_within_a_thing_is_named_in_a_line(self) -> None:
        console = Console(file=io.StringIO(), width=100)
        whose = {"id": "1", "name": "Blue Note", "role": "owner", "auto_apply": False, "paid": 3, "venue_id": "2"}
        showing.show(console, {"organization": whose, "user": {"id": "x"}}, as_json=False)
        assert "Blue Note, owner, 3" in console.file.getvalue()  # type: ignore[attr-defined]

    async def test_money_is_shown_as_people_write_it(self) -> None:
        assert showing.money(250000, "EUR") == "2,500.00 EUR"
        assert showing.money(-5, "EUR") == "-0.05 EUR"
        assert showing.money(500, "JPY") == "500 JPY"
        assert showing.money(1234, "KWD") == "1.234 KWD"


async def test_it_runs_as_a_program_that_loads_nothing_of_the_service() -> None:
    program = (
        "import sys; from api.terminal.app import main; main(['version'])\n"
        "print([name for name in ('fastapi', 'psycopg', 'langgraph', 'tools') if name in sys.modules])"
    )
    told = await asyncio.to_thread(
        subprocess.run, [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert told.stdout.split("\n") == [VERSION, "[]", ""]
