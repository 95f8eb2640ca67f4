"""Files through the wire: what comes in, who sees it, and what is refused before it costs anything."""

from __future__ import annotations

import asyncio
import gc
import io
import resource
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any
from uuid import uuid4

import httpx
import pytest
from PIL import Image

from api.edge import page_policy
from tests.builders import Person, Service, key, made, make_event, version
from tests.tools.files.hostile import EICAR, PLACE, pdf, photo, picture, refused
from tests.tools.store.files.test_scanning import judged, speaking
from tools.files.rules import MOST_BYTES
from tools.files.uploading import sweep
from tools.kit.pictures import WIDTHS
from tools.store.files import FileGateway

pytestmark = pytest.mark.asyncio(loop_scope="module")

MEGABYTE = 1024 * 1024


async def send(person: Person, content: Any, *, headers: dict[str, str] | None = None, **wanted: Any) -> httpx.Response:
    return await person.client.post("/api/uploads", params=wanted, content=content, headers=headers)


async def poster(person: Person, event: dict[str, Any], content: bytes | None = None) -> dict[str, Any]:
    sent = content or picture("PNG")
    return await made(send(person, sent, kind="event_poster", name="Gala.png", event=event["id"]))


def folder(service: Service) -> int:
    """How many contents lie in the file server."""
    contents = service.parts.settings.greenroom_data / "files"
    return sum(path.is_file() for path in contents.rglob("*"))


async def test_a_phone_uploads_a_poster_and_the_page_shows_it(service: Service, owner: Person) -> None:
    event = await make_event(owner)
    answer = await send(owner, photo(), kind="event_poster", name="IMG_0001.JPG", event=event["name"])
    assert answer.status_code == 201, answer.text
    file = answer.json()
    assert answer.headers["location"] == f"/api/files/{file['id']}"
    assert (file["event_id"], file["media_type"], file["width"], file["height"]) == (
        event["id"],
        "image/jpeg",
        300,
        600,
    )
    assert not file.keys() & {"path", "state"}
    shown = (await owner.client.get(f"/api/files/{file['id']}")).json()
    async with service.stranger as stranger:
        content = await stranger.get(shown["url"])
        narrow = await stranger.get(shown["variants"][0]["url"])
    assert content.headers["content-type"] == "image/jpeg"
    assert PLACE.encode() not in content.content
    with Image.open(io.BytesIO(narrow.content)) as image:
        assert (image.format, image.width) == ("WEBP", 300)
    listed = (await owner.client.get("/api/files", params={"event": event["id"]})).json()["items"]
    assert [each["id"] for each in listed] == [file["id"]]
    ((operation, kind),) = await service.sql(
        "select operation, actor_kind from public.audit where subject_id = %s", file["id"]
    )
    assert (operation, kind) == ("keep_file", "person")


async def test_a_contract_is_saved_and_not_shown_to_viewers(service: Service, owner: Person) -> None:
    event = await make_event(owner)
    name = "../../etc/Vertrag „Bühne“.pdf.exe"
    file = await made(send(owner, pdf(), kind="contract", name=name, event=event["id"]))
    shown = (await owner.client.get(f"/api/files/{file['id']}")).json()
    async with service.stranger as stranger:
        answer = await stranger.get(shown["url"])
    assert answer.content == pdf()
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.headers["content-disposition"].endswith(".pdf")
    assert "/" not in answer.headers["content-disposition"].partition("UTF-8''")[2].replace("%2F", "/")
    viewer = await service.make_person("viewer", owner.org_id)
    assert (await viewer.client.get(f"/api/files/{file['id']}")).status_code == 404
    assert (await viewer.client.get("/api/files")).json()["items"] == []
    assert (await send(viewer, pdf(), kind="contract", name="a.pdf", event=event["id"])).status_code == 403


async def test_another_organisation_finds_no_file_and_nothing_to_hang_one_on(service: Service, owner: Person) -> None:
    event = await make_event(owner)
    file = await poster(owner, event)
    rival = await service.make_person("owner")
    assert (await rival.client.get(f"/api/files/{file['id']}")).status_code == 404
    assert (await rival.client.delete(f"/api/files/{file['id']}", headers=version(file["version"]))).status_code == 404
    stored = folder(service)
    assert (await send(rival, picture("PNG"), kind="event_poster", name="a", event=event["id"])).status_code == 404
    async with service.stranger as stranger:
        assert (await stranger.post("/api/uploads?kind=event_poster&name=a", content=b"x")).status_code == 401
    assert folder(service) == stored


