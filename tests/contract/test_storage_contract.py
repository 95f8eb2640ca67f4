"""Files: two official clients, the embedded server and any Supabase project, and the same is seen by all."""

from __future__ import annotations

import _socket
import asyncio
import json
import shutil
import socket
from collections.abc import Awaitable, Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest
from storage3 import AsyncStorageClient
from storage3.exceptions import StorageApiError
from storage3.types import CreateSignedUploadUrlOptions

from tests.contract.targets import Target, embedded, named_project
from tests.postgres import ClonedDatabase

_SCRIPT = Path(__file__).parents[2] / "web" / "contract" / "storage.mjs"
_INSTALLED = Path(__file__).parents[2] / "web" / "node_modules" / "@supabase" / "supabase-js"
_PLAIN: Any = {"content-type": "text/plain"}

AGREED: dict[str, Any] = {
    "bucket": [False, 1000, ["text/plain", "image/*"]],
    "bucket_twice": "409",
    "twice": "409",
    "read": "two",
    "told": [4, "text/plain", {"colour": "grey"}],
    "exists": [True, False],
    "too_large": "413",
    "wrong_type": "415",
    "gone": "404",
    "top": [["a", True], ["c", True]],
    "inside": ["bare.txt", "one.txt"],
    "link": ["two", False],
    "links": [False, True],
    "dropped": "drop",
    "dropped_again": "409",
    "anybody_lists": [],
    "anybody_writes": "403",
    "anybody_removes": 0,
    "private_address": False,
    "public_address": "two",
    "removed": ["a/one.txt"],
    "not_empty": "409",
    "bucket_gone": "404",
    "buckets": [True, 0],
    "upserted": "three",
    "sorted": ["one.txt", "bare.txt"],
    "paged": ["one.txt"],
    "searched": ["bare.txt"],
    "onto_another": ["409", "409"],
    "saved_as": True,
    "replaced_by_link": "again",
}


@pytest.fixture(params=["embedded", pytest.param("project", marks=pytest.mark.supabase)])
def target(
    request: pytest.FixtureRequest, module_database: ClonedDatabase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Target]:
    if request.param != "project":
        with embedded(module_database, tmp_path, confirming=False) as served:
            yield served
        return
    if "supabase" not in str(request.config.option.markexpr):
        pytest.skip("a real project is only used when asked for: make test-supabase")
    # The guard against other machines is for tests that have no business there.
    monkeypatch.setattr(socket.socket, "connect", _socket.socket.connect)
    project = named_project()
    if project is None:
        pytest.skip("SUPABASE_URL, SUPABASE_PUBLISHABLE_KEY and SUPABASE_SECRET_KEY name no project")
    yield project


async def test_supabase_py_sees_what_was_agreed(target: Target) -> None:
    async with httpx.AsyncClient(timeout=60) as http:
        assert (
            await _seen(_client(target, http, target.secret_key), _client(target, http, target.publishable_key), http)
            == AGREED
        )


async def test_supabase_js_sees_what_was_agreed(target: Target) -> None:
    node = shutil.which("node")
    if node is None or not _INSTALLED.is_dir():
        pytest.skip("supabase-js is not installed: make web-check")
    told = {"url": target.url, "publishable_key": target.publishable_key, "secret_key": target.secret_key}
    process = await asyncio.create_subprocess_exec(node, str(_SCRIPT), json.dumps(told), stdout=-1, stderr=-1)
    output, errors = await process.communicate()
    assert process.returncode == 0, errors.decode()
    assert json.loads(output) == AGREED


def _client(target: Target, http: httpx.AsyncClient, key: str) -> AsyncStorageClient:
    headers = {"apikey": key, "Authorization": f"Bearer {key}"}
    return AsyncStorageClient(f"{target.url}/storage/v1/", headers, http_client=http)


async def _refusal(call: Awaitable[Any]) -> str:
    with pytest.raises(StorageApiError) as refused:
        await call
    return str(refused.value.status)


async def _seen(secret: AsyncStorageClient, anybody: AsyncStorageClient, http: httpx.AsyncClient) -> dict[str, Any]:
    bucket = f"contract-{uuid4()}"
    options: Any = {"public": False, "file_size_limit": 1000, "allowed_mime_types": ["text/plain", "image/*"]}
    await secret.create_bucket(bucket, options=options)
    try:
        seen = await _looked_into(secret, bucket, options)
        seen |= await _looked_for(secret, bucket)
        seen |= await _passed_around(secret, anybody, bucket, http)
    finally:
        await secret.empty_bucket(bucket)
        await secret.delete_bucket(bucket)
    return seen | {"bucket_gone": await _refusal(secret.get_bucket(bucket))}


