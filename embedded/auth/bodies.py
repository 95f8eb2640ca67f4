"""Reads what clients send: size first, then JSON, then text Postgres can hold, then the fields each route knows."""

from __future__ import annotations

import json
import math
import re
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints, ValidationError
from starlette.requests import Request

from embedded.auth.problems import AuthProblem, bad_json, invalid

LARGEST_BODY = 64 * 1024
# A token carries the metadata; beyond this it would outgrow what servers accept in a header.
LARGEST_METADATA = 4096
LONGEST_ADDRESS = 254
_DEEPEST = 32
_ADDRESS = re.compile(r"[^\s@<>()\[\],;:\\\"\x00-\x1f\x7f]{1,64}@[\w-]{1,63}(\.[\w-]{1,63})+")

_Body = TypeVar("_Body", bound=BaseModel)


def _small(metadata: dict[str, Any]) -> dict[str, Any]:
    if len(json.dumps(metadata)) > LARGEST_METADATA:
        raise ValueError(f"metadata may hold at most {LARGEST_METADATA} characters of JSON")
    return metadata


Metadata = Annotated[dict[str, Any], AfterValidator(_small)]
Text = Annotated[str, StringConstraints(max_length=1024)]


class _Fields(BaseModel):
    model_config = ConfigDict(strict=True, extra="ignore")


class Credentials(_Fields):
    """A password grant, or a sign-up when `data` is there."""

    email: Text | None = None
    phone: Text | None = None
    password: Text | None = None
    data: Metadata | None = None
    code_challenge: Text | None = None
    code_challenge_method: Text | None = None


class RefreshGrant(_Fields):
    refresh_token: Text | None = None


class CodeGrant(_Fields):
    auth_code: Text | None = None
    code_verifier: Text | None = None


class LinkRequest(_Fields):
    """Asks for a mail: a recovery, a magic link, a code, or one of those again."""

    type: Text | None = None
    email: Text | None = None
    phone: Text | None = None
    create_user: bool = True
    data: Metadata | None = None
    code_challenge: Text | None = None
    code_challenge_method: Text | None = None


class Verification(_Fields):
    """A code with the address it went to, or the token of a link."""

    type: Text | None = None
    token: Text | None = None
    token_hash: Text | None = None
    email: Text | None = None
    phone: Text | None = None


class LinkOrder(_Fields):
    """What the holder of the secret key asks for: an invitation, or a link to send by other means."""

    type: Text | None = None
    email: Text | None = None
    new_email: Text | None = None
    password: Text | None = None
    data: Metadata | None = None
    redirect_to: Text | None = None


class Changes(_Fields):
    """What a person may change about their own account."""

    email: Text | None = None
    password: Text | None = None
    current_password: Text | None = None
    nonce: Text | None = None
    code_challenge: Text | None = None
    code_challenge_method: Text | None = None
    data: Metadata | None = None
    app_metadata: dict[str, Any] | None = None


class AdminChanges(_Fields):
    """What the holder of the secret key may set on any account."""

    id: Text | None = None
    email: Text | None = None
    password: Text | None = None
    email_confirm: bool | None = None
    role: Annotated[str, StringConstraints(pattern=r"^[a-z_]{1,64}$")] | None = None
    ban_duration: Text | None = None
    user_metadata: Metadata | None = None
    app_metadata: Metadata | None = None


class Deletion(_Fields):
    should_soft_delete: bool = False


async def read_body(request: Request, model: type[_Body]) -> _Body:
    """The request's JSON object as `model`; a missing body is an empty one. Raises `AuthProblem` 400 or 413."""
    members = _parse(await _read_capped(request))
    try:
        return model.model_validate(members)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise bad_json(f"Could not parse request body as JSON: {where}: {first['msg']}") from error


def read_address(email: str | None) -> str:
    """The address in the form it is stored and compared in. Raises `AuthProblem` 400."""
    address = (email or "").strip().lower()
    if len(address) > LONGEST_ADDRESS or not _ADDRESS.fullmatch(address):
        raise invalid("Unable to validate email address: invalid format")
    return address


def read_ban(duration: str) -> float | None:
    """Seconds of a ban such as `24h` or `1h30m`; None for `none`. Raises `AuthProblem` 400."""
    if duration == "none":
        return None
    parts = re.findall(r"(\d{1,7})(h|m|s)", duration)
    if not parts or "".join(number + unit for number, unit in parts) != duration:
        raise invalid("invalid format for ban duration: use 'none' or hours, minutes and seconds, such as 24h")
    return float(sum(int(number) * {"h": 3600, "m": 60, "s": 1}[unit] for number, unit in parts))


async def _read_capped(request: Request) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST_BODY:
            raise AuthProblem(413, "validation_failed", f"The body may hold at most {LARGEST_BODY} bytes")
    return bytes(body)


def _parse(body: bytes) -> dict[str, Any]:
    if not body:
        return {}
    try:
        members = json.loads(body)
        _require_storable(members, _DEEPEST)
    except RecursionError as error:
        raise bad_json("Could not parse request body as JSON: nested too deeply") from error
    except ValueError as error:
        # The parser's own text may quote the body, and with it a password.
        raise bad_json("Could not parse request body as JSON") from error
    if not isinstance(members, dict):
        raise bad_json("Could not parse request body as JSON: an object is expected")
    return members


def _require_storable(value: object, depth: int) -> None:
    """Postgres holds no NUL, no lone surrogate and no infinite number; deep nesting only serves attacks."""
    if depth == 0:
        raise RecursionError
    match value:
        case str():
            if "\x00" in value:
                raise ValueError("NUL")
            value.encode()
        case float() if not math.isfinite(value):
            raise ValueError("not a finite number")
        case dict():
            for name, member in value.items():
                _require_storable(name, depth)
                _require_storable(member, depth - 1)
        case list():
            for member in value:
                _require_storable(member, depth - 1)