async def test_an_upload_sent_twice_under_one_key_is_one_file(service: Service, owner: Person) -> None:
    event, once = await make_event(owner), key()
    wanted = {"kind": "event_poster", "name": "a.png", "event": event["id"]}
    first, second = [await made(send(owner, picture("PNG"), headers=once, **wanted)) for _ in range(2)]
    assert first["id"] == second["id"]
    other = await send(owner, picture("PNG", 10, 10), headers=once, **wanted)
    assert other.json()["code"] == "idempotency_key_reused"
    assert len((await owner.client.get("/api/files")).json()["items"]) == 1


async def test_an_attachment_is_seen_by_who_made_it_alone(service: Service, owner: Person) -> None:
    thread = uuid4()
    await service.sql(
        "insert into public.threads (id, org_id, user_id) values (%s, %s, %s)", thread, owner.org_id, owner.user_id
    )
    file = await made(send(owner, picture("WEBP"), kind="attachment", name="plan.webp", thread=str(thread)))
    colleague = await service.make_person("admin", owner.org_id)
    assert (await colleague.client.get(f"/api/files/{file['id']}")).status_code == 404
    refusal = await send(colleague, picture("WEBP"), kind="attachment", name="a", thread=str(thread))
    assert refusal.status_code == 404


async def test_a_deleted_file_and_a_deleted_event_take_their_contents_along(service: Service, owner: Person) -> None:
    event = await make_event(owner)
    await sweep(service.parts.greenroom)
    before = folder(service)
    one, _ = await poster(owner, event), await poster(owner, event)
    assert folder(service) == before + 4
    gone = await owner.client.delete(f"/api/files/{one['id']}", headers=version(one["version"]))
    assert gone.status_code == 200
    await sweep(service.parts.greenroom)
    assert folder(service) == before + 2
    await owner.client.delete(f"/api/events/{event['id']}", headers=version(event["version"]))
    await sweep(service.parts.greenroom)
    assert folder(service) == before
    assert await service.count("file_removals") == 0


async def test_contents_of_an_upload_that_died_are_given_up_and_not_before(
    service: Service, owner: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    event = await make_event(owner)
    await sweep(service.parts.greenroom)
    before = folder(service)
    put = FileGateway.put

    async def die(self: FileGateway, path: str, content: bytes, media_type: str) -> None:
        await put(self, path, content, media_type)
        if "original" in path:
            raise ConnectionResetError

    monkeypatch.setattr(FileGateway, "put", die)
    once = key()
    wanted = {"kind": "event_poster", "name": "a.png", "event": event["id"]}
    assert (await send(owner, picture("PNG"), headers=once, **wanted)).status_code == 500
    monkeypatch.setattr(FileGateway, "put", put)
    assert (await owner.client.get("/api/files")).json()["items"] == []
    await sweep(service.parts.greenroom)
    assert folder(service) == before + 2
    # Under its key it goes on where it stopped.
    file = await made(send(owner, picture("PNG"), headers=once, **wanted))
    assert folder(service) == before + 2
    await service.sql("update public.files set created_at = now() - interval '2 hours' where id = %s", file["id"])
    await sweep(service.parts.greenroom)
    assert folder(service) == before + 2
    monkeypatch.setattr(FileGateway, "put", die)
    assert (await send(owner, picture("PNG"), **wanted)).status_code == 500
    monkeypatch.setattr(FileGateway, "put", put)
    await service.sql("update public.files set created_at = now() - interval '2 hours' where state = 'uploading'")
    await sweep(service.parts.greenroom)
    assert folder(service) == before + 2


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        ({"kind": "event_poster", "name": "a"}, "missing_value"),
        ({"kind": "event_poster", "name": "a", "event": "x", "sponsor": "y"}, "invalid_input"),
        ({"kind": "sponsor_logo", "name": "a", "sponsor": "Nobody"}, "not_found"),
        ({"kind": "attachment", "name": "a", "thread": str(uuid4())}, "not_found"),
        ({"kind": "contract", "name": "a", "venue": str(uuid4())}, "not_found"),
        ({"kind": "poster", "name": "a"}, "invalid_input"),
        ({"kind": "contract", "name": "a\x00"}, "invalid_input"),
        ({"kind": "contract", "name": " "}, "invalid_input"),
        ({"kind": "contract", "name": "x" * 256}, "invalid_input"),
        ({"kind": "contract", "name": "a", "path": "b"}, "invalid_input"),
        ({"kind": "contract", "name": "a", "thread": "1"}, "invalid_input"),
    ],
)
async def test_what_is_said_of_a_file_must_make_sense(
    service: Service, owner: Person, wanted: dict[str, str], code: str
) -> None:
    stored = folder(service)
    answer = await send(owner, pdf(), **wanted)
    assert (answer.status_code in (404, 422), answer.json()["code"]) == (True, code)
    assert folder(service) == stored


