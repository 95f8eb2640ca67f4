"""Who may do nothing, and what no well-behaved client sends: refused in the real server's words, and nothing is left behind."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from storage3.exceptions import StorageApiError

from embedded.auth import Keyring
from tests.embedded.storage.serving import URL, RunningStorage, serving
from tests.postgres import ClonedDatabase


def person(storage: RunningStorage, keyring: Keyring | None = None, **claims: object) -> str:
    """An access token as the identity server signs it."""
    now = int(time.time())
    usual = {
        "iss": f"{URL}/auth/v1", "sub": str(uuid4()), "aud": "authenticated", "role": "authenticated", "iat": now, "exp": now + 60,
    }  # fmt: skip
    return (keyring or storage.keyring).sign({**usual, **claims})


async def test_a_person_and_a_stranger_see_and_write_nothing(storage: RunningStorage, bucket: str) -> None:
    await storage.client().from_(bucket).upload("a.txt", b"one")
    for key in (person(storage), storage.keyring.publishable_key):
        client = storage.client(key)
        files = client.from_(bucket)
        assert await client.list_buckets() == []
        assert await files.list() == []
        assert await files.remove(["a.txt"]) == []
        assert (await files.create_signed_urls(["a.txt"], 60))[0]["error"]
        for refused_with, attempt in (
            ("404", files.download("a.txt")),
            ("404", files.info("a.txt")),
            ("404", files.create_signed_url("a.txt", 60)),
            ("404", files.copy("a.txt", "b.txt")),
            ("404", client.update_bucket(bucket, {"public": True})),
            ("404", client.delete_bucket(bucket)),
            ("403", files.upload("b.txt", b"x")),
            ("403", files.create_signed_upload_url("b.txt")),
            ("403", client.create_bucket(f"mine-{uuid4()}")),
        ):
            with pytest.raises(StorageApiError) as refused:
                await attempt
            assert refused.value.status == refused_with
    assert await storage.client().from_(bucket).download("a.txt") == b"one"


async def test_a_service_token_may_do_what_the_secret_key_may(storage: RunningStorage, bucket: str) -> None:
    await storage.client(person(storage, role="service_role")).from_(bucket).upload("a.txt", b"one")
    assert await storage.client().from_(bucket).exists("a.txt")


async def test_a_token_that_is_none_is_refused(storage: RunningStorage, bucket: str, tmp_path: Path) -> None:
    other = Keyring.load_or_create(tmp_path / "other")
    forged = person(storage, other, role="service_role")
    for token in (forged, person(storage, exp=int(time.time()) - 60), "sb_secret_guess", "x" * 9000, "é"):
        answer = await storage.call("GET", "/bucket", headers={"Authorization": f"Bearer {token}".encode()})
        assert (answer.status_code, answer.json()["error"]) == (400, "Unauthorized")
    assert (await storage.http.get(f"{URL}/storage/v1/bucket")).json()["statusCode"] == "400"


@pytest.mark.parametrize(
    "key", ["../x", "a/../../x", "a//b", "./a", "a/..", "a\\b", "a%00b", "é", "x" * 1025, "%2e%2e/%2e%2e/etc/passwd"]
)  # fmt: skip
async def test_no_name_leads_out_of_its_bucket(storage: RunningStorage, bucket: str, key: str) -> None:
    before = {path for path in storage.folder.parent.rglob("*") if path.is_file()}
    raw = key.replace("%00", "\x00").replace("%2e", ".")
    sent = "".join(f"%{byte:02X}" for byte in raw.encode())
    answer = await storage.call("POST", f"/object/{bucket}/{sent}", content=b"x")
    assert (answer.status_code, answer.json()["code"]) == (400, "InvalidKey")
    moved = {"bucketId": bucket, "sourceKey": "a", "destinationKey": raw}
    assert (await storage.call("POST", "/object/move", json=moved)).status_code == 400
    assert (await storage.call("GET", f"/object/{bucket}/{sent}")).status_code == 400
    assert {path for path in storage.folder.parent.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("name", ["", "..", "a/b", "x" * 64, "é", " a", "a\x00"])
async def test_a_bucket_has_a_plain_name(storage: RunningStorage, name: str) -> None:
    assert (await storage.call("POST", "/bucket", json={"name": name})).status_code == 400


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/object/list/{}", b'{"prefix": 5}'),
        ("/object/list/{}", b'{"prefix": "", "limit": 0}'),
        ("/object/list/{}", b'{"prefix": "", "sortBy": {"column": "version; drop table"}}'),
        ("/object/list/{}", b'{"prefix": "../"}'),
        ("/object/list/{}", b'{"search": "\\u0000"}'),
        ("/object/list/{}", b'{"search": "\\ud800"}'),
        ("/object/list/{}", b"[" * 100_000),
        ("/object/list/{}", b"x" * 2_000_000),
        ("/object/sign/{}", b'{"expiresIn": 0, "paths": ["a"]}'),
        ("/object/sign/{}", b'{"expiresIn": 60, "paths": []}'),
        ("/object/sign/{}", b'{"expiresIn": 60, "paths": ["a\\u0000"]}'),
        ("/object/sign/{}/a", b'{"expiresIn": 1e400}'),
        ("/bucket", b'{"name": "b", "file_size_limit": "much"}'),
        ("/bucket", b'{"name": "b", "file_size_limit": -1}'),
        ("/bucket", b'{"name": "b", "allowed_mime_types": ["\\u0000"]}'),
        ("/object/move", b"{}"),
        ("/object/copy", b'{"bucketId": "b", "sourceKey": "a\\u0000", "destinationKey": "b"}'),
        ("/nothing", b"{}"),
    ],
)
async def test_a_body_nobody_can_mean_is_refused(storage: RunningStorage, bucket: str, path: str, body: bytes) -> None:
    answer = await storage.call("POST", path.format(bucket), content=body)
    assert 400 <= answer.status_code < 500
    assert set(answer.json()) == {"statusCode", "error", "message", "code"}


async def test_a_form_without_a_file_or_with_nonsense_is_refused(storage: RunningStorage, bucket: str) -> None:
    for request in (
        {"data": {"cacheControl": "5"}, "files": {"other": ("", b"")}},
        {"content": b"--x\r\nbroken", "headers": {"content-type": "multipart/form-data; boundary=x"}},
        {"content": b"", "headers": {"content-type": "multipart/form-data"}},
        {"content": b"x", "headers": {"x-metadata": "%%%"}},
        {"files": {"file": ("a", b"x")}, "data": {"metadata": '{"a": "\\u0000"}'}},
        {"files": {"file": ("a", b"x")}, "data": {"metadata": "[]"}},
    ):
        answer = await storage.call("POST", f"/object/{bucket}/a.txt", **request)
        assert (answer.status_code, answer.json()["code"]) == (400, "InvalidRequest")
    assert storage.contents() == 0


async def endless(read: list[int]) -> AsyncIterator[bytes]:
    for _ in range(3200):
        read.append(65536)
        yield b"x" * 65536


async def test_a_body_without_end_is_not_read_to_its_end(storage: RunningStorage, bucket: str) -> None:
    read: list[int] = []
    answer = await storage.call("POST", f"/object/{bucket}/a.bin", content=endless(read))
    assert answer.json()["statusCode"] == "413"
    assert sum(read) < storage.settings.largest_object + 1_000_000
    announced = await storage.call(
        "POST", f"/object/{bucket}/a.bin", content=b"x", headers={"content-length": "99999999999"}
    )
    assert announced.json()["statusCode"] == "413"
    assert storage.contents() == 0


async def test_what_would_run_in_a_page_is_shown_as_text(storage: RunningStorage, bucket: str) -> None:
    await storage.client().from_(bucket).upload("a.html", b"<script>", {"content-type": "text/html"})
    shown = await storage.call("GET", f"/object/{bucket}/a.html")
    assert shown.headers["content-type"].startswith("text/plain")
    assert "sandbox" in shown.headers["content-security-policy"]


async def test_of_many_who_upload_one_name_one_wins(storage: RunningStorage, bucket: str) -> None:
    files = storage.client().from_(bucket)
    answers = await asyncio.gather(*(files.upload("a.txt", b"%d" % n) for n in range(8)), return_exceptions=True)
    assert sum(not isinstance(answer, BaseException) for answer in answers) == 1
    await asyncio.gather(*(files.update("a.txt", b"%d" % n) for n in range(8)))
    assert storage.contents() == 1


async def test_what_a_crash_left_goes_at_the_next_start_and_nothing_else(
    module_database: ClonedDatabase, tmp_path: Path
) -> None:
    async with serving(module_database, tmp_path) as storage:
        name = f"kept-{uuid4()}"
        await storage.client().create_bucket(name)
        await storage.client().from_(name).upload("a.txt", b"one")
        (kept,) = [path for path in storage.folder.rglob("*") if path.is_file()]
        orphan = storage.settings.folder / "ab" / f"ab{str(uuid4())[2:]}"
        orphan.parent.mkdir(exist_ok=True)
        draft = storage.settings.folder / "incoming" / "cut-off"
        for path in (orphan, draft):
            path.write_bytes(b"x")
        young = orphan.with_name(f"ab{str(uuid4())[2:]}")
        young.write_bytes(b"x")
        long_ago = time.time() - 7200
        for path in (orphan, draft, kept):
            os.utime(path, (long_ago, long_ago))
    async with serving(module_database, tmp_path) as storage:
        assert {path for path in storage.folder.rglob("*") if path.is_file()} == {kept, young}
        assert await storage.client().from_(name).download("a.txt") == b"one"


@pytest.mark.parametrize(
    ("method", "path", "what"),
    [
        ("POST", "/upload/resumable", "Resumable uploads"),
        ("PATCH", "/upload/resumable/sign/abc", "Resumable uploads"),
        ("OPTIONS", "/upload/resumable/", "Resumable uploads"),
        ("GET", "/render/image/authenticated/greenroom/a.png?width=100", "Image transformations"),
        ("GET", "/render/image/sign/greenroom/a.png?token=x", "Image transformations"),
        ("POST", "/object/list-v2/greenroom", "Lists by cursor"),
        ("PUT", "/s3/greenroom/a.png", "S3 requests"),
        ("DELETE", "/cdn/greenroom/a.png", "Purges of a cache"),
    ],
)
async def test_what_is_not_offered_says_so(storage: RunningStorage, method: str, path: str, what: str) -> None:
    answer = await storage.call(method, path)
    assert (answer.status_code, answer.json()["statusCode"], answer.json()["code"]) == (400, "403", "FeatureNotEnabled")
    assert answer.json()["message"].startswith(what)
    assert storage.contents() == 0


async def test_a_link_to_a_transformed_picture_leads_to_the_picture_as_in_a_project_that_transforms_none(
    storage: RunningStorage, bucket: str
) -> None:
    files = storage.client().from_(bucket)
    await files.upload("a.txt", b"one", {"content-type": "text/plain"})
    transform: Any = {"transform": {"width": 100}}
    link = str((await files.create_signed_url("a.txt", 60, transform))["signedUrl"])
    assert "/object/sign/" in link
    assert (await storage.http.get(link)).content == b"one"


async def test_buckets_are_listed_in_pages_and_by_a_part_of_their_names(storage: RunningStorage) -> None:
    for name in ("posters-old", "posters-new", "contracts"):
        await storage.client().create_bucket(name)

    async def names(query: str) -> list[str]:
        answer = await storage.call("GET", f"/bucket?{query}")
        assert answer.status_code == 200, answer.text
        return [each["name"] for each in answer.json()]

    assert await names("search=POSTERS&sortColumn=name&sortOrder=desc") == ["posters-old", "posters-new"]
    assert await names("search=posters&limit=1&offset=1") == ["posters-old"]
    assert {"contracts", "posters-new", "posters-old"} <= set(await names(""))
    for bad in (
        "limit=0",
        "limit=x",
        "offset=-1",
        "sortColumn=public",
        "sortOrder=up",
        "search=%00",
        "search=" + "x" * 1025,
    ):
        answer = await storage.call("GET", f"/bucket?{bad}")
        assert (answer.status_code, answer.json()["code"]) == (400, "InvalidRequest"), bad
