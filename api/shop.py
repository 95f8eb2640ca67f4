"""The shop's door: operations for strangers, told apart by nothing but their network address, and that only as a fingerprint."""

from __future__ import annotations

from hashlib import blake2b
from typing import Any

from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from api.bodies import read_object, read_query
from api.deps import admit, is_known, peer_of
from api.edge import MeteredRoute
from api.parts import parts_of
from api.problems import MethodNotAllowed, invalid_fields, problem_answer, read_input, request_id_of
from api.reference import Entry
from tools.shop.operation import AnyShopOperation, Visitor
from tools.shop.operations import SHOP

PREFIX = "/api"
_FROM_QUERY = frozenset({"GET", "DELETE"})
_PEER_BYTES = 16


def shop_routes() -> list[MeteredRoute]:
    addresses: dict[str, dict[str, AnyShopOperation]] = {}
    for operation in SHOP:
        addresses.setdefault(PREFIX + operation.http.path, {})[operation.http.method] = operation
    return [MeteredRoute(path, _Address(operations)) for path, operations in addresses.items()]


def shop_entries() -> list[Entry]:
    """What the routes take and answer, for the reference."""
    return [
        Entry(
            method=operation.http.method,
            path=PREFIX + operation.http.path,
            name=operation.name,
            tag="public",
            description=operation.description,
            status=operation.http.status,
            input=operation.input,
            output=operation.output,
            without=operation.http.target,
            in_query=operation.http.method in _FROM_QUERY,
            writes=operation.http.method != "GET",
            secured=False,
            errors=operation.errors,
        )
        for operation in SHOP
    ]


class _Address:
    """The ASGI application of one address; the operation is chosen by the method."""

    def __init__(self, operations: dict[str, AnyShopOperation]) -> None:
        self._operations = operations
        self._allow = ", ".join(sorted({*operations, *({"HEAD"} if "GET" in operations else ())}))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        operation = self._operations.get("GET" if request.method == "HEAD" else request.method)
        if operation is None:
            answer = problem_answer(MethodNotAllowed(), request_id_of(scope), {"Allow": self._allow})
        else:
            answer = await _answer(operation, request)
        await answer(scope, receive, send)


async def _answer(operation: AnyShopOperation, request: Request) -> Response:
    parts = parts_of(request)
    peer = peer_of(request)
    await admit(request, parts.allowances.shop[operation.pace], peer)
    sent = read_query(request) if operation.http.method in _FROM_QUERY else await read_object(request)
    if sent.get("promo_code") is not None:
        # Codes are guessed here.
        await admit(request, parts.allowances.shop_codes, peer)
    data = read_input(operation.input, _values(operation, request, sent))
    fingerprint = parts.greenroom.signer.signature("shop visitor", peer.encode(), size=_PEER_BYTES).hex()
    visitor = Visitor(peer=fingerprint, request_id=request_id_of(request.scope))
    result = await operation(parts.greenroom, visitor, data)
    return _present(result, operation, request)


def _values(operation: AnyShopOperation, request: Request, sent: dict[str, Any]) -> dict[str, Any]:
    target = operation.http.target
    if target is None:
        return sent
    if target in sent:
        raise invalid_fields([{"loc": (target,), "msg": "is named by the address"}])
    (named,) = request.path_params.values()
    return {**sent, target: named}


def _present(result: BaseModel, operation: AnyShopOperation, request: Request) -> Response:
    content = result.model_dump_json().encode()
    if operation.http.method != "GET":
        return Response(content, operation.http.status, {"Cache-Control": "no-store"}, "application/json")
    tag = f'"{blake2b(content, digest_size=8).hexdigest()}"'
    headers = {"Cache-Control": "private, no-cache", "ETag": tag}
    if is_known(tag, request.headers.get("if-none-match")):
        return Response(status_code=304, headers=headers)
    return Response(content, 200, headers, "application/json")
