"""What the file server does with buckets and objects, and for whom. Knows no route.

No policies stand on its tables, as in a project whose files only its own service touches: the secret key may do everything,
anybody else reads public buckets and links.
"""

from __future__ import annotations

import asyncio
import hmac
from datetime import UTC, datetime
from typing import Any, Literal
from urllib.parse import quote

import psycopg
from starlette.requests import Request

from embedded.auth import tokens
from embedded.auth.problems import AuthProblem
from embedded.storage import links, names, problems
from embedded.storage.blobs import Blobs
from embedded.storage.bodies import (
    BucketChanges,
    BucketListing,
    Content,
    Journey,
    LinksWanted,
    Listing,
    NewBucket,
    read_content,
)
from embedded.storage.settings import StorageSettings
from embedded.storage.shelves import Pool, Row, Shelves

Who = Literal["service", "somebody"]


class StorageServer:
    def __init__(self, pool: Pool, settings: StorageSettings) -> None:
        self.settings = settings
        self.blobs = Blobs(settings.folder)
        self._shelves = Shelves(pool)

    async def tidy(self) -> None:
        """Remove contents that no object has: what a crash left between the disk and the database."""
        old = await asyncio.to_thread(lambda: list(self.blobs.old()))
        if old:
            await asyncio.to_thread(self.blobs.forget, await self._shelves.unknown(old))

    def who(self, request: Request) -> Who:
        """Whose right a call has. Raises `StorageProblem` for a token that is none, or no longer."""
        authorization = request.headers.get("authorization", "")
        scheme, _, token = authorization.partition(" ")
        given = token.strip() if scheme.lower() == "bearer" else request.headers.get("apikey", "").strip()
        if not given:
            raise problems.bad_request("headers must have required property 'authorization'")
        keyring = self.settings.auth.keyring
        if _same(given, keyring.secret_key):
            return "service"
        if _same(given, keyring.publishable_key):
            return "somebody"
        try:
            return "service" if tokens.read(self.settings.auth, given).role == "service_role" else "somebody"
        except AuthProblem as error:
            raise problems.StorageProblem(403, "InvalidJWT", "invalid JWT", error="Unauthorized") from error

    async def buckets(self, who: Who, wanted: BucketListing) -> list[Row]:
        if who != "service":
            return []
        found = [row for row in await self._shelves.buckets() if wanted.search.lower() in row["name"].lower()]
        found.sort(key=lambda row: row[wanted.column], reverse=wanted.order == "desc")
        end = wanted.offset + wanted.limit if wanted.limit else None
        return [_bucket(row) for row in found[wanted.offset : end]]

    async def bucket(self, who: Who, name: str) -> Row:
        return _bucket(await self._own_bucket(who, name))

    async def add_bucket(self, who: Who, wanted: NewBucket) -> str:
        name = names.bucket_name(wanted.id or wanted.name)
        limit = names.size_limit(wanted.file_size_limit)
        if who != "service":
            raise problems.denied()
        if not await self._shelves.add_bucket(
            id=name, public=wanted.public, file_size_limit=limit, allowed_mime_types=wanted.allowed_mime_types
        ):
            raise problems.exists(bucket=True)
        return name

    async def change_bucket(self, who: Who, name: str, changes: BucketChanges) -> None:
        bucket = await self._own_bucket(who, name)
        given = changes.model_dump(exclude_unset=True)
        if "file_size_limit" in given:
            given["file_size_limit"] = names.size_limit(given["file_size_limit"])
        if given.get("public", True) is None:
            raise problems.bad_request("body/public must be boolean")
        await self._shelves.change_bucket(**{**bucket, **given})

    async def drop_bucket(self, who: Who, name: str) -> None:
        await self._own_bucket(who, name)
        if not await self._shelves.drop_bucket(name):
            raise problems.StorageProblem(409, "ResourceNotEmpty", "The bucket you tried to delete is not empty")

    async def empty_bucket(self, who: Who, name: str) -> None:
        await self._own_bucket(who, name)
        await self._forget(await self._shelves.empty(name))

    async def upload(self, request: Request, who: Who, place: tuple[str, str], *, replace: bool) -> Row:
        """Store what the request brings. Raises `StorageProblem`, before reading it where that is known."""
        bucket_name, key = place[0], names.object_key(place[1])
        bucket = await self._shelves.bucket(names.bucket_name(bucket_name))
        if bucket is None:
            raise problems.no_bucket()
        if who != "service":
            raise problems.denied()
        if not replace and await self._shelves.object(bucket_name, key):
            raise problems.exists()
        most = min(self.settings.largest_object, bucket["file_size_limit"] or self.settings.largest_object)
        async with read_content(request, most) as content:
            if not names.fits(content.media_type, bucket["allowed_mime_types"]):
                raise problems.wrong_type(content.media_type)
            return await self._store(bucket_name, key, content, replace=replace)

    async def _store(self, bucket: str, key: str, content: Content, *, replace: bool) -> Row:
        blob = await asyncio.to_thread(self.blobs.keep, content.file)
        metadata = {
            "eTag": f'"{blob.digest}"',
            "size": blob.size,
            "mimetype": content.media_type,
            "cacheControl": content.cache_control,
            "lastModified": datetime.now(UTC).isoformat(),
            "contentLength": blob.size,
            "httpStatusCode": 200,
        }
        stored = None
        try:
            stored = await self._shelves.put(
                bucket, key, version=blob.version, metadata=metadata, user_metadata=content.metadata, replace=replace
            )
        finally:
            if stored is None:
                await asyncio.to_thread(self.blobs.forget, [blob.version])
        if stored is None:
            raise problems.exists()
        made, before = stored
        if before:
            await asyncio.to_thread(self.blobs.forget, [before])
        return made

    async def readable(self, who: Who | None, bucket_name: str, key: str) -> Row:
        """The object that may be read: by the service, or by anybody (None) in a public bucket. Raises `StorageProblem`."""
        bucket = await self._shelves.bucket(names.bucket_name(bucket_name))
        if bucket is None or (who is None and not bucket["public"]):
            raise problems.no_bucket()
        found = await self._shelves.object(bucket_name, names.object_key(key))
        if found is None or who == "somebody":
            raise problems.no_object()
        return found

    async def linked(self, bucket: str, key: str, token: str) -> Row:
        links.read(self.settings, "read", f"{bucket}/{names.object_key(key)}", token)
        return await self.readable("service", bucket, key)

    async def link(self, who: Who, bucket: str, key: str, seconds: int) -> str:
        found = await self.readable(who, bucket, key)
        return self._link(bucket, found["name"], seconds)

    async def links(self, who: Who, bucket: str, wanted: LinksWanted) -> list[Row]:
        known = await self._shelves.known(names.bucket_name(bucket), wanted.paths) if who == "service" else set()
        missing = "Either the object does not exist or you do not have access to it"
        return [
            {"error": None, "path": path, "signedURL": self._link(bucket, path, wanted.expires_in)}
            if path in known
            else {"error": missing, "path": path, "signedURL": None}
            for path in wanted.paths
        ]

    def _link(self, bucket: str, key: str, seconds: int) -> str:
        token = links.sign(self.settings, "read", f"{bucket}/{key}", seconds)
        return f"/object/sign/{quote(bucket)}/{quote(key)}?token={token}"

    async def upload_link(self, who: Who, bucket: str, key: str, *, replace: bool) -> tuple[str, str]:
        """Where to upload without a key, and the token that allows it."""
        key = names.object_key(key)
        if await self._shelves.bucket(names.bucket_name(bucket)) is None:
            raise problems.no_bucket()
        if who != "service":
            raise problems.denied()
        if not replace and await self._shelves.object(bucket, key):
            raise problems.exists()
        token = links.sign(
            self.settings, "upload", f"{bucket}/{key}", self.settings.upload_link_seconds, upsert=replace
        )
        return f"/object/upload/sign/{quote(bucket)}/{quote(key)}?token={token}", token

    async def upload_by_link(self, request: Request, bucket: str, key: str, token: str) -> Row:
        claims = links.read(self.settings, "upload", f"{bucket}/{names.object_key(key)}", token)
        return await self.upload(request, "service", (bucket, key), replace=claims.get("upsert") is True)

    async def inside(self, who: Who, bucket: str, wanted: Listing) -> list[Row]:
        prefix = names.folder_prefix(wanted.prefix)
        if who != "service":
            return []
        found = await self._shelves.inside(
            names.bucket_name(bucket),
            prefix,
            search=wanted.search or "",
            limit=wanted.limit,
            offset=wanted.offset,
            sort=wanted.sort_by.column,
            descending=wanted.sort_by.order == "desc",
        )
        return [_spelled(row) for row in found]

    async def remove(self, who: Who, bucket: str, keys: list[str]) -> list[Row]:
        """Those that were there, and now are not. Names that can not exist are passed over, as unknown ones are."""
        if who != "service":
            return []
        gone = await self._shelves.remove(names.bucket_name(bucket), keys)
        await self._forget(gone)
        return [_spelled(row) for row in gone]

    async def move(self, who: Who, journey: Journey) -> None:
        source, to_bucket, to = await self._journey(who, journey)
        try:
            moved = await self._shelves.move(journey.bucket, source["name"], to_bucket, to)
        except psycopg.errors.UniqueViolation as error:
            raise problems.exists() from error
        if not moved:
            raise problems.no_object()

    async def copy(self, who: Who, journey: Journey) -> Row:
        source, to_bucket, to = await self._journey(who, journey)
        if await self._shelves.object(to_bucket, to):
            raise problems.exists()
        version = await asyncio.to_thread(self.blobs.copy, source["version"])
        stored = await self._shelves.put(
            to_bucket, to, version=version, metadata=source["metadata"], user_metadata=source["user_metadata"],
            replace=False,
        )  # fmt: skip
        if stored is None:
            await asyncio.to_thread(self.blobs.forget, [version])
            raise problems.exists()
        return stored[0]

    async def _journey(self, who: Who, journey: Journey) -> tuple[Row, str, str]:
        source = await self.readable(who, journey.bucket, journey.source)
        to_bucket = names.bucket_name(journey.to_bucket or journey.bucket)
        if await self._shelves.bucket(to_bucket) is None:
            raise problems.no_bucket()
        return source, to_bucket, names.object_key(journey.to)

    async def _own_bucket(self, who: Who, name: str) -> Row:
        found = await self._shelves.bucket(names.bucket_name(name)) if who == "service" else None
        if found is None:
            raise problems.no_bucket()
        return found

    async def _forget(self, rows: list[Row]) -> None:
        await asyncio.to_thread(self.blobs.forget, [row["version"] for row in rows])


def _bucket(row: Row) -> Row:
    """A bucket as the wire shows it."""
    return {
        "id": row["id"],
        "name": row["name"],
        "owner": row["owner_id"] or "",
        "public": row["public"],
        "type": "STANDARD",
        "file_size_limit": row["file_size_limit"],
        "allowed_mime_types": row["allowed_mime_types"],
        "created_at": row["created_at"].isoformat(),
        "updated_at": row["updated_at"].isoformat(),
    }


def _spelled(row: Row) -> Row:
    """An object, or a folder, as lists show it."""
    shown: dict[str, Any] = {
        name: row[name].isoformat() if row[name] else None for name in ("updated_at", "created_at", "last_accessed_at")
    }
    more = {"bucket_id": row["bucket_id"], "version": str(row["version"])} if "bucket_id" in row else {}
    return {
        "name": row["name"],
        "id": str(row["id"]) if row["id"] else None,
        "metadata": row["metadata"],
        **shown,
        **more,
    }


def _same(given: str, expected: str) -> bool:
    return hmac.compare_digest(given.encode("utf-8", "replace"), expected.encode())
