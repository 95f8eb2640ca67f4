"""What a client sent, read strictly: JSON objects and query parameters. Knows no operation."""

from __future__ import annotations

import json
import math
from typing import Any, NoReturn

from starlette.requests import Request

from api.problems import MalformedRequest, UnsupportedMediaType
from tools.errors import InvalidInput

DEEPEST = 32
"""Levels of nesting; the deepest real body (a proposal's steps) has six."""

_LONGEST_INTEGER = 19
"""Digits of the largest 64-bit integer; longer ones would only cost time."""
_LARGEST_INTEGER = 2**63 - 1


async def read_object(request: Request) -> dict[str, Any]:
    """The JSON object of the body; no body is an empty one.

    Raises UnsupportedMediaType 415, MalformedRequest 400 for what is not JSON (a name given twice, NaN, broken UTF-8
    included), InvalidInput 422 for JSON that can not be stored, and TooLarge 413 while reading.
    """
    body = await request.body()
    if not body:
        return {}
    if _media_type(request) != "application/json" or "content-encoding" in request.headers:
        raise UnsupportedMediaType()
    value = parse_json(body)
    if not isinstance(value, dict):
        raise InvalidInput("The body must be a JSON object.", details={"errors": [_fault("", "must be an object")]})
    return value


def parse_json(body: bytes) -> Any:
    """Strict JSON. Raises as `read_object` does."""
    try:
        value = json.loads(
            body.decode(),
            object_pairs_hook=_unique,
            parse_constant=_no_constant,
            parse_int=_integer,
            parse_float=_number,
        )
    except RecursionError:
        raise _too_deep("") from None
    except ValueError:
        # The parser's own text may quote the body.
        raise MalformedRequest("The body is not valid JSON.") from None
    _require_storable(value, "", DEEPEST)
    return value


def read_query(request: Request) -> dict[str, str]:
    """The query parameters. Raises InvalidInput for one given twice or with characters that can not be stored."""
    values: dict[str, str] = {}
    for name, value in request.query_params.multi_items():
        pointer = f"/{name}"
        if name in values:
            raise _invalid(pointer, "is given twice")
        _require_storable(value, pointer, DEEPEST)
        values[name] = value
    return values


def _media_type(request: Request) -> str:
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise MalformedRequest("The body gives the same name twice in one object.")
    return members


def _no_constant(name: str) -> NoReturn:
    raise MalformedRequest(f"The body is not valid JSON: {name} is not a JSON number.")


def _integer(text: str) -> int:
    if len(text.lstrip("-")) > _LONGEST_INTEGER or abs(value := int(text)) > _LARGEST_INTEGER:
        raise InvalidInput("A number is too large.")
    return value


def _number(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise InvalidInput("A number is too large.")
    return value


def _require_storable(value: Any, pointer: str, depth: int) -> None:
    """Postgres keeps no NUL, UTF-8 no lone surrogate; deep nesting only serves attacks."""
    if depth == 0:
        raise _too_deep(pointer)
    if isinstance(value, str):
        if "\x00" in value:
            raise _invalid(pointer, "has a NUL character")
        if not value.isascii() and any("\ud800" <= character <= "\udfff" for character in value):
            raise _invalid(pointer, "has half of a character (a lone surrogate)")
    elif isinstance(value, dict):
        for name, member in value.items():
            _require_storable(name, pointer, depth)
            _require_storable(member, f"{pointer}/{name}", depth - 1)
    elif isinstance(value, list):
        for index, member in enumerate(value):
            _require_storable(member, f"{pointer}/{index}", depth - 1)


def _too_deep(pointer: str) -> InvalidInput:
    return _invalid(pointer, f"is nested more than {DEEPEST} levels deep")


def _invalid(pointer: str, message: str) -> InvalidInput:
    return InvalidInput(
        f"{pointer.lstrip('/') or 'The body'} {message}.", details={"errors": [_fault(pointer, message)]}
    )


def _fault(pointer: str, message: str) -> dict[str, str]:
    return {"pointer": pointer, "message": message}