async def _looked_into(secret: AsyncStorageClient, bucket: str, options: Any) -> dict[str, Any]:
    files, made = secret.from_(bucket), await secret.get_bucket(bucket)
    seen: dict[str, Any] = {
        "bucket": [made.public, made.file_size_limit, made.allowed_mime_types],
        "bucket_twice": await _refusal(secret.create_bucket(bucket, options=options)),
    }
    await files.upload("a/one.txt", b"one", _PLAIN)
    await files.upload("a/bare.txt", b"bare", {**_PLAIN, "metadata": {"colour": "grey"}})
    seen["twice"] = await _refusal(files.upload("a/one.txt", b"two", _PLAIN))
    await files.update("a/one.txt", b"two", _PLAIN)
    seen["read"] = (await files.download("a/one.txt")).decode()
    told = await files.info("a/bare.txt")
    seen["told"] = [told["size"], told["content_type"], told["metadata"]]
    seen["exists"] = [await files.exists("a/one.txt"), await files.exists("a/no.txt")]
    seen["too_large"] = await _refusal(files.upload("b.txt", bytes(1001), _PLAIN))
    seen["wrong_type"] = await _refusal(files.upload("b.pdf", b"x", {"content-type": "application/pdf"}))
    await files.copy("a/one.txt", "a/copy.txt")
    await files.move("a/copy.txt", "c/moved.txt")
    seen["gone"] = await _refusal(files.move("a/copy.txt", "c/again.txt"))
    seen["top"] = [[each["name"], each["id"] is None] for each in await files.list()]
    seen["inside"] = [each["name"] for each in await files.list("a")]
    return seen


async def _looked_for(secret: AsyncStorageClient, bucket: str) -> dict[str, Any]:
    files = secret.from_(bucket)
    names = [made.name for made in await secret.list_buckets()]
    backwards: Any = {"sortBy": {"column": "name", "order": "desc"}}
    paged: Any = {"limit": 1, "offset": 1}
    searched: Any = {"search": "BAR"}
    seen = {
        "buckets": [bucket in names, len(names) - len(set(names))],
        "sorted": [each["name"] for each in await files.list("a", backwards)],
        "paged": [each["name"] for each in await files.list("a", paged)],
        "searched": [each["name"] for each in await files.list("a", searched)],
        "onto_another": [
            await _refusal(files.copy("a/one.txt", "a/bare.txt")),
            await _refusal(files.move("a/one.txt", "a/bare.txt")),
        ],
    }
    await files.upload("c/moved.txt", b"three", {**_PLAIN, "upsert": "true"})
    return seen | {"upserted": (await files.download("c/moved.txt")).decode()}


async def _passed_around(
    secret: AsyncStorageClient, anybody: AsyncStorageClient, bucket: str, http: httpx.AsyncClient
) -> dict[str, Any]:
    files, theirs = secret.from_(bucket), anybody.from_(bucket)
    link = str((await files.create_signed_url("a/one.txt", 60))["signedUrl"])
    forged = link.replace("one.txt", "bare.txt")
    seen: dict[str, Any] = {"link": [(await http.get(link)).text, (await http.get(forged)).is_success]}
    links = await files.create_signed_urls(["a/one.txt", "no.txt"], 60)
    seen["links"] = [bool(each["error"]) for each in links]
    token = (await files.create_signed_upload_url("in/drop.txt"))["token"]
    await theirs.upload_to_signed_url("in/drop.txt", token, b"drop", _PLAIN)
    seen["dropped"] = (await files.download("in/drop.txt")).decode()
    saved: Any = {"download": "my tickets.txt"}
    named = await http.get(str((await files.create_signed_url("a/one.txt", 60, saved))["signedUrl"]))
    seen["saved_as"] = "my%20tickets.txt" in named.headers["content-disposition"]
    upsert = CreateSignedUploadUrlOptions(upsert="true")
    again = (await files.create_signed_upload_url("in/drop.txt", upsert))["token"]
    await theirs.upload_to_signed_url("in/drop.txt", again, b"again", _PLAIN)
    seen["replaced_by_link"] = (await files.download("in/drop.txt")).decode()
    seen["dropped_again"] = await _refusal(theirs.upload_to_signed_url("in/drop.txt", token, b"x", _PLAIN))
    seen["anybody_lists"] = await theirs.list()
    seen["anybody_writes"] = await _refusal(theirs.upload("d.txt", b"x", _PLAIN))
    seen["anybody_removes"] = len(await theirs.remove(["a/one.txt"]))
    address = await files.get_public_url("a/one.txt")
    seen["private_address"] = (await http.get(address)).is_success
    await secret.update_bucket(bucket, {"public": True})
    seen["public_address"] = (await http.get(address)).text
    seen["removed"] = [each["name"] for each in await files.remove(["a/one.txt", "no.txt"])]
    seen["not_empty"] = await _refusal(secret.delete_bucket(bucket))
    return seen
