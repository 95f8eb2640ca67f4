"""The REST door: routes made from the catalog. Plain ASGI, because the framework's own layer costs more than the operation."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import blake2b
from typing import Any

from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match
from starlette.types import ASGIApp, Receive, Scope, Send

from api.bodies import read_object, read_query
from api.deps import caller_of, is_known
from api.edge import MeteredRoute
from api.parts import parts_of
from api.problems import MethodNotAllowed, invalid_fields, problem_answer, read_input, request_id_of
from api.reference import Entry
from tools.errors import AppError, PreconditionRequired
from tools.operation import AnyOperation, Http

PREFIX = "/api"
_FROM_QUERY = frozenset({"GET", "DELETE"})
"""Methods whose input is in the query: many clients and proxies drop the body of a DELETE."""


def rest_routes(catalog: Mapping[str, AnyOperation]) -> list[MeteredRoute]:
    """One route per address; the operation is chosen by the method."""
    addresses: dict[str, dict[str, _Binding]] = {}
    for operation in catalog.values():
        for http in operation.http:
            addresses.setdefault(PREFIX + http.path, {})[http.method] = _Binding(operation, http, catalog)
    # A literal segment before one that takes anything.
    ordered = sorted(addresses, key=lambda path: [part.startswith("{") for part in path.split("/")])
    return [MeteredRoute(path, Resource(addresses[path])) for path in ordered]


class RestDoor:
    """Answers the operations' addresses; what is not one of them goes on to `app`.

    Stands before the framework's router and its layers, which cost more than finding an address.
    """

    def __init__(self, app: ASGIApp, catalog: Mapping[str, AnyOperation]) -> None:
        self._app = app
        routes = rest_routes(catalog)
        self._literal = {route.path: route for route in routes if "{" not in route.path}
        self._patterns = [route for route in routes if "{" in route.path]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        found = self._find(scope) if scope["type"] == "http" and scope["path"].startswith(PREFIX) else None
        if found is None:
            await self._app(scope, receive, send)
            return
        scope.update(found)
        try:
            await scope["endpoint"](scope, receive, send)
        except AppError as error:
            await problem_answer(error, request_id_of(scope))(scope, receive, send)

    def _find(self, scope: Scope) -> Scope | None:
        literal = self._literal.get(scope["path"])
        if literal is not None:
            return {"endpoint": literal.app, "path_params": {}, "route": literal}
        matches = (route.matches(scope) for route in self._patterns)
        return next((found for match, found in matches if match is not Match.NONE), None)


def rest_entries(catalog: Mapping[str, AnyOperation]) -> list[Entry]:
    """What the routes take and answer, for the reference."""
    return [_entry(operation, http) for operation in catalog.values() for http in operation.http]


class Resource:
    """The ASGI application of one address."""

    def __init__(self, bindings: Mapping[str, _Binding]) -> None:
        self._bindings = dict(bindings)
        self._allow = ", ".join(sorted({*bindings, *({"HEAD"} if "GET" in bindings else ())}))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        method = "GET" if request.method == "HEAD" else request.method
        binding = self._bindings.get(method)
        if binding is None:
            answer = problem_answer(MethodNotAllowed(), request_id_of(scope), {"Allow": self._allow})
        else:
            answer = await binding.answer(request)
        await answer(scope, receive, send)


class _Binding:
    """One operation at one method of an address."""

    def __init__(self, operation: AnyOperation, http: Http, catalog: Mapping[str, AnyOperation]) -> None:
        self._operation = operation
        self._http = http
        self._whole = _whole(operation.input) if http.method == "PUT" else {}
        self._home = _home(http, catalog) if http.status == 201 else None

    async def answer(self, request: Request) -> Response:
        caller = await caller_of(request)
        if self._http.needs_version and "if-match" not in request.headers:
            raise PreconditionRequired()
        data = read_input(self._operation.input, await self._values(request))
        result = await self._operation(parts_of(request).greenroom, caller, data)
        return self._present(result, request)

    async def _values(self, request: Request) -> dict[str, Any]:
        sent = read_query(request) if self._http.method in _FROM_QUERY else await read_object(request)
        values = {**self._whole, **sent}
        if self._http.target:
            if self._http.target in sent:
                raise invalid_fields([{"loc": (self._http.target,), "msg": "is named by the address"}])
            values[self._http.target] = request.path_params["id"]
        return values

    def _present(self, result: BaseModel, request: Request) -> Response:
        if self._http.status == 204:
            return Response(status_code=204)
        content = result.model_dump_json().encode()
        version = getattr(result, "version", None)
        if self._http.method != "GET":
            return Response(content, self._http.status, self._headers_of_write(result, version), "application/json")
        headers = {"Cache-Control": "private, no-cache", "Vary": "Authorization, Greenroom-Organization"}
        if version is None:
            return Response(content, 200, headers, "application/json")
        # The version alone would not do: what is sold or booked shows in the answer and does not change the row.
        tag = f'"{version}-{blake2b(content, digest_size=8).hexdigest()}"'
        headers["ETag"] = tag
        if is_known(tag, request.headers.get("if-none-match")):
            return Response(status_code=304, headers=headers)
        return Response(content, 200, headers, "application/json")

    def _headers_of_write(self, result: BaseModel, version: int | None) -> dict[str, str]:
        headers = {"Cache-Control": "no-store"}
        if version is not None and self._http.method != "DELETE":
            headers["ETag"] = f'"{version}"'
        if self._home and (made := getattr(result, "id", None)) is not None:
            headers["Location"] = f"{self._home}/{made}"
        return headers


def _whole(model: type[BaseModel]) -> dict[str, Any]:
    """Every optional field with its default: a PUT replaces what it does not name."""
    return {
        name: field.get_default(call_default_factory=True)
        for name, field in model.model_fields.items()
        if not field.is_required()
    }


def _home(http: Http, catalog: Mapping[str, AnyOperation]) -> str | None:
    """Where what was made can be read, when the collection offers that."""
    collection = "/" + http.path.strip("/").split("/")[0]
    reads = {each.path for operation in catalog.values() for each in operation.http if each.method == "GET"}
    return PREFIX + collection if f"{collection}/{{id}}" in reads else None


def _entry(operation: AnyOperation, http: Http) -> Entry:
    return Entry(
        method=http.method,
        path=PREFIX + http.path,
        name=f"replace_{operation.name.removeprefix('update_')}" if http.method == "PUT" else operation.name,
        tag=http.path.strip("/").split("/")[0],
        description=operation.description,
        status=http.status,
        input=operation.input,
        output=operation.output,
        without=http.target,
        in_query=http.method in _FROM_QUERY,
        needs_version=http.needs_version,
        writes=http.method != "GET",
        errors=operation.errors,
        scope=operation.scope,
    )