async def test_a_form_and_a_packed_body_are_refused(owner: Person) -> None:
    event = await make_event(owner)
    form = await owner.client.post(
        "/api/uploads", params={"kind": "contract", "name": "a", "event": event["id"]}, files={"file": ("a.pdf", pdf())}
    )
    assert (form.status_code, form.json()["code"]) == (415, "unsupported_media_type")
    packed = await send(owner, pdf(), kind="contract", name="a", headers={"Content-Encoding": "gzip"})
    assert packed.status_code == 415


class Flood:
    """200 MB that come as fast as they are read; `read` counts."""

    def __init__(self, start: bytes = b"") -> None:
        self.read = 0
        self._start = start

    async def __aiter__(self) -> AsyncIterator[bytes]:
        block = bytes(64 * 1024)
        while self.read < 200 * MEGABYTE:
            chunk = self._start or block
            self._start = b""
            self.read += len(chunk)
            yield chunk
            await asyncio.sleep(0)


async def test_hostile_files_are_refused_cheaply_and_leave_nothing(service: Service, owner: Person) -> None:
    event = await make_event(owner)
    thread = uuid4()
    await service.sql(
        "insert into public.threads (id, org_id, user_id) values (%s, %s, %s)", thread, owner.org_id, owner.user_id
    )
    sponsor = str(uuid4())
    await service.sql("insert into public.sponsors (id, org_id, name) values (%s, %s, 'Yamaha')", sponsor, owner.org_id)
    of = {
        "event_poster": {"event": event["id"]}, "sponsor_logo": {"sponsor": sponsor}, "contract": {}, "attachment": {"thread": str(thread)},
    }  # fmt: skip
    hostile = refused()
    stored, rows = folder(service), await service.count("files")
    await send(owner, b"x", kind="contract", name="warm.pdf")
    gc.collect()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for name, (kind, content, reason) in hostile.items():
        answer = await send(owner, content, kind=kind, name=f"../../{name}", **of[kind])
        assert (answer.status_code, answer.json()["code"], answer.json()["reason"]) == (422, "file_refused", reason), (
            name
        )
    for kind in ("event_poster", "contract"):
        flood = Flood()
        answer = await send(owner, flood, kind=kind, name="flood", **of[kind])
        assert (answer.status_code, answer.json()["code"]) == (413, "too_large")
        assert flood.read < MOST_BYTES[kind] + MEGABYTE  # type: ignore[index]
        announced = Flood()
        headers = {"Content-Length": str(200 * MEGABYTE)}
        assert (await send(owner, announced, kind=kind, name="flood", headers=headers, **of[kind])).status_code == 413
        assert announced.read <= 64 * 1024
    assert len(hostile) >= 20
    assert (folder(service), await service.count("files")) == (stored, rows)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50 * 1024


@contextmanager
def another(service: Service, **changes: Any) -> Iterator[None]:
    """The same service, with these changes."""
    usual = service.app.state.parts
    service.app.state.parts = replace(usual, greenroom=replace(usual.greenroom, **changes))
    try:
        yield
    finally:
        service.app.state.parts = usual


async def test_what_the_scanner_finds_is_refused_and_without_it_nothing_is_let_in(
    service: Service, owner: Person
) -> None:
    event = await make_event(owner)
    wanted = {"kind": "contract", "name": "c.pdf", "event": event["id"]}
    infected, stored = pdf() + EICAR + b"%%EOF", folder(service)
    async with speaking(judged) as scanner:
        with another(service, scanner=scanner):
            found = await send(owner, infected, **wanted)
            assert (found.status_code, found.json()["reason"]) == (422, "virus")
            assert (await send(owner, pdf(), **wanted)).status_code == 201
    with another(service, scanner=scanner):
        down = await send(owner, pdf(), **wanted)
    assert (down.status_code, down.json()["code"]) == (502, "upstream")
    assert folder(service) == stored + 1
    assert (await send(owner, infected, **wanted)).status_code == 201


