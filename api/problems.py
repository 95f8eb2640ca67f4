"""Every failure as RFC 9457 `application/problem+json`, in one place. Texts of unforeseen errors never leave the log."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

import structlog
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ValidationError
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Scope

from tools.errors import AppError, Bug, Forbidden, InvalidInput, NotFound, TooLarge, Unauthenticated

Input = TypeVar("Input", bound=BaseModel)

REQUEST_ID = "greenroom.request_id"
"""Where the request's id stands in an ASGI scope."""

_MOST_ERRORS = 50
_log = structlog.get_logger("greenroom.problems")


class MalformedRequest(AppError):
    code = "malformed_request"
    status = 400
    title = "The request can not be read"


class MethodNotAllowed(AppError):
    code = "method_not_allowed"
    status = 405
    title = "This address does not take that method"


class UnsupportedMediaType(AppError):
    code = "unsupported_media_type"
    status = 415
    title = "The body is of a kind that is not read here"
    default_remedy = "Send JSON as UTF-8 with Content-Type: application/json."


class TooSlow(AppError):
    code = "too_slow"
    status = 408
    title = "The body came too slowly"
    retryable = True
    default_remedy = "Send it again over a better connection, or send less."


_BY_STATUS: dict[int, type[AppError]] = {
    kind.status: kind
    for kind in (
        MalformedRequest,
        Unauthenticated,
        Forbidden,
        NotFound,
        MethodNotAllowed,
        TooLarge,
        UnsupportedMediaType,
        InvalidInput,
    )
}


def problem_answer(error: AppError, request_id: str, headers: Mapping[str, str] | None = None) -> Response:
    """The problem document of a declared failure, with the headers its status asks for."""
    body = error.to_problem() | {"request_id": request_id}
    answer = {"Cache-Control": "no-store", **(headers or {})}
    if error.retry_after is not None:
        answer["Retry-After"] = str(error.retry_after)
    if error.status == Unauthenticated.status:
        answer["WWW-Authenticate"] = "Bearer"
    if error.status == TooSlow.status:
        # What is still to come of it is not waited for.
        answer["Connection"] = "close"
    # `details` may quote what was sent; escaping to ASCII keeps any text sendable.
    content = json.dumps(body, default=str)
    return Response(content, error.status, answer, media_type="application/problem+json")


def unforeseen(error: BaseException, request_id: str) -> Response:
    """A 500 that names only the request. The log gets the kind of error and where it came from, never its text or values."""
    _log.error("bug", request_id=request_id, error=type(error).__qualname__, at=_places(error))
    return problem_answer(Bug(remedy=f"Try again; if it stays, report the request id {request_id}."), request_id)


def read_input(model: type[Input], values: Mapping[str, Any]) -> Input:
    """What was sent as the operation's input. Raises InvalidInput with one pointer and message per fault."""
    try:
        return model.model_validate(values)
    except ValidationError as error:
        found = error.errors(include_url=False, include_context=False, include_input=False)
        raise invalid_fields([dict(each) for each in found]) from None


def invalid_fields(found: Sequence[Mapping[str, Any]]) -> InvalidInput:
    """Pydantic's findings without what was sent: it may hold a password."""
    errors = [{"pointer": _pointer(each["loc"]), "message": _sentence(each)} for each in found[:_MOST_ERRORS]]
    first = errors[0]
    where = first["pointer"].lstrip("/") or "The body"
    return InvalidInput(f"{where}: {first['message']}", details={"errors": errors})


def install_problems(app: Starlette) -> None:
    """Answer AppError, FastAPI's validation errors and Starlette's HTTP errors as problems."""
    app.add_exception_handler(AppError, _declared)
    app.add_exception_handler(RequestValidationError, _not_valid)
    app.add_exception_handler(HTTPException, _refused)


def request_id_of(scope: Scope) -> str:
    known: str = scope.get(REQUEST_ID, "")
    return known


async def _declared(request: Request, error: Exception) -> Response:
    assert isinstance(error, AppError)
    return problem_answer(error, request_id_of(request.scope))


async def _not_valid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    # FastAPI puts the part of the request first: ("body", "email").
    found = [{**each, "loc": each["loc"][1:]} for each in error.errors()]
    return problem_answer(invalid_fields(found), request_id_of(request.scope))


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    request_id = request_id_of(request.scope)
    kind = _BY_STATUS.get(error.status_code)
    if kind is None:
        return unforeseen(error, request_id) if error.status_code >= 500 else _plain(error, request_id)
    return problem_answer(kind(), request_id, error.headers)


def _plain(error: HTTPException, request_id: str) -> Response:
    """A status of the framework's own that the tree does not name."""
    named = type("Refused", (AppError,), {"code": f"http_{error.status_code}", "status": error.status_code})
    return problem_answer(named(error.detail), request_id, error.headers)


def _pointer(location: Sequence[str | int]) -> str:
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in location)


def _sentence(found: Mapping[str, Any]) -> str:
    message = str(found["msg"])
    return message.removeprefix("Value error, ").removeprefix("Assertion failed, ")


def _places(error: BaseException) -> list[str]:
    places: list[str] = []
    trace = error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        places.append(f"{code.co_filename}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    return places[-15:]
