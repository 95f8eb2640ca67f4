"""The one road to stored contents: supabase-py's storage client with the secret key. Knows no noun and signs nobody in."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from types import TracebackType
from typing import Self

import httpx
from pydantic import ValidationError
from storage3 import AsyncStorageClient
from storage3.exceptions import StorageApiError
from storage3.utils import StorageException

from tools.errors import NotFound, TooLarge, Upstream

BUCKET = "greenroom"
LARGEST = 25 * 1024 * 1024
"""Bytes of the largest content; the bucket refuses more whoever sends it."""

MEDIA_TYPES = ("image/png", "image/jpeg", "image/webp", "application/pdf")
_AT_ONCE = 1000
_TIMEOUT = httpx.Timeout(10, read=60, write=60)


class FileGone(NotFound):
    code = "file_gone"
    title = "The content is not there"


class FileServerRefused(Upstream):
    """It answered, and did not want this; another request may go."""


@dataclass(frozen=True, slots=True)
class Drop:
    """Where somebody without a key may put one content: `url` takes a PUT until it expires."""

    url: str
    token: str


class FileGateway:
    """One private bucket. Every method raises Upstream where the server does not answer as it should."""

    def __init__(self, url: str, secret_key: str, *, transport: httpx.AsyncBaseTransport | None = None) -> None:
        self._url = f"{url.rstrip('/')}/storage/v1/"
        # The key alone: this client never carries a person's session.
        self._headers = {"apikey": secret_key, "Authorization": f"Bearer {secret_key}"}
        self._http = httpx.AsyncClient(transport=transport, timeout=_TIMEOUT)
        self._bucket_known = False

    @property
    def links_start(self) -> str:
        """What every signed address begins with."""
        return f"{self._url}object/sign/{BUCKET}/"

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        await self._http.aclose()

    async def put(self, path: str, content: bytes, media_type: str, *, replace: bool = True) -> None:
        """Store a content under a path; one that is there is replaced, or else stays, for who may be reading it."""
        async with self._client() as client:
            await self._make_bucket(client)
            # Paths are never used again, so what is under one never changes.
            options = {"content-type": media_type, "upsert": str(replace).lower(), "cache-control": "31536000"}
            try:
                await client.from_(BUCKET).upload(path, content, options)  # type: ignore[arg-type]
            except StorageApiError as error:
                if replace or str(error.status) != "409":
                    raise

    async def get(self, path: str) -> bytes:
        """The content. Raises FileGone."""
        async with self._client() as client:
            content: bytes = await client.from_(BUCKET).download(path)
            return content

    async def signed_url(self, path: str, seconds: int, *, save_as: str | None = None) -> str:
        """An address that shows the content to whoever has it, for a while; it is saved under a name when one is given. Raises FileGone."""
        async with self._client() as client:
            options = {"download": save_as} if save_as else {}
            answer = await client.from_(BUCKET).create_signed_url(path, seconds, options)  # type: ignore[arg-type]
            return _told(answer["signedUrl"])

    async def signed_urls(self, paths: list[str], seconds: int) -> dict[str, str]:
        """Addresses by path; what is not there has none."""
        if not paths:
            return {}
        async with self._client() as client:
            answers = await client.from_(BUCKET).create_signed_urls(paths, seconds)
            return {answer["path"]: answer["signedUrl"] for answer in answers if answer["signedUrl"]}

    async def signed_upload(self, path: str) -> Drop:
        """Where one content may be put, once, by whoever is told."""
        async with self._client() as client:
            await self._make_bucket(client)
            answer = await client.from_(BUCKET).create_signed_upload_url(path)
            return Drop(answer["signed_url"], answer["token"])

    async def delete(self, paths: list[str]) -> None:
        """Remove contents; those that are gone already are no failure."""
        async with self._client() as client:
            for start in range(0, len(paths), _AT_ONCE):
                await client.from_(BUCKET).remove(paths[start : start + _AT_ONCE])

    async def _make_bucket(self, client: AsyncStorageClient) -> None:
        if self._bucket_known:
            return
        try:
            await client.create_bucket(
                BUCKET,
                options={"public": False, "file_size_limit": LARGEST, "allowed_mime_types": list(MEDIA_TYPES)},
            )
        except StorageApiError as error:
            if str(error.status) != "409":
                raise
        self._bucket_known = True

    @asynccontextmanager
    async def _client(self) -> AsyncIterator[AsyncStorageClient]:
        """A client for one call over the shared connections."""
        try:
            yield AsyncStorageClient(self._url, self._headers, http_client=self._http)
        except StorageApiError as error:
            if str(error.status) == "404":
                raise FileGone("The content is not there.") from error
            if str(error.status) == "413":
                raise TooLarge("The file is too large to be stored.") from error
            raise FileServerRefused("The file server refused the request.") from error
        except (httpx.HTTPError, StorageException, ValidationError, KeyError, ValueError) as error:
            # The last three are answers that are not in Supabase's shape.
            raise Upstream("The file server did not answer.", retry_after=5) from error


def _told(url: str | None) -> str:
    if not url:
        raise Upstream("The file server gave an answer that could not be read.")
    return url
