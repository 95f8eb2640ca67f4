"""The sign-in door's mails: asking for one, signing in with what it carried, choosing a new password. Keeps no session itself."""

from __future__ import annotations

from contextlib import suppress
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator
from starlette.requests import Request
from starlette.responses import Response

from api.auth import Email, Password, found_organization
from api.bodies import read_object
from api.deps import admit, claims_of, peer_of
from api.edge import MeteredRoute
from api.parts import parts_of
from api.problems import read_input
from api.reference import Entry
from tools.store.identity import LinkExpired, LinkKind, MailedLately, Session, TokenExpired, TokenInvalid

_TAG = "auth"
_STRICT = ConfigDict(extra="forbid", hide_input_in_errors=True)
_PATHS = ("/api/auth/recover", "/api/auth/confirm", "/api/auth/verify", "/api/auth/password")


class MailTo(BaseModel):
    model_config = _STRICT

    email: Email


class Proof(BaseModel):
    """What a mail carried: the token of its link, or its code with the address it went to."""

    model_config = _STRICT

    type: LinkKind = Field(description="What the mail was sent for; `email`: a code of whichever kind")
    token_hash: Annotated[str, Field(min_length=1, max_length=1024)] | None = None
    email: Email | None = None
    code: Annotated[str, Field(min_length=1, max_length=100)] | None = None

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        by_code = self.email is not None and self.code is not None
        if by_code == (self.token_hash is not None) or (self.email is None) != (self.code is None):
            raise ValueError("give either token_hash, or email and code")
        return self


class NewPassword(BaseModel):
    model_config = _STRICT

    password: Password


async def recover(request: Request) -> Response:
    """Mail a link to choose a new password; whether there is an account is not told."""
    parts = parts_of(request)
    await admit(request, parts.allowances.sign_in, peer_of(request))
    given = read_input(MailTo, await read_object(request))
    # Only who has an account is mailed too often: to say so would tell that there is one.
    with suppress(MailedLately):
        await parts.identity.recover(given.email, peer=_address(request))
    return Response(status_code=204)


async def confirm_again(request: Request) -> Response:
    """Mail the confirmation of a new account once more; whether there is one is not told."""
    parts = parts_of(request)
    await admit(request, parts.allowances.sign_in, peer_of(request))
    given = read_input(MailTo, await read_object(request))
    with suppress(MailedLately):
        await parts.identity.confirm_again(given.email, peer=_address(request))
    return Response(status_code=204)


async def verify(request: Request) -> Response:
    """Sign in with the link or the code of a mail; it is good once."""
    parts = parts_of(request)
    await admit(request, parts.allowances.sign_in, peer_of(request))
    given = read_input(Proof, await read_object(request))
    if given.token_hash is not None:
        session = await parts.identity.verify_link(given.type, given.token_hash, peer=_address(request))
    else:
        session = await parts.identity.verify_code(
            given.type, given.email or "", given.code or "", peer=_address(request)
        )
    await found_organization(parts, session, None)
    return Response(session.model_dump_json(), 200, {"Cache-Control": "no-store"}, "application/json")


async def set_password(request: Request) -> Response:
    """Choose a new password; every other session ends."""
    parts = parts_of(request)
    await claims_of(request)
    await admit(request, parts.allowances.sign_in, peer_of(request))
    given = read_input(NewPassword, await read_object(request))
    token = request.headers["authorization"].partition(" ")[2].strip()
    await parts.identity.set_password(token, given.password)
    return Response(status_code=204)


def auth_mail_routes() -> list[MeteredRoute]:
    endpoints = (recover, confirm_again, verify, set_password)
    return [MeteredRoute(path, endpoint, methods=["POST"]) for path, endpoint in zip(_PATHS, endpoints, strict=True)]


def auth_mail_entries() -> list[Entry]:
    recovering, confirming, verifying, choosing = _PATHS
    return [
        Entry("POST", recovering, "recover", _TAG, str(recover.__doc__), status=204, input=MailTo, secured=False),
        Entry(
            "POST",
            confirming,
            "confirm_again",
            _TAG,
            str(confirm_again.__doc__),
            status=204,
            input=MailTo,
            secured=False,
        ),
        Entry(
            "POST",
            verifying,
            "verify",
            _TAG,
            str(verify.__doc__),
            input=Proof,
            output=Session,
            secured=False,
            errors=(LinkExpired,),
        ),
        Entry(
            "POST",
            choosing,
            "set_password",
            _TAG,
            str(set_password.__doc__),
            status=204,
            input=NewPassword,
            placed=False,
            errors=(TokenInvalid, TokenExpired),
        ),
    ]


def _address(request: Request) -> str | None:
    return request.client.host if request.client else None
