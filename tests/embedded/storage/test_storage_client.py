"""What supabase-py does with Supabase Storage, done with the embedded one."""

from __future__ import annotations

from uuid import uuid4

import httpx
import pytest
from storage3.exceptions import StorageApiError

from embedded.storage import links
from tests.embedded.storage.serving import URL, RunningStorage


async def test_a_bucket_is_made_read_changed_emptied_and_deleted(storage: RunningStorage) -> None:
    client = storage.client()
    name = f"own-{uuid4()}"
    await client.create_bucket(name, options={"file_size_limit": 1000, "allowed_mime_types": ["image/png"]})
    made = await client.get_bucket(name)
    assert (made.public, made.file_size_limit, made.allowed_mime_types) == (False, 1000, ["image/png"])
    assert name in {each.id for each in await client.list_buckets()}
    await client.update_bucket(name, {"public": True})
    changed = await client.get_bucket(name)
    assert (changed.public, changed.file_size_limit) == (True, 1000)
    await client.from_(name).upload("a.png", b"png", {"content-type": "image/png"})
    with pytest.raises(StorageApiError) as refused:
        await client.delete_bucket(name)
    assert refused.value.status == "409"
    await client.empty_bucket(name)
    await client.delete_bucket(name)
    with pytest.raises(StorageApiError) as refused:
        await client.get_bucket(name)
    assert (refused.value.status, refused.value.code) == ("404", "Bucket not found")
    assert storage.contents() == 0


async def test_a_bucket_is_made_once(storage: RunningStorage, bucket: str) -> None:
    with pytest.raises(StorageApiError) as refused:
        await storage.client().create_bucket(bucket)
    assert (refused.value.status, refused.value.code) == ("409", "Duplicate")


async def test_an_object_is_stored_read_told_and_removed(storage: RunningStorage, bucket: str) -> None:
    files = storage.client().from_(bucket)
    answer = await files.upload(
        "folder/my cat.txt", b"meow", {"content-type": "text/plain", "metadata": {"colour": "grey"}}
    )
    assert answer.full_path == f"{bucket}/folder/my cat.txt"
    assert await files.download("folder/my cat.txt") == b"meow"
    told = await files.info("folder/my cat.txt")
    assert (told["size"], told["content_type"], told["metadata"]) == (4, "text/plain", {"colour": "grey"})
    assert told["cache_control"] == "max-age=3600"
    assert await files.exists("folder/my cat.txt")
    (gone,) = await files.remove(["folder/my cat.txt", "never/there.txt"])
    assert gone["name"] == "folder/my cat.txt"
    assert not await files.exists("folder/my cat.txt")
    assert storage.contents() == 0


async def test_an_object_is_replaced_only_when_asked(storage: RunningStorage, bucket: str) -> None:
    files = storage.client().from_(bucket)
    await files.upload("a.txt", b"one")
    with pytest.raises(StorageApiError) as refused:
        await files.upload("a.txt", b"two")
    assert (refused.value.status, refused.value.code) == ("409", "Duplicate")
    assert await files.download("a.txt") == b"one"
    await files.upload("a.txt", b"three", {"upsert": "true"})
    await files.update("a.txt", b"four")
    assert await files.download("a.txt") == b"four"
    assert storage.contents() == 1


async def test_objects_move_and_are_copied(storage: RunningStorage, bucket: str) -> None:
    files = storage.client().from_(bucket)
    await files.upload("a.txt", b"one")
    await files.copy("a.txt", "b/copy.txt")
    await files.move("a.txt", "b/moved.txt")
    assert await files.download("b/copy.txt") == await files.download("b/moved.txt") == b"one"
    with pytest.raises(StorageApiError) as refused:
        await files.move("b/copy.txt", "b/moved.txt")
    assert refused.value.status == "409"
    with pytest.raises(StorageApiError) as refused:
        await files.copy("a.txt", "c.txt")
    assert (refused.value.status, refused.value.code) == ("404", "not_found")


async def test_a_folder_lists_what_lies_directly_in_it(storage: RunningStorage, bucket: str) -> None:
    files = storage.client().from_(bucket)
    for name in ("top.txt", "a/one.txt", "a/two.txt", "a/b/three.txt", "ab/four.txt"):
        await files.upload(name, b"x")
    assert [(each["name"], each["id"] is None) for each in await files.list()] == [
        ("a", True), ("ab", True), ("top.txt", False),
    ]  # fmt: skip
    assert [each["name"] for each in await files.list("a")] == ["b", "one.txt", "two.txt"]
    down = await files.list("a", {"sortBy": {"column": "name", "order": "desc"}, "limit": 1, "offset": 1})
    assert [each["name"] for each in down] == ["two.txt"]
    assert [each["name"] for each in await files.list("a", {"search": "TW"})] == ["two.txt"]
    assert (await files.list("a"))[1]["metadata"]["size"] == 1


