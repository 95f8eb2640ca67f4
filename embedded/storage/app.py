"""The HTTP face of the embedded file server: routes and answers. Rules live in `server.py`."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any, cast
from urllib.parse import quote

import psycopg
from psycopg_pool import AsyncConnectionPool, PoolTimeout
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route

from embedded.storage import problems
from embedded.storage.bodies import (
    BucketChanges,
    BucketListing,
    Journey,
    LinksWanted,
    LinkWanted,
    Listing,
    NewBucket,
    Removal,
    read_json,
    read_query,
)
from embedded.storage.names import object_key
from embedded.storage.problems import StorageProblem
from embedded.storage.server import StorageServer
from embedded.storage.settings import StorageSettings
from embedded.storage.shelves import Pool, Row

_Endpoint = Callable[[Request], Awaitable[Response]]
# What was uploaded is shown on the page's own origin here: it may run nothing there, whatever it says it is.
_TAME = {"content-security-policy": "default-src 'none'; sandbox", "x-content-type-options": "nosniff"}
_NOT_OFFERED = {
    "/upload/resumable": "Resumable uploads",
    "/render/image": "Image transformations",
    "/object/list-v2": "Lists by cursor",
    "/s3": "S3 requests",
    "/cdn": "Purges of a cache",
}
_RUNS_IN_A_PAGE = ("text/html", "application/xhtml+xml", "text/xml", "application/xml", "image/svg+xml")


def create_storage_app(dsn: str, settings: StorageSettings) -> Starlette:
    """The app to mount at `/storage/v1`; whoever mounts it enters `app.router.lifespan_context(app)`."""
    pool: Pool = AsyncConnectionPool(
        dsn, min_size=1, max_size=4, timeout=10, open=False, kwargs={"autocommit": True, "application_name": "storage"}
    )
    server = StorageServer(pool, settings)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        server.blobs.open()
        async with pool:
            await server.tidy()
            yield

    app = Starlette(
        routes=_routes(),
        lifespan=lifespan,
        exception_handlers={
            StorageProblem: _refused,
            HTTPException: _not_routed,
            PoolTimeout: _unavailable,
            psycopg.OperationalError: _unavailable,
            psycopg.Error: _failed,
        },
    )
    app.state.storage = server
    return app


def _routes() -> list[Route]:
    def route(method: str, path: str, endpoint: _Endpoint) -> Route:
        return Route(path, endpoint, methods=[method])

    key = "/{bucket}/{key:path}"
    every = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
    return [
        *(Route(start + rest, _refuse, methods=every) for start in _NOT_OFFERED for rest in ("", "/{rest:path}")),
        *(route("GET", path, _list_buckets) for path in ("/bucket", "/bucket/")),
        *(route("POST", path, _add_bucket) for path in ("/bucket", "/bucket/")),
        route("GET", "/bucket/{bucket}", _get_bucket),
        route("PUT", "/bucket/{bucket}", _change_bucket),
        route("DELETE", "/bucket/{bucket}", _drop_bucket),
        route("POST", "/bucket/{bucket}/empty", _empty_bucket),
        # The named addresses first: any other first part is a bucket's name.
        route("POST", "/object/move", _move),
        route("POST", "/object/copy", _copy),
        route("POST", "/object/list/{bucket}", _list),
        route("POST", f"/object/upload/sign{key}", _sign_upload),
        route("PUT", f"/object/upload/sign{key}", _upload_by_link),
        route("POST", f"/object/sign{key}", _sign),
        route("POST", "/object/sign/{bucket}", _sign_many),
        route("GET", f"/object/sign{key}", _download_by_link),
        route("GET", f"/object/public{key}", _download_public),
        route("GET", f"/object/authenticated{key}", _download),
        route("GET", f"/object/info/public{key}", _info_public),
        route("GET", f"/object/info/authenticated{key}", _info),
        route("GET", f"/object/info{key}", _info),
        route("DELETE", "/object/{bucket}", _remove_many),
        route("POST", f"/object{key}", _upload),
        route("PUT", f"/object{key}", _replace),
        route("GET", f"/object{key}", _download),
        route("DELETE", f"/object{key}", _remove),
        route("GET", "/status", _status),
    ]


async def _refuse(request: Request) -> Response:
    path = request.scope["route"].path.removesuffix("/{rest:path}")
    raise problems.not_offered(_NOT_OFFERED[path])


async def _list_buckets(request: Request) -> Response:
    server = _server(request)
    who = server.who(request)
    return JSONResponse(await server.buckets(who, read_query(request, BucketListing)))


async def _add_bucket(request: Request) -> Response:
    server = _server(request)
    who = server.who(request)
    return JSONResponse({"name": await server.add_bucket(who, await read_json(request, NewBucket))})


async def _get_bucket(request: Request) -> Response:
    server = _server(request)
    return JSONResponse(await server.bucket(server.who(request), _bucket_of(request)))


async def _change_bucket(request: Request) -> Response:
    server = _server(request)
    who = server.who(request)
    await server.change_bucket(who, _bucket_of(request), await read_json(request, BucketChanges))
    return JSONResponse({"message": "Successfully updated"})


async def _drop_bucket(request: Request) -> Response:
    server = _server(request)
    await server.drop_bucket(server.who(request), _bucket_of(request))
    return JSONResponse({"message": "Successfully deleted"})


async def _empty_bucket(request: Request) -> Response:
    server = _server(request)
    await server.empty_bucket(server.who(request), _bucket_of(request))
    return JSONResponse({"message": "Successfully emptied"})


async def _upload(request: Request) -> Response:
    replace = request.headers.get("x-upsert", "").lower() == "true"
    return await _uploaded(request, replace=replace)


async def _replace(request: Request) -> Response:
    return await _uploaded(request, replace=True)


async def _uploaded(request: Request, *, replace: bool) -> Response:
    server = _server(request)
    made = await server.upload(request, server.who(request), _place(request), replace=replace)
    return JSONResponse({"Id": str(made["id"]), "Key": f"{made['bucket_id']}/{made['name']}"})


async def _sign_upload(request: Request) -> Response:
    server = _server(request)
    replace = request.headers.get("x-upsert", "").lower() == "true"
    url, token = await server.upload_link(server.who(request), *_place(request), replace=replace)
    return JSONResponse({"url": url, "token": token})


async def _upload_by_link(request: Request) -> Response:
    made = await _server(request).upload_by_link(request, *_place(request), _token(request))
    return JSONResponse({"Key": f"{made['bucket_id']}/{made['name']}"})


async def _sign(request: Request) -> Response:
    server = _server(request)
    who = server.who(request)
    wanted = await read_json(request, LinkWanted)
    return JSONResponse({"signedURL": await server.link(who, *_place(request), wanted.expires_in)})


async def _sign_many(request: Request) -> Response:
    server = _server(request)
    who = server.who(request)
    return JSONResponse(await server.links(who, _bucket_of(request), await read_json(request, LinksWanted)))


async def _download(request: Request) -> Response:
    server = _server(request)
    return _file(request, await server.readable(server.who(request), *_place(request)))


async def _download_public(request: Request) -> Response:
    return _file(request, await _server(request).readable(None, *_place(request)))


async def _download_by_link(request: Request) -> Response:
    return _file(request, await _server(request).linked(*_place(request), _token(request)))


async def _info(request: Request) -> Response:
    server = _server(request)
    return _told(await server.readable(server.who(request), *_place(request)))


async def _info_public(request: Request) -> Response:
    return _told(await _server(request).readable(None, *_place(request)))


async def _list(request: Request) -> Response:
    server = _server(request)
    who = server.who(request)
    return JSONResponse(await server.inside(who, _bucket_of(request), await read_json(request, Listing)))


async def _remove_many(request: Request) -> Response:
    server = _server(request)
    who = server.who(request)
    wanted = await read_json(request, Removal)
    return JSONResponse(await server.remove(who, _bucket_of(request), wanted.prefixes))


async def _remove(request: Request) -> Response:
    server = _server(request)
    bucket, key = _place(request)
    if not await server.remove(server.who(request), bucket, [object_key(key)]):
        raise problems.no_object()
    return JSONResponse({"message": "Successfully deleted"})


async def _move(request: Request) -> Response:
    server = _server(request)
    who = server.who(request)
    await server.move(who, await read_json(request, Journey))
    return JSONResponse({"message": "Successfully moved"})


async def _copy(request: Request) -> Response:
    server = _server(request)
    who = server.who(request)
    made = await server.copy(who, await read_json(request, Journey))
    return JSONResponse({"Id": str(made["id"]), "Key": f"{made['bucket_id']}/{made['name']}", "name": made["name"]})


async def _status(_: Request) -> Response:
    return JSONResponse({"name": "Greenroom storage", "version": "embedded"})


def _file(request: Request, row: Row) -> Response:
    metadata: dict[str, Any] = row["metadata"]
    tag = metadata["eTag"]
    headers = {"etag": tag, "cache-control": metadata["cacheControl"], **_TAME}
    if (name := request.query_params.get("download")) is not None:
        shown = quote(name[:255] or row["name"].rpartition("/")[2])
        headers["content-disposition"] = f"attachment; filename*=UTF-8''{shown}"
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    media_type = metadata["mimetype"]
    if media_type.partition(";")[0].strip().lower() in _RUNS_IN_A_PAGE:
        media_type = "text/plain"
    return FileResponse(_server(request).blobs.path(row["version"]), headers=headers, media_type=media_type)


def _told(row: Row) -> Response:
    metadata: dict[str, Any] = row["metadata"]
    return JSONResponse(
        {
            "id": str(row["id"]),
            "name": row["name"],
            "version": str(row["version"]),
            "bucket_id": row["bucket_id"],
            "size": metadata["size"],
            "content_type": metadata["mimetype"],
            "cache_control": metadata["cacheControl"],
            "etag": metadata["eTag"],
            "metadata": row["user_metadata"],
            "last_modified": row["updated_at"].isoformat(),
            "created_at": row["created_at"].isoformat(),
        }
    )


def _server(request: Request) -> StorageServer:
    return cast(StorageServer, request.app.state.storage)


def _bucket_of(request: Request) -> str:
    return cast(str, request.path_params["bucket"])


def _place(request: Request) -> tuple[str, str]:
    return request.path_params["bucket"], request.path_params["key"]


def _token(request: Request) -> str:
    token = request.query_params.get("token", "")
    if not token:
        raise problems.bad_request("querystring must have required property 'token'")
    return token


async def _refused(_: Request, problem: Exception) -> Response:
    return cast(StorageProblem, problem).answer()


async def _not_routed(_: Request, error: Exception) -> Response:
    status = cast(HTTPException, error).status_code
    body = {"statusCode": str(status), "error": "Not Found" if status == 404 else "Error", "message": "Route not found"}
    return JSONResponse({**body, "code": "InvalidRequest"}, status)


async def _unavailable(_: Request, __: Exception) -> Response:
    return StorageProblem(503, "DatabaseTimeout", "The connection to the database timed out").answer()


async def _failed(_: Request, __: Exception) -> Response:
    return StorageProblem(500, "DatabaseError", "Database error").answer()