async def test_a_full_organisation_is_told_before_anything_is_read(service: Service, owner: Person) -> None:
    event = await make_event(owner)
    await poster(owner, event)
    flood = Flood()
    with another(service, most_files=1):
        refusal = await send(owner, flood, kind="contract", name="c.pdf")
    assert (refusal.status_code, refusal.json()["code"], refusal.json()["allowed_files"]) == (409, "storage_full", 1)
    assert flood.read <= 64 * 1024


async def test_the_poster_of_a_published_event_is_anybodys(service: Service, owner: Person) -> None:
    event = await make_event(owner)
    file = await poster(owner, event)
    address = f"/api/public/events/{event['id']}/poster"
    async with service.stranger as stranger:
        assert (await stranger.get(address)).status_code == 404
        published = await owner.client.post(f"/api/events/{event['id']}/publish", headers=version(event["version"]))
        assert published.status_code == 200, published.text
        shown = await stranger.get(address, params={"width": 320})
        assert (shown.status_code, shown.headers["content-type"]) == (200, "image/webp")
        with Image.open(io.BytesIO(shown.content)) as image:
            assert image.size == (64, 40)
        for width in WIDTHS:
            assert (await stranger.get(address, params={"width": width})).status_code == 200
        known = await stranger.get(address, params={"width": 320}, headers={"If-None-Match": shown.headers["etag"]})
        assert known.status_code == 304
        for bad in ("321", "", "a", "99999"):
            assert (await stranger.get(address, params={"width": bad})).status_code == 422
        for unknown in (str(uuid4()), "1", "..%2f"):
            assert (await stranger.get(f"/api/public/events/{unknown}/poster")).status_code == 404
    assert file["bytes"] > 0


async def test_the_event_tells_its_poster_in_every_width_and_each_may_be_kept_for_ever(
    service: Service, owner: Person
) -> None:
    event = await make_event(owner)
    await owner.client.post(f"/api/events/{event['id']}/publish", headers=version(event["version"]))
    shown = f"/api/public/events/{event['id']}"
    async with service.stranger as stranger:

        async def told() -> dict[str, Any]:
            (only,) = (await stranger.get("/api/public/events", params={"organization": owner.org_id})).json()["items"]
            found: dict[str, Any] = only["poster"]
            return found

        assert await told() is None
        await poster(owner, event, picture("PNG", 1200, 600))
        assert (await stranger.get(shown)).json()["poster"] == await told()
        first = await told()
        assert (first["alt"], first["width"], first["height"]) == (event["name"], 1200, 600)
        assert [(copy["width"], copy["height"]) for copy in first["copies"]] == [(320, 160), (960, 480), (1200, 600)]
        for copy in first["copies"]:
            answer = await stranger.get(copy["url"])
            assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
            with Image.open(io.BytesIO(answer.content)) as image:
                assert image.size == (copy["width"], copy["height"])
            again = await stranger.get(copy["url"], headers={"If-None-Match": answer.headers["etag"]})
            assert (again.status_code, again.content) == (304, b"")
        # Another picture has other addresses; under the old ones nothing is promised any more.
        await poster(owner, event, picture("PNG", 64, 64))
        second = await told()
        assert [copy["width"] for copy in second["copies"]] == [64]
        assert second["copies"][0]["url"] != first["copies"][0]["url"]
        other = first["copies"][0]["url"].replace("version=", "version=0")[:-1]
        assert (await stranger.get(other)).status_code == 422
        unknown = await stranger.get(f"{shown}/poster", params={"version": "0" * 16})
        assert unknown.headers["cache-control"] == "public, max-age=60"
        await service.sql(
            "update public.organizations set suspended_at = now(), suspended_reason = 'spam' where id = %s",
            owner.org_id,
        )
        assert (await stranger.get(f"{shown}/poster", params={"version": "1" * 16})).status_code == 404


async def test_a_page_shows_pictures_of_the_file_server_and_of_nobody_else(owner: Person) -> None:
    policy = (await owner.client.get("/healthz")).headers["content-security-policy"]
    assert "img-src 'self' data: blob:;" in policy
    hosted = page_policy("https://project.supabase.co")
    assert hosted == policy.replace("data: blob:;", "data: blob: https://project.supabase.co;")
