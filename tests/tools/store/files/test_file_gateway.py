"""The road to stored contents, on the embedded file server."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from storage3.exceptions import StorageApiError

from tests.embedded.storage.serving import URL, RunningStorage, serving
from tests.postgres import ClonedDatabase
from tools.errors import TooLarge, Upstream
from tools.store.files import BUCKET, FileGateway, FileGone


@pytest.fixture
async def storage(module_database: ClonedDatabase, tmp_path: Path) -> AsyncIterator[RunningStorage]:
    async with serving(module_database, tmp_path) as running:
        yield running


@pytest.fixture
async def files(storage: RunningStorage) -> AsyncIterator[FileGateway]:
    async with FileGateway(URL, storage.keyring.secret_key, transport=storage.transport) as gateway:
        yield gateway


async def test_a_content_is_put_replaced_read_and_deleted(storage: RunningStorage, files: FileGateway) -> None:
    await files.put("a/b.png", b"one", "image/png")
    await files.put("a/b.png", b"two", "image/png")
    assert await files.get("a/b.png") == b"two"
    await files.put("a/b.png", b"three", "image/png", replace=False)
    assert await files.get("a/b.png") == b"two"
    assert storage.contents() == 1
    await files.delete(["a/b.png", "never/there.png"])
    await files.delete([])
    with pytest.raises(FileGone):
        await files.get("a/b.png")
    assert storage.contents() == 0


async def test_links_lead_to_what_is_there(storage: RunningStorage, files: FileGateway) -> None:
    await files.put("a/b.png", b"one", "image/png")
    url = await files.signed_url("a/b.png", 60, save_as="Plan A.png")
    shown = await storage.http.get(url)
    assert (shown.content, shown.headers["content-disposition"]) == (
        b"one",
        "attachment; filename*=UTF-8''Plan%20A.png",
    )
    assert "content-disposition" not in (await storage.http.get(await files.signed_url("a/b.png", 60))).headers
    assert list(await files.signed_urls(["a/b.png", "a/c.png"], 60)) == ["a/b.png"]
    assert await files.signed_urls([], 60) == {}
    with pytest.raises(FileGone):
        await files.signed_url("a/c.png", 60)


async def test_who_is_given_a_drop_needs_no_key(storage: RunningStorage, files: FileGateway) -> None:
    drop = await files.signed_upload("in/a.png")
    sent = await storage.http.put(drop.url, content=b"png", headers={"content-type": "image/png"})
    assert sent.status_code == 200
    assert await files.get("in/a.png") == b"png"


async def test_the_bucket_is_private_and_takes_four_types_of_a_size(
    storage: RunningStorage, files: FileGateway
) -> None:
    await files.put("a/b.png", b"one", "image/png")
    bucket = await storage.client().get_bucket(BUCKET)
    assert (bucket.public, bucket.file_size_limit) == (False, 26_214_400)
    with pytest.raises(StorageApiError):
        await storage.client(storage.keyring.publishable_key).from_(BUCKET).download("a/b.png")
    with pytest.raises(Upstream):
        await files.put("a/b.svg", b"<svg>", "image/svg+xml")
    with pytest.raises(TooLarge):
        await files.put("a/c.png", bytes(26_214_401), "image/png")


async def test_a_second_service_finds_the_bucket_made(storage: RunningStorage, files: FileGateway) -> None:
    await files.put("a/b.png", b"one", "image/png")
    async with FileGateway(URL, storage.keyring.secret_key, transport=storage.transport) as other:
        await other.put("a/b.png", b"two", "image/png")
        assert await files.get("a/b.png") == b"two"


async def test_a_key_that_is_not_the_secret_one_does_nothing(storage: RunningStorage, files: FileGateway) -> None:
    await files.put("a/b.png", b"one", "image/png")
    async with FileGateway(URL, storage.keyring.publishable_key, transport=storage.transport) as other:
        with pytest.raises(Upstream):
            await other.put("a/b.png", b"two", "image/png")
        with pytest.raises(FileGone):
            await other.get("a/b.png")
        await other.delete(["a/b.png"])
    assert await files.get("a/b.png") == b"one"


@pytest.mark.parametrize("answer", [httpx.Response(502, text="<html>"), httpx.Response(200, text="nonsense"), None])
async def test_a_server_that_does_not_answer_as_it_should_is_upstreams_fault(answer: httpx.Response | None) -> None:
    def reply(request: httpx.Request) -> httpx.Response:
        if answer is None:
            raise httpx.ConnectError("gone", request=request)
        return answer

    async with FileGateway(URL, "sb_secret_x", transport=httpx.MockTransport(reply)) as files:
        with pytest.raises(Upstream):
            await files.signed_url("a", 60)
        with pytest.raises(Upstream):
            await files.signed_upload("a")
        with pytest.raises(Upstream):
            await files.delete(["a"])


async def test_a_path_that_leads_elsewhere_is_never_sent() -> None:
    def reply(request: httpx.Request) -> httpx.Response:
        raise AssertionError(f"{request.url} was asked")

    async with FileGateway(URL, "sb_secret_x", transport=httpx.MockTransport(reply)) as files:
        with pytest.raises(Upstream):
            await files.get("../other/a.png")