async def test_a_signed_address_shows_one_object_for_a_while(storage: RunningStorage, bucket: str) -> None:
    files = storage.client().from_(bucket)
    await files.upload("a.txt", b"one", {"content-type": "text/plain"})
    await files.upload("b.txt", b"two")
    url = (await files.create_signed_url("a.txt", 60, {"download": "the file.txt"}))["signedUrl"]
    assert url is not None
    async with httpx.AsyncClient(transport=storage.transport) as stranger:
        shown = await stranger.get(url)
        assert (shown.content, shown.headers["content-disposition"]) == (
            b"one", "attachment; filename*=UTF-8''the%20file.txt",
        )  # fmt: skip
        assert (await stranger.get(url.replace("a.txt", "b.txt"))).json()["error"] == "InvalidSignature"
        assert (await stranger.get(url.replace("token=", "token=x"))).json()["code"] == "InvalidJWT"
        assert (await stranger.get(url.partition("?")[0])).status_code == 400
        old = links.sign(storage.settings, "read", f"{bucket}/a.txt", -1)
        late = await stranger.get(f"{URL}/storage/v1/object/sign/{bucket}/a.txt", params={"token": old})
        assert late.json()["message"] == '"exp" claim timestamp check failed'


async def test_many_addresses_are_signed_at_once(storage: RunningStorage, bucket: str) -> None:
    files = storage.client().from_(bucket)
    await files.upload("a.txt", b"one")
    known, unknown = await files.create_signed_urls(["a.txt", "b.txt"], 60)
    assert known["error"] is None
    assert (await storage.http.get(str(known["signedUrl"]))).content == b"one"
    assert unknown["error"]
    assert unknown["signedUrl"] is None


async def test_who_has_the_address_uploads_once_and_reads_nothing(storage: RunningStorage, bucket: str) -> None:
    files = storage.client().from_(bucket)
    drop = await files.create_signed_upload_url("in/photo.png")
    stranger = storage.client("no key at all").from_(bucket)
    await stranger.upload_to_signed_url("in/photo.png", drop["token"], b"png", {"content-type": "image/png"})
    assert await files.download("in/photo.png") == b"png"
    with pytest.raises(StorageApiError) as refused:
        await stranger.upload_to_signed_url("in/photo.png", drop["token"], b"other")
    assert refused.value.status == "409"
    with pytest.raises(StorageApiError):
        await stranger.upload_to_signed_url("in/other.png", drop["token"], b"other")
    read = await storage.http.get(
        f"{URL}/storage/v1/object/sign/{bucket}/in/photo.png", params={"token": drop["token"]}
    )
    assert read.json()["code"] == "InvalidJWT"


async def test_a_public_bucket_is_read_by_its_address(storage: RunningStorage, bucket: str) -> None:
    client = storage.client()
    files = client.from_(bucket)
    await files.upload("a b.txt", b"one")
    address = await files.get_public_url("a b.txt")
    assert (await storage.http.get(address)).json()["error"] == "Bucket not found"
    await client.update_bucket(bucket, {"public": True})
    shown = await storage.http.get(address)
    assert shown.content == b"one"
    again = await storage.http.get(address, headers={"if-none-match": shown.headers["etag"]})
    assert again.status_code == 304
    part = await storage.http.get(address, headers={"range": "bytes=1-2"})
    assert (part.status_code, part.content) == (206, b"ne")


async def test_a_bucket_keeps_to_its_sizes_and_types(storage: RunningStorage) -> None:
    client = storage.client()
    name = f"tight-{uuid4()}"
    await client.create_bucket(name, options={"file_size_limit": 100, "allowed_mime_types": ["image/*"]})
    files = client.from_(name)
    with pytest.raises(StorageApiError) as refused:
        await files.upload("a.png", b"x" * 101, {"content-type": "image/png"})
    assert (refused.value.status, refused.value.code) == ("413", "Payload too large")
    with pytest.raises(StorageApiError) as refused:
        await files.upload("a.html", b"<b>", {"content-type": "text/html"})
    assert (refused.value.status, refused.value.code) == ("415", "invalid_mime_type")
    await files.upload("a.png", b"x" * 100, {"content-type": "image/png"})
    assert storage.contents() == 1
